"""What taps come to at their window: accepted answers, the state of the thread, what matching remembers."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select

from app.db import Stores
from app.notices.service import notes_of, tell
from app.questions import reminding
from app.questions.marks import MarkRow, drop, marks_of
from app.questions.models import Post, Thread
from app.questions.reminding import Clock
from app.questions.taps import ACCEPT, OUTDATED, THANKS, WORKED, is_over, proofs, standing
from app.sealing import Vault
from app.vectors import store

# what the author of an answer is told of a tap
TOLD: Final = {ACCEPT: "accepted", OUTDATED: "outdated", THANKS: "thanks"}
Standing = Mapping[str, Mapping[str, Sequence[MarkRow]]]


def weigh(stores: Stores, vault: Vault, *, thread_id: str, clock: Clock, label: str = "") -> None:
    """Let the taps of a thread count as they stand; `label` is that of a new one. Again does no harm. Writes content."""
    thread = stores.content.get(Thread, thread_id)
    if thread is None:
        return
    marks = marks_of(stores, vault, thread_id)
    for mark in marks:
        if mark.kind in (*TOLD, WORKED) and is_over(mark, clock.window):
            drop(stores, label=mark.label)
    taps = standing(marks, clock.window)
    answers = [post for post in _posts(stores, thread_id) if post.kind == "answer"]
    _accept(answers, marks, taps)
    worked = {post.id: proofs(taps[post.id][WORKED]) for post in answers}
    accepted = {post.id for post in answers if post.accepted}
    store.mark_worth(stores, vault, thread_id=thread_id, accepted=accepted, worked=worked)
    _turn(stores, vault, thread, answers, marks, clock)
    _tell_author(stores, vault, answers, taps, label, clock.window)


def _posts(stores: Stores, thread_id: str) -> Sequence[Post]:
    return stores.content.scalars(select(Post).where(Post.thread_id == thread_id)).all()


def _accept(answers: Sequence[Post], marks: Sequence[MarkRow], taps: Standing) -> None:
    """What an import accepted has no mark, and stays until its asker takes it back."""
    said = {mark.object for mark in marks if mark.kind == ACCEPT}
    for post in answers:
        if post.id in said:
            post.accepted = bool(taps[post.id][ACCEPT])


def _turn(
    stores: Stores, vault: Vault, thread: Thread, answers: Sequence[Post], marks: Sequence[MarkRow], clock: Clock
) -> None:
    before = thread.state
    if any(post.accepted for post in answers):
        thread.state = "accepted"
    elif before == "accepted":
        thread.state = "answered"
        reminding.begin(stores, vault, thread_id=thread.id, clock=clock)
    if thread.state == "accepted" and before != "accepted":
        reminding.ask_outcome(stores, vault, thread, clock)
    reminding.settle(stores, vault, thread, answers, marks, clock)


def _tell_author(
    stores: Stores, vault: Vault, answers: Sequence[Post], taps: Standing, label: str, window: int
) -> None:
    """Tell of the tap that is new, where it still stands: once a window, however often it was taken back and made
    again; nobody is told who tapped, nor how many."""
    for post in answers:
        for kind, note in TOLD.items():
            is_new = any(one.label == label for one in taps[post.id][kind])
            if is_new and not _knows(stores, vault, post, note, window):
                tell(stores, vault, label=post.author_tag, kind=note, due=window, thread=post.thread_id)


def _knows(stores: Stores, vault: Vault, post: Post, note: str, window: int) -> bool:
    """Whether an answer's author is told this in this window already."""
    notes = notes_of(stores, vault, [post.author_tag], window=window)
    return any((one.kind, one.thread, one.window) == (note, post.thread_id, window) for one in notes)
