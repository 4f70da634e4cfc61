"""Leave mail for the post office: the address travels in a box only that process opens."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from app.db import Stores
from app.jobs import queue
from app.jobs.models import Job
from app.mail.mailbox import Mailbox
from app.sealing import Vault
from privacy.boxes import seal_box


def address_box(post_office: bytes, mailbox: Mailbox, *, locale: str) -> bytes:
    """An address closed for the post office; two boxes of one address have nothing in common."""
    return seal_box(post_office, _json({**mailbox.as_data(), "locale": locale}), pad_to=512)


def send_letter(
    stores: Stores,
    vault: Vault,
    post_office: bytes,
    kind: str,
    *,
    address: str,
    words: dict[str, str],
    locale: str,
    window: int,
    name: str = "",
    inside: Mapping[str, Any] | None = None,
) -> None:
    """One of the fixed letters to an address, at once; every box has the same length. `name` is the mailbox's, for a
    letter of which the book remembers whether it is wanted, or where it goes. `inside` stands in the box alone: "hook",
    when it was for a webhook, and "kind", when that is another than the one outside."""
    said = {"address": address, "name": name, "locale": locale, "words": words, **(inside or {})}
    box = seal_box(post_office, _json(said), pad_to=1024)
    queue.put(stores, vault, "letter", {"kind": kind, "box": box.hex()}, due=window, lane="mail")


def send_important(stores: Stores, vault: Vault, post_office: bytes, *, address: str, window: int) -> None:
    """A letter that only says: sign in, there is something to read."""
    send_letter(stores, vault, post_office, "important", address=address, words={}, locale="ja", window=window)


def notify(stores: Stores, vault: Vault, *, label: str, kind: str, due: int, urgent: bool = False) -> None:
    """A notice of one of MAILS to the contact under a routing handle or an owner tag, if there is one by then."""
    queue.put(stores, vault, "notice", {"label": label, "kind": kind, "urgent": urgent}, due=due, lane="mail")


def drop_notices(stores: Stores, vault: Vault, labels: Collection[str]) -> None:
    """Throw away the notices that wait for these labels."""
    for row in stores.content.scalars(select(Job).where(Job.kind == "notice")):
        if vault.open(row.sealed, table="jobs", column="sealed", row=row.id)["label"] in labels:
            stores.content.delete(row)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
