"""What if somebody had not answered? A history that reads as if some answers of one expert were not there.

Nothing is changed and little copied, so that a reason can be tried while others read (`explanations`).
"""

from copy import copy
from typing import cast

import numpy as np
from numpy.typing import NDArray

from matching.decay import HALF_LIVES
from matching.events import EventTable
from matching.history import DomainHistory
from matching.timeline import Timeline

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]


def answered_by(history: DomainHistory, expert: str) -> Mask:
    """Return which threads `expert` answered, by number of the thread, (history.threads.size,)."""
    found = np.zeros(history.threads.size, dtype=bool)
    timeline = history.events.timeline
    found[timeline.threads[timeline.experts == history.events.experts.number.get(expert, -1)]] = True
    return found


def suppose(
    history: DomainHistory, expert: str, *, gone: Mask | None = None, unhelped: Mask | None = None
) -> DomainHistory:
    """Return `history` as if `expert` had never answered the threads in `gone`, and had helped nobody in `unhelped`.

    Both are masks by number of the thread, (history.threads.size,). What is returned is good for reading until
    `history` changes, and must not be changed itself.
    """
    nothing = np.zeros(history.threads.size, dtype=bool)
    supposed = copy(history)
    less = _Supposed(
        history.events, expert, nothing if gone is None else gone, nothing if unhelped is None else unhelped
    )
    supposed.events = cast(EventTable, less)
    return supposed


class _Supposed:
    """The answers of a domain without some of one expert's; what signals read of an `EventTable`, and no more."""

    def __init__(self, table: EventTable, expert: str, gone: Mask, unhelped: Mask) -> None:
        self._table = table
        self._me = table.experts.number.get(expert, -1)
        self.experts, self.threads = table.experts, table.threads
        self._gone, self._unhelped = gone, gone | unhelped
        timeline = table.timeline
        lost = (timeline.experts == self._me) & gone[timeline.threads]
        self._lost_days = timeline.days[lost]
        self.timeline = _without(timeline, lost) if len(self._lost_days) else timeline
        self.answers, self.helped, self.habits = table.answers.copy(), table.helped.copy(), table.habits.copy()
        if self._me >= 0:
            self.answers[self._me] -= len(self._lost_days)
            self.helped[self._me] -= self._marks_of(self._unhelped)[0]
            self.habits[:, self._me] -= self._marks_of(self._gone)[1:]

    def __len__(self) -> int:
        return len(self.timeline)

    @property
    def days(self) -> Floats:
        return self.timeline.days

    def fading(self, weights: Floats, day: float) -> Floats:
        votes = self._table.fading(weights, day)
        if len(self._lost_days):
            ages = np.maximum(day - self._lost_days, 0.0)
            lost = np.exp2(-ages[:, None] / HALF_LIVES[weights > 0]) @ weights[weights > 0]
            left = votes[self._me] - lost.sum() if self.answers[self._me] > 0 else 0.0
            votes[self._me] = max(left, 0.0)
        return votes

    def rows_of(self, threads: Places) -> tuple[Places, Places]:
        rows, owner = self._table.rows_of(threads)
        left = (self._table.experts_in(rows) != self._me) | ~self._gone[threads[owner]]
        return rows[left], owner[left]

    def experts_in(self, rows: Places) -> NDArray[np.int32]:
        return self._table.experts_in(rows)

    def days_in(self, rows: Places) -> Floats:
        return self._table.days_in(rows)

    def _marks_of(self, threads: Mask) -> Floats:
        rows, _ = self._table.rows_of(np.flatnonzero(threads))
        mine = rows[self._table.experts_in(rows) == self._me]
        return np.asarray(self._table.marks_in(mine).sum(axis=1), dtype=np.float64)


def _without(timeline: Timeline, lost: Mask) -> Timeline:
    kept = Timeline()
    kept.insert(timeline.days[~lost], timeline.experts[~lost], timeline.threads[~lost])
    return kept
