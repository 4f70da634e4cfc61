"""Token counts as bytes: the tokens between line breaks, which no token holds, and a byte for how often each stands.

Many of them are numbered at once without a look at each token: a token of up to eight bytes, which is two kana or kanji
or a short word, is a whole number as it lies there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.numbers import ascending, firsts

MOST: Final = 255  # a token counts at most so often in one text
_SHORT: Final = 8  # bytes
_MASKS: Final = np.array([(1 << 8 * length) - 1 for length in range(_SHORT + 1)], dtype=np.uint64)
Places = NDArray[np.int64]


def pack(counts: Mapping[str, int]) -> bytes:
    """Return `counts` (token to a positive number, above 255 as 255) as bytes."""
    tokens = "\n".join(counts).encode()
    return len(tokens).to_bytes(4, "big") + tokens + bytes(min(times, MOST) for times in counts.values())


class Packed(Mapping[str, int]):
    """What `pack` made, read as the counts it was made from. Raises ValueError for anything else."""

    __slots__ = ("_counts", "times", "tokens")

    def __init__(self, raw: bytes) -> None:
        end = 4 + int.from_bytes(raw[:4], "big")
        self.tokens, self.times = raw[4:end], raw[end:]
        self._counts: dict[str, int] | None = None
        if len(self.times) != (self.tokens.count(b"\n") + 1 if self.tokens else 0):
            raise ValueError("token counts that do not belong together")

    def __getitem__(self, token: str) -> int:
        return self.counts[token]

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts)

    def __len__(self) -> int:
        return len(self.times)

    @property
    def counts(self) -> dict[str, int]:
        """The counts as a dictionary."""
        if self._counts is None:
            self._counts = dict(zip(self.tokens.decode().split("\n"), self.times, strict=True)) if self.times else {}
        return self._counts


def numbered(texts: Sequence[Packed], number: Callable[[Sequence[str]], Places]) -> tuple[Places, Places]:
    """Return the number of every token of `texts`, text after text, and how often it stands there, (n,) each.

    `number` gives the numbers of distinct tokens.
    """
    together = b"\n".join(text.tokens for text in texts if text.times)
    often = np.frombuffer(b"".join(text.times for text in texts), dtype=np.uint8).astype(np.int64)
    if not len(often):
        return np.zeros(0, dtype=np.int64), often
    raw = np.frombuffer(together + bytes(_SHORT), dtype=np.uint8)
    ends = np.append(np.flatnonzero(raw[: len(together)] == ord("\n")), len(together))
    starts = np.append(0, ends[:-1] + 1)
    lengths = ends - starts
    found = np.zeros(len(often), dtype=np.int64)
    short, long = np.flatnonzero(lengths <= _SHORT), np.flatnonzero(lengths > _SHORT)
    keys = (
        np.lib.stride_tricks.sliding_window_view(raw, _SHORT)[starts[short]].view("<u8")[:, 0] & _MASKS[lengths[short]]
    )
    distinct, which = _distinct(keys)
    names = b"\n".join(distinct.astype("<u8").view("S8").tolist()).decode().split("\n")
    found[short] = number(names)[which] if len(distinct) else 0
    words = [
        together[start:end].decode() for start, end in zip(starts[long].tolist(), ends[long].tolist(), strict=True)
    ]
    found[long] = number(words)
    return found, often


def _distinct(keys: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], Places]:
    """`np.unique` of `keys` (n,) with its inverse."""
    order = ascending(keys)
    ranked = keys[order]
    is_first = firsts(ranked)
    which = np.empty(len(keys), dtype=np.int64)
    which[order] = np.cumsum(is_first) - 1
    return ranked[is_first], which
