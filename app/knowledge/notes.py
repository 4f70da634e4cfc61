"""A note: a tip or a way of using something that a member writes without a question. Its words stay its author's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Unpack

from app.accounts.viewer import Viewer
from app.community.models import Writing
from app.community.texts import follows, open_parts, words_of
from app.community.writing import write
from app.db import Stores
from app.domains.trade import Trade
from app.jobs import queue
from app.knowledge.drafts import empty_article
from app.knowledge.models import Article
from app.knowledge.rules import HELD, NOTE, PUBLISHED, RETIRED, REVIEW_DAYS
from app.knowledge.versions import CHANGED
from app.questions.writing import Sending
from app.sealing import Vault
from privacy.pseudonyms import new_id
from privacy.scopes import Audience

KIND: Final = "note"  # of the writing


@dataclass(frozen=True, slots=True)
class Note:
    """A note as its author wants it out."""

    texts: Mapping[str, str]  # title, body
    subject: str
    topic: str
    audience: Audience
    company: bool
    levels: Mapping[str, int] | None = None  # what is shown of its author; nothing but the group where everybody reads


def add_note(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, note: Note, window: int, today: date,
    **sending: Unpack[Sending],
) -> str:  # fmt: skip
    """Store a note until its window and return its place; writes content and keys.

    Raises what `app.community.writing.write` raises, among them ScopeTooFine.
    """
    place = str(new_id())
    write(
        stores, vault, trade, viewer=viewer, place=place, kind=KIND, texts=note.texts, subject=note.subject,
        levels=None if note.audience is Audience.PUBLIC else note.levels, audience=note.audience,
        company_may=note.company, opens=True, window=window, today=today,
        extra={"group": trade.group_of[note.subject].key, "topic": note.topic}, **sending,
    )  # fmt: skip
    return place


@follows
def keep_up(stores: Stores, vault: Vault, row: Writing, window: int) -> None:
    """A note is found while its words are there and nobody has to look at them first."""
    if row.kind != KIND or row.voice != 0:
        return
    article = stores.content.get(Article, row.place) or _made(stores, vault, row, window)
    if article is not None:
        article.state = RETIRED if not row.sealed_text else HELD if row.hidden else PUBLISHED
        article.key_id = row.key_id


def _made(stores: Stores, vault: Vault, row: Writing, window: int) -> Article | None:
    """The row under which a note is found, made when it comes out."""
    words = words_of(stores, vault, [row]).get(row.id)
    if words is None:
        return None
    parts, extra = open_parts(vault, row), words["extra"]
    article = empty_article(vault, row.place, row.key_id, kind=NOTE, group=extra["group"])
    article.topic, article.audience, article.company_may = extra["topic"], parts["audience"], parts["company"]
    article.published_day, article.review_day = row.published_day, row.published_day + REVIEW_DAYS
    stores.content.add(article)
    queue.put(stores, vault, CHANGED, {"article": article.id}, due=window)
    return article
