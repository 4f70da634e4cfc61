"""Whether three restored files fit together. Texts without a key are erased ones, or a key store older than them."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from app.db import METADATA, STORES, Database, Stores
from app.keystore import DataKey
from app.sealing import Vault
from privacy.errors import PrivacyError
from privacy.keys import unwrap_data_key

WITHOUT: Final = "without a key: erased, or the key store is older than this file"


def check_together(database: Database, vault: Vault) -> dict[str, int]:
    """What is wrong or worth knowing, in a sentence each, and how often; every line is always there."""
    with database.reading() as stores:
        keys, broken = _keys(stores, vault)
        used = {f"{store}.{table}": found for store, table, found in _users(stores)}
    lines = {f"rows of {name} {WITHOUT}": sum(one not in keys for one in found) for name, found in used.items()}
    everybody = {one for found in used.values() for one in found}
    lines["keys nobody uses (what was stopped between two files, and secrets of the service)"] = len(keys - everybody)
    lines["keys that no root key here opens"] = broken
    return lines


def _keys(stores: Stores, vault: Vault) -> tuple[set[str], int]:
    found, broken = set(), 0
    for row in stores.keys.scalars(select(DataKey)):
        try:
            unwrap_data_key(vault.ring("data-key"), row.wrapped, row.id)
            found.add(row.id)
        except PrivacyError:
            broken += 1
    return found, broken


def _users(stores: Stores) -> Iterable[tuple[str, str, list[str]]]:
    """Every table with a column of key ids: what they name stands in the key store."""
    for store in STORES:
        for table in METADATA[store].sorted_tables:
            if "key_id" in table.columns:
                yield store, table.name, list(stores.of(store).scalars(select(table.c.key_id)))
