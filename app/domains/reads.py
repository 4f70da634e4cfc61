"""What is published about crowds, read."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import Stores
from app.domains.models import Network, OpenVectors
from app.domains.rules import NO_VECTORS, hidden_levels
from app.domains.trade import Trade
from privacy.anonymity import Vector


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
    row = stores.content.scalars(select(Network)).first()
    return row is not None and row.small


def open_table(stores: Stores, trade: Trade) -> OpenTable:
    """The newest table, in the caller's transaction."""
    version = stores.content.scalar(select(func.max(OpenVectors.version))) or 0
    rows = stores.content.scalars(select(OpenVectors).where(OpenVectors.version == version))
    names = sorted(hidden_levels(trade))
    by_group = {row.group_key: _vectors(names, row.vectors) for row in rows}
    return OpenTable(version, is_small(stores), by_group)


def _vectors(names: list[str], rows: list[list[int]]) -> frozenset[Vector]:
    # a row of another length was made for other attributes: it opens nothing until the next nightly run
    return frozenset(tuple(zip(names, levels, strict=True)) for levels in rows if len(levels) == len(names))
