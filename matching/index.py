"""Nearest vectors, exactly: a flat inner-product index under string ids, from which removal is real."""

import bisect
import hashlib
from collections.abc import Iterator

import faiss
import numpy as np
from numpy.typing import ArrayLike, NDArray

faiss.omp_set_num_threads(1)  # measured: two threads are slower than one on a flat index of this width

_BACKGROUND = 256


class WrongShapeError(ValueError):
    """A vector has another length than the index, or holds NaN or infinity."""

    def __init__(self, wanted: int, got: tuple[int, ...]) -> None:
        super().__init__(f"expected a finite vector of {wanted} numbers, got shape {got}")
        self.wanted = wanted
        self.got = got


class VectorIndex:
    """Unit vectors under string ids. Not safe for threads that write: the caller holds the lock.

    What it answers depends on what it holds, never on the order of puts and removals.
    """

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._faiss = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        self._number: dict[str, int] = {}
        self._id: dict[int, str] = {}
        self._next = 0
        self._drawn: list[tuple[bytes, str]] = []  # all ids by hash: the first 256 are the background sample
        self._sample: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self._number)

    def __contains__(self, id: str) -> bool:
        return id in self._number

    @property
    def ids(self) -> Iterator[str]:
        """The ids held, in no promised order."""
        return iter(self._number)

    @property
    def drawn(self) -> Iterator[tuple[bytes, str]]:
        """All ids behind their hash, smallest first: the background is taken from the first ones."""
        return iter(self._drawn)

    def put(self, id: str, vector: ArrayLike) -> None:
        """Store `vector` (d unit floats) under `id`, replacing what was there. Raises WrongShapeError."""
        row = checked(vector, self.dimension)
        self.remove(id)
        number, self._next = self._next, self._next + 1
        self._faiss.add_with_ids(row[None, :], np.array([number], dtype=np.int64))
        self._number[id], self._id[number] = number, id
        self._draw(id)

    def remove(self, id: str) -> None:
        """Erase the vector of `id`; nothing happens if there is none."""
        number = self._number.pop(id, None)
        if number is None:
            return
        del self._id[number]
        self._faiss.remove_ids(faiss.IDSelectorArray(np.array([number], dtype=np.int64)))
        place = bisect.bisect_left(self._drawn, _drawn(id))
        del self._drawn[place]
        self._sample = self._sample if place >= _BACKGROUND else None

    def vector(self, id: str) -> NDArray[np.float32]:
        """Return a copy of the stored vector, shape (d,). Raises KeyError."""
        row: NDArray[np.float32] = self._faiss.reconstruct(self._number[id])
        return row

    def search(self, vector: ArrayLike, k: int) -> list[tuple[str, float]]:
        """Return the `k` nearest ids with their cosine, nearest first, ties by id, whatever order they came in."""
        row = checked(vector, self.dimension)
        wanted = min(k, len(self))
        if wanted < 1:
            return []
        found = self._nearest(row, min(wanted + 1, len(self)))
        # equals at the cut are told apart by id, so all of them must have been fetched
        while len(found) < len(self) and found[-1][1] == found[wanted - 1][1]:
            found = self._nearest(row, min(2 * len(found), len(self)))
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:wanted]

    def _nearest(self, row: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        scores, numbers = self._faiss.search(row[None, :], k)
        return [(self._id[int(n)], float(s)) for n, s in zip(numbers[0], scores[0], strict=True) if n >= 0]

    def background(self, vector: ArrayLike) -> float:
        """Return the median cosine of `vector` with a fixed sample of at most 256 stored vectors, 0.0 when empty.

        The sample is the ids with the smallest hash, so every backend and every rebuild draws the same one.
        """
        row = checked(vector, self.dimension)
        if not self._number:
            return 0.0
        if self._sample is None:
            self._sample = np.stack([self.vector(id) for _, id in self._drawn[:_BACKGROUND]])
        return float(np.median(self._sample @ row))

    def _draw(self, id: str) -> None:
        place = bisect.bisect_left(self._drawn, _drawn(id))
        self._drawn.insert(place, _drawn(id))
        self._sample = self._sample if place >= _BACKGROUND else None


def checked(vector: ArrayLike, dimension: int) -> NDArray[np.float32]:
    """Return `vector` as `dimension` contiguous float32 numbers. Raises WrongShapeError."""
    row = np.ascontiguousarray(vector, dtype=np.float32)
    if row.shape != (dimension,) or not np.isfinite(row).all():
        raise WrongShapeError(dimension, row.shape)
    return row


def _drawn(id: str) -> tuple[bytes, str]:
    return hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), id
