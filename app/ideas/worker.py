"""Jobs: an idea or a reply is out, an invitation has its answer, something was said in a talk."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from app.clock import today
from app.db import Stores
from app.ideas import service, talks
from app.jobs import queue
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.wiring import Toolbox

Do = Callable[[Toolbox, Stores, Mapping[str, Any]], None]


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind."""
    return {kind: partial(_work, tools, do) for kind, do in _DOERS.items()}


def _work(tools: Toolbox, do: Do, task: Task) -> None:
    with tools.database.transaction("content") as stores:
        do(tools, stores, task.payload)
        queue.finish(stores, task)


def _out(tools: Toolbox, stores: Stores, payload: Mapping[str, Any]) -> None:
    service.publish_idea(stores, tools.vault, payload, today=today(tools.clock.now()))


def _replied(tools: Toolbox, stores: Stores, payload: Mapping[str, Any]) -> None:
    service.note_reply(stores, tools.vault, payload, window=tools.window, today=today(tools.clock.now()))


def _answered(tools: Toolbox, stores: Stores, payload: Mapping[str, Any]) -> None:
    talks.note_answer(stores, tools.vault, payload)


def _said(tools: Toolbox, stores: Stores, payload: Mapping[str, Any]) -> None:
    talks.note_said(stores, tools.vault, payload, window=tools.window)


_DOERS: Final[dict[str, Do]] = {
    service.OUT: _out,
    service.REPLIED: _replied,
    talks.ANSWERED: _answered,
    talks.SAID: _said,
}
