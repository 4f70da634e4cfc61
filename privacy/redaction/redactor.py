"""Find identifying words in a text, by rules, a gazetteer and a morphological analyser (privacy.md, free text)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Final

from privacy.redaction.amounts import find_amounts
from privacy.redaction.companies_en import find_english_companies
from privacy.redaction.companies_ja import find_japanese_companies
from privacy.redaction.contacts import find_contacts
from privacy.redaction.folding import Folded, fold
from privacy.redaction.gazetteer import Gazetteer
from privacy.redaction.landforms import whole_names
from privacy.redaction.persons_en import find_latin_people
from privacy.redaction.persons_ja import find_japanese_people
from privacy.redaction.persons_more import find_more_people
from privacy.redaction.places import find_places
from privacy.redaction.proper_en import find_proper_names
from privacy.redaction.proper_ja import find_proper_japanese
from privacy.redaction.spans import NUMBER, PLACE, Span, settle
from privacy.redaction.tokens import Draft, NameTagger
from privacy.redaction.words import words_of

JAPANESE: Final = re.compile(r"[ぁ-ゖァ-ヺ一-鿿々]")
LATIN: Final = re.compile(r"[A-Z]")
LETTER: Final = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Redactor:
    """Finds identifying words. `names` None: rules and gazetteer alone, which miss most Japanese names."""

    gazetteer: Gazetteer
    names: NameTagger | None = None
    folding: Callable[[str], Folded] = fold

    def find(self, text: str, lang: str = "ja") -> list[Span]:
        """Spans of `text` in code points, sorted, without overlap. What is written decides; `lang` only breaks ties."""
        folded = self.folding(text)
        draft = self._draft(folded)
        found = [span for span in self._all(draft) if span.start < span.end]
        found.extend(_left_over(draft, found))
        return settle(folded.back(span) for span in whole_names(folded.text, settle(found)))

    def _draft(self, folded: Folded) -> Draft:
        if self.names is None or not JAPANESE.search(folded.text):
            return Draft(folded.text)
        return Draft(folded.text, self.names.tag(folded.text))

    def _all(self, draft: Draft) -> Iterator[Span]:
        yield from chain(self.gazetteer.find(draft), find_contacts(draft), find_places(draft), find_amounts(draft))
        if JAPANESE.search(draft.text):
            yield from chain(find_japanese_companies(draft), find_japanese_people(draft))
        if LATIN.search(draft.text):
            words = words_of(draft.text)
            yield from chain(find_english_companies(draft.text, words), find_latin_people(draft.text, words))


def _left_over(draft: Draft, found: list[Span]) -> Iterator[Span]:
    """Names that only the dictionary tells, in what the other finders left."""
    taken = sorted((one.start, one.end) for one in found if one.label not in (PLACE, NUMBER))
    places = [one for one in found if one.label == PLACE]
    ends = list(accumulate((end for _, end in taken), max))

    def free(start: int, end: int, people: bool = False) -> bool:
        at = bisect_left(taken, (end, 0))
        covered = any(one.start <= start and end <= one.end for one in places)
        return (people or not covered) and (at == 0 or ends[at - 1] <= start)

    if draft.tokens:
        yield from find_more_people(draft, free)
        yield from find_proper_japanese(draft, free)
    if LETTER.search(draft.text):
        yield from find_proper_names(draft.text, words_of(draft.text), free)


def language_of(text: str) -> str:
    """The language of a text by its script: ja where kana or kanji stand in it, else en."""
    return "ja" if JAPANESE.search(fold(text[:5000]).text) else "en"
