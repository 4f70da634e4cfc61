"""What a text offers or calls to: prices, ways to reach somebody, links. Japanese and English, read in NFKC.

Numbers that people compare (about 500 yen, 300 to 400 yen a kilo, an amount in kanji, which is a round one) are what
farms talk about and no price; an exact amount of money in figures is one, and any amount that something is sold for. A
link counts unless its host is on the given list.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final, Literal

from privacy.redaction.contacts import find_contacts
from privacy.redaction.folding import fold
from privacy.redaction.spans import URL
from privacy.redaction.tokens import Draft

Reason = Literal["price", "contact", "link"]

_AMOUNT: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_ABOUT_BEFORE: Final = re.compile(
    r"(?:約|およそ|だいたい|大体|ざっと|概ね|おおむね|about|around|roughly|approximately|some|nearly|over|under|[~〜–-])\s?$"
    rf"|{_AMOUNT}\s?(?:円|ドル|yen|dollars)?\s?(?:[~〜–-]|から|to)\s?$",
    re.I,
)
_ABOUT_AFTER: Final = re.compile(
    r"^\s?(?:くらい|ぐらい|ほど|前後|程度|台|弱|強|余り|以上|以下|未満|超|[~〜–-]\s?[0-9]|から\s?[0-9]|or so|to [0-9])",
    re.I,
)
_JAPANESE: Final = re.compile(
    rf"(?<![0-9A-Za-z.,])(?:{_AMOUNT}\s?[億万千百]?){{1,3}}\s?(?:円|ドル|ユーロ|クローネ)(?!相場|安|高|建て|滑|ショップ|均一)"
)
_SIGN: Final = re.compile(
    rf"(?<![A-Za-z0-9])(?:[$€£¥]|(?:USD|EUR|GBP|JPY|NOK|AUD|CAD|US\$)\s?){_AMOUNT}|(?<![0-9.,]){_AMOUNT}\s?(?:yen|dollars?|euros?|USD|JPY|EUR|NOK)(?![A-Za-z])",
    re.I,
)
_OFFER: Final = re.compile(
    r"送料無料|送料込|税込|税別|特価|割引(?:中|価格|クーポン)|半額|大特価|お買い得|キャンペーン(?:中|価格)|クーポンコード|ご購入は|ご注文は|お求めは|(?:円|ドル|ユーロ)(?:から|より)?(?:で|にて)(?:お譲り|お売り|お分け|売り|販売|譲り|ご?提供)"
    r"|free shipping|discount code|promo code|coupon code|special offer|order (?:now|here)|buy (?:now|here)",
    re.I,
)
_CALL: Final = re.compile(
    r"(?:DM|ＤＭ|LINE|ライン|インスタ|メッセージ|メール|電話)(?:で|に|へ|まで|を)?(?:ください|下さい|ご連絡|お問い合わせ|ちょうだい)"
    r"|(?:お気軽に|いつでも)(?:ご連絡|お問い合わせ)|(?:DM|message|text|call|e-?mail) (?:me|us)(?![A-Za-z])|(?:contact|reach) (?:me|us) (?:at|on|by|via)",
    re.I,
)
_HOST: Final = re.compile(r"(?:[a-z][a-z+]*://)?(?:[^/@\s]*@)?([^/:?#\s]+)", re.I)


def reasons_to_hold(text: str, *, allowed: Collection[str] = ()) -> frozenset[Reason]:
    """Why a text should be seen by somebody before it is published; empty for most.

    `allowed` are hosts that may be linked, each with everything below it: "go.jp" allows "www.jfa.maff.go.jp".
    """
    plain = fold(text).text
    contacts = list(find_contacts(Draft(plain)))
    links = [plain[one.start : one.end] for one in contacts if one.label == URL]
    found: set[Reason] = set()
    if any(one.label != URL for one in contacts) or any(map(_is_account, links)) or _CALL.search(plain):
        found.add("contact")
    if any(not _is_account(one) and not _is_allowed(one, allowed) for one in links):
        found.add("link")
    if _OFFER.search(plain) or any(
        not _is_about(plain, one) for pattern in (_JAPANESE, _SIGN) for one in pattern.finditer(plain)
    ):
        found.add("price")
    return frozenset(found)


def _is_account(link: str) -> bool:
    """A name in some other service: what stands there is a way to somebody."""
    return link.startswith("@") or "." not in link


def _is_allowed(link: str, allowed: Collection[str]) -> bool:
    found = _HOST.match(link)
    host = found[1].lower().rstrip(".") if found else ""
    return any(host == one or host.endswith(f".{one}") for one in allowed)


def _is_about(text: str, amount: re.Match[str]) -> bool:
    """A size and no price: about, over, between."""
    before, after = text[max(0, amount.start() - 16) : amount.start()], text[amount.end() : amount.end() + 8]
    return bool(_ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(after))
