"""The reporter: the one process that opens boxes. It makes the keys and the reports, and destroys what it no longer needs.

A release is made in three steps: noise is drawn before anything is looked at; it is written down, sealed, together with
the budget it costs; the boxes are counted and the sum is kept for ever. Stopped anywhere, the next run goes on with the
same noise and comes to the same bytes. New terms need the data for their noise: there, stopped means spent.
"""

import fcntl
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final, Protocol

import structlog
from sqlalchemy import select

from app.clock import today
from app.insights import ledger, noise, planning, service
from app.insights.keyring import ReporterKeys
from app.insights.votes import Votes
from app.jobs.periodic import Once
from app.jobs.worker import Worker
from app.tallies.models import ReportPeriod, TallyBox
from app.wiring import Toolbox
from privacy.boxes import open_box, seal_box
from privacy.budget import OverBudget
from privacy.envelopes import hkdf
from privacy.errors import PrivacyError
from privacy.plans import TERMS_PICO_DELTA, Plan
from privacy.tallies import Tally, count, count_terms, open_tally

log = structlog.get_logger()
LANE: Final = "report"
LOCK: Final = "reporter.lock"


class Draw(Protocol):
    """`app.insights.noise.draw`."""

    def __call__(self, length: int, scale: Fraction, *, limit: int, micro_epsilon: int) -> list[int]: ...


class Keep(Protocol):
    """`app.insights.noise.threshold`."""

    def __call__(
        self, counts: dict[str, int], scale: Fraction, *, limit: int, micro_epsilon: int, pico_delta: int
    ) -> noise.Terms: ...


@dataclass
class Reporter:
    """Makes what is due. `draw` and `keep` are where its noise comes from."""

    tools: Toolbox
    keys: ReporterKeys
    draw: Draw = noise.draw
    keep: Keep = noise.threshold

    def worker(self) -> Worker:
        """The loop of the reporter's process."""
        tools = self.tools
        daily = Once(lambda: today(tools.clock.now()), self.work)
        return Worker(tools.database, tools.vault, lane=LANE, window=lambda: tools.window, handlers={}, ticks=(daily,))

    def check(self) -> None:
        """Raises KeyFileProblem where a key is missing that boxes are closed to: they would be for nobody."""
        with self.tools.database.reading() as stores:
            for period in stores.content.scalars(
                select(ReportPeriod.key).where(ReportPeriod.state.not_in(service.OVER))
            ):
                self.keys.pair(period)
        Votes(self.tools, self.keys).check()

    def work(self) -> None:
        """Everything that is due today; once more the same day does nothing."""
        with alone(self.tools) as is_alone:
            if is_alone:
                day = today(self.tools.clock.now())
                self.make_keys(day)
                self.publish_plans(day)
                self.release(day)
                self.destroy_keys()
                Votes(self.tools, self.keys).work(day)

    def make_keys(self, day: date) -> None:
        """A key for each period that will soon take boxes; the private half is safe on the disk before anybody knows
        the public one."""
        with self.tools.database.reading() as stores:
            missing = [one for one in service.periods_at(day) if stores.content.get(ReportPeriod, one) is None]
        for period in missing:
            public = self.keys.make(period).public
            with self.tools.database.transaction("content") as stores:
                service.open_period(stores, period, public)

    def publish_plans(self, day: date) -> None:
        """A plan for each period that is about to begin and has none."""
        tools = self.tools
        with tools.database.reading() as stores:
            missing = service.missing_plans(stores, day)
            size = planning.network_size(stores, tools.vault, tools.trade, today=day) if missing else 0
        for period in missing:
            plan = planning.next_plan(tools.trade, period=period, organisations=size, published=day)
            with tools.database.transaction("content") as stores:
                service.publish_plan(stores, plan=plan, today=day)

    def release(self, day: date) -> None:
        """Every report whose day has come."""
        with self.tools.database.reading() as stores:
            due = service.due_periods(stores, day)
        for period in due:
            with self.tools.database.reading() as stores:
                plan = service.find_plan(stores, period)
            if plan is not None:
                for kind in plan.kinds:
                    self._make(plan, kind, day)
            with self.tools.database.transaction("content") as stores:
                ledger.finish(stores, period)

    def destroy_keys(self) -> None:
        """The private halves of periods that are over, and with them whatever an old copy of their boxes could tell."""
        with self.tools.database.reading() as stores:
            over = [one for one in self.keys.periods() if service.is_over(stores, one)]
        for period in over:
            self.keys.destroy(period)

    # one release

    def _make(self, plan: Plan, kind: str, day: date) -> None:
        try:
            if kind == "terms":
                self._release_terms(plan, day)
            else:
                self._release_counts(plan, kind, day)
        except OverBudget as over:
            log.warning("a release does not fit the budget", kind=kind, error=type(over).__name__)

    def _release_counts(self, plan: Plan, kind: str, day: date) -> None:
        private = self.keys.pair(plan.period).private
        sealed = self._reserved(plan, kind, day)
        if sealed is None:
            return
        drawn: list[int] = json.loads(open_box(private, sealed))
        found = count(self._open(plan.period, private), plan, kind, _chance(private, kind))
        cells = [
            {"topic": topic, "state": state, "value": exact + one}
            for (topic, state), exact, one in zip(plan.places(kind), found, drawn, strict=True)
        ]
        self._settle(plan, kind, day, cells=cells)

    def _reserved(self, plan: Plan, kind: str, day: date) -> bytes | None:
        """The sealed noise of a release that is reserved now, or was before; None where it is made already."""
        with self.tools.database.reading() as stores:
            entry = ledger.find_entry(stores, plan.period, kind)
        if entry is None:
            drawn = self.draw(
                len(plan.places(kind)), plan.scale_of(kind), limit=plan.limit_of(kind),
                micro_epsilon=plan.micro_epsilon(kind),
            )  # fmt: skip
            sealed = seal_box(self.keys.pair(plan.period).public, json.dumps(drawn).encode(), 4096)
            with self.tools.database.transaction("content") as stores:
                ledger.reserve(stores, plan, kind, sealed_noise=sealed, today=day)
        with self.tools.database.reading() as stores:
            entry = ledger.find_entry(stores, plan.period, kind)
        return None if entry is None else entry.sealed_noise

    def _release_terms(self, plan: Plan, day: date) -> None:
        private = self.keys.pair(plan.period).private  # a key that is not there costs nothing
        with self.tools.database.transaction("content") as stores:
            if not ledger.reserve(stores, plan, "terms", sealed_noise=None, today=day):
                ledger.settle(stores, plan, "terms", content=None, today=day)  # stopped once before: spent
                return
        counts = count_terms(self._open(plan.period, private), plan, _chance(private, "terms"))
        found = self.keep(
            counts, plan.scale_of("terms"), limit=plan.limit_of("terms"), micro_epsilon=plan.micro_epsilon("terms"),
            pico_delta=TERMS_PICO_DELTA,
        )  # fmt: skip
        cells = [{"topic": word, "state": "", "value": value} for word, value in sorted(found.counts.items())]
        self._settle(plan, "terms", day, cells=cells, threshold=found.threshold)

    def _settle(self, plan: Plan, kind: str, day: date, **found: Any) -> None:
        content = {"period": plan.period, "kind": kind, "plan": json.loads(plan.to_json()), **found}
        with self.tools.database.transaction("content") as stores:
            ledger.settle(stores, plan, kind, content=content, today=day)

    def _open(self, period: str, private: bytes) -> list[Tally]:
        with self.tools.database.reading() as stores:
            boxes = list(stores.content.scalars(select(TallyBox.box).where(TallyBox.period == period)))
        found = []
        for box in boxes:
            try:
                found.append(open_tally(private, box))
            except PrivacyError as error:
                log.error("a box does not open", error=type(error).__name__)
        return found


def _chance(private: bytes, kind: str) -> random.Random:
    """What draws an organisation's cells: nobody else's to know, and the same when a stopped release is made again."""
    return random.Random(hkdf(private, b"shiome/tally-choice/v1/" + kind.encode()))  # noqa: S311  seeded by a secret


@contextmanager
def alone(tools: Toolbox) -> Iterator[bool]:
    """Whether no other reporter works on this data folder; it is let go with the process."""
    with (tools.database.folder / LOCK).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
