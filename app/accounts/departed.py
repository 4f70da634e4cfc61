"""That an address left in this quarter, and nothing else of it.

With a member's secret goes the record of what their posts told this quarter. Who comes back before the quarter is over
could tell the rest: their posts show the group only, as after a fresh start. The mark is a keyed hash of the address
under a key of its own, and ends with the quarter; after a change of the root key older marks are not found any more.
"""

from datetime import date
from typing import Final

from sqlalchemy import delete, select

from app.accounts.models import Departed
from app.accounts.rules import quarter_of
from app.db import Stores
from app.sealing import Vault

INDEX: Final = "left"


def note(stores: Stores, vault: Vault, *, address: str, today: date) -> None:
    """Somebody with this address leaves; writes identity."""
    stores.identity.merge(Departed(id=vault.index(INDEX, address), quarter=quarter_of(today)))


def is_back(stores: Stores, vault: Vault, *, address: str, today: date) -> bool:
    """Whether the address left in this quarter."""
    places = vault.indexes(INDEX, address)
    found = select(Departed.id).where(Departed.id.in_(places), Departed.quarter == quarter_of(today))
    return stores.identity.scalar(found) is not None


def forget(stores: Stores, *, today: date) -> None:
    """Throw away the marks of quarters that are over; writes identity."""
    stores.identity.execute(delete(Departed).where(Departed.quarter < quarter_of(today)))
