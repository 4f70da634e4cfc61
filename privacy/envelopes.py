"""The byte format under vault, keys, wraps and boxes: AES-256-GCM with named keys, bound context and inner padding.

Envelope = version (1 byte) | key id (4) | nonce (12) | ciphertext and tag. NIST SP 800-38D; nonces are random, so one
key seals at most 2**32 values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from privacy.errors import Tampered, WeakInput, WrongKey

RandomBytes = Callable[[int], bytes]

VERSION = 1
KEY_ID_BYTES = 4
NONCE_BYTES = 12
HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES
_LENGTH_BYTES = 4
_TAG_BYTES = 16
_LEAST_BYTES = HEADER_BYTES + _LENGTH_BYTES + _TAG_BYTES


def hkdf(secret: bytes, info: bytes, *, length: int = 32, salt: bytes | None = None) -> bytes:
    """HKDF-SHA256 (RFC 5869) of `secret` under the context `info`; `length` bytes."""
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def join_parts(*parts: str) -> bytes:
    """Encode strings so that no two different sequences give the same bytes: each is UTF-8 after its 4-byte length."""
    encoded = [part.encode("utf-8") for part in parts]
    return b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in encoded)


def pad(plaintext: bytes, pad_to: int) -> bytes:
    """Length prefix, text, zeros up to a multiple of `pad_to` bytes (0: no zeros)."""
    if pad_to < 0:
        raise WeakInput("pad_to", "0 or more")
    framed = len(plaintext).to_bytes(_LENGTH_BYTES, "big") + plaintext
    return framed + bytes(-len(framed) % pad_to) if pad_to else framed


def unpad(framed: bytes) -> bytes:
    """The text inside a padded frame. Only called on authenticated bytes."""
    size = int.from_bytes(framed[:_LENGTH_BYTES], "big")
    return framed[_LENGTH_BYTES : _LENGTH_BYTES + size]


def seal_envelope(
    key_id: bytes, secret: bytes, plaintext: bytes, context: bytes, *, pad_to: int, random: RandomBytes
) -> bytes:
    """Seal `plaintext` under a 32-byte `secret`; `context` and the header are authenticated, not stored."""
    header = bytes([VERSION]) + key_id
    nonce = random(NONCE_BYTES)
    return header + nonce + AESGCM(secret).encrypt(nonce, pad(plaintext, pad_to), header + context)


def framed_length(envelope: bytes) -> int:
    """Bytes inside an envelope with their padding: sealed again to a multiple of it, a value keeps its length."""
    return len(envelope) - HEADER_BYTES - _TAG_BYTES


def envelope_key_id(envelope: bytes) -> bytes:
    """The 4-byte id of the key an envelope was sealed with (for re-encryption jobs). Raises Tampered when too short."""
    if len(envelope) < _LEAST_BYTES or envelope[0] != VERSION:
        raise Tampered("envelope")
    return envelope[1 : 1 + KEY_ID_BYTES]


def open_envelope(secrets_by_id: Mapping[bytes, bytes], envelope: bytes, context: bytes, *, where: str) -> bytes:
    """Open with whichever key the envelope names. Raises WrongKey (id not there) or Tampered (`where`)."""
    return opener(secrets_by_id, where=where)(envelope, context)


def opener(secrets_by_id: Mapping[bytes, bytes], *, where: str) -> Callable[[bytes, bytes], bytes]:
    """Return what opens (envelope, context) as `open_envelope` does; the ciphers are set up once for many."""
    ciphers: dict[bytes, AESGCM] = {}  # by version and key id, as they stand at the beginning of an envelope

    def cipher_of(envelope: bytes) -> AESGCM:
        key_id = envelope_key_id(envelope)
        if key_id not in secrets_by_id:
            raise WrongKey(key_id)
        return ciphers.setdefault(envelope[: 1 + KEY_ID_BYTES], AESGCM(secrets_by_id[key_id]))

    def open_one(envelope: bytes, context: bytes) -> bytes:
        head = envelope[: 1 + KEY_ID_BYTES]
        known = ciphers.get(head) if len(envelope) >= _LEAST_BYTES else None
        cipher = cipher_of(envelope) if known is None else known
        try:
            framed = cipher.decrypt(envelope[1 + KEY_ID_BYTES : HEADER_BYTES], envelope[HEADER_BYTES:], head + context)
        except InvalidTag as error:
            raise Tampered(where) from error
        return unpad(framed)

    return open_one
