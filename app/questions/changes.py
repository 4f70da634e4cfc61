"""What a window does to a text that is out: its author's new words take the place of the old, or stand beneath them.

Nothing of an older version is kept. An edit that an answer has overtaken becomes an addition: whoever answered must not
find other words above their own.
"""

from base64 import b64decode
from collections.abc import Collection, Sequence
from typing import Any, Final, Literal

from sqlalchemy import select

from app.db import Stores
from app.jobs import queue
from app.questions.marks import marks_of
from app.questions.models import Post, Thread
from app.questions.taps import reacted
from app.sealing import Vault, open_text, seal_text
from privacy.keys import Key

EDIT: Final = "edit"
ADDITION: Final = "addition"
CHANGES: Final = frozenset({EDIT, ADDITION})
TABLE: Final = "changes"  # what a waiting change is sealed for
Target = Thread | Post
Reason = Literal["answered", "reacted"]


def why_fixed(target: Target, posts: Sequence[Post], marked: Collection[str]) -> Reason | None:
    """Why a text can only be added to: a question was answered, somebody has reacted to a post. None: it may change.

    `posts` are those of the thread, `marked` the ids of posts that a reader has marked.
    """
    if isinstance(target, Thread):
        return "answered" if any(post.kind == "answer" for post in posts) else None
    followed = any(post.place > target.place and _follows(post, target) for post in posts)
    return "reacted" if target.accepted or target.id in marked or followed else None


def _follows(post: Post, target: Post) -> bool:
    """Another answer is no reaction to an answer; whatever somebody else writes after a follow-up may be one."""
    return post.author_tag != target.author_tag and (post.kind != "answer" or target.kind != "answer")


def marked_posts(stores: Stores, vault: Vault, thread_id: str, window: int) -> frozenset[str]:
    """The posts of a thread that a reader has marked, of which their author can tell."""
    return reacted(marks_of(stores, vault, thread_id), window)


def apply_edit(stores: Stores, vault: Vault, payload: dict[str, Any], window: int, day: int) -> None:
    """Put an edit that waited in the place of the text, or beneath it where it comes too late."""
    target, posts = _target(stores, payload)
    key = _key(stores, vault, target)
    if target is None or key is None:
        return
    change = _opened(key, payload)
    if why_fixed(target, posts, marked_posts(stores, vault, payload["thread"], window)):
        _add(target, key, change["late"], day)
    else:
        write_text(target, key, {**text_of(target, key), **change["new"], "edited": [day, window]})
    index_again(stores, vault, target, window)


def apply_addition(stores: Stores, vault: Vault, payload: dict[str, Any], window: int, day: int) -> None:
    """Put an addition that waited beneath its text."""
    target, _ = _target(stores, payload)
    key = _key(stores, vault, target)
    if target is not None and key is not None:
        _add(target, key, _opened(key, payload)["text"], day)
        index_again(stores, vault, target, window)


def index_again(stores: Stores, vault: Vault, target: Target, window: int) -> None:
    """Let the worker remember a question by its new words; nobody is asked for it again."""
    if isinstance(target, Thread):
        queue.put(stores, vault, "index", {"thread": target.id, "route": False}, due=window)


def text_of(target: Target, key: Key) -> dict[str, Any]:
    """The opened text of a question or post."""
    text: dict[str, Any] = open_text(key, target.sealed_text, table=target.__tablename__, row=target.id)
    return text


def write_text(target: Target, key: Key, text: dict[str, Any]) -> None:
    """Seal a text into its row."""
    target.sealed_text = seal_text(key, text, table=target.__tablename__, row=target.id)


def _add(target: Target, key: Key, words: str, day: int) -> None:
    text = text_of(target, key)
    write_text(target, key, {**text, "additions": [*text.get("additions", ()), {"text": words, "day": day}]})


def _target(stores: Stores, payload: dict[str, Any]) -> tuple[Target | None, list[Post]]:
    thread = stores.content.get(Thread, payload["thread"])
    posts = list(stores.content.scalars(select(Post).where(Post.thread_id == payload["thread"])))
    if payload["target"] == payload["thread"]:
        return thread, posts
    return next((post for post in posts if post.id == payload["target"]), None), posts


def _key(stores: Stores, vault: Vault, target: Target | None) -> Key | None:
    """The key of a text; None when it was taken back."""
    return vault.data_keys(stores, [target.key_id]).get(target.key_id) if target and target.sealed_text else None


def _opened(key: Key, payload: dict[str, Any]) -> dict[str, Any]:
    change: dict[str, Any] = open_text(key, b64decode(payload["text"]), table=TABLE, row=payload["id"])
    return change
