"""A member's own machine in the place of their mail: what it is told, how that is signed, and what becomes of it.

A mailbox may have a webhook: its notices then go there instead of to the address. Contacts name mailboxes and nothing
else, so that no box looks different for it, and none changes when somebody sets, changes or removes it: that a mailbox
has one stands in the post office's book alone. Only notices go there: codes, letters about the account, and the letter
at fixed hours stay with mail.

Signed after Standard Webhooks 1.0 (https://www.standardwebhooks.com), symmetric, HMAC-SHA256.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Any, Final

from standardwebhooks import Webhook

from app.mail.endpoints import NotAllowed
from app.mail.kinds import REFUSALS
from app.mail.letters import write_letter
from app.mail.posting import Poster

TEST: Final = "hook_test"  # also the name of its words among the letters
STOPPED: Final = "hook_stopped"  # the letters that tell, by mail, how it went
UNREACHED: Final = "hook_unreached"
ANSWERED: Final = "hook_answered"
TAKEN: Final = "taken"
GONE: Final = "gone"
LATER: Final = frozenset({408, 425, 429})  # besides 5xx, answers that do not say no for good


@dataclass(frozen=True, slots=True)
class Hook:
    """Where a mailbox's notices go, and under which secret; without an address: to mail."""

    url: str = ""
    secret: str = ""
    turn: int = 0  # of two words of one member about it, the later has the higher number
    refused: int = 0  # notices in a row that it would not take

    @property
    def stopped(self) -> bool:
        """Whether nothing more is sent."""
        return self.refused >= REFUSALS


def new_secret() -> str:
    """A signing secret: 32 random bytes, as the specification writes them."""
    return f"whsec_{b64encode(token_bytes(32)).decode()}"


def write_notice(kind: str, *, locale: str, base_url: str) -> bytes:
    """The body: what the letter of this kind says, and nothing beside it. Bytes of equal kind and language are equal."""
    text = write_letter(kind, address="", locale=locale, words={"base_url": base_url}).body
    said = {
        "type": "test" if kind == TEST else f"notice.{kind}",
        "data": {"network": base_url, "language": locale, "text": text},
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def headers_of(secret: str, *, message_id: str, seconds: float, body: bytes) -> Mapping[str, str]:
    """The request's headers; id, time and body are what is signed."""
    named = f"msg_{message_id}"
    signature = Webhook(secret).sign(named, datetime.fromtimestamp(int(seconds), UTC), body.decode())
    return {
        "User-Agent": "Shiome",
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": named,
        "webhook-timestamp": str(int(seconds)),
        "webhook-signature": signature,
    }


def call(poster: Poster, hook: Hook, body: bytes, headers: Mapping[str, str], *, patient: bool) -> str:
    """Send it: TAKEN, GONE, UNREACHED or ANSWERED. While one is `patient`, what may pass raises OSError instead. It
    carries no words, and is of a class that a relay's failures have too: it stands in the job table."""
    try:
        number = poster.post(hook.url, headers, body)
    except NotAllowed:
        return UNREACHED
    except OSError:
        if patient:
            raise OSError from None
        return UNREACHED
    if 200 <= number < 300:
        return TAKEN
    if patient and (number >= 500 or number in LATER):
        raise OSError
    return GONE if number == 410 else ANSWERED


def refusals_after(hook: Hook, outcome: str) -> int:
    """How many refusals in a row there are now; an answer of 410 (Gone) is as many as it takes."""
    if outcome == TAKEN:
        return 0
    return REFUSALS if outcome == GONE else hook.refused + 1


def outcome_letter(hook: Hook, outcome: str, *, is_test: bool) -> str:
    """The letter that tells its member, by mail, how it went; empty: there is nothing to tell."""
    if is_test:
        return {TAKEN: "", UNREACHED: UNREACHED}.get(outcome, ANSWERED)
    return STOPPED if not hook.stopped and refusals_after(hook, outcome) >= REFUSALS else ""


def hook_of(said: Mapping[str, Any]) -> Hook:
    """From the words of an order, or of the book."""
    return Hook(str(said["url"]), str(said["secret"]), int(said["turn"]), int(said.get("refused", 0)))
