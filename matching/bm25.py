"""What a token of a query adds to the score of a text.

Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", k1 = 1.2, b = 0.75, with the idf
that stays positive, log(1 + (N - n + 0.5) / (n + 0.5)). A token of the query counts once.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.numbers import highest
from matching.postings import Times

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
_K1: Final = 1.2
_B: Final = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The tokens of a query that some text holds, from the rarest to the most common, equals by name: (n,) each, and
    where their postings stand, (blocks, n) each."""

    numbers: Places
    held: Places
    rarities: Floats
    starts: Places
    ends: Places

    def __getitem__(self, piece: slice) -> "Terms":
        return Terms(
            self.numbers[piece], self.held[piece], self.rarities[piece], self.starts[:, piece], self.ends[:, piece]
        )


@dataclass(frozen=True, slots=True, eq=False)
class Norms:
    """What the length of a text takes from how often a token stands in it: the number of tokens in each slot, and the
    mean over all texts."""

    lengths: NDArray[np.float32]
    mean: float

    @property
    def size(self) -> int:
        """Slots there is room for."""
        return len(self.lengths)

    def of(self, slots: Places) -> Floats:
        """The norm of the text in each slot, (n,)."""
        norms = self.lengths.take(slots).astype(np.float64)
        norms *= _K1 * _B / self.mean
        norms += _K1 * (1 - _B)
        return norms

    def at_mean(self, mean: float) -> "Norms":
        """The same were the mean length another."""
        return Norms(self.lengths, mean)


def rarities(texts: int, held: Places) -> Floats:
    """The idf of tokens that so many of the `texts` hold, (n,)."""
    return np.asarray(np.log1p((texts - held + 0.5) / (held + 0.5)), dtype=np.float64)


def added(times: Times, norms: Floats, rarity: Floats | float) -> Floats:
    """What a token adds to each text that holds it so many `times`, (n,)."""
    often = times.astype(np.float64)
    under = often + norms
    often *= rarity * (_K1 + 1)
    often /= under
    return often


def most(rarity: Floats, bounds: Floats) -> Floats:
    """What a token adds at most where times / (times + norm) is within its bound, (n,)."""
    return rarity * (_K1 + 1) * bounds


def kth(totals: Floats, k: int) -> float:
    """Return the k-th largest of non-negative `totals`, 0 where fewer are positive; most are never compared."""
    least = 0.5 * float(totals.max(initial=0.0))
    while least > 1e-9:
        high = totals[totals >= least]
        if len(high) >= k:
            return highest(high, k)
        least *= 0.6
    return 0.0
