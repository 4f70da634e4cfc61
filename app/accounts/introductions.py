"""Invitations that members hand out: a code that vouches for a new organisation. Nothing says who handed it out.

Who has one names their organisation when they sign up, and staff see that a member of the network knows it. Staff
verify it all the same.
"""

from datetime import date
from typing import Final

from sqlalchemy import delete

from app.accounts.models import Introduction
from app.accounts.rules import new_join_code, stretch_join_code
from app.db import Stores
from app.sealing import Vault

INDEX: Final = "introduction"
MONTHS: Final = 3


def hand_out(stores: Stores, vault: Vault, *, today: date) -> str:
    """A new code, good to the end of the third month from now; it is kept as a blind index alone. Writes identity."""
    code = new_join_code()
    stores.identity.add(
        Introduction(code_index=vault.index(INDEX, stretch_join_code(code)), until_month=_month(today) + MONTHS)
    )
    return code


def is_good(stores: Stores, vault: Vault, *, code: str, today: date) -> bool:
    """Whether this code was handed out and has not been used."""
    row = _find(stores, vault, code)
    return row is not None and row.until_month >= _month(today)


def spend(stores: Stores, vault: Vault, *, code: str, today: date) -> bool:
    """Use a code up; False when it was none. Writes identity."""
    if not code or not is_good(stores, vault, code=code, today=today):
        return False
    stores.identity.delete(_find(stores, vault, code))
    return True


def forget_old(stores: Stores, *, today: date) -> None:
    """Let codes go whose time is over. Writes identity."""
    stores.identity.execute(delete(Introduction).where(Introduction.until_month < _month(today)))


def _find(stores: Stores, vault: Vault, code: str) -> Introduction | None:
    indexes = vault.indexes(INDEX, stretch_join_code(code))
    return next((row for one in indexes if (row := stores.identity.get(Introduction, one)) is not None), None)


def _month(day: date) -> int:
    return day.year * 12 + day.month
