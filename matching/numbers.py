"""Small stable numbers for strings, so that what is known about each stands in plain arrays."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

Scalar = TypeVar("Scalar", bound=np.generic)
_LARGE: Final = 1 << 25  # bytes


class Numbers:
    """A number a string; it is given back once the string is dropped."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.name: list[str] = []  # by number, empty where free
        self.version = 0  # another after each string that came or went
        self._free: list[int] = []

    def take(self, name: str) -> int:
        """Return the number of `name`, giving it one if needed."""
        number = self.number.get(name)
        return self._give(name) if number is None else number

    def take_all(self, names: Sequence[str]) -> NDArray[np.int64]:
        """`take` for many names, some of which may be the same, (n,)."""
        found = self.of(names)
        new = np.flatnonzero(found < 0).tolist()
        if new:
            found[new] = [self.take(names[place]) for place in new]
        return found

    def drop(self, name: str) -> None:
        """Forget `name`. Raises KeyError."""
        number = self.number.pop(name)
        self.name[number] = ""
        self._free.append(number)
        self.version += 1

    def of(self, names: Iterable[str]) -> NDArray[np.int64]:
        """Return the number of each name, -1 where it has none."""
        return np.fromiter(map(self.number.get, names, repeat(-1)), np.int64)

    @property
    def size(self) -> int:
        """One more than the largest number ever in use at once."""
        return len(self.name)

    def _give(self, name: str) -> int:
        self.version += 1
        if self._free:
            number = self._free.pop()
            self.name[number] = name
        else:
            number = len(self.name)
            self.name.append(name)
        self.number[name] = number
        return number


def best_first(names: Numbers, numbers: NDArray[Any], scores: NDArray[Any], k: int) -> NDArray[np.int64]:
    """Return the places of the `k` highest of `scores`, highest first, equals by the name of their number."""
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    first = np.flatnonzero(ranked[1:] == ranked[:-1])
    if len(first):
        equals = np.union1d(first, first + 1)
        order[equals] = sorted(
            order[equals].tolist(), key=lambda place: (-float(scores[place]), names.name[numbers[place]])
        )
    return order[:k]


def highest(values: NDArray[Any], k: int) -> float:
    """Return the `k`-th highest of `values`, (at least k,)."""
    return float(np.partition(values, len(values) - k)[len(values) - k])


def ascending(values: NDArray[Any]) -> NDArray[np.int64]:
    """Return the order that sorts whole numbers ≥ 0, (n,), equals as they stand.

    Sixteen bits at a time, lowest first, which NumPy sorts in linear time: a radix sort.
    """
    order = np.arange(len(values))
    highest = int(values.max(initial=0))
    for shift in range(0, highest.bit_length(), 16):
        digit = (values >> values.dtype.type(shift)).astype(np.uint16)
        order = order[np.argsort(digit[order], kind="stable")] if shift else np.argsort(digit, kind="stable")
    return order


def firsts(ranked: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which of `ranked`, (n,) with equals together, is not equal to the one before it."""
    return np.append(True, ranked[1:] != ranked[:-1])[: len(ranked)]


def roomy(array: NDArray[Scalar], size: int, fill: Any = 0, axis: int = -1) -> NDArray[Scalar]:
    """Return `array` with room for `size` along `axis`; an array left behind is overwritten."""
    held = array.shape[axis]
    if size <= held:
        return array
    shape = list(array.shape)
    # a large array comes as pages that take no memory until they are written; a small one is written at once
    shape[axis] = max(size, 2 * held if array.nbytes >= _LARGE else held + held // 4 + 16)
    wider = np.full(shape, fill, dtype=array.dtype) if fill else np.zeros(shape, dtype=array.dtype)
    wider[tuple(slice(0, room) for room in array.shape)] = array
    array[...] = 0
    return wider


def summed(
    owners: NDArray[np.int64] | NDArray[np.int32], amounts: NDArray[np.float64] | None, size: int
) -> NDArray[np.float64]:
    """Return the sum of the `amounts` (None: ones) of each owner, (size,), added in the order they stand in."""
    return np.asarray(np.bincount(owners, weights=amounts, minlength=size), dtype=np.float64)
