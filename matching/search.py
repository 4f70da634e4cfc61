"""Search by words and meaning together, over any collection that keeps a vector and token counts of its texts.

Everything a score rests on (how rare a word is, how long a text, what lies in the background) is taken from the texts
the reader may read and from no others, pooled over the collections. The answer is therefore the one an index would
give that never held the rest: a hidden text can be told neither by its absence nor by the order of others.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.index import VectorIndex
from matching.lexical import LexicalIndex
from matching.numbers import highest
from matching.text import is_ideograph

Wording = Mapping[str, int]
Hits = list[tuple[str, float]]
Rows = NDArray[np.int64]
Floats = NDArray[np.float64]

_K1 = 1.2
_B = 0.75
_SHARPNESS = 4
_WORDS = 2.0
_BACKGROUND = 256
_OTHER_WORDS = 0.8


class Collection(Protocol):
    """Texts under string ids, each with its unit vector and its token counts."""

    @property
    def vectors(self) -> VectorIndex:
        """The vectors, one dimension in all collections searched together."""
        ...

    @property
    def words(self) -> LexicalIndex:
        """The token counts, under the same ids."""
        ...


def similar(
    collections: Sequence[Collection],
    vector: ArrayLike,
    wordings: Sequence[Wording],
    k: int,
    allowed: AbstractSet[str] | None = None,
) -> Hits:
    """Return the `k` best texts among those `allowed` (None: all), best first, ties by id, with a score in (0, 4].

    `vector` (d,) is the query's, `wordings` its token counts: as typed, then with other words for the same thing (see
    `reword`). The score is meaning + 2 · share^4 + whether the text holds every word. Meaning is the cosine over the
    background, 1 for the same text. Share is BM25 (Robertson and Zaragoza 2009) over what a text of average length with
    each word once would reach. So meaning decides where no text holds much of what was typed, and words where one does:
    a text with every word stands before all with none. A sum of normalised scores after Bruch et al. 2023, "An Analysis
    of Fusion Functions for Hybrid Retrieval"; a plain sum is worse than its better part wherever the other is poor.
    """
    shelf = _Shelf(collections, allowed)
    if k < 1 or not shelf.ids:
        return []
    scores = shelf.meaning(np.ascontiguousarray(vector, dtype=np.float32)) + shelf.words(wordings)
    least = highest(scores, k) if k < len(scores) else 0.0
    found = ((-float(scores[row]), shelf.ids[row]) for row in np.flatnonzero((scores >= least) & (scores > 0)))
    return [(id, -score) for score, id in sorted(found)[:k]]


class _Shelf:
    """The texts of all collections that may be read, in rows, with statistics of their own."""

    def __init__(self, collections: Sequence[Collection], allowed: AbstractSet[str] | None) -> None:
        self.ids: list[str] = []
        self._parts: list[tuple[Collection, Rows, Rows]] = []  # with its rows read, and the row here of each slot
        lengths, lots = [np.zeros(0)], [np.zeros(0, dtype=np.uint64)]
        for collection in collections:
            ids = list(collection.vectors.ids)
            read = np.arange(len(ids))
            if allowed is not None:
                read = np.flatnonzero(np.fromiter(map(allowed.__contains__, ids), dtype=bool, count=len(ids)))
                ids = [ids[row] for row in read.tolist()]
            slots = collection.vectors.numbers_in(collection.words.names)[read]
            row_of = np.full(len(collection.words.lengths), -1, dtype=np.int64)
            row_of[slots] = np.arange(len(self.ids), len(self.ids) + len(ids))
            self.ids += ids
            self._parts.append((collection, read, row_of))
            lengths.append(collection.words.lengths[slots].astype(np.float64))
            lots.append(collection.vectors.lots[read])
        self._lengths, self._lots = np.concatenate(lengths), np.concatenate(lots)

    def meaning(self, vector: NDArray[np.float32]) -> Floats:
        """How far each row lies over the background, the median of at most 256 rows drawn by hash. Shape (rows,)."""
        found = [one.vectors.cosines(vector)[read] for one, read, _ in self._parts]
        cosines = np.concatenate(found).astype(np.float64).round(6)
        sample = np.argpartition(self._lots, _BACKGROUND)[:_BACKGROUND] if len(cosines) > _BACKGROUND else slice(None)
        background = float(np.median(cosines[sample]))
        return np.maximum(0.0, (cosines - background) / max(1.0 - background, 1e-6))

    def words(self, wordings: Sequence[Wording]) -> Floats:
        """How well each row holds what was typed, from 0 to 3; other words for it count less. Shape (rows,)."""
        mean = float(self._lengths.mean()) or 1.0
        norms = _K1 * (1 - _B + _B * self._lengths / mean)
        weighed = {token: self._weighed(token, norms) for token in sorted({t for one in wordings for t in one})}
        best = np.zeros(len(self.ids))
        for place, wording in enumerate(wordings):
            held = self._held([weighed[token] for token in sorted(wording)])
            best = np.maximum(best, held * (_OTHER_WORDS if place else 1.0))
        return best

    def _held(self, terms: Sequence[tuple[float, Rows, Floats]]) -> Floats:
        number, share = np.zeros(len(self.ids), dtype=np.int64), np.zeros(len(self.ids))
        total = sum(rarity for rarity, _, _ in terms) or 1.0
        for rarity, rows, saturation in terms:
            number[rows] += 1
            share[rows] += rarity / total * saturation
        holds_all = (number == len(terms)) & (number > 0)
        held: Floats = _WORDS * np.minimum(share, 1.0) ** _SHARPNESS + holds_all
        return held

    def _weighed(self, token: str, norms: Floats) -> tuple[float, Rows, Floats]:
        """The token's rarity, the rows that hold it, and BM25's saturation of how often they do."""
        rows, times = self._holders(token)
        rarity = float(np.log1p((len(self.ids) - len(rows) + 0.5) / (len(rows) + 0.5)))
        return rarity, rows, times * (_K1 + 1) / (times + norms[rows])

    def _holders(self, token: str) -> tuple[Rows, Floats]:
        rows, times = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
        for collection, _, row_of in self._parts:
            for one in _spellings(token, collection.words):
                slots, often = collection.words.holders(one)
                rows.append(row_of[slots])
                times.append(often.astype(np.float64))
        together, count = np.concatenate(rows), np.concatenate(times)
        read = together >= 0
        return _summed(together[read], count[read]) if is_ideograph(token) else (together[read], count[read])


def _spellings(token: str, words: LexicalIndex) -> list[str]:
    """The tokens that stand for `token`: a single kanji stands inside bigrams."""
    return [one for one in words.vocabulary if token in one] if is_ideograph(token) else [token]


def _summed(rows: Rows, times: Floats) -> tuple[Rows, Floats]:
    """Each row once: the bigrams around a kanji may share a text."""
    unique, place = np.unique(rows, return_inverse=True)
    summed: Floats = np.bincount(place, weights=times, minlength=len(unique)).astype(np.float64)
    return unique, summed
