"""Publication windows: outside the identity store no time is finer than one of them.

A window is a number: seconds since the epoch divided by the window's length.
"""

from __future__ import annotations

from dataclasses import dataclass

from privacy.errors import WeakInput
from privacy.scopes import Audience


@dataclass(frozen=True)
class Cadence:
    """How many windows lie between two publications, for each kind of audience.

    With hourly windows: asked experts every hour, wider audiences every 4 h, small networks once a day.
    `small` is whether the network is small now.
    """

    experts: int = 1
    wider: int = 4
    daily: int = 24
    small: bool = False

    def __post_init__(self) -> None:
        if min(self.experts, self.wider, self.daily) < 1:
            raise WeakInput("cadence", "1 window or more")

    def step(self, audience: Audience) -> int:
        """Windows between two publications for this audience; a small network never publishes more often than daily."""
        usual = self.experts if audience is Audience.EXPERTS else self.wider
        return max(usual, self.daily) if self.small else usual


def window_of(epoch_seconds: float, window_seconds: int) -> int:
    """The number of the window that holds this second. Raises WeakInput for windows under one second."""
    if window_seconds < 1:
        raise WeakInput("window_seconds", "1 or more")
    return int(epoch_seconds // window_seconds)


def next_publication(now_window: int, audience: Audience, cadence: Cadence, *, urgent: bool = False) -> int:
    """The window in which a post written in `now_window` appears: the next multiple of the step, never the same one.

    Urgent posts appear in their own window at once; the form says what that costs.
    """
    if urgent:
        return now_window
    step = cadence.step(audience)
    return (now_window // step + 1) * step


def windows_after(hours: float, window_seconds: int) -> int:
    """How many whole windows cover this many hours, rounded up: a deadline never comes early."""
    if hours < 0 or window_seconds < 1:
        raise WeakInput("hours and window_seconds", "0 or more, 1 or more")
    return -int(-hours * 3600 // window_seconds)
