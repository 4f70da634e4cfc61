"""Organisations nobody listed, in Japanese text: by corporate form and by how their names end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from privacy.redaction.companies_cues import find_by_cue
from privacy.redaction.lists.words_ja import (
    AUSPICIOUS,
    LEADS,
    NOT_NAMES,
    ORG_ENDS,
    ROLES,
    WEAK_ENDS,
)
from privacy.redaction.spans import ORGANISATION, Span
from privacy.redaction.stems_ja import FORMS, JOINED, RUN, is_generic, is_katakana_name, is_peculiar, name_before
from privacy.redaction.tokens import (
    NOMINAL,
    NOUN,
    PARTICLE,
    PERSONAL,
    PLACE_NAME,
    PROPERS,
    SYMBOL,
    Draft,
    Token,
)  # fmt: skip

_by_length: Final = sorted(ORG_ENDS, key=len, reverse=True)
ENDS: Final = re.compile("|".join(_by_length))
ENDS_RUN: Final = re.compile(f"(?:{'|'.join(_by_length)}){{1,4}}")
RUN_AFTER: Final = re.compile(rf"[「『]?(?:{RUN}{{1,20}}|[ぁ-ゖー]{{2,6}}?(?=[のはがをにでとも、。 ]|$))")
BIGGER: Final = re.compile(
    r"(?:業界?|物(?!産)|学(?!園|院)|庁|省|界|関係|関連|資源|用|生(?!協)|院生|院(?!$)|化|性|的|法|費|代(?!表)|料|量|別|者|技術|部門|系|税|権|祭|期|力|機(?!構)|員"
    r"|製品|商品|部品|番号|入試|受験|進学|時代|卒|病|数|室|長(?!崎)|席|券|図|板|型|間|案|名|品|台|車|火災|販売|管理|担当|設定|設計|開発|構築|業者|事業|教育)"
)
BRANCH: Final = re.compile(
    r"ジャパン|九州|関西|関東|東北|四国|東海|北海道|北陸|中部|西日本|東日本|東京|大阪|名古屋|福岡|札幌|仙台|沖縄"
)
POETIC_WORD: Final = re.compile(
    "会|家|風|丘|森|杜|里|郷|樹|木|空|海|星|花|輪|国|虹|音|街|泉|道|村|谷|島|実|大地|太陽|子|葉|浜|友|心|手|翼|鐘|城|園|館|光|月|台"
)
SOCIETY: Final = re.compile(
    r"の(?:[一-鿿ァ-ヺー]{1,8}(?:財団|協会|機構|組合|センター|研究所|病院|学園|園|会|社)|会|家|風|丘|森|杜|里|郷|樹|木|空|海|星|花|輪|国|虹|音|街|泉|道|村|谷|島|実|大地|太陽|子|葉|浜|友|心|手|翼|鐘|城|園|館|光|月|台)(?=[のはがをにでとも、。]|$)"
)
HOUSEHOLD: Final = frozenset(
    {
        "キッチン",
        "ジム",
        "ガス",
        "ハウス",
        "ホーム",
        "ガーデン",
        "パーク",
        "クラブ",
        "ライフ",
        "ワールド",
        "ネット",
        "リンク",
        "ベース",
        "ツール",
        "パーツ",
        "バス",
        "コーヒー",
        "ビール",
        "ワイン",
        "プロ",
        "ケア",
        "デザイン",
        "データ",
        "シューズ",
        "スポーツ",
    }
)
FRONT: Final = re.compile(
    r"(?:ファーム|クリニック|サロン|カフェ|キッチン|ホテル|レストラン|スタジオ|ストア|ハウス|ベーカリー|ダイニング|農園|牧場|食堂|薬局)$"
)
GOES_ON: Final = re.compile(r"[のはがをにでとも、。」]|さん|から|$")
LATIN_AFTER: Final = re.compile(r"(?<=[A-Za-z])(?: [A-Z][A-Za-z0-9&.'-]*){1,3}")
DEPARTMENT: Final = re.compile(ROLES)


def find_japanese_companies(draft: Draft) -> Iterator[Span]:
    """Every stretch that looks like an organisation's name."""
    yield from _by_form(draft)
    yield from _by_end(draft)
    yield from find_by_cue(draft)


def _by_form(draft: Draft) -> Iterator[Span]:
    for one in FORMS.finditer(draft.text):
        after = _name_after(draft, one.end())
        before = name_before(draft, one.start())
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


def _by_end(draft: Draft) -> Iterator[Span]:
    for one in ENDS.finditer(draft.text):
        inside = draft.at(one.start())
        if inside is not None and draft.tokens[inside].start < one.start():
            yield from _inside_word(draft, draft.tokens[inside], one)
            yield from _before_word(draft, draft.tokens[inside], one)
            continue
        end = _end_of(draft, one)
        if end is None:
            continue
        start = name_before(draft, one.start())
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


def _before_word(draft: Draft, token: Token, found: re.Match[str]) -> Iterator[Span]:
    """かもめ|調剤薬局: the ending is part of an ordinary word, and the name stands before that."""
    if token.kind != NOUN or token.end != found.end() or not _ends_there(draft, token.end):
        return
    start = name_before(draft, token.start)
    if start is not None and _is_name(draft, start, token.start, found[0]):
        yield Span(start, _more_ends(draft, token.end), ORGANISATION)


def _inside_word(draft: Draft, token: Token, found: re.Match[str]) -> Iterator[Span]:
    """東京大学 and みずほ銀行 are single words of the dictionary; so is 福祉大学, which needs a name before it."""
    end = found.end()
    named = token.end == end and token.kind in PROPERS - PERSONAL - {PLACE_NAME}
    if named and _ends_there(draft, end):
        before = name_before(draft, token.start)
        if before is None and is_generic(draft.text[token.start : found.start()]):
            return
        yield Span(token.start if before is None else before, _more_ends(draft, end), ORGANISATION)


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
    if FRONT.search(draft.text[max(0, end - 8) : end]) and (index := draft.first_from(end)) < len(draft.tokens):
        token = draft.tokens[index]
        if (
            token.start == end
            and token.kind in {*PROPERS, NOUN}
            and not BIGGER.match(draft.text, end)
            and GOES_ON.match(draft.text, token.end)
        ):
            return token.end
    for _ in range(4):  # no name has more endings than that
        more = ENDS.match(draft.text, end)
        if more is None or not _ends_there(draft, more.end()):
            break
        end = more.end()
    return end


def _is_name(draft: Draft, start: int, end: int, ending: str) -> bool:
    """Whether the stem before an ending is a name: for weak endings, only with a word that can be nothing else."""
    stem = draft.text[start:end].strip("「『」』 ")
    if len(stem) < 1 or is_generic(stem) or stem in LEADS:
        return False
    tokens = draft.within(start, end)
    poetic = draft.text[start - 1 : start] == "の" and POETIC_WORD.fullmatch(stem)
    if len(stem) == 1 and not poetic and (not tokens or tokens[0].kind not in PERSONAL):
        return False
    if not tokens:
        return ending not in WEAK_ENDS and len(stem) >= 2
    if all(is_generic(draft.word(one)) or draft.word(one) in LEADS for one in tokens):
        return False
    if ending in HOUSEHOLD and all(one.known and one.kind == NOUN for one in tokens):
        return False
    if ending not in WEAK_ENDS or is_katakana_name(stem) or _is_auspicious(stem):
        return True
    return any(is_peculiar(draft, one) for one in tokens)


def _is_auspicious(stem: str) -> bool:
    return len(stem) == 2 and set(stem) <= AUSPICIOUS
