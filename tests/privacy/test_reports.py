"""What is read out of a release, held against brute force, against simulation and against OpenDP's own noise."""

import json
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from math import exp, inf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insights.noise import draw
from privacy.errors import WeakInput
from privacy.laplace import chance_of_noise, half_width, interval, masses, parts_of, range_width
from privacy.plans import Plan
from privacy.reports import Figure, Release, changes, figures_of, holm, mean_over, share_of, tiers, total_of

PLAN = Plan(
    period="2027Q1", yearly=False, depth="topic", limit=2, epsilon={"need": 1.6, "second": 0.4}, second="outcomes",
    organisations="60-99", cells=("disease", "feed", "water"), published="2026-12-20",
)  # fmt: skip
SCALE = Fraction(5, 4)


def noise(rng: np.random.Generator, scale: Fraction, *shape: int) -> np.ndarray:
    """Discrete Laplace, as a difference of two geometrics."""
    stop = 1 - exp(-1 / scale)
    return rng.geometric(stop, shape) - rng.geometric(stop, shape)


def released(values: dict[str, tuple[int, int, int]], plan: Plan = PLAN, kind: str = "need") -> Release:
    cells = [
        {"topic": topic, "state": state, "value": value}
        for topic, numbers in values.items()
        for state, value in zip(("none", "soon", "later"), numbers, strict=True)
    ]
    body = {"period": plan.period, "kind": kind, "plan": json.loads(plan.to_json()), "cells": cells}
    return Release.from_body(json.dumps(body).encode())


def figure(value: int, scale: Fraction = SCALE, terms: int = 1, topic: str = "disease") -> Figure:
    return Figure("unmet", topic, value, ((scale, terms),))


@pytest.mark.parametrize(("scale", "terms"), [(Fraction(1, 2), 3), (Fraction(3, 2), 2), (Fraction(7, 3), 4)])
def test_sums_are_the_noise_added_to_itself_number_by_number(scale: Fraction, terms: int) -> None:
    fall = exp(-1 / scale)
    one = {z: (1 - fall) / (1 + fall) * fall ** abs(z) for z in range(-120, 121)}
    whole = {0: 1.0}
    for _ in range(terms):
        added: Counter[int] = Counter()
        for a, p in whole.items():
            for b, q in one.items():
                added[a + b] += p * q
        whole = added
    found = masses(((scale, terms),))
    middle = len(found) // 2
    assert np.allclose(found[middle - 20 : middle + 21], [whole[z] for z in range(-20, 21)], rtol=1e-9)
    assert found.sum() == pytest.approx(1, abs=1e-13)
    half = half_width(((scale, terms),))
    assert sum(whole[z] for z in range(-half, half + 1)) >= 0.95
    assert sum(whole[z] for z in range(-half + 1, half)) < 0.95


def test_intervals_cover_what_opendp_adds_and_not_what_twice_as_much_would() -> None:
    drawn = np.array(draw(60_000, SCALE, limit=2, micro_epsilon=1_600_000))
    for terms in (1, 3):
        sums = drawn.reshape(-1, terms).sum(axis=1)
        within = np.mean(np.abs(sums) <= half_width(((SCALE, terms),)))
        exact = masses(((SCALE, terms),))
        half, middle = half_width(((SCALE, terms),)), len(exact) // 2
        promised = exact[middle - half : middle + half + 1].sum()
        assert within == pytest.approx(promised, abs=5 * sqrt(0.05 / len(sums)))
        assert np.mean(np.abs(sums) <= half_width(((SCALE / 2, terms),))) < 0.93
    low, high = interval(10, SCALE)
    assert (low, high) == (10 - half_width(((SCALE, 1),)), 10 + half_width(((SCALE, 1),)))


def test_chance_of_noise_counts_both_sides() -> None:
    rng = np.random.default_rng(3)
    apart = noise(rng, SCALE, 100_000, 3).sum(axis=1) - noise(rng, SCALE * 2, 100_000, 3).sum(axis=1)
    for difference in (1, 6, 15):
        measured = np.mean(np.abs(apart) >= difference)
        assert chance_of_noise(difference, SCALE, SCALE * 2, 3) == pytest.approx(measured, abs=0.008)
        assert chance_of_noise(-difference, SCALE * 2, SCALE, 3) == chance_of_noise(difference, SCALE, SCALE * 2, 3)
    assert chance_of_noise(0, SCALE, SCALE) == 1
    assert chance_of_noise(5000, SCALE, SCALE) == 0


def test_figures_of_a_release() -> None:
    release = released({"disease": (9, 20, 4), "feed": (-2, 3, 0), "water": (6, 0, 0)})
    found = {(one.measure, one.topic): one for one in figures_of(release)}
    assert len(found) == 12
    assert [found[measure, "disease"].value for measure in ("demand", "unmet", "soon", "later")] == [33, 9, 20, 4]
    assert found["demand", "disease"].parts == ((SCALE, 3),)
    assert found["unmet", "disease"].low == 9 - half_width(((SCALE, 1),))
    below = found["unmet", "feed"]
    assert (below.value, below.low, below.shown, below.relative_error) == (-2, 0, False, inf)
    assert found["demand", "disease"].firm
    assert not found["unmet", "water"].firm
    assert found["unmet", "water"].shown
    whole = total_of([found["demand", topic] for topic in PLAN.cells])
    assert (whole.value, whole.parts) == (40, ((SCALE, 9),))


@pytest.mark.parametrize("cells", [("disease", "feed"), ("disease", "feed", "water", "nets")])
def test_a_release_with_other_numbers_than_its_plan_is_none(cells: tuple[str, ...]) -> None:
    with pytest.raises(WeakInput):
        released(dict.fromkeys(cells, (1, 2, 3)))


def test_the_mean_of_quarters_carries_all_their_noise() -> None:
    quarters = [figures_of(released(dict.fromkeys(PLAN.cells, (n, n, n)))) for n in (4, 5, 6, 9)]
    mean = next(one for one in mean_over(quarters) if (one.measure, one.topic) == ("unmet", "feed"))
    assert (mean.value, mean.over, mean.parts) == (6, 4, ((SCALE, 4),))
    assert mean.half == half_width(((SCALE, 4),)) / 4 < half_width(((SCALE, 1),))


def test_a_year_that_was_planned_when_it_had_begun_is_the_mean_of_the_quarters_that_were_counted() -> None:
    """A network's first year: with a quarter of it counted, an organisation that asked is one, not a quarter of one."""
    values = dict.fromkeys(PLAN.cells, (12, 0, 0))
    over = [
        {one.over for one in figures_of(released(values, replace(PLAN, period="2027", yearly=True, published=day)))}
        for day in ("2026-12-20", "2027-01-05", "2027-04-01", "2027-11-20")
    ]
    assert over == [{4}, {4}, {3}, {1}]
    whole, late = (replace(PLAN, period="2027", yearly=True, published=day) for day in ("2026-12-20", "2027-11-20"))
    assert changes(released(values, whole), released(values, late)) == ()


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_share_lies_in_its_interval_and_between_0_and_1(part: int, rest: int) -> None:
    found = share_of(figure(part), figure(rest))
    assert 0 <= found.low <= found.high <= 1
    assert found.value is None or found.low <= found.value <= found.high


@pytest.mark.parametrize(("part", "rest"), [(0, 6), (3, 5), (20, 9), (40, 0)])
def test_shares_cover_the_truth_in_small_counts(part: int, rest: int) -> None:
    rng = np.random.default_rng(part)
    drawn = noise(rng, SCALE, 3000, 2) + np.array([part, rest])
    shares = [share_of(figure(int(a)), figure(int(b))) for a, b in drawn]
    assert np.mean([one.low <= part / (part + rest) <= one.high for one in shares]) >= 0.95


def test_changes_carry_both_errors_and_need_plans_that_compare() -> None:
    old = released({"disease": (9, 20, 4), "feed": (5, 3, 0), "water": (6, 0, 0)})
    later = replace(PLAN, period="2027Q2", second="support", epsilon={"need": 2.0})
    new = released({"disease": (9, 50, 4), "feed": (6, 3, 0), "water": (6, 0, 0)}, later)
    found = {(one.measure, one.topic): one for one in changes(new, old)}
    moved, same = found["demand", "disease"], found["unmet", "feed"]
    assert (moved.value, moved.sure) == (30, True)
    assert moved.high - moved.value == half_width(parts_of((SCALE, 3), (Fraction(1), 3)))
    assert same.chance == chance_of_noise(1, SCALE, Fraction(1))
    assert not same.sure
    other = replace(PLAN, limit=3)
    assert changes(new, released(dict.fromkeys(PLAN.cells, (1, 1, 1)), other)) == ()


def test_of_many_equal_cells_none_is_called_larger_and_looking_at_pairs_would_call_some() -> None:
    rng, cells, tries = np.random.default_rng(8), 8, 1500
    drawn = noise(rng, SCALE, tries, cells) + 20
    apart = [len(tiers([figure(int(v), topic=str(n)) for n, v in enumerate(row)])) > 1 for row in drawn]
    assert np.mean(apart) <= 0.05
    assert np.mean(np.ptp(drawn, axis=1) > half_width(((SCALE, 2),))) > 0.2
    assert np.mean(np.ptp(drawn, axis=1) <= range_width(((SCALE, 1),), cells)) > 0.93


def test_groups_go_by_size_and_inside_by_name() -> None:
    found = tiers(
        [figure(4, topic="water"), figure(30, topic="feed"), figure(5, topic="nets"), figure(31, topic="disease")]
    )
    assert [[one.topic for one in group] for group in found] == [["disease", "feed"], ["nets", "water"]]
    assert tiers([]) == ()
    with pytest.raises(WeakInput):
        tiers([figure(1), figure(1, terms=2)])


def test_many_small_chances_are_looked_at_together() -> None:
    assert holm([0.04, 0.5, 0.6]) == [False, False, False]
    assert holm([0.001, 0.02, 0.6]) == [True, True, False]
    rng = np.random.default_rng(1)
    wrong = [any(holm(list(rng.random(8)))) for _ in range(2000)]
    assert np.mean(wrong) < 0.065
