"""Crowds: compute the open table, choose a disclosure profile."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from sqlalchemy import select

from app.accounts.population import population
from app.accounts.service import set_profile
from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.choices import open_for
from app.domains.models import Network, OpenVectors
from app.domains.reads import open_table
from app.domains.rules import (
    ProfileAlreadyChosen,
    ScopeTooFine,
    hidden_levels,
    hierarchies,
    nearest_open,
    same_levels,
)
from app.domains.trade import Trade
from app.sealing import Vault
from app.settings import Settings
from privacy.anonymity import Member, Open, Policy, open_vectors
from privacy.attributes import Levels
from privacy.circles import FEW_ORGANISATIONS


def policy_of(settings: Settings) -> Policy:
    """The crowd policy the operator set."""
    share = Fraction(settings.crowd_share).limit_denominator(1000)
    return Policy(settings.crowd_members, settings.crowd_organisations, share, FEW_ORGANISATIONS)


def refresh_open_vectors(stores: Stores, vault: Vault, trade: Trade, settings: Settings, today: date) -> bool:
    """Compute the table anew and publish it under the next version if it differs; True when it did."""
    members = population(stores, vault, trade, today=today)
    _note_size(stores, members)
    found = open_vectors(members, hierarchies(trade), policy_of(settings))
    everywhere = {group.key: found.get(group.key, frozenset()) for group in trade.groups}
    return publish_table(stores, trade, everywhere)


def publish_table(stores: Stores, trade: Trade, by_group: Open) -> bool:
    """Store a table under the next version unless it is the one that stands."""
    newest = open_table(stores, trade)
    if newest.version and newest.by_group == dict(by_group):
        return False
    for group, vectors in by_group.items():
        rows = [[level for _, level in vector] for vector in sorted(vectors)]
        stores.content.add(OpenVectors(group_key=group, version=newest.version + 1, vectors=rows))
    stores.content.flush()  # the same transaction may check a scope against it
    return True


def _note_size(stores: Stores, members: Sequence[Member]) -> None:
    row = stores.content.scalars(select(Network)).first()
    if row is not None:
        row.small = len({member.organisation for member in members}) < FEW_ORGANISATIONS


def choose_profile(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, levels: Levels, today: date) -> None:
    """Set this quarter's disclosure profile, once. Raises ProfileAlreadyChosen, or ScopeTooFine with what is open."""
    if viewer.profile:
        raise ProfileAlreadyChosen
    table = open_table(stores, trade)
    open_ = open_for(trade, table, viewer)
    finest = dict.fromkeys(hidden_levels(trade), 0)
    passing = hidden_levels(trade) if table.small else nearest_open(trade, levels, finest, open_)
    if not same_levels(trade, passing, levels):
        raise ScopeTooFine(passing)
    set_profile(stores, vault, member_id=viewer.member_id, levels=passing, today=today)
