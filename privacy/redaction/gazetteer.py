"""Organisations by name: found however their names are spaced, cased, hyphenated or dressed with a corporate form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from privacy.redaction.folding import fold
from privacy.redaction.forms import FORM_AFTER, FORM_BEFORE, is_form, without_forms
from privacy.redaction.lists.words_en import COMMON
from privacy.redaction.spans import ORGANISATION, Span
from privacy.redaction.tokens import Draft

SKIPPED: Final = frozenset(" \t\u3000・･·-‐‑‒–—−'’.,&_")
KANJI: Final = "一-鿿㐀-䶿々〆"
PREFIX: Final = 2
SHORT: Final = 4
SIDES: Final = {
    "latin": re.compile(r"[A-Za-z0-9À-ɏ]"),
    "kata": re.compile(r"[ァ-ヺー]"),
    "hira": re.compile(r"[ぁ-ゖー]"),
    "kanji": re.compile(f"[{KANJI}]"),
}
FOLLOWS: Final = re.compile(r"様|殿|御中|社|本社|本店|支|工場|側|製|産|向|等|内|株|宛|氏|前|行き")
PARTICLES: Final = frozenset("はがのをにでともへやかさなだ")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names by their squeezed cores. Made by `of`."""

    by_prefix: dict[str, tuple[int, ...]]  # prefix -> lengths of the names that begin with it, longest first
    cores: dict[str, frozenset[str]]  # core -> the ways it was listed

    @classmethod
    def of(cls, names: Iterable[str]) -> Gazetteer:
        """The gazetteer of names and aliases; blank ones and bare corporate forms are passed over."""
        listed: dict[str, set[str]] = {}
        for name in names:
            bare = without_forms(fold(name).text.strip())
            if is_form(bare):
                continue
            for way in {bare, bare.replace("&", " and "), bare.replace(" and ", " & ")}:
                core = squeeze(way)[0]
                if len(core) >= PREFIX:
                    listed.setdefault(core, set()).add(bare)
        lengths: dict[str, set[int]] = {}
        for core in listed:
            lengths.setdefault(core[:PREFIX], set()).add(len(core))
        by_prefix = {prefix: tuple(sorted(found, reverse=True)) for prefix, found in lengths.items()}
        return cls(by_prefix, {core: frozenset(ways) for core, ways in listed.items()})

    def __bool__(self) -> bool:
        """Whether it holds a name."""
        return bool(self.cores)

    def find(self, draft: Draft) -> Iterator[Span]:
        """Every listed name in a folded text, with the corporate forms it wears there."""
        if not self:
            return
        squeezed, places = squeeze(draft.text)
        at = 0
        while at < len(squeezed):
            core = self._core_at(squeezed, at, places, draft)
            if core is None:
                at += 1
                continue
            start, end = places[at], places[at + len(core) - 1] + 1
            yield Span(*with_forms(draft.text, start, end), ORGANISATION)
            at += len(core)

    def holds(self, text: str) -> bool:
        """Whether a listed name stands anywhere in a text as typed."""
        return next(self.find(Draft(fold(text).text)), None) is not None

    def _core_at(self, squeezed: str, at: int, places: list[int], draft: Draft) -> str | None:
        for length in self.by_prefix.get(squeezed[at : at + PREFIX], ()):
            core = squeezed[at : at + length]
            if len(core) < length or core not in self.cores:
                continue
            if self._stands(core, places[at], places[at + length - 1] + 1, draft):
                return core
        return None

    def _stands(self, core: str, start: int, end: int, draft: Draft) -> bool:
        """Whether the name stands there by itself, and is not a piece of another word."""
        text = draft.text
        if "\n" in text[start:end] or not _free(text, start, end):
            return False
        if core.isascii():
            return _as_listed(text[start:end], core, self.cores[core])
        return len(core) >= SHORT or _apart(draft, start, end)


def squeeze(text: str) -> tuple[str, list[int]]:
    """A text without case, spaces, dots and hyphens, and where each character of it was."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char not in SKIPPED:
            folded = char.casefold()
            chars.append(folded)
            places.extend([place] * len(folded))
    return "".join(chars), places


def with_forms(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the corporate forms that touch it: 株式会社, (有), Ltd."""
    before = FORM_BEFORE.search(text[max(0, start - 24) : start])
    if before is not None:
        start -= len(before[0])
    after = FORM_AFTER.match(text, end)
    return start, after.end() if after is not None else end


def _free(text: str, start: int, end: int) -> bool:
    """Letters do not go on in the same script at either edge; kanji may."""
    for edge, beside in ((start, start - 1), (end - 1, end)):
        if 0 <= beside < len(text):
            for name in ("latin", "kata"):
                if SIDES[name].match(text[edge]) and SIDES[name].match(text[beside]):
                    return False
    return True


def _as_listed(found: str, core: str, ways: frozenset[str]) -> bool:
    """A short name or an ordinary word counts only when it is cased as listed, or shouted."""
    if len(core) > SHORT and core not in COMMON:
        return True
    return found in ways or (found.isupper() and not any(way.islower() for way in ways))


def _apart(draft: Draft, start: int, end: int) -> bool:
    """A short Japanese name counts only between word boundaries."""
    text = draft.text
    before, after = text[start - 1 : start], text[end : end + 1]
    if SIDES["kanji"].match(text[end - 1]) and SIDES["kanji"].match(after) and not FOLLOWS.match(text, end):
        return False
    if SIDES["kanji"].match(text[start]) and SIDES["kanji"].match(before):
        return False
    if SIDES["hira"].match(text[end - 1]) and SIDES["hira"].match(after) and after not in PARTICLES:
        return False
    if SIDES["hira"].match(text[start]) and SIDES["hira"].match(before) and before not in PARTICLES:
        return False
    return draft.splits_at(start) and draft.splits_at(end)
