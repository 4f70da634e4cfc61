"""Several questions share one pool of people: who is asked about what, exactly, as a flow of least cost.

The network: question → circle within the question (at most one each) → person, whose first question of the batch and
further ones are two arcs of their own; into each question as many arcs as it has places, the first worth the most. Its
constraint matrix is totally unimodular, so the simplex method ends in a corner of whole numbers (Ahuja, Magnanti and
Orlin 1993, "Network Flows", chapter 11).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_PLACES = 64  # more than any question has: each place is worth filling, and each less than the one before
_SPARE = 8  # circles looked at beyond the places, to begin with
_EXACT = 1e-7  # the solver's own exactness


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """What one question may take: columns of shape (n,), values from 0 to 1, and its places.

    `first` is what asking that person is worth as their first question of the batch, `further` (no more than that) as a
    later one. `filled` counts the places it has got before.
    """

    people: Ints
    circles: Ints
    first: Floats
    further: Floats
    places: int
    filled: int = 0


def best_of_circles(demand: Demand) -> Ints:
    """Return the rows of the best of each circle, and of these the best few, best first; ties by row.

    Exact for one question: at most one of a circle and at most so many in all is a matroid, on which taking the best
    that still fits is never wrong (Edmonds 1971, "Matroids and the greedy algorithm").
    """
    order = np.argsort(-demand.first, kind="stable")
    best: dict[int, int] = {}
    for circle, row in zip(demand.circles[order].tolist(), order.tolist(), strict=True):
        if len(best) >= demand.places:
            break
        best.setdefault(circle, row)
    return np.array(list(best.values()), dtype=np.int64)


def share(demands: Sequence[Demand], room: Ints, taken: NDArray[np.bool_]) -> list[Ints]:
    """Return the rows chosen for each question, best first.

    `room` and `taken`, shape (people,), say how many more questions each may get and who already got one of this batch
    (for whom `first` is not to be had). First as many questions as possible get a first place, then a second, and so
    on; then the sum of values is the largest. Raises RuntimeError when the solver gives up.
    """
    alone = [best_of_circles(demand) for demand in demands]
    people = [int(one) for demand, rows in zip(demands, alone, strict=True) for one in demand.people[rows]]
    if len(set(people)) == len(people):
        return alone  # each is the best for its question, and they are in nobody's way
    network = _Network(demands, room, taken)
    kept = [_first_look(demand) for demand in demands]
    while True:
        flow = network.solve(kept)
        better = [network.better(n, flow) for n in range(len(demands))]
        grown = [np.union1d(old, new) for old, new in zip(kept, better, strict=True)]
        if all(len(new) == len(old) for new, old in zip(grown, kept, strict=True)):
            return flow.chosen
        kept = grown


def _first_look(demand: Demand) -> Ints:
    """Return the rows to begin with: the best of circle after circle, some more of them than there are places."""
    return np.sort(best_of_circles(replace(demand, places=max(demand.places, 0) + _SPARE)))


@dataclass(frozen=True, slots=True, eq=False)
class _Flow:
    """A solved network: the rows chosen for each question, and the prices of its bounds and balances."""

    chosen: list[Ints]
    bounds: Floats
    balances: Floats


class _Network:
    """The linear programme of all questions. Bounded rows: each person's first question, each person's further ones,
    each circle of each question. Balanced rows, one a question: what flows in by places flows out to people.

    Only some of the arcs to people are in the programme at a time: an arc left out would help only if its cost lies
    under the price of the rows it goes through, and then it is put in (column generation: Dantzig and Wolfe 1960).
    """

    def __init__(self, demands: Sequence[Demand], room: Ints, taken: NDArray[np.bool_]) -> None:
        self._demands = demands
        first = np.where(taken, 0, 1)
        self._people = len(room)
        named = [np.unique(demand.circles, return_inverse=True) for demand in demands]
        starts = np.cumsum([2 * len(room), *(len(names) for names, _ in named)])
        self._circle_rows = [start + places for start, (_, places) in zip(starts, named, strict=False)]
        self._bounds = np.ones(int(starts[-1]))
        self._bounds[: 2 * len(room)] = [*np.minimum(first, room), *np.maximum(room - first, 0)]
        self._step = len(demands) + 1.0  # more than all values of the batch together

    def solve(self, kept: Sequence[Ints]) -> _Flow:
        """Solve it with the arcs to the people in the rows `kept` of each question."""
        parts = [self._part(n, rows) for n, rows in enumerate(kept)]
        costs = np.concatenate([costs for costs, _, _ in parts])
        starts = np.cumsum([0, *(len(costs) for costs, _, _ in parts)])
        below = [(rows, columns + start) for start, (_, rows, columns) in zip(starts, parts, strict=False)]
        rows, columns = (np.concatenate(side) for side in zip(*below, strict=True))
        balance = np.repeat(np.arange(len(parts)), np.diff(starts))
        signs = np.concatenate(
            [
                np.where(np.arange(len(costs)) < 2 * len(rows), 1.0, -1.0)
                for (costs, _, _), rows in zip(parts, kept, strict=True)
            ]
        )
        found = _solved(
            costs,
            coo_array((np.ones(len(rows)), (rows, columns)), shape=(len(self._bounds), len(costs))),
            self._bounds,
            coo_array((signs, (balance, np.arange(len(costs)))), shape=(len(parts), len(costs))),
        )
        chosen = [
            _rows_used(rows, found.x[start : start + 2 * len(rows)], costs[start : start + 2 * len(rows)])
            for start, rows in zip(starts, kept, strict=False)
        ]
        return _Flow(chosen, found.ineqlin.marginals, found.eqlin.marginals)

    def better(self, question: int, flow: _Flow) -> Ints:
        """Return the rows of a question whose arcs would make this flow cheaper."""
        demand = self._demands[question]
        shared = flow.bounds[self._circle_rows[question]] + flow.balances[question]
        first = -demand.first - shared - flow.bounds[demand.people]
        further = -demand.further - shared - flow.bounds[self._people + demand.people]
        return np.flatnonzero(np.minimum(first, further) < -_EXACT)

    def _part(self, question: int, rows: Ints) -> tuple[Floats, Ints, Ints]:
        """Return one question's costs by column, and the bounded rows its columns are in as (rows, columns)."""
        demand = self._demands[question]
        places = np.arange(max(demand.places, 0))
        worth = np.maximum(_PLACES - demand.filled - places, 1) * self._step
        people, circles = demand.people[rows], self._circle_rows[question][rows]
        columns = np.arange(2 * len(rows))
        costs = -np.concatenate([demand.first[rows], demand.further[rows], worth])
        return costs, np.concatenate([people, self._people + people, circles, circles]), np.tile(columns, 2)


def _solved(costs: Floats, below: Any, bounds: Floats, balance: Any) -> Any:
    found = linprog(
        costs,
        A_ub=below,
        b_ub=bounds,
        A_eq=balance,
        b_eq=np.zeros(balance.shape[0]),
        bounds=(0, 1),
        method="highs-ds",
    )
    if not found.success:
        raise RuntimeError(f"no flow found: {found.message}")
    return found


def _rows_used(rows: Ints, flow: Floats, costs: Floats) -> Ints:
    used = np.flatnonzero(flow > 0.5)
    return np.tile(rows, 2)[used[np.argsort(costs[used], kind="stable")]]
