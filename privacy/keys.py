"""Root keys, the keys derived from them, and data keys that can be destroyed one by one.

Keys are lists, newest first: the newest seals and signs, the older ones still open. Each use derives its own key.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from privacy.envelopes import KEY_ID_BYTES, RandomBytes, hkdf, join_parts, open_envelope, seal_envelope
from privacy.errors import Tampered, WeakInput, WrongKey

KEY_BYTES = 32
_KEY_ID_PURPOSE = "key-id"


@dataclass(frozen=True)
class Key:
    """A 32-byte key and the 4-byte public id that envelopes name it by. The bytes never show in a repr."""

    id: bytes
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES or len(self.id) != KEY_ID_BYTES:
            raise WeakInput("key", f"{KEY_BYTES} bytes and an id of {KEY_ID_BYTES}")


def key_id_of(secret: bytes) -> bytes:
    """The public id of a secret: the first 4 bytes of HKDF-SHA256(secret, "shiome/key-id/v1")."""
    return hkdf(secret, _label(_KEY_ID_PURPOSE))[:KEY_ID_BYTES]


def key_from(secret: bytes) -> Key:
    """A Key over 32 raw bytes, named by `key_id_of`. Raises WeakInput on any other length."""
    _refuse_short(secret)
    return Key(key_id_of(secret), secret)


@dataclass(frozen=True)
class RootKeys:
    """The application's root keys (32 bytes each), newest first. Raises WeakInput when empty, short or repeated."""

    keys: Sequence[bytes] = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", tuple(self.keys))
        for key in self.keys:
            _refuse_short(key)
        if not self.keys or len(set(self.ids)) != len(self.keys):
            raise WeakInput("root keys", "at least one, each once")

    @property
    def ids(self) -> tuple[bytes, ...]:
        """The 4-byte ids, newest first."""
        return tuple(key_id_of(key) for key in self.keys)

    def derive(self, purpose: str, key_id: bytes | None = None) -> Key:
        """The key for one purpose: HKDF-SHA256 under "shiome/{purpose}/v1"; of the newest root, or of the one named.

        The derived key carries its root's id. Raises WrongKey for an unknown id, WeakInput for a reserved purpose.
        """
        if not purpose or purpose == _KEY_ID_PURPOSE:
            raise WeakInput("purpose", "a name of its own")
        by_id = dict(zip(self.ids, self.keys, strict=True))
        chosen = self.ids[0] if key_id is None else key_id
        if chosen not in by_id:
            raise WrongKey(chosen)
        return Key(chosen, hkdf(by_id[chosen], _label(purpose)))

    def ring(self, purpose: str) -> tuple[Key, ...]:
        """The keys of one purpose under every root, newest first: seal with the first, open with any."""
        return tuple(self.derive(purpose, key_id) for key_id in self.ids)


def new_data_key(random: RandomBytes = secrets.token_bytes) -> Key:
    """A fresh random key, for one member's identity or one author's part of one thread."""
    return key_from(random(KEY_BYTES))


def wrap_data_key(with_key: Key, data_key: Key, owner: str, *, random: RandomBytes = secrets.token_bytes) -> bytes:
    """Seal a data key for the key store. `owner` (the row it belongs to) is bound: it opens for no other row."""
    return seal_envelope(
        with_key.id, with_key.secret, data_key.secret, _data_key_context(owner), pad_to=0, random=random
    )


def unwrap_data_key(keys: Iterable[Key], wrapped: bytes, owner: str) -> Key:
    """Open a wrapped data key. Raises WrongKey, or Tampered (changed, or another owner's)."""
    by_id = {key.id: key.secret for key in keys}
    secret = open_envelope(by_id, wrapped, _data_key_context(owner), where="data key")
    if len(secret) != KEY_BYTES:
        raise Tampered("data key")
    return key_from(secret)


def blind_index(key: Key, text: str) -> str:
    """HMAC-SHA256 of a mail address for equality look-up: 64 hex characters.

    NFKC, trimmed and case-folded first. Only for high-entropy fields: a prefecture could be guessed back even by
    someone who merely may ask the index.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).strip().casefold())
    return hmac.new(key.secret, folded.encode("utf-8"), hashlib.sha256).hexdigest()


def _data_key_context(owner: str) -> bytes:
    return join_parts("shiome/data-key/v1", owner)


def _label(purpose: str) -> bytes:
    return f"shiome/{purpose}/v1".encode()


def _refuse_short(secret: bytes) -> None:
    if len(secret) != KEY_BYTES:
        raise WeakInput("key", f"{KEY_BYTES} bytes")
