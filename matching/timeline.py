"""Answers in order of their days, as columns: the clock that counts answers instead of days."""

import numpy as np
from numpy.typing import NDArray

from matching.numbers import firsts, roomy

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


class Timeline:
    """Rows of (day, expert, thread) by ascending day; among equal days the order means nothing."""

    def __init__(self) -> None:
        self._days: Floats = np.zeros(16)
        self._experts: Places = np.zeros(16, dtype=np.int64)  # as wide as NumPy counts by
        self._threads: NDArray[np.int32] = np.zeros(16, dtype=np.int32)
        self._before: Places = np.zeros(16, dtype=np.int64)  # how many rows have an earlier day
        self._used = 0
        self.version = 0  # another after each change but a row at the end

    def __len__(self) -> int:
        return self._used

    @property
    def days(self) -> Floats:
        """The day of each row, (n,); a view, as the other columns are."""
        return self._days[: self._used]

    @property
    def experts(self) -> Places:
        """The expert's number in each row, (n,)."""
        return self._experts[: self._used]

    @property
    def threads(self) -> NDArray[np.int32]:
        """The thread's number in each row, (n,)."""
        return self._threads[: self._used]

    @property
    def ages(self) -> Places:
        """How many rows are of the same day as each, itself included, or of a later one, (n,)."""
        return self._used - self._before[: self._used]

    def by_age(self, countdown: Floats) -> Floats:
        """Return what stands for the age of each row in `countdown`, (n,), whose last is for age 0."""
        return np.take(countdown[len(countdown) - 1 - self._used :], self._before[: self._used], mode="clip")

    def is_next(self, day: float) -> bool:
        """Whether a row of `day` stands at the end."""
        return not self._used or day >= self._days[self._used - 1]

    def append(self, day: float, expert: int, thread: int) -> None:
        """Add a row of the latest day."""
        self._make_room(self._used + 1)
        last, place = self._used - 1, self._used
        tied = place > 0 and self._days[last] == day
        self._days[place], self._experts[place], self._threads[place] = day, expert, thread
        self._before[place] = self._before[last] if tied else place
        self._used += 1

    def insert(self, days: Floats, experts: NDArray[np.int32], threads: NDArray[np.int32]) -> None:
        """Add rows of any days."""
        self.version += 1
        start, self._used = self._used, self._used + len(days)
        self._make_room(self._used)
        self._days[start : self._used] = days
        self._experts[start : self._used], self._threads[start : self._used] = experts, threads
        order = np.argsort(self.days, kind="stable")
        for column in (self.days, self.experts, self.threads):
            column[:] = column[order]
        self._count()

    def keep(self, kept: NDArray[np.bool_]) -> None:
        """Erase the rows that are not `kept`, (n,)."""
        self.version += 1
        left = int(kept.sum())
        for column in (self._days, self._experts, self._threads):
            column[:left] = column[: self._used][kept]
            column[left : self._used] = 0
        self._before[left : self._used] = 0
        self._used = left
        self._count()

    def _make_room(self, size: int) -> None:
        self._days, self._before = roomy(self._days, size), roomy(self._before, size)
        self._experts, self._threads = roomy(self._experts, size), roomy(self._threads, size)

    def _count(self) -> None:
        days = self.days
        if self._used:
            starts = np.flatnonzero(firsts(days))
            lengths = np.diff(np.append(starts, self._used))
            self._before[: self._used] = np.repeat(starts, lengths)
