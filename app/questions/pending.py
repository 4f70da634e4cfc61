"""Posts on their way: durable at once, published together at their window, shuffled."""

from base64 import b64decode, b64encode
from collections.abc import Callable, MutableSequence
from datetime import date
from typing import Any, Final, Protocol

import structlog
from sqlalchemy import func, select

from app.db import Stores
from app.escrow.service import publish_escrow
from app.jobs import queue
from app.logs.service import note_content
from app.mail.contacts import set_contact
from app.questions.access import where_of
from app.questions.changes import ADDITION, CHANGES, EDIT, apply_addition, apply_edit
from app.questions.course import Turn, tell_turn
from app.questions.models import Pending, Post, Thread
from app.questions.photos import publish_photos, remove_photos
from app.questions.reminding import OUTCOME, REMIND
from app.questions.rules import COMPANY
from app.questions.wishing import tell_wish
from app.sealing import Vault
from app.tallies.service import leave as leave_boxes
from app.vectors.store import Answered, mark_outcome, record_answer
from matching.profiles import USUAL_LENGTH, about
from privacy.errors import PrivacyError
from privacy.pseudonyms import new_id

log = structlog.get_logger()

PENDING_PAD: Final = 4096
SCOPE_PAD: Final = 2048  # room for five excluded circles, their former ones and those beside them
SETTLED: Final = frozenset({"accepted", "likely", "closed"})


class Shuffles(Protocol):
    """Randomness that can shuffle; outside tests a `random.SystemRandom`."""

    def shuffle(self, x: MutableSequence[Any]) -> None: ...


Publisher = Callable[[Stores, Vault, dict[str, Any], int, int], None]
"""Given the payload, the window and the day: puts a post of its kind into the open."""


def publishes(kind: str) -> Callable[[Publisher], Publisher]:
    """Declare how a kind of post comes out, for features above this one."""

    def note(publisher: Publisher) -> Publisher:
        _PUBLISHERS[kind] = publisher
        return publisher

    return note


def put_pending(stores: Stores, vault: Vault, payload: dict[str, Any], *, due: int) -> str:
    """Store a whole post until its window; its text is already sealed under its author's key."""
    pending_id = str(new_id())
    sealed = vault.seal(payload, table="pending", column="sealed", row=pending_id, pad=PENDING_PAD)
    stores.content.add(Pending(id=pending_id, due_window=due, sealed=sealed))
    return pending_id


def change_pending(vault: Vault, row: Pending, payload: dict[str, Any]) -> None:
    """Put another payload in the place of what waits."""
    row.sealed = vault.seal(payload, table="pending", column="sealed", row=row.id, pad=PENDING_PAD)


def open_pending(vault: Vault, row: Pending) -> dict[str, Any]:
    """What waits."""
    payload: dict[str, Any] = vault.open(row.sealed, table="pending", column="sealed", row=row.id)
    return payload


def pack(sealed: bytes) -> str:
    """Bytes inside a JSON value."""
    return b64encode(sealed).decode()


def unpack(text: str) -> bytes:
    """The bytes again."""
    return b64decode(text)


def with_contact(box: bytes | None) -> dict[str, str]:
    """The part of a payload that says where to write: the row comes with the post, never with its author's request."""
    return {} if box is None else {"contact": pack(box)}


def has_pending(stores: Stores, *, window: int) -> bool:
    """Whether `publish` would find something: asked without the write lock."""
    return stores.content.scalars(select(Pending.id).where(Pending.due_window <= window).limit(1)).first() is not None


def publish(stores: Stores, vault: Vault, *, window: int, today: date, rng: Shuffles) -> int:
    """Move every post that is due into the open, in random order, and say how many.

    One transaction of the content file, in which the waiting rows go: stopped anywhere, it has happened once or not.
    """
    rows = list(stores.content.scalars(select(Pending).where(Pending.due_window <= window)))
    rng.shuffle(rows)
    rows.sort(key=lambda row: _is_change(vault, row))  # a change finds the answers of its own window there already
    return sum(_publish_one(stores, vault, row, window, today) for row in rows)


def _is_change(vault: Vault, row: Pending) -> bool:
    try:
        return open_pending(vault, row)["kind"] in CHANGES
    except PrivacyError:
        return False


def _publish_one(stores: Stores, vault: Vault, row: Pending, window: int, today: date) -> bool:
    """One row in a savepoint: a row that does not open stays where it is and holds up nobody else's post."""
    try:
        with stores.content.begin_nested():
            payload = open_pending(vault, row)
            _PUBLISHERS[payload["kind"]](stores, vault, payload, window, today.toordinal())
            if "then" in payload:
                queue.put(stores, vault, payload["then"]["kind"], payload["then"]["payload"], due=window)
            tell_wish(stores, vault, payload, window=window)
            stores.content.delete(row)
            kind = "answer" if payload["kind"] == "company" else payload["kind"]
            note_content(stores, event=f"{kind}.published", day=today)
    except PrivacyError as error:
        log.error("a waiting post does not open", error=type(error).__name__)
        return False
    return True


def _question(stores: Stores, vault: Vault, payload: dict[str, Any], window: int, day: int) -> None:
    thread_id = payload["id"]
    stores.content.add(
        Thread(
            id=thread_id,
            **payload["columns"],
            state="waiting",
            published_day=day,
            published_window=window,
            sealed_scope=vault.seal(
                payload["scope"], table="threads", column="sealed_scope", row=thread_id, pad=SCOPE_PAD
            ),
            sealed_text=unpack(payload["text"]),
        )
    )
    leave_boxes(stores, vault, payload.get("tallies", ()), due=window)
    publish_photos(stores, payload, thread_id=thread_id, key_id=payload["columns"]["key_id"])
    publish_escrow(stores, payload, author=0)
    _put_contact(stores, payload["columns"]["owner_tag"], payload)
    queue.put(stores, vault, "index", {"thread": thread_id, "route": True}, due=window)


def _answer(stores: Stores, vault: Vault, payload: dict[str, Any], window: int, day: int) -> None:
    thread = stores.content.get(Thread, payload["thread"])
    if thread is None:
        remove_photos(stores, payload.get("photos", ()))
        return
    post = _add_post(stores, vault, payload, day)
    if thread.state != "closed":
        _put_contact(stores, post.author_tag, payload)
    where = where_of(vault, thread)
    length = about(payload.get("length", USUAL_LENGTH))
    answered = Answered(post.id, payload["handle"], window, length=length)
    record_answer(stores, vault, where=where, answer=answered)
    _count_answer(stores, vault, thread, window)
    queue.put(stores, vault, "answered", {"thread": thread.id, "offer": payload["offer"], "post": post.id}, due=window)


def _count_answer(stores: Stores, vault: Vault, thread: Thread, window: int) -> None:
    """A question that was not settled is answered now, and with its first answer it is looked after."""
    if thread.state in SETTLED:
        return
    if thread.state != "answered":
        queue.put(stores, vault, REMIND, {"thread": thread.id}, due=window)
    thread.state = "answered"


def _followup(stores: Stores, vault: Vault, payload: dict[str, Any], window: int, day: int) -> None:
    if stores.content.get(Thread, payload["thread"]) is None:
        remove_photos(stores, payload.get("photos", ()))
        return
    post = _add_post(stores, vault, payload, day)
    queue.put(stores, vault, "followed", {"thread": post.thread_id, "post": post.id}, due=window)


def _outcome(stores: Stores, vault: Vault, payload: dict[str, Any], window: int, day: int) -> None:
    """What came of it, told as a follow-up is; where it says so of an answer, matching remembers it."""
    _followup(stores, vault, payload, window, day)
    leave_boxes(stores, vault, payload.get("tallies", ()), due=window)
    if payload["answer"]:
        thread_id, post_id = payload["thread"], payload["answer"]
        mark_outcome(stores, vault, thread_id=thread_id, post_id=post_id, outcome=payload["result"])


def _add_post(stores: Stores, vault: Vault, payload: dict[str, Any], day: int) -> Post:
    place = stores.content.scalar(select(func.max(Post.place)).where(Post.thread_id == payload["thread"])) or 0
    post = Post(
        id=payload["id"],
        thread_id=payload["thread"],
        kind="answer" if payload["kind"] == "company" else payload["kind"],
        place=place + 1,
        author=_author_number(stores, payload),
        author_tag=payload["author_tag"],
        published_day=day,
        accepted=False,
        key_id=payload["key_id"],
        sealed_scope=vault.seal(payload["scope"], table="posts", column="sealed_scope", row=payload["id"]),
        sealed_text=unpack(payload["text"]),
    )
    stores.content.add(post)
    publish_photos(stores, payload, thread_id=post.thread_id, key_id=post.key_id)
    publish_escrow(stores, payload, author=post.author)
    return post


def _put_contact(stores: Stores, label: str, payload: dict[str, Any]) -> None:
    if "contact" in payload:
        set_contact(stores, label=label, box=unpack(payload["contact"]))


def _author_number(stores: Stores, payload: dict[str, Any]) -> int:
    """0 the asker; an answerer keeps the number of their first answer in this thread; the company has its own."""
    if payload["kind"] == "company":
        return COMPANY
    if payload["by_asker"]:
        return 0
    here = select(Post.author).where(Post.thread_id == payload["thread"])
    known = stores.content.scalars(here.where(Post.author_tag == payload["author_tag"])).first()
    if known is not None:
        return known
    last = stores.content.scalar(select(func.max(Post.author)).where(Post.thread_id == payload["thread"]))
    return max(last or 0, 0) + 1


def _company(stores: Stores, vault: Vault, payload: dict[str, Any], window: int, day: int) -> None:
    """The operating company's answer: no handle behind it, no evidence about anybody, its author told by another note."""
    thread = stores.content.get(Thread, payload["thread"])
    if thread is None or not thread.company_may:
        return
    _add_post(stores, vault, payload, day)
    _count_answer(stores, vault, thread, window)
    tell_turn(stores, vault, thread, Turn("company", day), due=window + 1)


_PUBLISHERS: Final[dict[str, Publisher]] = {
    "question": _question,
    "answer": _answer,
    "company": _company,
    "followup": _followup,
    OUTCOME: _outcome,
    EDIT: apply_edit,
    ADDITION: apply_addition,
}
