"""Organisations in Japanese text that no pattern knew: words no dictionary has, trades and their names, dealings.

The last resort after the other finders: it reads only what they left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from privacy.redaction.lists.proper_ja import DEALT, LATIN, PARTNERS, TOOLS, TRADES
from privacy.redaction.lists.words_ja import CALLED, GENERIC, LEADS, ORG_ENDS, PLAIN_KATAKANA, ROLES
from privacy.redaction.spans import ORGANISATION, Span
from privacy.redaction.stems_ja import is_generic, is_katakana_name, name_before
from privacy.redaction.tokens import NOMINAL, NOUN, PARTICLE, PERSONAL, PLACE_NAME, PROPER, PROPERS, Draft, Token

Free = Callable[[int, int], bool]
WIDEST: Final = 5  # tokens a name may have on each side
KATAKANA: Final = re.compile(r"[ァ-ヺー]{3,}")
KATAKANA_RUN: Final = re.compile(r"(?<![ァ-ヺー・])[ァ-ヺー]{2,}(?:・[ァ-ヺー]+)*")
TERM: Final = re.compile(
    r"(?:ング|ション|ウイルス|シス|ニア|キシン|マイシン|シリン|ゾール|リティ|ラーゼ|ミン|トキシン|フェノール|コッカス|モナス|バクター|セル|サイズ|タイプ|ブーム|チェーン|メニュー|ガス|グラム|メーター|レス)$"
)
DEALING: Final = re.compile(DEALT)
BEFORE: Final = re.compile(rf"(?:{PARTNERS})(?:の|は|が|も|、|である)?[「『]?$")
TRADE: Final = re.compile(
    rf"(?:{TRADES})(?P<of>の)?(?P<quote>[「『])?(?P<name>[ぁ-んー]{{2,8}}?|[ァ-ヺー・]{{3,16}}|[一-龠々]{{1,4}}の[一-龠々ぁ-ん]{{1,4}}?|[一-龠々]{{2,5}})"
    r"(?=さん|様|[のはがをにでとも、。」』]|から|より|です|へ|$)"
)
QUOTED: Final = re.compile(r"[「『]([^「」『』\n]{2,16})[」』]")
SAID: Final = re.compile(
    rf"[」』]?(?:という|っていう|って|とかいう)(?:[ぁ-んァ-ヶ一-龠]{{0,6}}?)(?:{PARTNERS}|会社|企業|店|業者|施設|組織|団体)"
)
PUBLIC: Final = re.compile(
    r"(?:国交|農水|厚労|経産|文科|総務|法務|防衛)省|(?:水産|林野|消費者|中小企業|特許|海上保安|気象)庁|[一-龠]{1,4}(?:県漁連|漁連|信漁連|経済連|信連)"
    r"|[一-龠]{2,4}(?:税関|公庫|税務署|労基署|労働基準監督署|保健所|海保|農政局|漁政課|県警|普及所|法務局|年金事務所|ハローワーク|商工会|観光協会|社協|工業所|鉄鋼所|運輸局)"
    r"|[一-龠]{2,4}しんきん|NOSAI[一-龠]{2,4}|JF[一-龠]{2,6}"
)
UNIONS: Final = re.compile(r"(?<![A-Za-z])J[AF][ぁ-ん一-龠ァ-ヶー]{2,8}?(?=[のはがをにで、。と]|から|さん|へ|$)")
GENERAL: Final = re.compile("全県|各|県|市|町|村|都|府|国|地元|近所の|最寄|日本")
AFFILIATED: Final = re.compile(
    r"の(?:[ァ-ヺー]{2,8}|[一-龠々]{1,4})(?:さん|様|氏|先生|社長|部長|課長|店長|院長|君|くん)"
)
ENDED: Final = re.compile(
    "(?:" + "|".join(sorted(ORG_ENDS, key=len, reverse=True)) + "|会|生命|火災|商|屋|家|亭|館|本店)$"
)
OWN_END: Final = re.compile("(.+?)(?:" + "|".join(sorted(ORG_ENDS, key=len, reverse=True)) + ")")
HOPEFUL: Final = "平和|中央|太陽|第一|第二|第三|共栄|共立|厚生|協和|東洋|大洋|太平洋|国際|新日本|日本|希望|若葉|双葉|大和|富士|明治|昭和|大正|平成|朝日|旭|永和|三和|三協|三栄|丸善|大栄|光和|中部|東海|関西|北陸|四国|九州|山陽|山陰|赤十字"
HOPED: Final = re.compile(
    rf"(?<![一-龠])(?:{HOPEFUL}){{1,2}}(?:[ァ-ヺー]{{2,5}})?(?:会計事務所|税理士事務所|法律事務所|設計事務所|測量設計|設計|測量|クリニック|歯科|医院|眼科|薬局|商会|商店|商事|運輸|運送|通運|陸運|急送|倉庫|工業所|製作所|鉄工所"
    r"|鉄工|電機|電工|建設|土木|工務店|組|水産|食品|物産|産業|交通|タクシー|保育園|幼稚園|信用金庫|信用組合|鋼業|金属|化成|化学|紙業|印刷|書店|石油|ガス|警備|ビル管理|リース|造園|種苗|飼料|牧場|農園|酒造|病院|会(?=の(?:病院|施設|特養|グループ|クリニック|デイ)))"
    r"(?=さん|様|[のはがをにでとも、。（(]|から|へ|$)"
)
SCHOOLED: Final = re.compile(
    r"(?<![一-龠])[岬浜泉光緑桜旭港南北東西丘原森林島沖峰滝橘桂楠柏梅松竹杉藤菊萩葵城宮堤湊汐潮波星虹空鶴亀鷹](?:小学校|中学校|高校|高等学校|幼稚園|保育園|こども園|病院|医院|歯科|薬局|商店|工務店|建設|水産|製作所|運送|診療所)"
)
LANDED: Final = re.compile(r"(?P<land>[一-龠]{2,3})(?P<name>[ァ-ヺー]{4,})(?=[のはがをにでとも、。]|から|さん|へ)")
SPECIES: Final = re.compile(
    r"(?:サーモン|マダイ|カンパチ|シマアジ|ヒラメ|トラフグ|マグロ|ウナギ|ワカメ|ホタテ|アサリ|カツオ|サクラマス|レモン|ミカン|トマト|イチゴ|メロン|リンゴ|ブドウ|スイカ|キャベツ|レタス|ジャガイモ|サツマイモ|ワイン|ビール|ラーメン|エリア|ブロック|ルート|バイパス|ライン|オフィス|ブランド|マネージャー|マネジャー|リーダー|オーナー|コーチ|チーフ|シェフ|ディレクター|ドクター|ヘルパー|ドライバー|オペレーター)$"
)
CRAFT: Final = re.compile(r"(?<![ァ-ヺー])[ァ-ヺー]{2,8}(?P<craft>[一-龠]{2})(?=さん[のはがをにでとも、。])")
HOLDING: Final = re.compile(r"[ァ-ヺー一-龠]{2,12}(?:HD|HLD|ホールディングス)(?![A-Za-z])")
HOUSED: Final = re.compile(
    rf"(?:{TRADES})([ぁ-んァ-ヺー一-龠]{{1,6}}?(?:苑|荘|園|館|亭|庵|の家|の里|の郷|の森|の丘|の杜|の湯))(?=さん|様|[のはがをにでとも、。]|から|へ|$)"
)
SPACED: Final = re.compile(
    rf"(?:{TRADES})[ \u3000]([ぁ-んァ-ヺー一-龠]{{2,8}}?)(?=さん|様|[のはがをにでとも、。]|から|へ|$)"
)
TOPIC: Final = re.compile(
    r"(?:OTA|餌|飼料|精肉|鮮魚|青果|ソフト|校正|測量|養生|外構|レジ|清掃|警備|保険|リース|給食|生コン|足場|型枠|防水|めっき|メッキ|電カル|検査|システム|苗|種苗|稚魚|機械|トラック|塗装|会計|税務|配送|物流|運送|倉庫|印刷|広告|通信|電力|サーバー|保守|仕入れ?|燃料|資材|金型|治具|部品|樹脂|切削油"
    r"|ワクチン|リネン|食材|野菜|装置|設備|機器|工事|派遣|人材|研修|融資|外注|点検|修理|回線|決済)は$"
)
PARTNERED: Final = re.compile(
    rf"(?:{PARTNERS})(?:の|、|である)(?P<name>[ぁ-んァ-ヺー一-龠]{{2,8}}?(?:{'|'.join(sorted((one for one in ORG_ENDS if len(one) > 1), key=len, reverse=True))}))(?=[はがをにでと、。]|から|さん|へ)"
)
CASED: Final = re.compile(r"(?<![A-Za-z0-9@./_-])[A-Z]{3,5}(?![A-Za-z0-9@._/-])")


def find_proper_japanese(draft: Draft, free: Free) -> Iterator[Span]:
    """Names of organisations that are `free`: nothing else was found there."""
    for start, end in _candidates(draft):
        union = draft.text.startswith("J", start)
        if start < end and (union or free(start, end)) and draft.text[start:end] not in TOOLS:
            yield Span(start, end, ORGANISATION)


def _candidates(draft: Draft) -> Iterator[tuple[int, int]]:
    yield from ((one.start(), one.end()) for one in UNIONS.finditer(draft.text))
    yield from _by_dictionary(draft)
    yield from _by_trade(draft)
    yield from _by_dealing(draft)
    for one in PUBLIC.finditer(draft.text):
        if not GENERAL.fullmatch(one[0]) and draft.splits_at(one.start()) and draft.splits_at(one.end()):
            yield one.start(), one.end()
    for pattern in (HOPED, HOLDING, SCHOOLED):
        yield from ((one.start(), one.end()) for one in pattern.finditer(draft.text) if draft.splits_at(one.start()))
    for one in LANDED.finditer(draft.text):
        index = draft.at(one.start())
        placed = (
            index is not None and draft.tokens[index].kind == PLACE_NAME and draft.tokens[index].start == one.start()
        )
        if placed and not SPECIES.search(one["name"]) and not _is_plain(one["name"]):
            yield one.start(), one.end()
    for one in CRAFT.finditer(draft.text):
        if not (is_generic(one["craft"]) or one["craft"] in CALLED or re.fullmatch(ROLES, one["craft"])):
            yield one.start(), one.end()
    for pattern in (HOUSED, SPACED):
        for one in pattern.finditer(draft.text):
            if draft.splits_at(one.start(1)) and not is_generic(one[1]):
                yield one.start(), one.end(1)
    for one in SAID.finditer(draft.text):
        start = name_before(draft, one.start())
        if start is not None and one.start() - start >= 2:
            yield start, one.start()
    for one in CASED.finditer(draft.text):
        if one[0] not in LATIN and (_is_partner(draft, one.start()) or DEALING.match(draft.text, one.end())):
            yield one.start(), one.end()


def _by_dictionary(draft: Draft) -> Iterator[tuple[int, int]]:
    """Katakana no dictionary has, and what the dictionary says is the name of something."""
    for index, token in enumerate(draft.tokens):
        if _is_seed(draft, token):
            start, end = _widened(draft, index)
            if not draft.text.startswith(("病", "菌", "症", "虫", "属", "法", "式", "変換", "目", "科"), end):
                yield start, end


def _is_seed(draft: Draft, token: Token) -> bool:
    word = draft.word(token)
    if word in TOOLS or word in CALLED or is_generic(word) or TERM.search(word):
        return False
    if token.kind == PROPER:
        found = OWN_END.fullmatch(word)
        if found is not None and is_generic(found[1]):
            return False
        return (token.known and len(word) > 1 and not word.isascii()) or (
            word.isupper() and len(word) > 2 and word not in LATIN
        )
    return not token.known and token.kind == NOUN and is_katakana_name(word) and not _is_plain(word)


def _is_plain(word: str) -> bool:
    """Whether a katakana word is a compound of plain ones."""
    return re.fullmatch(f"(?:{PLAIN})+", word) is not None


PLAIN: Final = "|".join(
    sorted({word for word in PLAIN_KATAKANA | GENERIC | ORG_ENDS if KATAKANA.fullmatch(word)}, key=len, reverse=True)
)


def _widened(draft: Draft, index: int) -> tuple[int, int]:
    """The name around a token: what is glued to it and is no ordinary word."""
    first = last = index
    while (
        first
        and index - first < WIDEST
        and draft.tokens[first - 1].end == draft.tokens[first].start
        and _is_part(draft, draft.tokens[first - 1])
    ):
        first -= 1
    while (
        last + 1 < len(draft.tokens)
        and last - index < WIDEST
        and draft.tokens[last + 1].start == draft.tokens[last].end
        and _is_part(draft, draft.tokens[last + 1])
        and (draft.tokens[last + 1].kind != NOUN or KATAKANA.fullmatch(draft.word(draft.tokens[last + 1])))
    ):
        last += 1
    return draft.tokens[first].start, draft.tokens[last].end


def _is_part(draft: Draft, token: Token) -> bool:
    word = draft.word(token)
    if word in LEADS or is_generic(word) or word in TOOLS or word in CALLED:
        return False
    return token.kind in {*PROPERS, NOUN}


def _by_trade(draft: Draft) -> Iterator[tuple[int, int]]:
    """居酒屋とりまる, 花屋のフルール・ド・ミヤ, 直売所「みどりの里」."""
    for one in TRADE.finditer(draft.text):
        start, end = one.start("name"), one.end("name")
        if not draft.splits_at(start) or (
            re.match(r"[ァ-ヺー]", draft.text[start])
            and one["of"] is None
            and re.match(r"[ァ-ヺー]", draft.text[start - 1])
        ):
            continue
        if one["quote"] or _is_named(draft, start, end, one["of"] is not None):
            yield start if one["quote"] or one["of"] else one.start(), end
    for one in QUOTED.finditer(draft.text):
        if BEFORE.search(draft.text[max(0, one.start() - 16) : one.start()]):
            yield one.start(1), one.end(1)


def _is_named(draft: Draft, start: int, end: int, of: bool) -> bool:
    """Whether a word after a trade is its name: hardly a word, or spoken of as a house is."""
    name, tokens = draft.text[start:end], draft.within(start, end)
    if not tokens or name in CALLED or name in LEADS or is_generic(name) or tokens[0].kind == PARTICLE:
        return False
    if not any(one.kind in NOMINAL for one in tokens) or tokens[0].start != start or tokens[-1].end != end:
        return False
    called = DEALING.match(draft.text, end) is not None
    if KATAKANA.match(name):
        return not _is_plain(name) and TERM.search(name) is None and (called or len(tokens) > 1 or not tokens[0].known)
    if re.fullmatch(r"[ぁ-ん]{2,4}[一-龠]{1,2}", name):
        return not of
    if re.fullmatch(r"[ぁ-んー]+", name):
        return len(name) > 2 and (called or not of)
    return of and called and draft.text.startswith("さん", end) and not any(one.kind in PERSONAL for one in tokens)


def _by_dealing(draft: Draft) -> Iterator[tuple[int, int]]:
    """Katakana put together, and names that end as names do, where a company is dealt with."""
    for one in KATAKANA_RUN.finditer(draft.text):
        index = draft.first_from(one.start())
        if index >= len(draft.tokens) or not draft.splits_at(one.end()):
            continue
        start = _with_kanji(draft, one.start())
        tokens = draft.within(start, one.end())
        plain = len(one[0]) < 4 or _is_plain(one[0]) or TERM.search(one[0]) or one[0] in TOOLS
        if plain and (start == one.start() or is_generic(draft.text[start : one.end()])):
            continue
        if _is_dealt_with(draft, start, one.end(), strictly=len(tokens) < 2):
            yield start, one.end()
    for one in PARTNERED.finditer(draft.text):
        if not is_generic(one["name"]) and draft.splits_at(one.start("name")) and draft.splits_at(one.end()):
            yield one.start("name"), one.end()
    for one in AFFILIATED.finditer(draft.text):
        begin = name_before(draft, one.start())
        if (
            begin is not None
            and one.start() - begin > 2
            and ENDED.search(draft.text[begin : one.start()])
            and not _is_usual(draft, begin, one.start())
        ):
            yield begin, one.start()


def _is_usual(draft: Draft, start: int, end: int) -> bool:
    return (
        all(is_generic(draft.word(one)) or draft.word(one) in LEADS for one in draft.within(start, end))
        or len(draft.within(start, end)) < 2
    )


def _with_kanji(draft: Draft, place: int) -> int:
    index = draft.last_until(place)
    if (
        index >= 0
        and draft.tokens[index].end == place
        and _is_part(draft, draft.tokens[index])
        and re.fullmatch(r"[一-龠々ぁ-ん]{1,4}", draft.word(draft.tokens[index]))
    ):
        return draft.tokens[index].start
    return place


def _is_partner(draft: Draft, place: int) -> bool:
    before = draft.text[max(0, place - 16) : place]
    return BEFORE.search(before) is not None or TOPIC.search(before) is not None


def _is_dealt_with(draft: Draft, start: int, end: int, *, strictly: bool) -> bool:
    """Whether a company is spoken of: a partner's word before it or a dealing after it; `strictly` both."""
    dealt = DEALING.match(draft.text, end) is not None
    partner = _is_partner(draft, start)
    return (dealt and partner) if strictly else (dealt or partner)
