"""The map as it was published, put into the reader's words. Nothing is counted here.

A topic leads to its questions where the reader may read any of the latest: of each group the newest `LATEST` are looked
at, since more would be read for a link than for the page it leads to.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import defer

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import shows_subject
from app.domains.trade import Group, Trade
from app.expertise.models import TopicMap
from app.questions.lists import readable
from app.questions.models import Thread
from app.sealing import Vault
from privacy.bands import BANDS

LATEST: Final = 400  # questions of a group
Bands = Mapping[str, Mapping[str, int]]
Cells = Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class TopicCell:
    """A topic of one subject: "at least `band`", 0 for too few to say; `step` is its shade, 1 to 3. `is_read` says that
    the reader finds questions there."""

    key: str
    name: str
    band: int
    step: int
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A subject with the topics that can be told, the most known first, and the names of the rest."""

    key: str
    name: str
    cells: tuple[TopicCell, ...]
    few: tuple[TopicCell, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class GroupPart:
    """A group: rows with something to tell, and subjects of which nothing can be told yet."""

    name: str
    rows: tuple[SubjectRow, ...]
    few: tuple[SubjectRow, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class MapPage:
    """The published map; `month` is the first day of the month it stands for, None before the first."""

    month: date | None
    groups: tuple[GroupPart, ...]

    @property
    def has_any(self) -> bool:
        """Whether any cell is told."""
        return any(group.rows for group in self.groups)

    @property
    def has_links(self) -> bool:
        """Whether any cell leads to questions."""
        return any(cell.is_read for group in self.groups for row in group.rows for cell in row.cells)


def read_map(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> MapPage:
    """The newest map; groups of the viewer's subjects come first."""
    row = stores.content.scalars(select(TopicMap)).first()
    if row is None:
        return MapPage(None, _groups(trade, {}, viewer.subjects, ()))
    bands: Bands = vault.open(row.sealed_map, table="topic_maps", column="sealed_map", row=row.id)
    year, month = divmod(row.month - 1, 12)
    read = _read_by(stores, vault, trade, viewer, bands)
    return MapPage(date(year, month + 1, 1), _groups(trade, bands, viewer.subjects, read))


def _read_by(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, bands: Bands) -> Cells:
    """Cells of the map with a question that names its subject and that the viewer may read."""
    found: set[tuple[str, str]] = set()
    for group in {trade.group_of[one].key for one in bands if one in trade.subjects}:
        rows = stores.content.scalars(
            select(Thread)
            .options(defer(Thread.sealed_text))
            .where(Thread.group_key == group)
            .order_by(Thread.published_day.desc(), Thread.id.desc())
            .limit(LATEST)
        )
        for access in readable(vault, trade, iter(rows), viewer):
            if shows_subject(access.scope.levels):
                found.add((access.subject, access.thread.topic))
    return found


def _groups(trade: Trade, bands: Bands, own: Collection[str], read: Cells) -> tuple[GroupPart, ...]:
    found = [_group(trade, group, bands, own, read) for group in trade.groups]
    return tuple(sorted(found, key=lambda group: not group.is_own))


def _group(trade: Trade, group: Group, bands: Bands, own: Collection[str], read: Cells) -> GroupPart:
    rows = [_subject(trade, one.key, bands.get(one.key, {}), read, is_own=one.key in own) for one in group.subjects]
    return GroupPart(
        name=str(group.name),
        rows=tuple(row for row in rows if row.cells),
        few=tuple(row for row in rows if not row.cells),
        is_own=any(row.is_own for row in rows),
    )


def _subject(trade: Trade, subject: str, bands: Mapping[str, int], read: Cells, *, is_own: bool) -> SubjectRow:
    topics = trade.topics_of(subject)
    cells = [_cell(one.key, str(one.name), bands.get(one.key, 0), is_read=(subject, one.key) in read) for one in topics]
    told = sorted((cell for cell in cells if cell.band), key=lambda cell: -cell.band)
    few = tuple(cell for cell in cells if not cell.band)
    return SubjectRow(subject, str(trade.subjects[subject].name), tuple(told), few, is_own)


def _cell(key: str, name: str, band: int, *, is_read: bool) -> TopicCell:
    return TopicCell(key, name, band, BANDS.index(band) + 1 if band in BANDS else 0, is_read)
