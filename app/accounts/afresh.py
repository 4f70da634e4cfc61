"""Beginning afresh, without password and recovery code: a new secret for the same member, and days of only reading.

The mail address proves who it is; it opens nothing of before. What only the old secret led to is lost: authorship of
old posts, drafts, expert profiles. Membership, organisation and disclosure profile stay. While the new secret only
reads, the old password, recovery code and passkeys rest; whoever uses one undoes the fresh start, and nothing is lost.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import or_, select

from app.accounts import kept, sessions, verification
from app.accounts.identity import Identity, open_identity, seal_identity
from app.accounts.models import Member
from app.accounts.models import Wrap as WrapRow
from app.accounts.rules import ASIDE, READING, WrongSignIn
from app.accounts.service import SignedIn, add_wrap
from app.db import Stores
from app.errors import NotThere
from app.mail import service as mail
from app.sealing import Vault
from privacy.pseudonyms import MemberSecret
from privacy.wraps import Wrap, wrap_with_recovery_code

GONE = frozenset({"leaving"})  # who is leaving does not come back this way


@dataclass(frozen=True, slots=True)
class Fresh:
    """What will open the new secret; made before anything is written."""

    member_id: str
    secret: MemberSecret = field(repr=False)
    password: Wrap = field(repr=False)
    recovery_code: str = field(repr=False)


def proven_member(stores: Stores, vault: Vault, *, ticket: str, now: float) -> str:
    """The member whose address this browser has proven. Raises NotThere."""
    return _proven(stores, vault, ticket, now).id


def finish(stores: Stores, vault: Vault, *, ticket: str, fresh: Fresh, now: float, today: date, days: int) -> SignedIn:
    """Put the new secret in the old one's place and sign every browser out; writes identity. Raises NotThere.

    Everybody only reads for `days`; somebody whose organisation is not verified yet goes on waiting as well.
    """
    member = _proven(stores, vault, ticket, now)
    if member.id != fresh.member_id:
        raise NotThere
    verification.forget(stores, vault, ticket=ticket)
    key = vault.data_key(stores, member.key_id)
    identity = open_identity(key, member)
    if not _reads(identity, today):
        kept.drop(stores, vault, member_id=member.id)  # of an earlier fresh start, which nobody undid in time
    kept.set_aside(stores, vault, member_id=member.id)
    add_wrap(stores, member.id, fresh.password)
    add_wrap(stores, member.id, wrap_with_recovery_code(fresh.secret, fresh.recovery_code, owner=member.id))
    sessions.revoke_all(stores, member_id=member.id)
    until = (today + timedelta(days=days)).toordinal()
    changed = replace(_with_before(member, identity, today), reset_day=today.toordinal(), reading_until=until)
    member.sealed = seal_identity(key, changed, member.id)
    if member.state != "waiting":
        member.state = READING
    return SignedIn(member.id, fresh.secret)


def check_in_time(stores: Stores, vault: Vault, *, signed_in: SignedIn, today: date) -> SignedIn:
    """The same, unless it would undo a fresh start whose days are over. Raises WrongSignIn."""
    member = stores.identity.get_one(Member, signed_in.member_id)
    if signed_in.undoes and not _reads(open_identity(vault.data_key(stores, member.key_id), member), today):
        raise WrongSignIn
    return signed_in


def undo(stores: Stores, vault: Vault, *, signed_in: SignedIn, today: date) -> SignedIn:
    """End a fresh start as if it had not been: the old secret is back, the new one gone with its sessions. Writes
    identity; raises NotThere when its days are over."""
    member = stores.identity.get(Member, signed_in.member_id)
    if member is None:
        raise NotThere
    key = vault.data_key(stores, member.key_id)
    identity = open_identity(key, member)
    if not _reads(identity, today):
        raise NotThere
    kept.bring_back(stores, vault, member_id=member.id)
    sessions.revoke_all(stores, member_id=member.id)
    verification.forget_address(stores, vault, address=identity.mail)
    if member.state == READING:
        member.state = identity.state_before or "active"
    undone = replace(identity, reset_day=identity.reset_before, reading_until=0, state_before="", reset_before=0)
    member.sealed = seal_identity(key, undone, member.id)
    return replace(signed_in, undoes=False)


def tell(
    stores: Stores,
    vault: Vault,
    post_office: bytes,
    *,
    member_id: str,
    words: dict[str, str],
    locale: str,
    window: int,
) -> None:
    """Write to the member's address that it happened, and how to undo it; writes content."""
    member = stores.identity.get_one(Member, member_id)
    address = open_identity(vault.data_key(stores, member.key_id), member).mail
    mail.send_letter(
        stores, vault, post_office, "afresh_done", address=address, words=words, locale=locale, window=window
    )


def end_reading(stores: Stores, vault: Vault, *, today: date) -> None:
    """Who has read long enough is active again, and counts in the crowds again; what opened the secret of before goes
    for good. Writes identity."""
    aside = select(WrapRow.member_id).where(WrapRow.kind.in_(ASIDE))
    wanted = select(Member).where(or_(Member.state == READING, Member.id.in_(aside)))
    for member in list(stores.identity.scalars(wanted)):
        try:
            identity = open_identity(vault.data_key(stores, member.key_id), member)
        except NotThere:
            continue
        if _reads(identity, today):
            continue
        kept.drop(stores, vault, member_id=member.id)
        if member.state == READING:
            member.state = "active"


def _reads(identity: Identity, today: date) -> bool:
    return identity.reading_until > today.toordinal()


def _with_before(member: Member, identity: Identity, today: date) -> Identity:
    """The same with what to come back to: the time before the first of several fresh starts one upon the other."""
    if _reads(identity, today) and identity.state_before:
        return identity
    state = "active" if member.state == READING else member.state
    return replace(identity, state_before=state, reset_before=identity.reset_day)


def _proven(stores: Stores, vault: Vault, ticket: str, now: float) -> Member:
    address = verification.proven_address(stores, vault, ticket=ticket, now=now)
    indexes = vault.indexes("mail", address)
    member = stores.identity.scalar(select(Member).where(Member.mail_index.in_(indexes), Member.state.not_in(GONE)))
    if member is None:
        raise NotThere
    return member
