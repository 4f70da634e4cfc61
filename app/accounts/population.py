"""The crowd somebody can hide in: active members of verified organisations, as the crowd check counts them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, Protocol

from sqlalchemy import or_, select

from app.accounts.arrivals import arrived
from app.accounts.identity import Identity, open_identity
from app.accounts.models import Member, Organisation
from app.accounts.rules import quarter_of
from app.db import Stores
from app.sealing import Vault
from privacy import anonymity

CHUNK: Final = 1000  # rows opened at a time


class Group(Protocol):
    """A domain group, as far as it matters here."""

    @property
    def key(self) -> str: ...


class Groups(Protocol):
    """The domain file, as far as it matters here: subject -> group."""

    @property
    def group_of(self) -> Mapping[str, Group]: ...


def population(stores: Stores, vault: Vault, trade: Groups, *, today: date) -> list[anonymity.Member]:
    """Everyone active in this or the last quarter, once for each domain group they work in.

    90 days are counted in quarters: no finer trace of when somebody was here is kept.
    """
    return list(each_member(stores, vault, trade, today=today))


def each_member(stores: Stores, vault: Vault, trade: Groups, *, today: date) -> Iterator[anonymity.Member]:
    """`population`, one by one: a hundred thousand opened rows need not be held at once."""
    verified = set(stores.identity.scalars(select(Organisation.id).where(Organisation.verified)))
    for member_id, identity in _active(stores, vault, since=quarter_of(today) - 1):
        if identity.organisation_id in verified and not identity.paused and "member" in identity.roles:
            yield from _in_groups(member_id, identity, trade.group_of)


def _active(stores: Stores, vault: Vault, *, since: int) -> Iterator[tuple[str, Identity]]:
    was_here = or_(Member.active_quarter >= since, Member.id.in_(arrived(since)))
    wanted = select(Member).where(was_here, Member.state == "active")
    for rows in stores.identity.scalars(wanted.execution_options(yield_per=CHUNK)).partitions():
        keys = vault.data_keys(stores, [row.key_id for row in rows])
        for row in rows:
            if row.key_id in keys:
                yield row.id, open_identity(keys[row.key_id], row)


def _in_groups(member_id: str, identity: Identity, group_of: Mapping[str, Group]) -> list[anonymity.Member]:
    subjects: dict[str, list[str]] = defaultdict(list)
    for subject in identity.subjects:
        if subject in group_of:
            subjects[group_of[subject].key].append(subject)
    return [
        anonymity.Member(
            key=member_id,
            group=group,
            organisation=identity.organisation_id,
            attributes=identity.attributes,
            subjects=frozenset(own),
        )
        for group, own in subjects.items()
    ]
