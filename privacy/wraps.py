"""The member secret at rest: wrapped under a password, under a printed recovery code, or under any strong secret.

Passwords go through Argon2id (RFC 9106); recovery codes and other secrets of at least 112 bits through HKDF. A wrap
binds its kind, parameters, salt and owner, so a weaker setting cannot be written into the row.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from privacy.envelopes import RandomBytes, hkdf, join_parts, open_envelope, seal_envelope
from privacy.errors import PrivacyError, Tampered, WeakInput, WrongSecret
from privacy.pseudonyms import SECRET_BYTES, MemberSecret
from privacy.recovery import parse_recovery_code

PASSWORD = "password"  # noqa: S105 (the name of a kind, not a password)
RECOVERY = "recovery"
MIN_PASSWORD_CHARACTERS = 8
MIN_SECRET_BYTES = 14
_SALT_BYTES = 16
_NO_KEY_ID = bytes(4)
_COST_LIMITS = {"time": (1, 20), "memory_kib": (8, 1 << 20), "lanes": (1, 1)}


@dataclass(frozen=True)
class Cost:
    """What one password guess costs: Argon2id passes, memory in KiB, lanes. The default is 3 × 64 MiB × 1.

    One lane only: OpenSSL gives a process one pool of threads for lanes, and two sign-ins at once fail over it or hang.
    """

    time: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 1

    def __post_init__(self) -> None:
        for name, (low, high) in _COST_LIMITS.items():
            if not low <= getattr(self, name) <= high:
                raise WeakInput(f"cost {name}", f"{low} to {high}")
        if self.memory_kib < 8 * self.lanes:
            raise WeakInput("cost memory_kib", "8 KiB a lane")

    @property
    def params(self) -> dict[str, int]:
        """The three numbers as they are recorded in a wrap."""
        return {"time": self.time, "memory_kib": self.memory_kib, "lanes": self.lanes}


DEFAULT_COST = Cost()


@dataclass(frozen=True)
class Wrap:
    """A member secret sealed under something the member has. `kind` says what opens it; nothing here is secret."""

    kind: str
    params: Mapping[str, int]
    salt: bytes
    sealed: bytes

    def to_json(self) -> str:
        """One line of JSON, bytes as base64."""
        fields = {"salt": b64encode(self.salt).decode(), "sealed": b64encode(self.sealed).decode()}
        return json.dumps({"kind": self.kind, "params": dict(self.params), **fields}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Wrap:
        """The wrap written by `to_json`. Raises Tampered when it is not one."""
        try:
            found = json.loads(text)
            params = {str(name): int(value) for name, value in found["params"].items()}
            salt, sealed = (b64decode(found[name], validate=True) for name in ("salt", "sealed"))
            return cls(str(found["kind"]), params, salt, sealed)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Tampered("wrap") from error


def wrap_with_password(
    ms: MemberSecret,
    password: str,
    *,
    cost: Cost = DEFAULT_COST,
    owner: str = "",
    random: RandomBytes = secrets.token_bytes,
) -> Wrap:
    """Wrap under Argon2id(password). `owner` is the row it belongs to. Raises WeakInput under 8 characters."""
    if len(_folded(password)) < MIN_PASSWORD_CHARACTERS:
        raise WeakInput("password", f"{MIN_PASSWORD_CHARACTERS} characters")
    salt = random(_SALT_BYTES)
    return _close(PASSWORD, cost.params, salt, _stretch(password, salt, cost), ms, owner, random)


def unwrap_with_password(wrap: Wrap, password: str, *, owner: str = "") -> MemberSecret:
    """The member secret. Raises WrongSecret; a wrong password and a changed wrap look the same."""
    try:
        cost = Cost(**wrap.params)
    except (TypeError, WeakInput) as error:
        raise WrongSecret(PASSWORD) from error
    return _open(wrap, PASSWORD, _stretch(password, wrap.salt, cost), owner)


def dummy_unwrap(password: str, *, cost: Cost = DEFAULT_COST) -> NoReturn:
    """Spend what `unwrap_with_password` spends, for an account that does not exist; always raises WrongSecret.

    Sign-in calls it where no row was found, so that time does not tell which addresses have accounts.
    """
    salt = bytes(_SALT_BYTES)
    never = _close(PASSWORD, cost.params, salt, bytes(32), MemberSecret(bytes(SECRET_BYTES)), "", secrets.token_bytes)
    _open(never, PASSWORD, _stretch(password, salt, cost), "")
    raise WrongSecret(PASSWORD)


def wrap_with_recovery_code(
    ms: MemberSecret, code: str, *, owner: str = "", random: RandomBytes = secrets.token_bytes
) -> Wrap:
    """Wrap under a recovery code as printed or typed. Raises MistypedCode."""
    salt = random(_SALT_BYTES)
    return _close(RECOVERY, {}, salt, _expand(parse_recovery_code(code), RECOVERY, salt), ms, owner, random)


def unwrap_with_recovery_code(wrap: Wrap, code: str, *, owner: str = "") -> MemberSecret:
    """The member secret. Raises MistypedCode (a slip of the finger) or WrongSecret (another code)."""
    return _open(wrap, RECOVERY, _expand(parse_recovery_code(code), RECOVERY, wrap.salt), owner)


def wrap_with_secret(
    ms: MemberSecret, secret: bytes, kind: str, *, owner: str = "", random: RandomBytes = secrets.token_bytes
) -> Wrap:
    """Wrap under any high-entropy secret: API token, passkey PRF output, session cookie. `kind` separates uses.

    Raises WeakInput under 14 bytes (112 bits), or for a kind that has its own function.
    """
    _refuse_weak(secret, kind)
    salt = random(_SALT_BYTES)
    return _close(kind, {}, salt, _expand(secret, kind, salt), ms, owner, random)


def unwrap_with_secret(wrap: Wrap, secret: bytes, kind: str, *, owner: str = "") -> MemberSecret:
    """The member secret. Raises WrongSecret, also for a wrap of another kind."""
    return _open(wrap, kind, _expand(secret, kind, wrap.salt), owner)


def _refuse_weak(secret: bytes, kind: str) -> None:
    if kind in ("", PASSWORD, RECOVERY):
        raise WeakInput("kind", "a name of its own")
    if len(secret) < MIN_SECRET_BYTES:
        raise WeakInput("secret", f"{MIN_SECRET_BYTES} random bytes")


def _folded(password: str) -> str:
    # The same password typed on a Japanese keyboard may arrive in full-width letters.
    return unicodedata.normalize("NFKC", password)


def _stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=cost.time, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(_folded(password).encode("utf-8"))


def _expand(secret: bytes, kind: str, salt: bytes) -> bytes:
    return hkdf(secret, join_parts("shiome/wrap/v1", kind), salt=salt)


def _context(kind: str, params: Mapping[str, int], salt: bytes, owner: str) -> bytes:
    return join_parts("shiome/wrap/v1", kind, json.dumps(dict(params), sort_keys=True), salt.hex(), owner)


def _close(
    kind: str, params: Mapping[str, int], salt: bytes, key: bytes, ms: MemberSecret, owner: str, random: RandomBytes
) -> Wrap:
    if len(ms) != SECRET_BYTES:
        raise WeakInput("member secret", f"{SECRET_BYTES} bytes")
    context = _context(kind, params, salt, owner)
    return Wrap(kind, dict(params), salt, seal_envelope(_NO_KEY_ID, key, ms, context, pad_to=0, random=random))


def _open(wrap: Wrap, kind: str, key: bytes, owner: str) -> MemberSecret:
    try:
        context = _context(kind, wrap.params, wrap.salt, owner)
        return MemberSecret(open_envelope({_NO_KEY_ID: key}, wrap.sealed, context, where="wrap"))
    except PrivacyError as error:
        raise WrongSecret(kind) from error
