"""How far a domain may lead its weights away from the prior: as far as looking ahead has paid there so far.

Fits of several firmness run side by side. Each is judged by what it foresaw of the questions after it, never of those
it was fitted to (Dawid 1984, "The prequential approach"), over the last blocks of questions; the best of them ranks.
"""

from collections import deque
from collections.abc import Sequence

import numpy as np

from matching.weights import Floats, Outcome, Prior, surprise

BLOCKS = 15  # how many fits back the judgement looks
FIRMNESS = (4.0, 1.0, 0.3, 0.1, 0.03, 0.01)  # factors on the pull to the prior
_LEAD = 0.5  # nats by which a looser fit must beat the next firmer one


class Adapting:
    """The weights of one domain, fitted anew after each block of questions."""

    def __init__(self, start: Prior) -> None:
        self._start = start
        self._fits = [start.weights for _ in FIRMNESS]
        self._blocks: deque[Floats] = deque(maxlen=BLOCKS)

    @property
    def weights(self) -> Floats:
        """The weights (d,) that foresaw best."""
        lead = _LEAD * np.arange(len(FIRMNESS))
        losses = np.sum(self._blocks, axis=0) if self._blocks else np.zeros(len(FIRMNESS))
        return self._fits[int(np.argmin(losses + lead))]

    def foresaw(self, outcomes: Sequence[Outcome]) -> None:
        """Judge the fits by what became of the questions since."""
        self._blocks.append(
            np.array([sum(surprise(outcome, weights) for outcome in outcomes) for weights in self._fits])
        )

    def fit(self, outcomes: Sequence[Outcome]) -> None:
        """Fit anew to `outcomes`."""
        self._fits = self._start.after(outcomes, FIRMNESS)
