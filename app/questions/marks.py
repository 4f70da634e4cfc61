"""Marks: what one member says of a thread or a post with a tap, once for each kind and object.

The label of a row is made from the member's secret: the table refuses a second one, only their own session finds it
again, and neither a label nor two together tell whose they are. What was said, and of what, stands sealed.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import delete, select

from app.db import Stores, recall
from app.questions.models import Mark
from app.sealing import Vault
from privacy.pseudonyms import MemberSecret, locker_label

PURPOSE: Final = "mark"
ANSWERED: Final = "answered_need"  # a thread answered what somebody was about to ask: one that leads to nobody
TABLE: Final = "marks"
PAD: Final = 2048  # a sentence of 300 characters and the circles of its writer: all marks have one size
CHUNK: Final = 1000


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark, opened: of which thread or post, and what its kind keeps."""

    label: str
    thread_id: str
    kind: str
    object: str
    value: Mapping[str, Any] = field(repr=False)


def mark_label(secret: MemberSecret, kind: str, object: str) -> str:
    """The label under which this secret's mark of a kind stands; `object` is the id of a thread or a post."""
    return str(locker_label(secret, PURPOSE, f"{kind} {object}"))


def put_mark(
    stores: Stores,
    vault: Vault,
    *,
    secret: MemberSecret,
    thread_id: str,
    kind: str,
    object: str,
    value: Mapping[str, Any],
) -> str:
    """Set this mark, in the place of an earlier one, and return its label. Writes content; asks nobody's leave."""
    label = mark_label(secret, kind, object)
    write_mark(stores, vault, MarkRow(label, thread_id, kind, object, value))
    return label


def write_mark(stores: Stores, vault: Vault, mark: MarkRow) -> None:
    """Write a mark back under its label. Writes content."""
    kept = {"kind": mark.kind, "object": mark.object, "value": dict(mark.value)}
    sealed = vault.seal(kept, table=TABLE, column="sealed", row=mark.label, pad=PAD)
    stores.content.merge(Mark(label=mark.label, thread_id=mark.thread_id, sealed=sealed))


def drop_mark(stores: Stores, *, secret: MemberSecret, kind: str, object: str) -> bool:
    """Take this mark back; whether there was one. Writes content."""
    return drop(stores, label=mark_label(secret, kind, object))


def drop(stores: Stores, *, label: str) -> bool:
    """Erase the mark under a label; whether there was one. Writes content."""
    result = stores.content.execute(delete(Mark).where(Mark.label == label))
    return getattr(result, "rowcount", 0) == 1


def own_mark(stores: Stores, vault: Vault, *, secret: MemberSecret, kind: str, object: str) -> MarkRow | None:
    """This secret's mark of a kind on a thread or post, or None."""
    row = stores.content.get(Mark, mark_label(secret, kind, object))
    return None if row is None else _open(vault, row)


def marks_of(stores: Stores, vault: Vault, thread_id: str) -> list[MarkRow]:
    """Every mark on a thread and its posts, in one statement."""

    def read() -> list[Mark]:
        return list(stores.content.scalars(select(Mark).where(Mark.thread_id == thread_id)))

    return [_open(vault, row) for row in recall(stores.content, (Mark, "of", thread_id), read)]


def marks_on(stores: Stores, vault: Vault, thread_ids: Collection[str]) -> list[MarkRow]:
    """Every mark on these threads and their posts, in one statement."""
    rows = stores.content.scalars(select(Mark).where(Mark.thread_id.in_(thread_ids))) if thread_ids else ()
    return [_open(vault, row) for row in rows]


def all_own(stores: Stores, vault: Vault, secret: MemberSecret) -> list[MarkRow]:
    """Every mark this secret set: found by making the label of each kind and object anybody marked."""
    rows = stores.content.execute(select(Mark.label, Mark.thread_id, Mark.sealed)).yield_per(CHUNK)
    opening = vault.opener(TABLE, "sealed")
    marks = {row.label: _read(row.label, row.thread_id, opening(row.sealed, row.label)) for row in rows}
    possible = {mark_label(secret, *about) for about in {(one.kind, one.object) for one in marks.values()}}
    return sorted((marks[label] for label in possible & marks.keys()), key=lambda one: one.label)


def _open(vault: Vault, row: Mark) -> MarkRow:
    return _read(row.label, row.thread_id, vault.open_bytes(row.sealed, table=TABLE, column="sealed", row=row.label))


def _read(label: str, thread_id: str, opened: bytes) -> MarkRow:
    kept: dict[str, Any] = json.loads(opened)
    return MarkRow(label, thread_id, kept["kind"], kept["object"], kept["value"])
