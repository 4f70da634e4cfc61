"""The simulated year in small: nobody is asked beyond what they offered, no question ends without a word."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.simulated_year.__main__ import policies
from benchmarks.simulated_year.charts import draw
from benchmarks.simulated_year.life import END_HOURS, Thread, Year
from benchmarks.simulated_year.policies import Errand, Ours
from benchmarks.simulated_year.report import figures, gini, interval, over_budget, silent_ends, table
from benchmarks.simulated_year.texts import NEIGHBOURS, read_cases
from benchmarks.simulated_year.world import Case, World, make_world
from matching.encoder import HashEncoder

DAYS = 42


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return read_cases(HashEncoder(48), tmp_path_factory.mktemp("vectors"))


@pytest.fixture(scope="module")
def world(cases: list[Case]) -> World:
    return make_world(cases, NEIGHBOURS, seed=3, days=DAYS, organisations=16, a_day=4.0)


@pytest.fixture(scope="module")
def lived(world: World) -> dict[str, Year]:
    return {policy.name: Year(world, policy).run() for policy in policies(3, 48)}


def test_ours_asks_nobody_beyond_their_budget_and_ends_nothing_silently(lived: dict[str, Year]) -> None:
    assert len(lived["ours"].offers) > 300
    assert over_budget(lived["ours"]) == 0
    assert silent_ends(lived["ours"]) == 0


def test_every_question_is_answered_or_honestly_over_in_a_week(lived: dict[str, Year]) -> None:
    for thread in lived["ours"].threads:
        assert (thread.first is None) != (thread.ended is None)
        assert min(thread.first or np.inf, thread.ended or np.inf) <= END_HOURS + 1


def test_nobody_is_asked_twice_nor_of_the_askers_circle_nor_before_or_after_they_were_there(
    world: World, lived: dict[str, Year]
) -> None:
    offers = lived["ours"].offers
    assert len({(one.question, one.handle) for one in offers}) == len(offers)
    for one in offers:
        person, question = world.people[one.person], world.questions[one.question]
        assert person.circle != world.people[question.asker].circle
        assert person.is_member(one.hour / 24)


def test_a_wave_holds_one_of_a_circle(world: World, lived: dict[str, Year]) -> None:
    waves: dict[tuple[int, float], list[str]] = {}
    for one in lived["ours"].offers:
        waves.setdefault((one.question, one.hour), []).append(world.people[one.person].circle)
    assert all(len(set(circles)) == len(circles) for circles in waves.values())


class Greedy(Ours):
    """The mutant that asks the best without looking at what they offered to take."""

    def choose(self, errands: Sequence[Errand], day: float) -> list[list[str]]:
        return [
            [
                one.expert
                for one in sorted(errand.pool[errand.question.subject], key=lambda c: c.expert)[: errand.places]
            ]
            for errand in errands
        ]


class Hushed(Year):
    """The mutant that lets a question nobody was found for end by itself."""

    def _end(self, hour: float, thread: Thread) -> None:
        self._settle(thread)


def test_the_greedy_mutant_is_seen(world: World) -> None:
    assert over_budget(Year(world, Greedy(3, 48)).run()) > 50


def test_the_hushed_mutant_is_seen(world: World) -> None:
    assert silent_ends(Hushed(world, Ours(3, 48)).run()) > 5


def test_everybody_who_follows_the_tag_is_too_many(lived: dict[str, Year]) -> None:
    assert over_budget(lived["tag-follow"]) > 0
    assert silent_ends(lived["tag-follow"]) > 0


def test_the_same_seed_is_the_same_year(cases: list[Case], lived: dict[str, Year]) -> None:
    again = make_world(cases, NEIGHBOURS, seed=3, days=DAYS, organisations=16, a_day=4.0)
    other = Year(again, Ours(3, 48)).run()
    assert [(o.question, o.handle, o.hour) for o in other.offers] == [
        (o.question, o.handle, o.hour) for o in lived["ours"].offers
    ]


def test_known_shares() -> None:
    assert gini(np.array([1.0, 1.0, 1.0, 1.0])) == pytest.approx(0.0)
    assert gini(np.array([0.0, 0.0, 0.0, 4.0])) == pytest.approx(0.75)
    assert gini(np.zeros(3)) == 0.0
    assert interval([1.0, 2.0, 3.0]) == pytest.approx((2.0, 2.484), abs=1e-3)


def test_table_and_charts_can_be_read(lived: dict[str, Year], tmp_path: Path) -> None:
    results = {name: [figures(year)] for name, year in lived.items()}
    lines = list(table(results))
    assert lines[0] == "| | ours | random in domain | tag-follow | round robin |"
    assert all(line.count("|") == 6 for line in lines)
    paths = draw(results, tmp_path / "charts", DAYS)
    assert len(paths) == 5
    for path in paths:
        parsed = ET.parse(path)  # noqa: S314  our own
        words = {one.text for one in parsed.iter("{http://www.w3.org/2000/svg}text")}
        assert set(results) <= words
