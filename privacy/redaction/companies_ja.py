"""Organisations nobody listed, in Japanese text: by corporate form, by how their names end, and by what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from privacy.redaction.forms import JA_FORM
from privacy.redaction.lists.words_ja import (
    AUSPICIOUS,
    GENERIC,
    LEADS,
    NOT_NAMES,
    ORG_ENDS,
    PLAIN_KATAKANA,
    REGIONAL,
    ROLES,
    WEAK_ENDS,
)
from privacy.redaction.spans import ORGANISATION, Span
from privacy.redaction.tokens import (
    COUNTRY,
    NOMINAL,
    NOUN,
    NUMERAL,
    PARTICLE,
    PERSONAL,
    PLACE_NAME,
    PREFIX,
    PROPER,
    PROPERS,
    SUFFIX,
    SYMBOL,
    TIME_NOUN,
    Draft,
    Token,
)  # fmt: skip

LONGEST: Final = 24
_by_length: Final = sorted(ORG_ENDS, key=len, reverse=True)
FORMS: Final = re.compile(rf"{JA_FORM}|(?<![A-Za-z])J[AFR](?=[ぁ-ゖァ-ヺ一-鿿])")
ENDS: Final = re.compile("|".join(_by_length))
ENDS_RUN: Final = re.compile(f"(?:{'|'.join(_by_length)})+")
_generics: Final = "|".join(re.escape(word) for word in sorted(GENERIC, key=len, reverse=True) if len(word) > 1)
# single characters only before or after whole words: 木 and 村 are generic, 木村 is a name
GENERIC_RUN: Final = re.compile(f"[新旧元現前同当本各全両他別某小中大]?(?:{_generics}|の|・|[0-9]+)+[系内外的]?")
JOINED: Final = "・&-'’.＆ー"
RUN: Final = r"[一-鿿々〆ヶァ-ヺーA-Za-z0-9&'・]"
RUN_AFTER: Final = re.compile(rf"[「『]?(?:{RUN}{{1,20}}|[ぁ-ゖー]{{2,6}}?(?=[のはがをにでとも、。 ]|$))")
RUN_BEFORE: Final = re.compile(rf"{RUN}{{1,20}}$")
BIGGER: Final = re.compile(
    r"(?:業界?|物(?!産)|学(?!園|院)|庁|省|界|関係|関連|資源|用|生(?!協)|院生|院(?!$)|化|性|的|法|費|代(?!表)|料|量|別|者|技術|部門|系|税|権|祭|期|力|機(?!構)|員"
    r"|製品|商品|部品|番号|入試|受験|進学|時代|卒|病|数|室|長(?!崎)|席|券|図|板|型|間|案|名|品|台|車|火災|販売|管理|担当|設定|設計|開発|構築|業者|事業|教育)"
)
CALLED: Final = re.compile(
    r"[」』\"”]?(?:という|っていう|って|とかいう|なる)(?:名前の|名の|地元の|小さな|大きな|中堅の|老舗の|[ぁ-んァ-ヶ一-龠]{1,6}の)?"
    r"(?:会社|企業|法人|団体|組合|病院|学校|業者|メーカー|お店|店|店舗|工場|事務所|スタートアップ|ベンチャー|組織|施設|大学|塾|農家|農園|牧場|養殖場|問屋|商社|代理店|ベンダー|取引先|競合)"
)
WORKS: Final = re.compile(
    r"(?:に|へ|で|を|から|の)(?:勤め|勤務|働い|働き|入社|転職|就職|退職|出向|常駐|内定|社員|従業員|営業担当|営業さん|営業の|担当者|担当の|担当さん|御中|製品|本社|工場|支店|人事|サポート窓口|サポート)"
    r"|(?:と|とは)(?:契約|取引|提携|合併|共同開発|商談)|御中|本社|支社|支店|営業所|(?:に|へ)(?:発注|外注|委託|納品|納入|見積)"
)
BRANCH: Final = re.compile(
    r"ジャパン|九州|関西|関東|東北|四国|東海|北海道|北陸|中部|西日本|東日本|東京|大阪|名古屋|福岡|札幌|仙台|沖縄"
)
POETIC_WORD: Final = re.compile(
    "会|家|風|丘|森|杜|里|郷|樹|木|空|海|星|花|輪|国|虹|音|街|泉|道|村|谷|島|実|大地|太陽|子|葉|浜|友|心|手|翼|鐘|城|園|館|光|月|台"
)
SOCIETY: Final = re.compile(
    r"の(?:会|家|風|丘|森|杜|里|郷|樹|木|空|海|星|花|輪|国|虹|音|街|泉|道|村|谷|島|実|大地|太陽|子|葉|浜|友|心|手|翼|鐘|城|園|館|光|月|台)(?=[のはがをにでとも、。]|$)"
)
KATAKANA_END: Final = re.compile(r"[ァ-ヺー]{2,}$")
KATAKANA: Final = re.compile(r"[ァ-ヺー・]{3,16}")
PLAIN_RUN: Final = re.compile(f"(?:{'|'.join(sorted(PLAIN_KATAKANA, key=len, reverse=True))}|・)+")
COMPANY: Final = re.compile(r"社(?=[のはがをにでとも、。から（( ]|さん|様|製|内|$)")
QUOTED: Final = re.compile(r"[「『\"“]([^「」『』\"“”\n]{2,24})$")
CALL: Final = re.compile(r"さん(?=[のはがをにでとも、。から]|$)|様|御中")
LETTERS: Final = re.compile(r"[^0-9\s・&'.-]")
LATIN_AFTER: Final = re.compile(r"(?<=[A-Za-z])(?: [A-Z][A-Za-z0-9&.'-]*){1,3}")
LATIN_BEFORE: Final = re.compile(r"(?:[A-Z][A-Za-z0-9&.'-]* ){1,3}$")
DEPARTMENT: Final = re.compile(ROLES)


def find_japanese_companies(draft: Draft) -> Iterator[Span]:
    """Every stretch that looks like an organisation's name."""
    yield from _by_form(draft)
    yield from _by_end(draft)
    yield from _by_words_around(draft)
    yield from _by_call(draft)


def _by_form(draft: Draft) -> Iterator[Span]:
    for one in FORMS.finditer(draft.text):
        after = _name_after(draft, one.end())
        before = _name_before(draft, one.start())
        # a form between two names belongs to the one it touches; to the one before it, where it touches both
        if before is not None and (after is None or _touches(draft.text, one)):
            yield Span(before, one.end(), ORGANISATION)
        elif after is not None:
            tail = SOCIETY.match(draft.text, after)
            yield Span(one.start(), tail.end() if tail else after, ORGANISATION)


def _touches(text: str, form: re.Match[str]) -> bool:
    """Whether a form stands closer to the name before it: nothing between, or as much as after it."""
    return not text[form.start() - 1].isspace() or text[form.end() : form.end() + 1].isspace()


def _name_after(draft: Draft, place: int) -> int | None:
    """Where the name that begins at a place ends."""
    text = draft.text
    while text[place : place + 1] in (" ", "\t", "「", "『"):
        place += 1
    end = _tokens_after(draft, place) if draft.tokens else None
    if end is None:
        found = RUN_AFTER.match(text, place)
        end = found.end() if found else None
    if end is None or end <= place or text[place:end] in NOT_NAMES:
        return None
    return _with_close(text, end)


def _with_close(text: str, end: int) -> int:
    return end + 1 if text[end : end + 1] in ("」", "』") else end


def _tokens_after(draft: Draft, place: int) -> int | None:
    index = draft.first_from(place)
    end: int | None = None
    for token in draft.tokens[index : index + 10]:
        word = draft.word(token)
        if end is None and (token.start != place or token.kind in (SYMBOL, PARTICLE) or word in NOT_NAMES):
            return None
        if end is not None and not (_goes_on(draft, token) and token.start == end):
            break
        end = token.end
    return _through_latin(draft.text, end) if end is not None else None


def _goes_on(draft: Draft, token: Token) -> bool:
    word = draft.word(token)
    if token.kind == SYMBOL:
        return word in JOINED and draft.text[token.end : token.end + 1].isalnum()
    if token.kind not in NOMINAL or word in (
        "さん",
        "様",
        "氏",
        "殿",
        "御中",
        "くん",
        "ちゃん",
        "内",
        "側",
        "等",
        "など",
        "製",
    ):
        return False
    return not DEPARTMENT.fullmatch(word)


def _through_latin(text: str, end: int) -> int:
    """Latin names go on over spaces: 株式会社 Blue Ocean."""
    found = LATIN_AFTER.match(text, end)
    return found.end() if found else end


def _name_before(draft: Draft, place: int) -> int | None:
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
            or (start is None and token.kind != SYMBOL and len(draft.word(token)) > 1)
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


def _by_end(draft: Draft) -> Iterator[Span]:
    for one in ENDS.finditer(draft.text):
        inside = draft.at(one.start())
        if inside is not None and draft.tokens[inside].start < one.start():
            yield from _inside_word(draft, draft.tokens[inside], one.end())
            continue
        end = _end_of(draft, one)
        if end is None:
            continue
        start = _name_before(draft, one.start())
        if start is not None and _is_name(draft, start, one.start(), one[0]):
            yield Span(_poetic(draft, start, one.start()), _more_ends(draft, end), ORGANISATION)


def _end_of(draft: Draft, found: re.Match[str]) -> int | None:
    """Where the ending ends; 大学病院 is one word of the dictionary, 医科大学 was found in it."""
    if _ends_there(draft, found.end()):
        return found.end()
    run = ENDS_RUN.match(draft.text, found.start())
    return run.end() if run and run.end() > found.end() and _ends_there(draft, run.end()) else None


def _poetic(draft: Draft, start: int, end: int) -> int:
    """みどりの風クリニック: の inside a name, where one short word of nature stands between it and the ending."""
    if not POETIC_WORD.fullmatch(draft.text[start:end]) or draft.text[start - 1 : start] != "の":
        return start
    index = draft.last_until(start - 1)
    return draft.tokens[index].start if index >= 0 and draft.tokens[index].kind in NOMINAL else start


def _inside_word(draft: Draft, token: Token, end: int) -> Iterator[Span]:
    """東京大学 and みずほ銀行 are single words of the dictionary."""
    stem = draft.text[token.start : end]
    named = token.end == end and token.kind in PROPERS - PERSONAL - {PLACE_NAME}
    if named and not is_generic(stem) and _ends_there(draft, end):
        yield Span(token.start, _more_ends(draft, end), ORGANISATION)


def _ends_there(draft: Draft, end: int) -> bool:
    """A name ends here: no noun goes on that makes it an ordinary word, and no word is cut in two."""
    if not draft.splits_at(end) or (
        re.match(r"[ァ-ヺー]", draft.text[end : end + 1]) and re.match(r"[ァ-ヺー]", draft.text[end - 1])
    ):
        return False
    return not BIGGER.match(draft.text, end)


def _more_ends(draft: Draft, end: int) -> int:
    if (branch := BRANCH.match(draft.text, end)) is not None and draft.splits_at(branch.end()):
        return branch.end()
    while (more := ENDS.match(draft.text, end)) and _ends_there(draft, more.end()):
        end = more.end()
    return end


def _is_name(draft: Draft, start: int, end: int, ending: str) -> bool:
    """Whether the stem before an ending is a name: for weak endings, only with a word that can be nothing else."""
    stem = draft.text[start:end].strip("「『」』 ")
    if len(stem) < 1 or is_generic(stem) or stem in LEADS:
        return False
    tokens = draft.within(start, end)
    if not tokens:
        return ending not in WEAK_ENDS and len(stem) >= 2
    if all(is_generic(draft.word(one)) or draft.word(one) in LEADS for one in tokens):
        return False
    if ending not in WEAK_ENDS or _is_katakana_name(stem) or _is_auspicious(stem):
        return True
    return any(_is_peculiar(draft, one) for one in tokens)


def _is_peculiar(draft: Draft, token: Token) -> bool:
    word = draft.word(token)
    if is_generic(word) or word in REGIONAL:
        return False
    if token.kind in PROPERS:
        return token.kind not in PERSONAL or len(word) > 1 or not word.isascii()
    return (
        not token.known and token.kind in (NOUN, PREFIX) and len(word) > 1 and not word.islower() and not word.isdigit()
    )


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
        elif (start := _name_before(draft, one.start())) is not None and _is_called(draft, start, one.start()):
            yield Span(start, one.start(), ORGANISATION)
    for pattern in (WORKS, COMPANY):
        for one in pattern.finditer(draft.text):
            start = _name_before(draft, one.start())
            if start is not None and _is_strictly(draft, start, one.start(), pattern is COMPANY):
                yield Span(start, one.start() + (1 if pattern is COMPANY else 0), ORGANISATION)


def _is_auspicious(stem: str) -> bool:
    return len(stem) == 2 and set(stem) <= AUSPICIOUS


def _is_katakana_name(stem: str) -> bool:
    return KATAKANA.fullmatch(stem) is not None and not PLAIN_RUN.fullmatch(stem) and not is_generic(stem)


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
        return _is_katakana_name(stem) or any(_is_peculiar(draft, one) for one in tokens)
    return any(_is_peculiar(draft, one) and one.kind not in {*PERSONAL, PLACE_NAME} for one in tokens)
