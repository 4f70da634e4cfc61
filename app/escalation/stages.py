"""Taking a question one stage further: what happens then, what its author is told, and when the next one comes."""

from dataclasses import dataclass, replace

from app.db import Stores
from app.domains.trade import Trade
from app.jobs import queue
from app.questions.access import open_scope, subject_of
from app.questions.course import Turn, course_of, put_course, tell_turn
from app.questions.models import Thread
from app.questions.rules import OPEN_STATES
from app.questions.stages import WAVE_OF, Timetable, is_after, stage_after
from app.queues import offers
from app.queues.rules import NEIGHBOURS_FROM, Now, neighbours_of
from app.sealing import Vault
from app.vectors import store
from privacy.scopes import Audience
from privacy.times import windows_after

KIND = "stage"


@dataclass(frozen=True)
class Ladder:
    """Takes questions further, at the times of its timetable."""

    vault: Vault
    trade: Trade
    times: Timetable

    def take(self, stores: Stores, thread: Thread, stage: str, now: Now) -> None:
        """Take an open question to a stage and leave the next; nothing when it is there already, or over."""
        if thread.state not in OPEN_STATES or not is_after(stage, thread.stage):
            return
        if thread.hidden:
            self._wait(stores, thread, stage, now)
            return
        thread.stage = stage
        if stage in WAVE_OF:
            self.ask_wave(stores, thread, WAVE_OF[stage], now)
        if stage == "ended":
            end(stores, self.vault, thread, now)
        turn = Turn(self._said(thread, stage), now.today)
        tell_turn(stores, self.vault, thread, turn, due=now.window)
        self.leave_next(stores, thread, now)

    def leave_next(self, stores: Stores, thread: Thread, now: Now) -> None:
        """Put what comes next on the calendar: by the time of publication, and after a standstill not all at once."""
        course = course_of(self.vault, thread)
        stage = stage_after(thread.stage, kept=course.kept)
        if stage is not None:
            due = self.times.due(stage, published=thread.published_window, urgent=thread.urgent, shift=course.shift)
            soonest = self.times.soonest(stage, after=thread.stage, now=now.window, urgent=thread.urgent)
            queue.put(stores, self.vault, KIND, {"thread": thread.id, "stage": stage}, due=max(due, soonest))

    def ask_wave(self, stores: Stores, thread: Thread, wave: int, now: Now, *, invited: bool = False) -> None:
        """Let a wave of experts be asked; one that went out already, since all had passed, is not asked again."""
        payload = {"thread": thread.id, "wave": wave, "invited": invited}
        queue.put(stores, self.vault, "route", payload, due=now.window)

    def ask_more(self, stores: Stores, thread: Thread, now: Now) -> None:
        """One wave more than there were, neighbours and all, within the audience."""
        wave = max(NEIGHBOURS_FROM, store.find_evidence(stores, self.vault, thread.id).waves)
        self.ask_wave(stores, thread, wave, now, invited=True)

    def _wait(self, stores: Stores, thread: Thread, stage: str, now: Now) -> None:
        """While a question is hidden its clock stands still."""
        day = windows_after(24, self.times.window_seconds)
        course = course_of(self.vault, thread)
        put_course(self.vault, thread, replace(course, shift=course.shift + day))
        queue.put(stores, self.vault, KIND, {"thread": thread.id, "stage": stage}, due=now.window + day)

    def _said(self, thread: Thread, stage: str) -> str:
        """What its author is told: by the scope and the timetable alone."""
        scope = open_scope(self.vault, thread)
        if stage == "third":
            subject = subject_of(self.vault, thread)
            return "third" if neighbours_of(self.trade, subject, scope, NEIGHBOURS_FROM) else "third_within"
        return "domain_skipped" if stage == "domain" and scope.audience is Audience.EXPERTS else stage


def end(stores: Stores, vault: Vault, thread: Thread, now: Now) -> None:
    """The honest end: nobody is asked any more. Whoever is writing may still answer."""
    thread.state = "ended"
    found = offers.on_thread(stores, vault, thread.id)
    offers.end(stores, vault, *(one for one in found if one.state != "passed" and not one.is_held(now.window)))


def keep_open(stores: Stores, ladder: Ladder, thread: Thread, now: Now) -> None:
    """Back into the lists, for as long as it takes from publication to the end."""
    thread.state, thread.stage = "asked", "domain"
    again = {"shift": now.window - thread.published_window, "kept": True, "waiting": ""}
    tell_turn(stores, ladder.vault, thread, Turn("kept", now.today), due=now.window, **again)
    ladder.leave_next(stores, thread, now)
