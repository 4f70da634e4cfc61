"""Recovery codes: 120 random bits on paper, readable aloud, with a check group that tells a slip from a wrong code.

Seven groups of four in Crockford's base32 (no I, L, O, U); the seventh is a 20-bit checksum.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

from privacy.envelopes import RandomBytes
from privacy.errors import MistypedCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BYTES = 15
_GROUP = 4
_BODY = 24
_DASHES = "-‐‑‒–—―−ー─━_~〜・."
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_recovery_code(random: RandomBytes = secrets.token_bytes) -> str:
    """A printed code such as "7Q2M-…-K4TZ": 120 bits and a check group, 34 characters."""
    body = _encode(int.from_bytes(random(CODE_BYTES), "big"), _BODY)
    letters = body + _check(body)
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def parse_recovery_code(text: str) -> bytes:
    """The 15 secret bytes of a code however typed: lower case, spaces, full-width letters, any hyphen or ー.

    I and L read as 1, O as 0. Raises MistypedCode('length' | 'letter' | 'check'). A random slip passes the check once
    in 2**20.
    """
    letters = unicodedata.normalize("NFKC", text).upper().translate(_LOOKALIKES)
    letters = "".join(letter for letter in letters if not letter.isspace() and letter not in _DASHES)
    if len(letters) != _BODY + _GROUP:
        raise MistypedCode("length")
    if any(letter not in ALPHABET for letter in letters):
        raise MistypedCode("letter")
    if _check(letters[:_BODY]) != letters[_BODY:]:
        raise MistypedCode("check")
    return _decode(letters[:_BODY]).to_bytes(CODE_BYTES, "big")


def _check(body: str) -> str:
    digest = hashlib.sha256(b"shiome/recovery-check/v1" + body.encode()).digest()
    return _encode(int.from_bytes(digest[:4], "big") >> 12, _GROUP)


def _encode(number: int, length: int) -> str:
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(length)))


def _decode(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    return number
