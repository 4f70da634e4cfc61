"""Everybody who might be asked in one domain, as columns: gating tens of thousands takes a few comparisons.

A `Shortlist` is a sequence of candidates like any list, so whatever takes candidates takes one; what it answers by
column needs no look at each of them. `candidates` gives the same for any other sequence.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from matching.near import Near
from matching.numbers import Numbers, roomy
from matching.profiles import Candidate, Limits, Pass

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Pool:
    """Candidates by expert, kept current one at a time. Not safe for threads that write: the caller holds the lock."""

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        self.people: list[Candidate] = []  # by row; a removed row is overwritten by the last one
        self._row: dict[str, int] = {}
        self._circles = Numbers()
        self._of_circle: Counter[int] = Counter()
        self._circle: NDArray[np.int32] = np.zeros(16, dtype=np.int32)
        self._free: NDArray[np.int32] = np.zeros(16, dtype=np.int32)  # offers left this week, 0 for the away
        self._open: NDArray[np.int32] = np.zeros(16, dtype=np.int32)
        self._asked: NDArray[np.float64] = np.zeros(16)  # the day of the last offer, -inf without one
        self._declared: dict[str, Mask] = {}  # each as long as its last row needs
        self._endorsed: dict[str, Mask] = {}
        self._passed: dict[str, dict[int, Pass]] = {}
        self._numbers: tuple[Numbers | None, int, Rows] = (None, -1, np.zeros(0, dtype=np.int64))
        for candidate in candidates:
            self.put(candidate)

    def __len__(self) -> int:
        return len(self.people)

    def __contains__(self, expert: str) -> bool:
        return expert in self._row

    def put(self, candidate: Candidate) -> None:
        """Store `candidate`, in place of what stood under the same expert."""
        row = self._row.get(candidate.expert)
        if row is None:
            row = self._row[candidate.expert] = len(self.people)
            self.people.append(candidate)
            self._numbers = (None, -1, self._numbers[2])
        else:
            self._unlink(row)
        self._place(row, candidate)

    def remove(self, expert: str) -> None:
        """Erase the candidate; nothing happens if there is none."""
        row = self._row.pop(expert, None)
        if row is None:
            return
        self._unlink(row)
        last = len(self.people) - 1
        if row != last:
            moved = self.people[last]
            self._unlink(last)
            self._row[moved.expert] = row
            self._place(row, moved)
        self.people.pop()
        self._circle[last] = self._free[last] = self._open[last] = self._asked[last] = 0
        self._numbers = (None, -1, self._numbers[2])

    @property
    def everybody(self) -> "Shortlist":
        """All candidates."""
        return Shortlist(self, np.arange(len(self)))

    def refused(
        self, *, excluded_circles: Collection[str], already_asked: Collection[str], limits: Limits, thread: str | None
    ) -> Mask:
        """Which rows may not be asked, (n,): those `routing.refusal` has a rule for."""
        used = len(self)
        out = (self._free[:used] <= 0) | (self._open[:used] >= limits.open_offers)
        for circle in self._circles.of(excluded_circles).tolist():
            out |= self._circle[:used] == circle
        barred = [self._row[expert] for expert in already_asked if expert in self._row]
        barred += self._passed.get(thread or "", ())
        if barred:
            out[barred] = True
        return out

    def circles_and_turns(self) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """A number for each row's circle, and the day of its last offer, -inf without one, (n,) each."""
        return self._circle[: len(self)], self._asked[: len(self)]

    def rows_of(self, experts: Iterable[str], among: Rows) -> list[int]:
        """The rows of `experts`, as far as they are `among` these."""
        here = np.zeros(len(self), dtype=bool)
        here[among] = True
        return [row for expert in experts if (row := self._row.get(expert)) is not None and here[row]]

    def numbers(self, names: Numbers) -> Rows:
        """The number of each row's expert in `names`, -1 without one; found again only after somebody came or went."""
        if self._numbers[0] is not names or self._numbers[1] != names.version:
            self._numbers = (names, names.version, names.of(one.expert for one in self.people))
        return self._numbers[2]

    def on(self, topic: str | None, *, endorsed: bool = False) -> Mask:
        """Which rows declared `topic`, or are endorsed for it, (n,)."""
        found = np.zeros(len(self), dtype=bool)
        held = (self._endorsed if endorsed else self._declared).get(topic or "", found)[: len(self)]
        found[: len(held)] = held
        return found

    def passes_on(self, near: Near) -> list[tuple[int, float, Pass]]:
        """The passes on any of the `near` threads, with the row each belongs to and how near its thread is."""
        passed = self._passed
        hits = [(thread, strength) for thread, strength in near.named() if thread in passed] if passed else []
        return [(row, strength, one) for thread, strength in hits for row, one in passed[thread].items()]

    def _place(self, row: int, candidate: Candidate) -> None:
        self.people[row] = candidate
        self._circle, self._free = roomy(self._circle, row + 1), roomy(self._free, row + 1)
        self._open, self._asked = roomy(self._open, row + 1), roomy(self._asked, row + 1)
        self._circle[row] = circle = self._circles.take(candidate.circle)
        self._of_circle[circle] += 1
        there = not (candidate.away or candidate.resting)
        self._free[row] = candidate.capacity - candidate.offers_this_week if there else 0
        self._open[row] = candidate.open_offers
        self._asked[row] = -np.inf if candidate.last_offer_day is None else candidate.last_offer_day
        for topics, table in ((candidate.declared, self._declared), (candidate.endorsed, self._endorsed)):
            for topic in topics:
                table[topic] = roomy(table.get(topic, np.zeros(0, dtype=bool)), row + 1)
                table[topic][row] = True
        for one in candidate.passes:
            self._passed.setdefault(one.thread, {})[row] = one

    def _unlink(self, row: int) -> None:
        candidate = self.people[row]
        self._of_circle[int(self._circle[row])] -= 1
        if not self._of_circle[int(self._circle[row])]:
            del self._of_circle[int(self._circle[row])]
            self._circles.drop(candidate.circle)
        for topics, table in ((candidate.declared, self._declared), (candidate.endorsed, self._endorsed)):
            for topic in topics:
                table[topic][row] = False
        for one in candidate.passes:
            self._passed[one.thread].pop(row, None)
            if not self._passed[one.thread]:
                del self._passed[one.thread]


class Shortlist(Sequence[Candidate]):
    """Some rows of a pool, which holds until the pool changes."""

    def __init__(self, pool: Pool, rows: Rows) -> None:
        self.pool = pool
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Candidate: ...
    @overload
    def __getitem__(self, place: slice) -> "Shortlist": ...
    def __getitem__(self, place: int | slice) -> "Candidate | Shortlist":
        if isinstance(place, slice):
            return Shortlist(self.pool, self.rows[place])
        return self.pool.people[int(self.rows[place])]

    def __iter__(self) -> Iterator[Candidate]:
        people = self.pool.people
        return (people[row] for row in self.rows.tolist())

    def without(self, experts: Collection[str]) -> "Shortlist":
        """The rows that are not those of `experts`."""
        if not experts:
            return self
        return Shortlist(self.pool, self.rows[~np.isin(self.rows, self.pool.rows_of(experts, self.rows))])

    @property
    def latest_offer(self) -> float:
        """The day of the latest offer to any of them, 0 without one."""
        return float(self.pool.circles_and_turns()[1][self.rows].max(initial=0.0))
