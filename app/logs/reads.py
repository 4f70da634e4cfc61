"""The logs, read: what was published, and whether the rows still agree with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from app.clock import today
from app.db import Stores
from app.logs.models import ContentEntry, LogHead, SecurityEntry
from app.logs.service import LOGS, fields_of
from privacy.chain import Fault, Head, Link, find_fault

SHOWN_DAYS = 90
SHOWN_DIGITS = 8


@dataclass(frozen=True, slots=True)
class PublishedHead:
    """One day's published state of one log."""

    log: str
    day: date
    head: Head


def published_heads(stores: Stores, *, since: date | None = None) -> list[PublishedHead]:
    """What was published, newest first."""
    rows = select(LogHead).where(LogHead.day >= (since.toordinal() if since else 0))
    ordered = rows.order_by(LogHead.day.desc(), LogHead.log)
    return [
        PublishedHead(row.log, date.fromordinal(row.day), Head(row.count, row.hash))
        for row in stores.content.scalars(ordered)
    ]


def read_heads(path: Path) -> list[PublishedHead]:
    """The heads of a file outside the server. Raises ValueError with the line's number."""
    try:
        return parse_heads(path.read_text("ascii"))
    except ValueError as error:
        raise ValueError(f"{path}:{error}") from None


def parse_heads(text: str) -> list[PublishedHead]:
    """The heads that somebody kept, a line each: day, log, count, hash. Raises ValueError with the line's number."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            day, log, count, digest = line.split()
            found.append(PublishedHead(log, date.fromisoformat(day), Head(int(count), digest)))
        except ValueError:
            raise ValueError(f"{number}: not a head") from None
    return found


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a log as the auditor reads it: keyed hashes, of which the first digits tell two apart."""

    number: int
    day: date
    event: str
    who: str = ""
    address: str = ""


def entries(stores: Stores, log: str, *, before: int | None, most: int = 100) -> list[Entry]:
    """The newest entries of a log under a number, newest first; `log` is "security" or "content"."""
    table = LOGS[log]
    rows = select(table).order_by(table.number.desc()).limit(most)
    if before is not None:
        rows = rows.where(table.number < before)
    found: Iterable[SecurityEntry | ContentEntry] = stores.of("identity" if log == "security" else "content").scalars(
        rows
    )
    return [_entry(row) for row in found]


def _entry(row: SecurityEntry | ContentEntry) -> Entry:
    if isinstance(row, ContentEntry):
        return Entry(row.number, date.fromordinal(row.day), row.event)
    return Entry(row.number, today(row.hour * 3600), row.event, row.who[:SHOWN_DIGITS], row.address[:SHOWN_DIGITS])


def check_logs(stores: Stores, heads: Iterable[PublishedHead]) -> dict[str, Fault | None]:
    """For each log what is wrong with it, against these heads."""
    listed = list(heads)
    return {name: _check(stores, name, [one.head for one in listed if one.log == name]) for name in LOGS}


def _check(stores: Stores, name: str, heads: Sequence[Head]) -> Fault | None:
    table = LOGS[name]
    session = stores.of("identity" if name == "security" else "content")
    rows: list[SecurityEntry | ContentEntry] = list(session.scalars(select(table).order_by(table.number)))
    before = None
    if rows and rows[0].event == "log.forgotten":
        before = Head(rows[0].number, rows[0].hash)
        rows = rows[1:]
    return find_fault([Link(row.number, fields_of(row), row.hash) for row in rows], heads, before=before)
