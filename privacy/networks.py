"""A network that does not exist, to choose plans by: organisations drawn one by one, with what they leave to be counted.

Nothing of what members did goes in, so a plan chosen by it costs no privacy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Final

import numpy as np
from numpy.typing import NDArray

from privacy.plans import STATES, WORST_FIRST, Depth, cells_at
from privacy.reports import MEASURES

DRAWN: Final = 20_000
"""Organisations in a sample: a share is off by .007 at most, 95 times in 100."""


@dataclass(frozen=True)
class Assumptions:
    """All of it is assumed; where a figure comes from is said.

    `questions` an organisation asks in a quarter, on average; organisations differ as a gamma distribution of shape
    `spread`, so that their numbers of questions are negative binomial, the usual shape of how often people do a thing
    (Greenwood and Yule 1920; Ehrenberg 1959): with 4 and 1, a fifth ask nothing. `steep`: the share of the r-th topic
    and of the r-th group goes with r^-steep (Zipf 1949). An organisation works in one group, and in another with
    probability `second_group`. `soon` and `later` are shares of all questions: benchmarks/simulated_year finds an
    answer that helps within 72 hours for .69, and not every asker says that it did. Of the answered questions `outcome`
    get an outcome, `good` of those a good one. `support` of all are about the company's service and solved; `idea` of
    all end as one. The k-th new term of a year is used by a share `term`/k of the organisations.
    """

    questions: float = 4.0
    spread: float = 1.0
    steep: float = 1.0
    second_group: float = 0.25
    soon: float = 0.5
    later: float = 0.15
    outcome: float = 0.5
    good: float = 0.75
    support: float = 0.1
    idea: float = 0.05
    term: float = 0.1

    def rates(self) -> dict[str, dict[str, float]]:
        """Release kind → state → share of all questions that leave such a tally."""
        answered = self.soon + self.later
        good, bad = self.outcome * self.good, self.outcome * (1 - self.good)
        return {
            "need": {"none": 1 - answered, "later": self.later, "soon": self.soon},
            "outcomes": {"bad": answered * bad, "good": answered * good},
            "support": {"": self.support},
            "ideas": {"": self.idea},
        }


ASSUMED: Final = Assumptions()


@dataclass(frozen=True)
class Cell:
    """One figure of one cell: the share of organisations that are in it, and of those the share the limit keeps."""

    measure: str
    topic: str
    share: float
    kept: float


def zipf(count: int, steep: float) -> NDArray[np.float64]:
    """Shares of `count` things by rank, largest first, adding up to 1."""
    weights = np.arange(1, count + 1, dtype=np.float64) ** -steep
    return np.asarray(weights / weights.sum())


def draw_questions(
    assumed: Assumptions, kind: str, groups: int, topics: int, organisations: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """How many tallies of each sort an organisation leaves: (organisations, groups, topics, states worst first)."""
    activity = rng.gamma(assumed.spread, assumed.questions / assumed.spread, organisations)
    works = np.zeros((organisations, groups))
    rows, sizes = np.arange(organisations), zipf(groups, assumed.steep)
    works[rows, rng.choice(groups, organisations, p=sizes)] = 1
    more = rng.random(organisations) < assumed.second_group
    works[rows[more], rng.choice(groups, int(more.sum()), p=sizes)] = 1
    works /= works.sum(axis=1, keepdims=True)
    states = np.array([assumed.rates()[kind][state] for state in WORST_FIRST[kind]])
    means = np.einsum("o,og,t,s->ogts", activity, works, zipf(topics, assumed.steep), states)
    return np.asarray(rng.poisson(means))


def in_cells(tallies: NDArray[np.bool_], depth: Depth) -> NDArray[np.bool_]:
    """(organisations, cells, states) at a depth, cells as `cells_at` orders them, each in its worst state only."""
    axes: Mapping[str, tuple[int, ...]] = {"all": (1, 2), "group": (2,), "topic": (1,), "group-topic": ()}
    at_depth = tallies.any(axis=axes[depth]) if axes[depth] else tallies
    flat = at_depth.reshape(len(tallies), -1, tallies.shape[3])
    return np.asarray(flat & (np.cumsum(flat, axis=2) == 1))


def bounded(cells: NDArray[np.bool_], limit: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """The same with at most `limit` cells an organisation, as `privacy.tallies.count` keeps them."""
    order = rng.random(cells.shape[:2])
    order[~cells.any(axis=2)] = inf
    last = np.sort(order, axis=1)[:, [min(limit, order.shape[1]) - 1]]
    return np.asarray(cells & (order <= last)[:, :, None])


class Sample:
    """Cells of a made-up network at every depth and limit, from organisations drawn once."""

    def __init__(
        self, assumed: Assumptions, groups: Sequence[str], topics: Sequence[str], rng: np.random.Generator
    ) -> None:
        self.assumed, self.groups, self.topics, self._rng = assumed, tuple(groups), tuple(topics), rng
        shape = len(groups), len(topics), DRAWN
        self._tallies = {kind: draw_questions(assumed, kind, *shape, rng) > 0 for kind in STATES}
        self.cells = cache(self._cells)

    def _cells(self, kind: str, depth: Depth, limit: int) -> tuple[Cell, ...]:
        whole = in_cells(self._tallies[kind], depth)
        left = bounded(whole, limit, self._rng)
        found = []
        for measure, states in MEASURES[kind].items():
            columns = [WORST_FIRST[kind].index(state) for state in states]
            before, after = (counts[:, :, columns].sum(axis=(0, 2)) for counts in (whole, left))
            for topic, all_, some in zip(cells_at(depth, self.groups, self.topics), before, after, strict=True):
                found.append(Cell(measure, topic, float(all_) / DRAWN, float(some / all_) if all_ else 1.0))
        return tuple(found)
