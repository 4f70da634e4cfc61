"""The ledger: reserve before anything is counted, release once, give nothing back.

Each function is one step in the caller's transaction, which is serialisable and the only writer: two reporters at once
come one after the other, and a stop between two steps leaves what the next run goes on with.
"""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, select

from app.db import Stores
from app.insights.models import BudgetEntry, Release
from app.tallies.models import ReportPeriod, TallyBox
from privacy.budget import Charge, check
from privacy.plans import TERMS_PICO_DELTA, Plan


def charges(stores: Stores) -> list[Charge]:
    """Everything that was ever reserved: spent, whatever became of it."""
    rows = stores.content.scalars(select(BudgetEntry))
    return [Charge(row.period, row.kind, row.micro_epsilon, row.pico_delta) for row in rows]


def find_entry(stores: Stores, period: str, kind: str) -> BudgetEntry | None:
    """What was reserved for a release, or None."""
    return stores.content.get(BudgetEntry, (period, kind))


def find_release(stores: Stores, period: str, kind: str) -> Release | None:
    """What was released, or None."""
    return stores.content.get(Release, (period, kind))


def charge_of(plan: Plan, kind: str) -> Charge:
    """What a release of this plan costs."""
    return Charge(plan.period, kind, plan.micro_epsilon(kind), TERMS_PICO_DELTA if kind == "terms" else 0)


def reserve(stores: Stores, plan: Plan, kind: str, *, sealed_noise: bytes | None, today: date) -> bool:
    """Write what a release may spend, with its noise; False when it was written before. Writes content.

    From here on the period takes no more boxes: what is counted once is counted the same again. Raises OverBudget.
    """
    if find_entry(stores, plan.period, kind) is not None:
        return False
    charge = charge_of(plan, kind)
    check(charges(stores), charge)
    row = BudgetEntry(period=plan.period, kind=kind, state="reserved", day=today.toordinal(), sealed_noise=sealed_noise)
    row.micro_epsilon, row.pico_delta = charge.micro_epsilon, charge.pico_delta
    stores.content.add(row)
    _period(stores, plan.period).state = "closed"
    return True


def settle(stores: Stores, plan: Plan, kind: str, *, content: Mapping[str, Any] | None, today: date) -> bool:
    """Keep the release for ever and forget its noise; False when there is nothing to settle any more. Writes content.

    Without `content` the budget is spent and nothing is released: a reservation whose noise is not known is no use to
    anybody.
    """
    entry = find_entry(stores, plan.period, kind)
    if entry is None or entry.state != "reserved":
        return False
    entry.state, entry.sealed_noise = "spent", None
    if content is not None:
        body = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        digest = sha256(body).hexdigest()
        stores.content.add(Release(period=plan.period, kind=kind, body=body, sha256=digest, day=today.toordinal()))
    return True


def finish(stores: Stores, period: str) -> None:
    """A period is over: its boxes go, and noise that was reserved and not used. Writes content."""
    unused = select(BudgetEntry).where(BudgetEntry.period == period, BudgetEntry.state == "reserved")
    for entry in stores.content.scalars(unused):
        entry.state, entry.sealed_noise = "spent", None
    stores.content.execute(delete(TallyBox).where(TallyBox.period == period))
    made = stores.content.scalar(select(Release.kind).where(Release.period == period).limit(1))
    _period(stores, period).state = "released" if made else "without"


def _period(stores: Stores, key: str) -> ReportPeriod:
    row = stores.content.get(ReportPeriod, key)
    assert row is not None  # noqa: S101 (whoever reserves has its plan)
    return row
