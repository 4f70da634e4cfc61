"""What goes on in the fictional network this morning: questions that wait too long, a flag, one likely solved, two that
ask the same. All of it through the services that real members use, by fictional people like everybody here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete

from app.accounts.viewer import Viewer
from app.clock import JAPAN
from app.db import Stores
from app.demo.history import History, publication
from app.demo.people import STORY
from app.demo.plan import SLOTS, PlannedThread
from app.domains.trade import Trade
from app.errors import NotThere
from app.escalation.stages import Ladder
from app.jobs import queue
from app.jobs.models import Job
from app.moderation import flags
from app.moderation.judging import gate
from app.moderation.rules import HARMFUL
from app.questions import duplicates
from app.questions.course import Turn, note_turn
from app.questions.judging import tap
from app.questions.models import Thread
from app.questions.reminding import DAYS
from app.questions.rules import OPEN_STATES
from app.questions.stages import STAGES, WAVE_OF, timetable_of
from app.questions.taps import WORKED
from app.questions.weighing import weigh
from app.questions.worker import make_clock
from app.queues.rules import Now
from app.queues.worker import make_now
from app.sealing import Vault
from app.wiring import Toolbox

Services = tuple[Stores, Vault, Trade]
DOSED: Final = "塩"  # the word of an answer that needs a dose
WHY: Final = "濃さや時間がわからないまままねをすると、魚を傷めると思います。書き足してほしいです。"


@dataclass(frozen=True, slots=True)
class Answered:
    """A thread with its first answer, and the circles of those who wrote in it."""

    number: int
    thread: PlannedThread
    circles: frozenset[str]


class Morning:
    """Writes in one transaction, as of yesterday evening."""

    def __init__(self, stores: Stores, tools: Toolbox, history: History) -> None:
        self._stores = stores
        self._tools = tools
        self._history = history
        self._plan = history.plan
        self._services: Services = (stores, tools.vault, tools.trade)
        self._window = publication(tools, history.plan, SLOTS - 1)
        self._when: dict[str, Any] = {"window": self._window - 1, "today": history.plan.today}

    def write(self) -> None:
        """All of it; of the jobs only those that take a late question further are left."""
        self._flag_one()
        self._solve_one()
        self._link_two()
        late = [self._history.threads[number] for number, one in enumerate(self._plan.threads) if one.is_late]
        threads = [self._stores.content.get_one(Thread, one) for one in late]
        ladder = Ladder(self._tools.vault, self._tools.trade, timetable_of(self._tools.settings))
        for thread in threads:
            self._take_further(ladder, thread)
        self._stores.content.execute(delete(Job))
        for thread in threads:
            self._leave_next(ladder, thread)

    def _take_further(self, ladder: Ladder, thread: Thread) -> None:
        """Stage by stage, each told in its own window."""
        note_turn(self._tools.vault, thread, Turn("first", thread.published_day))
        for stage in STAGES[1:]:
            due = ladder.times.due(stage, published=thread.published_window, urgent=thread.urgent)
            if due <= self._window:
                ladder.take(self._stores, thread, stage, self._then(due))

    def _then(self, window: int) -> Now:
        seconds = self._tools.settings.window_seconds
        return Now(window, datetime.fromtimestamp(window * seconds, JAPAN).date().toordinal(), seconds / 86400)

    def _leave_next(self, ladder: Ladder, thread: Thread) -> None:
        """The last experts are asked when the worker has read all questions: what is due first is done last."""
        if thread.state in OPEN_STATES:
            payload = {"thread": thread.id, "wave": max(WAVE_OF.values())}
            queue.put(self._stores, self._tools.vault, "route", payload, due=thread.published_window)
            ladder.leave_next(self._stores, thread, make_now(self._tools))

    def _flag_one(self) -> None:
        """Somebody finds an answer dangerous to imitate, and the coordinator may look at it."""
        judge = next(viewer for viewer in self._history.viewers if "coordinator" in viewer.roles)
        for one in sorted(self._answered(), key=lambda one: DOSED not in one.thread.posts[0].text):
            reader = self._reader(one, judge.circle)
            if reader is not None and judge.circle not in one.circles and self._may_look(judge, one):
                thread_id, post_id = self._ids(one)
                flags.flag(
                    *self._services, viewer=reader, thread_id=thread_id, object=post_id, reason=HARMFUL, comment=WHY,
                    **self._when,
                )  # fmt: skip
                return

    def _solve_one(self) -> None:
        """An answer worked elsewhere, and its asker never said a word of it."""
        for one in self._answered():
            reader, waited = self._reader(one), min(SLOTS - post.at for post in one.thread.posts)
            if reader is not None and not one.thread.accepted and waited > 2 * DAYS[-1]:
                thread_id, post_id = self._ids(one)
                tap(
                    *self._services, viewer=reader, thread_id=thread_id, post_id=post_id, kind=WORKED, **self._when
                )  # fmt: skip
                clock = make_clock(self._tools, self._window, self._plan.today)
                weigh(self._stores, self._tools.vault, thread_id=thread_id, clock=clock)
                return

    def _link_two(self) -> None:
        """The asker of a question says that an older one asks the same."""
        for one in self._answered():
            for number, older in enumerate(self._plan.threads):
                is_same = older.story.case == one.thread.story.case and older.at < one.thread.at
                if is_same and self._link(one, number):
                    return

    def _link(self, newer: Answered, older: int) -> bool:
        asker = self._history.viewers[newer.thread.asker]
        here, there = self._history.threads[newer.number], self._history.threads[older]
        try:
            duplicates.propose(
                *self._services, viewer=asker, thread_id=here, other_id=there, until=self._when["window"], **self._when
            )
        except NotThere:  # they farm something else
            return False
        return True

    def _answered(self) -> Iterator[Answered]:
        """What was asked about the story's subject and answered, the latest first, by nobody of the story."""
        for number, thread in reversed(list(enumerate(self._plan.threads))):
            writers = [thread.asker, *(post.member for post in thread.posts)]
            if thread.story.subject == STORY and thread.posts and not self._plan.members[thread.asker].person:
                yield Answered(number, thread, frozenset(self._history.viewers[one].circle for one in writers))

    def _reader(self, one: Answered, *others: str) -> Viewer | None:
        """Somebody of the subject, of another circle than all of these."""
        for member, viewer in zip(self._plan.members, self._history.viewers, strict=True):
            is_apart = viewer.circle and viewer.circle not in {*one.circles, *others} and not member.person
            if is_apart and one.thread.story.subject in member.subjects:
                return viewer
        return None

    def _may_look(self, judge: Viewer, one: Answered) -> bool:
        try:
            gate(*self._services, viewer=judge, thread_id=self._history.threads[one.number])
        except NotThere:
            return False
        return True

    def _ids(self, one: Answered) -> tuple[str, str]:
        return self._history.threads[one.number], self._history.posts[one.number, 0]
