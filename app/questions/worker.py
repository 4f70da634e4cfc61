"""What the worker does for this feature beside publishing: taps count, askers are reminded and asked what came of it."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Final

from app.clock import today
from app.jobs import queue
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.questions.judging import WEIGH
from app.questions.reminding import OUTCOME, REMIND, Clock, ask_what_came, remind
from app.questions.weighing import weigh
from app.settings import numbers
from app.wiring import Toolbox

_DOERS: Final[Mapping[str, Callable[..., None]]] = {WEIGH: weigh, REMIND: remind, OUTCOME: ask_what_came}


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind."""
    return {kind: partial(_handle, tools, doer) for kind, doer in _DOERS.items()}


def make_clock(tools: Toolbox, window: int, day: date) -> Clock:
    """Where we are in time, then."""
    days = {group.key: tools.trade.outcome_of(group.key).days for group in tools.trade.groups}
    return Clock(window, day, tools.settings.window_seconds, days, numbers(tools.settings.reminder_days))


def _handle(tools: Toolbox, doer: Callable[..., None], task: Task) -> None:
    payload = {("thread_id" if name == "thread" else name): value for name, value in task.payload.items()}
    clock = make_clock(tools, tools.window, today(tools.clock.now()))
    with tools.database.transaction("content") as stores:
        doer(stores, tools.vault, clock=clock, **payload)
        queue.finish(stores, task)
