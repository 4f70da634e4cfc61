"""What is known of one expert alone, as it is and as if some of their answers were not theirs.

A history that reads as if everybody else had given no answer, on the domain's own clock: signals gathered from it are
the expert's own, at the price of their own answers. Nothing is changed, so that a reason can be tried while others read
(`explanations`).
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from matching.decay import HALF_LIVES
from matching.events import EventTable
from matching.history import DomainHistory
from matching.numbers import Numbers, summed

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """The answers of one expert as rows (n,), earliest first: day, thread by number, and place in the domain's clock."""

    expert: str
    days: Floats
    threads: NDArray[np.int32]
    ages: NDArray[np.int32]
    version: int = 0  # as `Timeline.version`

    def __len__(self) -> int:
        return len(self.days)

    @classmethod
    def of(cls, history: DomainHistory, expert: str) -> "Own":
        """The answers of `expert`."""
        timeline = history.events.timeline
        mine = np.flatnonzero(timeline.experts == history.events.experts.number.get(expert, -1))
        return cls(expert, timeline.days[mine], timeline.threads[mine], timeline.ages[mine])

    @property
    def experts(self) -> NDArray[np.int32]:
        """As `Timeline.experts`: the number 0, of the one who is left."""
        return np.zeros(len(self.days), dtype=np.int32)

    def without(self, threads: Places) -> "Own":
        """The rows that are not of `threads`."""
        kept = ~np.isin(self.threads, threads)
        return Own(self.expert, self.days[kept], self.threads[kept], self.ages[kept])


def alone(history: DomainHistory, own: Own, *, gone: Places, unhelped: Places) -> DomainHistory:
    """Return `history` with the answers of one expert only, less those to the threads in `gone`, and without what
    helped in those in `unhelped` (numbers of threads).

    What is returned is good for reading until `history` changes, and must not be changed itself.
    """
    return history.over(cast(EventTable, _Alone(history.events, own, gone, np.union1d(gone, unhelped))))


class _Alone:
    """What signals read of an `EventTable`, and no more: number 0 is the expert, number 1 everybody else together."""

    def __init__(self, table: EventTable, own: Own, gone: Places, unhelped: Places) -> None:
        self._table, self._gone = table, gone
        self._me = table.experts.number.get(own.expert, -1)
        self.threads, self.timeline = table.threads, own.without(gone)
        self.days = table.days  # of everybody: the clock stands
        self.experts = Numbers()
        self.experts.take(own.expert)
        self.experts.take("")
        rows = self._mine(np.unique(own.threads).astype(np.int64))
        threads, marks = rows[1], table.marks_in(rows[0])
        left = np.stack([np.ones(len(threads)), *marks])
        left[:, np.isin(threads, gone)] = 0.0
        left[1, np.isin(threads, unhelped)] = 0.0
        mine, whole = left.sum(axis=1), np.array([table.answers.sum(), table.helped.sum(), *table.habits.sum(axis=1)])
        both = np.stack([mine, whole - len(threads) * (np.arange(4) == 0) - np.append(0.0, marks.sum(axis=1))], axis=1)
        self.answers, self.helped, self.habits = both[0], both[1], both[2:]

    def fading(self, weights: Floats, day: float) -> Floats:
        """As `EventTable.fading`, of what is left."""
        ages = np.maximum(day - self.timeline.days, 0.0)
        faded = np.exp2(-ages[:, None] / HALF_LIVES[weights > 0]) @ weights[weights > 0]
        return summed(self.timeline.experts, faded, self.experts.size)

    def rows_of(self, threads: Places) -> tuple[Places, Places]:
        """As `EventTable.rows_of`: this one expert's rows that are left, and to which of `threads` each belongs."""
        rows, owner = self._table.rows_of(threads)
        left = (self._table.experts_in(rows) == self._me) & ~np.isin(threads[owner], self._gone)
        return rows[left], owner[left]

    def experts_in(self, rows: Places) -> NDArray[np.int32]:
        """The one expert there is, number 0, once a row."""
        return np.zeros(len(rows), dtype=np.int32)

    def days_in(self, rows: Places) -> Floats:
        """The day of each row."""
        return self._table.days_in(rows)

    def _mine(self, threads: Places) -> tuple[Places, Places]:
        """The expert's rows, and the thread of each."""
        rows, owner = self._table.rows_of(threads)
        mine = self._table.experts_in(rows) == self._me
        return rows[mine], threads[owner[mine]]
