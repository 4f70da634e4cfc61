"""Offers at rest. In the clear a row names its thread alone; to whom it went, how it stands and why it came is sealed.

Whoever looks for their own makes the labels of an inbox's latest offers, each of inbox and number, with a secret that
lasts: no two rows of an inbox have anything in common. All offers of a thread are sealed anew whenever one of them
changes, and one that is over stays until its thread is: no copy of the file tells which was answered, handed back or let
lapse.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from hashlib import blake2b
from typing import Any, Final

from sqlalchemy import delete, select, update

from app.db import Stores, fetch, recall
from app.notices.service import Told
from app.questions.models import Thread
from app.questions.pending import SETTLED
from app.queues.experts import open_profile, put_profile
from app.queues.models import Expert, Offer
from app.queues.rules import OVER
from app.sealing import OFFERS, Vault
from privacy.pseudonyms import new_id

PAD: Final = 3072  # one size for all
LATEST: Final = 128  # of an inbox, among which those that are not over are found: half a year of five a week


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer, opened. Windows are window numbers."""

    id: str
    thread_id: str
    inbox: str  # a routing handle
    subject: str  # the inbox's
    state: str  # offered | claimed | answering | passed, until the next window | over
    offered_window: int
    claimed_until: int | None = None
    told: Mapping[str, Any] = field(default_factory=dict)  # why it came: reasons as data; how a pass was meant
    notes: tuple[tuple[str, str, int], ...] = ()  # what its expert was told of it: id, kind, window

    def is_held(self, window: int) -> bool:
        """Whether its expert is writing, or their answer is on its way."""
        return self.claimed_until is not None and self.claimed_until >= window

    def tell(self, kind: str, due: int) -> "Offered":
        """The same with one more note, to be seen from a window on."""
        return replace(self, notes=(*self.notes, (new_id(), kind, due)))


def make(stores: Stores, vault: Vault, offer: Offered, *, number: int) -> None:
    """A new offer, the so-manieth to its inbox; writes content."""
    label = label_of(vault.lasting(stores, OFFERS), offer.inbox, number)
    sealed = _seal(vault, offer)
    stores.content.add(Offer(id=offer.id, thread_id=offer.thread_id, label=label, sealed=sealed, unsealed=None))


def find(stores: Stores, vault: Vault, offer_id: str) -> Offered | None:
    """The offer under this id, or None; one that is over is not there."""
    row = stores.content.get(Offer, offer_id)
    found = None if row is None or row.unsealed else _opened(vault, row)
    return None if found is None or found.state == OVER else found


def on_thread(stores: Stores, vault: Vault, thread_id: str) -> list[Offered]:
    """The offers of a thread that are not over."""
    found = (_opened(vault, row) for row in _rows(stores, thread_id) if not row.unsealed)
    return [one for one in found if one.state != OVER]


def put(stores: Stores, vault: Vault, *changed: Offered) -> None:
    """Store offers of one thread as they are now, and seal its others anew; writes content."""
    now = {one.id: one for one in changed}
    for row in _rows(stores, changed[0].thread_id) if changed else ():
        if not row.unsealed:
            row.sealed = _seal(vault, now.get(row.id) or _opened(vault, row))


def end(stores: Stores, vault: Vault, *ended: Offered) -> None:
    """Let offers of one thread be over; their expert's notes of them stay as long as they do. Writes content."""
    put(stores, vault, *(replace(one, state=OVER, claimed_until=None, told={}) for one in ended))


def erase(stores: Stores, vault: Vault, offer: Offered) -> None:
    """Take an inbox out of an offer: what is left says nothing, and goes with the thread's others. Its label, which
    nobody makes any more, stays: labels that change together would tell what came to one member. Writes content."""
    put(stores, vault, replace(offer, inbox="", subject="", state=OVER, claimed_until=None, told={}, notes=()))


def seal_anew(stores: Stores, vault: Vault) -> None:
    """Give every offer another box: an inbox was taken out of some, and two copies of the file do not tell out of which.
    Writes content."""
    stores.content.flush()
    open_box = vault.opener("offers", "sealed")
    fresh = [
        {
            "id": one,
            "sealed": vault.seal_bytes(open_box(sealed, one), table="offers", column="sealed", row=one, pad=PAD),
        }
        for one, sealed in stores.content.execute(select(Offer.id, Offer.sealed).where(Offer.unsealed.is_(None)))
    ]
    if fresh:
        stores.content.execute(update(Offer), fresh)


def every_to(stores: Stores, vault: Vault, inboxes: Collection[str]) -> list[Offered]:
    """All offers to these inboxes, those that are over too. An inbox without a profile has none."""
    rows = recall(stores.content, (Offer, "to", *sorted(inboxes)), lambda: _rows_to(stores, vault, inboxes))
    return [_opened(vault, row) for row in rows]


def _rows_to(stores: Stores, vault: Vault, inboxes: Collection[str]) -> list[Offer]:
    secret = vault.lasting(stores, OFFERS)
    made = {one.handle: open_profile(vault, one).made for one in fetch(stores.content, Expert, sorted(inboxes))}
    labels = {
        label_of(secret, inbox, number)
        for inbox, last in made.items()
        for number in range(max(0, last - LATEST) + 1, last + 1)
    }
    if not labels:
        return []
    threads = select(Offer.thread_id).where(Offer.label.in_(labels))
    found: dict[str, list[Offer]] = {}
    for row in stores.content.scalars(select(Offer).where(Offer.thread_id.in_(threads))):
        found.setdefault(row.thread_id, []).append(row)
    for thread, rows in found.items():
        remember(stores, thread, rows)
    return [row for rows in found.values() for row in rows if row.label in labels]


def to(stores: Stores, vault: Vault, inboxes: Collection[str]) -> list[Offered]:
    """The offers to these inboxes that are not over."""
    return [one for one in every_to(stores, vault, inboxes) if one.state != OVER]


def notes_to(stores: Stores, vault: Vault, inboxes: Collection[str], *, window: int) -> list[Told]:
    """What was told of the offers to these inboxes, as far as its window has come."""
    return [
        Told(note, one.inbox, kind, due, one.thread_id)
        for one in every_to(stores, vault, inboxes)
        for note, kind, due in one.notes
        if due <= window
    ]


def inboxes_of(vault: Vault, rows: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str, str]]:
    """(id, inbox, state) of many (id, box)."""
    open_box = vault.opener("offers", "sealed")
    for offer_id, sealed in rows:
        found = json.loads(open_box(sealed, offer_id))
        yield offer_id, found.get("inbox", ""), found.get("state", OVER)


def drop_over(stores: Stores, *, before: int) -> None:
    """Let all offers go, together, of questions from before this window that are settled or ended; writes content."""
    over = select(Thread.id).where(Thread.state.in_((*SETTLED, "ended")), Thread.published_window < before)
    stores.content.execute(delete(Offer).where(Offer.thread_id.in_(over)))


def seal_old(stores: Stores, vault: Vault) -> int:
    """Seal the rows an older schema left in the clear, and say how many; writes content."""
    rows = stores.content.scalars(select(Offer).where(Offer.unsealed.is_not(None))).all()
    for row in rows:
        old = json.loads(row.unsealed or "{}")
        expert = stores.content.get(Expert, old["inbox"])
        if expert is None:  # nobody could find it before either
            stores.content.delete(row)
            continue
        profile = open_profile(vault, expert)
        profile = replace(profile, made=profile.made + 1)
        put_profile(stores, vault, handle=expert.handle, group_key=expert.group_key, profile=profile)
        told = vault.open(row.sealed, table="offers", column="sealed", row=row.id)
        row.label = label_of(vault.lasting(stores, OFFERS), expert.handle, profile.made)
        row.sealed = _seal(vault, Offered(row.id, row.thread_id, subject=profile.subject, told=told, **old))
        row.unsealed = None
    return len(rows)


def _rows(stores: Stores, thread_id: str) -> tuple[Offer, ...]:
    return recall(
        stores.content,
        (Offer, "of", thread_id),
        lambda: tuple(stores.content.scalars(select(Offer).where(Offer.thread_id == thread_id))),
    )


def remember(stores: Stores, thread_id: str, rows: Iterable[Offer]) -> None:
    """Let a session know all offers of a thread."""
    recall(stores.content, (Offer, "of", thread_id), lambda: tuple(rows))


def label_of(secret: bytes, inbox: str, number: int) -> str:
    """Under which the so-manieth offer to an inbox stands: BLAKE2 with a key (RFC 7693); an inbox has a fixed length."""
    return blake2b(f"{inbox}{number}".encode(), key=secret, digest_size=16).hexdigest()


def _seal(vault: Vault, offer: Offered) -> bytes:
    value = {one.name: getattr(offer, one.name) for one in fields(offer) if one.name not in ("id", "thread_id")}
    return vault.seal(value, table="offers", column="sealed", row=offer.id, pad=PAD)


def _opened(vault: Vault, row: Offer) -> Offered:
    found: dict[str, Any] = vault.open(row.sealed, table="offers", column="sealed", row=row.id)
    notes = tuple((note, kind, due) for note, kind, due in found.pop("notes"))
    return Offered(row.id, row.thread_id, notes=notes, **found)
