"""Vectors of what was typed, remembered for a while in this process and nowhere else, for whoever typed it alone: an
answer that came sooner would tell somebody else that it had been searched before."""

from collections import OrderedDict
from hashlib import blake2b
from secrets import token_bytes
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.encoder import Encoder

KEPT: Final = 256


class AskedVectors:
    """The vector (d,) of a query text, under a hash that only this process can make, another one for each `whose`; the
    least recent goes first."""

    def __init__(self, encoder: Encoder, size: int = KEPT) -> None:
        self._encoder = encoder
        self._size = size
        self._key = token_bytes(32)
        self._lock = Lock()
        self._found: OrderedDict[bytes, NDArray[np.float32]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._found)

    def forget(self) -> None:
        """Let go of every vector: one of them may have been made of words that are being taken out."""
        with self._lock:
            self._found.clear()

    def __call__(self, text: str, *, whose: str) -> NDArray[np.float32]:
        """The vector of `text`, encoded at most once for `whose` while it is remembered."""
        typed = f"{len(whose)}:{whose}{text}".encode("utf-8", "surrogatepass")
        label = blake2b(typed, key=self._key, digest_size=16).digest()
        with self._lock:
            known = self._found.get(label)
        vector = self._encoder.queries([text])[0] if known is None else known
        with self._lock:
            self._found[label] = vector
            self._found.move_to_end(label)
            while len(self._found) > self._size:
                self._found.popitem(last=False)
        return vector
