"""Who wrote one author's part of one thread, for any three of five custodians and for nobody else.

A fresh 256-bit key seals the member id and is split (privacy.shamir); each share goes into a box for one custodian
(privacy.boxes). The thread, the author's tag there and the five public keys are bound to the envelope and to every box,
so nothing of one escrow serves for another. No key opens two escrows, so there is no master key to lose.

Escrow = version (1) | digest of the custodians (32) | check of the key (32) | check of each share (5 × 16) |
envelope of the member id (97) | five boxes (5 × 181): the same length for everybody.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from typing import Final

from privacy.boxes import KEY_BYTES, box_keys_of, open_box, seal_box
from privacy.envelopes import RandomBytes, hkdf, join_parts, open_envelope, seal_envelope
from privacy.errors import Tampered, WeakInput
from privacy.shamir import NEEDED, SHARES, Share, combine, split

_VERSION: Final = b"\x01"
_PROOF: Final = b"shiome/custodian-challenge/v1"
_NO_KEY_ID: Final = bytes(4)
_MEMBER_CHARACTERS: Final = 32  # a random id in hex
_MEMBER_PAD: Final = 64
_BOX_PAD: Final = 128
_DIGEST_BYTES: Final = 32
_CHECK_BYTES: Final = 16
_ENVELOPE_BYTES: Final = 97
_BOX_BYTES: Final = 181
_CHECKS_AT: Final = 1 + 2 * _DIGEST_BYTES
_ENVELOPE_AT: Final = _CHECKS_AT + SHARES * _CHECK_BYTES
_BOXES_AT: Final = _ENVELOPE_AT + _ENVELOPE_BYTES
ESCROW_BYTES: Final = _BOXES_AT + SHARES * _BOX_BYTES
"""The length of every escrow."""


@dataclass(frozen=True)
class Part:
    """One author's part of one thread: the thread's id, the tag that is the author's there and nowhere else, and whether
    it is the asker's: a request for an answerer must not open who asked."""

    thread: str
    tag: str
    asks: bool


@dataclass(frozen=True)
class Escrow:
    """What is kept beside a post. `boxes[i]` is for the custodian whose public key stands at place i, sorted."""

    custodians: bytes
    check: bytes
    checks: tuple[bytes, ...]
    envelope: bytes
    boxes: tuple[bytes, ...]

    def to_bytes(self) -> bytes:
        """ESCROW_BYTES bytes."""
        return b"".join([_VERSION, self.custodians, self.check, *self.checks, self.envelope, *self.boxes])

    @classmethod
    def from_bytes(cls, raw: bytes) -> Escrow:
        """The escrow written by `to_bytes`. Raises Tampered when it cannot be one."""
        if len(raw) != ESCROW_BYTES or raw[:1] != _VERSION:
            raise Tampered("escrow")
        checks = (raw[at : at + _CHECK_BYTES] for at in range(_CHECKS_AT, _ENVELOPE_AT, _CHECK_BYTES))
        boxes = (raw[at : at + _BOX_BYTES] for at in range(_BOXES_AT, ESCROW_BYTES, _BOX_BYTES))
        check = raw[1 + _DIGEST_BYTES : _CHECKS_AT]
        return cls(raw[1 : 1 + _DIGEST_BYTES], check, tuple(checks), raw[_ENVELOPE_AT:_BOXES_AT], tuple(boxes))


def custodians_digest(publics: Sequence[bytes]) -> bytes:
    """What five public keys are called together, in whatever order: SHA-256, 32 bytes. Raises WeakInput unless five."""
    if len(publics) != SHARES or len(set(publics)) != SHARES or any(len(one) != KEY_BYTES for one in publics):
        raise WeakInput("custodians", f"{SHARES} different public keys")
    return sha256(join_parts("shiome/custodians/v1", *(one.hex() for one in sorted(publics)))).digest()


def seal_author(
    member_id: str, part: Part, publics: Sequence[bytes], *, random: RandomBytes = secrets.token_bytes
) -> Escrow:
    """Seal a member id (32 hex characters) for five custodians. Raises WeakInput."""
    if len(member_id) != _MEMBER_CHARACTERS or not member_id.isascii():
        raise WeakInput("member id", f"{_MEMBER_CHARACTERS} characters")
    digest = custodians_digest(publics)
    context = _context(part, digest)
    key = random(KEY_BYTES)
    shares = split(key, random=random)
    sealed = seal_envelope(_NO_KEY_ID, key, member_id.encode(), context, pad_to=_MEMBER_PAD, random=random)
    pairs = zip(sorted(publics), shares, strict=True)
    boxes = tuple(seal_box(public, _framed(share, context), _BOX_PAD, random=random) for public, share in pairs)
    checks = tuple(_share_check(share, context) for share in shares)
    return Escrow(digest, _key_check(key, context), checks, sealed, boxes)


def open_share(private: bytes, box: bytes, part: Part, custodians: bytes) -> Share:
    """A custodian's share of this part. Raises WrongKey, or Tampered for another part's box or another set's."""
    return _unframed(open_box(private, box), _context(part, custodians))


def find_wrong_shares(escrow: Escrow, part: Part, shares: Sequence[Share]) -> list[int]:
    """The indexes among `shares` whose share is not the one that was given out."""
    context = _context(part, escrow.custodians)
    return [share.index for share in shares if not _is_right(escrow, share, context)]


def open_author(escrow: Escrow, part: Part, shares: Sequence[Share]) -> str:
    """The member id, from any three right shares; wrong ones among more than three do no harm.

    Raises WeakInput with fewer than three different shares, Tampered when no three of them give the key, or when the
    escrow is another part's.
    """
    context = _context(part, escrow.custodians)
    for three in _threes(shares):
        key = combine(three)
        if hmac.compare_digest(_key_check(key, context), escrow.check):
            return open_envelope({_NO_KEY_ID: key}, escrow.envelope, context, where="escrow").decode("ascii")
    raise Tampered("share")


def answer_request(share: Share, request: bytes, public: bytes, *, random: RandomBytes = secrets.token_bytes) -> bytes:
    """A share sealed anew for a request's one-time key; `request` is the request's digest, bound inside."""
    return seal_box(public, _framed(share, _request_context(request)), _BOX_PAD, random=random)


def read_answer(private: bytes, answer: bytes, request: bytes) -> Share:
    """The share in an answer. Raises WrongKey (for another request's key) or Tampered (for another request)."""
    return _unframed(open_box(private, answer), _request_context(request))


def seal_challenge(public: bytes, nonce: bytes, *, random: RandomBytes = secrets.token_bytes) -> bytes:
    """A box that only the holder of the private half can answer; `nonce` is 32 random bytes."""
    return seal_box(public, _PROOF + nonce, _BOX_PAD, random=random)


def answer_challenge(private: bytes, challenge: bytes) -> str:
    """The proof: 64 hex characters that say nothing of the nonce. Raises Tampered for a box that is no challenge, so
    that nobody has a share opened under this name."""
    text = open_box(private, challenge)
    if not text.startswith(_PROOF) or len(text) != len(_PROOF) + KEY_BYTES:
        raise Tampered("challenge")
    return proof_of(box_keys_of(private).public, text[len(_PROOF) :])


def proof_of(public: bytes, nonce: bytes) -> str:
    """What the holder of `public` answers to a challenge over `nonce`."""
    return hkdf(nonce, join_parts("shiome/custodian-proof/v1", public.hex())).hex()


def _context(part: Part, custodians: bytes) -> bytes:
    return join_parts("shiome/escrow/v1", part.thread, part.tag, "asker" if part.asks else "answerer", custodians.hex())


def _request_context(request: bytes) -> bytes:
    return join_parts("shiome/escrow-answer/v1", request.hex())


def _framed(share: Share, context: bytes) -> bytes:
    return sha256(context).digest() + bytes([share.index]) + share.value


def _unframed(text: bytes, context: bytes) -> Share:
    if len(text) != _DIGEST_BYTES + 1 + KEY_BYTES:
        raise Tampered("share")
    if not hmac.compare_digest(text[:_DIGEST_BYTES], sha256(context).digest()):
        raise Tampered("share")
    return Share(text[_DIGEST_BYTES], text[_DIGEST_BYTES + 1 :])


def _key_check(key: bytes, context: bytes) -> bytes:
    # AES-GCM does not bind its key: one envelope can open under two. This hash does, and of 256 random bits says nothing.
    return hkdf(key, b"shiome/escrow-key/v1" + context)


def _share_check(share: Share, context: bytes) -> bytes:
    return hkdf(share.value, b"shiome/escrow-share/v1" + bytes([share.index]) + context, length=_CHECK_BYTES)


def _is_right(escrow: Escrow, share: Share, context: bytes) -> bool:
    if not 1 <= share.index <= SHARES or len(share.value) != KEY_BYTES:
        return False
    return hmac.compare_digest(_share_check(share, context), escrow.checks[share.index - 1])


def _threes(shares: Sequence[Share]) -> Sequence[tuple[Share, ...]]:
    different = {(share.index, share.value): share for share in shares}.values()
    found = [three for three in combinations(different, NEEDED) if len({share.index for share in three}) == NEEDED]
    if not found:
        raise WeakInput("shares", f"{NEEDED} of different custodians")
    return found
