"""Who answered what when: the evidence behind every vote, erasable answer by answer.

The same answers stand twice, by thread and by day, and are counted once for every expert: a vote reads the answers of
the near threads, the activity of everybody comes from sums, and only a topic or the clock in answers reads a column.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.decay import DecayedSums
from matching.numbers import Numbers, roomy
from matching.profiles import Answer
from matching.threadrows import GRAIN, Row, ThreadRows, marks_of, ordered
from matching.timeline import Timeline

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


class EventTable(ThreadRows):
    """Answers of (expert, thread, day, helped). Nothing it tells depends on the order of changes."""

    def __init__(self, threads: Numbers | None = None) -> None:
        super().__init__()
        self.experts = Numbers()
        self.threads = threads or Numbers()
        self._owns_threads = threads is None
        self._answers: Floats = np.zeros(16)  # by expert
        self._habits: Floats = np.zeros((3, 16))  # by expert: sums of what `marks_of` says of each answer
        self._latest: Floats = np.zeros(16)  # by expert
        self._timeline = Timeline()
        self._sums = DecayedSums()
        self._moved: set[int] = set()  # threads whose rows by day are out of date
        self._stirred: set[int] = set()  # experts whose sums are

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
        if self._replace(thread, ordered(answers)):
            self.settle()

    def put(self, thread: str, answer: Answer) -> None:
        """Add one answer to `thread`, in place of another of the same expert and day, at a price that no other adds to.

        Of several of them that `replace` made, one.
        """
        number, expert = self.threads.take(thread), self.experts.take(answer.expert)
        self._reach(number)
        self._make_room()
        marks = marks_of(answer)
        place = self._place(number, answer.day, lambda other: self.experts.name[other] < answer.expert)
        if self._is_at(number, place, expert, answer.day):
            self._habits[:, expert] += (np.array(marks) - self._marks[:, place]) / GRAIN
            self._marks[:, place] = marks
            return
        self._insert(number, place, (expert, answer.day, *marks))
        self._answers[expert] += 1
        self._habits[:, expert] += np.array(marks) / GRAIN
        self._arrive(number, expert, answer.day)

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
        threads = self.threads.take_all(list(fresh))
        flat = [answer for given in fresh.values() for answer in ordered(given)]
        experts = self.experts.take_all([answer.expert for answer in flat])
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

    def _replace(self, thread: str, answers: Sequence[Answer]) -> bool:
        if not answers and thread not in self.threads.number:
            return False
        number = self.threads.take(thread)
        self._reach(number)
        return self._put(number, [(self.experts.take(a.expert), a.day, *marks_of(a)) for a in answers])

    def _put(self, number: int, new: list[Row]) -> bool:
        """Write a thread's rows; return whether a former one is gone, so that the order by day must be settled."""
        old = self._of(number)
        self._write(number, new)
        self._make_room()
        for sign, rows in ((-1, old), (1, new)):
            for expert, _, *marks in rows:
                self._answers[expert] += sign
                self._habits[:, expert] += sign * np.array(marks) / GRAIN
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
        marks = np.array([marks_of(answer) for answer in answers], dtype=np.int64).T
        self._append(threads, counts, experts, [answer.day for answer in answers], marks)
        self._make_room()
        self._answers += np.bincount(experts, minlength=len(self._answers))
        for sums, column in zip(self._habits, marks, strict=True):
            sums += np.bincount(experts, weights=column / GRAIN, minlength=len(sums))
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
