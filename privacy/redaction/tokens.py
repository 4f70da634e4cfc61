"""Words of a Japanese text, as a morphological analyser sees them. The analyser is handed in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

SURNAME: Final = "surname"
GIVEN: Final = "given"
NAME: Final = "name"  # of a person, surname or given name not said
PLACE_NAME: Final = "place"
COUNTRY: Final = "country"
PROPER: Final = "proper"  # another proper noun
NOUN: Final = "noun"
TIME_NOUN: Final = "time"  # a noun used as an adverb: 昨日, 先週
NUMERAL: Final = "numeral"
PREFIX: Final = "prefix"
SUFFIX: Final = "suffix"
SYMBOL: Final = "symbol"
SPACE: Final = "space"
PARTICLE: Final = "particle"
OTHER: Final = "other"

PERSONAL: Final = frozenset({SURNAME, GIVEN, NAME})
PROPERS: Final = frozenset({SURNAME, GIVEN, NAME, PLACE_NAME, PROPER})
NOMINAL: Final = frozenset({*PROPERS, COUNTRY, NOUN, NUMERAL, PREFIX, SUFFIX})


@dataclass(frozen=True, slots=True)
class Token:
    """Code points `start` to `end` of the text given to the analyser; `kind` is one of the constants here.

    `known` is False for a word that is not in the analyser's dictionary.
    """

    start: int
    end: int
    kind: str
    known: bool = True


class NameTagger(Protocol):
    """A morphological analyser. `tag` gives tokens in the text's order, without overlap; may be called by any thread."""

    def tag(self, text: str) -> Sequence[Token]:
        """The tokens of a text, offsets in code points."""
        ...

    def read(self, text: str) -> Sequence[tuple[str, str]]:
        """The words of a text, each with its reading in katakana, or with itself where none is known."""
        ...


@dataclass(frozen=True)
class Draft:
    """A folded text with its tokens (none where there is no analyser or nothing Japanese)."""

    text: str
    tokens: Sequence[Token] = ()
    _starts: list[int] = field(init=False, repr=False)
    _ends: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [one.start for one in self.tokens])
        object.__setattr__(self, "_ends", [one.end for one in self.tokens])

    def word(self, token: Token) -> str:
        """A token's text."""
        return self.text[token.start : token.end]

    def at(self, place: int) -> int | None:
        """The index of the token that covers a code point."""
        found = bisect_right(self._starts, place) - 1
        return found if found >= 0 and place < self.tokens[found].end else None

    def first_from(self, place: int) -> int:
        """The index of the first token that begins at or after a code point."""
        return bisect_left(self._starts, place)

    def last_until(self, place: int) -> int:
        """The index of the last token that ends at or before a code point; -1 for none."""
        return bisect_right(self._ends, place) - 1

    def within(self, start: int, end: int) -> Sequence[Token]:
        """The tokens that begin at or after `start` and end at or before `end`."""
        return self.tokens[self.first_from(start) : self.last_until(end) + 1]

    def splits_at(self, place: int) -> bool:
        """Whether a word boundary lies before a code point; True without tokens."""
        if not self.tokens or place <= 0 or place >= len(self.text):
            return True
        found = self.at(place)
        return found is None or self.tokens[found].start == place
