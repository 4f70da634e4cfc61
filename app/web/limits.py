"""One token bucket a session and one an address, for the whole service; never one an action, so that no bucket tells
what somebody did. Kept in the identity file under keyed labels that change daily, forgotten after a day.

Another counts the code letters an address is sent in a day, so that nobody's mailbox is filled by somebody else.
One more counts the texts an account opens in a day, so that nobody carries the network away. Its label is made from the
member's secret and it holds no time but the day: it cannot be told whose it is.
"""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address, ip_network
from threading import Lock
from typing import Final
from unicodedata import normalize

from flask import Flask, current_app, request
from sqlalchemy import Engine, Float, Index, String, bindparam, delete, func
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, IdentityBase, make_engine, store_path
from app.errors import ReadEnough, TooMany
from app.sealing import Vault
from app.wiring import Toolbox, toolbox

DAY: Final = 86400
MINUTE: Final = 60
# a process takes some tokens at once and writes again when they are spent: a share of a minute's, or of a day's texts
AHEAD, READ_AHEAD, AT_ONCE = 40, 75, 8
PURSES: Final = 10_000  # callers a process holds tokens for
LETTERS_PER_DAY: Final = 5
SESSION_COOKIE: Final = "__Host-shiome"
TOKEN_AND_KEY: Final = 64  # characters of the cookie that stay the same while a session lives
FREE: Final = frozenset({"static", "upkeep.health", "upkeep.ready"})


class RateBucket(IdentityBase):
    """A token bucket."""

    __tablename__ = "rate_buckets"
    __table_args__ = (Index("ix_rate_buckets_refilled", "refilled"), UNORDERED)

    label: Mapped[str] = mapped_column(String(64), primary_key=True)
    tokens: Mapped[float]
    refilled: Mapped[int]


_OPENED: Final = (
    insert(RateBucket)
    .values(label=bindparam("label"), tokens=bindparam("tokens"), refilled=bindparam("refilled"))
    .on_conflict_do_update(
        index_elements=["label"],
        set_={"tokens": RateBucket.tokens - bindparam("cost", type_=Float)},
        where=RateBucket.tokens >= bindparam("cost", type_=Float),
    )
    .returning(RateBucket.tokens)
)


@dataclass(frozen=True)
class Limiter:
    """Takes tokens; the bucket refills by the minute.

    Most requests are paid out of the process's memory, so that a page that only reads writes nothing: a few tokens are
    taken at once, and those a process has left over after a minute are lost to the caller, never won.
    """

    engine: Engine
    vault: Vault
    per_minute: int
    texts_per_day: int
    _purses: dict[str, tuple[int, int]] = field(default_factory=dict, repr=False)  # caller -> tokens, until
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def key(self) -> bytes:
        """What labels are made with; another one after a rotation."""
        return self.vault.ring("rate")[0].secret

    def spend(self, callers: Sequence[str], now: int) -> bool:
        """Charge one request to each caller; False when one of them has no token left."""
        with self._lock:
            if self._paid(callers, now):
                return True
        ahead = max(1, min(AT_ONCE, self.per_minute // AHEAD))
        if ahead > 1 and self.take(callers, ahead, now):
            self._keep(dict.fromkeys(callers, (ahead - 1, now + MINUTE)))
            return True
        return self.take(callers, 1, now)

    def _keep(self, purses: dict[str, tuple[int, int]]) -> None:
        with self._lock:
            if len(self._purses) > PURSES:
                self._purses.clear()
            self._purses.update(purses)

    def _paid(self, callers: Sequence[str], now: int) -> bool:
        held = {caller: self._purses.get(caller, (0, 0)) for caller in callers}
        if any(tokens < 1 or until < now for tokens, until in held.values()):
            return False
        self._purses.update({caller: (tokens - 1, until) for caller, (tokens, until) in held.items()})
        return True

    def take(self, callers: Sequence[str], cost: int, now: int) -> bool:
        """Take `cost` tokens from the bucket of each caller in one statement; False when there are not enough in one."""
        labels = [hmac.new(self.key, f"{now // DAY}|{one}".encode(), sha256).hexdigest() for one in callers]
        grown = func.min(self.per_minute, RateBucket.tokens + (now - RateBucket.refilled) * self.per_minute / MINUTE)
        rows = [{"label": label, "tokens": self.per_minute - cost, "refilled": now} for label in labels]
        statement = (
            insert(RateBucket)
            .values(rows)
            .on_conflict_do_update(
                index_elements=["label"], set_={"tokens": grown - cost, "refilled": now}, where=grown >= cost
            )
            .returning(RateBucket.label)
        )
        with self.engine.begin() as connection:
            return len(connection.execute(statement).all()) == len(labels)

    def read_one(self, reader: str, now: int) -> bool:
        """Count one text opened today; False when the day's number is reached. Texts are taken ahead as requests are."""
        day = now // DAY
        caller = f"reader|{reader}"
        with self._lock:
            tokens, until = self._purses.get(caller, (0, 0))
            if tokens and until == day:
                self._purses[caller] = (tokens - 1, day)
                return True
        ahead = max(1, min(AT_ONCE, self.texts_per_day // READ_AHEAD))
        if ahead > 1 and self.open_text(reader, ahead, now):
            self._keep({caller: (ahead - 1, day)})
            return True
        return self.open_text(reader, 1, now)

    def open_text(self, reader: str, cost: int, now: int) -> bool:
        """Count texts opened today under a reader's label; False when the day's number is reached."""
        day = now // DAY
        label = hmac.new(self.key, f"{day}|reader|{reader}".encode(), sha256).hexdigest()
        first = {"label": label, "tokens": self.texts_per_day - cost, "refilled": day * DAY, "cost": cost}
        with self.engine.begin() as connection:
            return connection.execute(_OPENED, first).first() is not None

    def count_letter(self, address: str, now: int) -> bool:
        """Count a letter to a mail address, known or not; False when the day has had `LETTERS_PER_DAY`."""
        day = now // DAY
        label = hmac.new(self.key, f"{day}|letter|{mailbox_of(address)}".encode(), sha256).hexdigest()
        statement = (
            insert(RateBucket)
            .values(label=label, tokens=LETTERS_PER_DAY - 1, refilled=day * DAY)
            .on_conflict_do_update(
                index_elements=["label"], set_={"tokens": RateBucket.tokens - 1}, where=RateBucket.tokens >= 1
            )
            .returning(RateBucket.tokens)
        )
        with self.engine.begin() as connection:
            return connection.execute(statement).first() is not None

    def forget(self, now: int) -> None:
        """Delete what is older than a day."""
        with self.engine.begin() as connection:
            connection.execute(delete(RateBucket).where(RateBucket.refilled < now - DAY))


def make_limiter(tools: Toolbox) -> Limiter:
    """The process's limiter, on a connection that need not wait for the disk: losing a bucket loses nothing."""
    engine = make_engine(store_path(tools.settings.data_dir, "identity"), synchronous="NORMAL")
    return Limiter(
        engine.execution_options(writes=True),
        tools.vault,
        tools.settings.rate_per_minute,
        tools.settings.texts_per_day,
    )


def network_of(address: str) -> str:
    """An address as a bucket counts it: IPv6 by its /64, which one caller has whole."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else address


def mailbox_of(address: str) -> str:
    """A mail address as its letters are counted: what stands after a + and small letters change no mailbox."""
    local, _, domain = normalize("NFKC", address).strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _callers() -> Iterator[str]:
    yield f"address|{network_of(request.remote_addr or '')}"
    cookie = request.cookies.get(SESSION_COOKIE)
    if cookie:
        yield f"session|{cookie[:TOKEN_AND_KEY]}"
    if request.authorization is not None and request.authorization.token:
        yield f"token|{sha256(request.authorization.token.encode()).hexdigest()}"


def spend(cost: int) -> None:
    """Charge this request's address and session. Raises TooMany."""
    limiter: Limiter = current_app.extensions["limiter"]
    now = int(toolbox().clock.now())
    if not limiter.take(list(_callers()), cost, now):
        raise TooMany


def count_letter(address: str) -> bool:
    """Whether this address may be sent one more letter with a code today; it is counted with that."""
    limiter: Limiter = current_app.extensions["limiter"]
    return limiter.count_letter(address, int(toolbox().clock.now()))


def open_text(reader: str) -> None:
    """Count one opened text of this reader, named by a label of their own secret. Raises ReadEnough."""
    limiter: Limiter = current_app.extensions["limiter"]
    if not limiter.read_one(reader, int(toolbox().clock.now())):
        raise ReadEnough


def _spend_one() -> None:
    limiter: Limiter = current_app.extensions["limiter"]
    if request.endpoint not in FREE and not limiter.spend(list(_callers()), int(toolbox().clock.now())):
        raise TooMany


def init_limits(app: Flask) -> None:
    """Charge every request but static files and health."""
    app.extensions["limiter"] = make_limiter(app.extensions["toolbox"])
    app.before_request(_spend_one)
