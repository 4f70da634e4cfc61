"""Account enumeration: does the time of a refused sign-in tell whether an address is known?

The best single threshold on a duration, in either direction, as the area under the ROC curve (Hanley and McNeil 1982): 0.5
tells nothing. Seconds are handed in; whoever measures them says of what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from privacy.attacks.figures import auc, auc_interval

MOST_AUC = 0.55
ENOUGH = 150
"""Durations of each kind; with fewer, chance alone passes MOST_AUC too often."""


@dataclass(frozen=True)
class Tell:
    """What durations tell: the area, its interval, and the mean for known addresses over that for unknown ones."""

    auc: float
    low: float
    high: float
    ratio: float

    @property
    def holds(self) -> bool:
        """Whether it is accepted."""
        return self.auc <= MOST_AUC


def tell(known: Sequence[float], unknown: Sequence[float]) -> Tell:
    """What these seconds tell, whichever is the slower. ValueError when one of them is empty."""
    area = auc(known, unknown)
    area = max(area, 1 - area)
    ratio = (sum(known) / len(known)) / (sum(unknown) / len(unknown))
    return Tell(area, *auc_interval(area, len(known), len(unknown)), ratio)
