"""Periodic work of a process: once a day, or a window, and again when it failed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

REST: Final = 60.0  # seconds before periodic work that failed is tried again


@dataclass
class Once:
    """Periodic work: done when `period` says something new, and again after a rest when it failed."""

    period: Callable[[], object]
    work: Callable[[], None]
    timer: Callable[[], float] = time.monotonic
    _done: object = None
    _rests_until: float = float("-inf")

    def __call__(self) -> bool:
        """Do it if it is time; never counts as work that may bring more. Raises what the work raises."""
        now = self.period()
        if now == self._done or self.timer() < self._rests_until:
            return False
        self._rests_until = self.timer() + REST
        self.work()
        self._done, self._rests_until = now, float("-inf")
        return False
