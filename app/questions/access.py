"""Whether somebody may read a thread: the one place that asks, for pages, lists, search and answers alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.db import Stores, keep, recall
from app.domains.rules import shown_key
from app.domains.trade import Trade
from app.errors import NotThere
from app.questions.models import Post, Thread
from app.questions.rules import reader
from app.sealing import Vault
from app.vectors.store import Subjected
from privacy.pseudonyms import owner_tag, peer_tag
from privacy.scopes import Audience, Scope, may_read


@dataclass(frozen=True, slots=True)
class Access:
    """A thread somebody may read, and as whom."""

    thread: Thread
    scope: Scope
    subject: str
    posts: tuple[Post, ...]
    is_author: bool
    has_answered: bool


def open_scope(vault: Vault, thread: Thread) -> Scope:
    """The disclosure scope a thread was published under."""
    return make_scope(scope_parts(vault, thread), audience=thread.audience, company_may=thread.company_may)


def subject_of(vault: Vault, thread: Thread) -> str:
    """The fine domain key, by which the worker routes; the page may show its group only."""
    subject: str = scope_parts(vault, thread)["subject"]
    return subject


def where_of(vault: Vault, thread: Thread) -> Subjected:
    """Where a thread belongs, as matching remembers it."""
    return Subjected(thread.id, subject_of(vault, thread), thread.topic, thread.published_window)


def scope_parts(vault: Vault, thread: Thread) -> dict[str, Any]:
    """What a scope was made of: the author's circle, the excluded ones, levels, the fine domain key."""
    found: dict[str, Any] = vault.open(thread.sealed_scope, table="threads", column="sealed_scope", row=thread.id)
    return found


def make_scope(found: dict[str, Any], *, audience: int, company_may: bool) -> Scope:
    """The scope from its stored parts."""
    return Scope(
        levels=found["levels"],
        audience=Audience(audience),
        own_circle=found["circle"],
        company_may=company_may,
        excluded_circles=frozenset(found["excluded"]),
    )


def is_closed_to(vault: Vault, thread: Thread, viewer: Viewer) -> bool:
    """The gate of every expert: the own circle and the excluded ones, before and after a split; nor one's own."""
    closed = open_scope(vault, thread).closed_to
    return (
        not viewer.circle
        or bool(viewer.own_circles & closed)
        or thread.owner_tag == owner_tag(viewer.secret, thread.id)
    )


def get_readable(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    thread_id: str,
    asked: bool = False,
    company_until: int | None = None,
) -> Access:
    """A thread and the viewer's part in it. Raises NotThere: no such thread and not for you are the same."""
    if (Thread, thread_id) not in stores.content.known:
        _fetch(stores, thread_id)
    thread = stores.content.get(Thread, thread_id)
    if thread is None:
        raise NotThere
    posts = posts_of(stores, thread_id)
    return recall(
        stores.content,
        (Access, thread_id, viewer.member_id, asked, company_until),
        lambda: check_access(vault, trade, thread, posts, viewer=viewer, asked=asked, company_until=company_until),
    )


def _fetch(stores: Stores, thread_id: str) -> None:
    """The thread with its posts, in one statement."""
    query = select(Thread, Post).outerjoin(Post, Post.thread_id == Thread.id).where(Thread.id == thread_id)
    rows = stores.content.execute(query.order_by(Post.place)).all()
    keep(stores.content, Thread, {thread_id: rows[0][0] if rows else None})
    recall(stores.content, (Post, "of", thread_id), lambda: tuple(row[1] for row in rows if row[1] is not None))


def posts_of(stores: Stores, thread_id: str) -> tuple[Post, ...]:
    """The posts of a thread in their order."""

    def read() -> tuple[Post, ...]:
        return tuple(stores.content.scalars(select(Post).where(Post.thread_id == thread_id).order_by(Post.place)))

    return recall(stores.content, (Post, "of", thread_id), read)


def check_access(
    vault: Vault,
    trade: Trade,
    thread: Thread,
    posts: Sequence[Post],
    *,
    viewer: Viewer,
    asked: bool = False,
    company_until: int | None = None,
) -> Access:
    """The same for a thread already read.

    `company_until` is the latest window whose threads the company may read by now. Who has answered was let in once
    and stays in, unless their circle is closed out.
    """
    opened = scope_parts(vault, thread)
    scope, subject = make_scope(opened, audience=thread.audience, company_may=thread.company_may), opened["subject"]
    is_author = thread.owner_tag == owner_tag(viewer.secret, thread.id)
    tag = peer_tag(viewer.secret, thread.id)
    has_answered = any(post.author_tag == tag for post in posts)
    waited = company_until is not None and thread.published_window <= company_until
    who = reader(trade, viewer, is_author=is_author, is_asked=asked or has_answered, company_waited=waited)
    if subject not in trade.subjects or not may_read(scope, who, shown_key(trade, subject, scope.levels)):
        raise NotThere
    return Access(thread, scope, subject, tuple(posts), is_author, has_answered)
