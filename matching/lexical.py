"""BM25 in process, over token counts that were stored sealed: no full-text table, which would give sentences back."""

from array import array
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

_K1 = 1.2
_B = 0.75


class LexicalIndex:
    """Token counts under string ids, scored by BM25. Not safe for threads that write: the caller holds the lock.

    Formula: Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", k1 = 1.2,
    b = 0.75, with the idf that stays positive, log(1 + (N - n + 0.5) / (n + 0.5)). A token of the query counts once.
    """

    def __init__(self) -> None:
        self._slot: dict[str, int] = {}
        self._id: dict[int, str] = {}
        self._tokens: dict[int, tuple[str, ...]] = {}
        self._free: list[int] = []
        self._lengths: NDArray[np.float64] = np.zeros(64)
        self._total = 0.0
        self._slots: dict[str, array[int]] = {}  # token -> slots of the texts that hold it
        self._times: dict[str, array[int]] = {}  # token -> how often each of them does

    def __len__(self) -> int:
        return len(self._slot)

    def __contains__(self, id: str) -> bool:
        return id in self._slot

    @property
    def ids(self) -> Iterator[str]:
        """The ids held, in no promised order."""
        return iter(self._slot)

    @property
    def slots(self) -> Mapping[str, int]:
        """Where each id stands in `lengths` and `holders`; holds until the next change."""
        return self._slot

    @property
    def lengths(self) -> NDArray[np.float64]:
        """Number of tokens of the text in each slot, (at least the highest slot + 1,)."""
        return self._lengths

    @property
    def vocabulary(self) -> Iterator[str]:
        """Every token held, in no promised order."""
        return iter(self._slots)

    def holders(self, token: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the slots of the texts that hold `token` and how often each does, both (n,), in no promised order."""
        slots, times = self._slots.get(token, array("q")), self._times.get(token, array("q"))
        return np.array(slots, dtype=np.int64), np.array(times, dtype=np.int64)

    def put(self, id: str, counts: Mapping[str, int]) -> None:
        """Store `counts` (token to a positive number) under `id`, replacing what was there."""
        self.remove(id)
        held = {token: times for token, times in counts.items() if times > 0}
        slot = self._take_slot()
        self._slot[id], self._id[slot] = slot, id
        self._tokens[slot] = tuple(held)
        self._lengths[slot] = sum(held.values())
        self._total += self._lengths[slot]
        for token, times in held.items():
            self._slots.setdefault(token, array("q")).append(slot)
            self._times.setdefault(token, array("q")).append(times)

    def remove(self, id: str) -> None:
        """Erase the counts of `id`; nothing happens if there are none."""
        slot = self._slot.pop(id, None)
        if slot is None:
            return
        del self._id[slot]
        for token in self._tokens.pop(slot):
            self._forget(token, slot)
        self._total -= self._lengths[slot]
        self._lengths[slot] = 0.0
        self._free.append(slot)

    def scores(self, counts: Mapping[str, int]) -> dict[str, float]:
        """Return id to BM25 score (> 0, no unit) for every text that shares a token with `counts`."""
        totals = self._totals(counts)
        return {self._id[int(slot)]: float(totals[slot]) for slot in np.flatnonzero(totals)}

    def top(self, counts: Mapping[str, int], k: int) -> list[tuple[str, float]]:
        """Return the `k` best ids with their score, best first, ties by id."""
        totals = self._totals(counts)
        if k < 1 or not totals.any():
            return []
        least = np.partition(totals, -k)[-k] if k < len(totals) else 0.0
        near = np.flatnonzero((totals >= least) & (totals > 0))
        found = [(self._id[int(slot)], float(totals[slot])) for slot in near]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]

    def ceiling(self, counts: Mapping[str, int]) -> float:
        """Return what a text of average length with every known token of `counts` once would score."""
        return sum(self._rarity(len(self._slots[token])) for token in sorted(counts) if token in self._slots)

    def _totals(self, counts: Mapping[str, int]) -> NDArray[np.float64]:
        totals = np.zeros(len(self._lengths))
        mean = self._total / len(self._slot) if self._slot else 0.0
        norms = _K1 * (1 - _B + _B * self._lengths / (mean or 1.0))
        for token in sorted(counts):  # one order of addition, so that a rebuilt index gives the same bits
            if token not in self._slots:
                continue
            slots = np.frombuffer(self._slots[token], dtype=np.int64)
            times = np.frombuffer(self._times[token], dtype=np.int64)
            totals[slots] += self._rarity(len(slots)) * times * (_K1 + 1) / (times + norms[slots])
        return totals

    def _rarity(self, holders: int) -> float:
        return float(np.log1p((len(self._slot) - holders + 0.5) / (holders + 0.5)))

    def _take_slot(self) -> int:
        if self._free:
            return self._free.pop()
        slot = len(self._slot)
        if slot == len(self._lengths):
            self._lengths = np.concatenate([self._lengths, np.zeros(slot)])
        return slot

    def _forget(self, token: str, slot: int) -> None:
        slots, times = self._slots[token], self._times[token]
        place = slots.index(slot)
        slots[place], times[place] = slots[-1], times[-1]
        slots.pop(), times.pop()
        if not slots:
            del self._slots[token], self._times[token]
