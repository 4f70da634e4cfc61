"""NFKC with a way back: rules read the folded text, spans are of the text as it was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from privacy.redaction.spans import Span

# what might be unseen, or no character at all
UNSEEN = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890-\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000110bd-\U000110cd\U0001bca0-\U0001d17a\U000e0001-\U000e01ef]"
)
HALF_VOICED = "\uff9e\uff9f"  # half-width marks that join the kana before them


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in NFKC without what cannot be seen. `starts[i]` and `ends[i]` are the original code points behind i."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def back(self, span: Span) -> Span:
        """The span in the original text."""
        return Span(self.starts[span.start], self.ends[span.end - 1], span.label)


def fold(text: str) -> Folded:
    """NFKC (Unicode Standard Annex #15) of each base character with its marks, so that every part knows its origin.

    Format characters (zero-width spaces, soft hyphens) and variation selectors are left out: they would hide a name.
    """
    if unicodedata.is_normalized("NFKC", text) and not UNSEEN.search(text):
        return Folded(text, range(len(text)), range(1, len(text) + 1))
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
