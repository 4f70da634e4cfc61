"""Which texts hold a token: postings in arrays, merged as they grow, with erasure in place.

Blocks of geometric sizes as in a log-structured merge tree (O'Neil et al. 1996): a new text goes into the newest.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matching.numbers import ascending, firsts

Slots = NDArray[np.uint32]
Times = NDArray[np.uint8]
Ints = NDArray[np.int32]
_FRESH: Final = 1 << 13  # postings after which the newest become a block
_FACTOR: Final = 4  # between the sizes of blocks


@dataclass(slots=True)
class Block:
    """Postings sorted by token: those of `tokens[i]` stand from `starts[i]` to `ends[i]`, in no promised order."""

    tokens: Ints
    starts: Ints
    ends: Ints
    slots: Slots
    times: Times

    @classmethod
    def of(cls, tokens: NDArray[np.int64], slots: Slots, times: Times) -> "Block":
        """Sort postings (token, slot, times), (n,) each."""
        order = ascending(tokens)
        ranked = tokens[order]
        starts = np.flatnonzero(firsts(ranked))
        bounds = np.append(starts, len(tokens)).astype(np.int32)
        return cls(ranked[starts].astype(np.int32), bounds[:-1].copy(), bounds[1:].copy(), slots[order], times[order])

    def find(self, tokens: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where each token's postings start and end, both 0 where there are none."""
        place = np.minimum(np.searchsorted(self.tokens, tokens.astype(np.int32)), len(self.tokens) - 1)
        here = self.tokens[place] == tokens
        return np.where(here, self.starts[place], np.int64(0)), np.where(here, self.ends[place], np.int64(0))

    def erase(self, gone: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Overwrite the postings of the slots that are `gone` (bool by slot); return the token of each one erased."""
        found = np.flatnonzero(gone[self.slots])
        place = np.searchsorted(self.starts, found, side="right") - 1
        found, place = found[found < self.ends[place]], place[found < self.ends[place]]
        for posting, token in zip(found[::-1].tolist(), place[::-1].tolist(), strict=True):
            last = self.ends[token] - 1  # from the back, so that what moves in is never itself to be erased
            self.slots[posting], self.times[posting] = self.slots[last], self.times[last]
            self.slots[last] = self.times[last] = 0
            self.ends[token] = last
        return self.tokens[place].astype(np.int64)

    def merged(self, other: "Block") -> "Block":
        """Return the postings of both, which share no slot."""
        tokens = np.union1d(self.tokens, other.tokens)
        width = 1 + max(int(self.slots.max()), int(other.slots.max()))
        both = self._rows(tokens, width) + other._rows(tokens, width)
        ends = both.indptr.astype(np.int32)
        held = np.diff(ends) > 0
        return Block(
            tokens[held], ends[:-1][held], ends[1:][held], both.indices.astype(np.uint32), both.data.astype(np.uint8)
        )

    def _rows(self, tokens: Ints, width: int) -> csr_array:
        """The block as a sparse matrix, tokens by slots."""
        held = np.zeros(len(tokens), dtype=np.int64)
        held[np.searchsorted(tokens, self.tokens)] = self.ends - self.starts
        size = len(self.slots) + 1
        within = np.bincount(self.starts, minlength=size) - np.bincount(self.ends, minlength=size)
        live = np.cumsum(within[:-1]).astype(bool)
        start = np.append(0, np.cumsum(held)).astype(np.int32)
        return csr_array((self.times[live], self.slots[live].view(np.int32), start), shape=(len(tokens), width))


class Postings:
    """Token numbers to the slots of the texts that hold them, and how often each does."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._newest = (array("q"), array("I"), array("B"))  # token, slot, times of what is in no block yet
        self._sorted: Block | None = None

    def add(self, slot: int, tokens: Iterable[int], times: Iterable[int]) -> None:
        """Add the postings of one text, which has none yet."""
        mine = array("q", tokens)
        self._newest[0].extend(mine)
        self._newest[1].extend(array("I", [slot]) * len(mine))
        self._newest[2].extend(times)
        self._sorted = None
        if len(self._newest[0]) >= _FRESH:
            self._push(self._fresh())
            self._newest, self._sorted = (array("q"), array("I"), array("B")), None

    def load(self, tokens: NDArray[np.int64], slots: Slots, times: Times) -> None:
        """Add the postings (n,) of many texts that have none yet."""
        if len(tokens):
            self._push(Block.of(tokens, slots, times))

    def erase(self, gone: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Erase the postings of the slots that are `gone` (bool by slot); return the token of each one erased."""
        erased = [block.erase(gone) for block in self._all()]
        tokens, slots, times = (np.array(column) for column in self._newest)
        keep = ~gone[slots] if len(slots) else np.zeros(0, dtype=bool)
        self._newest = (array("q", tokens[keep]), array("I", slots[keep]), array("B", times[keep]))
        self._sorted = None
        return np.concatenate([np.zeros(0, dtype=np.int64), *erased])

    def find(self, tokens: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the postings of each token start and end in each block, (blocks, n) each, until the next change."""
        none = np.zeros((0, len(tokens)), dtype=np.int64)
        found = [block.find(tokens) for block in self._all()]
        return np.array([starts for starts, _ in found] or none), np.array([ends for _, ends in found] or none)

    def read(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[NDArray[np.int64], Times]:
        """Return the postings that `find` found, slot and times, (n,) each: block after block, in each token after token."""
        slots, times = [np.zeros(0, dtype=np.uint32)], [np.zeros(0, dtype=np.uint8)]
        for block, first, last in zip(self._all(), starts.tolist(), ends.tolist(), strict=True):
            runs = list(map(slice, first, last))
            slots += [block.slots[run] for run in runs]
            times += [block.times[run] for run in runs]
        return np.concatenate(slots, dtype=np.int64), np.concatenate(times)

    def texts_of(self, token: int) -> tuple[NDArray[np.int64], Times]:
        """Return the slots of the texts that hold a token, and how often each does, (n,) each."""
        return self.read(*self.find(np.array([token])))

    @property
    def tokens(self) -> NDArray[np.int64]:
        """Every token held, in ascending order."""
        held = [block.tokens[block.ends > block.starts] for block in self._all()]
        return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *held]))

    def _all(self) -> Iterator[Block]:
        yield from self._blocks
        if self._newest[0]:
            yield self._fresh()

    def _fresh(self) -> Block:
        if self._sorted is None:
            tokens, slots, times = self._newest
            self._sorted = Block.of(
                np.array(tokens, dtype=np.int64), np.array(slots, dtype=np.uint32), np.array(times, dtype=np.uint8)
            )
        return self._sorted

    def _push(self, block: Block) -> None:
        while self._blocks and len(self._blocks[-1].slots) < _FACTOR * len(block.slots):
            block = self._blocks.pop().merged(block)
        self._blocks.append(block)
