"""Counting without a list: votes, sign-ups and nominations, draws, and badges (privacy.md §10).

A ballot is one row for a member and an object. Its label comes from the member secret, so the table refuses a second
one and only the member's own session finds it again. Where organisations count, the row carries a box that the reporter
alone opens; what the reporter says of all boxes together is yes or no.
"""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from privacy.boxes import open_box, seal_box
from privacy.envelopes import RandomBytes, join_parts
from privacy.errors import Tampered, TooFewCircles, WeakInput, WrongKey
from privacy.pseudonyms import MemberSecret, UniqueLabel, signing_seed, unique_label

VOTE_BYTES = 512
"""The length every vote is padded to inside its box."""
LEAST = 2
"""The smallest threshold: of one voter or organisation, "yes" would be a name."""
CHALLENGE_BYTES = 16
_FRAME = 4

One = TypeVar("One", bound=Hashable)


@dataclass(frozen=True)
class Ballot:
    """One row: unique by `label`. `box` is None where organisations do not count; all boxes have one length."""

    label: UniqueLabel
    box: bytes | None = None


@dataclass(frozen=True)
class CarriedVote:
    """What one voter's session does after a merge: where a row `old` stands, it goes and `new` stands instead.

    Where `new` stands already, the member had voted for both, and `old` only goes: one vote stays one vote.
    """

    old: UniqueLabel
    new: Ballot


def cast_ballot(
    ms: MemberSecret,
    purpose: str,
    object: str,
    *,
    organisation: str = "",
    reporter: bytes | None = None,
    random: RandomBytes = secrets.token_bytes,
) -> Ballot:
    """A member's row for an object: label HKDF(ms, purpose | object), and a box when there is a reporter (X25519 public key, 32 bytes).

    `organisation` may be a circle. WeakInput for a box without one, or names too long for VOTE_BYTES together.
    """
    label = unique_label(ms, purpose, object)
    if reporter is None:
        return Ballot(label)
    vote = json.dumps([purpose, object, organisation, label], ensure_ascii=False).encode()
    if not organisation or len(vote) > VOTE_BYTES - _FRAME:
        raise WeakInput("vote", f"an organisation, and at most {VOTE_BYTES - _FRAME} bytes together")
    return Ballot(label, seal_box(reporter, vote, VOTE_BYTES, random=random))


def retract(ms: MemberSecret, purpose: str, object: str) -> UniqueLabel:
    """The label whose row goes when the member takes the vote back; no other session can name it."""
    return unique_label(ms, purpose, object)


def carry_over(
    ms: MemberSecret,
    purpose: str,
    *,
    merged: str,
    into: str,
    organisation: str = "",
    reporter: bytes | None = None,
    random: RandomBytes = secrets.token_bytes,
) -> CarriedVote:
    """Move this member's vote when object `merged` went into another one; the box is closed anew, for it names its
    object."""
    new = cast_ballot(ms, purpose, into, organisation=organisation, reporter=reporter, random=random)
    return CarriedVote(unique_label(ms, purpose, merged), new)


def passes(
    boxes: Iterable[bytes], private_key: bytes, *, purpose: str, object: str, voters: int, organisations: int
) -> bool:
    """The reporter's whole word: whether so many members of so many organisations voted for the object.

    A label counts once however often its box comes; boxes of other objects, other keys or changed bytes do not count.
    Whoever may choose the thresholds could find the count by asking often: they belong to the purpose, fixed, and the
    answer comes once a week. WeakInput for a threshold under LEAST.
    """
    if voters < LEAST or organisations < LEAST:
        raise WeakInput("threshold", f"{LEAST} voters and {LEAST} organisations")
    found = dict(_votes(boxes, private_key, purpose, object))
    return len(found) >= voters and len(set(found.values())) >= organisations


def draw(candidates: Mapping[One, str], size: int, *, rng: random.Random) -> tuple[One, ...]:
    """`size` candidates (candidate → circle), at most one of a circle; every such set is as likely as every other.

    Circles are walked with the exact number of sets that are left with and without each (a sum over products of their
    sizes), so no draw is thrown away. `rng` should be a `random.SystemRandom` outside tests. Raises TooFewCircles.
    """
    circles: dict[str, list[One]] = {}
    for candidate, circle in candidates.items():
        circles.setdefault(circle, []).append(candidate)
    if not 0 <= size <= len(circles):
        raise TooFewCircles(len(circles), size)
    groups = list(circles.values())
    chosen: list[One] = []
    left = _sets_left([len(group) for group in groups], size)
    for at, group in enumerate(groups):
        wanted = size - len(chosen)
        if rng.randrange(left[at][wanted]) >= left[at + 1][wanted]:
            chosen.append(rng.choice(group))
    rng.shuffle(chosen)
    return tuple(chosen)


def badge_public_key(ms: MemberSecret, badge: str) -> bytes:
    """The name a badge carries: an Ed25519 public key (32 bytes) of its own, which no other badge shares."""
    return _badge_key(ms, badge).public_key().public_bytes_raw()


def new_challenge(random: RandomBytes = secrets.token_bytes) -> bytes:
    """What somebody asks to have signed: 16 random bytes, used once."""
    return random(CHALLENGE_BYTES)


def prove(ms: MemberSecret, badge: str, challenge: bytes, *, purpose: str) -> bytes:
    """The holder's signature (64 bytes, RFC 8032) over the challenge for one purpose. WeakInput under 16 bytes."""
    return _badge_key(ms, badge).sign(_challenge(challenge, purpose))


def verify(public_key: bytes, challenge: bytes, proof: bytes, *, purpose: str) -> bool:
    """Whether the proof was made for this key, challenge and purpose. WeakInput for a challenge under 16 bytes."""
    message = _challenge(challenge, purpose)
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(proof, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _votes(boxes: Iterable[bytes], private_key: bytes, purpose: str, object: str) -> Iterable[tuple[str, str]]:
    """(label, organisation) of each box that opens and names the object."""
    for box in boxes:
        try:
            vote = json.loads(open_box(private_key, box))
        except (Tampered, WrongKey, ValueError):
            continue
        match vote:
            case [str(one), str(other), str(organisation), str(label)] if (one, other) == (purpose, object):
                yield label, organisation


def _sets_left(sizes: list[int], size: int) -> list[list[int]]:
    """[circles from here on][how many are wanted] → in how many ways they can be chosen."""
    left = [[1] + [0] * size]
    for members in reversed(sizes):
        after = left[-1]
        left.append([1, *(after[n] + members * after[n - 1] for n in range(1, size + 1))])
    return left[::-1]


def _badge_key(ms: MemberSecret, badge: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(signing_seed(ms, "badge", badge))


def _challenge(challenge: bytes, purpose: str) -> bytes:
    if len(challenge) < CHALLENGE_BYTES:
        raise WeakInput("challenge", f"{CHALLENGE_BYTES} bytes")
    return join_parts("shiome/badge-proof/v1", purpose) + challenge
