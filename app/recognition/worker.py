"""What the worker does for recognition: each day it draws for free seats, or decides what was read."""

import random
from collections.abc import Callable, Mapping
from functools import partial

from app.clock import today
from app.db import Stores
from app.jobs import queue
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.recognition import jury, nominating, settling, standing, stories
from app.recognition.blueprint import this_round
from app.recognition.rules import ANNOUNCED, READING
from app.wiring import Toolbox


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind."""
    heard: dict[str, Callable[[Stores, Task], None]] = {
        stories.HEARD: lambda stores, task: settling.settle(
            stores, tools.vault, story_id=task.payload["story"], today=today(tools.clock.now()), window=tools.window
        ),
        standing.HEARD: lambda stores, task: standing.settle(stores, tools.vault, label=task.payload["label"]),
        jury.HEARD: lambda stores, task: jury.settle(stores, label=task.payload["label"]),
        nominating.HEARD: lambda stores, task: nominating.settle(stores, tools.vault, label=task.payload["label"]),
    }
    return {
        settling.SILENT: lambda task: note_silence(tools, task),
        **{kind: partial(_hear, tools, do) for kind, do in heard.items()},
    }


def _hear(tools: Toolbox, do: Callable[[Stores, Task], None], task: Task) -> None:
    with tools.database.transaction("content", "keys") as stores:
        do(stores, task)
        queue.finish(stores, task)


def keep_round(tools: Toolbox) -> None:
    """While the jury reads, fill its free seats; once it has read, decide, and forget who read."""
    now, _day = this_round(tools)
    rng = random.SystemRandom()
    with tools.database.transaction("content", "keys") as stores:
        before = now.year + 1 if now.phase == ANNOUNCED else now.year
        jury.decide(stores, tools.vault, before=before, window=tools.window, rng=rng)
        if now.phase == READING:
            jury.fill_seats(stores, tools.vault, year=now.year, window=tools.window, rng=rng)


def note_silence(tools: Toolbox, task: Task) -> None:
    """An owner who said nothing in fourteen days: their story is not told."""
    with tools.database.transaction("content", "keys") as stores:
        if task.payload["state"] == "silent":
            settling.note_silence(stores, tools.vault, story_id=task.payload["about"], window=tools.window)
        queue.finish(stores, task)
