"""The processes of the embedded shape: one web process and one worker."""

import gc
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import Flask
from gunicorn.errors import AppImportError

from app import create_app
from app.accounts import afresh, departed, passkeys
from app.accounts import worker as accounts
from app.clock import today
from app.domains import service as domains
from app.domains.claim import ForeignDatabase
from app.domains.opening import open_network
from app.domains.reads import waits_of
from app.domains.trade import DomainFileProblem
from app.escalation import worker as escalation
from app.escrow import requests as escrow
from app.expertise import service as expertise
from app.jobs.worker import Worker
from app.keyfiles import KeyFileProblem
from app.leaving import steps as leaving
from app.logs import service as logs
from app.notices import service as notices
from app.questions import service as questions
from app.questions import worker as judging
from app.queues import waits
from app.queues import worker as queues
from app.reading import worker as reading
from app.reindexing import worker as reindexing
from app.reindexing.rules import EncoderMismatch
from app.settings import read_settings
from app.web.limits import Limiter, make_limiter
from app.wiring import EncoderUnusable, Toolbox
from privacy.times import windows_after

# what keeps a process from starting: each says in a sentence what to do
PROBLEMS: Final = (KeyFileProblem, DomainFileProblem, ForeignDatabase, EncoderUnusable, EncoderMismatch)
NOTE_DAYS: Final = 90
COLLECTED: Final = 20_000  # new objects after which a web process looks for garbage: several pages' worth
REST: Final = 60.0  # seconds before periodic work that failed is tried again


def web() -> Flask:
    """What gunicorn runs; what keeps it from starting is said in a sentence, and it is not started again."""
    try:
        tools = open_network(read_settings())
        reindexing.check_encoder(tools)
    except PROBLEMS as error:
        raise AppImportError(str(error)) from None
    app = create_app(tools)
    gc.freeze()  # what is there now stays: no collection need look at it again
    gc.set_threshold(COLLECTED)
    return app


def make_worker(tools: Toolbox) -> Worker:
    """The worker: publishing is periodic, everything else a job."""
    limiter = make_limiter(tools)
    return Worker(
        tools.database,
        tools.vault,
        lane="work",
        window=lambda: tools.window,
        handlers={
            **accounts.handlers(tools),
            **queues.handlers(tools),
            **judging.handlers(tools),
            **leaving.handlers(tools),
            **escalation.handlers(tools),
            **reading.handlers(tools),
        },
        ticks=(
            lambda: publish(tools),
            lambda: leaving.finish_departures(tools),
            Once(lambda: today(tools.clock.now()), lambda: refresh_crowds(tools)),
            Once(lambda: today(tools.clock.now()), lambda: publish_map(tools)),
            Once(lambda: today(tools.clock.now()), lambda: tell_waits(tools)),
            Once(lambda: today(tools.clock.now()), queues.Desk(tools).keep_counting),
            Once(lambda: today(tools.clock.now()), queues.Desk(tools).keep_learning),
            Once(lambda: today(tools.clock.now()), escalation.Desk(tools).find_lost),
            Once(lambda: today(tools.clock.now()), lambda: reindexing.embed_again(tools)),
            tomorrow(tools, lambda: reindexing.let_go(tools)),
            Once(lambda: tools.window, lambda: tidy(tools, limiter)),
            Once(lambda: today(tools.clock.now()), lambda: end_reading(tools)),
            Once(lambda: today(tools.clock.now()), lambda: accounts.keep_turning(tools)),
            Once(lambda: today(tools.clock.now()), lambda: forget_notes(tools)),
            Once(lambda: today(tools.clock.now()), lambda: keep_logs(tools)),
            Once(lambda: today(tools.clock.now()), lambda: end_requests(tools)),
            Once(lambda: today(tools.clock.now()), tools.database.rebuild),
        ),
    )


def publish(tools: Toolbox) -> bool:
    """Move what is due out of `pending`, if anything is."""
    with tools.database.reading() as stores:
        if not questions.has_pending(stores, window=tools.window):
            return False
    with tools.database.transaction("content") as stores:
        moved = questions.publish(
            stores,
            tools.vault,
            window=tools.window,
            today=today(tools.clock.now()),
            rng=random.SystemRandom(),
        )
    return moved > 0


def refresh_crowds(tools: Toolbox) -> None:
    """Count the crowds if a table is due, and publish it: counted before anything is locked."""
    day = today(tools.clock.now())
    with tools.database.reading() as stores:
        table = domains.find_next_table(stores, tools.vault, tools.trade, tools.settings, today=day)
    if table is not None:
        with tools.database.transaction("identity", "keys", "content") as stores:
            domains.publish_next_table(stores, tools.vault, tools.trade, table, today=day)


def publish_map(tools: Toolbox) -> None:
    """Count who knows what if a map is due, and publish it: counted before anything is locked."""
    with tools.database.reading() as stores:
        found = expertise.find_next_map(stores, tools.vault, tools.trade, now=queues.make_now(tools))
    if found is not None:
        with tools.database.transaction("content") as stores:
            expertise.publish_map(stores, tools.vault, found)


def tell_waits(tools: Toolbox) -> None:
    """Count how long questions wait for a first answer; written only where a band changed."""
    with tools.database.reading() as stores:
        bands = waits.count_waits(stores, tools.vault, tools.trade, now=queues.make_now(tools))
        is_new = bands != waits_of(stores, tools.vault)
    if is_new:
        with tools.database.transaction("content") as stores:
            waits.publish_waits(stores, tools.vault, bands)


def end_reading(tools: Toolbox) -> None:
    """Let in again whoever has read long enough after a fresh start; forget who left in a quarter that is over,
    and what passkeys answered."""
    day = today(tools.clock.now())
    with tools.database.transaction("identity") as stores:
        afresh.end_reading(stores, tools.vault, today=day)
        departed.forget(stores, today=day)
        passkeys.forget_spent(stores, today=day)


def keep_logs(tools: Toolbox) -> None:
    """Publish the day's heads, and forget what is old."""
    now = tools.clock.now()
    with tools.database.transaction("content") as stores:
        logs.publish_heads(stores, day=today(now), outside=tools.settings.heads_file)
    with tools.database.transaction("identity") as stores:
        logs.forget_old(stores, now=now)


def forget_notes(tools: Toolbox) -> None:
    """Let what members were told go after 90 days."""
    before = tools.window - windows_after(NOTE_DAYS * 24, tools.settings.window_seconds)
    with tools.database.transaction("content") as stores:
        notices.drop_old(stores, before=before)


def end_requests(tools: Toolbox) -> None:
    """End break-glass requests that nobody opened in their 14 days, and with them their keys."""
    now = tools.clock.now()
    with tools.database.reading() as stores:
        if not escrow.has_expired(stores, now=now):
            return
    with tools.database.transaction("identity", "keys", "content") as stores:
        escrow.expire(stores, tools.vault, now=now)


def tidy(tools: Toolbox, limiter: Limiter) -> None:
    """At the end of a window: no log of what was written together, no bucket older than a day."""
    limiter.forget(int(tools.clock.now()))
    tools.database.checkpoint()


@dataclass
class Once:
    """Periodic work: done when `period` says something new, and again after a rest when it failed."""

    period: Callable[[], object]
    work: Callable[[], None]
    timer: Callable[[], float] = time.monotonic
    _done: object = None
    _rests_until: float = float("-inf")

    def __call__(self) -> bool:
        """Do it if it is time; never counts as work that may bring more. Raises what the work raises."""
        now = self.period()
        if now == self._done or self.timer() < self._rests_until:
            return False
        self._rests_until = self.timer() + REST
        self.work()
        self._done, self._rests_until = now, float("-inf")
        return False


def tomorrow(tools: Toolbox, work: Callable[[], None]) -> Once:
    """Daily work that begins the day after the process has."""
    return Once(lambda: today(tools.clock.now()), work, _done=today(tools.clock.now()))
