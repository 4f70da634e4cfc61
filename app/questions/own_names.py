"""One's own organisation in a text as a reader sees it, however it is dressed.

A reader sees a name over the end of a line, through emphasis, entities and letters without ink, in old kanji or new, in
letters of another script that look alike, with marks between its letters, or in kana for kanji. So the names and what the
page would show are folded alike and compared.
"""

import re
import unicodedata
from html import unescape
from typing import Final

from app.questions.rules import INKLESS
from app.questions.spellings import Reader, Spellings
from app.web.markdown import render_markdown
from privacy.redaction import Gazetteer

# each line: ways one kanji is written in names; the first stands for all
KANJI: Final = """
高髙 辺邉邊 崎﨑嵜碕 浜濱濵 斎齋斉齊 沢澤 広廣 国國圀 産產 島嶋嶌 渋澁 桜櫻 真眞 恵惠 与與 寿壽 竜龍 滝瀧 蔵藏 県縣 会會 実實
徳德 栄榮 豊豐 条條 学學 万萬 静靜 円圓 鉄鐵 関關 団團 富冨 野埜 峰峯 桑桒 柳栁 吉𠮷 橋𣘺 黒黑 緑綠 塩鹽 検檢 験驗 総總 黄黃
浅淺 穂穗 弥彌 来來 礼禮 鶴靏靍 剣劍劔 薮藪 桧檜 蛍螢 灯燈 岳嶽 館舘 曽曾 昇曻 糸絲 虫蟲 仏佛 体體 台臺 当當 気氣 区區 参參 児兒 湾灣 満滿
"""
# letters of Cyrillic and Greek that look like Latin ones
FOREIGN: Final = "АВЕКМНОРСТУХІЈЅаеорсухіјѕһԁӏкмтвнΑΒΕΖΗΙΚΜΝΟΡΤΥΧαονρικτυ"
LATIN: Final = "ABEKMHOPCTYXIJSaeopcyxijshdlkmtbhABEZHIKMNOPTYXaovpiktu"
LINE: Final = re.compile(r"<br\s*/?>\s*|(?<=[^>\n])\n(?=[^<\n])")
BLOCK: Final = re.compile(r"</(?:p|li|td|th|tr|h\d|pre|blockquote|ul|ol|table)>|<hr\s*/?>")
HOST: Final = re.compile(r"(?<=</a>) \([^()\s<]*\)")  # a link says where it leads: not the writer's word
TAG: Final = re.compile(r"<[^>]*>")
MARKS: Final = re.compile(r"[*_~`\\]")
GA: Final = re.compile(r"(?<=[一-鿿々])[ヶヵケカが](?=[一-鿿])")
LAST_LONG: Final = re.compile(r"(?<=[ァ-ヺ])ー+(?![ァ-ヺー])")

_SAME: Final = str.maketrans(
    {other: line[0] for line in KANJI.split() for other in line[1:]} | dict(zip(FOREIGN, LATIN, strict=True))
)


class OwnNames:
    """The names, aliases and sites one may not write. Without a `reader` they are not known by their sound."""

    def __init__(self, own: Gazetteer, reader: Reader | None = None) -> None:
        self._listed = own
        names = {folded(way) for ways in own.cores.values() for way in ways}
        self._folded = Gazetteer.of(names)
        self._spelt = Spellings(names, reader)

    def stand_in(self, text: str) -> bool:
        """Whether a reader of this text sees one of them."""
        ways = {folded(text), folded(seen(text))}
        return self._listed.holds(text) or any(self._folded.holds(way) or self._spelt.stand_in(way) for way in ways)


def seen(text: str) -> str:
    """The words of a text's page: rendered, without tags; a line goes on in the next one, a paragraph does not."""
    page = BLOCK.sub("。", LINE.sub(" ", HOST.sub("", str(render_markdown(text)))))
    return unescape(TAG.sub("", page))


def folded(text: str) -> str:
    """A text in one spelling: what has no ink and Markdown's marks are left out, what looks alike is the same."""
    plain = unicodedata.normalize("NFKC", "".join(char for char in text if char not in INKLESS))
    inked = "".join(char for char in plain if char not in INKLESS and unicodedata.category(char) not in ("Cf", "Mn"))
    alike = MARKS.sub("", inked).translate(_SAME)
    return LAST_LONG.sub("", GA.sub("ヶ", alike))
