"""Ballots: what one member says of an object once, without a list of who did (privacy.md §10).

The label of a row is made from the member's secret: the table refuses a second one, and only their own session finds it
again. A note on it is read by the service, and by a thief with the root key: it holds at most a circle and a group.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, func, select

from app.accounts.viewer import Viewer
from app.community.models import Ballot
from app.db import Stores
from app.errors import Forbidden
from app.mail.contacts import end_contacts, set_contact
from app.notices.service import drop_notes
from app.questions.lockers import read_locker, write_locker
from app.sealing import Vault
from privacy.counting import cast_ballot
from privacy.pseudonyms import MemberSecret

LOCKER: Final = "ballots"
TABLE: Final = "ballots"
PAD: Final = 1024


@dataclass(frozen=True, slots=True)
class OwnBallot:
    """A ballot the member cast, as their own locker has it."""

    purpose: str
    object: str


def cast(
    stores: Stores,
    vault: Vault,
    *,
    viewer: Viewer,
    purpose: str,
    object: str,
    note: Mapping[str, Any] | None = None,
    box: bytes | None = None,
    contact: bytes | None = None,
) -> str:
    """Cast a ballot, or change the note of the one that stands, and return its label. Writes content.

    `box` is closed to the reporter, `contact` to the post office: mail about the object. Raises Forbidden for who may
    not write.
    """
    if "member" not in viewer.roles or viewer.state != "active" or not viewer.circle:
        raise Forbidden
    label = label_of(viewer.secret, purpose, object)
    sealed = vault.seal(dict(note or {}), table=TABLE, column="sealed", row=label, pad=PAD)
    stores.content.merge(Ballot(label=label, purpose=purpose, object=object, sealed=sealed, box=box))
    if contact is not None:
        set_contact(stores, label=label, box=contact)
    _remember(stores, viewer.secret, OwnBallot(purpose, object))
    return label


def retract(stores: Stores, vault: Vault, *, viewer: Viewer, purpose: str, object: str) -> bool:
    """Take a ballot back, with its notes and its mail; whether there was one. Writes content."""
    _forget(stores, viewer.secret, OwnBallot(purpose, object))
    return drop(stores, vault, label=label_of(viewer.secret, purpose, object))


def drop(stores: Stores, vault: Vault, *, label: str) -> bool:
    """Erase what stands under a label; whether there was something. Writes content."""
    end_contacts(stores, [label])
    drop_notes(stores, vault, [label])
    result = stores.content.execute(delete(Ballot).where(Ballot.label == label))
    return getattr(result, "rowcount", 0) == 1


def drop_all(stores: Stores, vault: Vault, *, object: str) -> None:
    """Erase every ballot about an object that is over. Writes content; members' own lists are tidied as they read."""
    labels = list(stores.content.scalars(select(Ballot.label).where(Ballot.object == object)))
    end_contacts(stores, labels)
    drop_notes(stores, vault, labels)
    stores.content.execute(delete(Ballot).where(Ballot.object == object))


def has_cast(stores: Stores, *, viewer: Viewer, purpose: str, object: str) -> bool:
    """Whether this member's ballot stands."""
    return stores.content.get(Ballot, label_of(viewer.secret, purpose, object)) is not None


def own_note(stores: Stores, vault: Vault, *, viewer: Viewer, purpose: str, object: str) -> Mapping[str, Any] | None:
    """The note on this member's ballot, None where there is none."""
    row = stores.content.get(Ballot, label_of(viewer.secret, purpose, object))
    return None if row is None else _note(vault, row)


def own_ballots(stores: Stores, secret: MemberSecret) -> list[OwnBallot]:
    """Every ballot the member cast, newest first."""
    return [OwnBallot(*one) for one in read_locker(stores, secret, LOCKER, [])]


def count(stores: Stores, *, purpose: str, objects: Collection[str]) -> dict[str, int]:
    """How many ballots each of the objects has, in one statement. For decisions: no page shows it."""
    query = select(Ballot.object, func.count()).where(Ballot.purpose == purpose, Ballot.object.in_(objects))
    found: dict[str, int] = {row[0]: row[1] for row in stores.content.execute(query.group_by(Ballot.object))}
    return {one: found.get(one, 0) for one in objects}


def notes_on(stores: Stores, vault: Vault, *, purpose: str, object: str) -> list[tuple[str, Mapping[str, Any]]]:
    """(label, note) of every ballot of a purpose on an object, in the order of labels, which tells nothing."""
    return [(row.label, _note(vault, row)) for row in _rows(stores, purpose, object)]


def boxes_on(stores: Stores, *, purpose: str, object: str) -> list[bytes]:
    """The boxes for the reporter, in the same order."""
    return [row.box for row in _rows(stores, purpose, object) if row.box is not None]


def label_of(secret: MemberSecret, purpose: str, object: str) -> str:
    """The label of this secret's ballot: 32 hex characters."""
    return str(cast_ballot(secret, purpose, object).label)


def _rows(stores: Stores, purpose: str, object: str) -> Sequence[Ballot]:
    query = select(Ballot).where(Ballot.object == object, Ballot.purpose == purpose)
    return stores.content.scalars(query.order_by(Ballot.label)).all()


def _note(vault: Vault, row: Ballot) -> Mapping[str, Any]:
    note: dict[str, Any] = vault.open(row.sealed, table=TABLE, column="sealed", row=row.label)
    return note


def _remember(stores: Stores, secret: MemberSecret, one: OwnBallot) -> None:
    rest = [other for other in own_ballots(stores, secret) if other != one]
    _write(stores, secret, [one, *rest])


def _forget(stores: Stores, secret: MemberSecret, one: OwnBallot) -> None:
    listed = own_ballots(stores, secret)
    if one in listed:
        _write(stores, secret, [other for other in listed if other != one])


def _write(stores: Stores, secret: MemberSecret, listed: Sequence[OwnBallot]) -> None:
    write_locker(stores, secret, LOCKER, [[one.purpose, one.object] for one in listed])
