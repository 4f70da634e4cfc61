"""Use cases of periods: a key and a plan before one begins, its reports when it is over."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.db import Stores
from app.errors import Conflict
from app.tallies.models import ReportPeriod
from privacy.plans import Plan, first_day, fit_into, next_period, quarter_of, release_day, year_of

PUBLISHED_DAYS: Final = 14  # before a period begins, its plan is there for everybody to read
OVER: Final = frozenset({"released", "without"})


def periods_at(day: date) -> tuple[str, ...]:
    """The periods that need a key now: the year and the quarter of a day, and those after them."""
    quarter = quarter_of(day)
    year = year_of(quarter)
    return year, next_period(year), quarter, next_period(quarter)


def open_period(stores: Stores, key: str, public: bytes) -> None:
    """Let a period be there, with the key its boxes are closed to; again does nothing. Writes content."""
    if stores.content.get(ReportPeriod, key) is None:
        stores.content.add(ReportPeriod(key=key, state="open", public_key=public, plan=None, plan_day=None))


def missing_plans(stores: Stores, day: date) -> list[str]:
    """The periods that should have a plan by this day, have none and are not over, a year before its quarters."""
    soon = [one for one in periods_at(day) if first_day(one) - timedelta(days=PUBLISHED_DAYS) <= day]
    rows = (stores.content.get(ReportPeriod, one) for one in soon)
    return [row.key for row in rows if row is not None and row.plan is None and row.state not in OVER]


def find_plan(stores: Stores, key: str) -> Plan | None:
    """The plan of a period, or None."""
    row = stores.content.get(ReportPeriod, key)
    return Plan.from_json(row.plan) if row is not None and row.plan else None


def publish_plan(stores: Stores, *, plan: Plan, today: date) -> None:
    """Make a plan everybody's to read, and its period one that takes boxes. Writes content.

    It stands from then on. A year that is counted as a whole has no quarters: the plan of one says so, whatever size
    the network has by then. Raises Conflict where there is a plan, and for a period that is over
    or that the reporter has no key for.
    """
    row, year = stores.content.get(ReportPeriod, plan.period), find_plan(stores, year_of(plan.period))
    if row is None or row.state != "open" or row.plan is not None or first_day(next_period(plan.period)) <= today:
        raise Conflict
    if year is not None:
        plan = fit_into(plan, year)
    row.plan, row.plan_day = plan.to_json(), today.toordinal()


def due_periods(stores: Stores, day: date) -> Sequence[str]:
    """Periods whose reports should be made by now, the earliest first."""
    keys = stores.content.scalars(select(ReportPeriod.key).where(ReportPeriod.state.not_in(OVER)))
    return sorted((key for key in keys if release_day(key) <= day), key=first_day)


def is_open(stores: Stores, key: str) -> bool:
    """Whether something may still come of a period."""
    row = stores.content.get(ReportPeriod, key)
    return row is not None and row.state not in OVER


def is_over(stores: Stores, key: str) -> bool:
    """Whether nothing more will come of a period."""
    row = stores.content.get(ReportPeriod, key)
    return row is not None and row.state in OVER
