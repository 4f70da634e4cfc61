"""Crowds: count them, publish the open table, choose a disclosure profile."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sqlalchemy import select

from app.accounts.identity import open_identity
from app.accounts.models import Member, Organisation
from app.accounts.population import each_member
from app.accounts.rules import quarter_of
from app.accounts.service import set_profile
from app.accounts.sessions import make_viewer
from app.accounts.viewer import Viewer
from app.db import Stores, keep
from app.domains.choices import open_for
from app.domains.crowds import Standing, find_crowd, find_standing, keep_crowd, note_month
from app.domains.models import Network, OpenVectors
from app.domains.reads import OpenTable, open_table
from app.domains.rules import (
    NO_VECTORS,
    ScopeTooFine,
    changes_from,
    groups_of,
    hidden_levels,
    hierarchies,
    month_of,
    nearest_open,
    same_levels,
)
from app.domains.trade import Trade
from app.errors import NotThere
from app.keystore import DataKey
from app.logs.service import note_content
from app.sealing import MARKS, Vault
from app.settings import Settings
from privacy.anonymity import Open, Policy, Shown
from privacy.attributes import Levels
from privacy.circles import FEW_ORGANISATIONS
from privacy.crowds import Crowd, facts_of
from privacy.tables import gather, open_in


@dataclass(frozen=True, slots=True)
class NextTable:
    """A table that has been counted and may be published; without `open_` too few changed, and the old one stands."""

    after: int  # the version it follows
    month: int
    basis: str
    crowd: Crowd
    open_: Open | None


def policy_of(settings: Settings) -> Policy:
    """The crowd policy the operator set."""
    share = Fraction(settings.crowd_share).limit_denominator(1000)
    return Policy(settings.crowd_members, settings.crowd_organisations, share, FEW_ORGANISATIONS)


def find_next_table(stores: Stores, vault: Vault, trade: Trade, settings: Settings, *, today: date) -> NextTable | None:
    """Asked every night: the table that is due, counted over who is there now; None while the last one stands.

    One is due on the first night of a month, when there is none, and when the operator changed the rules it was counted
    by (domain file or policy). Other nights count nothing: it would be thrown away. Writes nothing, so that a long
    count holds nobody up.
    """
    newest, standing, month = open_table(stores, trade).version, find_standing(stores, vault), month_of(today)
    policy, basis = policy_of(settings), _basis(trade, policy_of(settings))
    fits = standing is not None and standing.version == newest and standing.basis == basis
    if standing is not None and fits and standing.month >= month:
        return None
    marks = vault.lasting(stores, MARKS)
    crowd = gather(each_member(stores, vault, trade, today=today), hierarchies(trade), key=marks)
    if standing is not None and fits and crowd.changed_since(standing.crowd) < policy.k:
        # with fewer, the difference between two tables would tell of somebody
        return NextTable(newest, month, basis, standing.crowd, None)
    return NextTable(newest, month, basis, crowd, open_in(crowd, hierarchies(trade), policy))


def publish_next_table(stores: Stores, vault: Vault, trade: Trade, table: NextTable, *, today: date) -> bool:
    """Publish what was counted, unless another table came meanwhile; True when it did. Writes all three files."""
    if open_table(stores, trade).version != table.after:
        return False
    if table.open_ is None:
        note_month(stores, version=table.after, month=table.month)
        return False
    everywhere = {group.key: table.open_.get(group.key, NO_VECTORS) for group in trade.groups}
    publish_table(stores, vault, everywhere, table.crowd, after=table.after, month=table.month, basis=table.basis)
    _note_size(stores, table.crowd)
    note_content(stores, event="crowds.published", day=today)
    return True


def refresh_open_vectors(stores: Stores, vault: Vault, trade: Trade, settings: Settings, today: date) -> bool:
    """Count and publish in one transaction, for a network that nobody uses yet; True when a table was published."""
    table = find_next_table(stores, vault, trade, settings, today=today)
    return table is not None and publish_next_table(stores, vault, trade, table, today=today)


def publish_table(
    stores: Stores, vault: Vault, by_group: Open, crowd: Crowd, *, after: int, month: int, basis: str = ""
) -> None:
    """Store a table under the version that follows `after`, with the crowd it was counted over."""
    for group, vectors in by_group.items():
        rows = [[level for _, level in vector] for vector in sorted(vectors)]
        stores.content.add(OpenVectors(group_key=group, version=after + 1, vectors=rows))
    stores.content.flush()  # the same transaction may check a scope against it
    keep_crowd(stores, vault, standing=Standing(after + 1, month, basis, crowd))


def choose_profile(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, levels: Levels, policy: Policy, today: date
) -> None:
    """Set this quarter's disclosure profile, or change it. Raises ScopeTooFine with the nearest levels that pass.

    The first choice has to be open. A change has to be coarser, or to leave a crowd together with what was chosen
    before: everybody who fits the old profile and the new one (old cell ∩ new cell). Decided in the transaction that
    writes it, over the profile that stands in it.
    """
    now = current_viewer(stores, vault, viewer=viewer, today=today)
    table = open_table(stores, trade)
    passing = (
        hidden_levels(trade) if table.small else _passing_profile(stores, vault, trade, table, now, levels, policy)
    )
    if not same_levels(trade, passing, levels):
        raise ScopeTooFine(passing)
    set_profile(stores, vault, member_id=viewer.member_id, levels=passing, today=today)


def current_viewer(stores: Stores, vault: Vault, *, viewer: Viewer, today: date) -> Viewer:
    """The viewer as the identity file has them in this transaction: a session may have been read before a change."""
    row = _member_with_key(stores, viewer) if stores.identity.sees_all else _member(stores, viewer)
    if row is None:
        raise NotThere
    now = make_viewer(stores, vault, member=row, secret=viewer.secret, session_id=viewer.session_id, today=today)
    identity = open_identity(vault.data_key(stores, row.key_id), row)
    # a past that is written down now: what they showed then, the caller knows
    return replace(now, profile=viewer.profile) if identity.profile_quarter > quarter_of(today) else now


def _member(stores: Stores, viewer: Viewer) -> Member | None:
    return stores.identity.get(Member, viewer.member_id, populate_existing=True)


def _member_with_key(stores: Stores, viewer: Viewer) -> Member | None:
    """The same with their key and their organisation, in one statement, unless they were read ahead."""
    if (Member, viewer.member_id) in stores.identity.known:
        return stores.identity.get(Member, viewer.member_id)
    query = (
        select(Member, DataKey.wrapped, Organisation)
        .outerjoin(DataKey, DataKey.id == Member.key_id)
        .outerjoin(Organisation, Organisation.id == viewer.organisation_id)
        .where(Member.id == viewer.member_id)
    )
    row = stores.identity.execute(query).one_or_none()
    if row is None:
        return None
    keep(stores.keys, DataKey, {row[0].key_id: row[1] and DataKey(id=row[0].key_id, wrapped=row[1])})
    if row[2] is not None:
        keep(stores.identity, Organisation, {row[2].id: row[2]})
    found: Member = row[0]
    return found


def _passing_profile(
    stores: Stores, vault: Vault, trade: Trade, table: OpenTable, viewer: Viewer, levels: Levels, policy: Policy
) -> dict[str, int]:
    finest, open_ = dict.fromkeys(hidden_levels(trade), 0), open_for(trade, table, viewer)
    if not viewer.profile:
        return nearest_open(trade, levels, finest, open_)
    found = nearest_open(trade, levels, finest, changes_from(trade, viewer.profile, open_))
    crowd = find_crowd(stores, vault, table.version)
    coarser = same_levels(trade, found, {name: max(found[name], viewer.profile[name]) for name in found})
    if coarser or (crowd is not None and _leaves_a_crowd(trade, crowd, viewer, found, policy)):
        return found
    return dict(viewer.profile)


def _leaves_a_crowd(trade: Trade, crowd: Crowd, viewer: Viewer, levels: Levels, policy: Policy) -> bool:
    """Old cell ∩ new cell with the member's own values, in every group they work in."""
    listed = hierarchies(trade)
    return all(
        crowd.passes(
            facts_of(Shown(group, None, viewer.profile), viewer.attributes, listed)
            | facts_of(Shown(group, None, levels), viewer.attributes, listed),
            listed,
            policy,
        )
        for group in groups_of(trade, viewer.subjects)
    )


def _basis(trade: Trade, policy: Policy) -> str:
    """A short name of the rules a table is counted by."""
    told = [
        sorted((one.name, one.levels, sorted(one.values.items())) for one in hierarchies(trade)),
        sorted((subject, group.key) for subject, group in trade.group_of.items()),
        [policy.k, policy.m, str(policy.alpha), policy.few_organisations],
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def _note_size(stores: Stores, crowd: Crowd) -> None:
    row = stores.content.scalars(select(Network)).first()
    if row is not None:
        row.small = crowd.organisation_count < FEW_ORGANISATIONS
