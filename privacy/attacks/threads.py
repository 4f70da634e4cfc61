"""The cross-thread linkers: do labels, tokens or ids tell that two threads are by one hand?

Each linker scores pairs of threads, higher for more alike; what counts is the area under the ROC curve (Mann and Whitney
1947) for pairs by one hand against pairs by two. Pairs by one hand are neighbours in that member's own list: written in
one sitting, or one after the other, which is where any counter or clock in a label shows best.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from privacy.attacks.figures import auc_interval
from privacy.errors import WeakInput

LOWEST, HIGHEST = 0.48, 0.52
"""What is accepted of an area: no better than chance, and no worse either."""
NGRAM = 3
Bytes = npt.NDArray[np.uint8]
Scores = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Linkage:
    """How well one linker over one kind of label tells pairs by one hand; `equal` counts labels that come twice."""

    label: str
    linker: str
    auc: float
    low: float
    high: float
    equal: int

    @property
    def holds(self) -> bool:
        """Whether it is chance, and no label comes twice."""
        return LOWEST <= self.auc <= HIGHEST and self.equal == 0


def link(
    labels: Mapping[str, Sequence[str]], author: Sequence[int], *, pairs: int = 100_000, seed: int = 0
) -> list[Linkage]:
    """Every linker over every kind of label; worst first.

    `labels` kind → one label a thread, hexadecimal or decimal, in the order in which the threads were written; `author`
    a number for each thread. At most `pairs` pairs of each sort are drawn. WeakInput without two authors, or without
    two threads of one.
    """
    one, two = _pairs(np.asarray(author), pairs, np.random.default_rng(seed))
    found = [linkage for kind, values in labels.items() for linkage in _link_kind(kind, values, one, two)]
    return sorted(found, key=lambda linkage: (linkage.equal == 0, -abs(linkage.auc - 0.5)))


def _link_kind(kind: str, values: Sequence[str], one: Integers, two: Integers) -> list[Linkage]:
    equal = len(values) - len(set(values))
    letters = _letters(values)
    places = _order(letters)
    linkers: dict[str, Callable[[Integers], Scores]] = {
        "exact": lambda pairs: (letters[pairs[0]] == letters[pairs[1]]).all(axis=1).astype(np.float64),
        "prefix": lambda pairs: _shared_prefix(letters[pairs[0]], letters[pairs[1]]),
        "n-gram": lambda pairs: _shared_grams(letters[pairs[0]], letters[pairs[1]]),
        "order": lambda pairs: -np.abs(places[pairs[0]] - places[pairs[1]]),
    }
    found = []
    for name, score in linkers.items():
        area = _area(score(one), score(two))
        found.append(Linkage(kind, name, area, *auc_interval(area, one.shape[1], two.shape[1]), equal))
    return found


def _pairs(author: Integers, limit: int, rng: np.random.Generator) -> tuple[Integers, Integers]:
    """(2, n) places of pairs by one hand, neighbours in that hand's list; and of pairs by two."""
    order = np.argsort(author, kind="stable")
    same = author[order[1:]] == author[order[:-1]]
    one = np.stack([order[:-1][same], order[1:][same]])
    if not one.size or not (author != author[0]).any():
        raise WeakInput("author", "two authors, one of them with two threads")
    one = one[:, rng.permutation(one.shape[1])[:limit]]
    drawn = rng.integers(0, len(author), (2, 4 * limit))
    return one, drawn[:, author[drawn[0]] != author[drawn[1]]][:, :limit]


def _letters(values: Sequence[str]) -> Bytes:
    width = max(map(len, values))
    return np.frombuffer("".join(value.rjust(width, "0") for value in values).encode("ascii"), np.uint8).reshape(
        -1, width
    )


def _order(letters: Bytes) -> Scores:
    """Each label's place among all of its kind: labels of one width order as numbers do."""
    whole = np.ascontiguousarray(letters).view(f"S{letters.shape[1]}").ravel()
    return np.unique(whole, return_inverse=True)[1].astype(np.float64)


def _shared_prefix(a: Bytes, b: Bytes) -> Scores:
    return np.asarray(np.cumprod(a == b, axis=1).sum(axis=1), dtype=np.float64)


def _shared_grams(a: Bytes, b: Bytes) -> Scores:
    """How many runs of NGRAM characters of the one are anywhere in the other."""
    grams_a, grams_b = _grams(a), _grams(b)
    found = np.zeros(len(a))
    for at in range(grams_a.shape[1]):
        found += (grams_b == grams_a[:, at : at + 1]).any(axis=1)
    return found


def _grams(letters: Bytes) -> npt.NDArray[np.int32]:
    wide = letters.astype(np.int32)
    width = wide.shape[1] - NGRAM + 1
    return np.asarray(sum(wide[:, at : at + width] << (8 * at) for at in range(NGRAM)), dtype=np.int32)


def _area(ours: Scores, others: Scores) -> float:
    ranks = rankdata(np.concatenate([ours, others]))
    above = ranks[: len(ours)].sum() - len(ours) * (len(ours) + 1) / 2
    return float(above / (len(ours) * len(others)))
