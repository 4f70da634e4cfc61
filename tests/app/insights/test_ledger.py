"""The ledger under reporters that come at once and reporters that die: one release, one charge, the same noise."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.insights import ledger
from app.insights.models import BudgetEntry
from app.insights.reporter import Reporter
from app.insights.service import open_period
from app.wiring import Toolbox
from privacy.budget import CAPS, OverBudget, account
from privacy.plans import KINDS, quarter_of
from tests.app.insights.quarter import begin, gather, make_plan, make_reporter, move
from tests.app.insights.stopped import Stand, draw, keep, reporter_of, stand_of, steps
from tests.app.questions.makers import make_question, published
from tests.cast import Cast
from tests.conftest import claim

DAY = date(2027, 1, 15)
SPENT = {"need": 1_400_000, "outcomes": 400_000}
EVERY = [("2026Q4", "need"), ("2026Q4", "outcomes"), ("2026", "terms")]


@pytest.fixture
def over(tools: Toolbox, cast: Cast) -> Toolbox:
    """A quarter and a year that are over, with something to count for each release."""
    begin(tools, **{"2026Q4": {"second": "outcomes"}})
    for person in (cast.alice, cast.bob, cast.carol):
        published(tools, person, make_question(topic="feed"))
    published(tools, cast.alice, make_question(term="赤潮保険"))
    gather(tools)
    move(tools, to=DAY)
    tools.database.checkpoint()
    return tools


def test_many_reporters_at_once_make_one_release(over: Toolbox) -> None:
    """Without the lock that keeps them apart: the transactions alone decide."""
    reporters = [make_reporter(over, draw=draw, keep=keep) for _ in range(8)]
    gate = threading.Barrier(len(reporters))
    seen: list[Stand] = []

    def run(one: Reporter) -> None:
        gate.wait()
        one.release(DAY)
        seen.append(stand_of(over, one))

    threads = [threading.Thread(target=run, args=(one,)) for one in reporters]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(seen) == len(reporters)
    assert {key for key, _ in seen[-1].spent.items()} == set(EVERY)
    for stand in seen:  # whoever looked, whenever: the bytes are those of the end
        assert stand.released.items() <= seen[-1].released.items()
    assert {("2026Q4", "need"), ("2026Q4", "outcomes")} <= set(seen[-1].released)


def test_many_reservations_at_once_never_pass_the_cap(over: Toolbox) -> None:
    """Every pair of period and kind that a year could have, all at once, in no order."""
    plans = [make_plan(over, f"2026Q{number}", second=kind) for number in range(1, 5) for kind in KINDS[1:4]]
    plans += [make_plan(over, "2026", yearly=True, second="", epsilon={"need": 1.2, "terms": 0.3})]
    begin_rows(over, {plan.period for plan in plans})
    wanted = [(plan, kind) for plan in plans for kind in ("need", "terms", plan.second) if plan.micro_epsilon(kind)]
    random.Random(4).shuffle(wanted)
    refused: list[str] = []

    def run(number: int) -> None:
        for plan, kind in wanted[number::4]:
            try:
                with over.database.transaction("content") as stores:
                    ledger.reserve(stores, plan, kind, sealed_noise=b"", today=DAY)
            except OverBudget as problem:
                refused.append(problem.what)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with over.database.reading() as stores:
        charges = ledger.charges(stores)
    assert len({(one.period, one.kind) for one in charges}) == len(charges) >= 4
    assert refused
    assert all(account(f"2026Q{number}", charges).micro_epsilon <= CAPS.quarter for number in range(1, 5))
    assert account("2026", charges).micro_epsilon <= CAPS.year


def begin_rows(tools: Toolbox, periods: set[str]) -> None:
    """Rows for periods that are not counted here."""
    with tools.database.transaction("content") as stores:
        for period in periods:
            open_period(stores, period, bytes(32))


def check(before: Stand, after: Stand, truth: dict[tuple[str, str], list[int]]) -> None:
    """What was released stays; what was reserved has its noise; nothing is refunded or charged twice."""
    assert set(after.spent) == set(EVERY)
    assert all(state == "spent" for state, _ in after.spent.values())
    for key, body in before.released.items():
        assert after.released[key] == body
    for key, noise in before.begun.items():
        if noise is None:  # new terms that were stopped are spent, and nobody is told
            assert key not in after.released
        else:
            values = [cell["value"] for cell in json.loads(after.released[key])["cells"]]
            assert values == [x + y for x, y in zip(truth[key], noise, strict=True)]
    for key, charge in before.spent.items():
        assert after.spent[key][1] == charge[1]
    assert {("2026Q4", "need"), ("2026Q4", "outcomes")} <= set(after.released)


def killed_everywhere(over: Toolbox, folder: Path) -> tuple[int, int]:
    """How often a reporter died, each time a step later, and how often new terms were lost by it."""
    now = over.clock.now()
    over.database.close()
    plan = make_plan(over, "2026Q4", second="outcomes")
    truth = {("2026Q4", kind): [0] * len(plan.places(kind)) for kind in ("need", "outcomes")}
    truth["2026Q4", "need"][plan.places("need").index(("feed", "none"))] = 3
    lost = 0
    died = 0
    for died, left in steps(over.settings, now, folder, every=1):  # noqa: B007
        tools, reporter = reporter_of(left, now)
        before = stand_of(tools, reporter)
        lost += ("2026", "terms") in before.begun
        reporter.release(DAY)
        reporter.destroy_keys()
        check(before, stand_of(tools, reporter), truth)
        assert "2026Q4" not in reporter.keys.periods()
        tools.database.close()
    return died, lost


def test_killed_at_any_step_it_goes_on_to_the_same_bytes(
    over: Toolbox, tmp_path_factory: pytest.TempPathFactory
) -> None:
    died, lost = killed_everywhere(over, tmp_path_factory.mktemp("killed"))
    assert died > 40
    assert 0 < lost < 10  # new terms look at the data for their noise: stopped there, they are spent


def test_the_check_finds_a_reporter_that_draws_anew(over: Toolbox, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The attacker on its mutant: noise that is not kept gives two releases of one budget to whoever sees both."""
    now, folder = over.clock.now(), tmp_path_factory.mktemp("mutant")
    over.database.close()
    for _step, left in steps(over.settings, now, folder, 3):
        tools, reporter = reporter_of(left, now)
        before = stand_of(tools, reporter)
        if any(noise for noise in before.begun.values()):
            break
    key = next(key for key, noise in before.begun.items() if noise)
    with tools.database.transaction("content") as stores:
        row = stores.content.get(BudgetEntry, key)
        assert row is not None
        stores.content.delete(row)
    reporter.release(DAY)
    plan = make_plan(over, "2026Q4", second="outcomes")
    with pytest.raises(AssertionError):
        check(before, stand_of(tools, reporter), {key: [0] * len(plan.places(key[1]))})
    tools.database.close()


@pytest.mark.kill
def test_a_real_reporter_killed_at_random_moments(tools: Toolbox, cast: Cast) -> None:
    """`shiome reporter` with OpenDP's noise and under the real clock, over a quarter that is long past."""
    past, rng = date.today() - timedelta(days=200), random.Random(8)  # noqa: DTZ011  the real day
    move(tools, to=past)
    quarter = quarter_of(past)
    begin(tools, **{quarter: {"second": "outcomes"}})
    claim(tools, demo=False)
    published(tools, cast.alice)
    gather(tools)
    names = {"SHIOME_DATA_DIR": str(tools.settings.data_dir), "SHIOME_ENCODER": "hash"}
    command = [sys.executable, "-c", "from app.cli import main; main()", "reporter", "--until-idle"]
    stands, killed, reporter = [], 0, make_reporter(tools)
    while True:
        running = subprocess.Popen(command, env={**os.environ, **names})
        # no machine is too fast for the first, or too slow for the last
        seconds = rng.uniform(0.5, 9) * 1.1**killed if killed else 0.5
        try:
            assert running.wait(timeout=seconds) == 0
            break
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            running.wait()
            killed += 1
            stands.append(stand_of(tools, reporter))
    last = stand_of(tools, reporter)
    assert killed
    assert last.spent == {(quarter, kind): ("spent", micro) for kind, micro in SPENT.items()}
    for stand in stands:
        assert stand.released.items() <= last.released.items()
        for key, noise in stand.begun.items():
            values = [cell["value"] for cell in json.loads(last.released[key])["cells"]]
            assert noise is not None
            assert sum(abs(x - y) for x, y in zip(values, noise, strict=True)) == (key[1] == "need")
