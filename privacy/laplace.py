"""The noise in published figures: discrete Laplace, P(Z = z) = (1-a)/(1+a) a^|z| with a = exp(-1/scale).

(Ghosh, Roughgarden and Sundararajan 2009.) The error of a sum, a difference or a mean of published numbers is known
exactly, by convolving that distribution with itself: no normal approximation, no bound.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from functools import lru_cache
from math import ceil, exp, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from privacy.errors import WeakInput

LEVEL: Final = 0.95
TAIL: Final = 1e-16

Parts = tuple[tuple[Fraction, int], ...]
"""The noise in a figure: (scale, how many numbers of that scale were added or subtracted), sorted by scale."""


def parts_of(*parts: tuple[Fraction, int]) -> Parts:
    """Noise of sums and differences of independent numbers: equal scales together. The sign does not matter."""
    terms: dict[Fraction, int] = defaultdict(int)
    for scale, count in parts:
        terms[scale] += count
    return tuple(sorted(terms.items()))


@lru_cache(maxsize=512)
def masses(parts: Parts) -> NDArray[np.float64]:
    """P(noise = z) for z from -m to m, odd length 2m+1, symmetric; what is cut off is under 1e-14."""
    whole = np.ones(1)
    for scale, terms in parts:
        whole = _convolve(whole, _several(scale, terms))
    return whole


@lru_cache(maxsize=512)
def half_width(parts: Parts, level: float = LEVEL) -> int:
    """The smallest h with P(|noise| ≤ h) ≥ level."""
    within = _within(parts)
    return int(np.searchsorted(within, level * within[-1]))


def interval(value: float, scale: Fraction, terms: int = 1, level: float = LEVEL) -> tuple[float, float]:
    """Where the count lies: it holds the truth in at least `level` of all releases, whatever the truth is."""
    half = half_width(((scale, terms),), level)
    return value - half, value + half


def chance_of_noise(difference: float, scale_a: Fraction, scale_b: Fraction, terms: int = 1) -> float:
    """How often two equal counts, each a sum of `terms` numbers, come out at least this far apart, either way."""
    return chance_in(parts_of((scale_a, terms), (scale_b, terms)), difference)


def chance_in(parts: Parts, difference: float) -> float:
    """P(|noise| ≥ |difference|)."""
    within, far = _within(parts), ceil(abs(difference) - 1e-9)
    if far == 0:
        return 1.0
    return 0.0 if far > len(within) else float(max(0.0, within[-1] - within[far - 1]))


@lru_cache(maxsize=512)
def range_width(parts: Parts, count: int, level: float = LEVEL) -> int:
    """The smallest q with P(largest - smallest of `count` independent noises ≤ q) ≥ level."""
    mass = masses(parts)
    upto = np.concatenate([[0.0], np.cumsum(mass)])
    low, high = 0, len(mass)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _range_within(upto, middle, count) >= level else (middle + 1, high)
    return low


@lru_cache(maxsize=512)
def _within(parts: Parts) -> NDArray[np.float64]:
    """P(|noise| ≤ h) for h = 0, 1, …"""
    half = masses(parts)[len(masses(parts)) // 2 :]
    return np.cumsum(np.concatenate([half[:1], 2 * half[1:]]))


@lru_cache(maxsize=512)
def _several(scale: Fraction, terms: int) -> NDArray[np.float64]:
    if terms < 1 or scale <= 0:
        raise WeakInput("noise", "a scale above 0 and at least one number")
    if terms > 1:
        half = _several(scale, terms // 2)
        twice = _convolve(half, half)
        return _convolve(twice, _several(scale, 1)) if terms % 2 else twice
    fall = exp(-1 / scale)
    reach = ceil(-log(TAIL) * float(scale)) + 1
    return np.asarray((1 - fall) / (1 + fall) * fall ** np.abs(np.arange(-reach, reach + 1)))


def _convolve(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distribution of the sum, without the ends that hold nothing. Direct sums: they keep small tails exact."""
    both = np.convolve(a, b)
    cut = int(np.argmax(np.cumsum(both) > TAIL))
    return both[cut : len(both) - cut]


def _range_within(upto: NDArray[np.float64], width: int, count: int) -> float:
    """Sum over where the smallest lies: all in [x, x+q], less all in [x+1, x+q]."""
    last = np.minimum(np.arange(len(upto) - 1) + width + 1, len(upto) - 1)
    return float(np.sum((upto[last] - upto[:-1]) ** count - (upto[last] - upto[1:]) ** count))
