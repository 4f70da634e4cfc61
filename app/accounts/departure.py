"""The identity's part of pausing and leaving: one small change a transaction, each safe to do again after a stop."""

from typing import Final

from sqlalchemy import delete, select

from app.accounts import sessions, verification
from app.accounts.identity import Identity, open_identity
from app.accounts.models import Member, Organisation
from app.accounts.models import Wrap as WrapRow
from app.db import Stores
from app.errors import Conflict, NotThere
from app.keystore import DataKey
from app.logs.service import note_security
from app.sealing import Vault

LEAVING: Final = "leaving"


def change_state(stores: Stores, *, member_id: str, state: str, only_from: frozenset[str]) -> None:
    """Pause, or come back. Raises Conflict from any other state, NotThere without the member."""
    member = stores.identity.get(Member, member_id)
    if member is None:
        raise NotThere
    if member.state not in only_from:
        raise Conflict
    member.state = state


def begin(stores: Stores, vault: Vault, *, member_id: str) -> None:
    """Sign every browser out; from here on the worker would finish alone. Writes identity.

    An organisation that only this member named, and that nobody verified, goes too.
    """
    member = stores.identity.get(Member, member_id)
    if member is None:
        return
    if member.state == "waiting":
        _drop_unverified(stores, vault, member)
    if member.state != LEAVING:
        verification.forget_address(stores, vault, address=_identity(stores, vault, member).mail)
    member.state = LEAVING
    sessions.revoke_all(stores, member_id=member_id)


def drop_wraps(stores: Stores, *, member_id: str) -> None:
    """Nothing opens the member's secret any more. Writes identity."""
    stores.identity.execute(delete(WrapRow).where(WrapRow.member_id == member_id))


def drop_key(stores: Stores, *, member_id: str) -> None:
    """Nothing opens what is said of the member any more, in no backup either. Writes keys."""
    member = stores.identity.get(Member, member_id)
    if member is not None:
        stores.keys.execute(delete(DataKey).where(DataKey.id == member.key_id))


def remove(stores: Stores, vault: Vault, *, member_id: str, now: float) -> None:
    """The row itself, its address index with it. Writes identity."""
    member = stores.identity.get(Member, member_id)
    if member is not None:
        stores.identity.delete(member)
        note_security(stores, vault, event="member.left", now=now)


def departing(stores: Stores) -> list[str]:
    """Members whose leaving was stopped halfway."""
    return list(stores.identity.scalars(select(Member.id).where(Member.state == LEAVING)))


def _drop_unverified(stores: Stores, vault: Vault, member: Member) -> None:
    own = _organisation_of(stores, vault, member)
    row = stores.identity.get(Organisation, own)
    waiting = stores.identity.scalars(select(Member).where(Member.state == "waiting", Member.id != member.id))
    if row is not None and not row.verified and all(_organisation_of(stores, vault, one) != own for one in waiting):
        stores.identity.delete(row)


def _organisation_of(stores: Stores, vault: Vault, member: Member) -> str:
    return _identity(stores, vault, member).organisation_id


def _identity(stores: Stores, vault: Vault, member: Member) -> Identity:
    return open_identity(vault.data_key(stores, member.key_id), member)
