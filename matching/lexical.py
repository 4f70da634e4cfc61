"""BM25 in process, over token counts that were stored sealed: no full-text table, which would give sentences back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.numbers import Numbers, best_first, roomy, summed
from matching.packing import MOST, Packed, numbered
from matching.postings import Postings, Times

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
_K1: Final = 1.2
_B: Final = 0.75
_COMMON: Final = 8  # a token that more than one text in eight holds is kept as a column too
_MANY: Final = 4096  # texts, fewer of which need no columns
_AHEAD: Final = 2  # times as many texts as are wanted are finished first
_FEWER: Final = 2  # so many times fewer texts are worth a selection


class Vocabulary(Numbers):
    """Numbers of tokens, for one index or for many; a token that no text holds any more is forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self._uses: NDArray[np.int32] = np.zeros(16, dtype=np.int32)

    def hold(self, numbers: Places) -> None:
        """One more text holds each of these tokens (or several, where a number stands several times)."""
        self._uses = roomy(self._uses, self.size)
        if len(numbers) < self.size:
            np.add.at(self._uses, numbers, 1)
        else:
            self._uses += np.bincount(numbers, minlength=len(self._uses)).astype(np.int32)

    def release(self, numbers: Places) -> None:
        """One text fewer holds each of them."""
        np.subtract.at(self._uses, numbers, 1)
        known = np.unique(numbers)
        for number in known[self._uses[known] == 0].tolist():
            self.drop(self.name[number])


@dataclass(slots=True)
class _Column:
    """How often a common token stands in the text of each slot, and what it can add to a score at most."""

    times: Times
    bound: float  # of times / (times + norm), at the mean length then
    mean: float


@dataclass(frozen=True, slots=True, eq=False)
class _Terms:
    """The tokens of a query that some text holds, from the rarest to the most common, equals by name: (n,) each."""

    numbers: Places
    held: Places
    rarities: Floats

    def __getitem__(self, piece: slice) -> "_Terms":
        return _Terms(self.numbers[piece], self.held[piece], self.rarities[piece])


class LexicalIndex:
    """Token counts under string ids, scored by BM25. Not safe for threads that write: the caller holds the lock.

    Formula: Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", k1 = 1.2,
    b = 0.75, with the idf that stays positive, log(1 + (N - n + 0.5) / (n + 0.5)). A token of the query counts once.
    Common tokens are left to those texts that can still come out best (MaxScore, Turtle and Flood 1995), which changes
    no result: scores add up from the rarest token to the most common one either way.
    """

    def __init__(self, names: Numbers | None = None, vocabulary: Vocabulary | None = None) -> None:
        self._names = names or Numbers()
        self._owns_names = names is None
        self._tokens = vocabulary or Vocabulary()
        self._postings = Postings()
        self._lengths: NDArray[np.float32] = np.zeros(16, dtype=np.float32)  # by slot, which is the number of the id
        self._held: NDArray[np.bool_] = np.zeros(16, dtype=bool)
        self._columns: dict[int, _Column] = {}
        self._texts = 0
        self._total = 0.0

    def __len__(self) -> int:
        return self._texts

    def __contains__(self, id: str) -> bool:
        slot = self._names.number.get(id, len(self._held))
        return slot < len(self._held) and bool(self._held[slot])

    @property
    def ids(self) -> Iterator[str]:
        """The ids held, in no promised order."""
        return (self._names.name[slot] for slot in np.flatnonzero(self._held).tolist())

    @property
    def slots(self) -> Mapping[str, int]:
        """Where each id stands in `lengths` and `holders`; holds until the next change."""
        return self._names.number

    @property
    def lengths(self) -> NDArray[np.float32]:
        """Number of tokens of the text in each slot, (at least the highest slot + 1,)."""
        return self._lengths

    @property
    def vocabulary(self) -> Iterator[str]:
        """Every token held, in no promised order."""
        return (self._tokens.name[number] for number in self._postings.tokens.tolist())

    def holders(self, token: str) -> tuple[Places, Places]:
        """Return the slots of the texts that hold `token` and how often each does, both (n,), in no promised order."""
        slots, times, _ = self._postings.read(self._terms([token]).numbers)
        return slots, times.astype(np.int64)

    def put(self, id: str, counts: Mapping[str, int]) -> None:
        """Store `counts` (token to a positive number, above 255 as 255) under `id`, replacing what was there."""
        self.remove(id)
        slot = self._names.take(id)
        held = _positive(counts)
        tokens, times = self._numbered(list(held)).tolist(), [min(often, MOST) for often in held.values()]
        self._postings.add(slot, tokens, times)
        self._tokens.hold(np.array(tokens, dtype=np.int64))
        self._count(np.array([slot]), np.array([sum(times)], dtype=np.float64))
        for token, often in zip(tokens, times, strict=True):
            if token in self._columns:
                self._note(self._columns[token], slot, often)

    def load(self, ids: Sequence[str], counts: Sequence[Mapping[str, int]]) -> None:
        """`put` for many ids, no two of them the same, at the price of a few."""
        self.erase(ids)
        slots = np.array([self._names.take(id) for id in ids], dtype=np.int64)
        held = np.array([len(one) for one in counts], dtype=np.int64)
        packed = [one for one in counts if isinstance(one, Packed)]
        if len(packed) == len(counts):
            tokens, often = numbered(packed, self._numbered)
        else:
            tokens = self._numbered(list(chain.from_iterable(counts)))
            often = np.fromiter(chain.from_iterable(one.values() for one in counts), np.int64, int(held.sum()))
        if often.min(initial=1) < 1:
            return self.load(ids, [_positive(one) for one in counts])
        often, owners = np.minimum(often, MOST), np.repeat(np.arange(len(ids)), held)
        self._postings.load(tokens, slots[owners].astype(np.uint32), often.astype(np.uint8))
        self._tokens.hold(tokens)
        self._count(slots, summed(owners, often.astype(np.float64), len(ids)))
        self._columns.clear()
        return None

    def remove(self, id: str) -> None:
        """Erase the counts of `id`; nothing happens if there are none."""
        self.erase([id])

    def erase(self, ids: Iterable[str]) -> None:
        """`remove` for many ids, at the price of one."""
        known = [id for id in ids if id in self]
        if not known:
            return
        slots = self._names.of(known)
        gone = np.zeros(len(self._held), dtype=bool)
        gone[slots] = True
        self._tokens.release(self._postings.erase(gone))
        for column in self._columns.values():
            column.times[slots[slots < len(column.times)]] = 0
        self._texts -= len(known)
        self._total -= float(self._lengths[slots].sum(dtype=np.float64))
        self._lengths[slots], self._held[slots] = 0.0, False
        if self._owns_names:
            for id in known:
                self._names.drop(id)

    def scores(self, counts: Mapping[str, int]) -> dict[str, float]:
        """Return id to BM25 score (> 0, no unit) for every text that shares a token with `counts`."""
        totals = self._sum(self._terms(counts))
        return {self._names.name[slot]: float(totals[slot]) for slot in np.flatnonzero(totals).tolist()}

    def top(self, counts: Mapping[str, int], k: int) -> list[tuple[str, float]]:
        """Return the `k` best ids with their score, best first, ties by id."""
        slots, scores = self.nearest(counts, k)
        return [(self._names.name[slot], score) for slot, score in zip(slots.tolist(), scores.tolist(), strict=True)]

    def nearest(self, counts: Mapping[str, int], k: int) -> tuple[Places, Floats]:
        """`top` with the slots of the ids: slots and scores, (at most k,) each."""
        if k < 1:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        terms = self._terms(counts)
        most_rare = self._texts // _COMMON if self._texts >= _MANY else self._texts
        split = int(np.searchsorted(terms.held, most_rare, side="right"))
        totals = self._sum(terms[:split])
        common = list(zip(terms.numbers[split:].tolist(), terms.rarities[split:].tolist(), strict=True))
        slots, scores = self._finished(totals, common, k) if common else _positive_of(totals)
        best = np.flatnonzero(scores >= _kth(scores, k))
        order = best_first(self._names, slots[best], scores[best], k)
        return slots[best][order], scores[best][order]

    def _finished(self, totals: Floats, common: Sequence[tuple[int, float]], k: int) -> tuple[Places, Floats]:
        """Add the `common` tokens (number, rarity) to the `totals` by slot, wherever the `k` best may be: slots, scores.

        A few that lead without them are finished first. What the k-th of those comes to is a floor for the best.
        """
        most = [rarity * (_K1 + 1) * self._bound(token) for token, rarity in common]
        slots, floor = np.flatnonzero(totals >= max(_kth(totals, _AHEAD * k), 1e-300)), 0.0
        for _ in range(2):
            scores, norms = totals[slots], self._norms(slots)
            for place, (token, rarity) in enumerate(common):
                able = np.flatnonzero(scores >= floor - sum(most[place:]) * (1 + 1e-9)) if floor else slots
                if _FEWER * len(able) < len(slots):
                    slots, scores, norms = slots[able], scores[able], norms[able]
                scores += _added(self._columns[token].times[slots], norms, rarity)
            if floor:
                break
            floor = _kth(scores, k)
            slots = np.flatnonzero(totals >= floor - sum(most) * (1 + 1e-9))
        return slots[scores > 0], scores[scores > 0]

    def ceiling(self, counts: Mapping[str, int]) -> float:
        """Return what a text of average length with every known token of `counts` once would score."""
        return float(sum(self._terms(counts).rarities.tolist()))

    def _numbered(self, tokens: Sequence[str]) -> NDArray[np.int64]:
        found = np.fromiter(map(self._tokens.number.get, tokens, repeat(-1)), np.int64, len(tokens))
        new = np.flatnonzero(found < 0)
        if len(new):
            names = [tokens[place] for place in new.tolist()]
            for name in dict.fromkeys(names):
                self._tokens.take(name)
            found[new] = self._tokens.of(names)
        return found

    def _count(self, slots: Places, lengths: Floats) -> None:
        self._lengths, self._held = roomy(self._lengths, self._names.size), roomy(self._held, self._names.size)
        self._lengths[slots], self._held[slots] = lengths, True
        self._texts += len(slots)
        self._total += float(lengths.sum())

    def _terms(self, tokens: Iterable[str]) -> _Terms:
        known = sorted(token for token in tokens if token in self._tokens.number)
        numbers = self._tokens.of(known)
        held = self._postings.held(numbers)
        order = np.argsort(held, kind="stable")
        order = order[held[order] > 0]
        return _Terms(numbers[order], held[order], self._rarities(held[order]))

    def _sum(self, terms: _Terms) -> Floats:
        slots, times, places = self._postings.read(terms.numbers)
        return summed(slots, _added(times, self._norms(slots), terms.rarities[places]), self._names.size)

    def _norms(self, slots: Places) -> Floats:
        return self._lengths[slots].astype(np.float64) * (_K1 * _B / self._mean) + _K1 * (1 - _B)

    @property
    def _mean(self) -> float:
        return self._total / self._texts if self._total else 1.0

    def _rarities(self, held: Places) -> Floats:
        return np.asarray(np.log1p((self._texts - held + 0.5) / (held + 0.5)), dtype=np.float64)

    def _bound(self, token: int) -> float:
        """The most that times / (times + norm) of a common token can be; its column is made if needed."""
        column = self._columns.get(token)
        if column is None:
            column = self._columns[token] = _Column(np.zeros(len(self._held), dtype=np.uint8), 0.0, self._mean)
            slots, times, _ = self._postings.read(np.array([token]))
            column.times[slots] = times
            column.bound = float((times / (times + self._norms(slots))).max())
        column.times = roomy(column.times, len(self._held))
        return column.bound * max(1.0, self._mean / column.mean)

    def _note(self, column: _Column, slot: int, times: int) -> None:
        column.times = roomy(column.times, slot + 1)
        column.times[slot] = times
        norm = _K1 * (1 - _B) + float(self._lengths[slot]) * (_K1 * _B / column.mean)
        column.bound = max(column.bound, times / (times + norm))


def _positive(counts: Mapping[str, int]) -> dict[str, int]:
    return {token: often for token, often in counts.items() if often > 0}


def _positive_of(totals: Floats) -> tuple[Places, Floats]:
    slots = np.flatnonzero(totals)
    return slots, totals[slots]


def _added(times: Times, norms: Floats, rarity: Floats | float) -> Floats:
    often = times.astype(np.float64)
    under = often + norms
    often *= rarity * (_K1 + 1)
    often /= under
    return often


def _kth(totals: Floats, k: int) -> float:
    """Return the k-th largest of non-negative `totals`, 0 where fewer are positive; most are never compared."""
    least = 0.5 * float(totals.max(initial=0.0))
    while least > 1e-9:
        high = totals[totals >= least]
        if len(high) >= k:
            return float(np.partition(high, len(high) - k)[len(high) - k])
        least *= 0.6
    return 0.0
