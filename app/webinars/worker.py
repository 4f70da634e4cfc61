"""What the worker does for this feature."""

from collections.abc import Mapping

from app.clock import today
from app.jobs import queue
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.webinars import closing, speaking
from app.webinars.writing import TOLD
from app.wiring import Toolbox


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind."""

    def tell(task: Task) -> None:
        with tools.database.transaction("content") as stores:
            closing.tell_summary(stores, tools.vault, talk_id=task.payload["talk"], window=tools.window)
            queue.finish(stores, task)

    def hear(task: Task) -> None:
        with tools.database.transaction("content") as stores:
            speaking.settle(stores, tools.vault, talk_id=task.payload["talk"], window=tools.window)
            queue.finish(stores, task)

    return {TOLD: tell, speaking.HEARD: hear}


def keep_sessions(tools: Toolbox) -> None:
    """Once a window: remind, end, move bands. Looked up before anything is locked."""
    with tools.database.reading() as stores:
        if not closing.has_work(stores):
            return
    with tools.database.transaction("content") as stores:
        now = tools.clock.now()
        closing.keep(stores, tools.vault, now=now, today=today(now), window=tools.window)
