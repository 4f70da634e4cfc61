"""The post office's keys at work: what opens its boxes, and closes its own."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.mail.mailbox import Mailbox, mailbox_of
from privacy.boxes import box_keys_of, box_recipient, open_box, recipient_id
from privacy.errors import PrivacyError, WrongKey


@dataclass(frozen=True, slots=True)
class Opener:
    """Holds no key: asks for them anew with each box, since a new one may have come."""

    privates: Callable[[], Sequence[bytes]]  # newest first

    @property
    def public(self) -> bytes:
        """The newest key's half that closes."""
        return box_keys_of(self.privates()[0]).public

    def open(self, box: bytes) -> bytes:
        """What is in a box. Raises WrongKey or Tampered."""
        made_for = box_recipient(box)
        for private in self.privates():
            if recipient_id(box_keys_of(private).public) == made_for:
                return open_box(private, box)
        raise WrongKey(made_for)

    def find(self, box: bytes) -> dict[str, Any]:
        """The words in a box; none for one that does not open."""
        try:
            found = json.loads(self.open(box))
        except (PrivacyError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def mailbox_in(self, box: bytes) -> Mailbox:
        """Whom a box is for; nobody, for one that does not open."""
        return mailbox_of(self.find(box))
