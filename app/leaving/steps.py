"""The order of leaving, a transaction a step, in the member's request and in the worker's hands where that stopped.

sessions revoked, nobody let in → what is not out dropped, work put down → wraps deleted → data key deleted → member row
removed → vectors, keys of threads, handles, lockers → write-ahead logs emptied → files laid down anew.
"""

import random
from collections.abc import Callable, Mapping
from typing import Final, cast

import structlog

from app.accounts import departure
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import StoreName, Stores
from app.jobs import queue
from app.jobs.queue import LeaseLost, Task
from app.jobs.worker import Handler
from app.leaving import service
from app.leaving.rules import KIND, SWEEP, Texts
from app.survey import service as survey
from app.wiring import Toolbox
from privacy.times import windows_after

log = structlog.get_logger()
AT_ONCE: Final = 50  # pieces a transaction, in the member's request: the shorter it takes, the less a thief may find
PUBLISHED_HOURS: Final = 26  # by then whatever waited for its window is out
Step = tuple[tuple[StoreName, ...], Callable[[Stores, Toolbox, str], None]]

# What of the identity goes in which transaction. A backup of the identity file says nothing once the key is gone.
IDENTITY: Final[tuple[Step, ...]] = (
    (("identity",), lambda stores, tools, who: departure.drop_wraps(stores, tools.vault, member_id=who)),
    (("keys",), lambda stores, _tools, who: departure.drop_key(stores, member_id=who)),
    (
        ("identity",),
        lambda stores, tools, who: departure.remove(stores, tools.vault, member_id=who, now=tools.clock.now()),
    ),
)


def leave(tools: Toolbox, viewer: Viewer, *, texts: Texts, why: str = "") -> None:
    """Take a member out, now and whole; what a stop leaves undone the worker does. `why` is what they chose to say."""
    day = today(tools.clock.now())
    with tools.database.transaction("identity") as stores:
        departure.begin(stores, tools.vault, member_id=viewer.member_id, secret=viewer.secret, texts=texts, today=day)
    _do(tools, depart(tools, viewer.member_id))
    with tools.database.reading() as stores:
        late = service.things_of(stores, tools.vault, tools.trade, viewer=viewer, texts=texts)
    if late:  # of another browser's request that was under way
        _do(tools, put_down(tools, viewer, texts))
    with tools.database.transaction("content") as stores:
        survey.note_parting(
            stores, tools.vault, viewer=viewer, why=why, today=day, month=tools.settings.survey_month
        )  # fmt: skip
    tools.database.checkpoint()  # the log would keep together what was one member's


def put_down(tools: Toolbox, viewer: Viewer, texts: Texts) -> list[Task]:
    """Drop what is not out, and leave a job for everything else."""
    windows = (tools.window, tools.window + windows_after(PUBLISHED_HOURS, tools.settings.window_seconds))
    with tools.database.transaction("content") as stores:
        service.end_mail(stores, tools.vault, tools.post_office_public, viewer=viewer, windows=windows)
        service.drop_waiting(stores, tools.vault, tools.trade, viewer=viewer)
        service.take_tallies_back(stores, tools.vault, viewer=viewer, window=tools.window)
        things = service.things_of(stores, tools.vault, tools.trade, viewer=viewer, texts=texts)
        return service.put_down(stores, tools.vault, things, window=tools.window, rng=random.SystemRandom())


def depart(tools: Toolbox, member_id: str) -> list[Task]:
    """The work put down, then the identity's part; begun again it goes on where it stopped. Gives what was put down."""
    with tools.database.reading() as stores:
        left = departure.unfinished(stores, tools.vault, member_id=member_id, today=today(tools.clock.now()))
    tasks = [] if left is None else put_down(tools, left[0], cast(Texts, left[1]))
    for written, step in IDENTITY:
        with tools.database.transaction(*written) as stores:
            step(stores, tools, member_id)
    return tasks


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


def erase(tools: Toolbox, *tasks: Task) -> None:
    """Pieces of the work, and their jobs gone in the same transaction."""
    with tools.database.transaction("keys", "content") as stores:
        for task in tasks:
            service.take_out(stores, tools.vault, payload=task.payload, window=tools.window)
            queue.finish(stores, task)
    if "memory" in vars(tools):  # what this process remembers of it goes too
        with tools.database.reading() as stores:
            tools.memory.catch_up(stores)
    if "roster" in vars(tools):
        with tools.database.reading() as stores, tools.roster.lock:
            tools.roster.forget_gone(stores)


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


def _do(tools: Toolbox, tasks: list[Task]) -> None:
    for start in range(0, len(tasks), AT_ONCE):
        _try(tools, tasks[start : start + AT_ONCE])


def _try(tools: Toolbox, tasks: list[Task]) -> None:
    """What does not succeed here, or is in the worker's hands already, is the worker's."""
    try:
        erase(tools, *tasks)
    except LeaseLost:
        if len(tasks) > 1:
            for task in tasks:
                _try(tools, [task])
    except Exception as error:
        log.warning("left to the worker", kind=KIND, error=type(error).__name__)
