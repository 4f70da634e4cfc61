"""What the worker does for this feature: remember a thread, route it, tidy up after an answer."""

import random
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select

from app.clock import today
from app.db import Stores
from app.jobs import queue
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.mail import service as mail
from app.questions.ending import end_quiet
from app.questions.models import Post, Thread
from app.questions.reads import ThreadText, find_thread_text
from app.questions.rules import HONEST_END_DAYS
from app.queues.models import Offer
from app.queues.routing import Router
from app.queues.rules import Now
from app.vectors import store
from app.vectors.beside import lacking
from app.wiring import Toolbox
from matching.text import counts
from privacy.times import windows_after


def handlers(tools: Toolbox) -> Mapping[str, Handler]:
    """By job kind."""
    desk = Desk(tools)
    return {
        "index": desk.index,
        "route": desk.route,
        "answered": desk.answered,
        "followed": desk.followed,
        "quiet": desk.quiet,
    }


def make_router(tools: Toolbox) -> Router:
    """The router of this process."""
    settings = tools.settings
    return Router(tools.vault, tools.memory, settings.max_open_offers, settings.first_wave, settings.window_seconds)


def make_now(tools: Toolbox) -> Now:
    """Where we are in time."""
    return Now(tools.window, today(tools.clock.now()).toordinal(), tools.settings.window_seconds / 86400)


def embed_again(tools: Toolbox) -> None:
    """After another encoder was chosen: leave a job for every thread the old one embedded."""
    with tools.database.reading() as stores:
        stale = lacking(stores, tools.encoder.name)
        if not stale or queue.has_kind(stores, kind="index"):
            return
    with tools.database.transaction("content") as stores:
        for thread_id in stale:
            queue.put(stores, tools.vault, "index", {"thread": thread_id, "route": False}, due=tools.window)


class Desk:
    """The handlers; each finishes its task in the transaction that did the work."""

    def __init__(self, tools: Toolbox) -> None:
        self.tools = tools

    def index(self, task: Task) -> None:
        """Embed a thread and remember it; the encoder runs outside any transaction."""
        thread_id = task.payload["thread"]
        with self.tools.database.reading() as stores:
            found = find_thread_text(stores, self.tools.vault, self.tools.trade, thread_id)
        vector = None if found is None else self.tools.encoder.passages([found.text])[0]
        with self.tools.database.transaction("content") as stores:
            thread = stores.content.get(Thread, thread_id)
            if thread is None or found is None or vector is None:
                store.forget(stores, thread_id=thread_id)
            else:
                self._remember(stores, found, vector)
                if task.payload["route"] and thread.state == "waiting":
                    payload = {"thread": thread_id, "wave": 0}
                    queue.put(stores, self.tools.vault, "route", payload, due=self.tools.window)
                    self._look_again(stores, thread_id, days=HONEST_END_DAYS)
            queue.finish(stores, task)

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
        """Ask the next wave."""
        with self.tools.database.transaction("content") as stores:
            make_router(self.tools).route(
                stores,
                thread_id=task.payload["thread"],
                wave=task.payload["wave"],
                now=make_now(self.tools),
                rng=random.SystemRandom(),
            )
            queue.finish(stores, task)

    def answered(self, task: Task) -> None:
        """Close the offer an answer came from, and wake whoever takes part in the thread."""
        with self.tools.database.transaction("content") as stores:
            if task.payload["offer"]:
                stores.content.execute(delete(Offer).where(Offer.id == task.payload["offer"]))
            self._tell(stores, task)
            queue.finish(stores, task)

    def followed(self, task: Task) -> None:
        """Wake the others of the thread."""
        with self.tools.database.transaction("content") as stores:
            self._tell(stores, task)
            queue.finish(stores, task)

    def _tell(self, stores: Stores, task: Task) -> None:
        thread = stores.content.get(Thread, task.payload["thread"])
        if thread is None:
            return
        posts = stores.content.scalars(select(Post).where(Post.thread_id == thread.id)).all()
        own = {post.author_tag for post in posts if post.id == task.payload["post"]}
        for label in sorted({thread.owner_tag, *(post.author_tag for post in posts)} - own):
            mail.notify(stores, self.tools.vault, label=label, kind="answered", due=self.tools.window + 1)
