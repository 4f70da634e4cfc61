"""Named failures of the privacy core. They carry data for the caller, never a secret and never the rejected input."""

from __future__ import annotations


class PrivacyError(Exception):
    """Base of every failure raised in this package."""


class WeakInput(PrivacyError):
    """A key, password, policy or argument that would not give the promised protection.

    `what` names the argument, `need` the smallest thing that would have been accepted.
    """

    def __init__(self, what: str, need: str) -> None:
        super().__init__(f"{what}: needs {need}")
        self.what = what
        self.need = need


class WrongKey(PrivacyError):
    """The envelope or box names a key (4-byte id) that was not handed in."""

    def __init__(self, key_id: bytes) -> None:
        super().__init__(f"no key {key_id.hex()}")
        self.key_id = key_id


class Tampered(PrivacyError):
    """The bytes do not authenticate: changed, cut, or moved to another place. `where` says which value."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} does not authenticate")
        self.where = where


class WrongSecret(PrivacyError):
    """A wrap of the member secret does not open with what was given. `kind` is the kind of wrap tried."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"this {kind} does not open the wrap")
        self.kind = kind


class MistypedCode(PrivacyError):
    """A recovery code that cannot be one: `reason` is 'length', 'letter' or 'check'. Nothing was tried with it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"recovery code mistyped: {reason}")
        self.reason = reason


class TooFewCircles(PrivacyError):
    """A draw with at most one of a circle cannot fill its places: `have` circles, `need` places."""

    def __init__(self, have: int, need: int) -> None:
        super().__init__(f"{have} circles for {need} places")
        self.have = have
        self.need = need


class BadBadge(PrivacyError):
    """A badge that does not verify: `reason` is 'shape', 'version', 'issuer', 'signature', 'challenge', 'proof',
    'holder' or 'keys'."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"badge: {reason}")
        self.reason = reason
