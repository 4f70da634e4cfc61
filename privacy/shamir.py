"""A secret in five shares of which any three give it back, and any two say nothing.

A. Shamir, "How to share a secret", CACM 22 (1979), byte by byte over GF(2^8) with the polynomial of AES (FIPS 197, 4.2).
Products are computed without a table and without a branch on a secret; more than that Python cannot promise.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import xor
from typing import Final

from privacy.envelopes import RandomBytes
from privacy.errors import WeakInput

NEEDED: Final = 3
SHARES: Final = 5
_REDUCTION: Final = 0x1B  # x^8 = x^4 + x^3 + x + 1


@dataclass(frozen=True)
class Share:
    """One point of every byte's polynomial: `index` 1 to 5 is the place, `value` as long as the secret."""

    index: int
    value: bytes = field(repr=False)


def split(secret: bytes, *, random: RandomBytes = secrets.token_bytes) -> tuple[Share, ...]:
    """Five shares. The two coefficients of each byte's polynomial are drawn anew and may be zero: leaving zero out would
    let two shares exclude one secret in 256."""
    slopes, curves = random(len(secret)), random(len(secret))
    return tuple(
        Share(x, bytes(_at(x, *byte) for byte in zip(secret, slopes, curves, strict=True)))
        for x in range(1, SHARES + 1)
    )


def combine(shares: Sequence[Share]) -> bytes:
    """The secret of exactly three shares; three others' shares give other bytes, which the caller has to notice.

    Raises WeakInput unless there are three of different index and equal length.
    """
    places = [share.index for share in shares]
    fits = len(set(places)) == len(places) == NEEDED and len({len(share.value) for share in shares}) == 1
    if not fits or not all(1 <= place <= SHARES for place in places):
        raise WeakInput("shares", f"{NEEDED} of different custodians")
    weights = [_weight(place, places) for place in places]
    columns = zip(*(share.value for share in shares), strict=True)
    return bytes(_sum(times(w, y) for w, y in zip(weights, column, strict=True)) for column in columns)


def times(a: int, b: int) -> int:
    """The product of two elements, 0 to 255: shift and add, reduced at each step."""
    product = 0
    for _ in range(8):
        product ^= -(b & 1) & a
        a = (a << 1 & 0xFF) ^ (-(a >> 7) & _REDUCTION)
        b >>= 1
    return product


def inverse(a: int) -> int:
    """The element that gives 1 with `a`, as a^254; 0 for 0."""
    result = 1
    for bit in f"{254:b}":
        result = times(result, result)
        result = times(result, a) if bit == "1" else result
    return result


def _at(x: int, constant: int, slope: int, curve: int) -> int:
    return constant ^ times(x, slope ^ times(x, curve))


def _weight(place: int, places: Sequence[int]) -> int:
    """Lagrange's weight of one point for the value at zero; places are public."""
    result = 1
    for other in places:
        if other != place:
            result = times(result, times(other, inverse(other ^ place)))
    return result


def _sum(elements: Iterable[int]) -> int:
    return reduce(xor, elements)
