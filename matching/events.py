"""Who answered what when, as columns: the evidence behind every vote, erasable row by row."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from matching.profiles import Answer

_FIELDS = np.dtype([("expert", "i8"), ("thread", "i8"), ("day", "f8"), ("helped", "f8")])


class Numbers:
    """Small stable numbers for strings; a number is given back once its string is dropped."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.name: dict[int, str] = {}
        self._free: list[int] = []

    def take(self, name: str) -> int:
        """Return the number of `name`, giving it one if needed."""
        if name not in self.number:
            number = self._free.pop() if self._free else len(self.number)
            self.number[name], self.name[number] = number, name
        return self.number[name]

    def drop(self, name: str) -> None:
        """Forget `name`. Raises KeyError."""
        number = self.number.pop(name)
        del self.name[number]
        self._free.append(number)

    @property
    def size(self) -> int:
        """One more than the largest number in use."""
        return len(self.number) + len(self._free)


class EventTable:
    """Answers as rows of (expert, thread, day, helped); a removed row is overwritten by the last one."""

    def __init__(self) -> None:
        self.experts = Numbers()
        self.threads = Numbers()
        self._rows: NDArray[np.void] = np.zeros(64, dtype=_FIELDS)
        self._used = 0
        self._of_thread: dict[str, list[int]] = {}
        self._of_expert: dict[str, int] = {}
        self._days: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return self._used

    @property
    def rows(self) -> NDArray[np.void]:
        """All rows, shape (n,), in no promised order; a view that the next change may overwrite."""
        return self._rows[: self._used]

    @property
    def days(self) -> NDArray[np.float64]:
        """The days of all rows in ascending order."""
        if self._days is None:
            self._days = np.sort(self.rows["day"])
        return self._days

    def replace(self, thread: str, answers: Iterable[Answer]) -> None:
        """Make `answers` the answers of `thread`, in place of those known before."""
        self._clear(thread)
        kept = sorted(answers, key=lambda a: (a.day, a.expert))
        if not kept:
            return
        number = self.threads.take(thread)
        self._of_thread[thread] = [self._append(number, answer) for answer in kept]

    def experts_of(self, thread: str) -> set[str]:
        """Return who answered `thread`."""
        return {self.experts.name[int(self._rows[row]["expert"])] for row in self._of_thread.get(thread, ())}

    def threads_of(self, expert: str) -> set[str]:
        """Return the threads that `expert` answered."""
        number = self.experts.number.get(expert, -1)
        return {self.threads.name[int(t)] for t in np.unique(self.rows["thread"][self.rows["expert"] == number])}

    def forget(self, expert: str) -> None:
        """Erase every answer of `expert`."""
        for thread in self.threads_of(expert):
            number = self.experts.number[expert]
            for row in sorted(self._of_thread[thread], reverse=True):
                if self._rows[row]["expert"] == number:
                    self._delete(thread, row)
            self._settle(thread)

    def _append(self, thread: int, answer: Answer) -> int:
        if self._used == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        helped = float(answer.accepted) + float(np.log1p(max(answer.worked, 0)))
        self._of_expert[answer.expert] = self._of_expert.get(answer.expert, 0) + 1
        self._rows[self._used] = (self.experts.take(answer.expert), thread, answer.day, helped)
        self._used, self._days = self._used + 1, None
        return self._used - 1

    def _clear(self, thread: str) -> None:
        while self._of_thread.get(thread):
            self._delete(thread, max(self._of_thread[thread]))
        self._settle(thread)

    def _settle(self, thread: str) -> None:
        if not self._of_thread.get(thread, [0]):
            del self._of_thread[thread]
            self.threads.drop(thread)

    def _delete(self, thread: str, row: int) -> None:
        self._release(self.experts.name[int(self._rows[row]["expert"])])
        self._of_thread[thread].remove(row)
        last = self._used - 1
        if row != last:
            moved = self._of_thread[self.threads.name[int(self._rows[last]["thread"])]]
            moved[moved.index(last)] = row
            self._rows[row] = self._rows[last]
        self._rows[last] = np.zeros((), dtype=_FIELDS)
        self._used, self._days = last, None

    def _release(self, expert: str) -> None:
        self._of_expert[expert] -= 1
        if not self._of_expert[expert]:
            del self._of_expert[expert]
            self.experts.drop(expert)
