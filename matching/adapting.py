"""How far a domain may lead its weights away from the prior: as far as looking ahead has paid there so far.

Fits of several firmness run side by side. Each is judged by what it foresaw of the questions after it, never of those
it was fitted to (Dawid 1984, "The prequential approach"), over the last blocks of questions. What ranks is their mean,
each counting by how likely it made what came (Bayesian model averaging: Hoeting et al. 1999): while they hardly differ
all count alike, and soon the one that foresaw clearly best counts alone. A mean of weights is one row of weights again:
the geometric mean of what the fits hold likely, in which each signal's part of a score can be told.
"""

from collections import deque
from collections.abc import Sequence

import numpy as np

from matching.weights import Floats, Outcome, Prior, surprise

BLOCKS = 15  # how many fits back the judgement looks
FIRMNESS = (4.0, 1.0, 0.3, 0.1, 0.03, 0.01)  # factors on the pull to the prior


class Adapting:
    """The weights of one domain, fitted anew after each block of questions."""

    def __init__(self, start: Prior) -> None:
        self._start = start
        self._fits = [start.weights for _ in FIRMNESS]
        self._blocks: deque[Floats] = deque(maxlen=BLOCKS)

    @property
    def weights(self) -> Floats:
        """The weights (d,): the mean of the fits, by what each foresaw."""
        firmest = self._fits[0]  # where all are the same, so is their mean, to the last bit
        return np.asarray(firmest + self._credit() @ (np.stack(self._fits) - firmest), dtype=np.float64)

    def foresaw(self, outcomes: Sequence[Outcome]) -> None:
        """Judge the fits by what became of the questions since."""
        self._blocks.append(
            np.array([sum(surprise(outcome, weights) for outcome in outcomes) for weights in self._fits])
        )

    def fit(self, outcomes: Sequence[Outcome]) -> None:
        """Fit anew to `outcomes`."""
        self._fits = self._start.after(outcomes, FIRMNESS)

    def _credit(self) -> Floats:
        """How much each fit counts, (fits,), 1 together: all alike before anything was foreseen."""
        losses = np.sum(self._blocks, axis=0) if self._blocks else np.zeros(len(FIRMNESS))
        likely = np.exp(losses.min() - losses)
        return np.asarray(likely / likely.sum(), dtype=np.float64)
