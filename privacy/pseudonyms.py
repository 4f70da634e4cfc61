"""What a member secret `ms` gives: labels that lead to the member only in the member's own session.

Every label is HKDF-SHA256 of `ms` under a versioned context, one purpose a key. The context holds each argument after
its length, so two different calls never share an input. Without `ms` two labels cannot be told from random ones.
"""

from __future__ import annotations

import secrets
from typing import NewType

from privacy.envelopes import RandomBytes, hkdf, join_parts
from privacy.errors import WeakInput
from privacy.keys import Key, key_from

MemberSecret = NewType("MemberSecret", bytes)
"""32 random bytes; stored only wrapped (privacy.wraps)."""
OwnerTag = NewType("OwnerTag", str)
PeerTag = NewType("PeerTag", str)
RoutingHandle = NewType("RoutingHandle", str)
LockerLabel = NewType("LockerLabel", str)
UniqueLabel = NewType("UniqueLabel", str)
RandomId = NewType("RandomId", str)

SECRET_BYTES = 32
_LABEL_BYTES = 16


def new_secret(random: RandomBytes = secrets.token_bytes) -> MemberSecret:
    """A member secret: 32 random bytes."""
    return MemberSecret(random(SECRET_BYTES))


def new_id(random: RandomBytes = secrets.token_bytes) -> RandomId:
    """A row id: 128 random bits as 32 hex characters. It tells neither order nor time."""
    return RandomId(random(_LABEL_BYTES).hex())


def owner_tag(ms: MemberSecret, thread_id: str) -> OwnerTag:
    """What authorises the asker of one thread: 32 hex characters."""
    return OwnerTag(_label(ms, "owner-tag", thread_id))


def peer_tag(ms: MemberSecret, thread_id: str) -> PeerTag:
    """What authorises one answering voice in one thread: 32 hex characters, unlike the owner tag of the same pair."""
    return PeerTag(_label(ms, "peer-tag", thread_id))


def routing_handle(ms: MemberSecret, domain: str, epoch: int = 0) -> RoutingHandle:
    """The name of a member's expert profile and inbox in one domain: 32 hex characters, never shown.

    A new `epoch` (the member's choice, 0 or more) is a fresh handle without the old evidence.
    """
    if epoch < 0:
        raise WeakInput("epoch", "0 or more")
    return RoutingHandle(_label(ms, "routing-handle", domain, str(epoch)))


def locker_label(ms: MemberSecret, purpose: str, object: str = "") -> LockerLabel:
    """The row label of something the member alone finds again (own threads, drafts, read marks): 32 hex characters."""
    return LockerLabel(_label(ms, "locker-label", purpose, object))


def locker_key(ms: MemberSecret, purpose: str) -> Key:
    """The key that seals what stands under the locker labels of `purpose`."""
    return key_from(_derive(ms, "locker-key", purpose, length=SECRET_BYTES))


def unique_label(ms: MemberSecret, purpose: str, object: str) -> UniqueLabel:
    """The unique label of one vote, sign-up or nomination on one object: 32 hex characters."""
    return UniqueLabel(_label(ms, "unique-label", purpose, object))


def tally_tag(ms: MemberSecret, thread_id: str) -> str:
    """What joins the tallies that a member leaves about one question (privacy.tallies): 32 hex characters."""
    return _label(ms, "tally", thread_id)


def tally_act(ms: MemberSecret, object: str) -> str:
    """What tells one act on a question from others, so that it alone can be taken back: 32 hex characters."""
    return _label(ms, "tally-act", object)


def signing_seed(ms: MemberSecret, purpose: str, object: str) -> bytes:
    """The 32 bytes an Ed25519 key of the member begins with (RFC 8032), one key for each purpose and object."""
    return _derive(ms, "signing-seed", purpose, object, length=SECRET_BYTES)


def _label(ms: MemberSecret, purpose: str, *parts: str) -> str:
    return _derive(ms, purpose, *parts, length=_LABEL_BYTES).hex()


def _derive(ms: MemberSecret, purpose: str, *parts: str, length: int) -> bytes:
    if len(ms) != SECRET_BYTES:
        raise WeakInput("member secret", f"{SECRET_BYTES} bytes")
    return hkdf(ms, join_parts(f"shiome/member/{purpose}/v1", *parts), length=length)
