"""What the worker does for accounts: the letters at fixed hours."""

from collections.abc import Mapping

from app.accounts import digest
from app.jobs import queue
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.wiring import Toolbox


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind."""
    return {digest.KIND: lambda task: send_digest(tools, task)}


def send_digest(tools: Toolbox, task: Task) -> None:
    """Send this turn's letters, unless its hour is over, and leave the next turn, as long as anybody wants one."""
    seconds = tools.settings.window_seconds
    with tools.database.reading() as stores:
        to = digest.subscribers(stores, tools.vault)
    is_late = (tools.window - task.payload["turn"]) * seconds >= digest.LATE_SECONDS
    with tools.database.transaction("content") as stores:
        if not is_late:
            digest.send_all(stores, tools.vault, tools.post_office_public, to=to, window=tools.window)
        if to:
            digest.put_next(stores, tools.vault, now=tools.clock.now(), window_seconds=seconds)
        queue.finish(stores, task)


def keep_turning(tools: Toolbox) -> None:
    """Leave the next turn if somebody wants the letters and none waits: a turn that failed for good ends no other."""
    with tools.database.reading() as stores:
        if not digest.subscribers(stores, tools.vault):
            return
    with tools.database.transaction("content") as stores:
        digest.keep_turning(stores, tools.vault, now=tools.clock.now(), window_seconds=tools.settings.window_seconds)
