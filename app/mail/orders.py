"""What the web process asks of the post office in closed boxes: what somebody wishes, that they were here, that they
changed their address or set a webhook, that a link to end mail was followed. What an order says and about whom, only the post office reads.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from random import SystemRandom
from typing import Any, Final

from app.db import Stores
from app.jobs import queue
from app.mail.hooks import Hook
from app.mail.mailbox import Mailbox
from app.mail.wishes import Wishes
from app.sealing import Vault
from privacy.boxes import box_recipient, seal_box
from privacy.errors import PrivacyError
from privacy.times import windows_after

KIND: Final = "order"
PAD: Final = 1024
TOKEN_PAD: Final = 96
LONGEST_TOKEN: Final = 400
SEEN_HOURS: Final = 72  # blurs the day, and is soon enough that whoever comes weekly is never slowed


def leave_wishes(
    stores: Stores, vault: Vault, post_office: bytes, *, mailbox: Mailbox, locale: str, wishes: Wishes, window: int
) -> None:
    """Somebody chose when they want mail; writes content."""
    said = {"do": "wishes", **mailbox.as_data(), "locale": locale, "wishes": wishes.as_data()}
    _leave(stores, vault, post_office, said, due=window)


def leave_seen(
    stores: Stores, vault: Vault, post_office: bytes, *, mailbox: Mailbox, window: int, window_seconds: int
) -> None:
    """Somebody was here: said within three days, and never on which of them. Writes content."""
    due = window + SystemRandom().randrange(1, windows_after(SEEN_HOURS, window_seconds) + 1)
    _leave(stores, vault, post_office, {"do": "seen", **mailbox.as_data()}, due=due)


def leave_move(stores: Stores, vault: Vault, post_office: bytes, *, was: Mailbox, to: Mailbox, window: int) -> None:
    """Somebody changed their address; no contact of theirs is touched. Writes content."""
    _leave(stores, vault, post_office, {"do": "moved", **was.as_data(), "to": to.as_data()}, due=window)


def leave_hook(
    stores: Stores, vault: Vault, post_office: bytes, *, mailbox: Mailbox, locale: str, hook: Hook, window: int
) -> None:
    """Notices to this mailbox go to a machine from now on, or to mail again; no contact is touched. Writes content."""
    about = {"url": hook.url, "secret": hook.secret, "turn": hook.turn}
    said = {"do": "hook", **mailbox.as_data(), "locale": locale, "hook": about}
    _leave(stores, vault, post_office, said, due=window)


def leave_try(stores: Stores, vault: Vault, post_office: bytes, *, mailbox: Mailbox, locale: str, window: int) -> None:
    """Somebody wants to see whether their webhook is reached. Writes content."""
    _leave(stores, vault, post_office, {"do": "try", **mailbox.as_data(), "locale": locale}, due=window)


def leave_stop(stores: Stores, vault: Vault, *, token: str, everything: bool, window: int) -> None:
    """Somebody followed the link of a letter; what it names only the post office can read. What is no link of ours is
    let go without a word. Writes content."""
    box = token_box(token)
    if box is not None:
        said = {"box": box.hex(), "everything": everything, "link": True}
        queue.put(stores, vault, KIND, said, due=window, lane="mail")


def make_token(public: bytes, entry_id: str, kinds: list[str]) -> str:
    """What stands in a letter's link: another one in each letter, leading to nobody without the post office's key."""
    box = seal_box(public, json.dumps({"id": entry_id, "kinds": kinds}).encode(), pad_to=TOKEN_PAD)
    return urlsafe_b64encode(box).decode().rstrip("=")


def token_box(token: str) -> bytes | None:
    """The box a link carries, None for what is no box at all."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        box = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        box_recipient(box)
    except (ValueError, PrivacyError):
        return None
    return box


def _leave(stores: Stores, vault: Vault, post_office: bytes, said: dict[str, Any], *, due: int) -> None:
    box = seal_box(post_office, json.dumps(said).encode(), pad_to=PAD)
    queue.put(stores, vault, KIND, {"box": box.hex(), "everything": False, "link": False}, due=due, lane="mail")
