"""Names of people in Japanese text: by the analyser's surnames and given names, and by what they are called with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from privacy.redaction.lists import words
from privacy.redaction.lists.names_ja import DOUBLE, SURNAMES
from privacy.redaction.lists.words_ja import CALLED, HONORIFICS, LEADS, ROLES
from privacy.redaction.spans import PERSON, Span
from privacy.redaction.tokens import (
    COUNTRY,
    GIVEN,
    NAME,
    NOMINAL,
    NOUN,
    NUMERAL,
    PERSONAL,
    PLACE_NAME,
    PROPER,
    SUFFIX,
    SURNAME,
    SYMBOL,
    Draft,
    Token,
)  # fmt: skip

CALLS: Final = re.compile(rf"[ \u3000]?(?:{HONORIFICS})(?![ぁ-ん]*ざけ)")
ROLE: Final = re.compile(ROLES)
ROLE_AFTER: Final = re.compile(rf"[ \u3000]?(?:(?:元|前|新|現)?(?:{ROLES}))(?!室|会|団|制|職|席|用|業)")
KANJI: Final = "一-鿿々ヶ﨑髙"
NAME_RUN: Final = re.compile(
    rf"[{KANJI}]{{1,5}}$|[ァ-ヺー]{{2,10}}(?:[・=][ァ-ヺー]{{2,10}}){{0,3}}$|[ぁ-ゖー]{{2,6}}$"
)
FOREIGN: Final = re.compile(r"[ァ-ヺー]{2,12}(?:[・=][ァ-ヺー]{2,12}){1,3}")
INTRODUCED: Final = re.compile(r"(?:と(?:申|もう)し(?:ます|まして|た)|と名乗|といいます|と言います|と申す)")
NAMED: Final = re.compile(
    r"(?:氏名|お名前|名前|担当者名|担当者|担当|責任者|代表者|代表|記入者|作成者|報告者|連絡先|差出人|宛名|筆者|著者|文責|記|主治医|執刀医|担任|編集長|秘書|助手|弟子|上司|部下|夫|妻|娘|息子|長男|長女|次男|次女|三男|弟|妹|兄|姉|父|母|甥|姪|孫|彼氏|主人|嫁|同級生|友達|親友|同僚|先輩|後輩|友人|知人|弁護士|社長|部長|課長|店長|院長|場長|所長|校長|教授)"
    r"(?:の|は|が|:|：|/|、|,|\s|=){1,2}\s?"
)
LATIN_CALLED: Final = re.compile(
    r"(?<![A-Za-z0-9@._-])([A-Z][a-z]{1,14}(?:[ ・][A-Z][a-z]{1,14}){0,2})[ ]?(?:さん|さま|様|氏|くん|君|ちゃん|先生|社長|部長|課長|店長|院長)"
)
SURNAME_RUN: Final = "|".join(sorted(SURNAMES, key=len, reverse=True))
BARE: Final = re.compile(rf"(?<![{KANJI}])(?:{SURNAME_RUN})[{KANJI}ぁ-んァ-ヺ]{{0,3}}?(?=[ ]?(?:{HONORIFICS}|{ROLES}))")
LATIN_COMMON: Final = words(
    """
    user dear web all team admin support staff mac linux windows google
    """
)
FAMILY: Final = re.compile(
    r"(?:夫|妻|娘|息子|長男|長女|次男|次女|三男|弟|妹|兄|姉|父|母|義父|義母|義兄|義姉|義弟|義妹|祖父|祖母|叔父|叔母|甥|姪|孫|彼氏|彼女|婚約者|親友|友人|同僚|後輩|部下)の"
)
THINGS: Final = frozenset({"当たる", "東大寺", "モナ・リザ"})
NOT_AFTER: Final = re.compile(
    r"(?:式|流|型|法|定理|効果|方程式|変換|分布|係数|線|現象|病|症|症候群|反応|賞|杯|家|時代|幕府|焼|塗|織|牛|豚|鶏|米|茶|酒|そば|うどん|ラーメン|県|市|町|村|区|郡|駅|港|湾|川|山|島|橋|通り|空港|藩|城|寺|神社|教|派|丸|号|屋|堂|社|園)"
)


def find_japanese_people(draft: Draft) -> Iterator[Span]:
    """Names, with the honorific (さん, 様, 氏) or the role (社長, 先生) they are called with."""
    if draft.tokens:
        yield from _by_tokens(draft)
        yield from _by_cue(draft)
    else:
        yield from (Span(one.start(), _with_call(draft.text, one.end()), PERSON) for one in BARE.finditer(draft.text))
    for one in LATIN_CALLED.finditer(draft.text):
        if one[1].casefold() not in LATIN_COMMON:
            yield Span(one.start(), _with_call(draft.text, one.end(1)), PERSON)


def _with_call(text: str, end: int) -> int:
    found = CALLS.match(text, end)
    return found.end() if found else end


def _by_tokens(draft: Draft) -> Iterator[Span]:
    index = 0
    while index < len(draft.tokens):
        end = _name_from(draft, index)
        if end > index:
            yield from _judged(draft, index, end)
            index = end
        else:
            index += 1


def _name_from(draft: Draft, index: int) -> int:
    """The index after the run of name tokens that begins at an index; the index itself where none does."""
    end = index
    while end < len(draft.tokens):
        token = draft.tokens[end]
        if token.kind in PERSONAL:
            end += 1
        elif end > index and _is_joint(draft, end):
            end += 2
        else:
            break
    return end


def _is_joint(draft: Draft, index: int) -> bool:
    """A space, a dot or a = between two parts of one name."""
    if index + 1 >= len(draft.tokens) or draft.word(draft.tokens[index]) not in (" ", "・", "=", "\u3000"):
        return False
    before, after = draft.tokens[index - 1], draft.tokens[index + 1]
    if draft.word(draft.tokens[index]) in (" ", "\u3000"):
        return (before.kind == SURNAME and after.kind in (GIVEN, NAME)) or draft.word(before).isascii()
    return after.kind in PERSONAL or draft.word(after) in SURNAMES


def _judged(draft: Draft, index: int, end: int) -> Iterator[Span]:
    tokens = draft.tokens[index:end]
    start, stop = tokens[0].start, tokens[-1].end
    word = draft.text[start:stop]
    if word in CALLED or word in THINGS or (word.isascii() and len(tokens) == 1 and not CALLS.match(draft.text, stop)):
        return
    called = _with_call(draft.text, stop)
    role = None if called > stop else _role_after(draft, stop)
    if called > stop or role is not None:
        yield Span(start, called if role is None else role, PERSON)
    elif _stands_alone(draft, tokens, index, end):
        yield Span(start, stop, PERSON)


def _role_after(draft: Draft, stop: int) -> int | None:
    """Where the name ends when a role follows, up to three more kanji of a given name between: 田中健|二部長."""
    found = re.compile(rf"([{KANJI}]{{0,3}}?)(?:{ROLE_AFTER.pattern})").match(draft.text, stop)
    return found.end() if found else None


def _stands_alone(draft: Draft, tokens: Sequence[Token], index: int, end: int) -> bool:
    """A name without a title: surname and given name, or a surname that is hardly anything else, with nothing glued to it."""
    text = draft.text
    start, stop = tokens[0].start, tokens[-1].end
    after = draft.tokens[end] if end < len(draft.tokens) else None
    before = draft.tokens[index - 1] if index else None
    if NOT_AFTER.match(text, stop) or (
        before is not None and before.end == start and before.kind in {PLACE_NAME, SUFFIX, NUMERAL, NOUN, PROPER}
    ):
        return False
    if after is not None and after.start == stop and after.kind in {NOUN, SUFFIX, PROPER, PLACE_NAME, COUNTRY}:
        return len(tokens) > 1 and after.kind == NOUN
    kinds = [one.kind for one in tokens if one.kind in PERSONAL]
    if len(kinds) > 1:
        return kinds[0] == SURNAME or all(len(draft.word(one)) > 1 for one in tokens if one.kind in PERSONAL)
    word = text[start:stop]
    if kinds[0] == SURNAME and re.fullmatch(rf"[{KANJI}]{{2,4}}", word):
        return word not in DOUBLE and not _is_thing(draft, start, stop)
    if kinds[0] == GIVEN and re.fullmatch(rf"(?![一二三四五六七八九十数何見])[{KANJI}]{{2,3}}", word):
        return re.match(r"[がはをもにと、]", text[stop : stop + 1]) is not None and word not in DOUBLE
    return kinds[0] == NAME and len(word) >= 4 and not word.isascii() and "・" in word


def _is_thing(draft: Draft, start: int, stop: int) -> bool:
    return re.match(r"(?:産|製|風|方面|周辺|地区|沖|行き|駅|本店|支店)", draft.text[stop : stop + 2]) is not None


def _by_cue(draft: Draft) -> Iterator[Span]:
    text = draft.text
    for one in re.compile(CALLS.pattern).finditer(text):
        start = _called_from(draft, one.start())
        if start is not None:
            yield Span(start, one.end(), PERSON)
    for one in ROLE_AFTER.finditer(text):
        start = _role_from(draft, one.start())
        if start is not None:
            yield Span(start, one.end(), PERSON)
    for one in INTRODUCED.finditer(text):
        start = _introduced_from(draft, one.start())
        if start is not None:
            yield Span(start, one.start(), PERSON)
    for one in NAMED.finditer(text):
        end = _named_until(draft, one.end())
        if end is not None:
            yield Span(one.end(), end, PERSON)
    for one in FAMILY.finditer(text):
        index = draft.first_from(one.end())
        if (
            index < len(draft.tokens)
            and draft.tokens[index].start == one.end()
            and _is_first_name(draft, draft.tokens[index])
        ):
            yield Span(one.end(), _with_call(text, draft.tokens[index].end), PERSON)
    for one in FOREIGN.finditer(text):
        if _is_foreign_name(draft, one.start(), one.end()):
            yield Span(one.start(), _with_call(text, one.end()), PERSON)


def _called_from(draft: Draft, place: int) -> int | None:
    """Where the name before さん begins: a listed surname, a proper noun, or a word no dictionary has."""
    index = draft.last_until(place)
    if index < 0 or draft.tokens[index].end != place:
        return None
    token = draft.tokens[index]
    word = draft.word(token)
    if word in CALLED or word in LEADS or ROLE.fullmatch(word) or token.kind in PERSONAL:
        return None
    if not draft.splits_at(place):
        return None
    before = draft.tokens[index - 1] if index else None
    glued = before is not None and before.end == token.start and before.kind in NOMINAL and before.kind != "time"
    if word in SURNAMES:
        return token.start if not glued or draft.word(before) in LEADS else None  # type: ignore[arg-type]
    if glued and before is not None and before.kind in (SURNAME, NAME):
        return before.start
    if glued:
        return None
    if token.kind == PLACE_NAME:
        return token.start if len(word) <= 3 and not re.search(r"[県市町村区都府]$", word) else None
    if not token.known and re.fullmatch(rf"[{KANJI}]{{2,4}}|[ァ-ヺー]{{2,8}}|[ぁ-ゖ]{{2,5}}", word):
        return token.start
    return token.start if _is_nickname(draft, word, place) else None


def _is_first_name(draft: Draft, token: Token) -> bool:
    """After "my husband", a given name that the dictionary may know as a place."""
    kinds = token.kind in {*PERSONAL, PLACE_NAME} and token.end - token.start > 1
    return kinds and re.match(r"[がはもにをと、]", draft.text[token.end : token.end + 1]) is not None


def _is_nickname(draft: Draft, word: str, place: int) -> bool:
    """あかりちゃん, ゆうきくん: kana before a familiar word."""
    return (
        draft.text.startswith(("ちゃん", "くん"), place)
        and re.fullmatch(r"[ぁ-ゖー]{2,4}", word) is not None
        and word not in CALLED
    )


def _role_from(draft: Draft, place: int) -> int | None:
    index = draft.last_until(place)
    if index < 0 or draft.tokens[index].end != place:
        return None
    token = draft.tokens[index]
    before = draft.tokens[index - 1] if index else None
    glued = before is not None and before.end == token.start and before.kind in NOMINAL
    word = draft.word(token)
    return (
        token.start if word in SURNAMES and not glued and word not in {"東", "西", "南", "北", "新田", "本間"} else None
    )


def _introduced_from(draft: Draft, place: int) -> int | None:
    """The noun run before と申します."""
    index = draft.last_until(place)
    start: int | None = None
    while index >= 0 and draft.tokens[index].end == (place if start is None else start):
        token = draft.tokens[index]
        if token.kind not in NOMINAL and not (token.kind == "space" and start is not None):
            break
        start = token.start
        index -= 1
    if (
        start is None
        or not 2 <= place - start <= 12
        or (draft.text[start:place].isascii() and not draft.text[start].isupper())
    ):
        return start if start is not None and draft.text[start:place] in SURNAMES else None
    return start if _is_namelike(draft.text[start:place]) else None


def _is_namelike(text: str) -> bool:
    return (
        re.fullmatch(
            rf"[{KANJI}]{{1,4}}[ \u3000]?[{KANJI}ぁ-ゖァ-ヺ]{{0,4}}|[ァ-ヺー・ ]{{2,16}}|[ぁ-ゖ ]{{3,10}}|[A-Z][a-z]+(?: [A-Z][a-z]+)?",
            text,
        )
        is not None
    )


def _named_until(draft: Draft, place: int) -> int | None:
    """The end of the name that begins after "担当:" and the like, by surname."""
    index = draft.first_from(place)
    if index >= len(draft.tokens) or draft.tokens[index].start != place:
        return None
    token = draft.tokens[index]
    if token.kind not in PERSONAL and draft.word(token) not in SURNAMES:
        return None
    end = max(_name_from(draft, index), index + 1)
    stop = draft.tokens[end - 1].end
    following = draft.tokens[end] if end < len(draft.tokens) else None
    if (
        following is not None
        and following.start == stop
        and following.kind in NOMINAL
        and following.kind not in PERSONAL
    ):
        return None
    if (
        draft.word(token) in DOUBLE
        and end == index + 1
        and not re.match(r"[ 　]?(?:です|が|まで|に|より|、|。|\(|$)", draft.text[stop:])
    ):
        return None
    return stop


def _is_foreign_name(draft: Draft, start: int, end: int) -> bool:
    """ジョン・スミス: every part katakana, and at least the first known as a name of a person."""
    first = draft.at(start)
    if first is None or NOT_AFTER.match(draft.text, end) or re.match(r"の?(?:大学|株式|社)", draft.text[end : end + 4]):
        return False
    tokens = [one for one in draft.within(start, end) if one.kind != SYMBOL]
    names = [one for one in tokens if one.kind in PERSONAL]
    return bool(names) and (draft.tokens[first].kind in PERSONAL or len(names) * 2 >= len(tokens))
