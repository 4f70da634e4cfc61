"""Nearest vectors, exactly: rows under string ids, searched by FAISS, from which removal is real."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

import faiss
import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.halves import Halves, finite
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

    What it answers depends on what it holds, never on the order of puts and removals, but for the rare neighbour that a
    sketch misses among very many (`halves`). A removed row is overwritten by the last one, whose place is then zeros.
    """

    def __init__(self, dimension: int, names: Numbers | None = None) -> None:
        self.dimension = dimension
        self._names = names or Numbers()
        self._owns_names = names is None
        self._rows = Halves(dimension)
        self._number: NDArray[np.int32] = np.zeros(16, dtype=np.int32)  # by row
        self._row: NDArray[np.int32] = np.full(16, -1, dtype=np.int32)  # by number
        self._lot: NDArray[np.uint64] = np.zeros(16, dtype=np.uint64)  # by row: a hash of the id, which draws a sample
        self._used = 0
        self._sample: Matrix | None = None  # vectors of the smallest lots
        self._drawn = np.uint64(0)  # the largest of these lots

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

    def numbers_in(self, names: Numbers) -> NDArray[np.int64]:
        """The number of each id in `names`, (n,), in the order of `ids`."""
        mine = self._number[: self._used].astype(np.int64)
        return mine if names is self._names else names.of(self.ids)

    @property
    def matrix(self) -> Matrix:
        """A copy of all vectors, (n, d), in the order of `ids`."""
        return self._rows.read(slice(0, self._used))

    def make_room(self, size: int) -> None:
        """Let there be at least so many places, so that what is held need not move as more comes."""
        self._rows.make_room(size)

    def put(self, id: str, vector: ArrayLike) -> None:
        """Store `vector` (d unit floats) under `id`, replacing what was there. Raises WrongShapeError."""
        self.load([id], checked(vector, self.dimension)[None, :])

    def load(self, ids: Sequence[str], vectors: NDArray[np.floating]) -> None:
        """Store a row of `vectors` (n, d) under each of `ids`, no two of them the same. Raises WrongShapeError."""
        if vectors.shape != (len(ids), self.dimension) or not finite(vectors):
            raise WrongShapeError(self.dimension, vectors.shape)
        numbers = self._names.take_all(ids)
        self._row = roomy(self._row, self._names.size, -1)
        new = np.flatnonzero(self._row[numbers] < 0)
        self._append(numbers[new], [_lot(ids[place]) for place in new.tolist()])
        self._rows.write(self._row[numbers], vectors)
        self._forget_sample(self._lot[self._row[numbers]])

    def remove(self, id: str) -> None:
        """Erase the vector of `id`; nothing happens if there is none."""
        row = self._place(id)
        if row < 0:
            return
        last = self._used - 1
        self._forget_sample(self._lot[row : row + 1])
        self._rows.move(row, last)
        for column in (self._number, self._lot):
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
        found: Matrix = self._rows.read(slice(row, row + 1))[0]
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
        rows, scores = self._rows.nearest(row, self._used, wanted)
        numbers = self._number[rows]  # equals at the cut are told apart by id
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
            least = (
                np.argpartition(lots, _BACKGROUND)[:_BACKGROUND] if self._used > _BACKGROUND else np.arange(self._used)
            )
            least = least[np.argsort(lots[least])]
            self._sample, self._drawn = self._rows.read(least), lots[least[-1]]
        cosines = np.sort(self._sample @ row)
        return float((cosines[(len(cosines) - 1) // 2] + cosines[len(cosines) // 2]) / 2)

    def cosines(self, vector: ArrayLike) -> Matrix:
        """Return the cosine of `vector` with every stored one, (n,), in the order of `ids`, whatever that is."""
        return self._rows.cosines(checked(vector, self.dimension), self._used)

    def _place(self, id: str) -> int:
        number = self._names.number.get(id, len(self._row))
        return int(self._row[number]) if number < len(self._row) else -1

    def _append(self, numbers: NDArray[np.int64], lots: list[int]) -> None:
        start, stop = self._used, self._used + len(numbers)
        self._rows.make_room(stop)
        self._number, self._lot = roomy(self._number, stop), roomy(self._lot, stop)
        self._number[start:stop], self._lot[start:stop] = numbers, lots
        self._row[numbers] = np.arange(start, stop)
        self._used = stop

    def _forget_sample(self, lots: NDArray[np.uint64]) -> None:
        """Draw again once a lot among the smallest comes or goes: that is rare where there are many."""
        if self._sample is not None and (len(self._sample) < _BACKGROUND or bool((lots <= self._drawn).any())):
            self._sample[...] = 0
            self._sample = None


def checked(vector: ArrayLike, dimension: int) -> Matrix:
    """Return `vector` as `dimension` contiguous float32 numbers. Raises WrongShapeError."""
    row = np.ascontiguousarray(vector, dtype=np.float32)
    if row.shape != (dimension,) or not np.isfinite(row).all():
        raise WrongShapeError(dimension, row.shape)
    return row


def _lot(id: str) -> int:
    return int.from_bytes(hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
