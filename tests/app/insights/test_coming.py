"""Keys and plans of the periods to come: there in time, and a plan that is out stands."""

from datetime import date

import pytest

from app.errors import Conflict
from app.insights import noise, service
from app.keyfiles import KeyFileProblem
from app.wiring import Toolbox
from tests.app.insights.quarter import begin, boxes, gather, make_plan, make_reporter, move, state_of, without_noise
from tests.app.questions.makers import published
from tests.cast import Cast


def test_keys_and_plans_are_there_in_time(tools: Toolbox, cast: Cast) -> None:
    """Seven organisations: too few for quarters, so the year takes the boxes, and its quarters go without."""
    reporter = make_reporter(tools)
    reporter.work()
    assert reporter.keys.periods() == ["2026", "2026Q4", "2027", "2027Q1"]
    names = [*(f"reporter-{one}.key" for one in reporter.keys.periods()), "reporter-votes-2026.key"]
    found = {path.name: path.stat().st_mode & 0o777 for path in reporter.keys.path.glob("reporter-*")}
    assert found == dict.fromkeys(names, 0o400)
    with tools.database.reading() as stores:
        plans = {one: service.find_plan(stores, one) for one in reporter.keys.periods()}
    assert {one for one, plan in plans.items() if plan is not None} == {"2026", "2026Q4"}
    year, quarter = plans["2026"], plans["2026Q4"]
    assert year is not None
    assert quarter is not None
    assert (year.yearly, quarter.yearly, quarter.kinds) == (True, True, ())
    assert "need" in year.kinds
    published(tools, cast.alice)
    gather(tools)
    assert len(boxes(tools, "2026")) == 1
    move(tools, to=date(2026, 12, 18))
    reporter.work()
    with tools.database.reading() as stores:
        assert service.find_plan(stores, "2027Q1")
        assert service.find_plan(stores, "2027")
    move(tools, to=date(2027, 1, 15))
    reporter.work()
    assert (state_of(tools, "2026Q4"), state_of(tools, "2026")) == ("without", "released")
    assert reporter.keys.periods() == ["2027", "2027Q1", "2027Q2", "2028"]


def test_a_plan_that_is_out_stands(tools: Toolbox) -> None:
    begin(tools)
    with tools.database.transaction("content") as stores, pytest.raises(Conflict):  # nothing was left for it
        service.publish_plan(stores, plan=make_plan(tools, "2027Q1"), today=date(2027, 4, 1))
    for period in ("2026Q4", "2030Q1"):
        with tools.database.transaction("content") as stores, pytest.raises(Conflict):
            service.publish_plan(stores, plan=make_plan(tools, period), today=date(2026, 11, 20))


def test_a_quarter_of_a_year_that_is_counted_whole_has_no_release_of_its_own(tools: Toolbox) -> None:
    begin(tools, **{"2026": {"yearly": True}})
    with tools.database.reading() as stores:
        plan = service.find_plan(stores, "2026Q4")
    assert plan is not None
    assert plan.kinds == ()


def test_a_network_that_shrank_keeps_room_for_its_years_new_terms(tools: Toolbox, cast: Cast) -> None:
    """The year's plan was made for a size that has new terms, the quarter's for one that has none."""
    year, quarter = {"need": 0, "second": 0, "terms": 0.3}, {"need": 2.0, "second": 0, "terms": 0}
    begin(tools, **{"2026": {"epsilon": year}, "2026Q4": {"epsilon": quarter}})
    with tools.database.reading() as stores:
        plan = service.find_plan(stores, "2026Q4")
    assert plan is not None
    assert [plan.micro_epsilon(kind) for kind in plan.kinds] == [1_400_000]
    published(tools, cast.alice)
    gather(tools)
    move(tools, to=date(2027, 1, 15))
    make_reporter(tools, keep=lambda counts, *_, **__: noise.Terms({}, 40)).work()
    assert (state_of(tools, "2026"), state_of(tools, "2026Q4")) == ("released", "released")


def test_a_missing_key_is_said_at_the_start(tools: Toolbox) -> None:
    begin(tools)
    reporter = make_reporter(tools)
    reporter.check()
    reporter.keys.destroy("2026Q4")
    with pytest.raises(KeyFileProblem, match="2026Q4"):
        reporter.check()


def test_a_key_that_others_may_read_is_refused(tools: Toolbox) -> None:
    reporter = make_reporter(tools, draw=without_noise)
    reporter.keys.make("2026Q4")
    (reporter.keys.path / "reporter-2026Q4.key").chmod(0o440)
    with pytest.raises(KeyFileProblem, match="0440"):
        reporter.keys.pair("2026Q4")
