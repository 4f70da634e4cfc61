"""Blind indexes under the newest key: made anew from the sealed words they were made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, update

from app.accounts.identity import open_identity
from app.accounts.models import MailDomain, Member, Organisation, Passkey
from app.accounts.organisations import CODE_INDEX, DOMAIN_INDEX, open_words
from app.accounts.passkey_rows import INDEX as PASSKEY_INDEX
from app.accounts.passkey_rows import whose
from app.db import Stores
from app.errors import NotThere
from app.sealing import Vault
from privacy.keys import Key, blind_index

MAIL: Final = "members.mail_index"
DOMAIN: Final = "mail_domains.domain_index"
CODE: Final = "organisations.code_index"
PASSKEY: Final = "passkeys.credential_index"


@dataclass(frozen=True, slots=True)
class Indexed:
    """A row's indexes as they are and as the newest key makes them. `fresh` None: what it was made of is not kept."""

    name: str
    row: str
    stored: str
    fresh: str | None


def read_members(stores: Stores, vault: Vault, *, after: str, limit: int) -> tuple[list[Indexed], str | None]:
    """The mail indexes of the next members by id, and the last id read. Who has no key left is nobody any more."""
    rows = list(stores.identity.scalars(select(Member).where(Member.id > after).order_by(Member.id).limit(limit)))
    keys = vault.data_keys(stores, [row.key_id for row in rows])
    newest = vault.ring("index/mail")[0]
    found = [_member(row, keys[row.key_id], newest) for row in rows if row.key_id in keys]
    return found, rows[-1].id if rows else None


def read_organisations(stores: Stores, vault: Vault, *, after: str, limit: int) -> tuple[list[Indexed], str | None]:
    """The indexes of the next organisations' codes and mail domains, and the last id read."""
    query = select(Organisation).where(Organisation.id > after).order_by(Organisation.id).limit(limit)
    rows = list(stores.identity.scalars(query))
    found = [one for row in rows for one in _organisation(stores, vault, row)]
    return found, rows[-1].id if rows else None


def read_passkeys(stores: Stores, vault: Vault, *, after: str, limit: int) -> tuple[list[Indexed], str | None]:
    """The indexes of the next passkeys by slot, and the last slot read."""
    rows = list(stores.identity.scalars(select(Passkey).where(Passkey.id > after).order_by(Passkey.id).limit(limit)))
    found = [one for row in rows for one in _passkey(stores, vault, row)]
    return found, rows[-1].id if rows else None


Reader = Callable[..., tuple[list[Indexed], str | None]]
READERS: Final[Sequence[Reader]] = (read_members, read_organisations, read_passkeys)


def is_stale(one: Indexed) -> bool:
    """Whether it stands under an older key."""
    return one.stored != one.fresh


def renew(stores: Stores, one: Indexed) -> bool:
    """Put the fresh index in its place; False when what it was made of is not kept. Writes identity."""
    if one.fresh is None:
        return False
    if one.name == DOMAIN:
        change = update(MailDomain).where(MailDomain.domain_index == one.stored).values(domain_index=one.fresh)
    elif one.name == CODE:
        change = update(Organisation).where(Organisation.id == one.row).values(code_index=one.fresh)
    elif one.name == PASSKEY:
        change = update(Passkey).where(Passkey.id == one.row).values(credential_index=one.fresh)
    else:
        change = update(Member).where(Member.id == one.row).values(mail_index=one.fresh)
    stores.identity.execute(change)
    return True


def _member(row: Member, key: Key, newest: Key) -> Indexed:
    return Indexed(MAIL, row.id, row.mail_index, blind_index(newest, open_identity(key, row).mail))


def _passkey(stores: Stores, vault: Vault, row: Passkey) -> list[Indexed]:
    try:
        _, said = whose(stores, vault, row)
    except NotThere:  # its member's key has gone
        return []
    return [Indexed(PASSKEY, row.id, row.credential_index, vault.index(PASSKEY_INDEX, said.name))]


def _organisation(stores: Stores, vault: Vault, row: Organisation) -> list[Indexed]:
    words = open_words(vault, row)
    code = vault.index(CODE_INDEX, words["code"]) if words["code"] else None
    domains = {vault.index(DOMAIN_INDEX, one): vault.indexes(DOMAIN_INDEX, one) for one in words["mail_domains"]}
    stored = set(stores.identity.scalars(select(MailDomain.domain_index).where(MailDomain.organisation_id == row.id)))
    moved = [Indexed(DOMAIN, row.id, here, fresh) for fresh, ways in domains.items() for here in ways if here in stored]
    return [Indexed(CODE, row.id, row.code_index, code), *moved]
