"""Lockers: what a member keeps in the content file under labels of their own secret.

Without the secret nobody can tell whose a locker is, what it is for, or which two belong together. All have the same
size: what outgrows one goes on in others, counted from its end, so that a list to whose head something comes leaves
them as they are.
"""

import json
from dataclasses import dataclass, replace
from typing import Any, Final

from app.db import Stores, fetch, recall
from app.questions.models import Locker, Pending
from privacy.pseudonyms import MemberSecret, locker_key, locker_label
from privacy.vault import Place, open_sealed, seal

PAD: Final = 4096
PART: Final = 4032  # bytes of one that go on in another
MOST: Final = 31  # others; past that the first grows
AHEAD: Final = 3  # of them looked for with the first in the same statement, of those that grow
GROWING: Final = ("mythreads", "ideas", "sent", "shown", "inbox-read", "places", "ballots", "written")
GOES_ON: Final = b"\0"  # no JSON begins so
# What a member keeps here, and about what: nothing, or each thread they wrote in. Leaving looks under all of these.
PURPOSES: Final = {
    "mythreads": "", "ideas": "", "draft": "", "draft-aside": "", "readings": "", "sent": "", "asked": "", "shown": "", "photos": "", "pen-name": "", "pause": "", "conduct": "", "flags": "", "handle-epochs": "", "inbox-read": "", "mail-wishes": "", "mail-seen": "", "places": "", "ballots": "", "written": "", "gate": "", "invitations": "", "standing": "",
}  # fmt: skip
THREADS: Final = "mythreads"
PLACES: Final = "places"  # where else the member wrote: ideas, notes, sessions, cohorts
OWNER: Final = "owner"
PEER: Final = "peer"


def handle_epochs(stores: Stores, secret: MemberSecret) -> dict[str, int]:
    """How often a member started afresh, by subject."""
    epochs: dict[str, int] = read_locker(stores, secret, "handle-epochs", {})
    return epochs


def read_locker(stores: Stores, secret: MemberSecret, purpose: str, default: Any, *, object: str = "") -> Any:
    """What stands in a locker, or `default` when there is nothing."""
    known = (Locker, bytes(secret), purpose, object)
    value = recall(stores.content, known, lambda: _opened(stores, secret, purpose, object))
    return default if value is None else value


def _opened(stores: Stores, secret: MemberSecret, purpose: str, object: str) -> Any:
    label = locker_label(secret, purpose, object)
    if not object and (Locker, label) not in stores.content.known:  # one is seldom all that a request opens
        single = [one for one, about in PURPOSES.items() if not about]
        ahead = [label for one in GROWING for label in part_labels(secret, one, most=AHEAD)]
        fetch(stores.content, Locker, [*(locker_label(secret, one) for one in single), *ahead])
    row = stores.content.get(Locker, label)
    if row is None:
        return None
    more, head = _head(secret, purpose, row)
    found = fetch(stores.content, Locker, part_labels(secret, purpose, object, more)) if more else []
    if len(found) < more:  # its member is leaving, and some of it has gone
        return None
    return json.loads(head + b"".join(_open(secret, purpose, one) for one in reversed(found)))


def part_labels(secret: MemberSecret, purpose: str, object: str = "", most: int = MOST) -> list[str]:
    """Where a locker that outgrows its size goes on, its end first."""
    return [str(locker_label(secret, purpose, f"{object} {number}")) for number in range(1, most + 1)]


def _head(secret: MemberSecret, purpose: str, row: Locker) -> tuple[int, bytes]:
    """In how many others it goes on, and how it begins."""
    body = _open(secret, purpose, row)
    return (body[1], body[2:]) if body.startswith(GOES_ON) else (0, body)


def _open(secret: MemberSecret, purpose: str, row: Locker) -> bytes:
    return open_sealed(locker_key(secret, purpose), row.sealed, Place("lockers", "sealed", row.label))


def write_locker(stores: Stores, secret: MemberSecret, purpose: str, value: Any, *, object: str = "") -> None:
    """Put a JSON value into a locker. None empties it: the row stays, so that nobody sees it go."""
    label = locker_label(secret, purpose, object)
    body = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    more = min(max(0, len(body) - 1) // PART, MOST)
    row = stores.content.get(Locker, label)
    before = 0 if row is None else _head(secret, purpose, row)[0]
    head = body[: len(body) - more * PART]
    parts = [body[-PART * number :][:PART] for number in range(1, more + 1)] + [b""] * (before - more)
    for one, part in zip(part_labels(secret, purpose, object), parts, strict=False):
        there = stores.content.get(Locker, one)
        if there is None or _open(secret, purpose, there) != part:
            _put(stores, secret, purpose, one, part)
            stores.content.known.pop((Locker, one), None)
    _put(stores, secret, purpose, label, GOES_ON + bytes([more]) + head if more else head)
    stores.content.known.pop((Locker, bytes(secret), purpose, object), None)


def _put(stores: Stores, secret: MemberSecret, purpose: str, label: str, body: bytes) -> None:
    row = stores.content.get(Locker, label)
    sealed = seal(locker_key(secret, purpose), body, Place("lockers", "sealed", label), pad_to=PAD)
    if row is None:
        stores.content.add(Locker(label=label, sealed=sealed))
    else:
        row.sealed = sealed


@dataclass(frozen=True, slots=True)
class OwnThread:
    """A thread or place the member wrote in: their part, its data key, and what of theirs still waits for its window."""

    thread: str
    part: str  # owner | peer
    key_id: str
    day: int
    pending: tuple[str, ...] = ()


def own_threads(stores: Stores, secret: MemberSecret, *, locker: str = THREADS) -> list[OwnThread]:
    """Every thread the member wrote in, or every place of theirs, newest first."""
    listed = read_locker(stores, secret, locker, [])
    return [OwnThread(**{**one, "pending": tuple(one["pending"])}) for one in listed]


def own_parts(stores: Stores, secret: MemberSecret) -> list[OwnThread]:
    """Every thread and every place the member wrote in."""
    return [*own_threads(stores, secret), *own_threads(stores, secret, locker=PLACES)]


def find_own(stores: Stores, secret: MemberSecret, thread_id: str, *, locker: str = THREADS) -> OwnThread | None:
    """The member's part of one thread, or None."""
    return next((one for one in own_threads(stores, secret, locker=locker) if one.thread == thread_id), None)


def remember(stores: Stores, secret: MemberSecret, new: OwnThread, *, locker: str = THREADS) -> None:
    """Put a thread first in the member's own list, with what still waits of it."""
    listed = own_threads(stores, secret, locker=locker)
    old = next((one for one in listed if one.thread == new.thread), None)
    if old is not None:
        waiting = [one for one in old.pending if stores.content.get(Pending, one) is not None]
        new = replace(old, pending=(*waiting, *new.pending))
    rest = [one for one in listed if one.thread != new.thread]
    write_locker(stores, secret, locker, [_plain(one) for one in (new, *rest)])


def change_key(stores: Stores, secret: MemberSecret, thread_id: str, key_id: str, *, locker: str = THREADS) -> None:
    """Note that the member's part of a thread is under another data key; its place in the list stays."""
    listed = own_threads(stores, secret, locker=locker)
    changed = [replace(one, key_id=key_id) if one.thread == thread_id else one for one in listed]
    write_locker(stores, secret, locker, [_plain(one) for one in changed])


def _plain(one: OwnThread) -> dict[str, Any]:
    return {"thread": one.thread, "part": one.part, "key_id": one.key_id, "day": one.day, "pending": list(one.pending)}
