"""The map as it was published, put into the reader's words. Nothing is counted here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import Stores
from app.domains.trade import Group, Trade
from app.expertise.models import TopicMap
from app.sealing import Vault
from privacy.bands import BANDS


@dataclass(frozen=True, slots=True)
class TopicCell:
    """A topic of one subject: "at least `band`", 0 for too few to say; `step` is its shade, 1 to 3."""

    key: str
    name: str
    band: int
    step: int


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


def read_map(stores: Stores, vault: Vault, trade: Trade, *, own: Collection[str]) -> MapPage:
    """The newest map; groups of the subjects `own` come first."""
    row = stores.content.scalars(select(TopicMap)).first()
    if row is None:
        return MapPage(None, _groups(trade, {}, own))
    bands: dict[str, dict[str, int]] = vault.open(row.sealed_map, table="topic_maps", column="sealed_map", row=row.id)
    year, month = divmod(row.month - 1, 12)
    return MapPage(date(year, month + 1, 1), _groups(trade, bands, own))


def _groups(trade: Trade, bands: Mapping[str, Mapping[str, int]], own: Collection[str]) -> tuple[GroupPart, ...]:
    found = [_group(trade, group, bands, own) for group in trade.groups]
    return tuple(sorted(found, key=lambda group: not group.is_own))


def _group(trade: Trade, group: Group, bands: Mapping[str, Mapping[str, int]], own: Collection[str]) -> GroupPart:
    rows = [_subject(trade, subject.key, bands.get(subject.key, {}), subject.key in own) for subject in group.subjects]
    return GroupPart(
        name=str(group.name),
        rows=tuple(row for row in rows if row.cells),
        few=tuple(row for row in rows if not row.cells),
        is_own=any(row.is_own for row in rows),
    )


def _subject(trade: Trade, subject: str, bands: Mapping[str, int], is_own: bool) -> SubjectRow:
    cells = [_cell(topic.key, str(topic.name), bands.get(topic.key, 0)) for topic in trade.topics_of(subject)]
    told = sorted((cell for cell in cells if cell.band), key=lambda cell: -cell.band)
    few = tuple(cell for cell in cells if not cell.band)
    return SubjectRow(subject, str(trade.subjects[subject].name), tuple(told), few, is_own)


def _cell(key: str, name: str, band: int) -> TopicCell:
    return TopicCell(key, name, band, BANDS.index(band) + 1 if band in BANDS else 0)
