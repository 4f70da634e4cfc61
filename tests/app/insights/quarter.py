"""A network that is counted: its reporter, its plans, and ways to see what the boxes hold and what was released."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from app.clock import JAPAN, SetClock, today
from app.insights import service
from app.insights.keyring import ReporterKeys
from app.insights.models import Release
from app.insights.planning import taxonomy
from app.insights.reporter import Reporter
from app.jobs.worker import Worker
from app.tallies.models import ReportPeriod, TallyBox
from app.tallies.worker import handlers
from app.wiring import Toolbox
from privacy.plans import Plan, cells_at, is_year_period, quarter_of, second_of
from privacy.tallies import Tally, open_tally

Numbers = dict[tuple[str, str], int]


def without_noise(length: int, scale: Fraction, *, limit: int, micro_epsilon: int) -> list[int]:
    """For tests that ask what was counted."""
    return [0] * length


def make_reporter(tools: Toolbox, **parts: Any) -> Reporter:
    """A reporter whose figures have no noise, unless it is given some."""
    return Reporter(tools, ReporterKeys(tools.settings.reporter_folder), **{"draw": without_noise, **parts})


def make_plan(tools: Toolbox, period: str, **changes: Any) -> Plan:
    """A plan without the simulation that would choose one."""
    is_year = is_year_period(period)
    made = Plan(
        period=period,
        yearly=False,
        depth="topic",
        limit=2,
        epsilon={"need": 0 if is_year else 1.4, "second": 0 if is_year else 0.4, "terms": 0.1},
        second="" if is_year else second_of(period),
        organisations="40-59",
        cells=cells_at("topic", *taxonomy(tools.trade)),
        published=today(tools.clock.now()).isoformat(),
    )
    return replace(made, **changes)


def begin(tools: Toolbox, **changes: Any) -> Reporter:
    """Keys and plans for this quarter and its year: from now on it is counted."""
    reporter = make_reporter(tools)
    day = today(tools.clock.now())
    reporter.make_keys(day)
    for period in (quarter_of(day)[:4], quarter_of(day)):
        with tools.database.transaction("content") as stores:
            service.publish_plan(stores, plan=make_plan(tools, period, **changes.get(period, {})), today=day)
    return reporter


def gather(tools: Toolbox) -> None:
    """A window passes, and the worker puts down what was left."""
    move(tools, hours=1)
    Worker(
        tools.database, tools.vault, lane="work", window=lambda: tools.window, handlers=handlers(tools), name="work-1"
    ).run_until_idle()


def move(tools: Toolbox, *, hours: float = 0, to: date | None = None) -> None:
    """Let time pass."""
    assert isinstance(tools.clock, SetClock)
    if to is not None:
        tools.clock.seconds = datetime(to.year, to.month, to.day, 9, tzinfo=JAPAN).timestamp()
    tools.clock.move(hours=hours)


def boxes(tools: Toolbox, period: str = "") -> list[bytes]:
    """What lies there, as it lies there."""
    with tools.database.reading() as stores:
        rows = list(stores.content.scalars(select(TallyBox)))
    return [row.box for row in rows if period in ("", row.period)]


def opened(tools: Toolbox, reporter: Reporter, period: str) -> Counter[tuple[str, str, str]]:
    """What the reporter could read: kind, topic, state."""
    private = reporter.keys.pair(period).private
    return Counter((one.kind, one.topic, one.state) for one in tallies(tools, reporter, period, private))


def tallies(tools: Toolbox, reporter: Reporter, period: str, private: bytes | None = None) -> list[Tally]:
    """The same, whole."""
    private = private or reporter.keys.pair(period).private
    return [open_tally(private, box) for box in boxes(tools, period)]


def release_row(tools: Toolbox, period: str, kind: str) -> Release | None:
    """The row of a release."""
    with tools.database.reading() as stores:
        return stores.content.get(Release, (period, kind))


def numbers(tools: Toolbox, period: str, kind: str) -> Numbers:
    """The figures of a release that are not 0."""
    row = release_row(tools, period, kind)
    assert row is not None
    cells = json.loads(row.body)["cells"]
    return {(one["topic"], one["state"]): one["value"] for one in cells if one["value"]}


def state_of(tools: Toolbox, period: str) -> str:
    """Where a period stands."""
    with tools.database.reading() as stores:
        row = stores.content.get(ReportPeriod, period)
    return "" if row is None else row.state
