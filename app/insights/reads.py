"""What pages read of reports: periods with their plans, what was released, what it was charged. Everybody reads the same."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select

from app.db import Stores
from app.insights.models import BudgetEntry, Release
from app.tallies.models import ReportPeriod
from privacy.budget import CAPS, Charge, account
from privacy.plans import (
    KINDS,
    Plan,
    first_day,
    is_year_period,
    next_period,
    quarter_of,
    quarters_of,
    release_day,
    year_of,
)

NEWS_DAYS: Final = 14  # so long the first page says that there is a new report


@dataclass(frozen=True, slots=True)
class Released:
    """One release: the bytes that were published, and what they say."""

    period: str
    kind: str
    body: bytes
    sha256: str
    day: date

    @property
    def content(self) -> Mapping[str, Any]:
        """The body as plain values."""
        found: Mapping[str, Any] = json.loads(self.body)
        return found


@dataclass(frozen=True, slots=True)
class PeriodCard:
    """One quarter or year: where it stands, its plan if there is one, and what was released of it."""

    key: str
    state: str  # coming | collecting | preparing | released | without
    first: date
    last: date
    due: date
    plan: Plan | None
    releases: tuple[Released, ...]
    is_in_year: bool = True  # of a quarter without a release: whether its year is counted as a whole

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year, whose numbers are of its mean quarter."""
        return is_year_period(self.key)

    @property
    def is_late(self) -> bool:
        """Whether the period had begun when its plan was published: the first one of a network."""
        return self.plan is not None and date.fromisoformat(self.plan.published) > self.first


@dataclass(frozen=True, slots=True)
class Spent:
    """What one release was charged, in epsilon; what is only reserved counts as spent."""

    period: str
    kind: str
    epsilon: float
    delta: float
    state: str  # reserved | released | lost: spent, and nothing came of it
    day: date

    @property
    def is_released(self) -> bool:
        """Whether there is anything to read for it."""
        return self.state == "released"


@dataclass(frozen=True, slots=True)
class Account:
    """One quarter, or one year, against its cap, in epsilon."""

    period: str
    spent: float
    cap: float


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every charge, newest period first, and what each quarter and year has come to."""

    charges: tuple[Spent, ...]
    quarters: tuple[Account, ...]
    years: tuple[Account, ...]


def releases(stores: Stores, *, period: str | None = None) -> list[Released]:
    """Everything released, of one period or ever: newest period first, the main release before the others."""
    wanted = select(Release) if period is None else select(Release).where(Release.period == period)
    found = [
        Released(row.period, row.kind, row.body, row.sha256, date.fromordinal(row.day))
        for row in stores.content.scalars(wanted)
    ]
    found.sort(key=lambda one: _place(one.kind))
    return sorted(found, key=lambda one: first_day(one.period), reverse=True)


def periods(stores: Stores, *, today: date) -> list[PeriodCard]:
    """Every period there is anything to say of, newest first; a year stands before its quarters, if it has a report."""
    made = releases(stores)
    rows = {row.key: row for row in stores.content.scalars(select(ReportPeriod))}
    cards = [
        _card(row, rows.get(year_of(key)), [one for one in made if one.period == key], today)
        for key, row in rows.items()
    ]
    cards = [card for card in cards if card.plan is None or card.plan.kinds or not is_year_period(card.key)]
    return sorted(cards, key=lambda card: (card.last, card.key), reverse=True)


def find_period(stores: Stores, key: str, *, today: date) -> PeriodCard | None:
    """One period, or None."""
    row = stores.content.get(ReportPeriod, key)
    if row is None:
        return None
    return _card(row, stores.content.get(ReportPeriod, year_of(key)), releases(stores, period=key), today)


def period_before(key: str) -> str:
    """The quarter before a quarter, the year before a year."""
    eve = first_day(key) - timedelta(days=1)
    return str(eve.year) if is_year_period(key) else quarter_of(eve)


def releases_before(stores: Stores, key: str) -> list[Released]:
    """What was released of the three periods before one: with it, of a whole year of quarters."""
    first = period_before(key)
    second = period_before(first)
    wanted = (first, second, period_before(second))
    return [one for one in releases(stores) if one.period in wanted]


def find_news(stores: Stores, *, today: date) -> str:
    """The period released last, when that was in the last days; else nothing."""
    row = stores.content.scalars(select(Release).order_by(Release.day.desc(), Release.period.desc()).limit(1)).first()
    return row.period if row and (today - date.fromordinal(row.day)).days < NEWS_DAYS else ""


def newest_plan(stores: Stores) -> Plan | None:
    """The plan by which the latest planned period is counted, or None."""
    planned = select(ReportPeriod).where(ReportPeriod.plan.is_not(None))
    row = max(stores.content.scalars(planned), key=lambda one: (first_day(one.key), one.key), default=None)
    return Plan.from_json(row.plan) if row and row.plan else None


def ledger(stores: Stores) -> Ledger:
    """The whole ledger, for everybody."""
    rows = sorted(stores.content.scalars(select(BudgetEntry)), key=lambda row: _place(row.kind))
    rows.sort(key=lambda row: first_day(row.period), reverse=True)
    made = {(one.period, one.kind) for one in stores.content.execute(select(Release.period, Release.kind))}
    charges = [Charge(row.period, row.kind, row.micro_epsilon, row.pico_delta) for row in rows]
    quarters = sorted({quarter for row in rows for quarter in quarters_of(row.period)}, reverse=True)
    years = sorted({row.period[:4] for row in rows}, reverse=True)
    return Ledger(
        tuple(_spent(row, is_released=(row.period, row.kind) in made) for row in rows),
        tuple(_account(period, charges, CAPS.quarter) for period in quarters),
        tuple(_account(period, charges, CAPS.year) for period in years),
    )


def _card(row: ReportPeriod, year: ReportPeriod | None, made: Sequence[Released], today: date) -> PeriodCard:
    first, last = first_day(row.key), first_day(next_period(row.key)) - timedelta(days=1)
    state = row.state if row.state in ("released", "without") else _stage(first, last, today)
    plan, whole = _plan(row), _plan(year)
    is_in_year = whole is None or whole.yearly
    return PeriodCard(row.key, state, first, last, release_day(row.key), plan, tuple(made), is_in_year)


def _plan(row: ReportPeriod | None) -> Plan | None:
    return Plan.from_json(row.plan) if row is not None and row.plan else None


def _stage(first: date, last: date, today: date) -> str:
    return "coming" if today < first else "collecting" if today <= last else "preparing"


def _place(kind: str) -> int:
    return [*KINDS].index(kind) if kind in KINDS else len(KINDS)


def _spent(row: BudgetEntry, *, is_released: bool) -> Spent:
    state = "released" if is_released else "lost" if row.state == "spent" else "reserved"
    delta = row.pico_delta / 10**12
    return Spent(row.period, row.kind, row.micro_epsilon / 10**6, delta, state, date.fromordinal(row.day))


def _account(period: str, charges: Sequence[Charge], cap: int) -> Account:
    return Account(period, account(period, charges).micro_epsilon / 10**6, cap / 10**6)
