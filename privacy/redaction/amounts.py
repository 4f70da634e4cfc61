"""Exact dates, exact counts with a unit, licence numbers, and the names of boats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from privacy.redaction.lists import words
from privacy.redaction.lists.words_ja import NOT_BOATS
from privacy.redaction.short_dates import find_short_dates
from privacy.redaction.spans import DATE, LICENCE, NUMBER, VESSEL, Span
from privacy.redaction.tokens import Draft

N: Final = r"(?<![0-9A-Za-z./-])"
KAN: Final = "〇一二三四五六七八九十"
ERA: Final = (
    r"(?:令和|平成|昭和|大正|明治|[RHS](?=[0-9]))\s?(?:元|[0-9]{1,2}|[〇一二三四五六七八九十]{1,3})\s?[年./]\s?"
)
MONTHS: Final = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
WEEKDAY: Final = r"(?:\s?[(（]?(?:月|火|水|木|金|土|日)(?:曜日?)?(?:・祝)?[)）])?"
DATES: Final = re.compile(
    rf"{N}(?:(?:{ERA})|(?:[12][0-9]{{3}}|'?[0-9]{{2}}|[〇一二三四五六七八九]{{4}})\s?年\s?)?(?:[0-9]{{1,2}}|[{KAN}]{{1,3}})\s?月\s?(?:[0-9]{{1,2}}|[{KAN}]{{1,3}})\s?日{WEEKDAY}"
    rf"|{ERA}[0-9]{{1,2}}[./][0-9]{{1,2}}(?![0-9])"
    rf"|{N}(?:19|20)[0-9]{{2}}(?P<sep>[-/.])(?:0?[1-9]|1[0-2])(?P=sep)(?:0?[1-9]|[12][0-9]|3[01])(?![0-9]|[./-][0-9]){WEEKDAY}"
    rf"|{N}(?:0?[1-9]|[12][0-9]|3[01])(?P<two>[/.-])(?:0?[1-9]|[12][0-9]|3[01])(?P=two)(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}}(?=[ ,.;)]|$)(?<=/[0-9]{{2}}))(?![0-9]|[./-][0-9])"
    rf"|(?:先月|今月|来月|同月|本月)\s?(?:の)?(?:[0-9]{{1,2}}|[{KAN}]{{1,3}})\s?日"
    rf"|(?<![A-Za-z]){MONTHS} (?:the )?[0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9:]|\.[0-9])(?:,? (?:19|20)[0-9]{{2}})?(?![0-9A-Za-z])"
    rf"|{N}(?:the )?[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTHS}(?![A-Za-z])(?:,? (?:19|20)[0-9]{{2}})?"
    rf"|{N}(?:19|20)[0-9]{{2}} {MONTHS} [0-9]{{1,2}}(?![0-9])"
)
AMOUNT: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
BIG: Final = rf"(?:{AMOUNT}\s?(?:億|千万|百万|万|千|百)\s?){{1,5}}(?:{AMOUNT})?|{AMOUNT}"
STOCK_JA: Final = "尾|匹|羽|頭|トン|t(?![A-Za-z])|kg|KG|Kg|キログラム|キロ(?!メートル|バイト|ワット)|粒|個体|株(?!式|価)|本(?!日|当)|箱|ケース|枚|俵|玉|杯|樽|反"
MONEY_JA: Final = "円|ドル|ユーロ|元(?!々|気)|ウォン|クローネ"
PEOPLE_JA: Final = (
    "名(?!前|称)|人(?!前|工|間|目|気|口)|席|アカウント|ユーザー|ライセンス|社|店舗|拠点|床|世帯|戸|台|隻|艘|基|面"
)
NUMBERS_JA: Final = re.compile(
    rf"(?<![0-9A-Za-z.,/±~第-])(?P<value>{BIG})\s?(?P<unit>{STOCK_JA}|{MONEY_JA}|{PEOPLE_JA})"
)
MONEY_EN: Final = re.compile(
    rf"(?<![A-Za-z0-9])(?P<unit>[$€£¥]|(?:USD|EUR|GBP|JPY|NOK|AUD|CAD)\s)\s?(?P<value>{AMOUNT})(?P<scale>\s?(?:k|K|m|M|bn|million|billion|thousand)(?![A-Za-z]))?"
)
NUMBERS_EN: Final = re.compile(
    rf"(?<![0-9A-Za-z.,/$€£¥±~-])(?P<value>{AMOUNT})(?P<scale>\s?(?:k|K|million|billion|thousand)(?![A-Za-z]))?\s?(?P<unit>kg|kgs|kilos?|kilograms?|tonnes?|tons?|mt|lbs?|pounds"
    r"|(?:live |dead |adult |juvenile |market-size )?(?:fish|salmon|smolts?|trout|fry|fingerlings|eggs|oysters|shrimps?|prawns|birds|hens|chickens|broilers|cows|cattle|pigs|sows|sheep|goats|head|animals)"
    r"|yen|dollars|euros|USD|EUR|JPY|GBP|NOK|employees|staff|people|workers|seats|users|licen[cs]es|accounts|customers|clients|patients|students|pupils|beds|members|subscribers|households|stores|branches|units|boats|pens|cages|tanks)(?![A-Za-z])"
)
PEOPLE_WORDS: Final = re.compile(
    r"(?:従業員|社員|職員|スタッフ|生徒|患者|会員|利用者|正社員|パート|学生|園児|児童|組合員|顧客|契約|席数|病床)(?:数)?(?:が|は|の|、|:|：)?(?:約|全部で|全員で|合計|計)?\s?$"
)
PEOPLE_UNITS: Final = words(
    """
    employees staff seats beds patients students pupils subscribers branches stores licenses licences
    """
)
LICENCES: Final = re.compile(
    r"(?:免許|許可|登録|認可|認定|承認|届出|受理|漁業権|漁船|会員|社員|職員|口座|法人|診察券|保険証|被保険者|学籍|学生証|顧客|契約|受験|証明書|旅券|パスポート|マイナンバー|個人|住民票|ライセンス|船舶|船名|事業者|施設|登録証|ID)"
    r"(?:証|証明書|カード)?(?:の)?(?:登録)?(?:番号|No\.?|ナンバー|ID)?(?:は|が|:|：|\s|=|の|,|、)*\s?"
    r"((?:[一-鿿]{0,8}第\s?[0-9０-９一二三四五六七八九十百]{1,8}\s?号)|(?<=[号番o.DdーはがD:： 、=])[A-Z]{0,4}[-]?[0-9][0-9A-Z-]{3,18}(?![0-9A-Za-z年月日%℃]))"
    r"|[一-鿿]{1,8}(?:免許|許可|登録|認可|認定|漁業権|指令|届)[一-鿿]{0,4}第\s?[0-9一二三四五六七八九十百]{1,8}\s?号|(?<![0-9A-Za-z])T[0-9]{13}(?![0-9])|[一-鿿]{1,4}(?:県|市|農|海|厚|水|区|共|定)[一-鿿]{0,3}(?:指令)?第\s?[0-9]{1,6}\s?号"
    r"|[一-鿿]{2,4}\s?[0-9]{2,3}\s?[ぁ-ん]\s?(?:[0-9]{2}[-‐・][0-9]{2}|[0-9]{1,4})(?![0-9人名件円個])"
    r"|(?<![A-Za-z])(?:[Ll]icen[cs]e|[Pp]ermit|[Rr]egistration|[Rr]egistry|[Cc]ertificate|[Mm]embership|[Aa]ccount|[Pp]assport|[Ee]mployee|[Ss]tudent|[Pp]atient|[Cc]ustomer|[Cc]ase|VAT|EIN|SSN|IMO|MMSI|NPI|[Pp]late)"
    r"(?: [Pp]late)?(?: (?:[Nn]umber|[Nn]o\.?|ID|[Ii]d|#))?(?: is|:|：| =)?\s?#?((?=[A-Z0-9/-]*[0-9])[A-Z0-9][A-Z0-9/-]{3,18})(?![A-Za-z0-9])"
)
BOAT_NUMBERED: Final = re.compile(
    r"第?[一二三四五六七八九十百0-9]+[一-鿿ぁ-ゖァ-ヺー]{1,6}?(?:丸|号)(?![一-鿿](?!船)|ごと|ま|い)|第[一二三四五六七八九十百0-9]+(?P<name>[一-鿿]{1,5})丸"
)
BOAT_PLAIN: Final = re.compile(
    r"(?P<name>[一-鿿々ヶ]{1,4}|[ァ-ヺー]{2,8}|[ぁ-ゖ]{2,6})丸(?=$|[はがのをにでとも、。」』)(（ ・/,.]|船|号)"
)
BOAT_NO: Final = re.compile(
    r"(?:漁船|船|フェリー|ヨット|作業船|運搬船|巡視船|調査船|ボート|タグ|はえ縄船|まき網船|実習船|練習船)[「『]?(?P<name>[一-鿿ァ-ヺーA-Za-z]{2,10}号|[ァ-ヺー]{3,10}(?=[」』]))"
)
BOAT_EN: Final = re.compile(
    r"(?<![A-Za-z])(?:(?:[MFSR]/[VTSY]|MV|FV|F/V|RV|SV|MT|MS|SS|HMS|USS|KM|MFV)\.? (?:[A-Z][A-Za-z0-9'’-]*)(?: (?:of|the|[A-Z][A-Za-z0-9'’-]*|No\.? ?[0-9]+|[0-9]{1,3}(?![0-9,.])|[IVX]+)){0,3}"
    r"|(?:No\.? ?[0-9]+ )?(?:[A-Z][A-Za-z-]+ ){1,2}Maru(?: (?:No\.? ?)?[0-9]{1,3}(?![0-9]))?)(?![A-Za-z])"
)
BOAT_CUED: Final = re.compile(
    r"(?<![A-Za-z])(?:fishing vessel|fishing boat|trawler|longliner|wellboat|well-boat|workboat|work boat|feed barge|ferry|tugboat|purse seiner|vessel|yacht|boat)(?: named| called|,)? (?:the )?[\"“']?((?:[A-Z][A-Za-z0-9'’-]+)(?: (?:of|[A-Z][A-Za-z0-9'’-]*|[IVX]+)){0,3})"
)


def find_amounts(draft: Draft) -> Iterator[Span]:
    """Licences, boats, dates, numbers."""
    text = draft.text
    yield from _boats(text)
    if not any(char.isdigit() or char in KAN for char in text):
        return
    for one in LICENCES.finditer(text):
        group = one.lastindex or 0
        yield Span(one.start(group), one.end(group), LICENCE)
    yield from (Span(one.start(), one.start() + len(one[0].rstrip(".")), DATE) for one in DATES.finditer(text))
    yield from (Span(start, end, DATE) for start, end in find_short_dates(text))
    for pattern in (NUMBERS_JA, NUMBERS_EN, MONEY_EN):
        for one in pattern.finditer(text):
            if is_exact(one, text):
                yield Span(one.start(), one.start() + len(one[0].rstrip()), NUMBER)


def _boats(text: str) -> Iterator[Span]:
    if "丸" in text or "号" in text:
        for one in BOAT_NUMBERED.finditer(text):
            if (one[0].endswith("丸") and one[0] not in ("一丸", "二丸")) or (
                one[0].startswith("第") and re.search(r"[一-鿿ァ-ヺ]{2,}号$", one[0]) and "船" in text
            ):
                yield Span(one.start(), one.end(), VESSEL)
        for one in BOAT_PLAIN.finditer(text):
            if (
                one["name"] not in NOT_BOATS
                and (len(one["name"]) > 1 or "船" in text)
                and not re.match(r".*[のをがはにと]$", one["name"])
            ):
                yield Span(one.start(), one.end(), VESSEL)
        for one in BOAT_NO.finditer(text):
            yield Span(one.start("name"), one.end("name"), VESSEL)
    yield from (Span(one.start(), one.end(), VESSEL) for one in BOAT_EN.finditer(text))
    yield from (Span(one.start(1), one.end(1), VESSEL) for one in BOAT_CUED.finditer(text))


def is_exact(found: re.Match[str], text: str) -> bool:
    """Whether a count is so exact or so large that it may tell who counted: round small ones are everybody's."""
    value = value_of(found[0])
    unit = found["unit"].strip()
    significant = (
        len(str(int(value)).rstrip("0")) if value == int(value) else len(str(value).replace(".", "").strip("0"))
    )
    if re.fullmatch(MONEY_JA, unit) or unit in {"$", "€", "£", "¥", "yen", "dollars", "euros"} or unit.isupper():
        return value >= 1_000_000 or (significant >= 3 and value >= 10_000)
    if re.fullmatch(PEOPLE_JA, unit):
        cued = PEOPLE_WORDS.search(text[max(0, found.start() - 14) : found.start()]) is not None
        return value >= (10 if cued else 100) and (cued or significant >= 3)
    if unit in PEOPLE_UNITS:
        return value >= 100 or (value >= 10 and significant >= 2)
    if unit in {"people", "users", "accounts", "customers", "clients", "members", "workers", "units", "households"}:
        return value >= 1000 or significant >= 3
    return value >= 1000 or (significant >= 3 and value >= 100)


def value_of(text: str) -> float:
    """The number a text begins with or holds, in ones: 1万2千尾 is 12,000, 3.5 million 3,500,000."""
    total, rest = 0.0, text.replace(",", "")
    for scale, size in (("億", 1e8), ("千万", 1e7), ("百万", 1e6), ("万", 1e4), ("千", 1e3), ("百", 1e2)):
        found = re.search(rf"([0-9]+(?:\.[0-9]+)?)\s?{scale}", rest)
        if found:
            total += float(found[1]) * size
            rest = rest[found.end() :]
    plain = re.search(r"[0-9]+(?:\.[0-9]+)?", rest)
    if plain:
        after = rest[plain.end() :].lstrip()
        size = next(
            (
                factor
                for word, factor in (("million", 1e6), ("billion", 1e9), ("bn", 1e9), ("thousand", 1e3))
                if after.startswith(word)
            ),
            1,
        )
        size = 1e3 if re.match(r"[kK](?![A-Za-z])", after) else 1e6 if re.match(r"[mM](?![A-Za-z])", after) else size
        total += float(plain[0]) * size
    return total
