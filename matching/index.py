"""Nearest vectors, exactly: rows of one matrix under string ids, searched by FAISS, from which removal is real."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

import faiss
import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.numbers import Numbers, best_first, roomy

faiss.omp_set_num_threads(1)  # measured: two threads are slower than one on a flat index of this width

Matrix = NDArray[np.float32]
_BACKGROUND: Final = 256


class WrongShapeError(ValueError):
    """A vector has another length than the index, or holds NaN or infinity."""

    def __init__(self, wanted: int, got: tuple[int, ...]) -> None:
        super().__init__(f"expected a finite vector of {wanted} numbers, got shape {got}")
        self.wanted = wanted
        self.got = got


class VectorIndex:
    """Unit vectors under string ids. Not safe for threads that write: the caller holds the lock.

    What it answers depends on what it holds, never on the order of puts and removals. A removed row is overwritten by
    the last one, whose own place is then zeros.
    """

    def __init__(self, dimension: int, names: Numbers | None = None) -> None:
        self.dimension = dimension
        self._names = names or Numbers()
        self._owns_names = names is None
        self._matrix: Matrix = np.zeros((16, dimension), dtype=np.float32)
        self._number: NDArray[np.int32] = np.zeros(16, dtype=np.int32)  # by row
        self._row: NDArray[np.int32] = np.full(16, -1, dtype=np.int32)  # by number
        self._lot: NDArray[np.uint64] = np.zeros(16, dtype=np.uint64)  # by row: a hash of the id, which draws a sample
        self._used = 0
        self._sample: NDArray[np.int32] | None = None  # rows of the smallest lots

    def __len__(self) -> int:
        return self._used

    def __contains__(self, id: str) -> bool:
        return self._place(id) >= 0

    @property
    def ids(self) -> Iterator[str]:
        """The ids held, in no promised order."""
        return (self._names.name[number] for number in self._number[: self._used].tolist())

    @property
    def lots(self) -> NDArray[np.uint64]:
        """A hash of each id, (n,), in the order of `ids` and `matrix`: a sample is drawn by the smallest."""
        return self._lot[: self._used]

    @property
    def matrix(self) -> Matrix:
        """All vectors, (n, d), in the order of `ids`; a view that the next change may overwrite."""
        return self._matrix[: self._used]

    def put(self, id: str, vector: ArrayLike) -> None:
        """Store `vector` (d unit floats) under `id`, replacing what was there. Raises WrongShapeError."""
        self.load([id], checked(vector, self.dimension)[None, :])

    def load(self, ids: Sequence[str], vectors: Matrix) -> None:
        """Store a row of `vectors` (n, d) under each of `ids`, no two of them the same. Raises WrongShapeError."""
        if vectors.shape != (len(ids), self.dimension) or not np.isfinite(vectors).all():
            raise WrongShapeError(self.dimension, vectors.shape)
        numbers = [self._names.take(id) for id in ids]
        self._row = roomy(self._row, self._names.size, -1)
        new = [(number, id) for number, id in zip(numbers, ids, strict=True) if self._row[number] < 0]
        self._append([number for number, _ in new], [_lot(id) for _, id in new])
        self._matrix[self._row[numbers]] = vectors

    def remove(self, id: str) -> None:
        """Erase the vector of `id`; nothing happens if there is none."""
        row = self._place(id)
        if row < 0:
            return
        last = self._used - 1
        self._forget_sample(self._lot[row])
        self._forget_sample(self._lot[last])  # whose vector now stands elsewhere
        for column in (self._matrix, self._number, self._lot):
            column[row] = column[last]
            column[last] = 0
        if row != last:
            self._row[self._number[row]] = row
        self._row[self._names.number[id]] = -1
        self._used = last
        if self._owns_names:
            self._names.drop(id)

    def vector(self, id: str) -> Matrix:
        """Return a copy of the stored vector, shape (d,). Raises KeyError."""
        row = self._place(id)
        if row < 0:
            raise KeyError(id)
        found: Matrix = self._matrix[row].copy()
        return found

    def search(self, vector: ArrayLike, k: int) -> list[tuple[str, float]]:
        """Return the `k` nearest ids with their cosine, nearest first, ties by id, whatever order they came in."""
        numbers, scores = self.nearest(vector, k)
        return [
            (self._names.name[number], score) for number, score in zip(numbers.tolist(), scores.tolist(), strict=True)
        ]

    def nearest(self, vector: ArrayLike, k: int) -> tuple[NDArray[np.int32], Matrix]:
        """`search` with the numbers of the ids: numbers and cosines, (at most k,) each."""
        row = checked(vector, self.dimension)
        wanted = max(min(k, len(self)), 0)
        if not wanted:
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        scores, rows = self._fetch(row, wanted + 1)
        # equals at the cut are told apart by id, so all of them must have been fetched
        while len(rows) < len(self) and scores[-1] == scores[wanted - 1]:
            scores, rows = self._fetch(row, 2 * len(rows))
        numbers = self._number[rows]
        best = best_first(self._names, numbers, scores, wanted)
        return numbers[best], scores[best]

    def background(self, vector: ArrayLike) -> float:
        """Return the median cosine of `vector` with a fixed sample of at most 256 stored vectors, 0.0 when empty.

        The sample is the ids with the smallest hash, so every backend and every rebuild draws the same one.
        """
        row = checked(vector, self.dimension)
        if not self._used:
            return 0.0
        if self._sample is None:
            lots = self._lot[: self._used]
            least = np.argpartition(lots, _BACKGROUND)[:_BACKGROUND] if self._used > _BACKGROUND else slice(None)
            rows = np.arange(self._used, dtype=np.int32)[least]
            self._sample = rows[np.argsort(lots[rows])]
        return float(np.median(self._matrix[self._sample] @ row))

    def _fetch(self, row: Matrix, k: int) -> tuple[Matrix, NDArray[np.int64]]:
        scores, rows = faiss.knn(row[None, :], self.matrix, min(k, len(self)), metric=faiss.METRIC_INNER_PRODUCT)
        return scores[0], rows[0]

    def _place(self, id: str) -> int:
        number = self._names.number.get(id, len(self._row))
        return int(self._row[number]) if number < len(self._row) else -1

    def _append(self, numbers: list[int], lots: list[int]) -> None:
        start, stop = self._used, self._used + len(numbers)
        self._matrix = roomy(self._matrix, stop, axis=0)
        self._number, self._lot = roomy(self._number, stop), roomy(self._lot, stop)
        self._number[start:stop], self._lot[start:stop] = numbers, lots
        self._row[numbers] = np.arange(start, stop)
        self._used = stop
        for lot in lots:
            self._forget_sample(lot)

    def _forget_sample(self, lot: int) -> None:
        """Draw again once a lot among the smallest comes or goes: that is rare where there are many."""
        if self._sample is None or len(self._sample) < _BACKGROUND or lot <= self._lot[self._sample[-1]]:
            self._sample = None


def checked(vector: ArrayLike, dimension: int) -> Matrix:
    """Return `vector` as `dimension` contiguous float32 numbers. Raises WrongShapeError."""
    row = np.ascontiguousarray(vector, dtype=np.float32)
    if row.shape != (dimension,) or not np.isfinite(row).all():
        raise WrongShapeError(dimension, row.shape)
    return row


def _lot(id: str) -> int:
    return int.from_bytes(hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
