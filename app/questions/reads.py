"""Threads for pages. Everything passes app.questions.access first; what comes out are cards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import shows_subject
from app.domains.trade import Trade
from app.errors import NotThere
from app.questions.access import Access, get_readable, make_scope, where_of
from app.questions.cards import PostCard, QuestionBody, ThreadCard, additions_of, question_body, shown_labels
from app.questions.changes import CHANGES
from app.questions.course import course_of
from app.questions.ending import is_notified
from app.questions.lockers import OWNER, PEER, OwnThread, find_own
from app.questions.models import Pending, Photo, Post, Thread
from app.questions.pending import open_pending, unpack
from app.questions.photos import open_photo
from app.questions.rules import told_state
from app.sealing import Vault, open_text
from app.vectors.store import Subjected
from privacy.keys import Key
from privacy.pseudonyms import owner_tag, peer_tag
from privacy.scopes import Audience

__all__ = ["find_thread_text", "post_text", "thread_card", "thread_photo", "thread_text"]


@dataclass(frozen=True, slots=True)
class ThreadText:
    """What the index worker needs of a thread; never for a page."""

    where: Subjected
    text: str


def find_thread_text(stores: Stores, vault: Vault, trade: Trade, thread_id: str) -> ThreadText | None:
    """A published question's title and the words of its form, or None when it is gone or taken back."""
    thread = stores.content.get(Thread, thread_id)
    opened = thread_text(stores, vault, thread) if thread else None
    if thread is None or opened is None:
        return None
    return ThreadText(where_of(vault, thread), indexed_words(trade, opened))


def indexed_words(trade: Trade, text: dict[str, Any]) -> str:
    """What matching reads of a question's opened text: its title, the words of its form, what was added."""
    words = [text["fields"].get(field.key, "") for field in trade.form.fields if field.kind == "text"]
    added = [one["text"] for one in text.get("additions", ())]
    return "\n".join([text["title"], *filter(None, words), *added])


def thread_card(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    thread_id: str,
    asked: bool = False,
    company_until: int | None = None,
) -> ThreadCard:
    """A thread with its posts, as this viewer may see it; the asker's own also while it waits. Raises NotThere.

    `asked` is the queue's word that the viewer holds an offer. `company_until` is the latest window whose threads the
    company may read by now; without it a company account reads nothing.
    """
    own = find_own(stores, viewer.secret, thread_id)
    asked = asked or (own is not None and own.part == PEER)  # whose answer still waits was let in to write it
    try:
        access = get_readable(
            stores, vault, trade, viewer=viewer, thread_id=thread_id, asked=asked, company_until=company_until
        )
    except NotThere:
        waiting = None if own is None else pending_question(stores, vault, trade, own)
        if waiting is None or own is None:
            raise
        return replace(waiting, is_notified=is_notified(stores, vault, viewer=viewer, own=own))
    return _card(stores, vault, trade, access, viewer, own)


def office_card(stores: Stores, vault: Vault, trade: Trade, access: Access, *, viewer: Viewer) -> ThreadCard:
    """A thread whose gate a coordinator has passed, with what is hidden from others. For the desk alone."""
    return _card(stores, vault, trade, access, viewer, None, office=True)


def thread_photo(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    thread_id: str,
    photo_id: str,
    asked: bool = False,
    company_until: int | None = None,
) -> bytes:
    """A picture of a thread the viewer may read, or of their own post that waits. Raises NotThere, also when erased."""
    row = stores.content.get(Photo, photo_id)
    own = find_own(stores, viewer.secret, thread_id)
    if row is not None and row.thread_id is None and own is not None:
        if not any(photo_id in payload.get("photos", ()) for payload in _own_payloads(stores, vault, own)):
            raise NotThere
        return open_photo(vault.data_key(stores, own.key_id), row)
    asked = asked or (own is not None and own.part == PEER)
    access = get_readable(
        stores, vault, trade, viewer=viewer, thread_id=thread_id, asked=asked, company_until=company_until
    )
    if row is None or row.key_id is None or row.thread_id != thread_id:
        raise NotThere
    if (own is None or own.key_id != row.key_id) and _is_hidden(stores, vault, access, row):
        raise NotThere
    return open_photo(vault.data_key(stores, row.key_id), row)


def thread_text(stores: Stores, vault: Vault, thread: Thread) -> dict[str, Any] | None:
    """The opened text of a thread, or None when it was taken back: for the index worker and cards."""
    return _open(vault.data_keys(stores, [thread.key_id]), thread.key_id, thread.sealed_text, "threads", thread.id)


def post_text(stores: Stores, vault: Vault, post: Post) -> dict[str, Any] | None:
    """The opened text of a post, or None when it was taken back."""
    return _open(vault.data_keys(stores, [post.key_id]), post.key_id, post.sealed_text, "posts", post.id)


def is_veiled(access: Access) -> bool:
    """Whether the question is hidden from this reader until a coordinator has looked at it."""
    return access.thread.hidden and not access.is_author


def _is_hidden(stores: Stores, vault: Vault, access: Access, photo: Photo) -> bool:
    """Whether a picture of somebody else is of what is hidden."""
    if is_veiled(access):
        return True
    texts = [post_text(stores, vault, one) for one in access.posts if one.hidden and one.key_id == photo.key_id]
    return any(photo.id in text.get("photos", ()) for text in texts if text)


def body_of(trade: Trade, access: Access, text: dict[str, Any] | None) -> QuestionBody:
    """A published question's body."""
    thread, levels = access.thread, access.scope.levels
    return question_body(
        trade, subject=access.subject, topic=thread.topic, levels=levels, urgent=thread.urgent, text=text
    )


def _card(
    stores: Stores, vault: Vault, trade: Trade, access: Access, viewer: Viewer, own: OwnThread | None,
    *, office: bool = False,
) -> ThreadCard:  # fmt: skip
    thread, is_open = access.thread, office or not is_veiled(access)
    keys = vault.data_keys(stores, [thread.key_id, *(post.key_id for post in access.posts)])
    text = _open(keys, thread.key_id, thread.sealed_text, "threads", thread.id) if is_open else None
    tags = {str(owner_tag(viewer.secret, thread.id)), str(peer_tag(viewer.secret, thread.id))}
    # whoever answers a question repeats what stands in it
    seen = [post for post in access.posts if is_open or post.author_tag in tags]
    posts = [_post_card(trade, post, keys, tags, office=office) for post in seen]
    waiting = [] if own is None else _own_pending_posts(stores, vault, trade, own, access.posts)
    body = body_of(trade, access, text)
    return ThreadCard(
        id=thread.id,
        body=body,
        day=date.fromordinal(thread.published_day),
        state=told_state(thread.state),
        posts=tuple(_with_pens([*posts, *waiting], body.pen)),
        is_author=access.is_author,
        has_answered=access.has_answered,
        company_may=thread.company_may,
        audience=access.scope.audience if access.is_author else None,
        is_notified=own is not None and is_notified(stores, vault, viewer=viewer, own=own),
        names_subject=shows_subject(access.scope.levels),
        hidden=thread.hidden,
        changing=frozenset() if own is None else _changing(stores, vault, own),
        stage=thread.stage,
        window=thread.published_window,
        course=course_of(vault, thread) if access.is_author else None,
        group=thread.group_key,
    )


def _changing(stores: Stores, vault: Vault, own: OwnThread) -> frozenset[str]:
    """One's own texts that a waiting edit or addition will change."""
    return frozenset(one["target"] for one in _own_payloads(stores, vault, own) if one["kind"] in CHANGES)


def _post_card(trade: Trade, post: Post, keys: dict[str, Key], own_tags: set[str], *, office: bool = False) -> PostCard:
    is_mine = post.author_tag in own_tags
    is_seen = office or is_mine or not post.hidden
    text = _open(keys, post.key_id, post.sealed_text, "posts", post.id) if is_seen else None
    return PostCard(
        id=post.id,
        kind=post.kind,
        author=post.author,
        day=date.fromordinal(post.published_day),
        accepted=post.accepted,
        text=text["text"] if text else None,
        shown=shown_labels(trade, text["shown"]) if text else (),
        is_mine=is_mine,
        photos=tuple(text.get("photos", ())) if text else (),
        pen=text.get("pen", "") if text else "",
        hidden=post.hidden,
        edited=date.fromordinal(text["edited"][0]) if text and "edited" in text else None,
        additions=additions_of(text) if text else (),
        result=_result(trade, text or {}),
        about=(text or {}).get("answer", ""),
    )


def _result(trade: Trade, text: dict[str, Any]) -> str:
    """What the text of an outcome says in a word."""
    found = trade.outcome.find(text.get("result", ""))
    return str(found.name) if found else ""


def _with_pens(posts: Sequence[PostCard], asker: str) -> list[PostCard]:
    """Each post under the pen name its author used anywhere in this thread: two names for one hand would join them."""
    names = {post.author: post.pen for post in posts if post.pen} | ({0: asker} if asker else {})
    return [replace(post, pen=names.get(post.author, "")) for post in posts]


def _own_pending_posts(
    stores: Stores, vault: Vault, trade: Trade, own: OwnThread, published: Sequence[Post]
) -> list[PostCard]:
    found = []
    for payload in _own_payloads(stores, vault, own):
        if payload["kind"] in {"question", *CHANGES}:
            continue
        text = open_text(vault.data_key(stores, own.key_id), unpack(payload["text"]), table="posts", row=payload["id"])
        mine = next((post.author for post in published if post.author_tag == payload["author_tag"]), None)
        author = 0 if payload["by_asker"] else mine or max((0, *(post.author for post in published))) + 1
        shown = shown_labels(trade, text["shown"])
        photos = tuple(text.get("photos", ()))
        pen = text.get("pen", "")
        found.append(
            PostCard(
                payload["id"],
                payload["kind"],
                author,
                None,
                False,
                text["text"],
                shown,
                True,
                photos,
                pen,
                result=_result(trade, text),
                about=text.get("answer", ""),
                held="held" in payload,
            )
        )
    return found


def pending_question(stores: Stores, vault: Vault, trade: Trade, own: OwnThread) -> ThreadCard | None:
    """The asker's own question while it waits for its window."""
    payload = next((one for one in _own_payloads(stores, vault, own) if one["kind"] == "question"), None)
    if payload is None or own.part != OWNER:
        return None
    columns = payload["columns"]
    scope = make_scope(payload["scope"], audience=columns["audience"], company_may=columns["company_may"])
    text = open_text(vault.data_key(stores, own.key_id), unpack(payload["text"]), table="threads", row=own.thread)
    body = question_body(
        trade, subject=payload["scope"]["subject"], topic=columns["topic"], levels=scope.levels, urgent=columns["urgent"],
        text=text,
    )  # fmt: skip
    audience = Audience(columns["audience"])
    return ThreadCard(
        own.thread, body, None, "pending", (), True, False, columns["company_may"], audience, held="held" in payload,
        group=columns["group_key"],
    )  # fmt: skip


def _own_payloads(stores: Stores, vault: Vault, own: OwnThread) -> list[dict[str, Any]]:
    rows = [stores.content.get(Pending, pending_id) for pending_id in own.pending]
    return [open_pending(vault, row) for row in rows if row is not None]


def _open(keys: dict[str, Key], key_id: str, sealed: bytes, table: str, row: str) -> dict[str, Any] | None:
    if key_id not in keys:
        return None
    text: dict[str, Any] = open_text(keys[key_id], sealed, table=table, row=row)
    return text
