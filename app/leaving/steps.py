"""The order of leaving, a transaction a step, in the member's request and in the worker's hands where that stopped.

what is not out dropped, work put down → sessions revoked → wraps deleted → data key deleted → member row removed → vectors, keys of threads,
handles, lockers → write-ahead logs emptied → files laid down anew.
"""

import random
from collections.abc import Callable, Mapping
from typing import Final

import structlog

from app.accounts import departure
from app.accounts.viewer import Viewer
from app.db import StoreName, Stores
from app.jobs import queue
from app.jobs.queue import LeaseLost, Task
from app.jobs.worker import Handler
from app.leaving import service
from app.leaving.rules import KIND, SWEEP, Texts
from app.wiring import Toolbox
from privacy.times import windows_after

log = structlog.get_logger()
PUBLISHED_HOURS: Final = 26  # by then whatever waited for its window is out
Step = tuple[tuple[StoreName, ...], Callable[[Stores, Toolbox, str], None]]

# What of the identity goes in which transaction. A backup of the identity file says nothing once the key is gone.
IDENTITY: Final[tuple[Step, ...]] = (
    (("identity",), lambda stores, tools, who: departure.begin(stores, tools.vault, member_id=who)),
    (("identity",), lambda stores, _tools, who: departure.drop_wraps(stores, member_id=who)),
    (("keys",), lambda stores, _tools, who: departure.drop_key(stores, member_id=who)),
    (
        ("identity",),
        lambda stores, tools, who: departure.remove(stores, tools.vault, member_id=who, now=tools.clock.now()),
    ),
)


def leave(tools: Toolbox, viewer: Viewer, *, texts: Texts) -> None:
    """Take a member out, now and whole; what a stop leaves undone the worker does."""
    with tools.database.transaction("content") as stores:
        windows = (tools.window, tools.window + windows_after(PUBLISHED_HOURS, tools.settings.window_seconds))
        service.end_mail(stores, tools.vault, tools.post_office_public, viewer=viewer, windows=windows)
        service.drop_waiting(stores, tools.vault, tools.trade, viewer=viewer)
        things = service.things_of(stores, tools.vault, tools.trade, viewer=viewer, texts=texts)
        tasks = service.put_down(stores, tools.vault, things, window=tools.window, rng=random.SystemRandom())
    depart(tools, viewer.member_id)
    for task in tasks:
        _try(tools, task)
    tools.database.checkpoint()  # the log would keep together what was one member's


def depart(tools: Toolbox, member_id: str) -> None:
    """The identity's part; begun again it goes on where it stopped."""
    for written, step in IDENTITY:
        with tools.database.transaction(*written) as stores:
            step(stores, tools, member_id)


def finish_departures(tools: Toolbox) -> bool:
    """The worker's tick: take apart whoever was stopped halfway."""
    with tools.database.reading() as stores:
        waiting = departure.departing(stores)
    for member_id in waiting:
        depart(tools, member_id)
    return bool(waiting)


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind."""
    return {KIND: lambda task: erase(tools, task), SWEEP: lambda task: sweep(tools, task)}


def erase(tools: Toolbox, task: Task) -> None:
    """One piece of the work, and its job gone in the same transaction."""
    with tools.database.transaction("keys", "content") as stores:
        service.take_out(stores, tools.vault, payload=task.payload, window=tools.window)
        queue.finish(stores, task)
    if "memory" in vars(tools):  # what this process remembers of it goes too
        with tools.database.reading() as stores:
            tools.memory.catch_up(stores)


def sweep(tools: Toolbox, task: Task) -> None:
    """When nothing is left to erase, lay the files down anew; until then the job waits a window."""
    with tools.database.reading() as stores:
        more = queue.has_kind(stores, kind=KIND)
    if not more:
        tools.database.rebuild()
    with tools.database.transaction("content") as stores:
        if more:
            queue.put(stores, tools.vault, SWEEP, {}, due=tools.window + 1)
        queue.finish(stores, task)


def _try(tools: Toolbox, task: Task) -> None:
    """A piece that does not succeed here stays in the table for the worker."""
    try:
        erase(tools, task)
    except LeaseLost:
        return
    except Exception as error:
        log.warning("left to the worker", kind=task.kind, error=type(error).__name__)
