"""Search by words and meaning together, over any collection that keeps a vector and token counts of its texts.

Everything a score rests on (how rare a word is, how long a text, what lies in the background) is taken from the texts
the reader may read and from no others, pooled over the collections. The answer is therefore the one an index would
give that never held the rest: a hidden text can be told neither by its absence nor by the order of others.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.bm25 import rarities
from matching.index import VectorIndex
from matching.lexical import LexicalIndex
from matching.numbers import highest
from matching.text import is_ideograph

Wording = Mapping[str, int]
Hits = list[tuple[str, float]]
Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
Term = tuple[float, Rows, Floats]

_K1 = 1.2
_B = 0.75
_SHARPNESS = 4
_WORDS = 2.0
_BACKGROUND = 256
_OTHER_WORDS = 0.8
_NEAR = 0.065  # chosen by `benchmarks/search_floor.py`
_MUCH, _WORD = 0.5, 0.2  # of what was typed, by rarity: what a text holds of it, and what one of its words is
_AMONG = 100  # texts without any of it, added where that is asked: among few texts a word that all hold is not common


class Hit(NamedTuple):
    """A text that was found, with its score in (0, 4], and whether it holds the words or is only near in meaning."""

    id: str
    score: float
    by_words: bool


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
    return [(shelf.ids[row], float(scores[row])) for row in _best(shelf.ids, scores, k)]


def find(
    collections: Sequence[Collection],
    vector: ArrayLike,
    wordings: Sequence[Wording],
    k: int,
    allowed: AbstractSet[str] | None = None,
    words: Sequence[AbstractSet[str]] = (),
) -> list[Hit]:
    """`similar`, without what is neither found by the words nor near enough in meaning to be worth reading.

    By words is a text that holds all of one wording, half of it by rarity, or one of the `words` (the tokens of each)
    that is a fifth of what was typed. Near enough is `floor` over the background: chance alone brings the best of more
    texts nearer, as it does the largest of n normal numbers. So the floor needs no cosine of any one encoder.
    """
    shelf = _Shelf(collections, allowed)
    if k < 1 or not shelf.ids:
        return []
    meaning = shelf.meaning(np.ascontiguousarray(vector, dtype=np.float32))
    holds = shelf.holds(wordings, words)
    scores = np.where(holds | (meaning >= floor(len(shelf.ids))), meaning + shelf.words(wordings), 0.0)
    return [Hit(shelf.ids[row], float(scores[row]), bool(holds[row])) for row in _best(shelf.ids, scores, k)]


def floor(texts: int) -> float:
    """How far over the background the nearest of n texts has to lie, to be shown for its meaning alone: √(2 ln n) times
    a constant."""
    return _NEAR * float(np.sqrt(2 * np.log(max(texts, 2))))


def _best(ids: Sequence[str], scores: Floats, k: int) -> list[int]:
    """The rows of the `k` best scores over nothing, best first, ties by id."""
    least = highest(scores, k) if k < len(scores) else 0.0
    found = ((-float(scores[row]), ids[row], row) for row in np.flatnonzero((scores >= least) & (scores > 0)).tolist())
    return [row for _, _, row in sorted(found)[:k]]


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
        mean = float(self._lengths.mean()) if self.ids else 1.0
        self._norms = _K1 * (1 - _B + _B * self._lengths / (mean or 1.0))
        self._terms: dict[str, Term] = {}

    def meaning(self, vector: NDArray[np.float32]) -> Floats:
        """How far each row lies over the background, the median of at most 256 rows drawn by hash. Shape (rows,)."""
        found = [one.vectors.cosines(vector)[read] for one, read, _ in self._parts]
        cosines = np.concatenate(found).astype(np.float64).round(6)
        sample = np.argpartition(self._lots, _BACKGROUND)[:_BACKGROUND] if len(cosines) > _BACKGROUND else slice(None)
        background = float(np.median(cosines[sample]))
        return np.maximum(0.0, (cosines - background) / max(1.0 - background, 1e-6))

    def words(self, wordings: Sequence[Wording]) -> Floats:
        """How well each row holds what was typed, from 0 to 3; other words for it count less. Shape (rows,)."""
        best = np.zeros(len(self.ids))
        for place, wording in enumerate(wordings):
            held = self._held([self._term(token) for token in sorted(wording)])
            best = np.maximum(best, held * (_OTHER_WORDS if place else 1.0))
        return best

    def holds(self, wordings: Sequence[Wording], words: Sequence[AbstractSet[str]]) -> NDArray[np.bool_]:
        """Whether each row holds enough of what was typed to be found by its words. Shape (rows,)."""
        found = np.zeros(len(self.ids), dtype=np.bool_)
        for wording in wordings:
            whole, share = self._rarity(wording), self._share(wording)
            found |= (share >= _MUCH * whole) & (share > 0)
        typed = self._rarity(wordings[0]) if wordings else 0.0
        for word in words:
            whole = self._rarity(word)
            if whole >= _WORD * typed:
                found |= (self._share(word) >= whole) & (whole > 0)
        return found

    def _rarity(self, tokens: Iterable[str]) -> float:
        return sum(self._weight(token) for token in sorted(tokens))

    def _share(self, tokens: Iterable[str]) -> Floats:
        """The rarity of what each row holds of these tokens."""
        share = np.zeros(len(self.ids))
        for token in sorted(tokens):
            share[self._term(token)[1]] += self._weight(token)
        return share

    def _weight(self, token: str) -> float:
        return float(rarities(len(self.ids) + _AMONG, np.array(len(self._term(token)[1]))))

    def _held(self, terms: Sequence[Term]) -> Floats:
        number, share = np.zeros(len(self.ids), dtype=np.int64), np.zeros(len(self.ids))
        total = sum(rarity for rarity, _, _ in terms) or 1.0
        for rarity, rows, saturation in terms:
            number[rows] += 1
            share[rows] += rarity / total * saturation
        holds_all = (number == len(terms)) & (number > 0)
        held: Floats = _WORDS * np.minimum(share, 1.0) ** _SHARPNESS + holds_all
        return held

    def _term(self, token: str) -> Term:
        """The token's rarity, the rows that hold it, and BM25's saturation of how often they do."""
        if token not in self._terms:
            rows, times = self._holders(token)
            self._terms[token] = (
                float(rarities(len(self.ids), np.array(len(rows)))),
                rows,
                times * (_K1 + 1) / (times + self._norms[rows]),
            )
        return self._terms[token]

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
