"""Every cell that a root key sealed: found by the key id in its envelope, sealed anew where it stands."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LargeBinary, Table, delete, func, select, tuple_, update

from app.accounts.models import Verification
from app.db import METADATA, STORES, StoreName, Stores
from app.rotation.rules import DATA_KEY, LAPSING, NOT_ROOTED, WRAPPED
from app.sealing import Vault
from privacy.errors import PrivacyError
from privacy.keys import unwrap_data_key, wrap_data_key
from privacy.vault import Place, reseal


@dataclass(frozen=True, slots=True)
class Column:
    """A column of envelopes."""

    store: StoreName
    table: Table
    name: str

    @property
    def purpose(self) -> str:
        """table.column, which is also the purpose of its key."""
        return f"{self.table.name}.{self.name}"


@dataclass(frozen=True, slots=True)
class Step:
    """What one small transaction did: cells sealed anew, cells that do not open, and the last row it looked at."""

    done: int
    broken: int
    last: tuple[str, ...] | None


def byte_columns() -> Iterator[Column]:
    """Every column of bytes in the three files."""
    for store in STORES:
        for table in METADATA[store].sorted_tables:
            yield from (Column(store, table, one.name) for one in table.columns if isinstance(one.type, LargeBinary))


def rooted_columns() -> list[Column]:
    """Those whose envelopes a root key sealed. A new column is one of them, unless `rules` says whose it is instead."""
    return [column for column in byte_columns() if column.purpose not in NOT_ROOTED]


def count_by_key(stores: Stores, column: Column) -> dict[bytes, int]:
    """How many cells stand under each key id, read from the envelopes."""
    key_id = _key_id_of(column)
    cell = column.table.c[column.name]
    rows = stores.of(column.store).execute(select(key_id, func.count()).where(cell.is_not(None)).group_by(key_id))
    return {bytes(found): number for found, number in rows}


def reseal_some(
    stores: Stores, vault: Vault, column: Column, old: Collection[bytes], *, after: tuple[str, ...] | None, limit: int
) -> Step:
    """Seal up to `limit` cells of the keys `old` anew, in the order of their rows; writes the column's file."""
    names = list(column.table.primary_key.columns)
    wanted = select(*names, column.table.c[column.name]).where(_key_id_of(column).in_(list(old)))
    if after is not None:
        wanted = wanted.where(tuple_(*names) > tuple_(*after))
    rows = stores.of(column.store).execute(wanted.order_by(*names).limit(limit)).all()
    done = sum([_reseal(stores, vault, column, tuple(row[:-1]), row[-1]) for row in rows])
    return Step(done, len(rows) - done, tuple(rows[-1][:-1]) if rows else None)


def drop_lapsed(stores: Stores, *, now: float) -> None:
    """Forget the sign-ups whose hour is over; writes identity."""
    stores.identity.execute(delete(Verification).where(Verification.expires < int(now)))


def _key_id_of(column: Column) -> Any:
    return func.substr(column.table.c[column.name], 2, 4, type_=LargeBinary)


def _reseal(stores: Stores, vault: Vault, column: Column, row: tuple[Any, ...], envelope: bytes) -> bool:
    if column.purpose == LAPSING:
        return False
    try:
        fresh = _fresh(vault, column, ":".join(str(part) for part in row), envelope)
    except PrivacyError:
        return False  # counted and left as it is: the proof at the end finds it again
    where = [key == part for key, part in zip(column.table.primary_key.columns, row, strict=True)]
    stores.of(column.store).execute(update(column.table).where(*where).values({column.name: fresh}))
    return True


def _fresh(vault: Vault, column: Column, row: str, envelope: bytes) -> bytes:
    if column.purpose == WRAPPED:
        keys = vault.ring(DATA_KEY)
        return wrap_data_key(keys[0], unwrap_data_key(keys, envelope, row), row)
    return reseal(vault.ring(column.purpose), envelope, Place(column.table.name, column.name, row))


def total(counts: Iterable[dict[bytes, int]], keys: Sequence[bytes]) -> int:
    """How many cells stand under any of these keys."""
    return sum(one.get(key, 0) for one in counts for key in keys)
