"""Whose words were left behind when a session ended: they come back to the same member and to nobody else."""

import hmac
import secrets
from typing import Final

from app.sealing import Vault

PURPOSE: Final = "words-left"


def who_is(vault: Vault, member_id: str) -> str:
    """A member as their own cookie names them, sealed: a keyed hash."""
    return _hashes(vault, member_id)[0]


def leave_mark(who: str) -> str:
    """What stands in the page beside the words: another one each time, so that it names nobody to who finds two."""
    salt = secrets.token_hex(16)
    return salt + _salted(salt, who)


def is_marked(vault: Vault, mark: str, *, member_id: str) -> bool:
    """Whether words with this mark were left by this member."""
    salt, digest = mark[:32], mark[32:]
    return any([hmac.compare_digest(digest.encode(), _salted(salt, who).encode()) for who in _hashes(vault, member_id)])


def _hashes(vault: Vault, member_id: str) -> list[str]:
    return [hmac.digest(key.secret, member_id.encode(), "sha256").hex()[:32] for key in vault.ring(PURPOSE)]


def _salted(salt: str, who: str) -> str:
    return hmac.digest(who.encode(), salt.encode(), "sha256").hex()
