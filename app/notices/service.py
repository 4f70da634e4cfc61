"""Leave a note under a label, find the notes of one's own labels, let old ones go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import delete, select

from app.db import Stores
from app.mail.service import notify
from app.notices.kinds import KINDS
from app.notices.models import Note
from app.sealing import NOTES, Vault
from privacy.keys import blind_index, key_from
from privacy.pseudonyms import new_id

PAD: Final = 512
STRETCH: Final = 256  # windows


@dataclass(frozen=True, slots=True)
class Told:
    """A note, opened by whoever knew its label."""

    id: str
    label: str
    kind: str
    window: int
    thread: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


def tell(
    stores: Stores,
    vault: Vault,
    *,
    label: str,
    kind: str,
    due: int,
    thread: str = "",
    words: Mapping[str, str] | None = None,
) -> None:
    """Leave a note for whoever has this label, to be seen from the window `due` on, and its mail; writes content.

    The label is an owner or peer tag of a thread, or a routing handle. Raises KeyError for a kind that is not in KINDS.
    """
    about = KINDS[kind]
    note_id = new_id()
    value = {"kind": kind, "window": due, "thread": thread, "words": dict(words or {})}
    sealed = vault.seal(value, table="notes", column="sealed", row=note_id, pad=PAD)
    stores.content.add(Note(id=note_id, label=_blind(stores, vault, label), stretch=due // STRETCH, sealed=sealed))
    if about.mail:
        notify(stores, vault, label=label, kind=about.mail, due=due, urgent=about.urgent)


def notes_of(stores: Stores, vault: Vault, labels: Iterable[str], *, window: int) -> list[Told]:
    """The notes under these labels whose window has come, newest first; of one window by kind and thread."""
    blind = {_blind(stores, vault, label): label for label in labels}
    rows = stores.content.scalars(select(Note).where(Note.label.in_(list(blind))))
    told = [_open(vault, row, blind[row.label]) for row in rows]
    return in_order(one for one in told if one.window <= window)


def in_order(told: Iterable[Told]) -> list[Told]:
    """Notes as they are read: newest first; of one window by kind and thread."""
    return sorted(told, key=lambda one: (-one.window, one.kind, one.thread, one.id))


def drop_notes(stores: Stores, vault: Vault, labels: Iterable[str]) -> None:
    """Let all notes under these labels go; writes content."""
    blind = [_blind(stores, vault, label) for label in labels]
    stores.content.execute(delete(Note).where(Note.label.in_(blind)))


def drop_old(stores: Stores, *, before: int) -> None:
    """Let notes from before this window go, a stretch of windows at a time; writes content."""
    stores.content.execute(delete(Note).where(Note.stretch < before // STRETCH))


def _open(vault: Vault, row: Note, label: str) -> Told:
    found = vault.open(row.sealed, table="notes", column="sealed", row=row.id)
    return Told(row.id, label, found["kind"], found["window"], found["thread"], found["words"])


def _blind(stores: Stores, vault: Vault, label: str) -> str:
    """What stands in the column: made with a secret that lasts, since nobody could make the labels of a note anew."""
    return blind_index(key_from(vault.lasting(stores, NOTES)), label)
