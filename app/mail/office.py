"""The mail process: opens boxes, writes letters, hands them to the relay. Holds the one key that can."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.db import Database
from app.jobs import queue
from app.jobs.queue import Task
from app.jobs.worker import Handler
from app.mail.contacts import end_contacts
from app.mail.letters import Letter, write_letter
from app.mail.models import Contact
from app.mail.relays import Relay
from app.mail.resting import come_back, orders_at_rest
from app.sealing import Vault
from privacy.boxes import box_keys_of, box_recipient, open_box, recipient_id
from privacy.errors import PrivacyError, WrongKey


@dataclass(frozen=True)
class PostOffice:
    """Sends what is due. A letter goes out at least once: a stop between sending and forgetting sends it again,
    under the same Message-ID, so that the reader's mail program can drop the second."""

    database: Database
    vault: Vault
    privates: Callable[[], Sequence[bytes]]  # newest first; asked again for each box, since a new one may have come
    relay: Relay
    base_url: str

    def handlers(self) -> Mapping[str, Handler]:
        """By job kind."""
        return {"letter": self.letter, "notice": self.notice, "forget": self.forget}

    def letter(self, task: Task) -> None:
        """A letter whose address came with the job."""
        self._send(task, bytes.fromhex(task.payload["box"]))

    def notice(self, task: Task) -> None:
        """A notice to a contact; nothing happens when the contact has ended, or its address rests."""
        with self.database.reading() as stores:
            contact = stores.content.get(Contact, task.payload["label"])
            resting = [box for _, box in orders_at_rest(stores, self.vault)]
        if contact is None or self._rests(contact.box, resting):
            self._forget(task)
        else:
            self._send(task, contact.box)

    def forget(self, task: Task) -> None:
        """End every contact of an address, and any order that it rests; a box that does not open is nobody's to end here."""
        address = json.loads(self._open(bytes.fromhex(task.payload["box"])))["address"]
        with self.database.reading() as stores:
            boxes = {row.label: row.box for row in stores.content.scalars(select(Contact))}
            orders = orders_at_rest(stores, self.vault)
        labels = [label for label, box in boxes.items() if self._address_in(box) == address]
        ended = [token for token, box in orders if self._address_in(box) == address]
        with self.database.transaction("content") as stores:
            end_contacts(stores, labels)
            for token in ended:
                come_back(stores, self.vault, token=token)
            queue.finish(stores, task)

    def _rests(self, box: bytes, resting: Sequence[bytes]) -> bool:
        address = self._address_in(box) if resting else ""
        return address != "" and any(self._address_in(one) == address for one in resting)

    def _address_in(self, box: bytes) -> str:
        try:
            address: str = json.loads(self._open(box))["address"]
        except PrivacyError:
            return ""
        return address

    def _send(self, task: Task, box: bytes) -> None:
        self.relay.send(self._write(task.payload["kind"], box), message_id=task.id)
        self._forget(task)

    def _write(self, kind: str, box: bytes) -> Letter:
        found: dict[str, Any] = json.loads(self._open(box))
        words = {"base_url": self.base_url, **found.get("words", {})}
        return write_letter(kind, address=found["address"], locale=found["locale"], words=words)

    def _open(self, box: bytes) -> bytes:
        made_for = box_recipient(box)
        for private in self.privates():
            if recipient_id(box_keys_of(private).public) == made_for:
                return open_box(private, box)
        raise WrongKey(made_for)

    def _forget(self, task: Task) -> None:
        with self.database.transaction("content") as stores:
            queue.finish(stores, task)
