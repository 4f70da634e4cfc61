"""Sealed columns. A value opens only in the table, column, row and version it was sealed for.

AES-256-GCM, not Fernet: Fernet shows its time and binds no context.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from privacy.envelopes import (
    RandomBytes,
    envelope_key_id,
    framed_length,
    join_parts,
    open_envelope,
    opener,
    seal_envelope,
)
from privacy.errors import WeakInput
from privacy.keys import Key, RootKeys

__all__ = ["Place", "column_opener", "envelope_key_id", "open_json", "open_rooted", "open_sealed", "open_text"]
__all__ += ["reseal", "seal", "seal_json", "seal_text"]


@dataclass(frozen=True)
class Place:
    """Where a sealed value stands; all four are bound to it. `row` is the row's id, `version` the value's format."""

    table: str
    column: str
    row: str
    version: int = 1

    def __post_init__(self) -> None:
        if not (self.table and self.column and self.row):
            raise WeakInput("place", "a table, a column and a row")

    @property
    def context(self) -> bytes:
        """The additional authenticated data: the four parts, each after its length."""
        return join_parts(self.table, self.column, self.row, str(self.version))

    @property
    def name(self) -> str:
        """table.column, without the row: safe to put in an error."""
        return f"{self.table}.{self.column}"


def seal(
    key: Key, plaintext: bytes, place: Place, *, pad_to: int = 0, random: RandomBytes = secrets.token_bytes
) -> bytes:
    """An envelope of `plaintext` for `place`, its inner length a multiple of `pad_to` bytes (0: as it is)."""
    return seal_envelope(key.id, key.secret, plaintext, place.context, pad_to=pad_to, random=random)


def open_sealed(keys: Sequence[Key] | Key, envelope: bytes, place: Place) -> bytes:
    """The plaintext. Raises WrongKey (its key is not among `keys`) or Tampered (changed, or from another place)."""
    ring = (keys,) if isinstance(keys, Key) else keys
    return open_envelope({key.id: key.secret for key in ring}, envelope, place.context, where=place.name)


def column_opener(keys: Sequence[Key], table: str, column: str) -> Callable[[bytes, str], bytes]:
    """Return what opens (envelope, row) of one column as `open_sealed` does, at the price of the decryption alone."""
    open_one = opener({key.id: key.secret for key in keys}, where=f"{table}.{column}")
    before, after = join_parts(table, column), join_parts("1")

    def open_row(envelope: bytes, row: str) -> bytes:
        named = row.encode()
        return open_one(envelope, b"%b%b%b%b" % (before, len(named).to_bytes(4, "big"), named, after))

    return open_row


def open_rooted(roots: RootKeys, purpose: str, envelope: bytes, place: Place) -> bytes:
    """`open_sealed` with the purpose's key under whichever root the envelope names."""
    return open_sealed(roots.derive(purpose, envelope_key_id(envelope)), envelope, place)


def reseal(keys: Sequence[Key], envelope: bytes, place: Place, *, random: RandomBytes = secrets.token_bytes) -> bytes:
    """The same plaintext for the same place under the first of `keys`, in an envelope of the same length.

    Raises as `open_sealed`.
    """
    plaintext = open_sealed(keys, envelope, place)
    return seal(keys[0], plaintext, place, pad_to=framed_length(envelope), random=random)


def seal_text(
    key: Key, text: str, place: Place, *, pad_to: int = 0, random: RandomBytes = secrets.token_bytes
) -> bytes:
    """`seal` of a string as UTF-8."""
    return seal(key, text.encode("utf-8"), place, pad_to=pad_to, random=random)


def open_text(keys: Sequence[Key] | Key, envelope: bytes, place: Place) -> str:
    """The string sealed by `seal_text`. Raises as `open_sealed`."""
    return open_sealed(keys, envelope, place).decode("utf-8")


def seal_json(
    key: Key, value: Any, place: Place, *, pad_to: int = 0, random: RandomBytes = secrets.token_bytes
) -> bytes:
    """`seal` of a JSON value, keys sorted, UTF-8."""
    body = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return seal(key, body.encode("utf-8"), place, pad_to=pad_to, random=random)


def open_json(keys: Sequence[Key] | Key, envelope: bytes, place: Place) -> Any:
    """The JSON value sealed by `seal_json`. Raises as `open_sealed`."""
    return json.loads(open_sealed(keys, envelope, place))
