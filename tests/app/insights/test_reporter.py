"""From members' acts to a release: a whole quarter, with the real worker, the real files and the reporter."""

import json
import random
from collections import defaultdict
from datetime import date
from fractions import Fraction
from hashlib import sha256

import pytest
from click.testing import CliRunner

from app.accounts.organisations import NewOrganisation, add_organisations
from app.cli import main
from app.insights import noise, service
from app.insights.ledger import finish
from app.insights.models import BudgetEntry
from app.insights.reads import ledger
from app.insights.reporter import alone
from app.keyfiles import KeyFileProblem
from app.leaving import steps
from app.processes import make_worker
from app.questions.taps import ACCEPT
from app.wiring import Toolbox
from privacy.budget import CAPS
from privacy.plans import Plan
from privacy.tallies import LONGEST_TERM
from tests.app.insights.quarter import (
    begin,
    boxes,
    gather,
    make_plan,
    make_reporter,
    move,
    numbers,
    release_row,
    state_of,
)
from tests.app.questions.makers import answer, ask, make_question, published, tap
from tests.cast import Cast, Person, make_person, viewer_of
from tests.conftest import claim

Q = "2027Q1"
FIRST, LAST, DAY = date(2027, 1, 1), date(2027, 3, 31), date(2027, 4, 15)
TOPICS = ("disease", "feed", "water", "nets", "labour")
ORDER = ("none", "later", "soon")


def work(tools: Toolbox) -> None:
    """Windows pass, and the worker does all that is due."""
    move(tools, hours=26)
    make_worker(tools).run_until_idle()


def people_of(tools: Toolbox, number: int) -> list[Person]:
    """One member in each of so many organisations."""
    entries = [NewOrganisation(f"架空養殖{one}") for one in range(number)]
    with tools.database.transaction("identity", "keys") as stores:
        made = add_organisations(stores, tools.vault, entries=entries, verified=True, rng=random.Random(3))
    return [make_person(tools, f"member-{index}", one) for index, (one, _code) in enumerate(made)]


def answered(tools: Toolbox, cast: Cast, threads: dict[str, Person]) -> None:
    """Somebody of another circle answers each of them, and its asker says that it helped."""
    who = (cast.alice, cast.bob, cast.carol)
    posts: dict[str, str] = {}
    for thread_id, person in threads.items():
        other = next(one for one in who if viewer_of(tools, one).circle != viewer_of(tools, person).circle)
        posts[thread_id] = answer(tools, other, thread_id)
    work(tools)
    for thread_id, person in threads.items():
        tap(tools, person, thread_id, posts[thread_id], ACCEPT)


def test_a_quarter_of_thirty_organisations_is_counted_to_the_last_one(tools: Toolbox, cast: Cast) -> None:
    """Everybody asks once or twice in three months; a part is answered, soon or later; one person leaves, one asks what
    a colleague asked. What was released, without the noise that was drawn for it, is what happened."""
    rng, drawn = random.Random(6), list[int]()
    move(tools, to=FIRST)
    begin(tools, **{Q: {"limit": 3, "second": ""}})
    people = people_of(tools, 30)
    colleague = make_person(tools, "colleague", people[0].organisation_id)
    happened: dict[str, dict[str, str]] = defaultdict(dict)
    for month in (1, 2, 3):
        move(tools, to=date(2027, month, 5))
        fates: dict[str, dict[str, Person]] = defaultdict(dict)
        for person in [one for number, one in enumerate(people) if number % 2 == month % 2] + [people[0], colleague]:
            is_first = person.organisation_id == people[0].organisation_id
            topic, fate = "feed" if is_first else rng.choice(TOPICS), rng.choice(ORDER)
            fates[fate][ask(tools, person, make_question(topic=topic))] = person
            cells = happened[person.organisation_id]
            cells[topic] = min(cells.get(topic, "soon"), fate, key=ORDER.index)
        work(tools)
        answered(tools, cast, fates["soon"])
        move(tools, hours=60)
        answered(tools, cast, fates["later"])
        work(tools)
    steps.leave(tools, viewer_of(tools, people[8]), texts="keep")
    happened.pop(people[8].organisation_id)
    work(tools)
    move(tools, to=DAY)

    def draw(length: int, scale: Fraction, *, limit: int, micro_epsilon: int) -> list[int]:
        assert (scale, limit, micro_epsilon) == (Fraction(30, 14), 3, 1_400_000)
        drawn.extend(rng.randrange(-9, 10) for _ in range(length))
        return drawn

    make_reporter(tools, draw=draw).release(DAY)
    row = release_row(tools, Q, "need")
    assert row is not None
    told = [cell["value"] - one for cell, one in zip(json.loads(row.body)["cells"], drawn, strict=True)]
    places = Plan.from_json(json.dumps(json.loads(row.body)["plan"])).places("need")
    assert max(map(len, happened.values())) <= 3  # so that nothing is left to chance
    assert told == [sum(cells.get(topic) == state for cells in happened.values()) for topic, state in places]
    assert sum(told) > 30


def counted_quarter(tools: Toolbox, cast: Cast, **changes: object) -> None:
    """Two questions in a quarter that is over."""
    move(tools, to=FIRST)
    begin(tools, **{Q: changes})
    for person in (cast.alice, cast.bob):
        published(tools, person)
    gather(tools)
    move(tools, to=DAY)


# once, and for ever


def test_before_its_day_nothing_is_released(tools: Toolbox, cast: Cast) -> None:
    counted_quarter(tools, cast)
    move(tools, to=date(2027, 4, 14))
    make_reporter(tools).release(date(2027, 4, 14))
    assert state_of(tools, Q) == "open"
    assert release_row(tools, Q, "need") is None


def test_released_once_with_its_bytes_and_then_no_key_and_no_box(tools: Toolbox, cast: Cast) -> None:
    counted_quarter(tools, cast)
    reporter = make_reporter(tools)
    assert len(boxes(tools, Q)) == 2
    reporter.release(DAY)
    reporter.destroy_keys()
    row = release_row(tools, Q, "need")
    assert row is not None
    assert numbers(tools, Q, "need") == {("disease", "none"): 2}
    assert row.sha256 == sha256(row.body).hexdigest()
    assert (
        row.body == json.dumps(json.loads(row.body), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )
    assert boxes(tools, Q) == []
    assert state_of(tools, Q) == "released"
    assert Q not in reporter.keys.periods()
    with pytest.raises(KeyFileProblem):
        reporter.keys.pair(Q)
    again = make_reporter(tools, draw=lambda length, *_more, **_named: [77] * length)
    for _ in range(3):
        again.work()
    later = release_row(tools, Q, "need")
    assert later is not None
    assert (later.body, later.sha256, later.day) == (row.body, row.sha256, row.day)


def test_the_second_release_is_the_plans_and_both_are_charged(tools: Toolbox, cast: Cast) -> None:
    counted_quarter(tools, cast)
    make_reporter(tools).release(DAY)
    with tools.database.reading() as stores:
        charges = ledger(stores).charges
    assert {(one.kind, one.epsilon, one.is_released) for one in charges} == {
        ("need", 1.4, True),
        ("outcomes", 0.4, True),
    }


def test_what_stopped_after_the_reservation_goes_on_with_the_same_noise(tools: Toolbox, cast: Cast) -> None:
    counted_quarter(tools, cast, second="")
    plan = make_plan(tools, Q, second="")
    first = make_reporter(tools, draw=lambda length, *_more, **_named: [5] * length)
    assert first._reserved(plan, "need", DAY)
    second = make_reporter(tools, draw=lambda length, *_more, **_named: [9] * length)
    second.release(DAY)
    assert set(numbers(tools, Q, "need").values()) == {5, 7}


def test_what_comes_after_the_reservation_is_not_counted(tools: Toolbox, cast: Cast) -> None:
    counted_quarter(tools, cast, second="")
    make_reporter(tools)._reserved(make_plan(tools, Q, second=""), "need", DAY)
    published(tools, cast.carol)
    gather(tools)
    make_reporter(tools).release(DAY)
    assert numbers(tools, Q, "need") == {("disease", "none"): 2}


def test_a_death_of_the_noise_costs_nothing_and_looks_at_nothing(tools: Toolbox, cast: Cast) -> None:
    counted_quarter(tools, cast)

    def dies(*_: object, **__: object) -> list[int]:
        raise noise.NoiseFailed("died")

    with pytest.raises(noise.NoiseFailed):
        make_reporter(tools, draw=dies).release(DAY)
    with tools.database.reading() as stores:
        assert ledger(stores).charges == ()
    make_reporter(tools).release(DAY)
    assert state_of(tools, Q) == "released"


def test_nothing_goes_over_the_cap_and_then_the_period_is_without(tools: Toolbox, cast: Cast) -> None:
    counted_quarter(tools, cast, second="")
    with tools.database.transaction("content") as stores:
        stores.content.add(
            BudgetEntry(
                period="2027", kind="terms", state="spent", micro_epsilon=CAPS.quarter - 1_000_000, pico_delta=0,
                sealed_noise=None, day=0,
            )
        )  # fmt: skip
    reporter = make_reporter(tools)
    reporter.release(DAY)
    reporter.destroy_keys()
    assert release_row(tools, Q, "need") is None
    assert state_of(tools, Q) == "without"
    assert boxes(tools, Q) == []
    assert Q not in reporter.keys.periods()


def test_only_one_reporter_works_at_a_time(tools: Toolbox) -> None:
    move(tools, to=FIRST)
    with alone(tools) as first:
        make_reporter(tools).work()
        assert first
        assert state_of(tools, Q) == ""


# new terms


def terms_year(tools: Toolbox, cast: Cast) -> date:
    """Three organisations missed the same topic in 2026."""
    begin(tools, **{"2026Q4": {"second": ""}})
    for person in (cast.alice, cast.bob, cast.carol):
        published(tools, person, make_question(topic="disease", term="赤潮保険"))
    published(tools, cast.dave, make_question(topic="disease", term="長" * 99))
    gather(tools)
    move(tools, to=date(2027, 1, 15))
    return date(2027, 1, 15)


def test_new_terms_are_counted_by_the_year(tools: Toolbox, cast: Cast) -> None:
    day, seen = terms_year(tools, cast), {}

    def keep(
        counts: dict[str, int], scale: Fraction, *, limit: int, micro_epsilon: int, pico_delta: int
    ) -> noise.Terms:
        seen.update(counts)
        assert (scale, limit, micro_epsilon, pico_delta) == (20, 2, 100_000, 1_000_000)
        return noise.Terms({word: one for word, one in counts.items() if one >= 3}, 3)

    make_reporter(tools, keep=keep).release(day)
    assert seen == {"赤潮保険": 3, "長" * LONGEST_TERM: 1}
    assert numbers(tools, "2026", "terms") == {("赤潮保険", ""): 3}
    assert state_of(tools, "2026") == "released"


def test_terms_that_stopped_halfway_are_spent_and_never_told(tools: Toolbox, cast: Cast) -> None:
    day = terms_year(tools, cast)

    def dies(*_: object, **__: object) -> noise.Terms:
        raise noise.NoiseFailed("died")

    with pytest.raises(noise.NoiseFailed):
        make_reporter(tools, keep=dies).release(day)
    make_reporter(tools, keep=lambda counts, *_, **__: noise.Terms(counts, 0)).release(day)
    assert release_row(tools, "2026", "terms") is None
    with tools.database.reading() as stores:
        spent = {(one.kind, one.is_released) for one in ledger(stores).charges if one.period == "2026"}
    assert spent == {("terms", False)}
    assert state_of(tools, "2026") == "without"


# a key that is lost


def test_a_period_whose_key_is_lost_is_given_up(tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    counted_quarter(tools, cast)
    claim(tools, demo=False)
    make_reporter(tools).keys.destroy(Q)
    monkeypatch.setenv("SHIOME_DATA_DIR", str(tools.settings.data_dir))
    runner = CliRunner()
    assert runner.invoke(main, ["reporter", "--until-idle"]).exit_code == 1
    assert runner.invoke(main, ["insights", "give-up", Q], input="n\n").exit_code == 1
    assert state_of(tools, Q) == "open"
    assert runner.invoke(main, ["insights", "give-up", Q, "--yes"]).exit_code == 0
    assert (state_of(tools, Q), boxes(tools, Q)) == ("without", [])
    assert runner.invoke(main, ["insights", "give-up", Q, "--yes"]).exit_code == 1
    make_reporter(tools).check()


def test_what_was_reserved_for_a_period_that_is_given_up_is_spent_and_its_noise_gone(
    tools: Toolbox, cast: Cast
) -> None:
    counted_quarter(tools, cast)
    reporter = make_reporter(tools)
    with tools.database.reading() as stores:
        plan = service.find_plan(stores, Q)
    assert plan is not None
    reporter._reserved(plan, "need", DAY)
    with tools.database.transaction("content") as stores:
        finish(stores, Q)
    with tools.database.reading() as stores:
        assert [(one.kind, one.state) for one in ledger(stores).charges] == [("need", "lost")]
        assert stores.content.get_one(BudgetEntry, (Q, "need")).sealed_noise is None


def test_periods_given_up_before_they_had_a_plan_hold_nothing_up(tools: Toolbox, cast: Cast) -> None:
    """All key files were lost: the reporter goes on with the periods after them, and releases what it can."""
    reporter = begin(tools)
    for period in ("2027", Q):
        with tools.database.transaction("content") as stores:
            finish(stores, period)
    published(tools, cast.alice)
    gather(tools)
    move(tools, to=date(2027, 1, 15))
    reporter.work()
    assert state_of(tools, "2026Q4") == "released"
    assert (state_of(tools, Q), state_of(tools, "2027Q2")) == ("without", "open")


def test_a_lost_key_costs_the_year_no_budget_for_its_new_terms(tools: Toolbox, cast: Cast) -> None:
    day = terms_year(tools, cast)
    make_reporter(tools).keys.destroy("2026")
    for _again in range(2):
        with pytest.raises(KeyFileProblem, match="2026"):
            make_reporter(tools).release(day)
    with tools.database.reading() as stores:
        assert ledger(stores).charges == ()
