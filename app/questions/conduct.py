"""Flags that were upheld, and what follows from them: all of it found and done in the author's own session.

A row stands under the tag of one thread or place, made blind; only who can make the tags of all of theirs sees that two rows
are one person's. The first is a reminder to be read, a second within a year closes writing for a while. It works without
any mail and cannot be missed by not looking: whoever writes is asked for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, select

from app.accounts.viewer import Viewer
from app.db import Stores, recall
from app.errors import ReminderFirst, WritingPaused
from app.questions.ending import tag_of
from app.questions.lockers import own_parts, read_locker, write_locker
from app.questions.models import Sanction
from app.sealing import NOTES, Vault
from privacy.keys import blind_index, key_from

TABLE: Final = "sanctions"
LOCKER: Final = "conduct"
YEAR: Final = 365
FIRST_PAUSE: Final = 14
LATER_PAUSE: Final = 90


@dataclass(frozen=True, slots=True)
class Upheld:
    """One flag that was upheld against the viewer."""

    id: str
    thread: str
    day: int
    reason: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What was upheld against somebody, oldest first, and the day before which they do not write."""

    upheld: tuple[Upheld, ...] = ()
    paused_until: date | None = None

    @property
    def unread(self) -> tuple[Upheld, ...]:
        """What they have not read of yet."""
        return tuple(one for one in self.upheld if not one.is_read)


def paused_until(days: Sequence[int], today: int) -> int | None:
    """The day on which writing begins again, or None: a second within a year counts 14 days, each further one 90."""
    ends = [day + _length(sum(day - YEAR < earlier for earlier in days[:place])) for place, day in enumerate(days)]
    last = max(ends, default=0)
    return last if last > today else None


def uphold(stores: Stores, vault: Vault, *, case: str, tag: str, thread: str, reason: str, day: int) -> None:
    """Leave what was upheld for the author of this tag; what is older than it can count goes. Writes content."""
    _forget_old(stores, vault, day)
    value = {"day": day, "thread": thread, "reason": reason}
    sealed = vault.seal(value, table=TABLE, column="sealed", row=case)
    stores.content.merge(Sanction(id=case, label=_blind(stores, vault, tag), sealed=sealed))


def lift(stores: Stores, *, case: str) -> None:
    """Take it back, with all that followed from it. Writes content."""
    stores.content.execute(delete(Sanction).where(Sanction.id == case))


def forget(stores: Stores, vault: Vault, *, tag: str) -> None:
    """Forget what stands under a tag: its author leaves. Writes content."""
    stores.content.execute(delete(Sanction).where(Sanction.label == _blind(stores, vault, tag)))


def standing_of(stores: Stores, vault: Vault, *, viewer: Viewer, today: date) -> Standing:
    """What was upheld against the viewer: looked for under every tag of theirs."""

    def find() -> list[Sanction]:
        labels = labels_of(stores, vault, viewer)
        return list(stores.content.scalars(select(Sanction).where(Sanction.label.in_(labels)))) if labels else []

    rows = recall(stores.content, _standing(viewer), find)
    if not rows:
        return Standing()
    read = _read(stores, viewer)
    found = sorted((_upheld(vault, row, read) for row in rows), key=lambda one: (one.day, one.id))
    until = paused_until([one.day for one in found], today.toordinal())
    return Standing(tuple(found), None if until is None else date.fromordinal(until))


def labels_of(stores: Stores, vault: Vault, viewer: Viewer) -> list[str]:
    """Where what was upheld against the viewer would stand."""
    return [_blind(stores, vault, tag_of(viewer, one)) for one in own_parts(stores, viewer.secret)]


def know_none(stores: Stores, viewer: Viewer) -> None:
    """Let a session know that there is nothing."""
    recall(stores.content, _standing(viewer), list)


def note_read(stores: Stores, vault: Vault, *, viewer: Viewer, ids: Sequence[str], today: date) -> None:
    """The viewer has read of these: kept in a locker of their own. Writes content."""
    standing = {one.id for one in standing_of(stores, vault, viewer=viewer, today=today).upheld}
    write_locker(stores, viewer.secret, LOCKER, sorted(standing & {*ids, *_read(stores, viewer)}))


def check_conduct(stores: Stores, vault: Vault, *, viewer: Viewer, today: date) -> None:
    """Raise WritingPaused while the viewer's writing is closed, and ReminderFirst before they have read why."""
    found = standing_of(stores, vault, viewer=viewer, today=today)
    if found.paused_until is not None:
        raise WritingPaused(found.paused_until)
    if found.unread:
        raise ReminderFirst


def _standing(viewer: Viewer) -> tuple[type, str, str]:
    return (Sanction, "of", viewer.member_id)


def _length(before: int) -> int:
    return (0, FIRST_PAUSE)[before] if before < 2 else LATER_PAUSE


def _upheld(vault: Vault, row: Sanction, read: frozenset[str]) -> Upheld:
    found: Mapping[str, Any] = vault.open(row.sealed, table=TABLE, column="sealed", row=row.id)
    return Upheld(row.id, found["thread"], found["day"], found["reason"], row.id in read)


def _read(stores: Stores, viewer: Viewer) -> frozenset[str]:
    return frozenset(read_locker(stores, viewer.secret, LOCKER, []))


def _forget_old(stores: Stores, vault: Vault, day: int) -> None:
    """A pause of 90 days may rest on one of a year before it."""
    for row in stores.content.scalars(select(Sanction)):
        if _upheld(vault, row, frozenset()).day < day - YEAR - LATER_PAUSE:
            stores.content.delete(row)


def _blind(stores: Stores, vault: Vault, tag: str) -> str:
    return blind_index(key_from(vault.lasting(stores, NOTES)), f"{TABLE} {tag}")
