"""Mail addresses, telephone numbers, web addresses and handles. Look-arounds are ASCII: kana may touch either edge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

from privacy.redaction.spans import MAIL, PHONE, URL, Span
from privacy.redaction.tokens import Draft

LETTER: Final = "A-Za-z0-9"
TLD: Final = (
    r"(?:com|net|org|edu|gov|info|biz|io|ai|app|dev|co|me|tv|shop|store|online|site|tech|cloud|coop|int|jp|uk|us|au|nz"
    r"|ca|de|fr|es|it|nl|be|no|se|fi|dk|is|ie|ch|at|pl|pt|gr|cz|hu|ro|ru|ua|cn|kr|tw|hk|sg|my|th|vn|id|ph|in|cl|mx|br"
    r"|ar|pe|za|eu|asia|tokyo|osaka|example|test|invalid|local|xyz|club|blog|page|link|fish|farm|health|school)"
)
AT: Final = r"(?:@|\s?[\[\(\{<【（]\s?(?:@|at|AT|At|アット|あっと|アットマーク)\s?[\]\)\}>】）]\s?|\s(?:at|AT)\s(?=[^\s@]{2,40}\s(?:dot|DOT)\s)|\s?(?:アットマーク|★|☆|●|◎)\s?)"
DOT: Final = r"(?:\.|\s?[\[\(\{【（]\s?(?:\.|dot|DOT|ドット)\s?[\]\)\}】）]\s?|\s(?:dot|DOT)\s|\s?ドット\s?)"
LABEL: Final = rf"[{LETTER}](?:[{LETTER}-]{{0,62}}[{LETTER}])?"
LOCAL: Final = rf"[{LETTER}_%+~'&-]+(?:{DOT}[{LETTER}_%+~'&-]+){{0,6}}\.?"
MAILS: Final = re.compile(rf"(?<![{LETTER}._%+~&-]){LOCAL}{AT}{LABEL}(?:{DOT}{LABEL}){{1,6}}(?![{LETTER}])")
# "at" alone is a word of every text: it counts where a mail is spoken of
SPOKEN: Final = re.compile(
    rf"(?:[Mm]ail|[Aa]ddress|[Cc]ontact|[Ww]rite|[Rr]each|メール|アドレス|連絡)[^\n]{{0,24}}?(?<![{LETTER}._-])([{LETTER}][{LETTER}._+-]+ at {LABEL}(?:\.{LABEL}){{1,4}})(?![{LETTER}])"
)
PLAIN_AT: Final = re.compile(rf'"[^"@\n]{{1,60}}"@{LABEL}(?:\.{LABEL}){{1,6}}')
URLS: Final = re.compile(
    r"(?:https?|ftp|sftp|hxxps?)://[^\s<>\"'「」『』、。（）()\[\]{}|]+(?:\([^\s()]*\)[^\s<>\"'「」、。()]*)?|(?<![A-Za-z0-9.])www\.[A-Za-z0-9][^\s<>\"'「」『』、。（）()]+"
)
DOMAINS: Final = re.compile(
    rf"(?<![{LETTER}@._/-])(?:{LABEL}\.){{1,4}}{TLD}(?![{LETTER}_])(?!\.[{LETTER}])(?!-[{LETTER}])(?:/[^\s<>\"'「」『』、。（）()]*)?"
)
HANDLES: Final = re.compile(r"(?<![A-Za-z0-9@/._+-])@[A-Za-z0-9_](?:[A-Za-z0-9_.-]{1,38}[A-Za-z0-9_])(?![A-Za-z0-9_@])")
NOT_DOMAINS: Final = re.compile(
    r"(?:^|\.)(?:[A-Za-z]{0,12}\.)?(?:js|py|rs|md|sh|pl|cc|vue|json|ts)$|^(?:e\.g|i\.e|a\.k\.a|asp\.net|node\.js|vs|fig|no|vol|socket\.io|github\.io|system\.io|java\.io|java\.net|data\.id)$",
    re.I,
)
ACCOUNTS: Final = re.compile(
    r"(?:LINE|ライン|Skype|Discord|Telegram|WeChat|インスタ(?:グラム)?|Instagram|Twitter|ツイッター|Slack|スカイプ)\s?(?:の)?(?:ID|アカウント|ユーザー名|id|handle)(?:は|が|:|：|\s|is)*([A-Za-z][A-Za-z0-9_.-]{2,29}[A-Za-z0-9_])"
)
NOT_HANDLES: Final = re.compile(
    r"^@(?:media|import|param|return|override|property|test|channel|here|everyone|all|dataclass|autowired|staticmethod|classmethod|todo|see|since|throws|deprecated|charset|keyframes|include|extend|mixin)$",
    re.I,
)
TRAILING: Final = ".,;:!?'\"…*_~`>"

NEAR: Final = frozenset(
    {
        "us",
        "me",
        "him",
        "them",
        "team",
        "support",
        "desk",
        "online",
        "directly",
        "look",
        "office",
        "is",
        "out",
        "more",
        "info",
    }
)

DASH: Final = r"[-‐‑‒–—―−ー－⁃﹣]"
GAP: Final = rf"(?:\s?{DASH}\s?|[ .・/]|)"
CUE: Final = re.compile(
    r"(?:電話|でんわ|TEL|Tel|tel|FAX|Fax|fax|ファックス|ファクス|携帯|ケータイ|番号|直通|内線|フリーダイヤル|連絡先|ph(?:one)?|Phone|PHONE|call(?:ed|ing)?|Call|mobile|Mobile|cell|Cell|dial|Dial|ext\.?|hotline|Hotline|ring|reach|text(?:ed)?|WhatsApp|LINE|at|number|number is|on)\s?(?:番号)?(?:me|us|him|her|them)?\s?(?:は|が|を|の|is|at|on|:|：|／|/|\.|\()?\s?(?:代表|番号)?\s?[:：(]?\s?$",
    re.I,
)
EDGE_BEFORE: Final = rf"(?:(?<![{LETTER}.])|(?<=TEL)|(?<=Tel)|(?<=tel)|(?<=FAX)|(?<=Fax))(?<![0-9]{DASH})(?<![0-9]/)"
EDGE_AFTER: Final = rf"(?![{LETTER}])(?!{DASH}[0-9])(?!\.[0-9])"
# 0-3-1234-5678 and its kin: area code with or without brackets, +81, extension after it.
JAPANESE: Final = re.compile(
    rf"{EDGE_BEFORE}(?:\(?\+\s?81\)?[ .-]?\(?0?\)?|\(0|0)\)?[1-9](?:[0-9()]|{DASH}|[ .・](?=[0-9(]))"
    rf"{{7,16}}[0-9](?:\s?(?:内線|ext\.?|x)\s?[0-9]{{1,5}})?{EDGE_AFTER}"
)
INTERNATIONAL: Final = re.compile(
    rf"(?<![{LETTER}])(?:\+|00(?=[1-9]{{2}}[ -]))\s?\(?[1-9][0-9]{{0,3}}\)?(?:[ .()/-]|{DASH}){{0,2}}[0-9](?:[0-9]|[ .()/]|{DASH}){{4,16}}[0-9]{EDGE_AFTER}"
)
AMERICAN: Final = re.compile(
    rf"{EDGE_BEFORE}(?:1[ .-])?(?:\([2-9][0-9]{{2}}\)\s?|[2-9][0-9]{{2}}[ .-])[0-9]{{3}}[ .-][0-9]{{4}}(?:\s?(?:ext\.?|x)\s?[0-9]{{1,5}})?{EDGE_AFTER}"
)
BRITISH: Final = re.compile(rf"{EDGE_BEFORE}\(?0[1-9][0-9]{{1,4}}\)?[ -][0-9]{{3,4}}[ -]?[0-9]{{3,6}}{EDGE_AFTER}")
LOCAL_NUMBER: Final = re.compile(
    rf"{EDGE_BEFORE}(?:[0-9]{{2,4}}{DASH}[0-9]{{4}}|[0-9]{{2,3}}(?:[ -][0-9]{{2,4}}){{1,4}}|[0-9]{{7,12}}){EDGE_AFTER}"
)
EXTENSION: Final = re.compile(
    rf"(?:内線|ext\.?|extension)\s?(?:番号)?\s?(?:は|:|：|is)?\s?([0-9]{{2,6}})(?![{LETTER}])", re.I
)


def find_contacts(draft: Draft) -> Iterator[Span]:
    """Mail, telephone, web."""
    yield from _mails(draft.text)
    yield from _urls(draft.text)
    yield from _phones(draft.text)


def _mails(text: str) -> Iterator[Span]:
    if "@" in text:
        yield from (Span(one.start(), one.end(), MAIL) for one in PLAIN_AT.finditer(text))
    for one in MAILS.finditer(text):
        yield Span(one.start(), one.end(), MAIL)
    if " at " in text:
        yield from (
            Span(one.start(1), one.end(1), MAIL) for one in SPOKEN.finditer(text) if one[1].split(" ")[0] not in NEAR
        )


def _urls(text: str) -> Iterator[Span]:
    for one in URLS.finditer(text):
        yield Span(one.start(), one.start() + len(one[0].rstrip(TRAILING)), URL)
    for one in DOMAINS.finditer(text):
        found = one[0].rstrip(TRAILING)
        if not NOT_DOMAINS.search(found.split("/")[0]):
            yield Span(one.start(), one.start() + len(found), URL)
    yield from (Span(one.start(1), one.end(1), URL) for one in ACCOUNTS.finditer(text))
    for one in HANDLES.finditer(text):
        if not NOT_HANDLES.match(one[0]):
            yield Span(one.start(), one.end(), URL)


def _phones(text: str) -> Iterator[Span]:
    if sum(char.isdigit() for char in text) < 3:
        return
    for one in JAPANESE.finditer(text):
        if _is_japanese(one[0], text[max(0, one.start() - 16) : one.start()]):
            yield _whole(text, one)
    for pattern in (INTERNATIONAL, AMERICAN):
        for one in pattern.finditer(text):
            if 8 <= len(digits(one[0])) <= 18 and "://" not in text[max(0, one.start() - 30) : one.start()]:
                yield _whole(text, one)
    for one in BRITISH.finditer(text):
        if _is_real(one[0], "GB") or _cued(text, one.start()):
            yield _whole(text, one)
    for one in LOCAL_NUMBER.finditer(text):
        if _cued(text, one.start(), loose=False) and len(digits(one[0])) >= 6:
            yield _whole(text, one)
    for one in EXTENSION.finditer(text):
        yield Span(one.start(1), one.end(1), PHONE)


def _whole(text: str, found: re.Match[str]) -> Span:
    """The number with the bracket it stands in where one side of it was taken."""
    start, end = found.span()
    stretch = text[start:end]
    if stretch.count(")") > stretch.count("(") and text[start - 1 : start] == "(":
        start -= 1
    if stretch.count("(") > stretch.count(")"):
        start, end = (start + 1, end) if text[end : end + 1] != ")" else (start, end + 1)
    return Span(start, end, PHONE)


def _is_japanese(found: str, before: str) -> bool:
    """Ten digits from 0 (eleven for mobile, IP and free-dial numbers), grouped as people group them."""
    number = re.sub(r"(?:内線|ext\.?|x)\s?[0-9]+$", "", found)
    abroad = re.match(r"\(?\+\s?81", number)
    plain = digits(number)
    plain = "0" + plain[2:].lstrip("0") if abroad else plain
    eleven = plain[:3] in {"050", "060", "070", "080", "090", "020"} or plain.startswith("0800")
    if len(plain) != (11 if eleven else 10):
        return False
    groups = tuple(len(part) for part in re.findall(r"[0-9]+", number))
    if abroad:
        return True
    if len(groups) == 1:
        return bool(CUE.search(before)) or eleven or _is_real(plain, "JP")
    return len(groups) <= 3 and 2 <= groups[0] <= 6


def _is_real(number: str, region: str) -> bool:
    """Whether the numbering plan knows it (phonenumbers, a port of Google's libphonenumber)."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False


def _cued(text: str, start: int, *, loose: bool = True) -> bool:
    found = CUE.search(text[max(0, start - 24) : start])
    return found is not None and (loose or not re.match(r"(?:at|on|番号|number|LINE|reach)", found[0]))


def digits(text: str) -> str:
    """The digits of a text."""
    return "".join(char for char in text if char.isdigit())
