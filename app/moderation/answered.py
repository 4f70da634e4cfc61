"""What a decision about an answer does to its question: without any answer to be read it goes on as an open one, and is
answered again when one comes back."""

from sqlalchemy import select

from app.db import Stores
from app.jobs import queue
from app.moderation.cases import Opened
from app.questions.course import course_of
from app.questions.models import Post, Thread
from app.questions.reminding import REMIND
from app.questions.rules import OPEN_STATES
from app.questions.stages import stage_after
from app.sealing import Vault


def turn_question(stores: Stores, vault: Vault, case: Opened, *, window: int) -> None:
    """Set the question of an answer by the answers there are now, and put what comes next on the calendar.

    Writes content.
    """
    if case.of:  # a writing answers no question
        return
    thread, post = stores.content.get(Thread, case.thread), stores.content.get(Post, case.object)
    if thread is None or post is None or post.kind != "answer":
        return
    is_answered = _is_answered(stores, thread)
    if thread.state == "answered" and not is_answered:
        thread.state = "asked"
        stage = stage_after(thread.stage, kept=course_of(vault, thread).kept)
        if stage is not None:
            queue.put(stores, vault, "stage", {"thread": thread.id, "stage": stage}, due=window + 1)
    elif thread.state in (*OPEN_STATES, "ended") and is_answered:
        thread.state = "answered"
        queue.put(stores, vault, REMIND, {"thread": thread.id}, due=window + 1)


def _is_answered(stores: Stores, thread: Thread) -> bool:
    posts = stores.content.scalars(select(Post).where(Post.thread_id == thread.id, Post.kind == "answer"))
    return any(post.sealed_text and not post.hidden for post in posts)
