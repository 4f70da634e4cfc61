"""Releases as the reporter leaves them, made by hand: the truth is known, the noise is drawn from a seed."""

import hashlib
import json
import random
from collections.abc import Mapping
from datetime import date
from math import exp, log

from app.db import Stores
from app.insights.models import BudgetEntry, Release
from app.tallies.models import ReportPeriod
from app.wiring import Toolbox
from privacy.plans import Plan, cells_at, release_day

TRUTH = {"disease": 30, "feed": 21, "water": 17, "nets": 9, "equipment": 6, "labour": 3, "seed": 11, "harvest": 5}


def make_plan(tools: Toolbox, period: str = "2026Q3", **changes: object) -> Plan:
    """The plan of a network of 60 organisations, by topic."""
    groups, topics = [one.key for one in tools.trade.groups], [one.key for one in tools.trade.topics]
    values: dict[str, object] = {
        "period": period, "yearly": False, "depth": "topic", "limit": 1, "epsilon": {"need": 1.4, "second": 0.4, "terms": 0.1},
        "second": "outcomes", "organisations": "50-99", "published": "2026-06-20", **changes,
    }  # fmt: skip
    cells = cells_at(values["depth"], groups, topics)  # type: ignore[arg-type]
    return Plan(**{"cells": cells, **values})  # type: ignore[arg-type]


def body_of(plan: Plan, kind: str, truth: Mapping[tuple[str, str], int], *, seed: int = 1) -> bytes:
    """The canonical bytes of a release: the truth and discrete Laplace noise on every number."""
    rng, scale = random.Random(f"{seed} {plan.period} {kind}"), float(plan.scale_of(kind))
    cells = [
        {"topic": cell, "state": state, "value": truth.get((cell, state), 0) + _noise(rng, scale)}
        for cell, state in plan.places(kind)
    ]
    body = {"period": plan.period, "kind": kind, "plan": json.loads(plan.to_json()), "cells": cells}
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _noise(rng: random.Random, scale: float) -> int:
    def one() -> int:
        return int(log(1 - rng.random()) / log(exp(-1 / scale)))

    return one() - one()


def put_period(tools: Toolbox, key: str, state: str, plan: Plan | None = None) -> None:
    """A period with its plan."""
    with tools.database.transaction("content") as stores:
        day = plan and date.fromisoformat(plan.published).toordinal()
        stores.content.add(
            ReportPeriod(key=key, state=state, public_key=b"k" * 32, plan=plan and plan.to_json(), plan_day=day)
        )


def put_release(tools: Toolbox, plan: Plan, kind: str, body: bytes) -> str:
    """One release with its line in the ledger; returns its digest."""
    digest, day = hashlib.sha256(body).hexdigest(), release_day(plan.period).toordinal()
    with tools.database.transaction("content") as stores:
        stores.content.add(Release(period=plan.period, kind=kind, body=body, sha256=digest, day=day))
        _charge(stores, plan, kind, "spent", day)
    return digest


def put_charge(tools: Toolbox, plan: Plan, kind: str) -> None:
    """A release that was begun and never came to its end."""
    with tools.database.transaction("content") as stores:
        _charge(stores, plan, kind, "reserved", release_day(plan.period).toordinal())


def _charge(stores: Stores, plan: Plan, kind: str, state: str, day: int) -> None:
    stores.content.add(
        BudgetEntry(
            period=plan.period, kind=kind, state=state, micro_epsilon=plan.micro_epsilon(kind),
            pico_delta=1_000_000 if kind == "terms" else 0, sealed_noise=None, day=day,
        )
    )  # fmt: skip


def put_quarters(tools: Toolbox) -> Plan:
    """Two released quarters, one that collects, one to come, and the year; returns the newest plan."""
    older = make_plan(tools, "2026Q2", second="support", published="2026-03-20")
    plan = make_plan(tools)
    for one, factor in ((older, 0.6), (plan, 1.0)):
        put_period(tools, one.period, "released", one)
        put_release(tools, one, "need", body_of(one, "need", needs_of(one, factor)))
    put_release(
        tools, older, "support", body_of(older, "support", {(cell, ""): 9 for cell in older.cells_of("support")})
    )
    truth = {(cell, state): TRUTH.get(cell, 0) // 2 for cell in plan.cells_of("outcomes") for state in ("good",)}
    put_release(tools, plan, "outcomes", body_of(plan, "outcomes", truth))
    put_period(tools, "2026Q4", "open", make_plan(tools, "2026Q4", published="2026-09-20"))
    put_period(tools, "2027Q1", "open", make_plan(tools, "2027Q1", published="2026-12-20"))
    put_period(tools, "2026", "open")
    return plan


def needs_of(plan: Plan, factor: float = 1.0) -> dict[tuple[str, str], int]:
    """How many organisations asked on each topic, by how long the worst of their questions waited."""
    shares = {"soon": 0.5, "later": 0.2, "none": 0.3}
    return {
        (cell, state): round(TRUTH.get(cell.rpartition("/")[2], 4) * factor * share)
        for cell in plan.cells_of("need")
        for state, share in shares.items()
    }
