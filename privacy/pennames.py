"""Pen names: a name its owner may put under chosen posts, unique in the network without a list of who has which.

The name's label is made from the name alone, so that two people cannot take one name; the claim beside it is made from
the owner's secret, so that only the owner's session can say whose it is. A pen name is public by being used: its label
hides it from nobody who can guess it, and is no promise.
"""

from __future__ import annotations

import hashlib
import unicodedata

from privacy.envelopes import hkdf
from privacy.pseudonyms import MemberSecret, UniqueLabel, unique_label

PURPOSE = "pen-name"


def fold_pen_name(name: str) -> str:
    """A name as it is compared: NFKC, case-folded, without spaces and marks, katakana as hiragana, ー kept."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    letters = "".join(letter for letter in plain if letter.isalnum() or letter == "ー")
    return "".join(chr(ord(one) - 0x60) if "ァ" <= one <= "ヶ" else one for one in letters)


def pen_label(name: str) -> str:
    """What stands for the name: 32 hex characters, HKDF-SHA256 of the folded name."""
    return hkdf(hashlib.sha256(fold_pen_name(name).encode()).digest(), b"shiome/pen-name/v1")[:16].hex()


def pen_claim(ms: MemberSecret, name: str) -> UniqueLabel:
    """What only the owner of `ms` can write beside the name: 32 hex characters."""
    return unique_label(ms, PURPOSE, fold_pen_name(name))
