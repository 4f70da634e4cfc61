"""Boxes that anyone can close and one private key opens: the post office, the reporter, a custodian.

X25519 with an ephemeral key (RFC 7748), HKDF-SHA256 over both public keys, AES-256-GCM.
Box = version (1 byte) | recipient id (4) | ephemeral public key (32) | ciphertext and tag.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privacy.envelopes import RandomBytes, hkdf, pad, unpad
from privacy.errors import Tampered, WeakInput, WrongKey

KEY_BYTES = 32
_VERSION = 1
_ID_BYTES = 4
_HEADER_BYTES = 1 + _ID_BYTES + KEY_BYTES
# Each box has a key of its own, so one fixed nonce is never used twice under a key.
_NONCE = bytes(12)


@dataclass(frozen=True)
class BoxKeys:
    """An X25519 pair as raw bytes, 32 each. The private half never shows in a repr."""

    private: bytes = field(repr=False)
    public: bytes


def new_box_keys(random: RandomBytes = secrets.token_bytes) -> BoxKeys:
    """A fresh pair."""
    return box_keys_of(random(KEY_BYTES))


def box_keys_of(private: bytes) -> BoxKeys:
    """The pair belonging to a stored private half. Raises WeakInput unless 32 bytes."""
    return BoxKeys(private, _private_key(private).public_key().public_bytes_raw())


def seal_box(public: bytes, plaintext: bytes, pad_to: int = 256, *, random: RandomBytes = secrets.token_bytes) -> bytes:
    """Close a box for the holder of `public`. Texts that pad to the same length give boxes of the same length."""
    ephemeral = box_keys_of(random(KEY_BYTES))
    header = bytes([_VERSION]) + _recipient_id(public) + ephemeral.public
    try:
        key = _box_key(ephemeral.private, public, ephemeral.public, public)
    except ValueError as error:
        raise WeakInput("public key", "a usable X25519 key") from error
    return header + AESGCM(key).encrypt(_NONCE, pad(plaintext, pad_to), header)


def open_box(private: bytes, box: bytes) -> bytes:
    """The text of a box. Raises WrongKey (made for another key) or Tampered."""
    own = box_keys_of(private)
    if len(box) < _HEADER_BYTES or box[0] != _VERSION:
        raise Tampered("box")
    recipient, ephemeral = box[1 : 1 + _ID_BYTES], box[1 + _ID_BYTES : _HEADER_BYTES]
    if recipient != _recipient_id(own.public):
        raise WrongKey(recipient)
    try:
        key = _box_key(private, ephemeral, ephemeral, own.public)
        return unpad(AESGCM(key).decrypt(_NONCE, box[_HEADER_BYTES:], box[:_HEADER_BYTES]))
    except (InvalidTag, ValueError) as error:
        raise Tampered("box") from error


def box_recipient(box: bytes) -> bytes:
    """The 4-byte id of the key a box was closed for. Raises Tampered when it is no box."""
    if len(box) < _HEADER_BYTES or box[0] != _VERSION:
        raise Tampered("box")
    return box[1 : 1 + _ID_BYTES]


def recipient_id(public: bytes) -> bytes:
    """The 4-byte id that boxes for this public key carry."""
    return _recipient_id(public)


def _box_key(private: bytes, other: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    shared = _private_key(private).exchange(X25519PublicKey.from_public_bytes(other))
    return hkdf(shared, b"shiome/box/v1" + ephemeral + recipient)


def _recipient_id(public: bytes) -> bytes:
    return hkdf(public, b"shiome/box-id/v1", length=_ID_BYTES)


def _private_key(private: bytes) -> X25519PrivateKey:
    if len(private) != KEY_BYTES:
        raise WeakInput("private key", f"{KEY_BYTES} bytes")
    return X25519PrivateKey.from_private_bytes(private)
