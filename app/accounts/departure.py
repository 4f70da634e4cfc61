"""The identity's part of pausing and leaving: one small change a transaction, each safe to do again after a stop."""

from dataclasses import replace
from datetime import date

from sqlalchemy import delete, select

from app.accounts import departed, passkeys, sessions, verification
from app.accounts.declining import drop_unnamed
from app.accounts.identity import Identity, open_identity, seal_identity
from app.accounts.models import Member
from app.accounts.models import Wrap as WrapRow
from app.accounts.rules import LEAVING, READING
from app.accounts.viewer import Viewer
from app.db import Stores
from app.errors import Conflict, NotThere
from app.keystore import DataKey
from app.logs.service import note_security
from app.sealing import Vault
from privacy.pseudonyms import MemberSecret, new_id


def pause(stores: Stores, vault: Vault, *, member_id: str) -> str:
    """Note it in the member's sealed row, and give the name under which their address rests; again it is the same.
    Writes identity. Raises Conflict from any state but active, NotThere without the member."""
    member = stores.identity.get(Member, member_id)
    if member is None:
        raise NotThere
    if member.state not in ("active", READING):
        raise Conflict
    key = vault.data_key(stores, member.key_id)
    identity = open_identity(key, member)
    token = identity.paused or new_id()
    member.sealed = seal_identity(key, replace(identity, paused=token), member_id)
    return token


def resume(stores: Stores, vault: Vault, *, member_id: str) -> None:
    """The note goes. Writes identity. Raises NotThere without the member."""
    member = stores.identity.get(Member, member_id)
    if member is None:
        raise NotThere
    key = vault.data_key(stores, member.key_id)
    member.sealed = seal_identity(key, replace(open_identity(key, member), paused=""), member_id)


def order_of(stores: Stores, vault: Vault, *, member_id: str) -> str:
    """The name under which the member's address rests; empty when it does not. Writes nothing."""
    member = stores.identity.get(Member, member_id)
    return "" if member is None else _identity(stores, vault, member).paused


def begin(stores: Stores, vault: Vault, *, member_id: str, secret: MemberSecret, texts: str, today: date) -> None:
    """Sign every browser out and let nobody in again; from here on the worker would finish alone, with what it needs
    sealed in the member's own row until that goes. Until the quarter ends a mark stays. Writes identity."""
    member = stores.identity.get(Member, member_id)
    if member is None or member.state == LEAVING:
        return
    key = vault.data_key(stores, member.key_id)
    identity = open_identity(key, member)
    verification.forget_address(stores, vault, address=identity.mail)
    departed.note(stores, vault, address=identity.mail, today=today)
    changed = replace(identity, leaving={"secret": secret.hex(), "texts": texts})
    member.sealed = seal_identity(key, changed, member_id)
    member.state = LEAVING
    sessions.revoke_all(stores, member_id=member_id)


def unfinished(stores: Stores, vault: Vault, *, member_id: str, today: date) -> tuple[Viewer, str] | None:
    """Who is leaving, and what is to become of their words; None when their key has gone. Writes nothing."""
    member = stores.identity.get(Member, member_id)
    if member is None:
        return None
    try:
        note = _identity(stores, vault, member).leaving
        secret = MemberSecret(bytes.fromhex(note["secret"]))
        viewer = sessions.make_viewer(stores, vault, member=member, secret=secret, session_id="", today=today)
    except NotThere:
        return None
    return viewer, note["texts"]


def drop_wraps(stores: Stores, vault: Vault, *, member_id: str) -> None:
    """Nothing opens the member's secret any more. Writes identity.

    An organisation that only this member named, and that nobody verified, goes too; of a declined one a mark stays.
    """
    member = stores.identity.get(Member, member_id)
    if member is not None:
        _drop_unverified(stores, vault, member)
        _drop_passkeys(stores, vault, member_id)
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


def _drop_passkeys(stores: Stores, vault: Vault, member_id: str) -> None:
    try:
        passkeys.drop(stores, vault, member_id=member_id)
    except NotThere:  # the key has gone: a stop came after this step
        return


def _drop_unverified(stores: Stores, vault: Vault, member: Member) -> None:
    try:
        own = _identity(stores, vault, member).organisation_id
    except NotThere:  # the key has gone: a stop came after this step
        return
    drop_unnamed(stores, vault, organisation_id=own, leaver=member.id)


def _identity(stores: Stores, vault: Vault, member: Member) -> Identity:
    return open_identity(vault.data_key(stores, member.key_id), member)
