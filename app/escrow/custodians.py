"""Who keeps the five keys: add one against a proof of possession, let one take another's place, take one away."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.db import Stores
from app.escrow.models import Custodian
from app.escrow.rules import EscrowRefused
from app.escrow.service import active_custodians
from app.logs.service import note_content, note_security
from app.sealing import Vault
from privacy.errors import WeakInput
from privacy.escrow import custodians_digest, proof_of, seal_challenge
from privacy.pseudonyms import new_id
from privacy.shamir import SHARES


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a custodian is asked to open before they count."""

    role: str
    public: str
    box: bytes


def add_custodian(stores: Stores, *, role: str, public: bytes, instead_of: str | None, today: date) -> Challenge:
    """Note a custodian who has yet to prove their key; writes identity. Raises EscrowRefused."""
    replaced = _get_active(stores, instead_of) if instead_of else None
    if replaced is None and len(active_custodians(stores)) >= SHARES:
        raise EscrowRefused("five-already")
    nonce = secrets.token_bytes(32)
    try:
        box = seal_challenge(public, nonce)
    except (WeakInput, ValueError):
        raise EscrowRefused("not-a-key") from None
    if any(one.role == role and one is not replaced for one in active_custodians(stores)):
        raise EscrowRefused("role-taken")
    for earlier in stores.identity.scalars(select(Custodian).where(Custodian.role == role, Custodian.state == "asked")):
        stores.identity.delete(earlier)
    stores.identity.flush()  # the same role may be asked again with another key
    stores.identity.add(
        Custodian(
            id=new_id(),
            role=role,
            public=public.hex(),
            proof=proof_of(public, nonce),
            state="asked",
            replaces=replaced.id if replaced else None,
            since_day=today.toordinal(),
            until_day=None,
        )
    )
    try:
        stores.identity.flush()  # no key comes twice
    except IntegrityError:
        raise EscrowRefused("role-taken") from None
    return Challenge(role, public.hex(), box)


def confirm_custodian(stores: Stores, vault: Vault, *, role: str, proof: str, now: float, today: date) -> None:
    """Let a custodian count from now on, for new posts only; writes identity and content. Raises EscrowRefused."""
    row = stores.identity.scalar(select(Custodian).where(Custodian.role == role, Custodian.state == "asked"))
    if row is None:
        raise EscrowRefused("no-custodian")
    if not hmac.compare_digest(row.proof.encode(), proof.strip().encode()):
        raise EscrowRefused("wrong-proof")
    if row.replaces is not None:
        old = stores.identity.get(Custodian, row.replaces)
        if old is not None and old.state == "active":
            _retire(old, today)
    if len([one for one in active_custodians(stores) if one.id != row.replaces]) >= SHARES:
        raise EscrowRefused("five-already")
    row.state, row.since_day = "active", today.toordinal()
    _note(stores, vault, now, today)


def remove_custodian(stores: Stores, vault: Vault, *, role: str, now: float, today: date) -> None:
    """Take a custodian away; writes identity and content. Below five, break-glass is off for new posts."""
    _retire(_get_active(stores, role), today)
    _note(stores, vault, now, today)


def set_of(stores: Stores, digest: bytes) -> list[Custodian] | None:
    """The five, by their public keys, to whom something was sealed under this digest; None when they are not known."""
    rows = stores.identity.scalars(select(Custodian).where(Custodian.state != "asked").order_by(Custodian.public))
    fives = combinations(rows, SHARES)  # a handful of people over the years
    return next((list(five) for five in fives if _digest(five) == digest), None)


def active_digest(stores: Stores) -> bytes | None:
    """What the five of today are called together; None while it is off."""
    five = active_custodians(stores)
    return _digest(five) if len(five) == SHARES else None


def _digest(five: Sequence[Custodian]) -> bytes:
    return custodians_digest([bytes.fromhex(one.public) for one in five])


def _get_active(stores: Stores, role: str) -> Custodian:
    row = stores.identity.scalar(select(Custodian).where(Custodian.role == role, Custodian.state == "active"))
    if row is None:
        raise EscrowRefused("no-custodian")
    return row


def _retire(row: Custodian, today: date) -> None:
    row.state, row.until_day = "former", today.toordinal()


def _note(stores: Stores, vault: Vault, now: float, today: date) -> None:
    note_security(stores, vault, event="custodians.changed", now=now)
    note_content(stores, event="custodians.changed", day=today)
