"""Measures of a ranking, and whether a difference between two rankings is more than luck."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of the paired differences with its bootstrap interval, and the share of resamples that are not above 0."""

    mean: float
    low: float
    high: float
    p_not_better: float


def place(ranked: Sequence[str], wanted: str) -> int | None:
    """Return the 1-based place of `wanted` in `ranked`, None if it is absent."""
    return ranked.index(wanted) + 1 if wanted in ranked else None


def mrr(places: Sequence[int | None]) -> float:
    """Return the mean reciprocal rank (Voorhees 1999); an absent one counts 0. Raises ValueError when empty."""
    if not places:
        raise ValueError("no places to average")
    return sum(1.0 / p if p else 0.0 for p in places) / len(places)


def hit_at(places: Sequence[int | None], k: int) -> float:
    """Return the share of places that are at most `k`. Raises ValueError when empty."""
    if not places:
        raise ValueError("no places to average")
    return sum(1 for p in places if p is not None and p <= k) / len(places)


def paired_bootstrap(
    ours: ArrayLike, theirs: ArrayLike, *, seed: int, resamples: int = 10_000, level: float = 0.95
) -> Difference:
    """Resample the paired differences `ours - theirs`, shape (n,) each, and return their percentile interval.

    Efron and Tibshirani 1993, chapter 16. Raises ValueError on shapes that differ or are empty.
    """
    gaps = np.asarray(ours, dtype=float) - np.asarray(theirs, dtype=float)
    if np.shape(ours) != np.shape(theirs) or gaps.ndim != 1 or not len(gaps):
        raise ValueError(f"need two equally long rows of numbers, got {np.shape(ours)} and {np.shape(theirs)}")
    rng = np.random.default_rng(seed)
    means = np.array([gaps[rng.integers(0, len(gaps), len(gaps))].mean() for _ in range(resamples)])
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Difference(float(gaps.mean()), float(low), float(high), float((means <= 0).mean()))
