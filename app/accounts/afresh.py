"""Beginning afresh, without password and recovery code: a new secret for the same member, and days of only reading.

The mail address proves who it is; it opens nothing of before. What only the old secret led to is lost: authorship of
old posts, drafts, expert profiles. Membership, organisation and disclosure profile stay.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import delete, select

from app.accounts import sessions, verification
from app.accounts.identity import open_identity, seal_identity
from app.accounts.models import Member
from app.accounts.models import Wrap as WrapRow
from app.accounts.service import SignedIn, add_wrap
from app.accounts.sessions import READING
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

    Somebody whose organisation is not verified yet goes on waiting; everybody else only reads for `days`.
    """
    member = _proven(stores, vault, ticket, now)
    if member.id != fresh.member_id:
        raise NotThere
    verification.forget(stores, vault, ticket=ticket)
    stores.identity.execute(delete(WrapRow).where(WrapRow.member_id == member.id))
    add_wrap(stores, member.id, fresh.password)
    add_wrap(stores, member.id, wrap_with_recovery_code(fresh.secret, fresh.recovery_code, owner=member.id))
    sessions.revoke_all(stores, member_id=member.id)
    key = vault.data_key(stores, member.key_id)
    until = (today + timedelta(days=days)).toordinal()
    identity = replace(open_identity(key, member), reset_day=today.toordinal(), reading_until=until)
    member.sealed = seal_identity(key, identity, member.id)
    if member.state != "waiting":
        member.state = READING
    return SignedIn(member.id, fresh.secret)


def tell(
    stores: Stores,
    vault: Vault,
    post_office: bytes,
    *,
    member_id: str,
    page: str,
    contact: str,
    locale: str,
    window: int,
) -> None:
    """Write to the member's address that it happened, and how to stop it; writes content."""
    member = stores.identity.get_one(Member, member_id)
    address = open_identity(vault.data_key(stores, member.key_id), member).mail
    words = {"page": page, "contact": contact}
    mail.send_letter(
        stores, vault, post_office, "afresh_done", address=address, words=words, locale=locale, window=window
    )


def end_reading(stores: Stores, vault: Vault, *, today: date) -> None:
    """Who has read long enough is active again, and counts in the crowds again; writes identity."""
    for member in list(stores.identity.scalars(select(Member).where(Member.state == READING))):
        try:
            identity = open_identity(vault.data_key(stores, member.key_id), member)
        except NotThere:
            continue
        if identity.reading_until <= today.toordinal():
            member.state = "active"


def _proven(stores: Stores, vault: Vault, ticket: str, now: float) -> Member:
    address = verification.proven_address(stores, vault, ticket=ticket, now=now)
    indexes = vault.indexes("mail", address)
    member = stores.identity.scalar(select(Member).where(Member.mail_index.in_(indexes), Member.state.not_in(GONE)))
    if member is None:
        raise NotThere
    return member
