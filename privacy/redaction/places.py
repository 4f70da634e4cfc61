"""Postal addresses, coordinates and the names of places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from privacy.redaction.lists import words
from privacy.redaction.lists.areas import ABROAD, BROAD, CITY_REGION, REGION_OF, ROMAN_REGION
from privacy.redaction.spans import ADDRESS, COORDINATES, PLACE, Span
from privacy.redaction.tokens import COUNTRY, NOUN, PLACE_NAME, PROPER, SURNAME, Draft, Token

KANJI: Final = "一-鿿々ヶケノ"
DASH: Final = "[-‐‑‒–—―−ー－の]"
NUMERAL: Final = "(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,4})"
PREFECTURE: Final = f"(?:北海道|東京都|(?:大阪|京都)府|(?:{'|'.join(name for name in REGION_OF if name not in ('北海道', '東京', '大阪', '京都'))})県)"
TOWN: Final = rf"[{KANJI}ぁ-ゖァ-ヺー]{{1,7}}?[市区町村郡]"
BLOCK: Final = (
    rf"{NUMERAL}(?:丁目|番地?|号|番町|条|線)(?:の?{NUMERAL}(?:丁目|番地?|号)?|{DASH}?[0-9]{{1,4}}(?:番地?|号)?){{0,4}}"
    rf"|[0-9]{{1,5}}(?:{DASH}[0-9]{{1,5}}){{1,3}}|(?<=字)[0-9]{{1,5}}"
)
BUILDING: Final = r"(?:[ \u3000]?[一-鿿ァ-ヺーA-Za-z0-9]{2,16}(?:ビル|マンション|タワー|ハイツ|コーポ|アパート|荘|号室|館)(?:[ \u3000]?[0-9]{1,3}(?:階|F|号室))?|[ \u3000]?[0-9]{1,4}号室)?"
JAPANESE: Final = re.compile(
    rf"(?:〒?[0-9]{{3}}-[0-9]{{4}}[ \u3000]?)?(?:{PREFECTURE}[ \u3000]?)?{TOWN}(?:[ \u3000]?[{KANJI}ぁ-ゖァ-ヺー0-9]{{0,14}}?)[ \u3000]?(?:{BLOCK}){BUILDING}"
)
PREFECTURED: Final = re.compile(
    rf"{PREFECTURE}[ \u3000]?(?:{TOWN}){{1,3}}(?:大字|字)[{KANJI}ぁ-ゖァ-ヺー]{{1,10}}(?:[0-9]{{1,5}}(?:{DASH}[0-9]{{1,5}}){{0,2}}(?:番地?)?)?"
)
POSTAL: Final = re.compile(
    r"〒\s?[0-9]{3}[-‐−–ー]?[0-9]{4}(?![0-9])|(?:郵便番号(?:は|:|：)?\s?)([0-9]{3}[-‐−–ー]?[0-9]{4})(?![0-9-])"
)
STREET: Final = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Court|Ct|Place|Pl|Square|Sq|Terrace|Crescent|Close|Quay|Wharf|Pier"
    r"|Highway|Hwy|Parkway|Pkwy|Circle|Row|Walk|Mews|Gardens|Hill|Broadway|Alley|Esplanade|Trail)"
)
NAME: Final = r"[A-ZÀ-Ö][A-Za-zÀ-ɏ'’.-]*"
REST: Final = rf"(?:,? (?:Suite|Ste|Apt|Unit|Floor|Room|Fl|#)\.? ?[A-Za-z0-9-]{{1,6}})?(?:,\s(?:[0-9]{{4,5}} )?{NAME}(?: {NAME}){{0,2}}){{0,3}}(?:,? [A-Z]{{2}},? [0-9]{{5}}(?:-[0-9]{{4}})?|,? [A-Z]{{1,2}}[0-9][A-Z0-9]? ?[0-9][A-Z]{{2}}|,? [0-9]{{4,5}}| [0-9]{{3}}-[0-9]{{4}})?"
ENGLISH: Final = re.compile(
    rf"(?<![A-Za-z0-9])[0-9]{{1,5}}[A-Za-z]?(?:-[0-9]{{1,4}})? (?:[NSEW]\.? |North |South |East |West )?(?:{NAME} |[0-9]{{1,3}}(?:st|nd|rd|th) ){{1,4}}{STREET}\.?(?![A-Za-z]){REST}"
)
JAPAN_ROMAN: Final = re.compile(
    rf"(?<![A-Za-z0-9-])[0-9]{{1,4}}(?:-[0-9]{{1,4}}){{1,3}},? [A-Z][A-Za-z]+(?:-(?:cho|machi|ku|shi|chome|gun|mura|son|dori))?(?:, ?{NAME}(?:-(?:ku|shi|cho|machi|gun|ken|to|fu))?){{1,3}}(?: [0-9]{{3}}-[0-9]{{4}})?"
)
BOX: Final = re.compile(r"(?<![A-Za-z])P\.?\s?O\.?\s?Box [0-9]{1,6}")
POSTCODE: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])|(?<![A-Za-z])[A-Z][a-z]+,? (?:A[KLRZ]|C[AOT]|DE|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]) [0-9]{5}(?![0-9])"
)
DEGREES: Final = r"[0-9]{1,3}(?:\.[0-9]+)?\s?(?:°|度|º|˚)\s?(?:[0-9]{1,2}(?:\.[0-9]+)?\s?(?:['’′]|分)\s?(?:[0-9]{1,2}(?:\.[0-9]+)?\s?(?:[\"”″]|''|′′|秒)\s?)?)?"
COORDINATE: Final = re.compile(
    rf"(?:北緯|南緯|東経|西経|N|S|E|W|緯度|経度|lat(?:itude)?\.?|lon(?:gitude|g)?\.?)\s?[:：=]?\s?(?:{DEGREES}|-?[0-9]{{1,3}}\.[0-9]{{2,}})(?:\s?[NSEW](?![a-z]))?"
    rf"(?:\s?[,、・/]?\s?(?:and |と)?(?:北緯|南緯|東経|西経|N|S|E|W|緯度|経度|lat(?:itude)?\.?|lon(?:gitude|g)?\.?)\s?[:：=]?\s?(?:{DEGREES}|-?[0-9]{{1,3}}\.[0-9]{{2,}})(?:\s?[NSEW](?![a-z]))?)?"
    rf"|{DEGREES}[NSEW北南東西](?![A-Za-z])(?:\s?[,、/]?\s?{DEGREES}[NSEW東西](?![A-Za-z]))?"
    r"|(?<![0-9.A-Za-z-])[-+]?[0-9]{1,2}\.[0-9]{3,}\s?°?\s?[NS]?\s?[,、/]\s?[-+]?[0-9]{1,3}\.[0-9]{3,}\s?°?\s?[EW]?(?![0-9.])"
)
NATURE: Final = re.compile(rf"[{KANJI}]{{1,4}}(?:湾|漁港|港|半島|岬|灘|湖|ヶ浜|ヶ浦|海岸)(?![{KANJI}]|さん)")
NOT_NATURE: Final = re.compile(
    r"(?:^|.*)(?:空港|出港|入港|寄港|帰港|開港|漁港|良港|港湾|母港|軍港|商港|全湾|内湾|同港|各港|当港|本港|新港|旧港|外港|内港|近港|人工湖|淡水湖|火口湖|汽水湖|貯水湖|無人島|離島|半島|水揚港|水揚げ港|貿易港|地方港湾|避難港|玄界港湾)$|^(?:湾|港|漁港|湖|半島|岬|灘|海岸|砂海岸|岩海岸|東海岸|西海岸|南海岸|北海岸|小漁港|大漁港|主要漁港|地元漁港|地元港|両湾|同湾|この湾|小湾|大湾)$"
)
ADMIN: Final = re.compile(
    r"(?:都|道|府|県|市|区|町|村|郡|島|湾|港|漁港|半島|沖|沿岸|地区|駅|空港|市内|県内|町内|浜|浦|海岸)"
)
NOT_AFTER: Final = re.compile(
    r"(?:牛|豚|鶏|米|茶|風|弁|菌|型|病|犬|猫|料理|ラーメン|うどん|そば|焼き?|塗り?|織|語|人|製|式|系|株|州|まぐろ|マグロ|ダック|りんご|みかん|ネギ|ねぎ|大根|人参|ハム|ソース|カレー|チーズ|ワイン|コーヒー|紅茶|豆|漬|味噌|タワー|ドーム|五輪|オリンピック|万博|証券|時代|幕府|条約|議定書|宣言|銘柄|紬)"
)
LATIN_PLACE: Final = re.compile(
    r"(?<![A-Za-z])((?:[A-ZÀ-Ö][A-Za-zÀ-ɏ'’-]+ ){1,2}(?:Bay|Harbou?r|Fjord|Strait|Straits|Sound|Prefecture|County|Island|Islands|Peninsula|Loch|Cove|Lagoon|Inlet|Village|Ward|Valley|Estuary|Reef|Marina)|(?:Port of|Gulf of|Isle of|City of|Bay of|Loch|Lake|Port) [A-ZÀ-Ö][A-Za-zÀ-ɏ'’-]+|[A-Z][a-z]+-(?:shi|ku|cho|machi|ken|gun|mura|fu|wan|jima|shima))(?![A-Za-z])"
)
NOT_PLACES: Final = re.compile(
    r"^(?:The|Our|This|That|A|An|Each|Every|Your|My|His|Her|Local|Same|In|On|At|From|Google|Docker|Good|Safe|Tree|Pearl) |^Lake (?:House|Water|Trout)|^Port (?:Number|Forwarding|Scan)|^(?:Pirate|eBay|Storage|Load|Drive|Silicon|Uncanny|Death) |Surround Sound|^Ultra"
)
ROMAN_PLACE: Final = re.compile(
    r"(?<![A-Za-z@./-])(?:"
    + "|".join(sorted({*ROMAN_REGION, *ABROAD}, key=len, reverse=True))
    + r")(?:,? (?:Prefecture|City|Bay|Port|Japan|Norway|Scotland|Chile))?(?![A-Za-z@]|\.[a-z])"
)
AMBIGUOUS: Final = words(
    """
    Saga Mie Nara Kure Shima Toba Ise Goto Iki Cork Reading Kent Porto Naruto Chiba Fukushima Miyazaki Ishikawa
    Fukui Kawasaki Nagano Noto Bali Perth Skye Victoria Malaga Portland Cambridge Oxford Denver Dallas
    """
)
WHERE: Final = re.compile(r"(?:in|at|near|from|to|around|off|of|outside|between|and|visit(?:ed|ing)?|our|the) $")


def find_places(draft: Draft) -> Iterator[Span]:
    """Addresses, coordinates and place names that are no whole region."""
    text = draft.text
    yield from _addresses(text)
    if any(char.isdigit() for char in text):
        yield from (
            Span(one.start(), one.start() + len(one[0].rstrip()), COORDINATES) for one in COORDINATE.finditer(text)
        )
    yield from _by_tokens(draft)
    for one in NATURE.finditer(text):
        if not NOT_NATURE.match(one[0]) and draft.splits_at(one.start()) and draft.splits_at(one.end()):
            yield Span(one.start(), one.end(), PLACE)
    for one in LATIN_PLACE.finditer(text):
        if not NOT_PLACES.search(one[0]):
            yield Span(one.start(), one.end(), PLACE)
    for one in ROMAN_PLACE.finditer(text):
        if one[0] not in AMBIGUOUS or WHERE.search(text[max(0, one.start() - 10) : one.start()]):
            yield Span(one.start(), one.end(), PLACE)


def _addresses(text: str) -> Iterator[Span]:
    if not any(char.isdigit() for char in text) and "丁目" not in text and "番地" not in text:
        return
    for pattern in (JAPANESE, PREFECTURED, ENGLISH, JAPAN_ROMAN, BOX, POSTAL, POSTCODE):
        for one in pattern.finditer(text):
            group = one.lastindex or 0
            if pattern is not JAPANESE or _is_address(one[0]):
                yield Span(one.start(group), one.end(group), ADDRESS)


def _is_address(found: str) -> bool:
    """More than a town with a count behind it: a prefecture, a block, or two hyphens."""
    return (
        re.search(r"丁目|番地|[0-9]番[0-9]?|(?:[0-9]-){2}|[0-9]+-[0-9]+-[0-9]+|〒", found) is not None
        or re.match(PREFECTURE, found) is not None
        or re.search(r"[市区町村郡][^0-9]{1,10}[0-9]{1,5}-[0-9]{1,5}", found) is not None
    )


def _by_tokens(draft: Draft) -> Iterator[Span]:
    index = 0
    while index < len(draft.tokens):
        end = index
        while (
            end < len(draft.tokens)
            and draft.tokens[end].kind == PLACE_NAME
            and (end == index or draft.tokens[end].start == draft.tokens[end - 1].end)
        ):
            end += 1
        if end == index:
            index += 1
            continue
        yield from _judged(draft, index, end)
        index = end


def _judged(draft: Draft, index: int, end: int) -> Iterator[Span]:
    start, stop = draft.tokens[index].start, draft.tokens[end - 1].end
    word = draft.text[start:stop]
    more = ADMIN.match(draft.text, stop)
    if more is not None and more.end() <= len(draft.text) and draft.splits_at(more.end()):
        stop = more.end()
    if (
        word in BROAD
        or draft.text[start:stop] in BROAD
        or (len(word) < 2 and more is None)
        or NOT_AFTER.match(draft.text, stop)
    ):
        return
    if _is_glued(draft, index, end, stop) or re.fullmatch(r"[A-Za-z]+|[0-9]+", word):
        return
    yield Span(start, stop, PLACE)


def _is_glued(draft: Draft, index: int, end: int, stop: int) -> bool:
    """Part of a longer word: a surname before it, a common katakana word after it."""
    before = draft.tokens[index - 1] if index else None
    if (
        before is not None
        and before.end == draft.tokens[index].start
        and before.kind in {SURNAME, COUNTRY, NOUN, PROPER}
    ):
        return draft.word(before) not in {"地元", "場所", "現地", "旧", "元", "私"} and not _is_sure(
            draft, draft.tokens[index]
        )
    return False


def _is_sure(draft: Draft, token: Token) -> bool:
    word = draft.word(token)
    return word.rstrip("都道府県市区町村") in REGION_OF or word in CITY_REGION or word[-1] in "県市町村区郡"
