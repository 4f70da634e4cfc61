"""NFKC with a way back: rules read the folded text, spans are of the text as it was typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from privacy.redaction.spans import Span

HALF_VOICED = "\uff9e\uff9f"  # half-width marks that join the kana before them


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in NFKC without what cannot be seen. `starts[i]` and `ends[i]` are the original code points behind i."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def back(self, span: Span) -> Span:
        """The span in the original text."""
        return Span(self.starts[span.start], self.ends[span.end - 1], span.label)


def fold(text: str) -> Folded:
    """NFKC (Unicode Standard Annex #15) of each base character with its marks, so that every part knows its origin.

    Format characters (zero-width spaces, soft hyphens) and variation selectors are left out: they would hide a name.
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        piece = _folded(text[start:end])
        pieces.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
    return Folded("".join(pieces), tuple(starts), tuple(ends))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _joins(text[at]):
            yield start, at
            start = at


@lru_cache(maxsize=8192)
def _joins(char: str) -> bool:
    return char in HALF_VOICED or unicodedata.combining(char) != 0 or _unseen(char)


@lru_cache(maxsize=8192)
def _folded(cluster: str) -> str:
    seen = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in cluster if not _unseen(char))
    return unicodedata.normalize("NFKC", seen)


def _unseen(char: str) -> bool:
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
