"""What the worker does with wished words: notes them when their post comes out, lets go what nobody answered."""

from collections.abc import Mapping

from app.gate import wishes
from app.jobs import queue
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.questions.wishing import WISHED
from app.wiring import Toolbox


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind."""
    return {WISHED: lambda task: note_wish(tools, task)}


def note_wish(tools: Toolbox, task: Task) -> None:
    """The coordinators find it from now on."""
    with tools.database.transaction("content", "keys") as stores:
        seconds = tools.settings.window_seconds
        wishes.note_wish(stores, tools.vault, about=task.payload, window=tools.window, window_seconds=seconds)
        queue.finish(stores, task)


def let_go(tools: Toolbox) -> None:
    """Daily."""
    with tools.database.transaction("content") as stores:
        wishes.let_go(stores, window=tools.window, window_seconds=tools.settings.window_seconds)
