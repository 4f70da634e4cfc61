"""Idempotency tokens: the same form sent twice is stored once."""

from typing import Final

from app.db import Stores
from app.questions.lockers import read_locker, write_locker
from privacy.pseudonyms import MemberSecret

KEPT: Final = 60


def find(stores: Stores, secret: MemberSecret, token: str) -> str | None:
    """What an earlier use of this token made, or None."""
    if not token:
        return None
    listed: list[list[str]] = read_locker(stores, secret, "sent", [])
    return next((made for used, made in listed if used == token), None)


def note(stores: Stores, secret: MemberSecret, token: str, made: str) -> None:
    """Remember what a token made; the latest 60 are kept."""
    if token:
        listed: list[list[str]] = read_locker(stores, secret, "sent", [])
        write_locker(stores, secret, "sent", [[token, made], *listed][:KEPT])
