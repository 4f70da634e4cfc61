"""Sets of people for one question and for many: against everything that could have been chosen instead."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching.assignment import Waiting, assign, turn
from matching.profiles import Candidate, Limits, Pass
from matching.results import Ranked

DAY = 60.0
Waves = list[list[str]]

people = st.lists(
    st.builds(
        Candidate,
        expert=st.sampled_from("abcdefg"),
        circle=st.sampled_from("123"),
        capacity=st.integers(1, 3),
        offers_this_week=st.just(0),
        open_offers=st.integers(3, 5),
        last_offer_day=st.none() | st.floats(30, DAY),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda c: c.expert,
)


@st.composite
def batches(draw: st.DrawFn, questions: int = 3, fits: bool = False) -> list[Waiting]:
    pool = draw(people)
    waiting = []
    for _ in range(draw(st.integers(1, questions))):
        open_to = draw(st.lists(st.sampled_from(pool), unique_by=lambda c: c.expert, max_size=len(pool)))
        ranked = [
            Ranked(c.expert, draw(st.floats(-3, 3)), tried=draw(st.integers(0, 4)), fits=fits and draw(st.booleans()))
            for c in open_to
        ]
        waiting.append(Waiting(ranked, open_to, draw(st.integers(0, 3 if fits else 2))))
    return waiting


def waves_of(waiting: Sequence[Waiting], seed: int = 1) -> Waves:
    return [[c.expert for c in wave] for wave in assign(waiting, rng=random.Random(seed), day=DAY)]


def chances(one: Waiting) -> dict[str, float]:
    odds = {r.expert: float(np.exp(r.score)) for r in one.ranked}
    return {name: each / sum(odds.values()) for name, each in odds.items()}


def worth(waiting: Sequence[Waiting], waves: Waves) -> tuple[tuple[int, ...], float]:
    """How many questions have a first, second, third place filled; and the sum of values."""
    filled = tuple(sum(len(wave) > place for wave in waves) for place in range(3))
    known = {c.expert: c for one in waiting for c in one.candidates}
    total = 0.0
    for name in {name for wave in waves for name in wave}:
        asked = known[name].last_offer_day
        whole = float(turn(np.array([np.nan if asked is None else DAY - asked]))[0])
        mine = [chances(one)[name] for one, wave in zip(waiting, waves, strict=True) if name in wave]
        total += sum(mine) / 2 + max(mine) * (whole - 0.5)
    return filled, total


def allowed(waiting: Sequence[Waiting], waves: Waves) -> bool:
    known = {c.expert: c for one in waiting for c in one.candidates}
    load = Counter(name for wave in waves for name in wave)
    room = {name: min(c.capacity - c.offers_this_week, 5 - c.open_offers) for name, c in known.items()}
    circles = [[known[name].circle for name in wave] for wave in waves]
    places = all(len(wave) <= one.places for wave, one in zip(waves, waiting, strict=True))
    return places and all(len(c) == len(set(c)) for c in circles) and all(load[name] <= room[name] for name in load)


def everything(waiting: Sequence[Waiting]) -> Iterator[Waves]:
    def sets(one: Waiting) -> list[list[str]]:
        names = [c.expert for c in one.candidates]
        return [list(s) for size in range(one.places + 1) for s in itertools.combinations(names, size)]

    yield from (list(waves) for waves in itertools.product(*map(sets, waiting)) if allowed(waiting, list(waves)))


def one_by_one(waiting: Sequence[Waiting], seed: int = 1) -> Waves:
    """The same questions in the order they came, each with what the ones before have left."""
    waves: Waves = []
    for one in waiting:
        load = Counter(name for wave in waves for name in wave)
        left = [
            replace(
                c,
                offers_this_week=c.offers_this_week + load[c.expert],
                open_offers=c.open_offers + load[c.expert],
                last_offer_day=DAY if load[c.expert] else c.last_offer_day,
            )
            for c in one.candidates
        ]
        open_to = [c for c in left if c.offers_this_week < c.capacity and c.open_offers < 5]
        waves += waves_of([replace(one, candidates=open_to)], seed)
    return waves


@settings(max_examples=300, deadline=None)
@given(batches(questions=1))
def test_a_wave_is_the_best_of_all_sets(waiting: list[Waiting]) -> None:
    filled, total = worth(waiting, waves_of(waiting))
    best_filled, best_total = max(worth(waiting, waves) for waves in everything(waiting))
    assert filled == best_filled
    assert total == pytest.approx(best_total, abs=1e-5)


@settings(max_examples=150, deadline=None)
@given(batches())
def test_waves_together_are_the_best_of_all_and_no_worse_than_one_by_one(waiting: list[Waiting]) -> None:
    found = waves_of(waiting)
    assert allowed(waiting, found)
    filled, total = worth(waiting, found)
    best_filled, best_total = max(worth(waiting, waves) for waves in everything(waiting))
    assert filled == best_filled
    assert total == pytest.approx(best_total, abs=1e-4)
    assert (filled, total + 1e-4) >= worth(waiting, one_by_one(waiting))


@settings(max_examples=150, deadline=None)
@given(batches(fits=True), st.integers(0, 99))
def test_exploring_breaks_no_rule_and_a_seed_repeats(waiting: list[Waiting], seed: int) -> None:
    waves = assign(waiting, rng=random.Random(seed), day=DAY)
    names = [[c.expert for c in wave] for wave in waves]
    assert allowed(waiting, names)
    turned = [replace(one, ranked=one.ranked[::-1], candidates=one.candidates[::-1]) for one in waiting]
    assert assign(turned, rng=random.Random(seed), day=DAY) == waves
    for one, wave in zip(waiting, waves, strict=True):
        known = {r.expert: r for r in one.ranked}
        explored = [known[c.expert] for c in wave if c.exploring]
        assert len(explored) <= (one.places >= 3)
        assert all(r.fits and r.tried < 3 for r in explored)


def pool(number: int, capacity: int = 1) -> list[Candidate]:
    return [Candidate(f"e{n}", f"c{n}", capacity=capacity) for n in range(number)]


def test_the_only_expert_goes_to_the_question_nobody_else_knows() -> None:
    both = pool(2)
    easy = Waiting([Ranked("e0", 2.0), Ranked("e1", 1.5)], both, places=1)
    hard = Waiting([Ranked("e0", 2.0), Ranked("e1", -3.0)], both, places=1)
    assert waves_of([easy, hard]) == [["e1"], ["e0"]]
    assert one_by_one([easy, hard]) == [["e0"], ["e1"]]


def test_every_question_gets_somebody_before_any_gets_two() -> None:
    three = pool(3)
    waiting = [Waiting([Ranked(c.expert, float(n)) for c in three], three, places=3) for n in range(3)]
    assert [len(wave) for wave in waves_of(waiting)] == [1, 1, 1]
    assert [len(wave) for wave in one_by_one(waiting)] == [3, 0, 0]


def test_nobody_gets_more_than_the_open_offers_allow() -> None:
    one = [Candidate("e0", "c0", capacity=5, open_offers=3)]
    waiting = [Waiting([Ranked("e0", 0.0)], one, places=1) for _ in range(4)]
    assert sum(map(len, waves_of(waiting))) == 2
    assert sum(len(wave) for wave in assign(waiting, rng=random.Random(1), limits=Limits(open_offers=4))) == 1


def test_whoever_has_more_open_than_is_allowed_by_now_is_in_nobodys_way() -> None:
    full, free = Candidate("e0", "c0", open_offers=4), [Candidate("e1", "c1"), Candidate("e2", "c2", open_offers=2)]
    waiting = [Waiting([Ranked(c.expert, 0.0) for c in (full, *free)], [full, *free], places=2) for _ in range(2)]
    waves = assign(waiting, rng=random.Random(1), limits=Limits(open_offers=3))
    assert sorted(one.expert for wave in waves for one in wave) == ["e1", "e1", "e2"]


def test_a_second_question_goes_to_another_who_is_nearly_as_good() -> None:
    two = pool(2, capacity=5)
    waiting = [Waiting([Ranked("e0", 0.3), Ranked("e1", 0.0)], two, places=1) for _ in range(2)]
    assert sorted(name for wave in waves_of(waiting) for name in wave) == ["e0", "e1"]
    much_better = [Waiting([Ranked("e0", 3.0), Ranked("e1", 0.0)], two, places=1) for _ in range(2)]
    assert waves_of(much_better) == [["e0"], ["e0"]]


def test_equals_share_the_work_by_lot() -> None:
    four = pool(4, capacity=5)
    waiting = [Waiting([Ranked(c.expert, 0.0) for c in four], four, places=1) for _ in range(2)]
    seen = Counter(name for seed in range(200) for wave in waves_of(waiting, seed) for name in wave)
    assert min(seen.values()) > 60


def test_exploring_takes_the_place_of_nobodys_best_and_is_counted_into_the_room() -> None:
    known = pool(4)
    newcomer = Candidate("new", "c9", capacity=1)
    ranked = [*(Ranked(c.expert, 3.0, tried=9, fits=True) for c in known), Ranked("new", -2.0, fits=True)]
    waves = assign([Waiting(ranked, [*known, newcomer], 3) for _ in range(2)], rng=random.Random(3), day=DAY)
    explored = [c.expert for wave in waves for c in wave if c.exploring]
    assert explored == ["new"]
    assert sorted(len(wave) for wave in waves) == [2, 3]


def test_exploring_turns_to_whoever_was_not_tried_in_vain_before() -> None:
    known = [Ranked(c.expert, 3.0, tried=9) for c in pool(2)]
    passes = tuple(Pass(f"t{n}", DAY - 9) for n in range(4))
    silent, back, fresh = (
        Candidate("silent", "s", last_offer_day=DAY),
        Candidate("back", "b", passes=passes),
        Candidate("new", "n"),
    )
    one = Waiting(
        [*known, *(Ranked(c.expert, -2.0, fits=True) for c in (silent, back, fresh))], [*pool(2), silent, back, fresh]
    )
    waves = [assign([one], rng=random.Random(seed), day=DAY)[0] for seed in range(200)]
    explored = Counter(c.expert for wave in waves for c in wave if c.exploring)
    assert explored["new"] > 120
    assert 0 < explored["back"] < explored["silent"] < 60


@pytest.mark.parametrize("seed", range(5))
def test_with_one_place_each_it_is_the_assignment_problem(seed: int) -> None:
    """Against an independent solver, at a size at which most arcs are left out to begin with."""
    draw = np.random.default_rng(seed)
    many, common = pool(60), draw.normal(size=60) * 2
    scores = common + draw.normal(size=(25, 60)) / 2
    waiting = [Waiting([Ranked(c.expert, float(row[n])) for n, c in enumerate(many)], many, 1) for row in scores]
    table = np.array([[chances(one)[c.expert] for c in many] for one in waiting])
    best = table[linear_sum_assignment(table, maximize=True)].sum()
    assert worth(waiting, waves_of(waiting)) == ((25, 0, 0), pytest.approx(best, abs=1e-4))
    assert worth(waiting, one_by_one(waiting))[1] < best - 0.01


def test_no_question_and_nobody() -> None:
    assert assign([], rng=random.Random(1)) == []
    assert assign([Waiting([], [], 3), Waiting([], [], 0)], rng=random.Random(1)) == [[], []]
