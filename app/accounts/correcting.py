"""What an organisation goes by, put right. Its circle stays, so what was published stays hidden from the same people.

Its names, aliases and sites are marked in what members write from now on. What it was called before still leaves it out:
a draft holds names as they were typed, and becomes circles only when it is sent.
"""

from collections.abc import Collection
from typing import Final

from sqlalchemy import delete

from app.accounts.models import MailDomain
from app.accounts.organisations import (
    DOMAIN_INDEX,
    NewOrganisation,
    add_domain,
    get_row,
    open_words,
    seal_words,
)
from app.accounts.rules import fold_name
from app.db import Stores
from app.errors import NotThere
from app.sealing import Vault

MOST_FORMER: Final = 40


def correct(stores: Stores, vault: Vault, *, organisation_id: str, entry: NewOrganisation, keep_name: bool) -> None:
    """Put these words in the place of the old ones; writes identity. With `keep_name` the old name stays as an alias.

    Whether it is the company, and whether a member knows it, stays as it is. Raises NotThere, SharedMailDomain and
    MailDomainTaken.
    """
    row = get_row(stores, organisation_id)
    words = open_words(vault, row)
    if not words["name"]:
        raise NotThere
    aliases = list(entry.aliases)
    if keep_name and fold_name(words["name"]) not in _folded([entry.name, *aliases]):
        aliases.append(words["name"])
    domains = [domain.casefold() for domain in entry.mail_domains]
    _set_domains(stores, vault, row.id, before=words["mail_domains"], after=domains)
    changed = {"name": entry.name, "aliases": aliases, "sites": list(entry.sites), "mail_domains": domains}
    before = [words["name"], *words["aliases"], *words["former_names"]]
    former = _not_in(before, [entry.name, *aliases])[:MOST_FORMER]
    row.sealed = seal_words(vault, row.id, {**words, **changed, "former_names": former})


def also_called(stores: Stores, vault: Vault, *, organisation_id: str, name: str) -> None:
    """One alias more, unless it goes by that name; writes identity. Raises NotThere."""
    row = get_row(stores, organisation_id)
    words = open_words(vault, row)
    if fold_name(name) not in _folded([words["name"], *words["aliases"]]):
        row.sealed = seal_words(vault, row.id, {**words, "aliases": [*words["aliases"], name]})


def _set_domains(
    stores: Stores, vault: Vault, organisation_id: str, *, before: Collection[str], after: Collection[str]
) -> None:
    for domain in set(before) - set(after):
        gone = MailDomain.domain_index.in_(vault.indexes(DOMAIN_INDEX, domain))
        stores.identity.execute(delete(MailDomain).where(gone, MailDomain.organisation_id == organisation_id))
    for domain in dict.fromkeys(after):
        if domain not in before:
            add_domain(stores, vault, organisation_id, domain)


def _not_in(names: Collection[str], others: Collection[str]) -> list[str]:
    """Names without those that are among the others however written, each once."""
    known = _folded(others)
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(fold_name(name), name)
    return [name for folded, name in kept.items() if folded not in known]


def _folded(names: Collection[str]) -> set[str]:
    return {fold_name(name) for name in names}
