"""Count who knows what, and publish it once a month."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, select

from app.db import Stores
from app.domains.rules import month_of
from app.domains.trade import Trade
from app.expertise.models import TopicMap
from app.expertise.rules import SHOWN_DAYS, Known, Map, count_cells, known_of, next_map
from app.queues.experts import open_profile
from app.queues.models import Expert
from app.queues.rules import Now
from app.sealing import Vault
from app.vectors.models import IndexedThread
from app.vectors.store import evidence_of
from privacy.bands import Standing
from privacy.pseudonyms import new_id

CHUNK: Final = 1000  # rows opened at a time
MAP_PAD: Final = 8192
BASIS_PAD: Final = 65536


@dataclass(frozen=True, slots=True)
class NextMap:
    """A map that has been counted and may be published, and the row it follows."""

    after: str | None
    month: int
    cells: Map


def find_next_map(stores: Stores, vault: Vault, trade: Trade, *, now: Now) -> NextMap | None:
    """The map that is due: the first there is, then one on the first day of each month; None while the last one stands.

    Writes nothing, so that a long count holds nobody up.
    """
    month = month_of(date.fromordinal(now.today))
    row = stores.content.scalars(select(TopicMap)).first()
    if row is not None and row.month >= month:
        return None
    before = {} if row is None else _open_basis(vault, row)
    cells = next_map(before, count_cells(each_known(stores, vault, trade, now=now)))
    return NextMap(None if row is None else row.id, month, cells)


def publish_map(stores: Stores, vault: Vault, found: NextMap) -> bool:
    """Put a map in the place of the one it follows, unless another came meanwhile; writes content."""
    if stores.content.scalar(select(TopicMap.id)) != found.after:
        return False
    stores.content.execute(delete(TopicMap))
    row_id = new_id()
    shown: dict[str, dict[str, int]] = defaultdict(dict)
    for (subject, topic), standing in sorted(found.cells.items()):
        if standing.band:
            shown[subject][topic] = standing.band
    basis = [[*cell, standing.band, dict(standing.counts)] for cell, standing in sorted(found.cells.items())]
    stores.content.add(
        TopicMap(
            id=row_id,
            month=found.month,
            sealed_map=vault.seal(shown, table="topic_maps", column="sealed_map", row=row_id, pad=MAP_PAD),
            sealed_basis=vault.seal(basis, table="topic_maps", column="sealed_basis", row=row_id, pad=BASIS_PAD),
        )
    )
    return True


def each_known(stores: Stores, vault: Vault, trade: Trade, *, now: Now) -> Iterator[Known]:
    """Every expert who takes questions, with what they know; nothing here leads to a member."""
    shown = _shown(stores, vault, since=now.window - round(SHOWN_DAYS / now.window_days))
    for rows in stores.content.scalars(select(Expert).execution_options(yield_per=CHUNK)).partitions():
        for row in rows:
            profile = open_profile(vault, row)
            if profile.subject in trade.subjects:
                offered = {topic.key for topic in trade.topics_of(profile.subject)}
                known = known_of(profile, shown=shown.get((row.handle, profile.subject), ()), offered=offered, now=now)
                if known is not None:
                    yield known


def _shown(stores: Stores, vault: Vault, *, since: int) -> dict[tuple[str, str], set[str]]:
    """(handle, subject) → topics it answered since this window; also what it answered of a neighbouring subject."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    wanted = select(IndexedThread).where(IndexedThread.sealed_evidence.is_not(None))
    for rows in stores.content.scalars(wanted.execution_options(yield_per=CHUNK)).partitions():
        for row in rows:
            evidence = evidence_of(vault, row)
            for answer in evidence.answers:
                if answer.window >= since:
                    found[answer.handle, evidence.subject].add(row.topic)
    return found


def _open_basis(vault: Vault, row: TopicMap) -> dict[tuple[str, str], Standing]:
    basis: list[Any] = vault.open(row.sealed_basis, table="topic_maps", column="sealed_basis", row=row.id)
    return {(subject, topic): Standing(band, counts) for subject, topic, band, counts in basis}
