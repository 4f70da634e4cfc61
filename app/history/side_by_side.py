"""Several encoders of one model, each in a thread of its own: a long embedding uses every core."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from matching.encoder import Encoder, Matrix

MOST: Final = 4  # each holds the model once more in memory


class SideBySide:
    """An encoder whose texts are dealt out in turn; name, dimension and rows are those of one alone."""

    def __init__(self, encoders: Sequence[Encoder]) -> None:
        self._encoders = encoders
        self._pool = ThreadPoolExecutor(len(encoders))

    @property
    def name(self) -> str:
        """As `Encoder.name`."""
        return self._encoders[0].name

    @property
    def dimension(self) -> int:
        """As `Encoder.dimension`."""
        return self._encoders[0].dimension

    def queries(self, texts: Sequence[str]) -> Matrix:
        """As `Encoder.queries`."""
        return self._dealt([one.queries for one in self._encoders], texts)

    def passages(self, texts: Sequence[str]) -> Matrix:
        """As `Encoder.passages`."""
        return self._dealt([one.passages for one in self._encoders], texts)

    def _dealt(self, encodes: Sequence[Callable[[Sequence[str]], Matrix]], texts: Sequence[str]) -> Matrix:
        step = len(encodes)
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        parts = [self._pool.submit(encode, texts[place::step]) for place, encode in enumerate(encodes[: len(texts)])]
        for place, part in enumerate(parts):
            rows[place::step] = part.result()
        return rows
