"""Roles beside that of a member: given and taken by name of the address, told at the next sign-in.

A coordinator is a member who said yes: they are asked, and may decline. It is for a term, after which the role gives
nothing until its holder goes on. Analyst, operator and auditor are people of the operating company, who are no members:
they read no peer's question. Who supports the network otherwise is no role here: see `app.questions.standing`.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final, Literal

from sqlalchemy import select

from app.accounts.identity import Identity, open_identity, seal_identity
from app.accounts.models import Member, Organisation
from app.accounts.organisations import open_organisation
from app.accounts.rules import LEAVING, clean_address
from app.accounts.viewer import Viewer
from app.db import Stores
from app.errors import ShiomeError
from app.sealing import Vault

MEMBER: Final = "member"
COORDINATOR: Final = "coordinator"
TERM_DAYS: Final = 365
OF_COMPANY: Final = ("analyst", "operator", "auditor")
ROLES: Final = (COORDINATOR, *OF_COMPANY)
CHUNK: Final = 500  # people opened at a time
Why = Literal["no-account", "no-role", "not-company", "not-member", "has-it", "asked-already", "has-it-not"]
Step = Literal["asked", "given", "taken", "ended"]


class RoleRefused(ShiomeError):
    """A role cannot be given or taken. `why` is one of a closed list."""

    status = 409

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def give(stores: Stores, vault: Vault, *, mail: str, role: str) -> str:
    """Give a role, or ask for consent to it; returns whose it is. Writes identity; raises RoleRefused."""
    member = _find(stores, vault, mail)
    return give_to(stores, vault, member=member, role=role)


def give_to(stores: Stores, vault: Vault, *, member: Member, role: str, tells: bool = True) -> str:
    """The same for somebody found already; without `tells` they know."""
    identity = _open(stores, vault, member)
    _check(stores, vault, identity, role)
    if role == COORDINATOR:
        changed = replace(identity, role_news=(*identity.role_news, f"asked {role}"))
    else:
        changed = replace(identity, roles=(*identity.roles, role))
        changed = _told(changed, "given", role) if tells else changed
    _keep(stores, vault, member, changed)
    return member.id


def take(stores: Stores, vault: Vault, *, mail: str, role: str) -> str:
    """Take a role away, or a question that nobody has answered; returns whose it was. Writes identity; raises RoleRefused."""
    member = _find(stores, vault, mail)
    identity = _open(stores, vault, member)
    if role not in ROLES:
        raise RoleRefused("no-role")
    if f"asked {role}" in identity.role_news:
        _keep(stores, vault, member, _untold(identity, f"asked {role}"))
    elif role in identity.roles:
        _keep(stores, vault, member, _told(_without(identity, role), "taken", role))
    else:
        raise RoleRefused("has-it-not")
    return member.id


def news_of(viewer: Viewer) -> list[tuple[str, str]]:
    """What the viewer has to be told of roles: (asked, given or taken; role), oldest first."""
    return [(step, role) for step, role in (one.split(" ") for one in viewer.role_news)]


def answer(stores: Stores, vault: Vault, *, viewer: Viewer, accepts: bool, today: date) -> bool:
    """Say yes or no to being a coordinator; True when it was still asked. Writes identity."""
    member, asked = stores.identity.get_one(Member, viewer.member_id), f"asked {COORDINATOR}"
    identity = _open(stores, vault, member)
    if asked not in identity.role_news:
        return False
    changed = _untold(identity, asked)
    if accepts:
        changed = _with_term(changed, COORDINATOR, today)
    _keep(stores, vault, member, changed)
    return True


def go_on(stores: Stores, vault: Vault, *, viewer: Viewer, today: date) -> None:
    """Another term as a coordinator, over or not. Writes identity; raises RoleRefused."""
    member = stores.identity.get_one(Member, viewer.member_id)
    identity = _open(stores, vault, member)
    if COORDINATOR not in identity.roles:
        raise RoleRefused("has-it-not")
    _keep(stores, vault, member, _with_term(identity, COORDINATOR, today))


def acknowledge(stores: Stores, vault: Vault, *, viewer: Viewer) -> None:
    """The viewer has read what their page told; what is asked stays until it is answered. Writes identity."""
    member = stores.identity.get_one(Member, viewer.member_id)
    identity = _open(stores, vault, member)
    read = {one for one in viewer.role_news if not one.startswith(("asked", "ended"))}
    _keep(stores, vault, member, replace(identity, role_news=tuple(set(identity.role_news) - read)))


def lay_down(stores: Stores, vault: Vault, *, viewer: Viewer, role: str) -> None:
    """Give a role of one's own back. Writes identity; raises RoleRefused."""
    member = stores.identity.get_one(Member, viewer.member_id)
    identity = _open(stores, vault, member)
    if role not in ROLES or role not in identity.roles:
        raise RoleRefused("has-it-not")
    _keep(stores, vault, member, _without(identity, role))


def counts(stores: Stores, vault: Vault) -> dict[str, tuple[int, int]]:
    """How many have each role, and how many were asked and have not answered. Opens every person, names none."""
    have: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for identity in _everybody(stores, vault):
        have.update(identity.roles)
        asked.update(one.removeprefix("asked ") for one in identity.role_news if one.startswith("asked "))
    return {role: (have[role], asked[role]) for role in (MEMBER, *ROLES)}


def has_operator(stores: Stores, vault: Vault) -> bool:
    """Whether somebody looks after the service."""
    return any("operator" in identity.roles for identity in _everybody(stores, vault))


def subjects_worked_with(stores: Stores, vault: Vault, known: Callable[[str], bool]) -> set[str]:
    """The subject keys that anybody works with, of those `known`. Never who."""
    return {key for identity in _everybody(stores, vault) for key in identity.subjects if known(key)}


def _everybody(stores: Stores, vault: Vault) -> list[Identity]:
    found = []
    rows = select(Member).where(Member.state != LEAVING).order_by(Member.id)
    for some in stores.identity.scalars(rows.execution_options(yield_per=CHUNK)).partitions():
        keys = vault.data_keys(stores, [row.key_id for row in some])
        found += [open_identity(keys[row.key_id], row) for row in some if row.key_id in keys]
    return found


def _check(stores: Stores, vault: Vault, identity: Identity, role: str) -> None:
    if role not in ROLES:
        raise RoleRefused("no-role")
    if role in identity.roles:
        raise RoleRefused("has-it")
    if f"asked {role}" in identity.role_news:
        raise RoleRefused("asked-already")
    if role == COORDINATOR and MEMBER not in identity.roles:
        raise RoleRefused("not-member")
    if role in OF_COMPANY and not _is_of_company(stores, vault, identity):
        raise RoleRefused("not-company")


def _is_of_company(stores: Stores, vault: Vault, identity: Identity) -> bool:
    row = stores.identity.get(Organisation, identity.organisation_id)
    return row is not None and row.verified and open_organisation(vault, row).is_company


def _find(stores: Stores, vault: Vault, mail: str) -> Member:
    found = select(Member).where(Member.mail_index.in_(vault.indexes("mail", clean_address(mail) or "")))
    member = stores.identity.scalar(found.where(Member.state != LEAVING))
    if member is None:
        raise RoleRefused("no-account")
    return member


def _open(stores: Stores, vault: Vault, member: Member) -> Identity:
    return open_identity(vault.data_key(stores, member.key_id), member)


def _keep(stores: Stores, vault: Vault, member: Member, identity: Identity) -> None:
    member.sealed = seal_identity(vault.data_key(stores, member.key_id), identity, member.id)


def _with_term(identity: Identity, role: str, today: date) -> Identity:
    terms = {**identity.role_terms, role: today.toordinal() + TERM_DAYS}
    return replace(identity, roles=(*(one for one in identity.roles if one != role), role), role_terms=terms)


def _without(identity: Identity, role: str) -> Identity:
    terms = {one: day for one, day in identity.role_terms.items() if one != role}
    return replace(identity, roles=tuple(one for one in identity.roles if one != role), role_terms=terms)


def _told(identity: Identity, step: Step, role: str) -> Identity:
    """The newest word about a role is the one that is told."""
    kept = tuple(one for one in identity.role_news if one.split(" ")[1] != role)
    return replace(identity, role_news=(*kept, f"{step} {role}"))


def _untold(identity: Identity, news: str) -> Identity:
    return replace(identity, role_news=tuple(one for one in identity.role_news if one != news))
