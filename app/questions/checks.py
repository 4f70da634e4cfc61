"""The check of a draft: what in it may tell who wrote it, what its author decided about each, and the text that follows.

Every find is replaced unless its author keeps it: what an answer needs (temperatures, shares, doses, how many days) is
no find, and an exact count, date or place still says enough as a range, a month, an area.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Final

from app.errors import ShiomeError
from app.questions.own_names import OwnNames
from app.questions.rules import is_blank
from privacy.redaction import Gazetteer, Redactor, Span, generalise
from privacy.style import Change, changes, house_style

KEEP: Final = "keep"
REPLACE: Final = "replace"
LONGEST_OWN: Final = 100
JOINTS: Final = ("", "の", " ", "、", ", ", "　")
TITLE: Final = "title"

_JAPANESE: Final = re.compile(r"[\u3041-\u30fe\u4e00-\u9fff]")


class NamesOwn(ShiomeError):
    """A draft names its author's own organisation, and that cannot go out."""

    status = 422


class Outgrown(ShiomeError):
    """A text of a draft is longer than may be, by the house style or by what stands instead."""

    status = 422


@dataclass(frozen=True, slots=True)
class Choice:
    """What the author decided about one find: keep it, or replace it by `text` (empty: by what is proposed)."""

    do: str
    text: str = field(default="", repr=False)


Choices = Mapping[str, Choice]


@dataclass(frozen=True, slots=True)
class Found:
    """Something that may tell who wrote, wherever in the draft it stands."""

    key: str
    label: str
    words: str = field(repr=False)
    proposed: str = field(repr=False)
    choice: Choice
    is_own: bool  # the author's own organisation: cannot be kept
    is_decided: bool  # by the author, not by us

    @property
    def is_kept(self) -> bool:
        """Whether the words stay."""
        return self.choice.do == KEEP

    @property
    def instead(self) -> str:
        """What stands in their place."""
        return self.words if self.is_kept else self.choice.text or self.proposed


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text as typed: plain, or a find."""

    text: str = field(repr=False)
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class CheckedText:
    """One text of the draft: as typed, in pieces; as it will be read; and what the house style changed."""

    pieces: tuple[Piece, ...]
    replaced: str = field(repr=False)
    final: str = field(repr=False)
    names_own: bool  # the author's own organisation still stands in it

    @property
    def changes(self) -> list[Change]:
        """The difference the house style makes; a find replaced is not part of it."""
        return changes(self.replaced, self.final)

    @property
    def has_finds(self) -> bool:
        """Whether anything is marked."""
        return any(piece.found for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Checked:
    """A whole draft, checked: its texts by name, and every find once."""

    texts: Mapping[str, CheckedText]
    finds: tuple[Found, ...]
    plain: bool  # its author wants no house style this time
    held: tuple[str, ...] = ()  # why it would wait for a coordinator: keys of app.questions.holding.WHY

    @property
    def final(self) -> dict[str, str]:
        """What will be read."""
        return {name: text.final for name, text in self.texts.items()}

    @property
    def restyled(self) -> dict[str, CheckedText]:
        """The texts the house style changed."""
        return {name: text for name, text in self.texts.items() if text.final != text.replaced}

    @property
    def refused(self) -> tuple[str, ...]:
        """The names of the texts that cannot go out: they name the author's own organisation."""
        return tuple(name for name, text in self.texts.items() if text.names_own or _has_undecided(text))


def check(
    redactor: Redactor, own: Gazetteer, texts: Mapping[str, str], *, choices: Choices | None = None, plain: bool = False
) -> Checked:
    """Check the texts of a draft, with what its author decided so far by the key of each find."""
    finder = _Finder(redactor, own, choices or {})
    checked = {name: finder.read(text, plain=plain, is_title=name == TITLE) for name, text in texts.items()}
    return Checked(checked, tuple(finder.finds.values()), plain)


class _Finder:
    """Reads the texts of one draft; the same words are the same find wherever they stand."""

    def __init__(self, redactor: Redactor, own: Gazetteer, choices: Choices) -> None:
        self.redactor = redactor
        self.own = OwnNames(own, redactor.names.read if redactor.names else None)
        self.choices = choices
        self.finds: dict[str, Found] = {}

    def read(self, text: str, *, plain: bool, is_title: bool) -> CheckedText:
        lang = language_of(text)
        pieces, at = [], 0
        for span in self.redactor.find(text, lang):
            pieces += [Piece(text[at : span.start]), Piece(text[span.start : span.end], self._found(text, span, lang))]
            at = span.end
        pieces.append(Piece(text[at:]))
        replaced = _joined(pieces)
        final = replaced if plain else _styled(replaced, lang, is_title=is_title)
        shown = tuple(piece for piece in pieces if piece.text)
        return CheckedText(shown, replaced, final, self.own.stand_in(final))

    def _found(self, text: str, span: Span, lang: str) -> Found:
        words = text[span.start : span.end]
        key = key_of(span.label, words)
        if key not in self.finds:
            is_own = self.own.stand_in(words)
            decided = self.choices.get(key)
            choice = decided if decided and not (is_own and decided.do == KEEP) else Choice(REPLACE)
            proposed = generalise(text, span, lang)
            self.finds[key] = Found(key, span.label, words, proposed, choice, is_own, decided is choice)
        return self.finds[key]


def key_of(label: str, words: str) -> str:
    """The key of a find: the same words under the same label are decided about once, also after going back."""
    return blake2s(f"{label}\x1f{words}".encode(), digest_size=8).hexdigest()


def language_of(text: str) -> str:
    """ja or en: what the text is written in, whatever the page is."""
    return "ja" if _JAPANESE.search(text) else "en"


def _joined(pieces: Sequence[Piece]) -> str:
    """The text with what stands instead; a prefecture and its town, both one area now, are named once."""
    written: list[str] = []
    last: Found | None = None
    for piece in pieces:
        if piece.found is None:
            written.append(piece.text)
            continue
        is_again = (
            last is not None and not (last.is_kept or piece.found.is_kept) and last.instead == piece.found.instead
        )
        if is_again and written[-1] in JOINTS:
            written.pop()
        else:
            written.append(piece.found.instead)
        last = piece.found
    return "".join(written)


def _styled(text: str, lang: str, *, is_title: bool) -> str:
    styled = house_style(text, lang)
    if is_blank(styled):
        return text
    return styled.rstrip("。.") or styled if is_title else styled  # a title ends without a full stop


def _has_undecided(text: CheckedText) -> bool:
    return any(piece.found.is_own and not piece.found.is_decided for piece in text.pieces if piece.found)
