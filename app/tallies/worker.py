"""The window's job: every box that is due, shuffled, in one transaction."""

import random
from collections.abc import Mapping
from functools import partial
from typing import Final

from app.jobs import queue
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.tallies import service
from app.wiring import Toolbox

TOGETHER: Final = 2000


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind."""
    return {service.KIND: partial(put_down, tools)}


def put_down(tools: Toolbox, task: Task) -> None:
    """Put down what is due with it, in random order and under random ids: nothing tells which came together."""
    with tools.database.transaction("content") as stores:
        tasks = [task, *queue.fellows(stores, tools.vault, task, window=tools.window, most=TOGETHER)]
        boxes = [(one.payload["period"], one.payload["tally"]) for one in tasks]
        random.SystemRandom().shuffle(boxes)
        service.put_down(stores, boxes)
        for one in tasks:
            queue.finish(stores, one)
