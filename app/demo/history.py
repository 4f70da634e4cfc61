"""Two years of questions and answers, half day by half day, through the services of `questions`."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from random import SystemRandom
from typing import Final, Literal

from app.accounts.viewer import Viewer
from app.clock import JAPAN
from app.db import Stores
from app.demo.plan import Plan
from app.domains.rules import ScopeTooFine
from app.domains.service import policy_of
from app.errors import JoinsTooMuch
from app.questions import service as questions
from app.questions.judging import tap
from app.questions.marks import mark_label
from app.questions.outcomes import add_outcome
from app.questions.rules import Question
from app.questions.taps import ACCEPT, WORKED
from app.questions.weighing import weigh
from app.questions.worker import make_clock
from app.wiring import Toolbox
from privacy.times import Cadence, window_of

HOURS: Final = (time(9), time(18))
CADENCE: Final = Cadence()
STEP: Final = CADENCE.daily  # windows; what fits a small network's daily publication fits every audience


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens in one half day: `post` is a place in the thread's posts."""

    kind: Literal["ask", "post", "tap"]
    thread: int
    post: int = -1
    member: int = -1
    tap: str = ""


@dataclass
class History:
    """The plan, who its people became, and the ids given so far."""

    plan: Plan
    viewers: Sequence[Viewer]
    threads: dict[int, str] = field(default_factory=dict)
    posts: dict[tuple[int, int], str] = field(default_factory=dict)
    events: dict[int, list[Event]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for number, thread in enumerate(self.plan.threads):
            self.events[thread.at].append(Event("ask", number))
            for place, post in enumerate(thread.posts):
                self.events[post.at].append(Event("post", number, place))
            for at, place in thread.accepted:
                self.events[at].append(Event("tap", number, place, thread.asker, ACCEPT))
            for at, place, member in thread.worked:
                self.events[at].append(Event("tap", number, place, member, WORKED))


def publication(tools: Toolbox, plan: Plan, slot: int) -> int:
    """The publication window last before a half day's hour: never one still to come."""
    at = datetime.combine(plan.day_of(slot), HOURS[slot % 2], JAPAN)
    return window_of(at.timestamp(), tools.settings.window_seconds) // STEP * STEP


class Desk:
    """Writes in one transaction."""

    def __init__(self, stores: Stores, tools: Toolbox, history: History) -> None:
        self._stores = stores
        self._tools = tools
        self._history = history
        self._policy = policy_of(tools.settings)
        self._rng = SystemRandom()

    def write(self, slot: int) -> None:
        """What people wrote in this half day, its publication, and what was accepted after it."""
        events = self._history.events.get(slot, [])
        window, today = publication(self._tools, self._history.plan, slot), self._history.plan.day_of(slot)
        for event in events:
            if event.kind == "ask":
                self._ask(event, window, slot)
            elif event.kind == "post":
                with suppress(JoinsTooMuch):  # the page would ask them to wait for the next quarter
                    self._post(event, window, slot)
        if events:
            questions.publish(self._stores, self._tools.vault, window=window, today=today, rng=self._rng)
        for event in events:
            if event.kind == "tap" and (event.thread, event.post) in self._history.posts:
                self._tap(event, window, slot)

    def _ask(self, event: Event, window: int, slot: int) -> None:
        planned = self._history.plan.threads[event.thread]
        viewer, story = self._history.viewers[planned.asker], planned.story
        question = Question(
            subject=story.subject, topic=story.topic, title=story.title, fields=story.fields, facets=story.facets,
            levels=viewer.profile, audience=planned.audience, company_may=planned.company_may,
        )  # fmt: skip
        try:
            thread_id = self._send(viewer, question, window, slot)
        except ScopeTooFine as refused:
            # two subjects in one quarter may be one too many: the form would offer the coarser scope
            thread_id = self._send(viewer, replace(question, levels=refused.coarser), window, slot)
        self._history.threads[event.thread] = thread_id

    def _send(self, viewer: Viewer, question: Question, window: int, slot: int) -> str:
        return questions.ask(
            self._stores, self._tools.vault, self._tools.trade, viewer=viewer, question=question, window=window - 1,
            today=self._history.plan.day_of(slot), policy=self._policy,
        )  # fmt: skip

    def _post(self, event: Event, window: int, slot: int) -> None:
        post = self._history.plan.threads[event.thread].posts[event.post]
        if post.kind == "outcome":
            self._history.posts[event.thread, event.post] = self._tell(event, window, slot)
            return
        write = questions.add_answer if post.kind == "answer" else questions.add_followup
        self._history.posts[event.thread, event.post] = write(
            self._stores, self._tools.vault, self._tools.trade, viewer=self._history.viewers[post.member],
            thread_id=self._history.threads[event.thread], text=post.text, window=window - 1,
            today=self._history.plan.day_of(slot),
        )  # fmt: skip

    def _tell(self, event: Event, window: int, slot: int) -> str:
        post = self._history.plan.threads[event.thread].posts[event.post]
        good = next(one.key for one in self._tools.trade.outcome.results if one.worth == "good")
        return add_outcome(
            self._stores, self._tools.vault, self._tools.trade, viewer=self._history.viewers[post.member],
            thread_id=self._history.threads[event.thread], post_id=self._history.posts[event.thread, post.to],
            result=good, text=post.text, window=window - 1, today=self._history.plan.day_of(slot),
        )  # fmt: skip

    def _tap(self, event: Event, window: int, slot: int) -> None:
        thread_id, today = self._history.threads[event.thread], self._history.plan.day_of(slot)
        viewer, post_id = self._history.viewers[event.member], self._history.posts[event.thread, event.post]
        tap(
            self._stores, self._tools.vault, self._tools.trade, viewer=viewer, thread_id=thread_id, kind=event.tap,
            post_id=post_id, window=window - 1, today=today,
        )  # fmt: skip
        label = mark_label(viewer.secret, event.tap, post_id)  # its answerer is told
        clock = make_clock(self._tools, window, today)
        weigh(self._stores, self._tools.vault, thread_id=thread_id, clock=clock, label=label)
