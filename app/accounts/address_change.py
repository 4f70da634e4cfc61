"""A member takes another mail address. What proves it is a mailed code; what decides is the unique index.

The contacts in the content file stay as they are, byte for byte: see app.mail.book.
"""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.exc import IntegrityError

from app.accounts import verification
from app.accounts.identity import Identity, open_identity, seal_identity
from app.accounts.models import Member
from app.accounts.rules import AddressTaken
from app.accounts.service import has_account
from app.db import Stores
from app.errors import NotThere
from app.mail.mailbox import Mailbox
from app.mail.orders import leave_move
from app.mail.service import send_letter
from app.sealing import Vault
from privacy.keys import Key

LETTER: Final = "address_changed"


@dataclass(frozen=True, slots=True)
class Moved:
    """Where somebody was written to, and where they are from now on."""

    was: Mailbox
    to: Mailbox


def is_own(stores: Stores, vault: Vault, *, member_id: str, address: str) -> bool:
    """Whether a member signs in with this address already. Raises NotThere when the account is gone."""
    member, _, _ = _opened(stores, vault, member_id)
    return member.mail_index in vault.indexes("mail", address)


def change(stores: Stores, vault: Vault, *, member_id: str, ticket: str, name: str, now: float) -> Moved:
    """Put the address that this browser has proven in the place of the member's; `name` is its mailbox's.

    Writes identity. Raises NotThere (too late, or the account is gone) and AddressTaken.
    """
    address = verification.proven_address(stores, vault, ticket=ticket, now=now)
    member, key, before = _opened(stores, vault, member_id)
    if has_account(stores, vault, address):
        raise AddressTaken  # asked here too: while keys rotate, one address may stand under an older key
    verification.forget(stores, vault, ticket=ticket)
    after = replace(before, mail=address, mailbox=name)
    member.mail_index = vault.index("mail", address)
    member.sealed = seal_identity(key, after, member.id)
    try:
        stores.identity.flush()
    except IntegrityError:
        raise AddressTaken from None
    return Moved(before.at, after.at)


def tell(
    stores: Stores, vault: Vault, post_office: bytes, *, moved: Moved, contact: str, locale: str, window: int
) -> None:
    """Let the post office know; and write to the old address that it is one no longer, and nothing else: whoever reads
    mail there now does not learn the new one. Writes content."""
    leave_move(stores, vault, post_office, was=moved.was, to=moved.to, window=window)
    words = {"contact": contact}
    send_letter(
        stores, vault, post_office, LETTER, address=moved.was.address, words=words, locale=locale, window=window
    )


def _opened(stores: Stores, vault: Vault, member_id: str) -> tuple[Member, Key, Identity]:
    member = stores.identity.get(Member, member_id)
    if member is None:
        raise NotThere
    key = vault.data_key(stores, member.key_id)
    return member, key, open_identity(key, member)
