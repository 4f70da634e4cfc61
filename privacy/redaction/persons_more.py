"""Names of people in Japanese text that dictionaries hold for places or plain words: by surname, by what stands around."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from privacy.redaction.lists.names_ja import ROMAN_DOUBLE, ROMAN_GIVEN, ROMAN_SURNAMES, SURNAMES
from privacy.redaction.lists.proper_ja import SINGLE, SURNAMES_MORE, TOOLS
from privacy.redaction.lists.words_ja import CALLED, HONORIFICS, PLAIN_KATAKANA, ROLES
from privacy.redaction.spans import PERSON, Span
from privacy.redaction.tokens import NAME, NOMINAL, PERSONAL, PLACE_NAME, SURNAME, Draft

ALL: Final = SURNAMES | SURNAMES_MORE
CALL: Final = rf"(?:{HONORIFICS}|(?:元|前|新|副)?(?:{ROLES}|マネージャー|マネジャー|サブリーダー|リーダー|オーナー|コーチ|チーフ|シェフ|ディレクター)(?!室|会|団|制|職|席|用|業))"
RUN: Final = re.compile(rf"(?<![一-鿿々])(?P<name>[一-鿿々]{{2,3}}?)(?=[ ]?{CALL})")
ONE: Final = re.compile(rf"(?:^|(?<=[の、。はがとも「 ]))(?P<name>[{''.join(sorted(SINGLE))}])(?=[ ]?{CALL})")
INTRO: Final = re.compile(
    r"(?:^|(?<=[の、。るただ\n 「]))(?P<name>[一-鿿々]{1,3}|[ぁ-ん]{2,4}|[ァ-ヺー]{2,8})(?=です(?:[。、！!\n]|$|けど|が、)|と(?:申し|言い|いい)ます|でした[。、])"
)
GREETING: Final = re.compile(
    r"です[。、！!]?\s*(?:よろしく|はじめまして|初めまして|お世話に|ご相談|相談|こんにちは|こんばんは|質問)"
)
TITLE: Final = re.compile(
    r"(?<![A-Za-z])(?:Dr|Mr|Ms|Mrs|Prof)\.? ?(?P<name>[一-鿿々]{1,4}|[ァ-ヺー・]{2,12})(?=[のはがをにともへで、。 ]|$)"
)
INITIALS: Final = re.compile(r"(?<![A-Za-z0-9])(?P<name>[A-Z][.・]? ?[A-Z]\.?)(?=[ ]?(?:さん|氏|様|くん|先生|君))")
TEACHER: Final = re.compile(
    "先生|店長|技師|院長|校長|教頭|監督|研究員|看護師|師長|次長|室長|船長|会長|専門員|課長|部長|係長|班長|主任|工場長|場長|社長|専務|常務|氏|君|くん|ちゃん"
)
RARE: Final = SINGLE - frozenset("島沖谷森林原星泉岸浜峰滝宮畑坂境角鏡桜栗藤菊杉")
PAIRED: Final = re.compile(
    r"(?<![一-鿿々])(?P<name>[一-鿿々]{2,3})(?=(?:と|・|、|や)[一-鿿々]{2,3}(?:さん|氏|が|は|に|の|を))"
)
CONTACT: Final = re.compile(
    r"(?:担当|責任者|窓口|連絡先|代表|記録者|作成|文責|講師|司会)(?:は|の|：|:|/| )?(?P<name>[一-鿿々]{2,3})(?=まで|宛|です|が|より|、|。|$|）|\))"
)
KATAKANA: Final = re.compile(r"(?P<name>[ァ-ヺー]{2,8})(?=さん|さま|様|氏|くん|君|ちゃん|先生)")
FOREIGN: Final = re.compile(r"(?:^|(?<=[の、。はと 「]))(?P<name>[ァ-ヺー]{3,8})(?=さん|[がはにをもとへで])")
SYLLABLES: Final = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポ",
        [
            "a",
            "i",
            "u",
            "e",
            "o",
            "ka",
            "ki",
            "ku",
            "ke",
            "ko",
            "sa",
            "shi",
            "su",
            "se",
            "so",
            "ta",
            "chi",
            "tsu",
            "te",
            "to",
            "na",
            "ni",
            "nu",
            "ne",
            "no",
            "ha",
            "hi",
            "fu",
            "he",
            "ho",
            "ma",
            "mi",
            "mu",
            "me",
            "mo",
            "ya",
            "yu",
            "yo",
            "ra",
            "ri",
            "ru",
            "re",
            "ro",
            "wa",
            "o",
            "n",
            "ga",
            "gi",
            "gu",
            "ge",
            "go",
            "za",
            "ji",
            "zu",
            "ze",
            "zo",
            "da",
            "ji",
            "zu",
            "de",
            "do",
            "ba",
            "bi",
            "bu",
            "be",
            "bo",
            "pa",
            "pi",
            "pu",
            "pe",
            "po",
        ],
        strict=True,
    )
)
GLIDES: Final = {"ャ": "a", "ュ": "u", "ョ": "o"}
USUAL: Final = frozenset(
    {
        "ケンカ",
        "ナシ",
        "サイ",
        "カイ",
        "アイ",
        "マリ",
        "ミナ",
        "タニ",
        "オカ",
        "ハナ",
        "カナ",
        "アキ",
        "ユキ",
        "リン",
        "レン",
    }
)


def find_more_people(draft: Draft, free: Callable[[int, int, bool], bool]) -> Iterator[Span]:
    """Names that are `free`: nothing stronger than a place was found there."""
    for pattern, judge in (
        (RUN, _is_surname), (ONE, _stands), (INTRO, _is_introduced), (TITLE, _stands), (INITIALS, _any), (PAIRED, _is_paired),
        (CONTACT, _is_surname), (KATAKANA, _is_romaji), (FOREIGN, _is_foreign),
    ):  # fmt: skip
        for one in pattern.finditer(draft.text):
            start, end = one.span("name")
            if free(start, end, True) and judge(draft, start, end):
                yield Span(start, _with_call(draft.text, end), PERSON)


def _with_call(text: str, end: int) -> int:
    found = re.compile(rf"[ ]?{CALL}").match(text, end)
    return found.end() if found else end


def _any(draft: Draft, start: int, end: int) -> bool:
    return start < end <= len(draft.text)


def _stands(draft: Draft, start: int, end: int) -> bool:
    return draft.splits_at(start)


def _is_surname(draft: Draft, start: int, end: int) -> bool:
    """A listed surname, however the analyser cut it."""
    word = draft.text[start:end]
    if word in CALLED or not draft.splits_at(start):
        return False
    token = draft.at(start)
    placed = token is not None and draft.tokens[token].end == end and draft.tokens[token].kind == PLACE_NAME
    return word in ALL or (placed and TEACHER.match(draft.text, end) is not None)


def _is_introduced(draft: Draft, start: int, end: int) -> bool:
    """X です: a surname after の or いる; kana only where a greeting follows."""
    name = draft.text[start:end]
    if name in CALLED or name in PLAIN_KATAKANA or not (draft.splits_at(start) and draft.splits_at(end)):
        return False
    begins = start == 0 or draft.text[start - 1] in "。\n"
    if re.fullmatch(r"[一-鿿々]+", name):
        role = re.search(
            r"(?:を?(?:して|やって|務めて)(?:い|お)る|勤務の|勤める|いる|担当の|師の|員の|長の|者の|士の)$",
            draft.text[max(0, start - 10) : start],
        )
        if len(name) == 1:
            return name in SINGLE and (role is not None or (name in RARE and draft.text[start - 1 : start] == "の"))
        kinds = {one.kind for one in draft.within(start, end)}
        return (name in ALL or kinds == {SURNAME}) and (begins or role is not None or draft.text[start - 1] == "の")
    return (
        begins
        and GREETING.match(draft.text, end) is not None
        and len(name) > 1
        and name not in ("どう", "なに", "それ", "これ", "そう", "はい", "いい", "まだ")
    )


def _is_paired(draft: Draft, start: int, end: int) -> bool:
    """土居と児玉が: two surnames beside each other."""
    after = re.compile(r"(?:と|・|、|や)([一-鿿々]{2,3}?)(?=さん|氏|が|は|に|の|を)").match(draft.text, end)
    return draft.text[start:end] in ALL and after is not None and after[1] in ALL


def _is_romaji(draft: Draft, start: int, end: int) -> bool:
    """サトウ様, ヒロセさん: katakana that reads as a common Japanese name."""
    name = draft.text[start:end]
    before = draft.text[start - 1 : start]
    if re.match(r"[ァ-ヺー一-鿿]", before) or name in CALLED or name in PLAIN_KATAKANA or name in USUAL:
        return False
    return is_japanese_name(name)


def is_japanese_name(kana: str) -> bool:
    """Whether katakana reads as a listed surname or given name."""
    read = romaji(kana)
    names = ROMAN_SURNAMES | ROMAN_GIVEN
    return any(
        way in names and way not in ROMAN_DOUBLE
        for way in (read, read.replace("ou", "o"), read.replace("uu", "u"), read.replace("oo", "o"))
    )


def romaji(kana: str) -> str:
    """Katakana in Hepburn's letters, long vowels spelled."""
    read = ""
    double = False
    for char in kana:
        if char in GLIDES:
            read = read[:-1] + ("" if read.endswith(("shi", "chi", "ji")) else "y") + GLIDES[char]
        elif char == "ッ":
            double = True
            continue
        elif char != "ー":
            syllable = SYLLABLES.get(char, "?")
            read += (syllable[0] if double else "") + syllable
        double = False
    return read


def _is_foreign(draft: Draft, start: int, end: int) -> bool:
    """ソフィーに, ジョアンが: katakana the dictionary knows as a name, standing by itself."""
    name = draft.text[start:end]
    tokens = draft.within(start, end)
    if len(tokens) != 1 or tokens[0].kind not in PERSONAL or name in TOOLS or name in CALLED or name in PLAIN_KATAKANA:
        return False
    before = draft.last_until(start)
    glued = before >= 0 and draft.tokens[before].end == start and draft.tokens[before].kind in NOMINAL
    return (
        not glued
        and (tokens[0].kind == NAME or len(name) > 3)
        and name not in ("ベンダー", "ボッシュ", "ニュートン", "フーリエ", "ガウス")
    )
