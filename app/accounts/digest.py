"""A letter of fixed words at 06:00 and 18:00, news or not, for who leaves no contact: it tells nothing, to nobody."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import select

from app.accounts.identity import Identity, open_identity, seal_identity
from app.accounts.models import Member
from app.clock import JAPAN
from app.db import Stores
from app.errors import NotThere
from app.jobs import queue
from app.mail.mailbox import Mailbox
from app.mail.service import send_letter
from app.sealing import Vault
from privacy.errors import PrivacyError
from privacy.keys import Key
from privacy.times import window_of

log = structlog.get_logger()
KIND: Final = "digest"
HOURS: Final = (6, 18)
LATE_SECONDS: Final = 3600  # a letter out of its hour would tell that something happened here


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Where and in which language."""

    mailbox: Mailbox
    locale: str


def choose(stores: Stores, vault: Vault, *, member_id: str, locale: str) -> None:
    """Get the letters in this language, or none with an empty word. Writes identity."""
    member = stores.identity.get(Member, member_id)
    if member is None:
        raise NotThere
    key = vault.data_key(stores, member.key_id)
    member.sealed = seal_identity(key, replace(open_identity(key, member), digest=locale), member_id)


def is_chosen(stores: Stores, vault: Vault, *, member_id: str) -> bool:
    """Whether a member gets the letters."""
    member = stores.identity.get(Member, member_id)
    return member is not None and bool(open_identity(vault.data_key(stores, member.key_id), member).digest)


def subscribers(stores: Stores, vault: Vault) -> list[Subscriber]:
    """Everybody who chose the letters and does not pause."""
    rows = list(stores.identity.scalars(select(Member).where(Member.state.in_(("active", "reading")))))
    keys = vault.data_keys(stores, [row.key_id for row in rows])
    opened = [_opened(keys[row.key_id], row) for row in rows if row.key_id in keys]
    return [Subscriber(one.at, one.digest) for one in opened if one is not None and one.digest and not one.paused]


def _opened(key: Key, row: Member) -> Identity | None:
    """A row that does not open is one member's trouble, and must not keep the letters from all the others."""
    try:
        return open_identity(key, row)
    except PrivacyError as error:
        log.warning("a member row does not open", error=type(error).__name__)
        return None


def put_next(stores: Stores, vault: Vault, *, now: float, window_seconds: int) -> None:
    """Leave the job of the next turn; writes content."""
    turn = window_of(next_turn(now), window_seconds)
    queue.put(stores, vault, KIND, {"turn": turn}, due=turn)


def keep_turning(stores: Stores, vault: Vault, *, now: float, window_seconds: int) -> None:
    """The same, if no turn waits yet; writes content."""
    if not queue.has_kind(stores, kind=KIND):
        put_next(stores, vault, now=now, window_seconds=window_seconds)


def send_all(stores: Stores, vault: Vault, post_office: bytes, *, to: list[Subscriber], window: int) -> None:
    """A letter for each, in random order; writes content."""
    shuffled = list(to)
    random.SystemRandom().shuffle(shuffled)
    for one in shuffled:
        at, locale = one.mailbox, one.locale
        send_letter(
            stores, vault, post_office, KIND, address=at.address, name=at.name, words={}, locale=locale, window=window
        )


def next_turn(now: float) -> float:
    """The next 06:00 or 18:00 in Japan, in seconds since the epoch; never now."""
    here = datetime.fromtimestamp(now, JAPAN)
    turns = (
        (here + timedelta(days=day)).replace(hour=hour, minute=0, second=0, microsecond=0)
        for day in (0, 1)
        for hour in HOURS
    )
    return next(turn.timestamp() for turn in turns if turn.timestamp() > now)
