"""Tell a member that their part of a thread was opened: a page before everything else, and a letter that only calls.

Which thread it was stands nowhere: it would tie the member to it in the database for every later thief.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.accounts.identity import Identity, open_identity, seal_identity
from app.accounts.models import Member
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.mail.service import send_important
from app.sealing import Vault

BETWEEN: Final = ","


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening the member has not read of yet."""

    day: date
    reason: str


def tell(
    stores: Stores, vault: Vault, post_office: bytes, *, member: Member, reason: str, now: float, window: int
) -> Identity:
    """Leave the note in the member's sealed row and a letter with the post office; writes identity and content."""
    key = vault.data_key(stores, member.key_id)
    identity = open_identity(key, member)
    note = f"{today(now).isoformat()} {reason}"
    member.sealed = seal_identity(key, replace(identity, opened=(*identity.opened, note)), member.id)
    send_important(stores, vault, post_office, address=identity.mail, window=window)
    return identity


def openings(viewer: Viewer) -> list[Opened]:
    """What the viewer has to be told, oldest first."""
    pairs = [note.split() for note in viewer.opened]
    return [Opened(date.fromisoformat(day), reason) for day, reason in pairs]


def as_shown(viewer: Viewer) -> str:
    """The notes a page shows, as its form sends them back."""
    return BETWEEN.join(viewer.opened)


def acknowledge(stores: Stores, vault: Vault, *, viewer: Viewer, shown: str) -> None:
    """The viewer has read these, the oldest ones; what came after the page was drawn stays. Writes identity."""
    member = stores.identity.get_one(Member, viewer.member_id)
    key = vault.data_key(stores, member.key_id)
    identity = open_identity(key, member)
    read = tuple(shown.split(BETWEEN))
    if identity.opened[: len(read)] == read:
        member.sealed = seal_identity(key, replace(identity, opened=identity.opened[len(read) :]), member.id)
