"""Tables as a thief reads them: without keys, and with everything that the root key opens laid out as columns."""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Table, select

from app.db import METADATA, STORES, Stores
from app.sealing import Vault
from privacy.attacks.evidence import Row
from privacy.errors import PrivacyError
from privacy.keys import Key
from privacy.vault import Place, open_sealed

# what the page shows, and the circle: the attackers by looks are told both
ON_THE_PAGE: Final = frozenset({("threads", "sealed_scope"), ("threads", "sealed_text")}) | frozenset(
    {("posts", "sealed_scope"), ("posts", "sealed_text")}
)
Rows = dict[str, list[dict[str, Any]]]


def closed_tables(stores: Stores) -> dict[str, list[Row]]:
    """Every table of every store in its stored order. Sealed columns are left out: ciphertext is noise."""
    return {
        table.name: [{name: value for name, value in row.items() if _is_plain(value)} for row in _rows(stores, table)]
        for table in _tables()
    }


def opened_tables(stores: Stores, vault: Vault) -> Rows:
    """The same with every sealed column opened that the root key opens, but for what the page shows of a post."""
    tables = {table.name: _rows(stores, table) for table in _tables()}
    keys = vault.data_keys(stores, [row["id"] for row in tables["data_keys"]])
    found: Rows = defaultdict(list)
    for table in _tables():
        for row in tables[table.name]:
            _open_row(found, vault, keys, table, row)
    return found


def _tables() -> list[Table]:
    return [table for store in STORES for table in METADATA[store].sorted_tables]


def _rows(stores: Stores, table: Table) -> list[Mapping[str, Any]]:
    store = next(store for store in STORES if table.metadata is METADATA[store])
    return [dict(row) for row in stores.of(store).execute(select(table)).mappings()]


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float)


def _open_row(found: Rows, vault: Vault, keys: Mapping[str, Key], table: Table, row: Mapping[str, Any]) -> None:
    row_id = str(row[next(iter(table.primary_key.columns)).name])
    clear = {name: value for name, value in row.items() if _is_plain(value)}
    found[table.name].append(clear)
    for name, value in row.items():
        if isinstance(value, bytes) and (table.name, name) not in ON_THE_PAGE:
            key = keys.get(str(row.get("key_id")))
            rings = (vault.ring(f"{table.name}.{name}"), (key,) if key else ())
            _spread(
                found, clear, f"{table.name}.{name}", name, row_id, _open(rings, value, Place(table.name, name, row_id))
            )


def _open(rings: tuple[tuple[Key, ...], ...], sealed: bytes, place: Place) -> Any:
    for ring in rings:
        try:
            return json.loads(open_sealed(ring, sealed, place))
        except (PrivacyError, ValueError):
            continue
    return None


def _spread(found: Rows, row: dict[str, Any], table: str, name: str, row_id: str, value: Any) -> None:
    """An opened value as columns of its row; each entry of a list as a row of its own that names whose it is."""
    if isinstance(value, dict):
        for key, inner in value.items():
            _spread(found, row, f"{table}.{key}", f"{name}.{key}", row_id, inner)
    elif isinstance(value, list):
        for inner in value:
            child: dict[str, Any] = {"of": row_id}
            found[table].append(child)
            _spread(found, child, f"{table}.0", "0", row_id, inner)
    elif _is_plain(value):
        row[name] = value
