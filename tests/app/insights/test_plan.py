"""`shiome insights plan`: what it prints, what it publishes, and what may not go into a plan."""

from datetime import date

from click.testing import CliRunner, Result

from app.clock import today
from app.insights.answers import outcome_of
from app.insights.plan_commands import insights
from app.insights.planning import network_size, next_plan
from app.insights.service import find_plan, open_period
from app.wiring import Toolbox
from privacy.boxes import new_box_keys
from privacy.plans import Plan
from tests.cast import make_cast

DAY = date(2026, 12, 20)


def run(tools: Toolbox, *words: str) -> Result:
    return CliRunner().invoke(insights, ["plan", *words], obj=lambda: tools)


def open_(tools: Toolbox, period: str) -> None:
    with tools.database.transaction("content") as stores:
        open_period(stores, period, new_box_keys().public)


def published(tools: Toolbox, period: str) -> Plan | None:
    with tools.database.reading() as stores:
        return find_plan(stores, period)


def test_it_says_what_a_size_can_tell(tools: Toolbox) -> None:
    found = run(tools, "--organisations", "60", "--quarter", "2027Q1", "--cells", "group")
    assert found.exit_code == 0, found.output
    for words in ("Band 60-99", "chosen", "share of all needs stayed unmet", "Plan of 2027Q1: group"):
        assert words in found.output
    assert published(tools, "2027Q1") is None


def test_what_is_published_stands(tools: Toolbox) -> None:
    early = run(tools, "--organisations", "60", "--quarter", "2027Q1", "--cells", "topic", "--publish")
    assert early.exit_code == 1
    assert "no key yet" in early.output
    open_(tools, "2027Q1")
    assert run(tools, "--organisations", "60", "--quarter", "2027Q1", "--cells", "topic", "--publish").exit_code == 0
    plan = published(tools, "2027Q1")
    assert plan is not None
    assert (plan.depth, plan.organisations) == ("topic", "60-99")
    again = run(tools, "--organisations", "60", "--quarter", "2027Q1", "--cells", "group", "--publish")
    assert again.exit_code == 1
    assert published(tools, "2027Q1") == plan


def test_a_small_network_is_planned_by_the_year(tools: Toolbox) -> None:
    plans = [next_plan(tools.trade, period=one, organisations=12, published=DAY) for one in ("2027", "2027Q1")]
    assert [one.yearly for one in plans] == [True, True]
    assert [bool(one.kinds) for one in plans] == [True, False]
    assert "mean" not in plans[0].expected
    told = outcome_of(plans[0])
    assert told is not None
    assert told.can + told.cannot
    assert outcome_of(plans[1]) is None


def test_a_plan_follows_from_the_band_alone(tools: Toolbox) -> None:
    plans = {
        next_plan(tools.trade, period="2027Q2", organisations=size, published=DAY, depth="group").to_json()
        for size in (100, 149)
    }
    assert len(plans) == 1


def test_the_size_is_organisations_with_somebody_active(tools: Toolbox) -> None:
    with tools.database.reading() as stores:
        assert network_size(stores, tools.vault, tools.trade, today=DAY) == 0
    cast = make_cast(tools)
    with tools.database.reading() as stores:
        size = network_size(stores, tools.vault, tools.trade, today=today(tools.clock.now()))
    assert 1 < size <= len(cast.organisations)


def test_a_larger_network_answers_more(tools: Toolbox) -> None:
    plans = [
        next_plan(tools.trade, period="2027Q1", organisations=size, published=DAY, depth="group") for size in (25, 300)
    ]
    few, many = (told for plan in plans if (told := outcome_of(Plan.from_json(plan.to_json()))))
    assert {one for one, _ in few.can + few.cannot} == {one for one, _ in many.can + many.cannot}
    assert {one for one, _ in few.can} < {one for one, _ in many.can}
    assert len(few.can) + 4 <= len(many.can)


def test_what_is_no_period_is_refused(tools: Toolbox) -> None:
    found = run(tools, "--organisations", "60", "--quarter", "spring")
    assert found.exit_code == 2
    assert "2027Q1" in found.output
