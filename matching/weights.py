"""How much each signal counts: a prior for every domain, and its update on a domain's own outcomes.

The model is a multinomial logit over the candidates of each question (McFadden 1974), fitted by damped Newton steps to
who really answered, with a Gaussian pull towards the prior. The prior is fitted on other communities (`fit_prior`) and
shipped as a generated file, `prior.py`.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.prior import PRIOR, PULL
from matching.signals import NAMES

Floats = NDArray[np.float64]

# No public history knows what somebody declared, whom others vouch for, or who handed a question back; and what helped
# is marked there by few and late, while here it must never count against somebody.
BY_HAND = {"helped": 0.1, "declared": 0.6, "endorsed": 0.4, "passes": -3.0}
_BY_HAND_PULL = 20.0
_EITHER_WAY = frozenset({"answers", "substance", "prompt"})  # in a prior no other counts against somebody
_HELD = 1e9
_STEPS = 30
_NEAR = 1e-3  # nats: a step that gains less is the last
_RIDGE = 50.0  # outcomes' worth of doubt about every weight of the prior, in standard deviations of its signal
_TRUST = 100.0  # the same of doubt about leaving the prior
_SURE = 20.0  # the same about how surely the signals of a domain speak
_LEAST_SPREAD = 0.1  # of a signal that hardly varies, or hardly any doubt would hold its weight
_ENOUGH = 200  # outcomes below which the prior holds the more firmly the fewer there are


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One past question: its signal matrix (n, d) as it stood when asked, and who of the n answered (bool, (n,))."""

    signals: Floats
    answered: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """Weights (d,) before a domain has shown any outcome, and how firmly each holds (inverse variances, (d,))."""

    weights: Floats
    pull: Floats

    def after(self, outcomes: Sequence[Outcome], firmness: Sequence[float] = (1.0,)) -> list[Floats]:
        """Return the weights (d,) once `outcomes` are known, for each factor on the pull.

        How surely all signals together speak is fitted first: that moves nobody in a ranking, and leaves the pull to
        their proportions. Below 200 outcomes the pull grows as they get fewer.
        """
        telling = _telling(outcomes)
        if not telling:
            return [self.weights.copy() for _ in firmness]
        batch = _Batch(telling)
        start = self.weights * max(float(_climb([batch.along(self.weights)], np.ones(1), np.full(1, _SURE))[0]), 0.2)
        pull = self.pull * max(1.0, _ENOUGH / len(telling))
        found: list[Floats] = []
        for factor in firmness:
            found.append(_climb([batch], start, pull * factor, found[-1] if found else None))
        return found


def shipped() -> Prior:
    """Return the prior of `prior.py`, by NAMES; a signal it does not know counts nothing and hardly moves."""
    weights = np.array([PRIOR.get(name, 0.0) for name in NAMES])
    return Prior(weights, np.array([PULL.get(name, _TRUST) for name in NAMES]))


def prior() -> Floats:
    """Return the shipped weights in the order of NAMES, shape (d,)."""
    return shipped().weights


def fit_prior(communities: Sequence[Sequence[Outcome]]) -> Prior:
    """Return the prior that best explains all `communities`, each counting the same however large it is.

    Signals are measured in their own standard deviation, so that one doubt fits all. Those that no history can teach
    keep a weight set by hand. Being near, on the topic or around never counts against somebody: a signal that would is
    left at 0 and the rest fitted anew, so that what is told as a reason is one (an active-set method: Lawson and Hanson
    1974, chapter 23, without its way back).
    """
    rows = [telling for outcomes in communities if (telling := _telling(outcomes))]
    spread = np.sqrt(np.mean([_Batch(outcomes).variances() for outcomes in rows], axis=0)) if rows else np.ones(1)
    spread = np.where(spread > 1e-6, np.maximum(spread, _LEAST_SPREAD), 1.0) * np.ones(len(NAMES))
    size = float(np.mean([len(outcomes) for outcomes in rows])) if rows else 1.0
    batches = [_Batch(outcomes, size / len(outcomes)) for outcomes in rows]
    hand = np.array([BY_HAND.get(name, np.nan) for name in NAMES])
    taught = np.isnan(hand)
    start = np.where(taught, 0.0, hand)
    free, either_way = taught.copy(), np.array([name in _EITHER_WAY for name in NAMES])
    weights = _climb(batches, start, np.where(free, _RIDGE * spread**2, _HELD))
    while (against := free & ~either_way & (weights < 0.0)).any():
        free &= ~against
        weights = _climb(batches, start, np.where(free, _RIDGE * spread**2, _HELD))
    return Prior(np.where(free, weights, start), np.where(taught, _TRUST * spread**2, _BY_HAND_PULL))


def fit(outcomes: Sequence[Outcome], start: Floats, pull: float | Floats = 20.0) -> Floats:
    """Return the weights, shape (d,), that best explain `outcomes`, pulled towards `start`.

    `pull` is the inverse variance of the prior, one for all or (d,). Outcomes that nobody, or everybody, of the
    candidates answered say nothing.
    """
    telling = _telling(outcomes)
    return _climb([_Batch(telling)] if telling else [], start, np.broadcast_to(pull, start.shape))


def surprise(outcome: Outcome, weights: Floats) -> float:
    """Return how little `weights` foresaw `outcome`: its negative log-likelihood, in nats."""
    return _Batch([outcome]).loss(weights)[0]


def _telling(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [o for o in outcomes if o.answered.any() and not o.answered.all()]


class _Batch:
    """Outcomes as one long table, each question a run of rows; an outcome counts `worth`."""

    def __init__(self, outcomes: Sequence[Outcome], worth: float = 1.0) -> None:
        self.worth = worth
        self.sizes = np.array([len(o.answered) for o in outcomes])
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.signals: Floats = np.concatenate([o.signals - o.signals.mean(axis=0) for o in outcomes])
        self.truth: Floats = np.concatenate([o.answered / o.answered.sum() for o in outcomes])

    def variances(self) -> Floats:
        """The mean square of each signal around its question's mean, (d,)."""
        return np.asarray((self.signals**2).mean(axis=0), dtype=np.float64)

    def along(self, weights: Floats) -> "_Batch":
        """The same outcomes seen through one signal, the score under `weights`."""
        one = copy(self)
        one.signals = (self.signals @ weights)[:, None]
        return one

    def loss(self, weights: Floats) -> tuple[float, Floats, Floats]:
        """The negative log-likelihood, its gradient (d,) and its Hessian (d, d)."""
        scores = self.signals @ weights
        scores -= np.repeat(np.maximum.reduceat(scores, self.starts), self.sizes)
        chances = np.exp(scores)
        totals = np.repeat(np.add.reduceat(chances, self.starts), self.sizes)
        chances /= totals
        weighted = self.signals * chances[:, None]
        means = np.add.reduceat(weighted, self.starts, axis=0)  # (questions, d)
        loss = -float(self.truth @ (scores - np.log(totals)))
        slope, curve = self.signals.T @ (chances - self.truth), self.signals.T @ weighted - means.T @ means
        return self.worth * loss, self.worth * slope, self.worth * curve


def _climb(batches: Sequence[_Batch], start: Floats, pull: Floats, first: Floats | None = None) -> Floats:
    weights = (start if first is None else first).copy()
    if not batches:
        return weights
    loss, slope, curve = _penalised(weights, batches, start, pull)
    for _ in range(_STEPS):
        step = np.asarray(np.linalg.solve(curve, slope), dtype=np.float64)
        weights, tried = _shorten(weights, step, loss, batches, start, pull)
        if loss - tried[0] < _NEAR:
            break
        loss, slope, curve = tried
    return weights


def _shorten(
    weights: Floats, step: Floats, loss: float, batches: Sequence[_Batch], start: Floats, pull: Floats
) -> tuple[Floats, tuple[float, Floats, Floats]]:
    """Halve the Newton step until the loss falls."""
    for _ in range(8):
        tried = _penalised(weights - step, batches, start, pull)
        if tried[0] <= loss:
            return weights - step, tried
        step = step / 2
    return weights, _penalised(weights, batches, start, pull)


def _penalised(weights: Floats, batches: Sequence[_Batch], start: Floats, pull: Floats) -> tuple[float, Floats, Floats]:
    """The loss of all batches with the pull towards `start`, its gradient and its Hessian."""
    away = weights - start
    loss, slope, curve = 0.5 * float(pull @ away**2), pull * away, np.diag(pull).astype(np.float64)
    for batch in batches:
        more = batch.loss(weights)
        loss, slope, curve = loss + more[0], slope + more[1], curve + more[2]
    return loss, slope, curve
