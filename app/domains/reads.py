"""What is published about crowds, read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import func, select

from app.accounts.rules import quarter_of
from app.accounts.viewer import Viewer
from app.db import Stores, recall
from app.domains.crowds import crowd_key
from app.domains.models import CrowdRow, Network, OpenVectors
from app.domains.rules import NO_VECTORS, hidden_levels
from app.domains.trade import Trade
from app.sealing import Vault
from privacy.anonymity import Vector
from privacy.scopes import Audience
from privacy.times import Cadence

HOUR: Final = 3600
NEWEST: Final = select(func.max(OpenVectors.version)).scalar_subquery()
CROWD_KEY: Final = select(CrowdRow.key_id).where(CrowdRow.version == NEWEST).scalar_subquery()
_TABLES: Final[dict[object, dict[str, frozenset[Vector]]]] = {}  # the newest table, read once a process


@dataclass(frozen=True, slots=True)
class OpenTable:
    """The newest table: which level vectors are open in which group. Version 0 is the empty one."""

    version: int
    small: bool
    by_group: dict[str, frozenset[Vector]]

    def of(self, group: str) -> frozenset[Vector]:
        """The open vectors of one group; none when the group is unknown."""
        return self.by_group.get(group, NO_VECTORS)


def is_small(stores: Stores) -> bool:
    """Whether the network has so few organisations that only the domain group is shown."""
    row = find_network(stores)
    return row is not None and row.small


def find_network(stores: Stores) -> Network | None:
    """The one row, when the database has been claimed."""
    return recall(stores.content, Network, lambda: stores.content.scalars(select(Network)).first())


def waits_of(stores: Stores, vault: Vault) -> dict[str, tuple[int, int]]:
    """How long the questions of a group wait for a first answer: group → from, to, in hours; nothing for few."""
    row = find_network(stores)
    if row is None or row.sealed_waits is None:
        return {}
    found: dict[str, list[int]] = vault.open(row.sealed_waits, table="network", column="sealed_waits", row=row.key)
    return {group: (low, high) for group, (low, high) in found.items()}


def newest_version(stores: Stores) -> int:
    """The newest table's number, 0 without any."""
    query = select(func.max(OpenVectors.version))
    return recall(stores.content, OpenVectors, lambda: stores.content.scalar(query)) or 0


def quarters_of(stores: Stores, day: date) -> tuple[int, ...]:
    """The quarters in which a post written on this day may come out: the day's, and at its end the next one too.

    Pages name the day a post came out, so that is where it is read together with others. One window more than the
    longest wait: the worker may be late.
    """
    row = find_network(stores)
    cadence, seconds = (Cadence(), HOUR) if row is None else (Cadence(small=row.small), row.window_seconds)
    windows = max(cadence.step(audience) for audience in Audience) + 1
    last = datetime.combine(day, time.max) + timedelta(seconds=windows * seconds)
    return tuple(range(quarter_of(day), quarter_of(last.date()) + 1))


def forgot_quarter(stores: Stores, viewer: Viewer, today: date) -> bool:
    """Whether posts from before a fresh start may come out this quarter: what they tell, nobody can look up any more."""
    return viewer.afresh is not None and quarter_of(today) in quarters_of(stores, viewer.afresh)


def open_table(stores: Stores, trade: Trade) -> OpenTable:
    """The newest table, in the caller's transaction."""
    if stores.identity.sees_all and OpenVectors not in stores.content.known:
        _fetch_heads(stores)
    version, names = newest_version(stores), tuple(sorted(hidden_levels(trade)))
    known = (crowd_key(stores, version), names)  # the key is new with each table, in whatever network
    by_group = _TABLES.get(known) if version else {}
    if by_group is None:
        rows = stores.content.scalars(select(OpenVectors).where(OpenVectors.version == version))
        by_group = {row.group_key: _vectors(names, row.vectors) for row in rows}
        if known[0] is not None:
            _TABLES.clear()
            _TABLES[known] = by_group
    return OpenTable(version, is_small(stores), by_group)


def _fetch_heads(stores: Stores) -> None:
    """The network, the newest table's number and the key of its crowd, in one statement."""
    row = stores.identity.execute(select(Network, NEWEST, CROWD_KEY)).first()
    if row is not None:
        know_heads(stores, *row)


def know_heads(stores: Stores, network: Network | None, version: int | None, crowd: str | None) -> None:
    """Let the sessions of a transaction know what was read along with something else."""
    recall(stores.content, Network, lambda: network)
    recall(stores.content, OpenVectors, lambda: version)
    recall(stores.identity, (CrowdRow, "key", version or 0), lambda: crowd)


def _vectors(names: Sequence[str], rows: list[list[int]]) -> frozenset[Vector]:
    # a row of another length was made for other attributes: it opens nothing until the next nightly run
    return frozenset(tuple(zip(names, levels, strict=True)) for levels in rows if len(levels) == len(names))
