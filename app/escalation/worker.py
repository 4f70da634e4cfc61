"""What the worker does for this feature: take questions further in time, and do at a window what authors decided."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from app.clock import today
from app.db import Stores
from app.escalation import stages
from app.escalation.changing import reword, widen
from app.escalation.service import CLOSE, DECIDED
from app.escalation.stages import KIND, Ladder
from app.jobs import queue
from app.jobs.models import Job
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.questions.course import Turn, course_of, put_course, tell_turn
from app.questions.ending import close
from app.questions.models import Thread
from app.questions.rules import OPEN_STATES
from app.questions.stages import timetable_of
from app.queues.worker import make_now
from app.wiring import Toolbox

LOST_DAYS: Final = 30  # older questions that nobody took further are let be


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind."""
    desk = Desk(tools)
    return {KIND: desk.stage, DECIDED: desk.decided}


class Desk:
    """The handlers; each finishes its task in the transaction that did the work."""

    def __init__(self, tools: Toolbox) -> None:
        self.tools = tools

    @property
    def ladder(self) -> Ladder:
        """The steps, under the domain file as it is now."""
        return Ladder(self.tools.vault, self.tools.trade, timetable_of(self.tools.settings))

    def stage(self, task: Task) -> None:
        """Take a question further, if nobody has answered it."""
        with self.tools.database.transaction("content") as stores:
            thread = stores.content.get(Thread, task.payload["thread"])
            if thread is not None:
                self.ladder.take(stores, thread, task.payload["stage"], make_now(self.tools))
            queue.finish(stores, task)

    def decided(self, task: Task) -> None:
        """Do what a question's author decided before this window."""
        with self.tools.database.transaction("content", "keys") as stores:
            thread = stores.content.get(Thread, task.payload["thread"])
            if thread is not None:
                self._do(stores, thread, task)
            queue.finish(stores, task)

    def _do(self, stores: Stores, thread: Thread, task: Task) -> None:
        vault, now = self.tools.vault, make_now(self.tools)
        course = course_of(vault, thread)
        if task.payload["do"] == course.waiting or course.waiting != CLOSE:  # a close that was said since comes yet
            put_course(vault, thread, replace(course, waiting=""))
        if task.payload["do"] == CLOSE:
            close(stores, thread)
        elif task.payload["do"] == "widen":
            widen(stores, self.ladder, thread, task.payload, now)
        elif task.payload["do"] == "reword":
            reword(stores, self.ladder, thread, now)
        elif thread.state == "ended":
            stages.keep_open(stores, self.ladder, thread, now)

    def find_lost(self) -> None:
        """Take care of what a job that failed for good left behind: questions whose next step is on no calendar, and
        authors who wait for what they decided.
        """
        self._give_back()
        day = today(self.tools.clock.now()) - timedelta(days=LOST_DAYS)
        with self.tools.database.reading() as stores:
            lost = self._lost(stores, day.toordinal())
        if lost:
            with self.tools.database.transaction("content") as stores:
                for thread_id in lost:
                    self._find(stores, stores.content.get_one(Thread, thread_id))

    def _give_back(self) -> None:
        """Let an author decide anew where what they decided could not be done."""
        with self.tools.database.reading() as stores:
            if not queue.failed(stores, self.tools.vault, DECIDED):
                return
        with self.tools.database.transaction("content") as stores:
            for task in queue.failed(stores, self.tools.vault, DECIDED):
                thread = stores.content.get(Thread, task.payload["thread"])
                if thread is not None:
                    now = make_now(self.tools)
                    tell_turn(stores, self.tools.vault, thread, Turn("undone", now.today), due=now.window, waiting="")
                queue.finish(stores, task)

    def _find(self, stores: Stores, thread: Thread) -> None:
        if thread.state == "waiting":  # nor does matching know it
            payload = {"thread": thread.id, "route": False}
            queue.put(stores, self.tools.vault, "index", payload, due=self.tools.window)
        self.ladder.leave_next(stores, thread, make_now(self.tools))

    def _lost(self, stores: Stores, since: int) -> list[str]:
        wanted = select(Thread.id).where(Thread.state.in_(OPEN_STATES), Thread.published_day >= since)
        waiting = select(Job).where(Job.kind.in_((KIND, "index")), Job.state == "ready")
        vault = self.tools.vault
        known = {
            vault.open(row.sealed, table="jobs", column="sealed", row=row.id)["thread"]
            for row in stores.content.scalars(waiting)
        }
        return [one for one in stores.content.scalars(wanted) if one not in known]
