"""Answers as rows, those of one thread together, each overwritten as soon as it is gone."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from math import log1p
from operator import attrgetter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.numbers import roomy
from matching.profiles import Answer

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Row = tuple[int, float, int, int, int]  # expert by number, day, then what `marks_of` says
_IN_ORDER: Final = attrgetter("day", "expert", "accepted", "worked", "length", "delay")
GRAIN: Final = 2.0**24  # what helped is counted in such parts of one, so that a sum is exact in any order


class ThreadRows:
    """Rows of (expert, day, marks) by the number of their thread."""

    def __init__(self) -> None:
        self._start: NDArray[np.int32] = np.zeros(16, dtype=np.int32)  # by thread: its rows stand together
        self._count: NDArray[np.int32] = np.zeros(16, dtype=np.int32)
        self._room: NDArray[np.int32] = np.zeros(16, dtype=np.int32)  # rows that stand free for more of a thread, too
        self._expert: NDArray[np.int32] = np.zeros(16, dtype=np.int32)
        self._day: Floats = np.zeros(16)
        self._marks: NDArray[np.int32] = np.zeros((3, 16), dtype=np.int32)  # in grains
        self._used = 0

    def __len__(self) -> int:
        return int(self._count.sum())

    def rows_of(self, threads: Places) -> tuple[Places, Places]:
        """Return the rows of these threads, one thread after the other, and the place in `threads` each belongs to."""
        self._reach(int(threads.max()) if len(threads) else 0)
        count = self._count[threads].astype(np.int64)
        owner = np.repeat(np.arange(len(threads)), count)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        return self._start[threads][owner] + within, owner

    def answered(self, thread: int) -> bool:
        """Whether the thread of this number has an answer."""
        return thread < len(self._count) and bool(self._count[thread])

    def experts_in(self, rows: Places) -> NDArray[np.int32]:
        """The expert's number in each row."""
        return self._expert[rows]

    def days_in(self, rows: Places) -> Floats:
        """The day of each row."""
        return self._day[rows]

    def marks_in(self, rows: Places) -> Floats:
        """What each row adds to `helped` and to the two `habits`, (3, n)."""
        return np.asarray(self._marks[:, rows] / GRAIN, dtype=np.float64)

    def _of(self, number: int | None) -> list[Row]:
        if number is None or number >= len(self._start):
            return []
        rows = slice(self._start[number], self._start[number] + self._count[number])
        return list(
            zip(self._expert[rows].tolist(), self._day[rows].tolist(), *self._marks[:, rows].tolist(), strict=True)
        )

    def _write(self, number: int, new: list[Row]) -> None:
        start, held = int(self._start[number]), int(self._count[number])
        if len(new) > held:
            self._blank(start, start + held)
            start = self._append_room(len(new))
        for place, (expert, day, *marks) in enumerate(new, start):
            self._expert[place], self._day[place], self._marks[:, place] = expert, day, marks
        if len(new) <= held:
            self._blank(start + len(new), start + held)
        self._start[number], self._count[number] = start, len(new)
        self._room[number] = len(new)

    def _place(self, number: int, day: float, before: Callable[[int], bool]) -> int:
        """Where a row of `day` belongs among those of a thread; `before` tells whether an expert stands before its own."""
        start = int(self._start[number])
        days = self._day[start : start + int(self._count[number])]
        first, last = (start + int(np.searchsorted(days, day, side)) for side in ("left", "right"))
        while first < last:
            middle = (first + last) // 2
            first, last = (middle + 1, last) if before(int(self._expert[middle])) else (first, middle)
        return first

    def _is_at(self, number: int, place: int, expert: int, day: float) -> bool:
        """Whether a thread has a row of `expert` and `day` at `place`."""
        there = self._start[number] <= place < self._start[number] + self._count[number]
        return bool(there) and (self._expert[place], self._day[place]) == (expert, day)

    def _insert(self, number: int, place: int, row: Row) -> None:
        """Put one row among those of a thread, which has twice the room whenever it runs out."""
        start, held = int(self._start[number]), int(self._count[number])
        if held == self._room[number]:
            place -= start
            start = self._move(number, 2 * held or 1)
            place += start
        end = start + held
        for column in self._columns():
            column[place + 1 : end + 1] = column[place:end]
        expert, day, *marks = row
        self._expert[place], self._day[place], self._marks[:, place] = expert, day, marks
        self._count[number] = held + 1

    def _move(self, number: int, room: int) -> int:
        """Move a thread's rows to where there is `room`; return where they start then."""
        start = self._append_room(room)
        old, held = int(self._start[number]), int(self._count[number])  # as they are after gaps were closed
        for column in self._columns():
            column[start : start + held] = column[old : old + held]
        self._blank(old, old + held)
        self._start[number], self._room[number] = start, room
        return start

    def _columns(self) -> tuple[NDArray[Any], ...]:
        return (self._expert, self._day, *self._marks)

    def _append(
        self, threads: Places, counts: Sequence[int], experts: Places, days: Sequence[float], marks: NDArray[np.int64]
    ) -> None:
        """Write the rows of threads that have none, `counts` of each after the other."""
        start = self._append_room(len(days))
        rows = slice(start, start + len(days))
        self._count[threads] = self._room[threads] = counts
        self._start[threads] = start + np.cumsum(counts) - counts
        self._expert[rows], self._day[rows], self._marks[:, rows] = experts, days, marks

    def _append_room(self, size: int) -> int:
        if self._used + size > len(self._day) and 2 * len(self) < self._used:
            self._close_gaps()
        start, self._used = self._used, self._used + size
        self._expert, self._day = roomy(self._expert, self._used), roomy(self._day, self._used)
        self._marks = roomy(self._marks, self._used)
        return start

    def _close_gaps(self) -> None:
        threads = np.flatnonzero(self._count)
        rows, _ = self.rows_of(threads)
        for column in self._columns():
            column[: len(rows)] = column[rows]
            column[len(rows) :] = 0
        ends = np.cumsum(self._count[threads])
        self._start[threads] = ends - self._count[threads]
        self._room[:] = self._count
        self._used = len(rows)

    def _blank(self, start: int, stop: int) -> None:
        for column in self._columns():
            column[start:stop] = 0

    def _reach(self, number: int) -> None:
        self._start, self._count = roomy(self._start, number + 1), roomy(self._count, number + 1)
        self._room = roomy(self._room, number + 1)


def ordered(answers: Iterable[Answer]) -> list[Answer]:
    """The answers of one thread in the one order they are kept in."""
    found = list(answers)
    return sorted(found, key=_IN_ORDER) if len(found) > 1 else found


def marks_of(answer: Answer) -> tuple[int, int, int]:
    """Return how much it helped, accepted + log(1 + worked), how long it is and how late: in grains, whose sums are exact."""
    return _exact(answer.accepted, answer.worked, answer.length, answer.delay)


@lru_cache(maxsize=4096)  # most answers are like another
def _exact(accepted: bool, worked: int, length: int, delay: float) -> tuple[int, int, int]:
    helped, long, late = accepted + log1p(max(worked, 0)), log1p(max(length, 0)), log1p(24.0 * max(delay, 0.0))
    return round(helped * GRAIN), round(long * GRAIN), round(late * GRAIN)
