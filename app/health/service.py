"""Count a quarter that is over, and publish it once."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import Any, Final

from sqlalchemy import func, select

from app.db import Stores
from app.domains.trade import Trade
from app.health.models import HealthReport
from app.health.rules import QuarterFacts, ThreadFacts, newcomers_of, report_of
from app.logs.models import ContentEntry
from app.questions.access import scope_parts
from app.questions.models import Thread
from app.queues.experts import open_profile
from app.queues.models import Expert
from app.queues.rules import Now
from app.sealing import Vault
from app.vectors.store import Evidence, evidence_on
from privacy.plans import first_day, next_period, quarter_of, release_day

BATCH: Final = 500
WEEKS: Final = 13
INCIDENTS: Final = ("case.words", "escrow.danger.shown", "escrow.court.shown")


@dataclass(frozen=True, slots=True)
class Span:
    """A quarter: its days, and the quarter before it."""

    quarter: str
    before: date
    first: date
    end: date

    @classmethod
    def ending_before(cls, today: date) -> "Span":
        """The newest quarter that is over."""
        first = first_day(quarter_of(first_day(quarter_of(today)) - timedelta(days=1)))
        quarter = quarter_of(first)
        return cls(quarter, first_day(quarter_of(first - timedelta(days=1))), first, first_day(next_period(quarter)))

    def holds(self, day: int) -> bool:
        """Whether a day's ordinal lies in the quarter."""
        return self.first.toordinal() <= day < self.end.toordinal()


def count_quarter(stores: Stores, vault: Vault, trade: Trade, *, now: Now) -> tuple[str, dict[str, Any]] | None:
    """The report that is due, or None: two weeks after a quarter's end, where somebody had asked by then."""
    span = Span.ending_before(date.fromordinal(now.today))
    due = now.today >= release_day(span.quarter).toordinal()
    if not due or stores.content.get(HealthReport, span.quarter) is not None:
        return None
    oldest = stores.content.scalar(select(func.min(Thread.published_day)))
    if oldest is None or oldest >= span.end.toordinal():
        return None
    return span.quarter, report_of(_facts(stores, vault, trade, span, now))


def publish(stores: Stores, *, quarter: str, body: dict[str, Any], today: date) -> None:
    """Put a report where everybody reads it; writes content. A second one changes nothing."""
    if stores.content.get(HealthReport, quarter) is None:
        plain = json.dumps(body, sort_keys=True, separators=(",", ":"))
        stores.content.add(HealthReport(quarter=quarter, day=today.toordinal(), body=plain))


def _facts(stores: Stores, vault: Vault, trade: Trade, span: Span, now: Now) -> QuarterFacts:
    rows = {row.id: row for row in stores.content.scalars(select(Thread))}
    known = _evidence(stores, vault, list(rows))
    asked = {one: row for one, row in rows.items() if span.holds(row.published_day)}
    found = [known.get(one, Evidence()) for one in asked]
    answers = [
        (made.handle, _day(made.window, rows[one], now))
        for one, it in known.items()
        for made in (*it.answers, *it.aside)
    ]
    profiles = [open_profile(vault, row) for row in stores.content.scalars(select(Expert))]
    working = [one for one in profiles if one.capacity > 0 and not one.rests(now.measures)]
    takes = Counter(one.subject for one in working)
    return QuarterFacts(
        threads=[_thread(row, known.get(one, Evidence()), now) for one, row in asked.items()],
        offers=sum(len(it.asked) for it in found),
        capacity=WEEKS * sum(one.capacity for one in working),
        answers=[handle for handle, day in answers if span.holds(day)],
        reasons=Counter(made.reason for it in found for made in it.passes),
        experts={subject: takes[subject] for subject in trade.subjects},
        newcomers=newcomers_of(
            ((handle, day) for handle, day in answers if day < span.end.toordinal()),
            span.before.toordinal(),
            span.first.toordinal(),
        ),
        incidents=_incidents(stores, span),
        circles=frozenset(scope_parts(vault, row)["circle"] for row in asked.values()),
    )


def _thread(row: Thread, known: Evidence, now: Now) -> ThreadFacts:
    made = (*known.answers, *known.aside)
    hours = {one.post: (one.window - row.published_window) * now.window_days * 24 for one in made}
    useful = [hours[one.post] for one in made if one.accepted or one.worked]
    outcome = max((one.outcome for one in made), key=abs, default=0)
    return ThreadFacts(min(hours.values(), default=inf), min(useful, default=inf), row.stage, row.state, outcome)


def _day(window: int, row: Thread, now: Now) -> int:
    """The day of a window, reckoned from the day and window in which its question was published."""
    return row.published_day + int((window - row.published_window) * now.window_days)


def _evidence(stores: Stores, vault: Vault, threads: list[str]) -> dict[str, Evidence]:
    found: dict[str, Evidence] = {}
    for start in range(0, len(threads), BATCH):
        found |= evidence_on(stores, vault, threads[start : start + BATCH])
    return found


def _incidents(stores: Stores, span: Span) -> int:
    """Words a coordinator had to take out, and authors that were opened."""
    days = ContentEntry.day.between(span.first.toordinal(), span.end.toordinal() - 1)
    counted = select(func.count()).select_from(ContentEntry).where(days, ContentEntry.event.in_(INCIDENTS))
    return stores.content.scalar(counted) or 0
