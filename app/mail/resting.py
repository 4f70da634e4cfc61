"""An address that rests: a standing order to the post office, the one process that knows whose boxes are whose.

No contact is touched by it: which contacts rest together would tell what is one member's.
"""

import json
from typing import Final

from sqlalchemy import select

from app.db import Stores
from app.jobs import queue
from app.jobs.models import Job
from app.mail.mailbox import Mailbox
from app.sealing import Vault
from privacy.boxes import seal_box

KIND: Final = "rest"
NEVER: Final = 2**31 - 1  # a window that never comes: the order stands until it is taken back


def rest(stores: Stores, vault: Vault, post_office: bytes, *, mailbox: Mailbox, token: str) -> None:
    """Let the post office throw notices to this mailbox away; again does no harm. Writes content."""
    come_back(stores, vault, token=token)
    box = seal_box(post_office, json.dumps(mailbox.as_data()).encode(), pad_to=1024)
    queue.put(stores, vault, KIND, {"token": token, "box": box.hex()}, due=NEVER, lane="mail")


def come_back(stores: Stores, vault: Vault, *, token: str) -> None:
    """Take the order back. Writes content."""
    for row in stores.content.scalars(select(Job).where(Job.kind == KIND)):
        if vault.open(row.sealed, table="jobs", column="sealed", row=row.id)["token"] == token:
            stores.content.delete(row)


def orders_at_rest(stores: Stores, vault: Vault) -> list[tuple[str, bytes]]:
    """Token and box of every order."""
    rows = stores.content.scalars(select(Job).where(Job.kind == KIND))
    found = [vault.open(row.sealed, table="jobs", column="sealed", row=row.id) for row in rows]
    return [(one["token"], bytes.fromhex(one["box"])) for one in found]
