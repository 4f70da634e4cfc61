"""A member's own machine, told in the place of their mail: one https address, in the sealed half of their row.

As with another mail address, the contacts in the content file stay as they are, byte for byte: see app.mail.book. The
signing secret goes to the post office in a closed box and to the member on one page; here it is not kept.
"""

from dataclasses import replace
from typing import Final

from app.accounts.address import mailbox_of
from app.accounts.identity import open_identity, seal_identity
from app.accounts.models import Member
from app.db import Stores
from app.errors import NotThere
from app.mail.hooks import Hook
from app.mail.orders import leave_hook, leave_try
from app.sealing import Vault

TURNS: Final = 1 << 16  # in a window


def find_webhook(stores: Stores, vault: Vault, *, member_id: str) -> str:
    """The address that was set, or nothing. Raises NotThere when the account is gone."""
    member = _get_member(stores, member_id)
    return open_identity(vault.data_key(stores, member.key_id), member).hook


def choose(
    stores: Stores,
    vault: Vault,
    post_office: bytes,
    *,
    member_id: str,
    url: str,
    secret: str,
    locale: str,
    window: int,
) -> None:
    """Have notices go to this address, signed with this secret, or to mail again when there is none.

    The number rises with each word, and with the window too, so that a row from a backup does not fall behind what the
    post office has heard. Writes identity and content. Raises NotThere.
    """
    member = _get_member(stores, member_id)
    key = vault.data_key(stores, member.key_id)
    before = open_identity(key, member)
    turn = max(before.hook_turn + 1, window * TURNS)
    member.sealed = seal_identity(key, replace(before, hook=url, hook_turn=turn), member_id)
    hook = Hook(url, secret, turn)
    leave_hook(stores, vault, post_office, mailbox=before.at, locale=locale, hook=hook, window=window)


def try_out(stores: Stores, vault: Vault, post_office: bytes, *, member_id: str, locale: str, window: int) -> None:
    """Have the post office send a test to where they are told. Writes content. Raises NotThere."""
    mailbox = mailbox_of(stores, vault, member_id=member_id)
    leave_try(stores, vault, post_office, mailbox=mailbox, locale=locale, window=window)


def _get_member(stores: Stores, member_id: str) -> Member:
    member = stores.identity.get(Member, member_id)
    if member is None:
        raise NotThere
    return member
