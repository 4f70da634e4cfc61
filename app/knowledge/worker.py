"""What the worker does for the knowledge base: words of authors, windows, keys, the daily round and Monday's bands."""

import random
from collections.abc import Mapping

from app.clock import today
from app.jobs import queue
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.knowledge import consenting, erasing, often, picks, reporting, reviewing
from app.knowledge.drafts import ANSWERED
from app.knowledge.publishing import BACK, OUT, come_out
from app.knowledge.versions import GONE, forget_keys
from app.wiring import Toolbox


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind; each finishes its task in the transaction that did the work."""

    def answered(task: Task) -> None:
        with tools.database.transaction("content", "keys") as stores:
            consenting.settle(
                stores, tools.vault, version_id=task.payload["about"], window=tools.window, due=tools.window
            )
            queue.finish(stores, task)

    def out(task: Task) -> None:
        with tools.database.transaction("content") as stores:
            day = today(tools.clock.now())
            come_out(stores, tools.vault, version_id=task.payload["version"], today=day, window=tools.window)
            queue.finish(stores, task)

    def back(task: Task) -> None:
        with tools.database.transaction("content") as stores:
            consenting.hear_second(stores, tools.vault, version_id=task.payload["version"], window=tools.window)
            queue.finish(stores, task)

    def gone(task: Task) -> None:
        with tools.database.transaction("content", "keys") as stores:
            forget_keys(stores, [task.payload["key"]])
            queue.finish(stores, task)

    def said(task: Task) -> None:
        with tools.database.transaction("content") as stores:
            picks.note_said(stores, tools.vault, **task.payload, window=tools.window)
            queue.finish(stores, task)

    return {ANSWERED: answered, OUT: out, BACK: back, GONE: gone, picks.SAID: said}


def keep_round(tools: Toolbox) -> None:
    """Once a day: texts whose sources are gone go, editors hear of reviews; on Mondays bands move. Looked up before
    anything is locked."""
    day = today(tools.clock.now())
    with tools.database.reading() as stores:
        has_lost = erasing.has_lost(stores, tools.vault)
        counted = (
            reporting.count_changed(stores, tools.vault, tools.trade, window=tools.window)
            if reporting.is_day(day)
            else {}
        )
    with tools.database.transaction("content", "keys") as stores:
        if has_lost:
            erasing.forget_lost(stores, tools.vault, window=tools.window, due=tools.window)
        reviewing.tell_due(stores, tools.vault, today=day, due=tools.window)
        reporting.publish_evidence(stores, tools.vault, counted)


def keep_picking(tools: Toolbox) -> None:
    """Once a day: draw the two editors that the month still lacks; on Mondays gather what is asked often."""
    day = today(tools.clock.now())
    with tools.database.reading() as stores:
        pairs = often.gather(stores, tools.vault, today=day, window=tools.window)
    with tools.database.transaction("content") as stores:
        picks.draw_pair(stores, tools.vault, today=day, window=tools.window, rng=random.SystemRandom())
        if pairs is not None:
            often.publish(stores, tools.vault, pairs, today=day)
