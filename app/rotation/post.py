"""The post office's own rotation: boxes are closed anew for its newest key. Only its user can do this."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import LargeBinary, func, select

from app.db import Database, Stores
from app.jobs.models import Job
from app.mail.models import Contact, PostBook
from app.questions.models import Pending
from app.questions.pending import PENDING_PAD, open_pending, pack, unpack
from app.sealing import Vault
from privacy.boxes import BoxKeys, box_recipient, open_box, recipient_id, seal_box

BATCH: Final = 100
BREATH: Final = 0.01
PADS: Final = {"contact": 512, "job": 1024, "book": 65536}  # as app.mail closes them


@dataclass(frozen=True)
class PostRotation:
    """One run; `pairs` are newest first."""

    database: Database
    vault: Vault
    pairs: Sequence[BoxKeys]
    pause: Callable[[float], None] = time.sleep

    def left(self) -> dict[str, dict[str, int]]:
        """Boxes by where they stand and the id of the key they are closed for."""
        found: dict[str, dict[str, int]] = {}
        with self.database.reading() as stores:
            for place, box in _boxes(stores, self.vault):
                here = found.setdefault(place, {})
                key = box_recipient(box).hex()
                here[key] = here.get(key, 0) + 1
        return found

    def under_older(self) -> dict[str, int]:
        """Boxes that the newest key does not open."""
        newest = recipient_id(self.pairs[0].public).hex()
        older = {place: sum(n for key, n in keys.items() if key != newest) for place, keys in self.left().items()}
        return {place: number for place, number in older.items() if number}

    def run(self, done: Callable[[int], None] = lambda _: None) -> dict[str, int]:
        """Close every box anew, in small transactions; gives what is left."""
        for work in (self._contacts, self._pending, self._jobs, self._post_book):
            after: str | None = ""
            while after is not None:
                with self.database.transaction("content") as stores:
                    number, after = work(stores, after)
                done(number)
                self.pause(BREATH if number else 0)
        self.database.checkpoint()
        return self.under_older()

    def _contacts(self, stores: Stores, after: str) -> tuple[int, str | None]:
        box_key = func.substr(Contact.box, 2, 4, type_=LargeBinary)
        stale = select(Contact).where(Contact.label > after, box_key.in_(list(self._old)))
        rows = list(stores.content.scalars(stale.order_by(Contact.label).limit(BATCH)))
        for row in rows:
            row.box = self._closed(row.box, "contact")
        return len(rows), rows[-1].label if rows else None

    def _pending(self, stores: Stores, after: str) -> tuple[int, str | None]:
        rows = list(stores.content.scalars(select(Pending).where(Pending.id > after).order_by(Pending.id).limit(BATCH)))
        return sum([self._pending_row(row) for row in rows]), rows[-1].id if rows else None

    def _pending_row(self, row: Pending) -> bool:
        payload = open_pending(self.vault, row)
        if "contact" not in payload or not self._is_old(unpack(payload["contact"])):
            return False
        payload["contact"] = pack(self._closed(unpack(payload["contact"]), "contact"))
        row.sealed = self.vault.seal(payload, table="pending", column="sealed", row=row.id, pad=PENDING_PAD)
        return True

    def _jobs(self, stores: Stores, after: str) -> tuple[int, str | None]:
        query = select(Job).where(Job.id > after).order_by(Job.id).limit(BATCH)
        rows = list(stores.content.scalars(query))
        return sum([self._job(row) for row in rows]), rows[-1].id if rows else None

    def _job(self, row: Job) -> bool:
        payload = self.vault.open(row.sealed, table="jobs", column="sealed", row=row.id)
        box = bytes.fromhex(payload.get("box", ""))
        if not box or not self._is_old(box):
            return False
        payload["box"] = self._closed(box, "job").hex()
        row.sealed = self.vault.seal(payload, table="jobs", column="sealed", row=row.id)
        return True

    def _post_book(self, stores: Stores, _after: str) -> tuple[int, str | None]:
        rows = [row for row in stores.content.scalars(select(PostBook)) if self._is_old(row.box)]
        for row in rows:
            row.box = self._closed(row.box, "book")
        return len(rows), None

    @property
    def _old(self) -> dict[bytes, BoxKeys]:
        return {recipient_id(pair.public): pair for pair in self.pairs[1:]}

    def _is_old(self, box: bytes) -> bool:
        return box_recipient(box) in self._old

    def _closed(self, box: bytes, kind: str) -> bytes:
        plaintext = open_box(self._old[box_recipient(box)].private, box)
        return seal_box(self.pairs[0].public, plaintext, pad_to=PADS[kind])


def _boxes(stores: Stores, vault: Vault) -> Iterator[tuple[str, bytes]]:
    for box in stores.content.scalars(select(Contact.box)):
        yield "contacts.box", box
    for box in stores.content.scalars(select(PostBook.box)):
        yield "post_book.box", box
    for row in stores.content.scalars(select(Pending)):
        payload = open_pending(vault, row)
        if "contact" in payload:
            yield "pending.sealed", unpack(payload["contact"])
    for job in stores.content.scalars(select(Job)):  # of whatever kind: only what is in it tells
        payload = vault.open(job.sealed, table="jobs", column="sealed", row=job.id)
        if "box" in payload:
            yield "jobs.sealed", bytes.fromhex(payload["box"])
