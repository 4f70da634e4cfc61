"""Reminders to the asker whether it helped, when a question is likely solved, and when to ask what came of it.

A reminder that nobody answers says nothing of the answers. After a standstill only the latest one goes out, and none
that is a week late.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from app.db import Stores
from app.jobs import queue
from app.notices.service import notes_of, tell
from app.questions.marks import MarkRow, marks_of
from app.questions.models import Post, Thread
from app.questions.taps import REPLY, WORKED, stands
from app.sealing import Vault
from privacy.times import windows_after

REMIND: Final = "remind"
OUTCOME: Final = "outcome"
DAYS: Final = (3, 7, 30)  # after the first answer, where the operator set no others
LATE: Final = 7
ONCE: Final = 365  # days within which nobody is asked the same again
HELPED: Final = "helped"
ASKABLE: Final = frozenset({"accepted", "likely"})


@dataclass(frozen=True, slots=True)
class Clock:
    """Where we are in time, and when the trade asks what came of an answer."""

    window: int
    today: date
    window_seconds: int
    outcome_days: Mapping[str, int]  # by group
    reminder_days: tuple[int, ...] = DAYS

    def after(self, days: int) -> int:
        """The window so many days from now."""
        return self.window + windows_after(days * 24, self.window_seconds)


def begin(stores: Stores, vault: Vault, *, thread_id: str, clock: Clock) -> None:
    """Look after a thread that has its first answer, or has lost the mark that one helped. Writes content."""
    queue.put(stores, vault, REMIND, {"thread": thread_id}, due=clock.window)


def remind(stores: Stores, vault: Vault, *, thread_id: str, clock: Clock) -> None:
    """Send the reminder that is due and did not go out yet, and leave the next. Writes content."""
    thread, answers = _answered(stores, thread_id)
    marks = marks_of(stores, vault, thread_id) if thread is not None else []
    if thread is None or not answers or thread.state != "answered" or _has_told(stores, thread_id):
        return
    age = clock.today.toordinal() - min(post.published_day for post in answers)
    days = clock.reminder_days
    reached = sum(day <= age for day in days)
    late = age - days[reached - 1] if reached else LATE
    if late < LATE and not thread.hidden and not _was_told(stores, vault, thread, HELPED, clock, days=late + 1):
        tell(stores, vault, label=thread.owner_tag, kind=HELPED, due=clock.window, thread=thread_id)
    if reached < len(days):
        queue.put(stores, vault, REMIND, {"thread": thread_id}, due=clock.after(days[reached] - age))
    settle(stores, vault, thread, answers, marks, clock)


def settle(
    stores: Stores, vault: Vault, thread: Thread, answers: Sequence[Post], marks: Sequence[MarkRow], clock: Clock
) -> None:
    """Call a thread likely solved, or no longer: it worked for somebody and the last reminder is past. Writes content.

    Whoever it worked for may be of the answerer's circle: a state that left them out would tell them so.
    """
    if thread.state not in ("answered", "likely"):
        return
    ids = {post.id for post in answers}
    worked = any(one.kind == WORKED and one.object in ids and stands(one, clock.window) for one in marks)
    age = clock.today.toordinal() - min((post.published_day for post in answers), default=clock.today.toordinal())
    is_likely = worked and age >= clock.reminder_days[-1] and all(one.kind != REPLY for one in marks)
    if is_likely and thread.state == "answered":
        tell(stores, vault, label=thread.owner_tag, kind="likely", due=clock.window, thread=thread.id)
        ask_outcome(stores, vault, thread, clock)
    thread.state = "likely" if is_likely else "answered"


def ask_outcome(stores: Stores, vault: Vault, thread: Thread, clock: Clock) -> None:
    """Ask after the days the trade sets. Writes content."""
    days = clock.outcome_days.get(thread.group_key)
    if days is not None:
        queue.put(stores, vault, OUTCOME, {"thread": thread.id}, due=clock.after(days))


def ask_what_came(stores: Stores, vault: Vault, *, thread_id: str, clock: Clock) -> None:
    """Ask the asker, once, unless they told already. Writes content."""
    thread, _ = _answered(stores, thread_id)
    if thread is None or thread.state not in ASKABLE or thread.hidden:
        return
    if not _has_told(stores, thread_id) and not _was_told(stores, vault, thread, OUTCOME, clock, days=ONCE):
        tell(stores, vault, label=thread.owner_tag, kind=OUTCOME, due=clock.window, thread=thread_id)


def _answered(stores: Stores, thread_id: str) -> tuple[Thread | None, list[Post]]:
    """A thread and its answers that have words."""
    posts = stores.content.scalars(select(Post).where(Post.thread_id == thread_id, Post.kind == "answer"))
    return stores.content.get(Thread, thread_id), [post for post in posts if post.sealed_text and not post.hidden]


def _was_told(stores: Stores, vault: Vault, thread: Thread, kind: str, clock: Clock, *, days: int) -> bool:
    """Whether the asker was told this within so many days."""
    since = clock.window - windows_after(days * 24, clock.window_seconds)
    notes = notes_of(stores, vault, [thread.owner_tag], window=clock.window)
    return any(one.kind == kind and one.thread == thread.id and one.window >= since for one in notes)


def _has_told(stores: Stores, thread_id: str) -> bool:
    """Whether the asker has said what came of it."""
    told = select(Post.id).where(Post.thread_id == thread_id, Post.kind == OUTCOME).limit(1)
    return stores.content.scalar(told) is not None
