"""How far setting up has come: the one-time code, the browser that used it, the steps that are done."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.accounts.roles import has_operator
from app.db import Stores
from app.operating.models import Setup
from app.operating.rules import LINK_SECONDS, STEPS, AlreadySetUp, LinkRefused, fits, fold, hash_of, new_code
from app.sealing import Vault
from privacy.pseudonyms import new_id

PAD: Final = 1024


@dataclass(frozen=True, slots=True)
class State:
    """What the one row says. Hashes are empty when there is nothing to open."""

    code: str = field(default="", repr=False)
    browser: str = field(default="", repr=False)
    until: int = 0
    done: Mapping[str, int] = field(default_factory=dict)  # step -> the day it was done
    mail: Mapping[str, Any] = field(default_factory=dict)  # of the last test: day, and what failed
    finished: int = 0  # the day

    @property
    def next_step(self) -> str | None:
        """The first step that is not done."""
        return next((step for step in STEPS if step not in self.done), None)

    def has_code(self, now: float) -> bool:
        """Whether a code waits to be used."""
        return bool(self.code) and now <= self.until

    def is_open_to(self, browser: str, now: float) -> bool:
        """Whether this browser is the one that used the code, in its day."""
        return now <= self.until and fits(self.browser, browser)


def find_state(stores: Stores, vault: Vault) -> State:
    """How far it has come."""
    row = stores.content.scalars(select(Setup)).first()
    return State() if row is None else State(**vault.open(row.sealed, table="setups", column="sealed", row=row.id))


def make_code(stores: Stores, vault: Vault, *, now: float) -> str:
    """A new code, good for a day and one browser; an older one, and its browser, end. Writes content; raises AlreadySetUp."""
    if has_operator(stores, vault):
        raise AlreadySetUp
    code = new_code()
    until = int(now) + LINK_SECONDS
    _keep(stores, vault, replace(find_state(stores, vault), code=hash_of(fold(code)), browser="", until=until))
    return code


def use_code(stores: Stores, vault: Vault, *, code: str, now: float) -> str:
    """Bind the setting up to the browser that typed the code; returns that browser's secret. Writes content.

    Raises LinkRefused.
    """
    state = find_state(stores, vault)
    if not state.has_code(now) or not fits(state.code, fold(code)):
        raise LinkRefused
    browser = secrets.token_urlsafe(32)
    _keep(stores, vault, replace(state, code="", browser=hash_of(browser)))
    return browser


def note_done(stores: Stores, vault: Vault, *, step: str, today: date) -> None:
    """A step is done; writes content."""
    state = find_state(stores, vault)
    _keep(stores, vault, replace(state, done={**state.done, step: today.toordinal()}))


def note_mail(stores: Stores, vault: Vault, *, failed: str, today: date) -> None:
    """What the last test of mail brought: the variable to look at, or nothing when it went out. Writes content."""
    state = find_state(stores, vault)
    _keep(stores, vault, replace(state, mail={"day": today.toordinal(), "failed": failed}))


def finish(stores: Stores, vault: Vault, *, today: date) -> None:
    """There is an operator: no browser is let in without an account any more. Writes content."""
    state = find_state(stores, vault)
    _keep(stores, vault, replace(state, code="", browser="", until=0, finished=today.toordinal()))


def close_door(stores: Stores, vault: Vault) -> None:
    """Somebody became operator by another way: no code and no browser opens the setting up. Writes content."""
    state = find_state(stores, vault)
    if state.code or state.browser:
        _keep(stores, vault, replace(state, code="", browser="", until=0))


def _keep(stores: Stores, vault: Vault, state: State) -> None:
    row = stores.content.scalars(select(Setup)).first()
    if row is None:
        row = Setup(id=new_id(), sealed=b"")
        stores.content.add(row)
    row.sealed = vault.seal(asdict(state), table="setups", column="sealed", row=row.id, pad=PAD)
    stores.content.flush()  # the same transaction may read it
