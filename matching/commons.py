"""Tokens that many texts hold, as columns: who can still come out best is looked up there, and nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.bm25 import Norms, Terms, added, kth, most
from matching.numbers import roomy
from matching.postings import Postings, Times

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
_AHEAD: Final = 2  # times as many texts as are wanted are finished first
_FEWER: Final = 2  # so many times fewer texts are worth a selection


@dataclass(slots=True)
class _Column:
    """How often a common token stands in the text of each slot, and what it can add to a score at most."""

    times: Times
    bound: float  # of times / (times + norm), at the mean length then
    mean: float


class Commons:
    """The columns of common tokens, by the number of the token; each is made when it is first asked for."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._columns: dict[int, _Column] = {}

    def clear(self) -> None:
        """Forget every column."""
        self._columns.clear()

    def note(self, tokens: Sequence[int], slot: int, times: Sequence[int], norms: Norms) -> None:
        """Take in how often the text of a slot holds `tokens`, of which some may be common."""
        for token, often in zip(tokens, times, strict=True):
            if (column := self._columns.get(token)) is not None:
                column.times = roomy(column.times, slot + 1)
                column.times[slot] = often
                norm = float(norms.at_mean(column.mean).of(np.array([slot]))[0])
                column.bound = max(column.bound, often / (often + norm))

    def erase(self, slots: Places) -> None:
        """Erase what the texts of these slots hold."""
        for column in self._columns.values():
            column.times[slots[slots < len(column.times)]] = 0

    def finish(self, totals: Floats, common: Terms, norms: Norms, k: int) -> tuple[Places, Floats]:
        """Add the `common` tokens to the `totals` by slot, wherever the `k` best may be: slots and scores, (n,) each.

        A few that lead without them are finished first. What the k-th of those comes to is a floor for the best.
        """
        columns = [self._column(token, norms) for token in common.numbers.tolist()]
        bounds = [column.bound * max(1.0, norms.mean / column.mean) for column in columns]
        able = most(common.rarities, np.array(bounds))
        ahead = np.flatnonzero(totals >= max(kth(totals, _AHEAD * k), 1e-300))
        floor = kth(_sifted(totals, ahead, columns, common, norms, None)[1], k)
        least = floor - np.append(np.cumsum(able[::-1])[::-1], 0.0) * (1 + 1e-9)
        slots, scores = _sifted(totals, np.flatnonzero(totals >= least[0]), columns, common, norms, least)
        return slots[scores > 0], scores[scores > 0]

    def _column(self, token: int, norms: Norms) -> _Column:
        column = self._columns.get(token)
        if column is None:
            column = self._columns[token] = _Column(np.zeros(norms.size, dtype=np.uint8), 0.0, norms.mean)
            slots, times = self._postings.texts_of(token)
            column.times[slots] = times
            column.bound = float((times / (times + norms.of(slots))).max())
        column.times = roomy(column.times, norms.size)
        return column


def _sifted(
    totals: Floats, slots: Places, columns: list[_Column], common: Terms, norms: Norms, least: Floats | None
) -> tuple[Places, Floats]:
    """Add token after token, letting go of texts that are not over the `least` score for it any more, (tokens,)."""
    scores, under = totals.take(slots), norms.of(slots)
    for place, (column, rarity) in enumerate(zip(columns, common.rarities.tolist(), strict=True)):
        if least is not None and place:
            able = np.flatnonzero(scores >= least[place])
            if _FEWER * len(able) < len(slots):
                slots, scores, under = slots.take(able), scores.take(able), under.take(able)
        scores += added(column.times.take(slots), under, rarity)
    return slots, scores
