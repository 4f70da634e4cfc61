"""Organisations nobody listed, in Japanese text: by what is said of them (という会社, に勤め, 社, さん)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from privacy.redaction.spans import ORGANISATION, Span
from privacy.redaction.stems_ja import KATAKANA, is_generic, is_katakana_name, is_peculiar, name_before
from privacy.redaction.tokens import (
    COUNTRY,
    NUMERAL,
    PERSONAL,
    PLACE_NAME,
    PROPER,
    SUFFIX,
    Draft,
)  # fmt: skip

CALLED: Final = re.compile(
    r"[」』\"”]?(?:という|っていう|って|とかいう|なる)(?:名前の|名の|地元の|小さな|大きな|中堅の|老舗の|[ぁ-んァ-ヶ一-龠]{1,6}の)?"
    r"(?:会社|企業|法人|団体|組合|病院|学校|業者|メーカー|お店|店|店舗|工場|事務所|スタートアップ|ベンチャー|組織|施設|大学|塾|農家|農園|牧場|養殖場|問屋|商社|代理店|ベンダー|取引先|競合)"
)
WORKS: Final = re.compile(
    r"(?:に|へ|で|を|から|の)(?:勤め|勤務|働い|働き|入社|転職|就職|退職|出向|常駐|内定|社員|従業員|営業担当|営業さん|営業の|担当者|担当の|担当さん|御中|製品|本社|工場|支店|人事|サポート窓口|サポート)"
    r"|(?:と|とは)(?:契約|取引|提携|合併|共同開発|商談)|御中|本社|支社|支店|営業所|(?:に|へ)(?:発注|外注|委託|納品|納入|見積)"
)
COMPANY: Final = re.compile(r"社(?=[のはがをにでとも、。から（( ]|さん|様|製|内|$)")
QUOTED: Final = re.compile(r"[「『\"“]([^「」『』\"“”\n]{2,24})$")
CALL: Final = re.compile(r"さん(?=[のはがをにでとも、。から]|$)|様|御中")


def find_by_cue(draft: Draft) -> Iterator[Span]:
    """Every stretch that is spoken of as an organisation is."""
    yield from _by_words_around(draft)
    yield from _by_call(draft)


def _by_call(draft: Draft) -> Iterator[Span]:
    """マルハニチロさん: a proper noun of no person, or long katakana no dictionary has, is a company people call さん."""
    for one in CALL.finditer(draft.text):
        index = draft.last_until(one.start())
        if index < 0 or draft.tokens[index].end != one.start():
            continue
        token = draft.tokens[index]
        long = not token.known and KATAKANA.fullmatch(draft.word(token)) and token.end - token.start >= 6
        if (token.kind == PROPER and token.end - token.start >= 3) or long:
            yield Span(token.start, token.end, ORGANISATION)


def _by_words_around(draft: Draft) -> Iterator[Span]:
    for one in CALLED.finditer(draft.text):
        quoted = QUOTED.search(draft.text[max(0, one.start() - 26) : one.start()])
        if quoted is not None:
            yield Span(one.start() - len(quoted[1]), one.start(), ORGANISATION)
        elif (start := name_before(draft, one.start())) is not None and _is_called(draft, start, one.start()):
            yield Span(start, one.start(), ORGANISATION)
    for pattern in (WORKS, COMPANY):
        for one in pattern.finditer(draft.text):
            start = name_before(draft, one.start())
            if start is not None and _is_strictly(draft, start, one.start(), pattern is COMPANY):
                yield Span(start, one.start() + (1 if pattern is COMPANY else 0), ORGANISATION)


def _is_called(draft: Draft, start: int, end: int) -> bool:
    """Whether what stands before "という会社" is a name."""
    tokens = draft.within(start, end)
    if end - start < 2 or not tokens or tokens[-1].kind in {SUFFIX, NUMERAL}:
        return False
    return not all(is_generic(draft.word(one)) or one.kind in (SUFFIX, NUMERAL) for one in tokens)


def _is_strictly(draft: Draft, start: int, end: int, company: bool) -> bool:
    """Whether what stands before "に勤め" or 社 is a name: words no dictionary knows, or proper nouns of neither people nor places."""
    stem = draft.text[start:end].strip("「『」』 ")
    tokens = draft.within(start, end)
    if len(stem) < 2 or not tokens or tokens[-1].kind in {PLACE_NAME, COUNTRY, SUFFIX, NUMERAL}:
        return False
    if company:
        return is_katakana_name(stem) or any(is_peculiar(draft, one) for one in tokens)
    return any(is_peculiar(draft, one) and one.kind not in {*PERSONAL, PLACE_NAME} for one in tokens)
