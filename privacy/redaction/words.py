"""English words of a text: where they stand, and whether they are capitalised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from privacy.redaction.lists.words_en import STOP

LATIN: Final = "A-Za-zÀ-ÖØ-öø-ɏ"
WORD: Final = re.compile(rf"(?<![{LATIN}0-9_])(?:[{LATIN}](?:[{LATIN}0-9]|['’&-](?=[{LATIN}0-9]))*)")
SAINTS: Final = ("St", "Mt", "Ft")
SENTENCE: Final = re.compile(r"(?:^|[.!?:;。！？\n>*#•\"“(\[]|[-–—] )\s*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, without a genitive 's."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        """Its folded form."""
        return self.text.casefold()

    @property
    def is_capital(self) -> bool:
        """Whether it is written as a name is: Tanaka, TANAKA, McDonald."""
        return self.text[0].isupper() and (len(self.text) > 1)

    @property
    def is_stop(self) -> bool:
        """Whether it is a word of every text."""
        return self.lower in STOP


def words_of(text: str) -> list[Word]:
    """The words of a text in its order."""
    found = []
    for one in WORD.finditer(text):
        word = one[0]
        if word.endswith(("'s", "’s")) and len(word) > 2:
            word = word[:-2]
        found.append(Word(one.start(), one.start() + len(word), word))
    return found


def runs_of(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """Capitalised words next to each other, with the small words names have inside (of, and, van, de, &)."""
    run: list[Word] = []
    for word in words:
        saint = bool(run) and run[-1].text in SAINTS and text[run[-1].end : word.start] == ". "
        joined = saint or (bool(run) and re.fullmatch(r" & | |-|['’]s ", text[run[-1].end : word.start]) is not None)
        if word.is_capital and (joined or not run):
            run.append(word)
            continue
        if (
            run
            and joined
            and word.lower in {"of", "de", "van", "der", "den", "von", "la", "del", "da", "di", "al", "bin"}
        ):
            run.append(word)
            continue
        if run:
            yield _trimmed(run)
        run = [word] if word.is_capital else []
    if run:
        yield _trimmed(run)


def _trimmed(run: list[Word]) -> list[Word]:
    while run and not run[-1].is_capital:
        run = run[:-1]
    return run


def begins_sentence(text: str, place: int) -> bool:
    """Whether a sentence begins at a place, where every word has a capital."""
    return SENTENCE.search(text[max(0, place - 4) : place]) is not None
