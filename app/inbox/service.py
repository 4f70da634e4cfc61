"""What a member keeps of their inbox in their own lockers: what they have read, and how they want mail."""

from collections.abc import Collection
from typing import Final

from app.db import Stores
from app.inbox.heard import heard
from app.inbox.labels import OwnLabels
from app.mail.wishes import Wishes, wishes_of
from app.questions.lockers import read_locker, write_locker
from app.sealing import Vault
from privacy.pseudonyms import MemberSecret

READ: Final = "inbox-read"
WISHES: Final = "mail-wishes"
SEEN: Final = "mail-seen"
SHORT: Final = 8  # characters of a note's id: enough to tell one's own notes apart
KEPT: Final = 320  # so that the locker keeps its size


def read_ids(stores: Stores, secret: MemberSecret) -> frozenset[str]:
    """The notes that were read, by the beginnings of their ids."""
    return frozenset(read_locker(stores, secret, READ, []))


def is_read(read: Collection[str], note_id: str) -> bool:
    """Whether this note is among them."""
    return note_id[:SHORT] in read


def mark_read(
    stores: Stores, vault: Vault, secret: MemberSecret, *, own: OwnLabels, note_ids: Collection[str], window: int
) -> None:
    """Note that these of one's own notes were read, and forget marks of notes that are gone; writes content."""
    there = [one.id for one in heard(stores, vault, own, window=window)]
    read = read_ids(stores, secret) | {one[:SHORT] for one in note_ids}
    marks = [one[:SHORT] for one in there if one[:SHORT] in read]
    write_locker(stores, secret, READ, marks[:KEPT])


def own_wishes(stores: Stores, secret: MemberSecret) -> Wishes | None:
    """How the member wants mail; None when they never said."""
    found = read_locker(stores, secret, WISHES, None)
    return None if found is None else wishes_of(found)


def keep_wishes(stores: Stores, secret: MemberSecret, wishes: Wishes) -> None:
    """Keep it for their own page; writes content."""
    write_locker(stores, secret, WISHES, wishes.as_data())


def said_in(stores: Stores, secret: MemberSecret) -> int:
    """The week, as a number, in which the post office was last told that somebody is here."""
    week: int = read_locker(stores, secret, SEEN, 0)
    return week


def note_said(stores: Stores, secret: MemberSecret, week: int) -> None:
    """Remember it; writes content."""
    write_locker(stores, secret, SEEN, week)
