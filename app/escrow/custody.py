"""A custodian's folder on their own machine: the key under a passphrase, and when each request first came.

Runs apart from the service: no settings, no database, no network. The wait is counted on this machine's clock, so the
operator's clock does not shorten it.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.escrow.bundles import Answer, Bundle, NotABundle, pack, unpack
from app.escrow.rules import KEPT_SECONDS, WAIT_SECONDS
from privacy.boxes import BoxKeys, box_keys_of, new_box_keys
from privacy.errors import PrivacyError
from privacy.escrow import answer_challenge, answer_request, open_share
from privacy.pseudonyms import MemberSecret
from privacy.wraps import DEFAULT_COST, Cost, Wrap, unwrap_with_password, wrap_with_password

KEY: Final = "custodian.key"
PUBLIC: Final = "custodian.pub"
MIN_PASSPHRASE: Final = 12


class CustodyProblem(Exception):
    """What a custodian is told in one line; nothing was opened."""


@dataclass(frozen=True, slots=True)
class Received:
    """A request in the folder, and the second at which this machine saw it first."""

    bundle: Bundle
    first_seen: int

    def seconds_left(self, now: float) -> int:
        """How long to wait; a clock set back only makes it longer."""
        return max(0, int(self.first_seen + WAIT_SECONDS - now))


@dataclass(frozen=True, slots=True)
class CustodyFolder:
    """The folder. Files in it are never overwritten."""

    path: Path

    def init(self, passphrase: str, *, cost: Cost = DEFAULT_COST) -> bytes:
        """Make the pair and give its public half. Raises CustodyProblem where there is one already."""
        if len(passphrase) < MIN_PASSPHRASE:
            raise CustodyProblem(f"the passphrase needs {MIN_PASSPHRASE} characters or more")
        keys = new_box_keys()
        wrap = wrap_with_password(MemberSecret(keys.private), passphrase, cost=cost, owner=keys.public.hex())
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._write(KEY, wrap.to_json() + "\n")
        self._write(PUBLIC, keys.public.hex() + "\n")
        return keys.public

    def public(self) -> bytes:
        """The public half."""
        try:
            return bytes.fromhex(self._read(PUBLIC).strip())
        except ValueError:
            raise CustodyProblem(f"{self.path / PUBLIC}: not a public key") from None

    def keys(self, passphrase: str) -> BoxKeys:
        """The pair. Raises CustodyProblem for another passphrase, or a file that others may read."""
        mode = (self.path / KEY).stat().st_mode & 0o777 if (self.path / KEY).exists() else 0o400
        if mode & 0o377:
            raise CustodyProblem(f"{self.path / KEY}: mode is {mode:04o}, must be 0400")
        try:
            wrap = Wrap.from_json(self._read(KEY))
            return box_keys_of(unwrap_with_password(wrap, passphrase, owner=self.public().hex()))
        except PrivacyError:
            raise CustodyProblem("this passphrase does not open the key") from None

    def prove(self, challenge: str, passphrase: str) -> str:
        """Answer the operator's challenge. Raises CustodyProblem for anything that is none."""
        try:
            return answer_challenge(self.keys(passphrase).private, unpack(challenge.strip()))
        except (PrivacyError, NotABundle):
            raise CustodyProblem("this is no challenge for this key") from None

    def receive(self, text: str, *, now: float) -> Received:
        """Keep a request and note when it first came; a second time changes nothing. Raises CustodyProblem."""
        bundle = _parse(text)
        if bundle.seat_of(self.public()) is None:
            raise CustodyProblem("this request has no box for your key")
        known = self._find(bundle.id)
        if known is not None and known.bundle != bundle:
            raise CustodyProblem("another request came earlier under this number; refuse, and ask why")
        if known is not None:
            return known
        found = Received(bundle, int(now))
        self._write(_name(bundle.id), json.dumps({"first_seen": found.first_seen, "request": bundle.to_json()}))
        return found

    def get(self, request_id: str) -> Received:
        """A request received before. Raises CustodyProblem."""
        found = self._find(request_id)
        if found is None:
            raise CustodyProblem("no such request here; `shiome custodian receive` first")
        return found

    def listed(self) -> list[Received]:
        """Every request that ever came here, oldest first."""
        found = [self.get(path.stem.removeprefix("request-")) for path in self.path.glob("request-*.json")]
        return sorted(found, key=lambda one: (one.first_seen, one.bundle.id))

    def release(self, request_id: str, passphrase: str, *, now: float) -> Answer:
        """Open this request's box and no other, and seal the share to the request's one-time key.

        Raises CustodyProblem before 48 hours on this clock, after 14 days, and for a box of another thread.
        """
        received = self.get(request_id)
        check_release(received, now=now)
        bundle, keys = received.bundle, self.keys(passphrase)
        seat = bundle.seat_of(keys.public)
        if seat is None:
            raise CustodyProblem("this request has no box for your key")
        try:
            share = open_share(keys.private, unpack(seat.box), bundle.part, bundle.custodians)
            box = answer_request(share, bundle.digest, bytes.fromhex(bundle.public))
        except (PrivacyError, NotABundle, ValueError):
            raise CustodyProblem(
                "the box in this request is not this thread's: nothing was opened; tell the other custodians"
            ) from None
        return Answer(bundle.id, keys.public.hex(), pack(box))

    def _find(self, request_id: str) -> Received | None:
        path = self.path / _name(request_id)
        if not path.exists():
            return None
        found = json.loads(path.read_text("utf-8"))
        return Received(_parse(found["request"]), int(found["first_seen"]))

    def _write(self, name: str, text: str) -> None:
        try:
            handle = os.open(self.path / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        except FileExistsError:
            raise CustodyProblem(f"{self.path / name} is there already; nothing was changed") from None
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())

    def _read(self, name: str) -> str:
        try:
            return (self.path / name).read_text("ascii")
        except OSError as error:
            raise CustodyProblem(f"{self.path / name}: {error.strerror}; run `shiome custodian init`") from None


def check_release(received: Received, *, now: float) -> None:
    """Whether a request may be answered now. Raises CustodyProblem."""
    left = received.seconds_left(now)
    if left:
        raise CustodyProblem(f"too early: {-(-left // 3600)} of 48 hours are left on this machine's clock")
    if now > received.first_seen + KEPT_SECONDS:
        raise CustodyProblem("too late: a request ends after 14 days")


def _parse(text: str) -> Bundle:
    try:
        return Bundle.from_json(text)
    except NotABundle:
        raise CustodyProblem("this file is not a request") from None


def _name(request_id: str) -> str:
    if not request_id.isalnum():
        raise CustodyProblem("no such request here; `shiome custodian receive` first")
    return f"request-{request_id}.json"
