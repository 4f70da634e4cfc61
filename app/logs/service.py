"""Write the logs, publish their heads, forget what is old."""

import hmac
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.clock import JAPAN, today
from app.db import Stores
from app.logs.models import ContentEntry, LogHead, SecurityEntry
from app.logs.rules import CONTENT_EVENTS, COUNTED_IN, KEPT_DAYS, SECURITY_EVENTS, check_event
from app.sealing import Vault
from privacy.chain import START, Head, link

Table = type[SecurityEntry] | type[ContentEntry]
LOGS: Final[dict[str, Table]] = {"security": SecurityEntry, "content": ContentEntry}


def note_security(
    stores: Stores, vault: Vault, *, event: str, now: float, member_id: str = "", address: str = ""
) -> None:
    """Append to the security log; writes identity. Raises UnknownEvent.

    Member and network address stand there as keyed hashes; the address's key is another one every day. Of the time only
    the day stands there.
    """
    who = _keyed(vault, "log-member", member_id)
    where = _keyed(vault, "log-address", f"{today(now).toordinal()}|{address}") if address else ""
    values = {
        "hour": first_hour(today(now)),
        "event": check_event(event, SECURITY_EVENTS),
        "who": who,
        "address": where,
    }
    _append(stores.identity, SecurityEntry, values)


def note_content(stores: Stores, *, event: str, day: date) -> None:
    """Append to the content log; writes content. Raises UnknownEvent."""
    _append(stores.content, ContentEntry, {"day": day.toordinal(), "event": check_event(event, CONTENT_EVENTS)})


def publish_heads(stores: Stores, *, day: date, outside: Path | None) -> None:
    """Publish today's state of both logs, once a day; writes content. `outside` gets the same as lines of text.

    The file is appended to before the row is committed: a line too many harms nothing, a line too few would.
    """
    for name, table in LOGS.items():
        if stores.content.get(LogHead, (name, day.toordinal())) is None:
            if name == "content":
                _round_up(stores, day)
            head = head_of(stores.of("identity" if name == "security" else "content"), table)
            stores.content.add(LogHead(log=name, day=day.toordinal(), count=head.count, hash=head.hash))
            if outside is not None:
                with outside.open("a", encoding="ascii") as file:
                    file.write(f"{day.isoformat()} {name} {head.count} {head.hash}\n")


def _round_up(stores: Stores, day: date) -> None:
    """Add entries that stand for nothing, until the published count has grown by a multiple of 20 and by 20 at least: in
    a quiet network the exact count, less what one may read, would say that a colleague asked."""
    last = stores.content.scalar(select(func.max(LogHead.count)).where(LogHead.log == "content")) or 0
    written = head_of(stores.content, ContentEntry).count - last
    for _ in range(-written % COUNTED_IN or (0 if written else COUNTED_IN)):
        note_content(stores, event="count.rounded", day=day)


def forget_old(stores: Stores, *, now: float) -> None:
    """Forget security entries older than 90 days; writes identity. The last of them stays as a bare hash, from which
    the chain goes on."""
    oldest = first_hour(today(now) - timedelta(days=KEPT_DAYS))
    table = SecurityEntry
    last = stores.identity.scalars(select(table).where(table.hour < oldest).order_by(table.number.desc())).first()
    if last is None:
        return
    stores.identity.execute(delete(table).where(table.number < last.number))
    last.event, last.who, last.address, last.hour = "log.forgotten", "", "", 0


def first_hour(day: date) -> int:
    """The hour since the epoch at which a day begins in Japan: as fine as the security log gets."""
    return int(datetime.combine(day, time(), JAPAN).timestamp() // 3600)


def head_of(session: Session, table: Table) -> Head:
    """The last entry's number and hash."""
    row = session.execute(select(table.number, table.hash).order_by(table.number.desc()).limit(1)).first()
    return Head(row.number, row.hash) if row else Head(0, START)


def fields_of(row: SecurityEntry | ContentEntry) -> tuple[str, ...]:
    """A row's fields as the chain sees them."""
    if isinstance(row, SecurityEntry):
        return (str(row.hour), row.event, row.who, row.address)
    return (str(row.day), row.event)


def _append(session: Session, table: Table, values: dict[str, Any]) -> None:
    before = head_of(session, table)
    row = table(number=before.count + 1, **values)
    row.hash = link(before.hash, row.number, fields_of(row)).hash
    session.add(row)
    session.flush()  # the next entry of this transaction reads this one


def _keyed(vault: Vault, purpose: str, text: str) -> str:
    return hmac.digest(vault.ring(purpose)[0].secret, text.encode(), "sha256").hex() if text else ""
