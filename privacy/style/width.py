"""Width, numbers, faces and marks that both languages share."""

import re
import unicodedata
from typing import Final

from privacy.style.rules import Rule, apply, rule, rules

_WIDE: Final = re.compile("[\uff01-\uff5d\uff61-\uffe6\u3000\u00a0\u2002-\u200a\u202f\u3300-\u33ff\ufb00-\ufb06]+")
_UNSEEN: Final = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f]"
_PICTURE: Final = (
    "[\U0001f000-\U0001faff\u2600-\u26ff\u2702-\u27bf\u2b50\u2b55\u203c\u2049\u231a-\u231b\u266a-\u266f♡♥☆★]+"
)
_FACE: Final = (
    r"[(（](?=[^()（）]{0,12}[＾´`｀▽∀ωΩДд◕ᴗ•́≧≦皿益‿⌒ﾟ゚・；＿￣╹ᵕ◡◠○ºლ])[^()（）\w、。]{0,4}(?:[^()（）、。]{1,8})[)）](?<![一-鿿A-Za-z0-9][)）])[ノﾉゞシｼb;；]*"
    r"|[(（](?:\^\^|\^_\^|>_<|><|-_-|T_T|;_;|\._\.|o_o|\^o\^|\*\^\^\*|\^-\^|_ _|--|\^\^;|;\^\^|\^_\^;|·_·|°_°)[;；ゞノ]*[)）];*"
    r"|m ?[(（]_ ?_[)）] ?m|(?<![A-Za-z])(?:orz|OTL)(?![A-Za-z])|\^[_.o]?\^[;；]*"
    r"|(?<![\w)(])[:;=8]['-]?[()DPp/\\|](?![\w(/])|(?<!\w)[xX]D(?!\w)|<3(?!\d)|(?<!\w)T_T(?!\w)|>_<"
)

_SHORTCODE: Final = r"(?<![A-Za-z0-9]):[a-z][a-z0-9_+-]+:(?![A-Za-z0-9])"

_UNITS: Final = rules(
    [
        (r"(?<=\d) ?(?:℃|°C|° C|度C)(?![A-Za-z])", "度"),
        (r"(?<=\d) ?(?:パーセント|㌫|％)", "%"),
        (r"(?<=\d) (?=%)", ""),
        (r"(?<=\d) ?(?:KG|Kg|キログラム)(?![A-Za-z])", "kg"),
        (r"(?<=\d) ?(?:グラム)", "g"),
        (r"(?<=\d) ?(?:センチメートル|センチ)", "cm"),
        (r"(?<=\d) ?(?:ミリメートル)", "mm"),
        (r"(?<=\d) ?(?:キロメートル)", "km"),
        (r"(?<=\d) ?(?:リットル|ℓ|㍑)", "L"),
        (r"(?<=\d) ?メートル", "m"),
        (r"(?<=\d) (?=(?:kg|g|mg|cm|mm|km|m|L|mL|ml|kW|ppm|ppt|psu)(?![A-Za-z]))", ""),
        (r"(?<![\d.,(])(\d{1,3}),(\d{3})(?![\d,)])", r"\1\2"),
        (r"(?<![\d.,(])(\d{1,3}),(\d{3}),(\d{3})(?![\d,)])", r"\1\2\3"),
    ]
)  # fmt: skip

_MARKS: Final = rules(
    [
        (_UNSEEN, ""),
        (
            rf"(?<=[すたんねよかいるだう])(?:{_SHORTCODE}|{_FACE}|{_PICTURE})+(?![。、」）)])",
            "。",
        ),  # it ended a sentence
        (_SHORTCODE, ""),
        (_FACE, ""),
        (_PICTURE, ""),
        (r"[‘’‛ʼ´]", "'"),
        (r"[“”„‟«»]", '"'),
        (r"[〜～∼]", "～"),
        (r"(?<=\d) ?[–—‒―] ?(?=\d)", "-"),
        (r"[‐‑−](?=\d)|(?<=\w)[‐‑](?=\w)", "-"),
    ]
)


def narrow(text: str) -> str:
    """Full-width Latin, half-width kana and squared units in their usual width (NFKC where the reading cannot change)."""
    return _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), unicodedata.normalize("NFC", text))


_DIGIT: Final = re.compile(r"\d")
_RULES: Final[tuple[Rule, ...]] = (
    narrow,
    _MARKS,
    lambda text: _UNITS(text) if _DIGIT.search(text) else text,
    rule(r"[^\S\n]+", " "),
)


def common(text: str) -> str:
    """One line of prose in the width, marks and units of the house."""
    return apply(_RULES, text)
