"""Sums of fading answers, kept for every expert at a fixed grid of half-lives: ranking needs no pass over answers.

An answer of age x adds 2 ** (-x / H) under each half-life H. Any kernel is then a weight a half-life. A power law is
one in closed form (Beylkin and Monzon 2010, "Approximation by exponential sums revisited"):

    x ** -a = 1 / Gamma(a) * integral over s > 0 of s ** (a - 1) * exp(-s x)

with s on a logarithmic grid. Three quarters of an octave apart, the error is 2 |Gamma(a + 2 pi i / h)| / Gamma(a), h
the logarithm of a step: 1e-7 of the value at a = 1, 2e-7 at a = 1.25, 1.2e-6 at a = 2, for ages up to thirty years.
"""

from functools import lru_cache
from math import gamma
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.numbers import roomy, summed

Floats = NDArray[np.float64]
Places = NDArray[np.int64] | NDArray[np.int32]

_STEP: Final = 0.75  # octaves
HALF_LIVES: Final[Floats] = np.append(2.0 ** np.arange(-13.5, 16.6, _STEP), np.inf)  # days; the last never fades
_PER_DAY: Final = 1.0 / HALF_LIVES
_RATES: Final = np.log(2.0) * _PER_DAY
SHORTEST_OFFSET: Final = 16.0 / float(_RATES[0])  # days; below it the grid knows no power law
_HEADROOM: Final = 512  # powers of two a sum may grow before its column is scaled
_FADED: Final = 1100  # half-lives after which an answer adds nothing that a float can hold
_NEVER: Final = -1e18  # the scale of a column without answers


def half_life(days: float) -> Floats:
    """Return the weights, shape (len(HALF_LIVES),), of a half-life: its two neighbours on the grid, mixed by distance.

    Outside the grid the nearest end stands in.
    """
    place = np.clip((np.log2(max(days, 1e-9)) - np.log2(HALF_LIVES[0])) / _STEP, 0, len(HALF_LIVES) - 2)
    lower = min(int(place), len(HALF_LIVES) - 3)
    weights = np.zeros(len(HALF_LIVES))
    weights[lower], weights[lower + 1] = lower + 1 - place, place - lower
    return weights


@lru_cache(maxsize=64)
def power_law(power: float, offset: float) -> Floats:
    """Return the weights, shape (len(HALF_LIVES),), of (age + offset) ** -power, ages and offset in days.

    An offset under SHORTEST_OFFSET (about three minutes) counts as that.
    """
    offset = max(offset, SHORTEST_OFFSET)
    weights = _share(_RATES, power, offset)
    slower = _RATES[-2] * 2.0 ** (-_STEP * np.arange(1, 200))
    nodes = [len(_RATES) - 1, len(_RATES) - 2, len(_RATES) - 3, len(_RATES) - 4]
    for node in nodes:  # what fades more slowly than the grid is a cubic through its slow end
        others = [other for other in nodes if other != node]
        fit = np.prod([(slower - _RATES[other]) / (_RATES[node] - _RATES[other]) for other in others], axis=0)
        weights[node] += float(_share(slower, power, offset) @ fit)
    weights.flags.writeable = False
    return weights


def kernel(weights: Floats, ages: Floats) -> Floats:
    """Return what an answer of each of `ages` (days, at least 0), (n,), counts under `weights`, as in `DecayedSums`."""
    used = np.flatnonzero(weights)
    return np.asarray(np.exp2(-ages[:, None] * _PER_DAY[used]) @ weights[used], dtype=np.float64)


def _share(rates: Floats, power: float, offset: float) -> Floats:
    """The trapezoid rule's weight of each rate."""
    return np.asarray(_STEP * np.log(2.0) / gamma(power) * rates**power * np.exp(-rates * offset), dtype=np.float64)


class DecayedSums:
    """One row of sums an owner, by number. The same answers give the same bits, whatever the order of changes.

    A sum is held as a multiple of a power of two, scaled exactly; what is added comes in order of days.
    """

    def __init__(self) -> None:
        self._sums: Floats = np.zeros((len(HALF_LIVES), 16))
        self._base: Floats = np.full(len(HALF_LIVES), _NEVER)

    def add(self, owner: int, day: float) -> None:
        """Add an answer of `day` to the row of `owner`, who has none of a later day."""
        self._sums = roomy(self._sums, owner + 1)
        self._rebase(day)
        self._sums[:, owner] += self._added(day)

    def rebuild(self, cleared: Places, owners: Places, days: Floats) -> None:
        """Make the rows of `cleared` anew from their answers (owner, day), given in order of days, (m,) each."""
        if not len(cleared):
            return
        self._sums = roomy(self._sums, int(cleared.max()) + 1)
        if len(days):
            self._rebase(float(days[-1]))
        for column in range(len(HALF_LIVES)):
            self._sums[column, cleared] = self._counted(column, owners, days)[cleared]

    def retreat(self, owners: Places, days: Floats) -> None:
        """Take in that later answers than these, which are all in order of days, are gone."""
        self._sums = roomy(self._sums, int(owners.max(initial=0)) + 1)
        whole = np.floor(days[-1] * _PER_DAY) if len(days) else np.full(len(HALF_LIVES), _NEVER)
        late = np.flatnonzero(self._base > whole)
        self._base[late] = whole[late]
        for column in late.tolist():
            self._sums[column] = self._counted(column, owners, days)

    def votes(self, weights: Floats, day: float, size: int) -> Floats:
        """Return each owner's sum under the kernel `weights` at `day`, shape (size,); no answer may be later."""
        self._sums = roomy(self._sums, size)
        turns = day * _PER_DAY
        whole = np.floor(turns)
        factors = weights * np.ldexp(np.exp2(whole - turns), _exponent(self._base - whole))
        used = np.flatnonzero(factors)
        some = slice(used[0], used[-1] + 1) if len(used) else slice(0)
        # einsum adds one half-life after the other, wherever an owner stands
        return np.asarray(np.einsum("h,hn->n", factors[some], self._sums[some, :size]), dtype=np.float64)

    def _added(self, day: float) -> Floats:
        """What an answer of `day` adds in each column."""
        whole = np.floor(day * _PER_DAY)
        return np.asarray(np.ldexp(np.exp2(day * _PER_DAY - whole), _exponent(whole - self._base)), dtype=np.float64)

    def _counted(self, column: int, owners: Places, days: Floats) -> Floats:
        """One column for all owners from answers in order of days; what has long faded is not looked at."""
        rate, base = _PER_DAY[column], self._base[column]
        start = int(np.searchsorted(days * rate, base - _FADED)) if rate else 0
        turns = days[start:] * rate
        whole = np.floor(turns)
        added = np.ldexp(np.exp2(turns - whole), _exponent(whole - base))
        return summed(owners[start:], added, self._sums.shape[1])

    def _rebase(self, day: float) -> None:
        whole = np.floor(day * _PER_DAY)
        full = np.flatnonzero(whole - self._base > _HEADROOM)
        if len(full):
            self._sums[full] = np.ldexp(self._sums[full], _exponent(self._base[full] - whole[full])[:, None])
            self._base[full] = whole[full]


def _exponent(powers: Floats) -> NDArray[np.int32]:
    return np.clip(powers, -3000, 3000).astype(np.int32)
