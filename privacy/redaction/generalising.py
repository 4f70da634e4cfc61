"""What one tap puts in a span's place: a range, a month, an area, or a neutral word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import floor, log10
from typing import Final

from privacy.redaction.amounts import value_of
from privacy.redaction.folding import fold
from privacy.redaction.landforms import NEUTRAL as LANDFORMS
from privacy.redaction.landforms import landform
from privacy.redaction.lists.areas import CITY_REGION, REGION_OF, REGIONS, ROMAN_REGION
from privacy.redaction.lists.words_ja import ROLES
from privacy.redaction.spans import (
    ADDRESS,
    COORDINATES,
    DATE,
    LICENCE,
    MAIL,
    NUMBER,
    ORGANISATION,
    PERSON,
    PHONE,
    PLACE,
    URL,
    VESSEL,
    Span,
)  # fmt: skip

NEUTRAL: Final = {
    "ja": {
        MAIL: "（メールアドレス）", PHONE: "（電話番号）", URL: "（あるページ）", ORGANISATION: "ある会社", PERSON: "ある人",
        PLACE: "ある地域", ADDRESS: "ある住所", VESSEL: "ある船", LICENCE: "（登録番号）", COORDINATES: "ある地点",
        DATE: "ある日", NUMBER: "ある数",
    },
    "en": {
        MAIL: "(email address)", PHONE: "(phone number)", URL: "(a page)", ORGANISATION: "an organisation",
        PERSON: "someone", PLACE: "a certain area", ADDRESS: "(an address)", VESSEL: "a vessel",
        LICENCE: "(registration number)", COORDINATES: "a certain spot", DATE: "one day", NUMBER: "a number",
    },
}  # fmt: skip
KINDS: Final = {
    "漁業協同組合": "ある漁協", "漁協": "ある漁協", "農協": "ある農協", "水産試験場": "ある試験場", "試験場": "ある試験場",
    "研究所": "ある研究所", "大学": "ある大学", "高校": "ある高校", "高等学校": "ある高校", "学校": "ある学校",
    "病院": "ある病院", "医院": "ある医院", "クリニック": "あるクリニック", "銀行": "ある銀行", "信用金庫": "ある銀行",
    "養殖場": "ある養殖場", "農園": "ある農園", "牧場": "ある牧場", "ホテル": "あるホテル", "薬局": "ある薬局",
    "神社": "ある神社", "神宮": "ある神社", "八幡宮": "ある神社", "天満宮": "ある神社", "金比羅": "ある神社", "金毘羅": "ある神社",
    "金刀比羅": "ある神社", "こんぴら": "ある神社", "工場": "ある工場", "商店": "ある店", "事務所": "ある事務所", "保育園": "ある保育園", "幼稚園": "ある幼稚園",
    "university": "a university", "hospital": "a hospital", "clinic": "a clinic", "school": "a school", "bank": "a bank",
    "farm": "a farm", "farms": "a farm", "college": "a college", "hatchery": "a hatchery",
}  # fmt: skip
ROLE: Final = re.compile(rf"({ROLES})$")
STEPS: Final = (1, 2, 5, 10)
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
JA_DATE: Final = re.compile(
    r"(?P<year>(?:令和|平成|昭和|大正|明治|[RHS])?\s?(?:元|[0-9〇一二三四五六七八九十]+)年)?\s?(?P<month>[0-9〇一二三四五六七八九十]{1,2}|十[一二])月"
)
ISO_DATE: Final = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.][0-9]{1,2}")
SHORT_DATE: Final = re.compile(r"(?P<month>[0-9]{1,2})/[0-9]{1,2}(?:/(?P<year>[0-9]{2,4}))?")
EN_DATE: Final = re.compile("|".join(name[:3] for name in MONTHS))
PARTS: Final = re.compile(
    r"^(?P<before>[^0-9]*)(?P<value>[0-9](?:[0-9,.]|\s?[億万千百](?=[0-9]|\s))*(?:\s?[億万千百]+)?)(?P<after>.*)$", re.S
)


def generalise(text: str, span: Span, lang: str) -> str:
    """What may stand in the span's place; always without the words found."""
    found = fold(text[span.start : span.end]).text
    lang = lang if lang in NEUTRAL else "en"
    if span.label == NUMBER:
        return _range(found, lang)
    if span.label == DATE:
        return _month(found, lang)
    if span.label in (PLACE, ADDRESS):
        return _area(found, lang) or NEUTRAL[lang][span.label]
    if span.label == ORGANISATION:
        return _kind(found, lang)
    if span.label == PERSON and lang == "ja" and (role := ROLE.search(found)):
        return f"ある{role[1]}"
    return NEUTRAL[lang][span.label]


def bounds(value: float) -> tuple[int, int]:
    """The step of 1, 2, 5, 10 … a value lies in: 12,345 is between 10,000 and 20,000."""
    if value < 1:
        return 0, 1
    size = 10 ** floor(log10(value))
    lower = max(step * size for step in STEPS[:-1] if step * size <= value)
    return int(lower), int(next(step * size for step in STEPS if step * size > value))


def _range(found: str, lang: str) -> str:
    parts = PARTS.match(found)
    if parts is None:
        return NEUTRAL[lang][NUMBER]
    lower, upper = bounds(value_of(found))
    unit = re.sub(r"^\s?(?:k|K|m|M|bn|million|billion|thousand)(?![A-Za-z])", "", parts["after"])
    if lang == "ja":
        return f"{parts['before']}{_japanese(lower)}〜{_japanese(upper)}{unit.lstrip()}"
    return f"{parts['before']}{lower:,}–{upper:,}{unit}"


def _japanese(value: int) -> str:
    for size, word in ((10**8, "億"), (10**4, "万")):
        if value >= size and value % (size // 10 if size > 10**4 else size) == 0:
            whole = value / size
            return f"{whole:g}{word}"
    return f"{value:,}"


def _month(found: str, lang: str) -> str:
    japanese = JA_DATE.search(found)
    if japanese is not None:
        if lang == "ja" or not japanese["month"].isdigit():
            return f"{japanese['year'] or ''}{japanese['month']}月"
        year = (japanese["year"] or "").removesuffix("年")
        return (
            f"{MONTHS[int(japanese['month']) - 1]} {year}".strip()
            if 1 <= int(japanese["month"]) <= 12
            else NEUTRAL[lang][DATE]
        )
    named = EN_DATE.search(found)
    if named is not None:
        month = next(number for number, name in enumerate(MONTHS) if name.startswith(named[0]))
        year = re.search(r"(?:19|20)[0-9]{2}", found)
        return _spoken(month + 1, year[0] if year else "", lang)
    numeric = ISO_DATE.search(found) or SHORT_DATE.search(found)
    if numeric is None or not 1 <= int(numeric["month"]) <= 12:
        return NEUTRAL[lang][DATE] if "月" not in found else {"ja": "その月", "en": "that month"}[lang]
    return _spoken(int(numeric["month"]), numeric["year"] or "", lang)


def _spoken(month: int, year: str, lang: str) -> str:
    year = f"20{year}" if len(year) == 2 else year
    if lang == "ja":
        return f"{year}年{month}月" if year else f"{month}月"
    return f"{MONTHS[month - 1]} {year}".strip()


def _area(found: str, lang: str) -> str | None:
    region = next((region for name, region in REGION_OF.items() if name in found), None)
    region = region or next((region for name, region in CITY_REGION.items() if name in found), None)
    region = region or next((region for name, region in ROMAN_REGION.items() if name in found), None)
    known = found in CITY_REGION or found in REGION_OF
    form = "" if known or lang == "en" else LANDFORMS.get(landform(found), "")
    if region is None:
        return form or None
    if lang == "en":
        return REGIONS[region][0]
    name = region if region in ("北海道", "沖縄", "四国", "九州", "中国地方") else f"{region}地方"
    return f"{name}の{form}" if form else name


def _kind(found: str, lang: str) -> str:
    kinds = (word for word in KINDS if (word.isascii() == (lang == "en")) and word in found.casefold())
    word = max(kinds, key=len, default="")
    return KINDS[word] if word else NEUTRAL[lang][ORGANISATION]


def replaced(text: str, spans: Iterable[Span], lang: str) -> str:
    """The text with every one of the spans generalised; they are of this text and do not overlap."""
    for one in sorted(spans, reverse=True):
        text = text[: one.start] + generalise(text, one, lang) + text[one.end :]
    return text
