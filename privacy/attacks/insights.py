"""The readers of the reports: was this one organisation active, which member's word was it, and is the noise what it says?

The worst case throughout: the reader knows what every other organisation left, and the cells in which the one in question
would count. What is left to guess is one bit, from the released numbers less what the others make of them. Half of
the runs teach the reader what to look at, the other half are counted, so nothing has to be corrected for looking.

A bound on epsilon counts an event in runs with and without the organisation: whatever the mechanism, its probabilities
p and q keep p <= e^epsilon q + delta, so log((p - delta)/q) is at most epsilon (Kairouz, Oh and Viswanath 2015; Jagielski,
Ullman and Oprea 2020), with Clopper and Pearson's (1934) exact ends for p and q. `power` says how many runs are enough.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from math import exp, log, sqrt, tanh

import numpy as np
import numpy.typing as npt
from scipy.stats import beta, norm

from privacy.errors import WeakInput

DOUBT = 0.001
"""How often a bound may be wrong: 99.9 % certain."""
FEWEST_RUNS = 50_000
"""Runs with the organisation, and as many without, before a bound is called one."""
Values = npt.NDArray[np.float64]
Noise = Callable[[int], npt.ArrayLike]
"""So many draws; each release of a cell takes one."""
_CUTS = 200


@dataclass(frozen=True)
class Event:
    """What the reader looks at: one statistic of a release, at least or under `cut`; more often with the organisation
    or more often without."""

    statistic: str
    at_least: bool
    cut: float
    with_it: bool

    def seen(self, values: Values) -> int:
        """In how many runs it happened."""
        above = int(np.count_nonzero(values >= self.cut))
        return above if self.at_least else len(values) - above


@dataclass(frozen=True)
class Bound:
    """Epsilon is at least this, with a probability of 1 - DOUBT; the event, and how often each side saw it."""

    epsilon: float
    event: Event
    hits: tuple[int, int]
    runs: int


@dataclass(frozen=True)
class Guess:
    """How much better than a coin the reader tells active from not, from 0 to 1, with its interval."""

    advantage: float
    low: float
    high: float
    runs: int


def released(counts: npt.ArrayLike, noise: Noise, *, runs: int, loads: int = 1) -> Values:
    """Releases of these counts as the reader loads them: (runs, loads, cells). Noise is drawn once a release, so every
    load of one shows the same. `counts` is one vector, or one for each run."""
    return np.repeat(drawn_anew(counts, noise, runs=runs, loads=1), loads, axis=1)


def drawn_anew(counts: npt.ArrayLike, noise: Noise, *, runs: int, loads: int = 8) -> Values:
    """The mutant that draws whenever the page is loaded."""
    cells = np.atleast_2d(np.asarray(counts, dtype=float))[:, np.newaxis, :]
    drawn = np.asarray(noise(runs * loads * cells.shape[2]), dtype=float)
    return np.asarray(cells + drawn.reshape(runs, loads, cells.shape[2]))


def geometric(scale: float, seed: int) -> Noise:
    """What discrete Laplace noise is, the difference of two geometric ones: quick, and never for a release."""
    rng, p = np.random.default_rng(seed), 1 - exp(-1 / scale)
    return lambda quantity: rng.geometric(p, quantity) - rng.geometric(p, quantity)


def textbook(scale: float, seed: int) -> Noise:
    """The mutant of floating point: Laplace noise by the inverse of its distribution (Mironov 2012)."""
    rng = np.random.default_rng(seed)

    def noise(quantity: int) -> Values:
        sign = rng.integers(0, 2, quantity) * 2.0 - 1
        return np.asarray(-scale * sign * np.log(1 - rng.random(quantity)))

    return noise


def least_epsilon(with_it: Values, without: Values, *, delta: float = 0.0) -> Bound:
    """The least epsilon that explains what was seen. Both (runs, loads, cells), less what the others make of them.

    WeakInput under FEWEST_RUNS on a side.
    """
    learn, count = _halves(with_it, without)
    event = max(_events(*learn), key=lambda one: _epsilon(one, *learn, delta))
    hits = event.seen(count[0][event.statistic]), event.seen(count[1][event.statistic])
    return Bound(_epsilon(event, *count, delta), event, hits, len(count[0][event.statistic]))


def power(epsilon: float, limit: int, *, share: float, runs: int = FEWEST_RUNS) -> float:
    """The probability that noise of only `share` of its scale is found out by `least_epsilon`, with so many runs a side.

    Where all D cells come to their count or more, q = (r/(1+r))^D without the organisation and p = (1/(1+r))^D with it,
    r = e^(-1/scale): p/q is e^epsilon exactly, so no event does better. What is counted is half of the runs; log(p) and
    log(q) are normal with variances (1-p)/(np) and (1-q)/(nq), and each end lies its quantile of DOUBT/2 away. With
    epsilon 1.4, D = 3 and .8 of the noise: 1.75 less .13 for the ends is 1.62, seven standard errors above 1.4.
    """
    r = exp(-epsilon / (share * limit))
    p, q = (1 / (1 + r)) ** limit, (r / (1 + r)) ** limit
    spreads = [sqrt((1 - rate) / (rate * (runs // 2))) for rate in (p, q)]
    found = epsilon / share - float(norm.isf(DOUBT / 2)) * sum(spreads)
    return float(norm.cdf((found - epsilon) / sqrt(sum(one * one for one in spreads))))


def guess(with_it: Values, without: Values, *, doubt: float = DOUBT) -> Guess:
    """Tell which releases had the organisation in them. Arguments as for `least_epsilon`; the interval holds with a
    probability of at least 1 - 2 `doubt`, each end with 1 - `doubt`."""
    learn, count = _halves(with_it, without)
    event = max(
        (one for one in _events(*learn) if one.with_it),
        key=lambda one: _share(one, learn[0]) - _share(one, learn[1]),
    )
    (low, high), (other_low, other_high) = (_ends(event, side, doubt) for side in count)
    advantage = _share(event, count[0]) - _share(event, count[1])
    return Guess(advantage, low - other_high, high - other_low, len(count[0][event.statistic]))


def most_advantage(epsilon: float) -> float:
    """What epsilon allows a guess: (e^epsilon - 1)/(e^epsilon + 1) (Kairouz, Oh and Viswanath 2015)."""
    return tanh(epsilon / 2)


def appearing(release: Callable[[Mapping[str, int]], Collection[str]], *, users: int, terms: int) -> tuple[int, float]:
    """How many of so many new terms appear that only `users` organisations used, and the least probability that explains
    it (1 - DOUBT)."""
    told = release({f"term {number}": users for number in range(terms)})
    return len(told), _ends_of(len(told), terms)[0]


def statistics(seen: Values) -> dict[str, Values]:
    """What the reader computes from each run. "grain": the lowest bit that is set in any of its numbers, as an exponent;
    numbers made in different ways reach different grains."""
    mean = seen.mean(axis=1)
    return {
        "sum": mean.sum(axis=1),
        "least": mean.min(axis=1),
        "most": mean.max(axis=1),
        "near": np.clip(mean, 0, 1).sum(axis=1),
        "grain": _grain(seen).min(axis=(1, 2)),
    }


def _grain(values: Values) -> Values:
    part, exponent = np.frexp(values)
    whole = np.abs(part * 2.0**53).astype(np.int64)
    lowest = np.log2(np.maximum(whole & -whole, 1)) + exponent - 53
    return np.where(whole == 0, 64.0, lowest)


Sides = tuple[dict[str, Values], dict[str, Values]]


def _halves(with_it: Values, without: Values) -> tuple[Sides, Sides]:
    if min(len(with_it), len(without)) < FEWEST_RUNS:
        raise WeakInput("runs", f"{FEWEST_RUNS} with the organisation, and as many without")
    learn, count = ((statistics(with_it[half::2]), statistics(without[half::2])) for half in (0, 1))
    return learn, count


def _events(with_it: Mapping[str, Values], without: Mapping[str, Values]) -> Iterator[Event]:
    for name in with_it:
        both = np.unique(np.concatenate([with_it[name], without[name]]))
        cuts = both if len(both) <= _CUTS else np.quantile(both, np.linspace(0, 1, _CUTS))
        for cut in cuts:
            for at_least in (True, False):
                yield Event(name, at_least, float(cut), with_it=True)
                yield Event(name, at_least, float(cut), with_it=False)


def _share(event: Event, side: Mapping[str, Values]) -> float:
    values = side[event.statistic]
    return event.seen(values) / len(values)


def _epsilon(event: Event, with_it: Mapping[str, Values], without: Mapping[str, Values], delta: float) -> float:
    often, seldom = (with_it, without) if event.with_it else (without, with_it)
    low, high = _ends(event, often)[0], _ends(event, seldom)[1]
    return log((low - delta) / high) if low > delta else 0.0


def _ends(event: Event, side: Mapping[str, Values], doubt: float = DOUBT) -> tuple[float, float]:
    values = side[event.statistic]
    return _ends_of(event.seen(values), len(values), doubt)


def _ends_of(hits: int, runs: int, doubt: float = DOUBT) -> tuple[float, float]:
    """Clopper and Pearson's ends, half of the doubt at each: two of them make one bound."""
    low = float(beta.ppf(doubt / 2, hits, runs - hits + 1)) if hits else 0.0
    high = float(beta.ppf(1 - doubt / 2, hits + 1, runs - hits)) if hits < runs else 1.0
    return low, high
