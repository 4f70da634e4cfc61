"""Corporate forms, before and after a name, in both languages."""

from __future__ import annotations

import re
from typing import Final

JA_FORMS: Final = (
    "特定非営利活動法人", "地方独立行政法人", "国立研究開発法人", "国立大学法人", "公立大学法人", "独立行政法人",
    "一般社団法人", "一般財団法人", "公益社団法人", "公益財団法人", "社会福祉法人", "社会医療法人",
    "医療法人社団", "医療法人財団", "医療法人", "学校法人", "宗教法人", "農事組合法人", "農業生産法人",
    "NPO法人", "弁護士法人", "税理士法人", "司法書士法人", "監査法人", "株式会社", "有限会社", "合同会社",
    "合資会社", "合名会社", "相互会社", "有限責任事業組合",
)  # fmt: skip
JA_MARKS: Final = r"\(\s?(?:株|有|同|資|名|一社|一財|公社|公財|医|学|福|宗|特非|農|独|代)\s?\)"
JA_FORM: Final = f"(?:{'|'.join(JA_FORMS)}|{JA_MARKS})"
EN_FORM: Final = (
    r"(?:Co\.?,?\s?(?:Ltd|Limited|Inc)\.?|Pty\.?\s?Ltd\.?|Pvt\.?\s?Ltd\.?|Sdn\.?\s?Bhd\.?|GmbH(?:\s?&\s?Co\.?\s?KG)?"
    r"|K\.K\.?|KK|G\.K\.|Y\.K\.|S\.p\.A\.?|S\.A\.?|S\.L\.?|S\.A\.S\.?|S\.r\.l\.?|B\.V\.?|N\.V\.?|p\.l\.c\.?|L\.L\.C\.?|L\.P\.?"
    r"|Ltd\.?|Limited|Inc\.?|Incorporated|LLC|LLP|PLC|plc|Corp\.?|Corporation|Company|AS|ASA|AB|ApS|A/S|Oy|OY|OYJ|Oyj"
    r"|SA|SpA|SRL|SARL|SAS|BV|NV|AG|KG|SE|JSC|OOO|Ltda\.?|Lda\.?|Bhd\.?|Co\.|d\.o\.o\.?|s\.r\.o\.?|Kft\.?|e\.V\.|Sp\. z o\.o\.|hf\.?|ehf\.?|P/F)"
)
EDGE: Final = r"(?![A-Za-z0-9])"
FORM_BEFORE: Final = re.compile(rf"{JA_FORM}[ \t\u3000]?[「『]?$")
SMALL_FORM: Final = r"(?:co\.?,? ?ltd\.?|ltd\.?|limited|inc\.?|llc|corp\.?|gmbh|k\.?k\.?)"
FORM_AFTER: Final = re.compile(rf"[」』]?[ \t\u3000]?{JA_FORM}|,?[ \t]{{0,2}}{EN_FORM}{EDGE}|,?[ \t]{SMALL_FORM}{EDGE}")
_STRIPPED: Final = re.compile(rf"^\s*{JA_FORM}[ \t\u3000]*|[ \t\u3000]*{JA_FORM}\s*$|[,\s]+{EN_FORM}\s*$|^The\s+")

_ONLY: Final = re.compile(rf"{JA_FORM}|{EN_FORM}")


def without_forms(name: str) -> str:
    """A name without the corporate forms around it; unchanged where nothing would be left."""
    bare = name
    while (next_bare := _STRIPPED.sub("", bare).strip()) != bare and next_bare:
        bare = next_bare
    return bare


def is_form(name: str) -> bool:
    """Whether nothing but a corporate form was written."""
    return _ONLY.fullmatch(name) is not None
