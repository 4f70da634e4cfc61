"""Rows of numbers in two halves each, so that an exact search reads half as much.

The upper half of a number, rounded, is a bfloat16. FAISS looks through those, a row lies no further from its own than
is known, and only the rows that can still be among the nearest are put together again and compared as they are.
"""

from threading import local
from typing import Any, Final

import faiss
import numpy as np
from numpy.typing import NDArray

from matching.numbers import roomy

Matrix = NDArray[np.float32]
Rows = NDArray[np.integer[Any]]
Half = NDArray[np.uint16]
_SPARE: Final = 2  # times as many rows as are wanted are looked at to begin with, and of a crowd a few more:
_CROWD: Final = 512  # one of so many
_ROUNDING: Final = 2.0**-23  # of a sum of products, by the number of products
_CHUNK: Final = 512  # rows put together at a time
_made: Final = local()


class Halves:
    """Rows of `dimension` finite numbers by place. What is put comes back as it was, bit for bit."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._upper: Half = np.zeros((16, dimension), dtype=np.uint16)
        self._lower: Half = np.zeros((16, dimension), dtype=np.uint16)
        self._away = 0.0  # how far a row may lie from its upper half, at most

    def make_room(self, size: int) -> None:
        """Let there be at least so many places."""
        self._upper, self._lower = roomy(self._upper, size, axis=0), roomy(self._lower, size, axis=0)

    def write(self, places: Rows, rows: Matrix) -> None:
        """Put `rows` (n, d) at `places` (n,)."""
        for start in range(0, len(places), _CHUNK):
            some, bits = (
                places[start : start + _CHUNK],
                np.ascontiguousarray(rows[start : start + _CHUNK]).view(np.uint32),
            )
            self._lower[some] = bits
            self._upper[some] = rounded = (bits + np.uint32(0x8000)) >> np.uint32(16)
            apart = bits.view(np.float32) - (rounded << np.uint32(16)).view(np.float32)
            long = np.linalg.norm(bits.view(np.float32), axis=1) * (self.dimension * _ROUNDING)
            self._away = max(self._away, float((np.linalg.norm(apart, axis=1) + long).max()))

    def move(self, place: int, other: int) -> None:
        """Put the row at `other` at `place`, and zeros where it was."""
        for half in (self._upper, self._lower):
            half[place] = half[other]
            half[other] = 0

    def read(self, places: Rows | slice) -> Matrix:
        """Return the rows at `places`, (n, d), put together again."""
        whole = self._upper[places].astype(np.uint32)
        whole <<= 16
        whole += self._lower[places].view(np.int16).astype(np.int32).view(np.uint32)
        return whole.view(np.float32)

    def cosines(self, vector: Matrix, size: int) -> Matrix:
        """Return the cosine of `vector` (d,) with each of the first `size` rows, none of which another has part in."""
        found = np.empty(size, dtype=np.float32)
        for start in range(0, size, _CHUNK):
            some = slice(start, min(start + _CHUNK, size))
            # einsum adds up each row by itself, so that its cosine does not depend on what stands beside it
            np.einsum("nd,d->n", self.read(some), vector, out=found[some])
        return found

    def nearest(self, vector: Matrix, size: int, k: int) -> tuple[Rows, Matrix]:
        """Return the places of at least the `k` nearest of the first `size` rows, all equals among them, with their
        cosines, (n,) each, nearest first."""
        places = self._able(vector, size, k)
        cosines, order = faiss.knn(vector[None, :], self.read(places), len(places), metric=faiss.METRIC_INNER_PRODUCT)
        return places[order[0]], cosines[0]

    def _able(self, vector: Matrix, size: int, k: int) -> Rows:
        """The rows that may be among the `k` nearest, by their upper halves."""
        looked, away = _SPARE * k + size // _CROWD, 2.0 * self._away * float(np.linalg.norm(vector))
        while looked < size // 2:
            places, rough = self._rough(vector, size, looked)
            least = np.partition(rough, looked - k)[looked - k] - away
            if rough.min() < least:
                return np.sort(places[rough >= least])
            looked *= 2
        return np.arange(size)

    def _rough(self, vector: Matrix, size: int, k: int) -> tuple[Rows, Matrix]:
        """The `k` rows whose upper halves are nearest, in no promised order, with the cosines of those."""
        scanner = _scanner(self.dimension)
        rough, places = np.full(k, -np.inf, dtype=np.float32), np.zeros(k, dtype=np.int64)
        scanner.set_query(faiss.swig_ptr(vector))
        scanner.set_list(0, 0.0)
        codes = faiss.swig_ptr(self._upper.view(np.uint8).reshape(-1))
        scanner.scan_codes(size, codes, None, faiss.swig_ptr(rough), faiss.swig_ptr(places), k)
        return places, rough


def _scanner(dimension: int) -> Any:
    """This thread's own, made once: FAISS lets nobody in Python give one back."""
    made = _made.__dict__.setdefault("by_dimension", {})
    if dimension not in made:
        quantizer = faiss.ScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_bf16)
        scanner = quantizer.select_InvertedListScanner(faiss.METRIC_INNER_PRODUCT, None, True, None)
        made[dimension] = quantizer, scanner
    return made[dimension][1]
