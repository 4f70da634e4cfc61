"""What matching remembers of articles and notes: on a shelf of the threads' own table, sealed, and gone with the text.

It is made anew whenever the words change, by the job that every thread has; words that are gone go at once.
"""

from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community import ballots
from app.community.models import Writing
from app.community.texts import follows, words_of
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.jobs import queue
from app.jobs.queue import Task
from app.knowledge import finding
from app.knowledge.models import Article
from app.knowledge.notes import KIND
from app.knowledge.rules import ANSWERED, NOTE, PUBLISHED
from app.knowledge.versions import CHANGED, article_text
from app.questions import tallying
from app.questions.beside import CloseCard, beside_threads
from app.questions.reads import ThreadText
from app.queues.worker import Desk
from app.sealing import Vault
from app.vectors import store
from app.vectors.models import IndexedThread
from app.vectors.store import Subjected
from app.wiring import Toolbox


def find_words(stores: Stores, vault: Vault, article: Article) -> str | None:
    """What is read of an article or a note that is out: title, text, and what was added; None when it is gone."""
    if article.state != PUBLISHED:
        return None
    if article.kind == NOTE:
        return _words_of_note(stores, vault, article)
    key = vault.data_keys(stores, [article.key_id]).get(article.key_id)
    if key is None or not article.sealed_text:
        return None
    text = article_text(key, article)
    return f"{text['title']}\n{text['body']}"


def _words_of_note(stores: Stores, vault: Vault, article: Article) -> str | None:
    here = select(Writing).where(Writing.place == article.id, Writing.kind == KIND, Writing.hidden.is_(False))
    for opened in words_of(stores, vault, stores.content.scalars(here).all()).values():
        texts, added = opened["texts"], (one["text"] for one in opened.get("additions", ()))
        return "\n".join([texts["title"], texts["body"], *added])
    return None


@follows
def note_changed(stores: Stores, vault: Vault, row: Writing, window: int) -> None:
    """What is known of a note's words goes with them; changed or shown again, it is found by the new ones."""
    article = stores.content.get(Article, row.place) if row.kind == KIND and row.voice == 0 else None
    if article is None or stores.content.get(IndexedThread, article.id) is None:
        return  # its first job is still to come
    if row.hidden or not row.sealed_text:
        store.forget(stores, thread_id=article.id)
    else:
        store.drop_text(stores, thread_id=article.id)
        queue.put(stores, vault, CHANGED, {"article": article.id}, due=window)


def handlers(tools: Toolbox) -> Mapping[str, Callable[[Task], None]]:
    """By job kind: what the worker does when an article has come out, changed, or gone."""
    desk = Desk(tools)

    def changed(task: Task) -> None:
        desk.index(replace(task, payload={"thread": task.payload["article"], "route": False}))

    return {CHANGED: changed}


@beside_threads
class Articles:
    """Articles and notes, as what is searched together with the threads."""

    shelf = finding.SHELF

    def find(self, stores: Stores, vault: Vault, _trade: Trade, text_id: str) -> ThreadText | None:
        """The words that are out."""
        article = stores.content.get(Article, text_id)
        words = None if article is None else find_words(stores, vault, article)
        return None if article is None or words is None else ThreadText(_where(article), words)

    def reach(
        self, stores: Stores, vault: Vault, trade: Trade, notes: dict[str, Any], *, viewer: Viewer,
        groups: AbstractSet[str],
    ) -> frozenset[str]:  # fmt: skip
        """What the viewer may read in these groups; their own notes answer nothing they do not know."""
        ids = finding.reach(stores, vault, trade, notes, viewer=viewer, groups=groups)
        return ids - finding.own_notes(stores, viewer) if ids else ids

    def cards(
        self, stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, ids: Collection[str]
    ) -> list[CloseCard]:
        """A line for each."""
        found = finding.cards_for(stores, vault, trade, viewer=viewer, ids=ids)
        return [CloseCard(one.id, one.title, "knowledge.article", "article_id", kind=one.kind) for one in found]

    def answered(
        self, stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, text_id: str, today: date, window: int
    ) -> bool:
        """A ballot that leads to nobody says so, and the need is counted as met; one's own note met none."""
        article = stores.content.get(Article, text_id)
        if article is None:
            return False
        if not finding.cards_for(stores, vault, trade, viewer=viewer, ids=[text_id]):
            raise NotThere
        if text_id not in finding.own_notes(stores, viewer):
            ballots.cast(stores, vault, viewer=viewer, purpose=ANSWERED, object=text_id)
            topic = f"{article.group_key}/{article.topic}"
            tallying.note_found(
                stores, vault, viewer=viewer, object=text_id, topic=topic, today=today, window=window
            )  # fmt: skip
        return True

    def take_back(self, stores: Stores, vault: Vault, *, viewer: Viewer, text_id: str) -> None:
        """It did not answer it after all."""
        ballots.retract(stores, vault, viewer=viewer, purpose=ANSWERED, object=text_id)


def _where(article: Article) -> Subjected:
    """On the shelf; without a window, since nothing is told by when an article was embedded."""
    return Subjected(article.id, finding.SHELF, article.topic, 0)
