"""Whose database is this? Asked by every process when it starts."""

from sqlalchemy import select

from app.db import METADATA, STORES, Stores
from app.domains.models import Network


class ForeignDatabase(Exception):
    """The database belongs to another network, or to the other of demo and real service. Says why, in a sentence."""


def claim_database(stores: Stores, *, key: str, demo: bool, window_seconds: int) -> bool:
    """Put this network's row into an unclaimed database, or check the one that is there; True when it was put.

    Writes content. A demo takes only empty files: it must never mix with what people wrote. Raises ForeignDatabase.
    """
    row = stores.content.scalars(select(Network)).first()
    if row is not None:
        _check(row, key, demo, window_seconds)
        return False
    if demo and not is_empty(stores):
        raise ForeignDatabase("the demo refuses a database that it did not create: choose another SHIOME_DATA_DIR")
    # small until the crowds have been counted: in doubt only the domain group is shown
    stores.content.add(Network(key=key, demo=demo, window_seconds=window_seconds, small=True))
    stores.content.flush()  # the same transaction may count the crowds
    return True


def is_empty(stores: Stores) -> bool:
    """Whether no table of the three files has a row."""
    return not any(
        stores.of(store).execute(select(table).limit(1)).first()
        for store in STORES
        for table in METADATA[store].sorted_tables
    )


def _check(row: Network, key: str, demo: bool, window_seconds: int) -> None:
    if row.demo != demo:
        owner, other = ("demo", "real service") if row.demo else ("real service", "demo")
        raise ForeignDatabase(f"this database belongs to the {owner}; the {other} refuses it (SHIOME_DEMO)")
    if row.key != key:
        raise ForeignDatabase(f"this database belongs to the network {row.key}, not {key} (SHIOME_DOMAIN_FILE)")
    if row.window_seconds != window_seconds:
        raise ForeignDatabase(
            f"this database counts windows of {row.window_seconds} s, not {window_seconds} s (SHIOME_WINDOW_SECONDS)"
        )
