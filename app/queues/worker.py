"""What the worker does for this feature: remember a thread, route it, tidy up after an answer."""

import random
from collections.abc import Mapping
from datetime import datetime, time
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from app.clock import JAPAN, next_monday, today
from app.db import Stores
from app.jobs import queue
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.notices.service import tell
from app.questions import endorsing
from app.questions.access import subject_of
from app.questions.beside import KINDS, find_text
from app.questions.course import Turn, note_turn
from app.questions.ending import end_quiet
from app.questions.models import Post, Thread
from app.questions.reads import ThreadText
from app.questions.stages import timetable_of
from app.queues import lapsing, learning, offers, passing
from app.queues.routing import TOGETHER, Router, Weights, prior_weights
from app.queues.rules import Measures, Now
from app.settings import Settings
from app.vectors import store
from app.wiring import Toolbox
from matching.learning import learn
from matching.text import counts
from privacy.times import window_of, windows_after

HOLD_HOURS: Final = 48  # an answer waits at the longest a day for its window
COUNT: Final = "endorsed"  # the weekly job
LEARN: Final = "learn"  # the nightly one, a subject at a time


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind."""
    desk = Desk(tools)
    return {
        "index": desk.index,
        "route": desk.route,
        "answered": desk.answered,
        "followed": desk.followed,
        "quiet": desk.quiet,
        lapsing.KIND: desk.remind,
        passing.KIND: desk.passed,
        COUNT: desk.count_endorsements,
        LEARN: desk.learn,
    }


def make_router(tools: Toolbox, weights: Weights = prior_weights) -> Router:
    """The router of this process; `weights` gives what was learned in a subject, or None."""
    settings = tools.settings
    return Router(
        tools.vault,
        tools.trade,
        tools.memory,
        tools.roster,
        max_open_offers=settings.max_open_offers,
        weights=weights,
    )


def make_now(tools: Toolbox) -> Now:
    """Where we are in time, and what the operator set."""
    days = tools.settings.window_seconds / 86400
    return Now(tools.window, today(tools.clock.now()).toordinal(), days, measures_of(tools.settings))


def hold_until(tools: Toolbox) -> int:
    """The window until which an offer is held for an answer that is on its way."""
    return tools.window + windows_after(HOLD_HOURS, tools.settings.window_seconds)


def measures_of(settings: Settings) -> Measures:
    """How much is asked of experts here."""
    return Measures(
        places=(settings.first_wave, settings.second_wave, settings.third_wave),
        rest_after=settings.rest_after,
        claims=1 + settings.claim_extensions,
        open_days=settings.honest_end_days,
    )


class Desk:
    """The handlers; each finishes its task in the transaction that did the work."""

    def __init__(self, tools: Toolbox) -> None:
        self.tools = tools

    def index(self, task: Task) -> None:
        """Embed a thread, or a text beside them, and remember it; the encoder runs outside any transaction."""
        thread_id = task.payload["thread"]
        with self.tools.database.reading() as stores:
            found = find_text(stores, self.tools.vault, self.tools.trade, thread_id)
        vector = None if found is None else self.tools.encoder.passages([found.text])[0]
        with self.tools.database.transaction("content") as stores:
            thread = stores.content.get(Thread, thread_id)
            # read again: it may have been erased or changed while it was embedded
            still = find_text(stores, self.tools.vault, self.tools.trade, thread_id)
            if found is None or vector is None or still is None:
                store.forget(stores, thread_id=thread_id)
            elif still != found:
                queue.put(stores, self.tools.vault, "index", task.payload, due=self.tools.window)
            else:
                self._remember(stores, found, vector)
                if task.payload["route"] and thread is not None and thread.state == "waiting":
                    self._set_out(stores, thread)
            queue.finish(stores, task)
        if not task.payload["route"]:
            self._forget_older_words()

    def _forget_older_words(self) -> None:
        """What this process remembers of a text that has changed, or is gone."""
        if "memory" in vars(self.tools):
            with self.tools.database.reading() as stores:
                self.tools.memory.catch_up(stores)

    def _set_out(self, stores: Stores, thread: Thread) -> None:
        """Ask the first wave, and put the next stage and the end of its mail on the calendar."""
        tools, times = self.tools, timetable_of(self.tools.settings)
        queue.put(stores, tools.vault, "route", {"thread": thread.id, "wave": 0}, due=tools.window)
        note_turn(tools.vault, thread, Turn("first", today(tools.clock.now()).toordinal()))
        due = times.due("second", published=thread.published_window, urgent=thread.urgent)
        queue.put(stores, tools.vault, "stage", {"thread": thread.id, "stage": "second"}, due=due)
        self._look_again(stores, thread.id, days=2 * tools.settings.honest_end_days)

    def _remember(self, stores: Stores, found: ThreadText, vector: NDArray[np.float32]) -> None:
        store.put_vector(
            stores,
            self.tools.vault,
            where=found.where,
            encoder=self.tools.encoder.name,
            vector=vector,
            counts=counts(found.text),
        )

    def _look_again(self, stores: Stores, thread_id: str, *, days: int) -> None:
        due = self.tools.window + windows_after(days * 24, self.tools.settings.window_seconds)
        queue.put(stores, self.tools.vault, "quiet", {"thread": thread_id}, due=due)

    def quiet(self, task: Task) -> None:
        """See whether a thread has ended by itself, and with it the mail about it."""
        with self.tools.database.transaction("content") as stores:
            day = today(self.tools.clock.now()).toordinal()
            days = end_quiet(stores, thread_id=task.payload["thread"], today=day)
            if days:
                self._look_again(stores, task.payload["thread"], days=days)
            queue.finish(stores, task)

    def route(self, task: Task) -> None:
        """Ask the next wave: of this question, and of those of its subject that wait with it, chosen together."""
        now = make_now(self.tools)
        with self.tools.database.reading() as stores:
            thread_id, wave = task.payload["thread"], task.payload["wave"]
            make_router(self.tools, prior_weights).get_ready(stores, thread_id, wave, now=now)
        with self.tools.database.transaction("content") as stores:
            tasks = [task, *self._waiting_with(stores, task)]
            waves = len(now.measures.places)
            wanted = [one for one in tasks if one.payload["wave"] < waves or one.payload.get("invited")]
            make_router(self.tools, learning.weights_of(stores, self.tools.vault).get).route(
                stores,
                waiting=[(one.payload["thread"], one.payload["wave"]) for one in wanted],
                now=now,
                rng=random.SystemRandom(),
            )
            for one in tasks:
                queue.finish(stores, one)

    def _waiting_with(self, stores: Stores, task: Task) -> list[Task]:
        """The other questions of the subject that are due, at most one task each."""
        wanted, found = self._subject_of(stores, task), {task.payload["thread"]: task}
        for one in queue.fellows(stores, self.tools.vault, task, window=self.tools.window) if wanted else ():
            if len(found) < TOGETHER and self._subject_of(stores, one) == wanted:
                found.setdefault(one.payload["thread"], one)
        return [one for one in found.values() if one is not task]

    def _subject_of(self, stores: Stores, task: Task) -> str | None:
        thread = stores.content.get(Thread, task.payload["thread"])
        return None if thread is None else subject_of(self.tools.vault, thread)

    def answered(self, task: Task) -> None:
        """End the offer an answer came from, and wake whoever takes part in the thread."""
        with self.tools.database.transaction("content") as stores:
            offer = offers.find(stores, self.tools.vault, task.payload["offer"] or "")
            if offer is not None:
                offers.end(stores, self.tools.vault, offer)
            self._tell(stores, task)
            queue.finish(stores, task)

    def followed(self, task: Task) -> None:
        """Wake the others of the thread."""
        with self.tools.database.transaction("content") as stores:
            self._tell(stores, task)
            queue.finish(stores, task)

    def remind(self, task: Task) -> None:
        """Tell an expert that their claim ends soon."""
        with self.tools.database.transaction("content") as stores:
            lapsing.remind(stores, self.tools.vault, task.payload, window=self.tools.window)
            queue.finish(stores, task)

    def passed(self, task: Task) -> None:
        """Let a pass take effect, unless it was taken back."""
        with self.tools.database.transaction("content") as stores:
            passing.settle(stores, self.tools.vault, task.payload["offer"], now=make_now(self.tools))
            queue.finish(stores, task)

    def count_endorsements(self, task: Task) -> None:
        """Count the week's endorsements, before anything is locked, and leave the next count."""
        with self.tools.database.reading() as stores:
            with self.tools.memory.lock:
                self.tools.memory.catch_up(stores)
                before = list(self.tools.memory.endorsed)
            found = endorsing.count(stores, self.tools.vault, today=today(self.tools.clock.now()))
        with self.tools.database.transaction("content") as stores:
            endorsing.publish(stores, self.tools.vault, found, before=before)
            self._count_next(stores)
            queue.finish(stores, task)

    def keep_counting(self) -> None:
        """Leave the next count of endorsements if none waits."""
        with self.tools.database.transaction("content") as stores:
            if not queue.has_kind(stores, kind=COUNT):
                self._count_next(stores)

    def _count_next(self, stores: Stores) -> None:
        monday = datetime.combine(next_monday(today(self.tools.clock.now())), time(), JAPAN)
        due = window_of(monday.timestamp(), self.tools.settings.window_seconds) + 1
        queue.put(stores, self.tools.vault, COUNT, {}, due=due)

    def learn(self, task: Task) -> None:
        """Learn one subject anew, outside any transaction, and leave the next; what is due now goes before."""
        tools, now = self.tools, make_now(self.tools)
        with tools.database.reading() as stores:
            subjects, marks, stale = self._to_learn(stores)
            version = learning.version(stores)
            subject = random.SystemRandom().choice(stale) if stale else ""  # one that fails holds up no other for long
            threads = frozenset(thread_id for thread_id, one in subjects.items() if one == subject)
            past = learning.past_of(
                stores, tools.vault, encoder=tools.memory.encoder, thread_ids=threads, subject=subject, now=now
            )
        learned = learn(past.threads, past.passes, day=now.window * now.window_days) if past.threads else None
        with tools.database.transaction("content") as stores:
            done = not stale or learning.put_lesson(
                stores, tools.vault, after=version, subject=subject, learned=learned, mark=marks.get(subject)
            )
            if len(stale) > 1 or not done:
                queue.put(stores, tools.vault, LEARN, {}, due=tools.window - 1)
            queue.finish(stores, task)

    def keep_learning(self) -> None:
        """Leave a night's learning if there is something to learn and none waits."""
        with self.tools.database.reading() as stores:
            if queue.has_kind(stores, kind=LEARN) or not self._to_learn(stores)[2]:
                return
        with self.tools.database.transaction("content") as stores:
            queue.put(stores, self.tools.vault, LEARN, {}, due=self.tools.window - 1)

    def _to_learn(self, stores: Stores) -> tuple[dict[str, str], dict[str, learning.Mark], list[str]]:
        """The subject of each thread, what each subject holds, and those that have something to learn."""
        with self.tools.memory.lock:
            self.tools.memory.catch_up(stores)
            beside = {kind.shelf for kind in KINDS}  # nobody is asked by what stands there
            subjects = {one: subject for one, subject in self.tools.memory.subjects.items() if subject not in beside}
        marks = learning.marks_of(stores, subjects, make_now(self.tools))
        return subjects, marks, learning.stale(stores, self.tools.vault, marks)

    def _tell(self, stores: Stores, task: Task) -> None:
        thread = stores.content.get(Thread, task.payload["thread"])
        if thread is None:
            return
        posts = stores.content.scalars(select(Post).where(Post.thread_id == thread.id)).all()
        own = {post.author_tag for post in posts if post.id == task.payload["post"]}
        due, by_asker = self.tools.window + 1, thread.owner_tag in own
        for label in sorted({thread.owner_tag, *(post.author_tag for post in posts)} - own):
            # the asker writes to everybody who answered, everybody else to the asker
            kind = "answered" if by_asker or label == thread.owner_tag else "joined"
            tell(stores, self.tools.vault, label=label, kind=kind, due=due, thread=thread.id)
