"""The last step of signing up: everything that was carried becomes a member, in one transaction."""

import random
from datetime import date

from app.accounts import introductions, verification
from app.accounts.draft import Draft
from app.accounts.organisations import (
    OrganisationCard,
    add_organisation,
    find_by_code,
    find_by_mail_domain,
    get_organisation,
)
from app.accounts.rules import domain_of
from app.accounts.service import Enrolled, enrol
from app.db import Stores
from app.sealing import Vault
from privacy.pseudonyms import new_id
from privacy.wraps import Cost


def organisation_of_address(stores: Stores, vault: Vault, *, ticket: str, now: float) -> OrganisationCard | None:
    """The organisation whose mail domain the proven address is at."""
    address = verification.proven_address(stores, vault, ticket=ticket, now=now)
    return find_by_mail_domain(stores, vault, domain_of(address))


def organisation_of_code(stores: Stores, vault: Vault, *, code: str) -> str:
    """The id of the organisation whose code was typed, or an empty word."""
    found = find_by_code(stores, vault, code)
    return found.id if found else ""


def finish(
    stores: Stores, vault: Vault, *, draft: Draft, now: float, today: date, cost: Cost, rng: random.Random
) -> Enrolled:
    """Make the member, and the organisation if they named one. Raises NotThere (too late) and AddressTaken."""
    address = verification.proven_address(stores, vault, ticket=draft.ticket, now=now)
    verification.forget(stores, vault, ticket=draft.ticket)
    known = introductions.spend(stores, vault, code=draft.introduction, today=today)
    organisation_id = draft.organisation_id or _add_named(stores, vault, draft.organisation_name, rng, known=known)
    # whoever works for the operating company reads no peer's question: what they may is given by `shiome roles`
    is_company = get_organisation(stores, vault, organisation_id).is_company
    return enrol(
        stores,
        vault,
        organisation_id=organisation_id,
        mail=address,
        password=None,
        attributes=draft.attributes,
        subjects=draft.subjects,
        roles=() if is_company else ("member",),
        cost=cost,
        today=today,
        credentials=draft.credentials,
        mailbox=new_id(),
    )


def _add_named(stores: Stores, vault: Vault, name: str, rng: random.Random, *, known: bool) -> str:
    return add_organisation(stores, vault, name=name, verified=False, is_known=known, rng=rng)[0]
