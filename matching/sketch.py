"""Rows of numbers in two bits each, by which the few that can be nearest are found among very many.

Texts of one trade all lie on one side: their mean is long, and would carry most of the error into every product. So the
rows are turned (a Householder reflection) until the mean is the first column alone, which gets four bits; every other
number falls into one of four parts of its column, as wide as loses least of a normal distribution (Max, "Quantizing for
minimum distortion", 1960, table 2). FAISS then adds up the products of two columns at a time, thirty-two rows at once,
from tables that stay in registers (André, Kermarrec and Le Scouarnec, "Quicker ADC", 2019): an eighth of the rows in
half precision is read, and the caches keep what else they hold.
"""

from collections.abc import Callable
from typing import Any, Final

import faiss
import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Codes = NDArray[np.uint8]
Rows = NDArray[np.integer[Any]]
_STEP: Final = 0.9957  # deviations, the width of one of 4 parts
_FINE: Final = 0.3352  # and of one of 16
_LOST: Final = 0.1188  # of the variance, in 4 parts
_NARROWEST: Final = 1e-9  # where all rows agree
_SAMPLE: Final = 1024  # rows that tell mean and deviation
_CHUNK: Final = 4096  # rows read at a time
_PER_BYTE: Final = 4


class Sketch:
    """Sketches of rows by place, up to a fixed number of places."""

    def __init__(self, read: Callable[[Rows], Matrix], size: int, room: int) -> None:
        """Sketch the rows at the first `size` places as `read` gives them, (n, d) of (n,), with room for so many."""
        sample = _filled(read(np.linspace(0, size - 1, min(size, _SAMPLE)).astype(np.int64)))
        self.room = room
        self._across = _across(sample.mean(axis=0))
        turned = self._turned(sample)
        self._mean, self._width = turned.mean(axis=0), turned.std(axis=0) * np.float32(_STEP)
        self._width[0] *= np.float32(_FINE / _STEP)
        self._width = np.maximum(self._width, np.float32(_NARROWEST))
        codes = np.zeros((room, sample.shape[1] // _PER_BYTE), dtype=np.uint8)
        for start in range(0, size, _CHUNK):
            some = np.arange(start, min(start + _CHUNK, size))
            codes[some] = self._codes(read(some))
        self._index = self._packed(codes)
        self._packer = self._index.get_CodePacker()
        self._blocks = faiss.rev_swig_ptr(self._index.codes.get(), self._index.codes.size())

    def write(self, places: Rows, rows: Matrix) -> None:
        """Sketch `rows` (n, d) at `places` (n,), all of them below `room`."""
        for place, code in zip(places.tolist(), self._codes(rows), strict=True):
            self._put(place, code)

    def at(self, place: int) -> Codes:
        """The sketch at `place`, (bytes,): a copy."""
        code = np.zeros(self._packer.code_size, dtype=np.uint8)
        block, within = self._block(place)
        self._packer.unpack_1_c(faiss.swig_ptr(block), within, faiss.swig_ptr(code))
        return code

    def move(self, place: int, other: int) -> None:
        """Put the sketch at `other` at `place`, and zeros where it was."""
        code = self.at(other)
        self._put(place, code)
        self._put(other, np.zeros_like(code))

    def clear(self) -> None:
        """Overwrite everything."""
        for array in (self._blocks, self._across, self._mean, self._width):
            array[...] = 0

    def nearest(self, vector: Matrix, size: int, k: int) -> tuple[Rows, Matrix]:
        """Return the places of the `k` of the first `size` rows that look nearest to `vector` (d,), with their inner
        products as far as the sketch tells, (k,) each, best first."""
        self._index.ntotal, self._index.ntotal2 = size, -(-size // self._packer.nvec) * self._packer.nvec
        products, places = self._index.search(self._turned(_filled(vector[None, :])), k)
        return places[0], products[0]

    def _turned(self, rows: Matrix) -> Matrix:
        """The rows (n, d) reflected, which changes no inner product."""
        return np.asarray(rows - np.outer(rows @ self._across, 2.0 * self._across), dtype=np.float32)

    def _codes(self, rows: Matrix) -> Codes:
        """The sketch of each row, (n, bytes)."""
        parts = (self._turned(_filled(rows)) - self._mean) / self._width
        fine = np.clip(np.floor(parts[:, 0]) + 8.0, 0.0, 15.0).astype(np.uint8)
        part = (parts > 0).astype(np.uint8) + (parts > -1) + (parts > 1)
        part[:, 0], part[:, 1] = fine & 3, fine >> 2  # the second column gives its two bits to the first
        found = np.zeros((len(rows), part.shape[1] // _PER_BYTE), dtype=np.uint8)
        for place in range(_PER_BYTE):
            found |= part[:, place::_PER_BYTE] << np.uint8(2 * place)
        return found

    def _packed(self, codes: Codes) -> Any:
        """The codes as FAISS searches them. Of the plain ones nothing is left."""
        pairs = codes.shape[1] * 2
        plain = faiss.IndexPQ(2 * pairs, pairs, 4, faiss.METRIC_INNER_PRODUCT)
        both = np.arange(16)
        levels = np.stack([both & 3, both >> 2], axis=-1) - 1.5  # (16, 2)
        levels /= 1.0 - _LOST  # what stands for a part varies less than its rows, and products would be too small
        centres = self._mean.reshape(-1, 1, 2) + self._width.reshape(-1, 1, 2) * levels
        centres[0] = self._mean[:2] + self._width[:2] * np.stack([both - 7.5, 0.0 * both], axis=-1)
        faiss.copy_array_to_vector(centres.astype(np.float32).ravel(), plain.pq.centroids)
        faiss.copy_array_to_vector(codes.ravel(), plain.codes)
        plain.is_trained, plain.ntotal = True, len(codes)
        index = faiss.IndexPQFastScan(plain)
        faiss.rev_swig_ptr(plain.codes.data(), codes.size)[...] = 0
        codes[...] = 0
        return index

    def _put(self, place: int, code: Codes) -> None:
        block, within = self._block(place)
        self._packer.pack_1_c(faiss.swig_ptr(np.ascontiguousarray(code)), within, faiss.swig_ptr(block))

    def _block(self, place: int) -> tuple[Codes, int]:
        """The block in which the sketch at `place` stands, and where in it."""
        number, within = divmod(place, self._packer.nvec)
        start = number * self._packer.block_size
        return self._blocks[start : start + self._packer.block_size], within


def _filled(rows: Matrix) -> Matrix:
    """Rows with zeros behind, until their columns fill bytes."""
    missing = -rows.shape[1] % _PER_BYTE
    return np.pad(rows, ((0, 0), (0, missing))) if missing else rows


def _across(mean: Matrix) -> Matrix:
    """The unit vector (d,) across which `mean` is reflected onto the first axis; zeros where it lies there."""
    across = mean.astype(np.float64)
    across[0] -= np.linalg.norm(across)
    length = np.linalg.norm(across)
    return np.asarray(across / length if length > 1e-9 else across * 0.0, dtype=np.float32)
