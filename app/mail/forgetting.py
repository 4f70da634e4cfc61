"""End every contact of one address, whatever label it stands under: also those that only a lost secret could name."""

import json

from app.db import Stores
from app.jobs import queue
from app.sealing import Vault
from privacy.boxes import seal_box


def forget_address(stores: Stores, vault: Vault, post_office: bytes, *, address: str, due: int) -> None:
    """Leave it to the post office, the one process that knows which boxes hold this address."""
    box = seal_box(post_office, json.dumps({"address": address}).encode(), pad_to=1024)
    queue.put(stores, vault, "forget", {"kind": "forget", "box": box.hex()}, due=due, lane="mail")
