"""Cohorts: against every division there is of a small case; rules that hold for all; and two hundred people."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.grouping import Applicant, Crew, Leader, group, lead, places

FEWEST, MOST = 2, 3  # small enough for every division to be looked at


def make_applicants(circles: Sequence[str], *, seed: int, waited: int = 0, name: str = "g") -> list[Applicant]:
    goals = np.random.default_rng(seed).normal(size=(len(circles), 3)).astype(np.float32)
    goals /= np.linalg.norm(goals, axis=1, keepdims=True)
    return [Applicant(f"{name}{n}", at, name, goals[n], n < waited) for n, at in enumerate(circles)]


def divisions(people: Sequence[Applicant]) -> Iterator[list[list[Applicant]]]:
    """Every set of cohorts that keeps the rules; who is in none has no place."""
    if not people:
        yield []
        return
    first, rest = people[0], people[1:]
    yield from divisions(rest)
    for size in range(FEWEST - 1, MOST):
        for mates in itertools.combinations(rest, size):
            if len({first.circle, *(one.circle for one in mates)}) == size + 1:
                left = [one for one in rest if one not in mates]
                yield from ([[first, *mates], *others] for others in divisions(left))


def closeness(crews: Sequence[Sequence[Applicant]]) -> float:
    return sum(
        float(np.mean([one.goal @ mate.goal for mate in crew if mate is not one])) for crew in crews for one in crew
    )


def value(crews: Sequence[Sequence[Applicant]]) -> tuple[int, float, int, float]:
    placed = [one for crew in crews for one in crew]
    size = -abs(len(placed) / len(crews) - 5) if crews else 0.0
    return len(placed), size, sum(one.waited for one in placed), closeness(crews)


def opened(crews: Sequence[Crew], people: Sequence[Applicant]) -> list[list[Applicant]]:
    known = {one.key: one for one in people}
    return [[known[key] for key in crew.members] for crew in crews]


@pytest.mark.parametrize("seed", range(25))
def test_no_division_of_a_small_case_is_better(seed: int) -> None:
    rng = random.Random(seed)
    people = make_applicants(
        [rng.choice("abcd") for _ in range(rng.randint(4, 8))], seed=seed, waited=rng.choice([0, 2])
    )
    crews, _ = group(people, rng=random.Random(1), fewest=FEWEST, most=MOST)
    found, best = value(opened(crews, people)), max(map(value, divisions(people)))
    assert found[:3] == best[:3]
    assert found[3] == pytest.approx(best[3], abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("xy")), max_size=40), st.integers(0, 99))
def test_the_rules_hold_and_the_order_does_not_count(drawn: list[tuple[str, str]], seed: int) -> None:
    people = make_applicants([circle for circle, _ in drawn], seed=seed)
    people = [replace(one, group=name) for one, (_, name) in zip(people, drawn, strict=True)]
    crews, unplaced = group(people, rng=random.Random(seed))
    for crew, members in zip(crews, opened(crews, people), strict=True):
        assert 4 <= len(members) <= 6
        assert len({one.circle for one in members}) == len(members)
        assert {one.group for one in members} == {crew.group}
        assert crew.near <= set(crew.members)
    assert sorted([key for crew in crews for key in crew.members] + unplaced) == sorted(one.key for one in people)
    most = sum(places([one.circle for one in people if one.group == name])[0] for name in "xy")
    assert len(people) - len(unplaced) == most
    random.Random(3).shuffle(people)
    assert group(people, rng=random.Random(seed)) == (crews, unplaced)


def test_who_waited_since_last_time_is_placed_before_others() -> None:
    people = make_applicants(["a"] * 3 + ["b"] * 3 + ["c", "d"], seed=4)
    people = [replace(one, waited=n in (2, 5)) for n, one in enumerate(people)]
    _, unplaced = group(people, rng=random.Random(1))
    assert unplaced
    assert not {"g2", "g5"} & set(unplaced)


def test_near_goals_find_each_other() -> None:
    """Ten people with two goals: the cohorts are those of the goals, and everybody is near."""
    goals = np.eye(3, dtype=np.float32)
    people = [Applicant(f"p{n}", f"c{n}", "g", goals[n % 2]) for n in range(10)]
    crews, unplaced = group(people, rng=random.Random(2))
    assert not unplaced
    assert sorted(sorted(crew.members) for crew in crews) == [[f"p{n}" for n in range(k, 10, 2)] for k in (0, 1)]
    assert all(crew.near == set(crew.members) for crew in crews)


def test_two_hundred_people() -> None:
    """All of them, much nearer to each other than dealt out."""
    rng = random.Random(5)
    topics = np.random.default_rng(1).normal(size=(12, 32))
    people = []
    for n in range(200):
        goal = topics[rng.randrange(12)] + np.random.default_rng(n).normal(size=32) * 0.6
        people.append(
            Applicant(f"p{n:03}", f"c{rng.randrange(60)}", "g", (goal / np.linalg.norm(goal)).astype(np.float32))
        )
    crews, unplaced = group(people, rng=random.Random(5))
    assert not unplaced
    assert Counter(len(crew.members) for crew in crews).keys() <= {4, 5, 6}
    dealt = [people[n : n + 5] for n in range(0, 200, 5)]
    assert closeness(opened(crews, people)) > 4 * max(closeness(dealt), 10.0)


def test_nobody_is_placed_where_no_cohort_can_be() -> None:
    people = make_applicants("aaaabbbbcccc", seed=1)  # three circles: no four of them
    assert group(people, rng=random.Random(1)) == ([], sorted(one.key for one in people))
    with pytest.raises(ValueError, match="cannot be"):
        group(people, rng=random.Random(1), fewest=1)


def test_leaders_are_of_another_circle_and_as_many_as_possible() -> None:
    crews = [("x", frozenset("abcd")), ("y", frozenset("cdef")), ("y", frozenset("abgh"))]
    leaders = [Leader("p", "a", frozenset("y")), Leader("q", "e", frozenset("x")), Leader("r", "c", frozenset("y"))]
    assert lead(crews, leaders, rng=random.Random(1)) == ["q", "p", "r"]
    assert lead(crews, leaders[:1], rng=random.Random(1)).count("p") == 1
    assert lead([("x", frozenset("ae"))], leaders[:2], rng=random.Random(1)) == [""]
    assert lead([], leaders, rng=random.Random(1)) == []
