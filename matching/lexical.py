"""BM25 in process, over token counts that were stored sealed: no full-text table, which would give sentences back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.bm25 import Norms, Terms, added, kth, rarities
from matching.commons import Commons
from matching.numbers import Numbers, best_first, roomy, summed
from matching.packing import MOST, Packed, numbered
from matching.postings import Postings

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
_COMMON: Final = 6  # a token that more than one text in so many holds is kept as a column too
_MANY: Final = 4096  # texts, fewer of which need no columns


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


class LexicalIndex:
    """Token counts under string ids, scored by BM25. Not safe for threads that write: the caller holds the lock.

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
        self._commons = Commons(self._postings)
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
    def names(self) -> Numbers:
        """Where each id has its number, which is its slot in `lengths` and `holders` until the next change."""
        return self._names

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
        number = self._tokens.number.get(token)
        slots, times = self._postings.texts_of(-1 if number is None else number)
        return slots, times.astype(np.int64)

    def put(self, id: str, counts: Mapping[str, int]) -> None:
        """Store `counts` (token to a positive number, above 255 as 255) under `id`, replacing what was there."""
        self.remove(id)
        slot = self._names.take(id)
        held = _positive(counts)
        tokens, times = self._tokens.take_all(list(held)).tolist(), [min(often, MOST) for often in held.values()]
        self._postings.add(slot, tokens, times)
        self._tokens.hold(np.array(tokens, dtype=np.int64))
        self._count(np.array([slot]), np.array([sum(times)], dtype=np.float64))
        self._commons.note(tokens, slot, times, self._norms)

    def load(self, ids: Sequence[str], counts: Sequence[Mapping[str, int]]) -> None:
        """`put` for many ids, no two of them the same, at the price of a few."""
        self.erase(ids)
        slots = self._names.take_all(ids)
        held = np.array([len(one) for one in counts], dtype=np.int64)
        packed = [one for one in counts if isinstance(one, Packed)]
        if len(packed) == len(counts):
            tokens, often = numbered(packed, self._tokens.take_all)
        else:
            tokens = self._tokens.take_all(list(chain.from_iterable(counts)))
            often = np.fromiter(chain.from_iterable(one.values() for one in counts), np.int64, int(held.sum()))
        if often.min(initial=1) < 1:
            return self.load(ids, [_positive(one) for one in counts])
        often, owners = np.minimum(often, MOST), np.repeat(np.arange(len(ids)), held)
        self._postings.load(tokens, slots[owners].astype(np.uint32), often.astype(np.uint8))
        self._tokens.hold(tokens)
        self._count(slots, summed(owners, often.astype(np.float64), len(ids)))
        self._commons.clear()
        return None

    def remove(self, id: str) -> None:
        """Erase the counts of `id`; nothing happens if there are none."""
        self.erase([id])

    def erase(self, ids: Iterable[str]) -> None:
        """`remove` for many ids, at the price of one."""
        given = list(ids)
        slots = self._names.of(given)
        here = np.flatnonzero(
            (slots >= 0) & (slots < len(self._held)) & self._held[np.minimum(slots, len(self._held) - 1)]
        )
        if not len(here):
            return
        known, slots = list(map(given.__getitem__, here.tolist())), slots[here]
        gone = np.zeros(len(self._held), dtype=bool)
        gone[slots] = True
        self._tokens.release(self._postings.erase(gone))
        self._commons.erase(slots)
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
        common = terms[split:]
        if len(common.numbers):
            slots, scores = self._commons.finish(totals, common, self._norms, k)
        else:
            slots = np.flatnonzero(totals)
            scores = totals[slots]
        best = np.flatnonzero(scores >= kth(scores, k))
        order = best_first(self._names, slots[best], scores[best], k)
        return slots[best][order], scores[best][order]

    def ceiling(self, counts: Mapping[str, int]) -> float:
        """Return what a text of average length with every known token of `counts` once would score."""
        return float(sum(self._terms(counts).rarities.tolist()))

    def _count(self, slots: Places, lengths: Floats) -> None:
        self._lengths, self._held = roomy(self._lengths, self._names.size), roomy(self._held, self._names.size)
        self._lengths[slots], self._held[slots] = lengths, True
        self._texts += len(slots)
        self._total += float(lengths.sum())

    def _terms(self, tokens: Iterable[str]) -> Terms:
        find = self._tokens.number.get
        known = sorted((number, token) for token in tokens if (number := find(token)) is not None)
        numbers = np.array([number for number, _ in known], dtype=np.int64)
        starts, ends = self._postings.find(numbers)
        held = (ends - starts).sum(axis=0)
        by_name = sorted(range(len(known)), key=lambda place: known[place][1])
        order = np.array(by_name, dtype=np.int64)[np.argsort(held[by_name], kind="stable")]
        order = order[held[order] > 0]
        rare = rarities(self._texts, held[order])
        return Terms(numbers[order], held[order], rare, starts[:, order], ends[:, order])

    def _sum(self, terms: Terms) -> Floats:
        slots, times = self._postings.read(terms.starts, terms.ends)
        rare = np.repeat(np.tile(terms.rarities, len(terms.starts)), (terms.ends - terms.starts).ravel())
        return summed(slots, added(times, self._norms.of(slots), rare), self._names.size)

    @property
    def _norms(self) -> Norms:
        return Norms(self._lengths, self._total / self._texts if self._total else 1.0)


def _positive(counts: Mapping[str, int]) -> dict[str, int]:
    return {token: often for token, often in counts.items() if often > 0}
