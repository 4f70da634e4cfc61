"""Figures of an attack: how often it succeeded, how sure that is, and how well its scores part two groups."""

from collections.abc import Iterable, Sequence
from math import sqrt
from random import Random


def wilson(successes: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval (Wilson 1927, without continuity correction) of a rate, as (low, high) in 0..1.

    `z` is the normal quantile: 1.96 for 95 %. No trials give (0, 1). ValueError where `successes` is not in 0..trials.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} successes of {trials} trials")
    if trials == 0:
        return 0.0, 1.0
    rate, shrink = successes / trials, 1 + z * z / trials
    centre = (rate + z * z / (2 * trials)) / shrink
    half = z / shrink * sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials))
    return max(0.0, centre - half), min(1.0, centre + half)


def auc(positives: Iterable[float], negatives: Iterable[float]) -> float:
    """The chance that a random positive scores above a random negative; ties count half (Mann and Whitney 1947).

    ValueError when one of the groups is empty.
    """
    highs, lows = list(positives), list(negatives)
    if not highs or not lows:
        raise ValueError("both groups need a score")
    ranks = _middle_ranks(highs + lows)
    above = sum(ranks[: len(highs)]) - len(highs) * (len(highs) + 1) / 2
    return above / (len(highs) * len(lows))


def auc_interval(value: float, positives: int, negatives: int, z: float = 1.96) -> tuple[float, float]:
    """The interval of an AUC from group sizes alone (Hanley and McNeil 1982), as (low, high) in 0..1.

    It takes the scores for independent: where one author gives many pairs it is too narrow.
    """
    if not 0 <= value <= 1 or positives < 1 or negatives < 1:
        raise ValueError("an AUC in 0..1 over two groups that are not empty")
    both, twice = value / (2 - value), 2 * value * value / (1 + value)
    spread = value * (1 - value) + (positives - 1) * (both - value**2) + (negatives - 1) * (twice - value**2)
    half = z * sqrt(max(0.0, spread) / (positives * negatives))
    return max(0.0, value - half), min(1.0, value + half)


def percentile(values: Iterable[float], share: float) -> float:
    """The nearest-rank percentile: the smallest value that at least `share` (0..1) of all do not exceed."""
    ordered = sorted(values)
    if not ordered or not 0 <= share <= 1:
        raise ValueError("values, and a share in 0..1")
    place = -int(-share * len(ordered) // 1)
    return ordered[max(1, place) - 1]


def percentile_interval(
    values: Sequence[float], share: float, rng: Random, *, rounds: int = 400, level: float = 0.95
) -> tuple[float, float]:
    """The bootstrap interval (Efron 1979) of `percentile`, as (low, high) in the unit of the values."""
    drawn = [percentile(rng.choices(values, k=len(values)), share) for _ in range(rounds)]
    return percentile(drawn, (1 - level) / 2), percentile(drawn, (1 + level) / 2)


def _middle_ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1; equal values share the middle of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    first = 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and values[order[last + 1]] == values[order[first]]:
            last += 1
        for place in order[first : last + 1]:
            ranks[place] = (first + last) / 2 + 1
        first = last + 1
    return ranks
