"""Days written as people type them, 11/20: a date, unless it is plainly a fraction, a ratio or so many of so many.

A pair that could be both (1/2, 3/4, 1/10) is a date only where something beside it says so; every other one is, unless
something says that it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import gcd
from typing import Final

DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])"
PAIR: Final = re.compile(
    r"(?:(?<![0-9A-Za-z./-])|(?<=[0-9]/[0-9]-)|(?<=[0-9]/[0-9][0-9]-))"
    r"(?P<one>[0-9]{1,2})/(?P<two>[0-9]{1,2})(?![0-9/]|[.,][0-9]|-[0-9]{1,2}-)"
    rf"(?P<to>[-〜~]{DAY}(?![0-9/:.,%]|\s?(?:[A-Za-z℃度匹尾倍割個])))?"
    r"(?P<week>\s?[(（](?:月|火|水|木|金|土|日)(?:曜日?)?(?:・祝)?[)）])?"
)
LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
PARTS: Final = frozenset({2, 3, 4, 5, 6, 8, 10})  # what people divide by
TINY: Final = PARTS | {7, 9, 12, 15, 16, 20, 24, 25, 30}  # and what one in so many is said of
SHARES: Final = re.compile(  # what only a fraction stands before
    r"\s?(?:[=×÷*+%]|[(（]\s?[0-9.]+\s?%)|\"|''|-[A-Za-z]"
    r"|\s?(?:倍|希釈|ずつ|インチ|カップ|リットル|馬力|拍子|ページ|キロ|トン|点(?!検|灯|滴)|星|程度の(?:量|密度|濃度))"
    r"|\s?の(?:密度|濃度|確率|割合|比率|量|水量|薬量|餌量|大きさ|サイズ|長さ|重さ|値段|価格|面積|速さ|人数|尾数|確立|強さ|時間|力)"
    r"|に(?:薄|うす|希釈)"
    r"|\s?(?:mm|cm|km|mg|kg|ml|mL|ppm|psu|ppt|g|t|m|L|l)(?![A-Za-z])"
    r"|[- ]?(?:of(?! (?:last|this|next|the same) (?:year|month))|inch(?:es)?|in\.|cups?|tsp|tbsp|pints?|gallons?|lit(?:er|re)s?|miles?|hours?|tons?|tonnes?|lbs?|pounds?|strength|rations?|doses?|dilution|sea ?water|full|empty|stars?|points?|votes?|scale|majority)(?![A-Za-z])"
)
COUNTS: Final = re.compile(  # so many of so many
    r"\s?(?:匹|羽(?!田|化|根)|粒|個体(?!数)|頭(?!部|数)|尾(?=[がはもを、。しで死斃へ中])|枚(?!数)|名(?=[がはもを、。でが中]))"
    r"|(?:尾(?!数|鷲|び|ぐ)|個(?!別|人|数|室)|人(?!工|員|事)|本(?!日|社|当|庁|格|番|体)|台(?!風|数)|面(?!談|接)|基(?!本|準|幹)|箱|袋|杯|社(?!長|員|内)|組(?!合|織))"
    r"|(?:月|時間|年(?!末|始|明|度)|号|歳|回(?!復|収)|週|割|か月|ヶ月|カ月|倍|型|℃|度(?!目))"
    r"|[- ]?(?:days|weeks|months|years|fish|tanks?|cages?|pens?|ponds?|samples?|trials?|batches|members|responses|deaths|respondents|farms|sites)(?![A-Za-z])"
)
MEASURED: Final = re.compile(  # what a ratio is said of, or counts pages
    r"(?:塩分|生残率?|生存率?|濃度|密度|比率|比|割合|倍率|確率|率|[水薬餌食]量|全量|水位|スコア|点数|評価|満足度|口径|視力|ページ|ステップ|工程|約|およそ|ほぼ|わずか|全体の|うち)(?:[はがをでの:]|\s)*$"
    r"|(?<![A-Za-z])(?:[Pp]ages?|[Ss]teps?|[Pp]art|[Ss]lides?|[Pp]hase|[Cc]hapter|[Rr]atio|[Ss]core[ds]?|[Rr]ated|[Aa]bout|[Rr]oughly|[Aa]lmost|[Nn]early|[Bb]y|[Oo]nly)(?: (?:of|is|was|at|to))?:? $"
    r"|[=×÷*+]\s?$"
)
SAID: Final = re.compile(  # what a day stands behind
    r"(?:去年|昨年|一昨年|おととし|今年|来年|本年|先週|今週|来週|先月|今月|来月|毎年)の?、?\s?$|(?:日付|日時|期日|期限|締切|締め切り|実施日|発生日|納期)(?:[はが:]|\s)*$"
    r"|(?<![A-Za-z])(?:[Oo]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]efore|[Dd]ated?|[Dd]ue|[Aa]s of|[Dd]eadline:?)(?: the)? $"
)
PASSED: Final = re.compile(  # what stands behind a day
    r"\s?(?:の(?:朝|昼|夜|夕|午|時点|日|晩|未明|早朝|深夜|給餌|作業|網|便|会議|台風|大雨|潮)|付|頃|ごろ|から(?!\s?[0-9ぁ-ん])|午前|午後|朝|昼|夕|夜|早朝|未明|時点|現在|日(?!間|後|前|目)|[ap]\.?m|[0-9]{1,2}(?:時|:[0-9]{2})|以降|以来|締切|開催|実施|まで(?!に?[減落下縮薄希]))"
    r"|(?:から|〜|~|-)\s?[0-9]{1,2}/[0-9]{1,2}(?:\s?(?:まで|にかけて|の間|の期間))"
    r"|、\s?(?:朝|昼|夕|夜|午|早朝|未明)(?!に?[0-9])"
    r"|に(?![薄割減落下縮短分切抑満相当近増過足達留調設保上広狭低絞刻改変戻濃圧削引対比]|うす|希釈|へ[らりるっ]|お[とちさ]|さ[げが]|わけ|な[るりっら]|す[るぎれ]|し[たてよまなか]|と[どま]|あた|も|は|まで|カット|ダウン|[、。]|\s|$)"
    r"|と[0-9]{1,2}/[0-9]{1,2}に"
)
LINKED: Final = re.compile(r"\s?(?:と|や|、|・|,|〜|~|-|から|および|and|to)\s?")
HEADED: Final = re.compile(r"(?:^|[\n。])[\s・*-]*$")  # the pair begins a line
ENTRY: Final = re.compile(
    r"\s?[:：]|\s+[-–—]\s|\s(?![A-Za-z0-9(（])(?!海水|淡水|真水|人工|水|量|程度|くらい|ぐらい|ほど|以)|\s[A-Z]"
)


def find_short_dates(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every day written as month/day, or in English also as day/month."""
    if "/" not in text:
        return
    last = len(text)
    for one in PAIR.finditer(text):
        if _is_date(text, one, after_another=LINKED.fullmatch(text, last, one.start()) is not None):
            last = one.end()
            yield one.span()


def _is_date(text: str, found: re.Match[str], *, after_another: bool) -> bool:
    before, after = text[max(0, found.start() - 24) : found.start()], text[found.end() : found.end() + 24]
    month, day = int(found["one"]), int(found["two"])
    if not _is_day(month, day):
        return (
            _is_day(day, month) and (month, day) != (24, 7) and re.search(r"(?i:on|since|until) $", before) is not None
        )
    if SHARES.match(after) or (month < day and re.search(r"[0-9]\s$", before)):
        return False
    if after_another or found["week"] or found["one"][0] == "0" or found["two"][0] == "0" or SAID.search(before):
        return True
    if COUNTS.match(after):
        return False
    if PASSED.match(after) or (HEADED.search(before) and ENTRY.match(after)):
        return True
    return not _is_fraction(month, day) and not (month < day and MEASURED.search(before))


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= len(LENGTHS) and 1 <= day <= LENGTHS[month - 1]


def _is_fraction(part: int, whole: int) -> bool:
    """Whether people write this for a share of something."""
    return part < whole and gcd(part, whole) == 1 and whole in (TINY if part == 1 else PARTS)
