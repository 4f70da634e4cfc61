"""Rows of numbers in half precision (IEEE 754 binary16): half the memory, and half of what a search has to read.

It moves the cosines of unit rows by some 10⁻⁵. Among many rows those that can be the nearest are found by a `Sketch`,
and only they are compared as they stand here: of 800 questions among 20,000 to 222,000 threads one missed the last of
its 256 neighbours.
"""

from threading import local
from typing import Any, Final

import faiss
import numpy as np
from numpy.typing import NDArray

from matching.numbers import highest, roomy
from matching.sketch import Sketch

Matrix = NDArray[np.float32]
Half = NDArray[np.float16]
Rows = NDArray[np.integer[Any]]
_MANY: Final = 16_384  # rows from which a sketch is worth its keep
_SPARE: Final = 2  # times as many rows as are wanted come out, since equals at the cut must all be there
_LOOKED: Final = 4  # times as many rows as are wanted are compared to begin with,
_CROWD: Final = 40  # and of a crowd one of so many more,
_SURE: Final = 3.0  # until whatever was left out would have to be off by so many times the root of its mean square
_CHUNK: Final = 4096  # rows read at a time
_made: Final = local()


class Halves:
    """Rows of `dimension` numbers by place, none beyond ±65,504. What is put comes back rounded to eleven bits."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._rows: Half = np.zeros((16, dimension), dtype=np.float16)
        self._sketch: Sketch | None = None

    def make_room(self, size: int) -> None:
        """Let there be at least so many places."""
        self._rows = roomy(self._rows, size, axis=0)

    def write(self, places: Rows, rows: NDArray[np.floating]) -> None:
        """Put `rows` (n, d) at `places` (n,)."""
        self._rows[places] = rows
        if self._sketch is not None and int(places.max(initial=0)) >= self._sketch.room:
            self._sketch.clear()  # a new one is made when somebody looks, of columns as they are by then
            self._sketch = None
        elif self._sketch is not None:
            self._sketch.write(places, self.read(places))

    def move(self, place: int, other: int) -> None:
        """Put the row at `other` at `place`, and zeros where it was."""
        self._rows[place] = self._rows[other]
        self._rows[other] = 0
        if self._sketch is not None:
            self._sketch.move(place, other)

    def read(self, places: Rows | slice) -> Matrix:
        """Return the rows at `places`, (n, d)."""
        codes = np.ascontiguousarray(self._rows[places])
        found: Matrix = _tools(self.dimension)[0].decode(codes.view(np.uint8))
        return found

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
        cosines, (n,) each, in no promised order."""
        looked = _SPARE * k
        while looked < size:
            places, cosines = self._nearest(vector, size, k, looked)
            if cosines.min() < highest(cosines, k):
                return places, cosines
            looked *= 2
        return self._compared(vector, slice(0, size), size)

    def _nearest(self, vector: Matrix, size: int, k: int, wanted: int) -> tuple[Rows, Matrix]:
        """The places of the `wanted` nearest rows and their cosines; beyond the `k` nearest others may be missing."""
        looked = _LOOKED * k + size // _CROWD
        while size >= _MANY and looked < size // 4:
            sketch = self._sketched(size)
            places, rough = sketch.nearest(vector, size, looked)
            within, cosines = self._compared(vector, places, min(wanted, looked))
            off = float(np.sqrt(np.mean((cosines - rough[within]) ** 2)))
            if rough.min() + _SURE * off <= highest(cosines, k):
                return places[within], cosines
            looked *= 2
        return self._compared(vector, slice(0, size), wanted)

    def _compared(self, vector: Matrix, places: Rows | slice, k: int) -> tuple[Rows, Matrix]:
        """The `k` nearest among the rows at `places`: where in them each stands, and its cosine."""
        rows = self._rows[places] if isinstance(places, slice) else self._rows.take(places, axis=0)  # take is faster
        codes, scanner = np.ascontiguousarray(rows), _tools(self.dimension)[1]
        cosines, within = np.full(k, -np.inf, dtype=np.float32), np.zeros(k, dtype=np.int64)
        scanner.set_query(faiss.swig_ptr(vector))
        scanner.set_list(0, 0.0)
        faiss_codes = faiss.swig_ptr(codes.view(np.uint8).reshape(-1))
        scanner.scan_codes(len(codes), faiss_codes, None, faiss.swig_ptr(cosines), faiss.swig_ptr(within), k)
        return within, cosines

    def _sketched(self, size: int) -> Sketch:
        """The sketch of the rows, made when it is first looked at."""
        if self._sketch is None:
            self._sketch = Sketch(self.read, size, size + size // 4)
        return self._sketch


def finite(rows: NDArray[np.floating]) -> bool:
    """Whether no number is NaN or infinite."""
    if rows.dtype == np.float16:  # NumPy looks at each of those in turn
        return not bool(((rows.view(np.uint16) & 0x7C00) == 0x7C00).any())
    return bool(np.isfinite(rows).all())


def _tools(dimension: int) -> tuple[Any, Any]:
    """This thread's own quantizer and scanner, made once: FAISS lets nobody in Python give a scanner back."""
    made = _made.__dict__.setdefault("by_dimension", {})
    if dimension not in made:
        quantizer = faiss.ScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16)
        made[dimension] = quantizer, quantizer.select_InvertedListScanner(faiss.METRIC_INNER_PRODUCT, None, True, None)
    found: tuple[Any, Any] = made[dimension]
    return found
