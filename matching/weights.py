"""How much each signal counts: a prior for every domain, and its update on a domain's own outcomes.

The model is a multinomial logit over the candidates of each question (McFadden 1974), fitted by damped Newton steps to
who really answered, with a Gaussian pull towards the prior.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matching.signals import NAMES

Floats = NDArray[np.float64]

PRIOR: Mapping[str, float] = MappingProxyType(
    {
        "answers": 0.05,
        "active": 0.25,
        "recent": 0.2,
        "steady": 0.15,
        "words": 0.15,
        "words_recent": 0.35,
        "meaning": 0.15,
        "meaning_recent": 0.25,
        "topic": 0.1,
        "topic_recent": 0.2,
        "helped": 0.1,
        "declared": 0.6,
        "passes": -3.0,
    }
)
_STEPS = 12
_PULL = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One past question: its signal matrix (n, d) as it stood when asked, and who of the n answered (bool, (n,))."""

    signals: Floats
    answered: NDArray[np.bool_]


def prior() -> Floats:
    """Return the prior weights in the order of NAMES, shape (d,)."""
    return np.array([PRIOR[name] for name in NAMES])


def fit(outcomes: Sequence[Outcome], start: Floats, pull: float = _PULL) -> Floats:
    """Return the weights, shape (d,), that best explain `outcomes`, pulled towards `start`.

    `pull` is the inverse variance of the prior. Outcomes that nobody of the candidates answered say nothing.
    """
    telling = [o for o in outcomes if o.answered.any() and len(o.answered) > 1]
    weights = start.copy()
    loss, slope, curve = _loss(weights, telling, start, pull)
    for _ in range(_STEPS):
        step = np.asarray(np.linalg.solve(curve, slope), dtype=np.float64)
        weights, tried = _shorten(weights, step, loss, telling, start, pull)
        if loss - tried[0] < 1e-6:
            break
        loss, slope, curve = tried
    return weights


def _shorten(
    weights: Floats, step: Floats, loss: float, outcomes: Sequence[Outcome], start: Floats, pull: float
) -> tuple[Floats, tuple[float, Floats, Floats]]:
    """Halve the Newton step until the loss falls."""
    for _ in range(8):
        tried = _loss(weights - step, outcomes, start, pull)
        if tried[0] <= loss:
            return weights - step, tried
        step = step / 2
    return weights, _loss(weights, outcomes, start, pull)


def _loss(weights: Floats, outcomes: Sequence[Outcome], start: Floats, pull: float) -> tuple[float, Floats, Floats]:
    """Return the penalised negative log-likelihood, its gradient (d,) and its Hessian (d, d)."""
    away = weights - start
    loss, slope, curve = 0.5 * pull * float(away @ away), pull * away, pull * np.eye(len(weights))
    for outcome in outcomes:
        scores = outcome.signals @ weights
        scores -= scores.max()
        chances = np.exp(scores)
        total = chances.sum()
        chances /= total
        truth = outcome.answered / outcome.answered.sum()
        mean = outcome.signals.T @ chances
        loss -= float(truth @ (scores - np.log(total)))
        slope = slope - outcome.signals.T @ truth + mean
        curve = curve + (outcome.signals.T * chances) @ outcome.signals - np.outer(mean, mean)
    return loss, slope, curve
