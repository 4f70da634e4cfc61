"""Where the name of an organisation begins in Japanese text, and whether what stands there can be a name."""

from __future__ import annotations

import re
from typing import Final

from privacy.redaction.forms import JA_FORM
from privacy.redaction.lists.words_ja import (
    GENERIC,
    LEADS,
    PLAIN_KATAKANA,
    REGIONAL,
)
from privacy.redaction.tokens import (
    NOMINAL,
    NOUN,
    NUMERAL,
    PARTICLE,
    PERSONAL,
    PREFIX,
    PROPERS,
    SUFFIX,
    SYMBOL,
    TIME_NOUN,
    Draft,
    Token,
)  # fmt: skip

LONGEST: Final = 24
FORMS: Final = re.compile(rf"{JA_FORM}|(?<![A-Za-z])J[AFR](?=[ぁ-ゖァ-ヺ一-鿿])")
_generics: Final = "|".join(re.escape(word) for word in sorted(GENERIC, key=len, reverse=True) if len(word) > 1)
# single characters only before or after whole words: 木 and 村 are generic, 木村 is a name
GENERIC_RUN: Final = re.compile(f"[新旧元現前同当本各全両他別某小中大]?(?:{_generics}|の|・|[0-9]+)+[系内外的]?")
JOINED: Final = "・&-'’.＆ー"
RUN: Final = r"[一-鿿々〆ヶァ-ヺーA-Za-z0-9&'・]"
RUN_BEFORE: Final = re.compile(rf"{RUN}{{1,20}}$")
KATAKANA_END: Final = re.compile(r"[ァ-ヺー]{2,}$")
KATAKANA: Final = re.compile(r"[ァ-ヺー・]{3,16}")
PLAIN_RUN: Final = re.compile(f"(?:{'|'.join(sorted(PLAIN_KATAKANA, key=len, reverse=True))}|・)+")
LETTERS: Final = re.compile(r"[^0-9\s・&'.-]")
LATIN_BEFORE: Final = re.compile(r"(?:[A-Z][A-Za-z0-9&.'-]* ){1,3}$")


def name_before(draft: Draft, place: int) -> int | None:
    """Where the name that ends at a place begins."""
    text = draft.text
    while place and text[place - 1] in " \t」』":
        place -= 1
    if draft.tokens:
        start = _tokens_before(draft, place)
    else:
        found = RUN_BEFORE.search(text[max(0, place - LONGEST) : place])
        start = place - len(found[0]) if found else None
    if (
        start is None
        or start >= place
        or not LETTERS.search(text[start:place])
        or is_generic(text[start:place])
        or text[start:place] in LEADS
    ):
        return None
    return start - 1 if text[start - 1 : start] in ("「", "『") else start


def _tokens_before(draft: Draft, place: int) -> int | None:
    index = draft.last_until(place)
    start: int | None = None
    while index >= 0:
        token = draft.tokens[index]
        if token.end != (place if start is None else start) or place - token.start > LONGEST:
            break
        katakana = KATAKANA_END.match(draft.word(token)) is not None
        if not (
            _leads_to(draft, token)
            or katakana
            or (start is None and token.kind not in (SYMBOL, PARTICLE) and len(draft.word(token)) > 1)
        ):
            break
        start = token.start
        index -= 1
    return _before_latin(draft.text, _without_leads(draft, start, place)) if start is not None else None


def _leads_to(draft: Draft, token: Token) -> bool:
    word = draft.word(token)
    if token.kind == SYMBOL:
        return word in JOINED and token.start > 0 and draft.text[token.start - 1].isalnum()
    if token.kind == TIME_NOUN:
        return len(word) == 1 and word in "内外中上前"
    return token.kind in NOMINAL and not FORMS.fullmatch(word) and word not in ("さん", "様", "氏")


def _without_leads(draft: Draft, start: int, place: int) -> int:
    index = draft.first_from(start)
    while index < len(draft.tokens) and draft.tokens[index].end < place:
        token = draft.tokens[index]
        if draft.word(token) not in LEADS and not (token.kind == SYMBOL or _is_counter(draft, token)):
            break
        index += 1
    return draft.tokens[index].start


def _is_counter(draft: Draft, token: Token) -> bool:
    return token.kind == SUFFIX or (token.kind == NUMERAL and not draft.word(token)[:1].isascii() and False)


def _before_latin(text: str, start: int) -> int:
    if not text[start : start + 1].isascii():
        return start
    found = LATIN_BEFORE.search(text[max(0, start - 60) : start])
    return start - len(found[0]) if found else start


def is_generic(stem: str) -> bool:
    """Whether a stem says only what kind of organisation it is."""
    return stem.strip() in GENERIC or GENERIC_RUN.fullmatch(stem.strip()) is not None


def is_peculiar(draft: Draft, token: Token) -> bool:
    """Whether a word can be what tells one organisation's name from another's: no kind of business, no region."""
    word = draft.word(token)
    if is_generic(word) or word in REGIONAL:
        return False
    if token.kind in PROPERS:
        return token.kind not in PERSONAL or len(word) > 1 or not word.isascii()
    return (
        not token.known and token.kind in (NOUN, PREFIX) and len(word) > 1 and not word.islower() and not word.isdigit()
    )


def is_katakana_name(stem: str) -> bool:
    """Whether a stem in katakana can be a name: not a plain run of sounds, and no word of the trade or of daily life."""
    return KATAKANA.fullmatch(stem) is not None and not PLAIN_RUN.fullmatch(stem) and not is_generic(stem)
