"""What the worker does with a reading: it looks for a reader, for another one after half a day, and ends it in time."""

import random
from collections.abc import Mapping

from app.jobs import queue
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.queues.worker import make_now
from app.reading import service
from app.reading.models import Reading
from app.reading.rules import FIRST_HOURS, KEPT_DAYS, LAST_HOURS
from app.wiring import Toolbox
from privacy.times import windows_after


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind."""
    return {service.KIND: lambda task: step(tools, task)}


def step(tools: Toolbox, task: Task) -> None:
    """One step; what its author has ended meanwhile is nothing."""
    now, name = make_now(tools), task.payload["step"]
    with tools.database.transaction("content", "keys") as stores:
        row = stores.content.get(Reading, task.payload["reading"])
        if row is not None:
            is_back = service.case_of(tools.vault, row).is_back
            if name == "gone":
                service.end(stores, tools.vault, row)
            elif name == "back" and not is_back:
                service.give_back(stores, tools.vault, row, window=now.window)
            elif name in ("first", "again") and not is_back:
                service.offer(stores, tools.vault, row, now=now, rng=random.SystemRandom())
            for later, hours in _follow(name):
                due = now.window + windows_after(hours, tools.settings.window_seconds)
                queue.put(stores, tools.vault, service.KIND, {"reading": row.id, "step": later}, due=due)
        queue.finish(stores, task)


def _follow(name: str) -> tuple[tuple[str, int], ...]:
    """The steps that follow the first one, by the hours until then."""
    if name != "first":
        return ()
    return (("again", FIRST_HOURS), ("back", LAST_HOURS), ("gone", LAST_HOURS + KEPT_DAYS * 24))
