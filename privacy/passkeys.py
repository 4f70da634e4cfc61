"""Passkeys: what their PRF output opens, and names that do not lead from a stored passkey to its member.

The authenticator gives 32 bytes for a salt (the PRF extension of Web Authentication Level 3, over CTAP 2.1
hmac-secret): the same whenever this passkey is used here, another for every other passkey, and stored nowhere.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from privacy.envelopes import RandomBytes, hkdf, join_parts
from privacy.errors import WeakInput
from privacy.keys import Key
from privacy.pseudonyms import MemberSecret, locker_label
from privacy.wraps import Wrap, unwrap_with_secret, wrap_with_secret

KIND: Final = "passkey"
OUTPUT_BYTES: Final = 32
PRF_SALT: Final = hashlib.sha256(b"shiome/passkey-prf/v1").digest()
"""What every passkey of the network is asked for, 32 bytes. It is public and can never change: older wraps need it."""


def wrap_with_passkey(
    ms: MemberSecret, output: bytes, *, owner: str, random: RandomBytes = secrets.token_bytes
) -> Wrap:
    """Wrap under a passkey's PRF output (32 bytes, else WeakInput). `owner` names the member and the passkey."""
    _refuse_short(output)
    return wrap_with_secret(ms, output, KIND, owner=owner, random=random)


def unwrap_with_passkey(wrap: Wrap, output: bytes, *, owner: str) -> MemberSecret:
    """The member secret. Raises WrongSecret; WeakInput when `output` cannot be one."""
    _refuse_short(output)
    return unwrap_with_secret(wrap, output, KIND, owner=owner)


def passkey_slot(data_key: Key, number: int) -> str:
    """The row label of a member's passkey `number` (from 0): 64 hex characters from the key that seals their identity.

    Without that key two labels of one member cannot be told from those of two members.
    """
    return hkdf(data_key.secret, join_parts("shiome/passkey-slot/v1", str(number))).hex()


def passkey_handle(ms: MemberSecret) -> bytes:
    """What an authenticator keeps to tell accounts apart (WebAuthn's user handle): 16 bytes, made from `ms` alone."""
    return bytes.fromhex(locker_label(ms, "passkey-handle"))


def _refuse_short(output: bytes) -> None:
    if len(output) != OUTPUT_BYTES:
        raise WeakInput("passkey output", f"{OUTPUT_BYTES} bytes")
