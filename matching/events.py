"""Who answered what when: the evidence behind every vote, erasable answer by answer.

The same answers stand twice, by thread and by day, and are counted once for every expert: a vote reads the answers of
the near threads, the activity of everybody comes from sums, and only a topic or the clock in answers reads a column.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log1p
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.decay import DecayedSums
from matching.numbers import Numbers, roomy
from matching.profiles import Answer
from matching.timeline import Timeline

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
_Row = tuple[int, float, float, float, float]  # expert, day, then what `_marks` says
_GRAIN: Final = 2.0**24  # what helped is counted in such parts of one, so that a sum is exact in any order


class EventTable:
    """Answers of (expert, thread, day, helped). Nothing it tells depends on the order of changes."""

    def __init__(self, threads: Numbers | None = None) -> None:
        self.experts = Numbers()
        self.threads = threads or Numbers()
        self._owns_threads = threads is None
        self._answers: Floats = np.zeros(16)  # by expert
        self._habits: Floats = np.zeros((3, 16))  # by expert: sums of what `_marks` says of each answer
        self._latest: Floats = np.zeros(16)  # by expert
        self._start: NDArray[np.int32] = np.zeros(16, dtype=np.int32)  # by thread: its rows stand together
        self._count: NDArray[np.int32] = np.zeros(16, dtype=np.int32)
        self._expert: NDArray[np.int32] = np.zeros(16, dtype=np.int32)
        self._day: Floats = np.zeros(16)
        self._marks: Floats = np.zeros((3, 16))
        self._used = 0
        self._timeline = Timeline()
        self._sums = DecayedSums()
        self._moved: set[int] = set()  # threads whose rows by day are out of date
        self._stirred: set[int] = set()  # experts whose sums are

    def __len__(self) -> int:
        return int(self._count.sum())

    # what votes are made of

    @property
    def answers(self) -> Floats:
        """How many answers each expert gave, by number, (experts.size,)."""
        return self._answers[: self.experts.size]

    @property
    def helped(self) -> Floats:
        """Each expert's sum of accepted + log(1 + worked), by number, (experts.size,)."""
        return self._habits[0, : self.experts.size]

    @property
    def habits(self) -> Floats:
        """Each expert's sums of log(1 + characters) and of log(1 + hours until the answer), (2, experts.size)."""
        return self._habits[1:, : self.experts.size]

    @property
    def timeline(self) -> Timeline:
        """All answers by day."""
        self.settle()
        return self._timeline

    def fading(self, weights: Floats, day: float) -> Floats:
        """Return each expert's sum of answers under a kernel of `decay` at `day`, by number, (experts.size,).

        An answer of a later day counts as of `day`.
        """
        self.settle()
        table = self._timeline
        if len(table) and table.days[-1] > day:
            sums = DecayedSums()
            sums.rebuild(np.arange(self.experts.size), table.experts, np.minimum(table.days, day))
            return sums.votes(weights, day, self.experts.size)
        return self._sums.votes(weights, day, self.experts.size)

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
        return self._marks[:, rows]

    # single questions

    @property
    def days(self) -> Floats:
        """The days of all answers in ascending order."""
        return self.timeline.days

    def experts_of(self, thread: str) -> set[str]:
        """Return who answered `thread`."""
        return {self.experts.name[expert] for expert, *_ in self._of(self.threads.number.get(thread))}

    def threads_of(self, expert: str) -> set[str]:
        """Return the threads that `expert` answered."""
        mine = self.timeline.experts == self.experts.number.get(expert, -1)
        return {self.threads.name[number] for number in np.unique(self.timeline.threads[mine])}

    # changes

    def replace(self, thread: str, answers: Iterable[Answer]) -> None:
        """Make `answers` the answers of `thread`, in place of those known before, which are gone at once."""
        if self._replace(thread, _ordered(answers)):
            self.settle()

    def erase(self, threads: Iterable[str]) -> None:
        """Erase all answers of `threads`."""
        for thread in threads:
            self._replace(thread, ())
        self.settle()

    def forget(self, experts: Collection[str]) -> None:
        """Erase every answer of `experts`."""
        gone = frozenset(experts)
        numbers = [self.experts.number[expert] for expert in gone if expert in self.experts.number]
        mine = np.isin(self.timeline.experts, numbers)
        for number in np.unique(self.timeline.threads[mine]).tolist():
            self._put(number, [row for row in self._of(number) if self.experts.name[row[0]] not in gone])
        self.settle()

    def load(self, answers: Mapping[str, Sequence[Answer]]) -> None:
        """`replace` for many threads, at the price of a few."""
        known = self.threads.of(answers)
        self._reach(int(known.max(initial=0)))
        empty = (known < 0) | (self._count[known] == 0)
        fresh = {id: given for (id, given), new in zip(answers.items(), empty.tolist(), strict=True) if given and new}
        for thread in answers.keys() - fresh.keys():
            self.replace(thread, answers[thread])
        threads = np.array([self.threads.take(thread) for thread in fresh], dtype=np.int64)
        flat = [answer for given in fresh.values() for answer in _ordered(given)]
        experts = np.array([self.experts.take(answer.expert) for answer in flat], dtype=np.int64)
        if len(flat):
            self._reach(int(threads.max()))
            self._load(threads, [len(given) for given in fresh.values()], experts, flat)

    def settle(self) -> None:
        """Bring the order by day and the sums up to date with what changed out of order."""
        if self._moved:
            moved = np.zeros(self.threads.size, dtype=bool)
            moved[list(self._moved)] = True
            if len(self._timeline):
                self._timeline.keep(~moved[self._timeline.threads])
            threads = np.array(sorted(self._moved), dtype=np.int64)
            rows, owner = self.rows_of(threads)
            self._timeline.insert(self._day[rows], self._expert[rows], threads[owner].astype(np.int32))
            self._sums.retreat(self._timeline.experts, self._timeline.days)
            self._moved.clear()
        if self._stirred:
            stirred = np.zeros(self.experts.size, dtype=bool)
            stirred[list(self._stirred)] = True
            mine = np.flatnonzero(stirred[self._timeline.experts])
            owners, days = self._timeline.experts[mine].astype(np.int64), self._timeline.days[mine]
            self._sums.rebuild(np.flatnonzero(stirred), owners, days)
            self._latest[: self.experts.size][stirred] = 0.0
            self._latest[owners] = days  # in order of days, so the last stays
            self._stirred.clear()

    def _of(self, number: int | None) -> list[_Row]:
        if number is None or number >= len(self._start):
            return []
        rows = slice(self._start[number], self._start[number] + self._count[number])
        return list(
            zip(self._expert[rows].tolist(), self._day[rows].tolist(), *self._marks[:, rows].tolist(), strict=True)
        )

    def _replace(self, thread: str, answers: Sequence[Answer]) -> bool:
        if not answers and thread not in self.threads.number:
            return False
        number = self.threads.take(thread)
        self._reach(number)
        return self._put(number, [(self.experts.take(a.expert), a.day, *_marks(a)) for a in answers])

    def _put(self, number: int, new: list[_Row]) -> bool:
        """Write a thread's rows; return whether a former one is gone, so that the order by day must be settled."""
        old = self._of(number)
        self._write(number, new)
        self._make_room()
        for sign, rows in ((-1, old), (1, new)):
            for expert, _, *marks in rows:
                self._answers[expert] += sign
                self._habits[:, expert] += sign * np.array(marks)
        before, after = Counter(row[:2] for row in old), Counter(row[:2] for row in new)
        gone = before - after
        if gone:
            self._moved.add(number)
            self._stirred.update(expert for expert, _ in gone)
        for expert, day in sorted((after - before).elements(), key=lambda row: row[1]):
            self._arrive(number, expert, day)
        for expert in {row[0] for row in old if not self._answers[row[0]]}:
            self.experts.drop(self.experts.name[expert])
        if self._owns_threads and not new:
            self.threads.drop(self.threads.name[number])
        return bool(gone)

    def _load(self, threads: Places, counts: list[int], experts: Places, answers: list[Answer]) -> None:
        start = self._append_room(len(answers))
        stop = start + len(answers)
        self._count[threads] = counts
        self._start[threads] = start + np.cumsum(counts) - counts
        marks = np.array([_marks(answer) for answer in answers]).T
        self._expert[start:stop], self._marks[:, start:stop] = experts, marks
        self._day[start:stop] = [answer.day for answer in answers]
        self._make_room()
        self._answers += np.bincount(experts, minlength=len(self._answers))
        for sums, column in zip(self._habits, marks, strict=True):
            sums += np.bincount(experts, weights=column, minlength=len(sums))
        self._moved.update(threads.tolist())
        self._stirred.update(experts.tolist())

    def _make_room(self) -> None:
        self._answers, self._habits = roomy(self._answers, self.experts.size), roomy(self._habits, self.experts.size)
        self._latest = roomy(self._latest, self.experts.size)

    def _arrive(self, number: int, expert: int, day: float) -> None:
        if number not in self._moved and self._timeline.is_next(day):
            self._timeline.append(day, expert, number)
        else:
            self._moved.add(number)
        if expert in self._stirred or number in self._moved or day < self._latest[expert]:
            self._stirred.add(expert)
        else:
            self._sums.add(expert, day)
            self._latest[expert] = day

    # rows by thread

    def _write(self, number: int, new: list[_Row]) -> None:
        start, held = int(self._start[number]), int(self._count[number])
        if len(new) > held:
            self._blank(start, start + held)
            start = self._append_room(len(new))
        for place, (expert, day, *marks) in enumerate(new, start):
            self._expert[place], self._day[place], self._marks[:, place] = expert, day, marks
        if len(new) <= held:
            self._blank(start + len(new), start + held)
        self._start[number], self._count[number] = start, len(new)

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
        for column in (self._expert, self._day, *self._marks):
            column[: len(rows)] = column[rows]
            column[len(rows) :] = 0
        ends = np.cumsum(self._count[threads])
        self._start[threads] = ends - self._count[threads]
        self._used = len(rows)

    def _blank(self, start: int, stop: int) -> None:
        for column in (self._expert, self._day, *self._marks):
            column[start:stop] = 0

    def _reach(self, number: int) -> None:
        self._start, self._count = roomy(self._start, number + 1), roomy(self._count, number + 1)


def _ordered(answers: Iterable[Answer]) -> list[Answer]:
    given = list(answers)
    if all(one.day < other.day for one, other in pairwise(given)):
        return given
    return sorted(given, key=lambda a: (a.day, a.expert, a.accepted, a.worked, a.length, a.delay))


def _marks(answer: Answer) -> tuple[float, float, float]:
    """How much it helped, accepted + log(1 + worked), how long it is and how late: as sums that are exact."""
    return _exact(answer.accepted, answer.worked, answer.length, answer.delay)


@lru_cache(maxsize=4096)  # most answers are like another
def _exact(accepted: bool, worked: int, length: int, delay: float) -> tuple[float, float, float]:
    marks = (accepted + log1p(max(worked, 0)), log1p(max(length, 0)), log1p(24.0 * max(delay, 0.0)))
    return tuple(round(mark * _GRAIN) / _GRAIN for mark in marks)  # type: ignore[return-value]  # three in, three out
