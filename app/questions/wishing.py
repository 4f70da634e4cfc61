"""A coordinator's word about a post: wished with any post, so that a wish does not say that the post is somebody's first.

The session proposes it with a first post, and with every second other one, drawn from the member's own secret: whoever
sees that a word was wished holds a first post for at most twice as likely as before.
"""

from collections.abc import Mapping
from typing import Any, Final

from app.db import Stores
from app.jobs import queue
from app.questions.lockers import PLACES, own_threads
from app.sealing import Vault
from privacy.pseudonyms import MemberSecret, locker_label

WISHED: Final = "word"  # the job that comes with the post
EVERY: Final = 2  # one in so many posts that are not the first


def is_proposed(stores: Stores, secret: MemberSecret, about: str) -> bool:
    """Whether the form of a post stands with the wish ticked; `about` makes it the same when the page is drawn again."""
    return is_first(stores, secret) or draws(secret, about)


def is_first(stores: Stores, secret: MemberSecret) -> bool:
    """Whether the member has written nothing here; only their own session ever sees it."""
    return not own_threads(stores, secret) and not own_threads(stores, secret, locker=PLACES)


def draws(secret: MemberSecret, about: str) -> bool:
    """A draw that nobody else can repeat."""
    return int(str(locker_label(secret, "word-draw", about))[:8], 16) % EVERY == 0


def with_word(wished: bool) -> dict[str, bool]:
    """The part of a payload that carries the wish."""
    return {WISHED: True} if wished else {}


def tell_wish(stores: Stores, vault: Vault, payload: Mapping[str, Any], *, window: int) -> None:
    """The post is out: its wish goes to the coordinators. Writes content."""
    if payload.get(WISHED):
        tag = payload.get("author_tag") or payload["columns"]["owner_tag"]
        about = {"thread": payload.get("thread", payload["id"]), "post": payload["id"], "kind": payload["kind"]}
        queue.put(stores, vault, WISHED, {**about, "tag": tag}, due=window)
