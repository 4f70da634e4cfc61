"""Consents: the author of something is asked to agree to a text and its wider scope, and says yes, change or no.

Asked under the author's own label of a thread, a place or a ballot; the row has it blind, so that two rows of one person
cannot be told from those of two. Silence for fourteen days is no.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community.models import Consent
from app.community.windows import as_heard
from app.db import Stores
from app.errors import NotThere
from app.jobs import queue
from app.sealing import NOTES, Vault
from privacy.keys import blind_index, key_from
from privacy.pseudonyms import MemberSecret, new_id, owner_tag, peer_tag

TABLE: Final = "consents"
PAD: Final = 4096
DAYS: Final = 14
ASKED: Final = "asked"
YES: Final = "yes"
CHANGE: Final = "change"
NO: Final = "no"
SILENT: Final = "silent"
Word = Literal["yes", "change", "no"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A consent, opened. `words` is what its feature kept with the question, `note` the author's sentence."""

    id: str
    about: str
    kind: str
    state: str  # asked | yes change no silent
    due: date
    day: date  # on which it was asked
    words: Mapping[str, str]
    note: str = field(default="", repr=False)
    label: str = field(default="", repr=False)  # blind
    heard: int = 0  # the window in which others hear what was said last

    @property
    def is_yes(self) -> bool:
        """Whether its author agreed: silence and a wish for changes are no yes."""
        return self.state == YES


def ask(
    stores: Stores,
    vault: Vault,
    *,
    about: str,
    label: str,
    kind: str,
    words: Mapping[str, str] | None = None,
    today: date,
    days: int = DAYS,
    then: str = "",
) -> str:
    """Ask whoever has this label, and return the consent's id; asking again takes the place of what was asked before.

    Writes content. `then` is a job put with {"about", "consent", "state"} when there is an answer, or silence. Telling
    the author is the feature's: its own kind of note.
    """
    blind = _blind(stores, vault, label)
    for row in stores.content.scalars(select(Consent).where(Consent.about == about, Consent.label == blind)):
        if _value(vault, row)["kind"] == kind:
            stores.content.delete(row)
    stores.content.flush()
    row = Consent(id=str(new_id()), about=about, label=blind, state=ASKED, due_day=today.toordinal() + days)
    _put(vault, row, {"kind": kind, "words": dict(words or {}), "day": today.toordinal(), "note": "", "then": then})
    stores.content.add(row)
    return row.id


def find(
    stores: Stores,
    vault: Vault,
    *,
    viewer: Viewer,
    consent_id: str,
    label_place: str = "",
    labels: Collection[str] = (),
) -> Asked:
    """What the viewer was asked, under their part of `label_place` (a thread or a place) or another label of their own.

    Raises NotThere for anybody else.
    """
    row = stores.content.get(Consent, consent_id)
    mine = {*labels, *(_tags(viewer.secret, label_place) if label_place else ())}
    if row is None or row.label not in {_blind(stores, vault, one) for one in mine}:
        raise NotThere
    return _open(vault, row)


def answer(
    stores: Stores,
    vault: Vault,
    *,
    viewer: Viewer,
    consent_id: str,
    word: Word,
    note: str = "",
    window: int,
    label_place: str = "",
    labels: Collection[str] = (),
) -> Asked:
    """Say yes, change or no; what was said can be said otherwise as long as the feature asks. Writes content.

    `window` is the one in which it is heard: its job comes then, and until then `states` tells others what was said
    before. Raises NotThere for who was not asked, and when it is too late.
    """
    found = find(stores, vault, viewer=viewer, consent_id=consent_id, label_place=label_place, labels=labels)
    if word not in (YES, CHANGE, NO) or found.state == SILENT:
        raise NotThere
    row = stores.content.get_one(Consent, consent_id)
    value = _value(vault, row)
    before = _as_heard(row, value, window - 1)
    row.state = word
    _put(vault, row, {**value, "note": note, "before": before, "heard": window})
    _then(stores, vault, row, window)
    return _open(vault, row)


def states(stores: Stores, vault: Vault, about: str, *, window: int | None = None) -> list[Asked]:
    """Everything that was asked about something, in the order of ids, which tells nothing; for a `window`, as others
    may know of it then: what was answered since its publication is not heard yet."""
    rows = stores.content.scalars(select(Consent).where(Consent.about == about).order_by(Consent.id))
    return [_open(vault, row, window) for row in rows]


def own(stores: Stores, vault: Vault, *, labels: Collection[str]) -> list[Asked]:
    """What was asked under these labels of one's own, newest first."""
    blind = [_blind(stores, vault, one) for one in labels]
    rows = stores.content.scalars(select(Consent).where(Consent.label.in_(blind)))
    return sorted((_open(vault, row) for row in rows), key=lambda one: (one.day, one.id), reverse=True)


def stands_under(stores: Stores, vault: Vault, asked: Asked, label: str) -> bool:
    """Whether this was asked of whoever has the label."""
    return asked.label == _blind(stores, vault, label)


def lapse(stores: Stores, vault: Vault, *, today: date, window: int) -> int:
    """Silence becomes no, the day after the last; how many did. Writes content."""
    rows = stores.content.scalars(
        select(Consent).where(Consent.state == ASKED, Consent.due_day < today.toordinal()).order_by(Consent.id)
    ).all()
    for row in rows:
        row.state = SILENT
        _then(stores, vault, row, window)
    return len(rows)


def has_lapsed(stores: Stores, *, today: date) -> bool:
    """Whether `lapse` would find something: asked without the write lock."""
    query = select(Consent.id).where(Consent.state == ASKED, Consent.due_day < today.toordinal()).limit(1)
    return stores.content.scalar(query) is not None


def withdraw(stores: Stores, vault: Vault, *, label: str, window: int, keep: bool) -> None:
    """Its author leaves: what is open is no, sentences go; without `keep` every yes becomes no too. Writes content."""
    blind = _blind(stores, vault, label)
    for row in stores.content.scalars(select(Consent).where(Consent.label == blind)):
        _put(vault, row, {**_value(vault, row), "note": "", "before": [row.state, ""], "heard": 0})
        if row.state in (ASKED, CHANGE) or (row.state == YES and not keep):
            row.state = NO
            _then(stores, vault, row, window)


def drop(stores: Stores, *, about: str) -> None:
    """What was asked about is gone. Writes content."""
    for row in stores.content.scalars(select(Consent).where(Consent.about == about)):
        stores.content.delete(row)


def _then(stores: Stores, vault: Vault, row: Consent, window: int) -> None:
    kind = _value(vault, row)["then"]
    if kind:
        queue.put(stores, vault, kind, {"about": row.about, "consent": row.id, "state": row.state}, due=window)


def _tags(secret: MemberSecret, place: str) -> tuple[str, str]:
    return str(owner_tag(secret, place)), str(peer_tag(secret, place))


def _open(vault: Vault, row: Consent, window: int | None = None) -> Asked:
    value = _value(vault, row)
    due, day = date.fromordinal(row.due_day), date.fromordinal(value["day"])
    state, note = [row.state, value["note"]] if window is None else _as_heard(row, value, window)
    return Asked(
        row.id, row.about, value["kind"], state, due, day, value["words"], note, row.label, value.get("heard", 0)
    )


def _as_heard(row: Consent, value: Mapping[str, Any], window: int) -> list[str]:
    """Word and sentence as others know them in a window."""
    return as_heard([row.state, value["note"]], value.get("before", []), value.get("heard", 0), window)


def _value(vault: Vault, row: Consent) -> dict[str, Any]:
    value: dict[str, Any] = vault.open(row.sealed, table=TABLE, column="sealed", row=row.id)
    return value


def _put(vault: Vault, row: Consent, value: Mapping[str, Any]) -> None:
    row.sealed = vault.seal(dict(value), table=TABLE, column="sealed", row=row.id, pad=PAD)


def _blind(stores: Stores, vault: Vault, label: str) -> str:
    return blind_index(key_from(vault.lasting(stores, NOTES)), f"{TABLE} {label}")
