"""Bands say what is true, nothing under five, and not who came; three ways of being careless are read."""

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.attacks.bands import Months, Publish, best_advantage
from privacy.bands import BANDS, MOVE, Standing, band_of, has_moved, next_standing
from tests.seeds import seeds

RUNS = 4000
COUNTS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 8), max_size=7)


def exact(_: Standing, now: Mapping[str, int]) -> Standing:
    """A mutant: the count itself, of this moment."""
    return Standing(sum(now.values()), now)


def plain(counts: Mapping[str, int]) -> int:
    return max((band for band in BANDS if sum(counts.values()) >= band), default=0)


def at_each_look(_: Standing, now: Mapping[str, int]) -> Standing:
    """A mutant: bands, decided anew whenever somebody looks."""
    return Standing(plain(now), now)


def own_people_move_it(before: Standing, now: Mapping[str, int]) -> Standing:
    """A mutant: what moved is counted with the reader's own accounts."""
    moved = abs(sum(now.values()) - sum(before.counts.values())) >= MOVE
    return Standing(plain(now), now) if moved else before


@pytest.mark.parametrize("seed", seeds(2))
@pytest.mark.parametrize("churn", [0.0, 0.1, 0.4])
def test_nobody_reads_that_one_person_came(seed: int, churn: float) -> None:
    rng = random.Random(seed)
    assert best_advantage(next_standing, months=Months(churn=churn), runs=RUNS, rng=rng) <= 0.10


@pytest.mark.parametrize("mutant", [exact, at_each_look, own_people_move_it])
def test_the_reader_reads_the_careless(mutant: Publish) -> None:
    assert best_advantage(mutant, months=Months(), runs=RUNS, rng=random.Random(1)) >= 0.5


@given(st.lists(COUNTS, min_size=1, max_size=12))
def test_whatever_happens_a_band_is_a_true_at_least(history: list[dict[str, int]]) -> None:
    standing = Standing()
    for now in history:
        standing = next_standing(standing, now)
        assert standing.band in (0, *BANDS)
        assert standing.band == 0 or sum(now.values()) > standing.band


@given(COUNTS, COUNTS, st.sampled_from("abcdefgh"), st.integers(0, 20))
def test_no_single_circle_moves_anything(
    before: dict[str, int], now: dict[str, int], own: str, any_number: int
) -> None:
    """Whatever one circle does beside, what the others did decides: too little of it, and all stays as it stood."""
    others = sum(n for c, n in now.items() if c != own) - sum(n for c, n in before.items() if c != own)
    if abs(others) < MOVE:
        standing = Standing(band_of(before), before)
        assert next_standing(standing, {**now, own: any_number}) is standing


@given(COUNTS)
def test_nothing_appears_that_one_circle_carries(counts: dict[str, int]) -> None:
    for left_out in counts:
        rest = [n for c, n in counts.items() if c != left_out]
        if band_of(counts):
            assert sum(rest) >= BANDS[0] + MOVE
            assert len(rest) >= 3
            assert 2 * max(rest) <= sum(rest)


def test_by_hand() -> None:
    assert band_of({}) == 0
    assert band_of({"a": 40}) == 0
    assert band_of({"a": 4, "b": 4, "c": 4}) == 0  # without one, two circles are left
    assert band_of({"a": 3, "b": 3, "c": 3, "d": 2}) == 5
    assert band_of({"a": 2, "b": 3, "c": 3, "d": 2}) == 0  # seven without the largest
    assert band_of({"a": 6, "b": 6, "c": 6, "d": 5, "e": 6}) == 20
    assert not has_moved({"a": 3, "b": 3}, {"a": 6, "b": 3})
    assert has_moved({"a": 3, "b": 3}, {"a": 5, "b": 5, "c": 2})
    assert has_moved({"a": 5, "b": 5, "c": 2}, {"a": 3, "b": 3})
