"""The processes of the embedded shape: one web process and one worker."""

import gc
import random
from collections.abc import Callable
from typing import Final

from flask import Flask
from gunicorn.errors import AppImportError

from app import create_app
from app.accounts import afresh, arrivals, declining, departed, introductions, passkeys
from app.accounts import worker as accounts
from app.clock import today
from app.cohorts import worker as cohorts
from app.community import consents
from app.domains import service as domains
from app.domains.claim import ForeignDatabase
from app.domains.current import keep_current
from app.domains.opening import open_network
from app.domains.reads import waits_of
from app.domains.trade import DomainFileProblem
from app.escalation import worker as escalation
from app.escrow import requests as escrow
from app.expertise import service as expertise
from app.gate import worker as gate
from app.gate.duties import tell_desk
from app.health import service as health
from app.ideas import worker as ideas
from app.jobs.periodic import Once
from app.jobs.queue import Task
from app.jobs.worker import Worker
from app.keyfiles import KeyFileProblem
from app.knowledge import indexing
from app.knowledge import worker as knowledge
from app.leaving import steps as leaving
from app.logs import service as logs
from app.notices import service as notices
from app.questions import service as questions
from app.questions import worker as judging
from app.queues import waits
from app.queues import worker as queues
from app.queues.covering import Cover
from app.reading import worker as reading
from app.recognition import worker as recognition
from app.reindexing import worker as reindexing
from app.reindexing.rules import EncoderMismatch
from app.settings import read_settings
from app.survey import service as survey
from app.survey.rules import is_open as survey_is_open
from app.tallies import worker as tallies
from app.web.limits import Limiter, make_limiter
from app.webinars import worker as sessions
from app.wiring import EncoderUnusable, Toolbox
from privacy.times import windows_after

# what keeps a process from starting: each says in a sentence what to do
PROBLEMS: Final = (KeyFileProblem, DomainFileProblem, ForeignDatabase, EncoderUnusable, EncoderMismatch)
NOTE_DAYS: Final = 90
COLLECTED: Final = 20_000  # new objects after which a web process looks for garbage: several pages' worth


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
    limiter, cover = make_limiter(tools), Cover(tools)
    return Worker(
        tools.database,
        tools.vault,
        lane="work",
        window=lambda: tools.window,
        handlers=_handlers(tools),
        ticks=(
            lambda: keep_current(tools),
            Once(lambda: "at the start", cover.seal_old),
            Once(lambda: tools.window, cover.cover),
            Once(lambda: today(tools.clock.now()), cover.let_go),
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
            Once(lambda: today(tools.clock.now()), lambda: lapse_consents(tools)),
            Once(lambda: today(tools.clock.now()), lambda: end_reading(tools)),
            Once(lambda: tools.window, lambda: sessions.keep_sessions(tools)),
            Once(lambda: tools.window, lambda: tell_desk(tools)),
            Once(lambda: today(tools.clock.now()), lambda: accounts.keep_turning(tools)),
            Once(lambda: today(tools.clock.now()), lambda: forget_notes(tools)),
            Once(lambda: today(tools.clock.now()), lambda: gate.let_go(tools)),
            Once(lambda: today(tools.clock.now()), lambda: close_survey(tools)),
            Once(lambda: today(tools.clock.now()), lambda: recognition.keep_round(tools)),
            Once(lambda: today(tools.clock.now()), lambda: knowledge.keep_round(tools)),
            Once(lambda: today(tools.clock.now()), lambda: knowledge.keep_picking(tools)),
            Once(lambda: today(tools.clock.now()), lambda: cohorts.keep_terms(tools)),
            Once(lambda: today(tools.clock.now()), lambda: publish_health(tools)),
            Once(lambda: today(tools.clock.now()), lambda: keep_logs(tools)),
            Once(lambda: today(tools.clock.now()), lambda: end_requests(tools)),
            Once(lambda: today(tools.clock.now()), tools.database.rebuild),
        ),
    )


def _handlers(tools: Toolbox) -> dict[str, Callable[[Task], None]]:
    """By job kind, what every feature does."""
    return {
        **accounts.handlers(tools),
        **queues.handlers(tools),
        **judging.handlers(tools),
        **leaving.handlers(tools),
        **escalation.handlers(tools),
        **reading.handlers(tools),
        **recognition.handlers(tools),
        **tallies.handlers(tools),
        **sessions.handlers(tools),
        **ideas.handlers(tools),
        **gate.handlers(tools),
        **cohorts.handlers(tools),
        **indexing.handlers(tools),
        **knowledge.handlers(tools),
    }


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


def lapse_consents(tools: Toolbox) -> None:
    """Silence of more than fourteen days becomes no."""
    day = today(tools.clock.now())
    with tools.database.reading() as stores:
        if not consents.has_lapsed(stores, today=day):
            return
    with tools.database.transaction("content") as stores:
        consents.lapse(stores, tools.vault, today=day, window=tools.window)


def end_reading(tools: Toolbox) -> None:
    """Let in again whoever has read long enough after a fresh start; forget who left in a quarter that is over,
    what passkeys answered, and names of organisations declined a year ago; settle who was here in it."""
    day = today(tools.clock.now())
    with tools.database.transaction("identity") as stores:
        afresh.end_reading(stores, tools.vault, today=day)
        arrivals.settle(stores, today=day)
        departed.forget(stores, today=day)
        introductions.forget_old(stores, today=day)
        declining.forget_old(stores, tools.vault, today=day)
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


def publish_health(tools: Toolbox) -> None:
    """Count how the network fared if a quarter is due, and publish it: counted before anything is locked."""
    with tools.database.reading() as stores:
        found = health.count_quarter(stores, tools.vault, tools.trade, now=queues.make_now(tools))
    if found is not None:
        with tools.database.transaction("content") as stores:
            health.publish(stores, quarter=found[0], body=found[1], today=today(tools.clock.now()))


def close_survey(tools: Toolbox) -> None:
    """Publish the survey when its month is over."""
    day, month = today(tools.clock.now()), tools.settings.survey_month
    if not survey_is_open(day, month):
        with tools.database.transaction("content") as stores:
            survey.close(stores, tools.vault, today=day, month=month)


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


def tomorrow(tools: Toolbox, work: Callable[[], None]) -> Once:
    """Daily work that begins the day after the process has."""
    return Once(lambda: today(tools.clock.now()), work, _done=today(tools.clock.now()))
