"""End every contact of one member, whatever label it stands under: also those that only a lost secret could name, and
those of an address they had before.
"""

import json

from app.db import Stores
from app.jobs import queue
from app.mail.mailbox import Mailbox
from app.sealing import Vault
from privacy.boxes import seal_box


def forget_mailbox(
    stores: Stores, vault: Vault, post_office: bytes, *, mailbox: Mailbox, due: int, last: bool = True
) -> None:
    """Leave it to the post office, the one process that knows which boxes are whose. Where more of them may still come
    out it is asked again, and only the last time forgets where the mailbox was before. Writes content."""
    box = seal_box(post_office, json.dumps({**mailbox.as_data(), "last": last}).encode(), pad_to=1024)
    queue.put(stores, vault, "forget", {"kind": "forget", "box": box.hex()}, due=due, lane="mail")
