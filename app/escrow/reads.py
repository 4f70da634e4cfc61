"""Break-glass for pages: whether it is on, who keeps the keys, how often it was used. Never which thread."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import Stores
from app.escrow.custodians import active_digest
from app.escrow.models import Custodian
from app.escrow.rules import REASONS, STEPS, event
from app.escrow.service import active_custodians
from app.logs.models import ContentEntry
from privacy.shamir import SHARES


@dataclass(frozen=True, slots=True)
class Keeper:
    """A custodian as everybody may see them."""

    role: str
    fingerprint: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many requests of one year were made for one reason, and how many came to which end."""

    year: int
    reason: str
    steps: dict[str, int]

    @property
    def unopened(self) -> int:
        """Ended without anybody's having been shown."""
        return sum(self.steps[step] for step in ("gone", "withdrawn", "refused", "expired"))


@dataclass(frozen=True, slots=True)
class Glass:
    """What the pages say of break-glass."""

    is_on: bool
    keepers: tuple[Keeper, ...]
    former: tuple[Keeper, ...]
    digest: str
    counts: tuple[YearCount, ...]


def find_glass(stores: Stores, *, today: date) -> Glass:
    """Everything at once; this year always has its counts, also when they are none."""
    active = active_custodians(stores)
    rows = select(Custodian).where(Custodian.state == "former").order_by(Custodian.since_day, Custodian.role)
    digest = active_digest(stores)
    return Glass(
        is_on=len(active) == SHARES,
        keepers=tuple(_keeper(row) for row in sorted(active, key=lambda row: row.role)),
        former=tuple(_keeper(row) for row in stores.identity.scalars(rows)),
        digest=fingerprint(digest.hex()) if digest else "",
        counts=yearly(stores, today=today),
    )


def yearly(stores: Stores, *, today: date) -> tuple[YearCount, ...]:
    """Requests by year and reason, newest first, as the content log's chain counts them."""
    found: Counter[tuple[int, str]] = Counter()
    rows = select(ContentEntry.day, ContentEntry.event).where(ContentEntry.event.like("escrow.%"))
    for day, name in stores.content.execute(rows):
        found[date.fromordinal(day).year, name] += 1
    years = sorted({year for year, _ in found} | {today.year}, reverse=True)
    return tuple(
        YearCount(year, reason, {step: found[year, event(reason, step)] for step in STEPS})
        for year in years
        for reason in REASONS
    )


def fingerprint(hexadecimal: str) -> str:
    """A key or digest for people who compare: 32 of its letters and digits in groups of four."""
    return " ".join(hexadecimal[at : at + 4] for at in range(0, 32, 4))


def _keeper(row: Custodian) -> Keeper:
    until = None if row.until_day is None else date.fromordinal(row.until_day)
    return Keeper(row.role, fingerprint(row.public), date.fromordinal(row.since_day), until)
