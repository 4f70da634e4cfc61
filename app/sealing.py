"""What a service needs to seal and open: root-derived keys by purpose, and one data key per author's part of a thread."""

import json
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select

from app.db import Stores
from app.errors import NotThere
from app.keystore import DataKey
from privacy.keys import Key, RootKeys, blind_index, new_data_key, unwrap_data_key, wrap_data_key
from privacy.pseudonyms import new_id
from privacy.vault import Place, open_sealed, seal

PAD: Final = 512  # bytes; small sealed things come in steps of this


@dataclass(frozen=True, slots=True)
class Vault:
    """Seals under purposes of the root keys. One purpose a column."""

    roots: RootKeys
    _rings: dict[str, tuple[Key, ...]] = field(default_factory=dict, repr=False, compare=False)

    def ring(self, purpose: str) -> tuple[Key, ...]:
        """The purpose's keys, newest first, derived once a process."""
        if purpose not in self._rings:
            self._rings[purpose] = self.roots.ring(purpose)
        return self._rings[purpose]

    def seal(self, value: Any, *, table: str, column: str, row: str, pad: int = PAD) -> bytes:
        """Seal a JSON value for one cell."""
        return self.seal_bytes(_dump(value), table=table, column=column, row=row, pad=pad)

    def open(self, envelope: bytes, *, table: str, column: str, row: str) -> Any:
        """Open what `seal` sealed for the same cell."""
        return json.loads(self.open_bytes(envelope, table=table, column=column, row=row))

    def seal_bytes(self, value: bytes, *, table: str, column: str, row: str, pad: int = PAD) -> bytes:
        """Seal raw bytes for one cell."""
        return seal(self.ring(f"{table}.{column}")[0], value, Place(table, column, row), pad_to=pad)

    def open_bytes(self, envelope: bytes, *, table: str, column: str, row: str) -> bytes:
        """Open raw bytes of one cell, under whichever root key sealed them."""
        return open_sealed(self.ring(f"{table}.{column}"), envelope, Place(table, column, row))

    def index(self, purpose: str, text: str) -> str:
        """A blind index: equal for equal text, and only with the key. The oldest root's, so that it stays findable."""
        return blind_index(self.ring(f"index/{purpose}")[-1], text)

    # data keys

    def new_data_key(self, stores: Stores) -> tuple[str, Key]:
        """A fresh data key, wrapped into the key store."""
        key_id = new_id()
        key = new_data_key()
        stores.keys.add(DataKey(id=key_id, wrapped=wrap_data_key(self.ring("data-key")[0], key, key_id)))
        return key_id, key

    def data_key(self, stores: Stores, key_id: str) -> Key:
        """The data key under this id; NotThere when it has been erased."""
        row = stores.keys.get(DataKey, key_id)
        if row is None:
            raise NotThere
        return unwrap_data_key(self.ring("data-key"), row.wrapped, key_id)

    def data_keys(self, stores: Stores, key_ids: list[str]) -> dict[str, Key]:
        """Those of the keys that still exist, in one query."""
        rows = stores.keys.scalars(select(DataKey).where(DataKey.id.in_(set(key_ids))))
        return {row.id: unwrap_data_key(self.ring("data-key"), row.wrapped, row.id) for row in rows}


def seal_text(key: Key, value: Any, *, table: str, row: str) -> bytes:
    """Seal an author's words under their data key; length is hidden to the next 256 bytes."""
    return seal(key, _dump(value), Place(table, "sealed_text", row), pad_to=256)


def open_text(key: Key, envelope: bytes, *, table: str, row: str) -> Any:
    """Open an author's words."""
    return json.loads(open_sealed([key], envelope, Place(table, "sealed_text", row)))


def _dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
