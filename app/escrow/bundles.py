"""What goes between the operator and a custodian: a request and an answer, each one file of JSON without a secret."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from app.escrow.rules import REASONS
from privacy.errors import PrivacyError
from privacy.escrow import Part, custodians_digest

REQUEST: Final = "shiome-escrow-request/1"
ANSWER: Final = "shiome-escrow-answer/1"


class NotABundle(Exception):
    """The file is none of ours, or somebody changed it."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One custodian's place in a request: what the pages call them, their public key, their box."""

    role: str
    public: str
    box: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A request as custodians get it. The envelope with the author is not in it: that stays in the database."""

    id: str
    thread: str
    author: int
    tag: str
    reason: str
    day: str
    public: str  # the one-time key to answer to
    salt: str  # so that the digest the database keeps does not tell which thread
    seats: tuple[Seat, ...]

    def to_json(self) -> str:
        """The file's text."""
        return json.dumps({"kind": REQUEST, **asdict(self)}, ensure_ascii=False, sort_keys=True, indent=1) + "\n"

    @property
    def digest(self) -> bytes:
        """What answers are bound to: SHA-256 of the file as `to_json` writes it."""
        return sha256(self.to_json().encode()).digest()

    @property
    def part(self) -> Part:
        """Whose part of which thread."""
        return Part(self.thread, self.tag, self.author == 0)

    @property
    def custodians(self) -> bytes:
        """What the five are called together."""
        return custodians_digest([bytes.fromhex(seat.public) for seat in self.seats])

    def seat_of(self, public: bytes) -> Seat | None:
        """The place of a custodian, or None when they have none here."""
        return next((seat for seat in self.seats if seat.public == public.hex()), None)

    @classmethod
    def from_json(cls, text: str) -> "Bundle":
        """Raises NotABundle."""
        try:
            found = _read(text, REQUEST)
            bundle = cls(**{**found, "seats": tuple(Seat(**seat) for seat in found["seats"])})
            date.fromisoformat(bundle.day)
            plain = (bundle.id, bundle.thread, bundle.tag)
            if bundle.reason not in REASONS or any(bytes.fromhex(one).hex() != one for one in plain):
                raise NotABundle
            bundle.custodians  # noqa: B018  raises where it is not five different keys
        except (ValueError, KeyError, TypeError, AttributeError, PrivacyError):
            raise NotABundle from None
        return bundle


@dataclass(frozen=True, slots=True)
class Answer:
    """One custodian's answer: their share, sealed to the request's one-time key."""

    request: str
    public: str
    box: str

    def to_json(self) -> str:
        """The file's text."""
        return json.dumps({"kind": ANSWER, **asdict(self)}, sort_keys=True, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Answer":
        """Raises NotABundle."""
        try:
            return cls(**_read(text, ANSWER))
        except (ValueError, TypeError, AttributeError):
            raise NotABundle from None


def pack(box: bytes) -> str:
    """Bytes in a JSON file."""
    return b64encode(box).decode()


def unpack(text: str) -> bytes:
    """The bytes again. Raises NotABundle."""
    try:
        return b64decode(text, validate=True)
    except ValueError:
        raise NotABundle from None


def _read(text: str, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    if found.pop("kind", None) != kind:
        raise NotABundle
    return found
