"""Organisations: added, verified by staff, and settled into circles. Their words are sealed; circles stand for them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sqlalchemy import select

from app.accounts.models import MailDomain, Organisation
from app.accounts.rules import (
    SHARED_DOMAINS,
    MailDomainTaken,
    OneCompany,
    SharedMailDomain,
    fold_join_code,
    new_join_code,
    stretch_join_code,
)
from app.db import Stores, keep, recall
from app.errors import NotThere
from app.sealing import Vault
from privacy.circles import Circles, settle
from privacy.pseudonyms import new_id

CODE_INDEX: Final = "organisation-code"
DOMAIN_INDEX: Final = "mail-domain"
Why = Literal["not-real", "here-already", "other-trade"]


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What is known of an organisation when it comes."""

    name: str
    aliases: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    mail_domains: tuple[str, ...] = ()
    is_company: bool = False  # the operating company: its people are no members
    is_known: bool = False  # a member's invitation came with it


@dataclass(frozen=True, slots=True)
class Declined:
    """That staff did not let an organisation in: see `app.accounts.declining`."""

    why: Why
    day: int  # an ordinal
    mark: str = field(repr=False)  # of the name, to know it again once nobody's row holds it any more
    instead: str = ""  # the id of the organisation that it is, when it is here already


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation opened: for the operator's terminal, the joining person and the identifier check."""

    id: str
    circle: str
    verified: bool
    name: str
    aliases: tuple[str, ...]
    sites: tuple[str, ...]
    mail_domains: tuple[str, ...]
    former_circles: frozenset[str] = field(default_factory=frozenset)
    is_company: bool = False
    is_known: bool = False  # named with a member's invitation; nobody knows whose
    former_names: tuple[str, ...] = ()  # it is still left out by these; nothing else reads them
    declined: Declined | None = None

    @property
    def waits(self) -> bool:
        """Whether staff have not said yet whether it may come in."""
        return not self.verified and self.declined is None


def add_organisation(
    stores: Stores,
    vault: Vault,
    *,
    name: str,
    aliases: Sequence[str] = (),
    sites: Sequence[str] = (),
    mail_domains: Sequence[str] = (),
    is_company: bool = False,
    is_known: bool = False,
    verified: bool,
    rng: random.Random,
) -> tuple[str, str]:
    """Add one; returns its id and the code its people join with, which is not kept readable anywhere."""
    entry = NewOrganisation(name, tuple(aliases), tuple(sites), tuple(mail_domains), is_company, is_known)
    return add_organisations(stores, vault, entries=[entry], verified=verified, rng=rng)[0]


def add_organisations(
    stores: Stores, vault: Vault, *, entries: Sequence[NewOrganisation], verified: bool, rng: random.Random
) -> list[tuple[str, str]]:
    """Add many and settle their circles once. Raises SharedMailDomain, MailDomainTaken, OneCompany."""
    companies = sum(entry.is_company for entry in entries)
    if companies > 1 or (companies and find_company(stores, vault) is not None):
        raise OneCompany
    made = [_insert(stores, vault, entry, verified=verified) for entry in entries]
    if verified:
        settle_circles(stores, vault, newcomers={organisation_id for organisation_id, _ in made}, rng=rng)
    return made


def verify_organisation(stores: Stores, vault: Vault, *, organisation_id: str, rng: random.Random) -> None:
    """Let an organisation in; its waiting people become members when they next sign in. One that was declined as well."""
    row = get_row(stores, organisation_id)
    if row.verified:
        return
    words = open_words(vault, row)
    if not words["name"]:  # declined, and nobody waits there any more
        raise NotThere
    row.verified = True
    row.sealed = seal_words(vault, row.id, {**words, "declined": {}})
    settle_circles(stores, vault, newcomers={row.id}, rng=rng)


def renew_join_code(stores: Stores, vault: Vault, *, organisation_id: str) -> str:
    """A new code; the old one stops working."""
    code, row = new_join_code(), get_row(stores, organisation_id)
    stretched = stretch_join_code(code)
    row.code_index = vault.index(CODE_INDEX, stretched)
    row.sealed = seal_words(vault, row.id, {**open_words(vault, row), "code": stretched})
    return code


def settle_circles(stores: Stores, vault: Vault, *, newcomers: set[str], rng: random.Random) -> None:
    """Give verified newcomers a circle. Unverified ones take no place in one: they could be anybody's invention."""
    rows = {row.id: row for row in stores.identity.scalars(select(Organisation).where(Organisation.verified))}
    words = {row.id: open_words(vault, row) for row in rows.values()}
    before = Circles(
        {row.id: row.circle for row in rows.values() if row.id not in newcomers},
        {name: frozenset(found["former"]) for name, found in words.items() if found["former"]},
    )
    after = settle(before, list(rows), rng=rng, new_id=new_id)
    for name, row in rows.items():
        row.circle = after.current[name]
        former = sorted(after.former.get(name, frozenset()) - {row.circle})
        if former != words[name]["former"]:
            row.sealed = seal_words(vault, name, {**words[name], "former": former})


def all_rows(stores: Stores) -> tuple[Organisation, ...]:
    """Every row by its id; read once, and each is known from then on."""
    query = select(Organisation).order_by(Organisation.id)
    rows = recall(stores.identity, (Organisation, "all", "rows"), lambda: tuple(stores.identity.scalars(query)))
    keep(stores.identity, Organisation, {row.id: row for row in rows})
    return rows


def list_organisations(stores: Stores, vault: Vault) -> list[OrganisationCard]:
    """All of them, by name."""
    rows = all_rows(stores)
    return sorted((open_organisation(vault, row) for row in rows), key=lambda card: card.name)


def open_organisation(vault: Vault, row: Organisation) -> OrganisationCard:
    """One row, opened."""
    words = open_words(vault, row)
    lists = {name: tuple(words[name]) for name in ("aliases", "sites", "mail_domains", "former_names")}
    declined = Declined(**words["declined"]) if words["declined"] else None
    return OrganisationCard(
        row.id, row.circle, row.verified, words["name"], **lists, former_circles=frozenset(words["former"]),
        is_company=words["company"], is_known=words["known"], declined=declined,
    )  # fmt: skip


def get_organisation(stores: Stores, vault: Vault, organisation_id: str) -> OrganisationCard:
    """One organisation. Raises NotThere."""
    return open_organisation(vault, get_row(stores, organisation_id))


def find_company(stores: Stores, vault: Vault) -> OrganisationCard | None:
    """The operating company, once it is there."""
    return next((card for card in list_organisations(stores, vault) if card.is_company), None)


def find_by_code(stores: Stores, vault: Vault, code: str) -> OrganisationCard | None:
    """The organisation whose people join with this code."""
    wanted = vault.indexes(CODE_INDEX, stretch_join_code(code)) + vault.indexes(CODE_INDEX, fold_join_code(code))
    row = stores.identity.scalar(select(Organisation).where(Organisation.code_index.in_(wanted)))
    return open_organisation(vault, row) if row else None


def find_by_mail_domain(stores: Stores, vault: Vault, domain: str) -> OrganisationCard | None:
    """The organisation an address at this domain belongs to."""
    found = (
        select(Organisation).join(MailDomain).where(MailDomain.domain_index.in_(vault.indexes(DOMAIN_INDEX, domain)))
    )
    row = stores.identity.scalar(found)
    return open_organisation(vault, row) if row else None


def _insert(stores: Stores, vault: Vault, entry: NewOrganisation, *, verified: bool) -> tuple[str, str]:
    organisation_id, code = new_id(), new_join_code()
    words: dict[str, Any] = {
        "name": entry.name,
        "aliases": list(entry.aliases),
        "sites": list(entry.sites),
        "mail_domains": [domain.casefold() for domain in entry.mail_domains],
        "former": [],
        "company": entry.is_company,
        "known": entry.is_known,
        "code": stretch_join_code(code),  # what its index is made of: a new key needs it again, and it tells no code
    }
    sealed = seal_words(vault, organisation_id, words)
    stores.identity.add(
        Organisation(
            id=organisation_id,
            circle=new_id(),
            verified=verified,
            code_index=vault.index(CODE_INDEX, str(words["code"])),
            sealed=sealed,
        )
    )
    stores.identity.flush()  # the domains below refer to it
    for domain in words["mail_domains"]:
        add_domain(stores, vault, organisation_id, str(domain))
    return organisation_id, code


def add_domain(stores: Stores, vault: Vault, organisation_id: str, domain: str) -> None:
    """Let addresses at a domain join an organisation. Writes identity; raises SharedMailDomain, MailDomainTaken."""
    if domain in SHARED_DOMAINS:
        raise SharedMailDomain
    if find_by_mail_domain(stores, vault, domain) is not None:
        raise MailDomainTaken
    index = vault.index(DOMAIN_INDEX, domain)
    stores.identity.add(MailDomain(domain_index=index, organisation_id=organisation_id))


def get_row(stores: Stores, organisation_id: str) -> Organisation:
    """Its row. Raises NotThere."""
    row = stores.identity.get(Organisation, organisation_id)
    if row is None:
        raise NotThere
    return row


def seal_words(vault: Vault, organisation_id: str, words: dict[str, Any]) -> bytes:
    """The sealed words of a row, as `open_words` gives them."""
    return vault.seal(words, table="organisations", column="sealed", row=organisation_id, pad=1024)


def open_words(vault: Vault, row: Organisation) -> dict[str, Any]:
    """The sealed words of a row. `code` is empty where a join code was given before it was kept stretched."""
    words: dict[str, Any] = vault.open(row.sealed, table="organisations", column="sealed", row=row.id)
    return {"code": "", "company": False, "known": False, "former_names": [], "declined": {}, **words}
