"""What a service needs to seal and open: root-derived keys by purpose, and one data key per author's part of a thread."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, Protocol

import structlog

from app.db import Stores, fetch
from app.errors import NotThere
from app.keyfiles import KeyFileProblem
from app.keystore import DataKey
from privacy.errors import WeakInput
from privacy.keys import Key, RootKeys, blind_index, key_from, new_data_key, unwrap_data_key, wrap_data_key
from privacy.pseudonyms import new_id
from privacy.vault import Place, column_opener, open_sealed, seal

PAD: Final = 512  # bytes; small sealed things come in steps of this
# purposes whose secrets last through every rotation
IMPORT: Final = "import"  # people of a history must not come twice
MARKS: Final = "crowds.marks"  # who changed between two tables is told from marks of last month
NOTES: Final = "notes.labels"  # whose label a note stands under is kept nowhere, so nobody could make it anew
OFFERS: Final = "offers.labels"  # who looks for their own makes them of their inboxes, and no rotation may come between
LASTING: Final = (IMPORT, MARKS, NOTES, OFFERS)
log = structlog.get_logger()


class RootSource(Protocol):
    """Where root keys come from: the key folder."""

    def stamp(self) -> object:
        """Another value whenever a key file came or went."""
        ...

    def roots(self) -> RootKeys: ...


@dataclass(slots=True, eq=False)
class Vault:
    """Seals under purposes of the root keys. One purpose a column.

    With a `source` it looks before each use whether a key file came or went, so that a running process seals under a
    new key from the moment it is there: what a rotation leaves behind is then nobody's.
    """

    roots: RootKeys = field(repr=False)
    source: RootSource | None = None
    _stamp: object = None
    _rings: dict[str, tuple[Key, ...]] = field(default_factory=dict, repr=False)
    _lasting: dict[str, bytes] = field(default_factory=dict, repr=False)

    def ring(self, purpose: str) -> tuple[Key, ...]:
        """The purpose's keys, newest first, derived once for each set of key files."""
        if self.source is not None:
            self._look(self.source)
        rings = self._rings  # before `roots`: another thread may be changing both, in the other order
        if purpose not in rings:
            rings[purpose] = self.roots.ring(purpose)
        return rings[purpose]

    def _look(self, source: RootSource) -> None:
        """Take new key files in. One that is half written, or unreadable, is tried again at the next use."""
        stamp = source.stamp()
        if stamp == self._stamp:
            return
        try:
            roots = source.roots()
        except (KeyFileProblem, WeakInput) as error:
            log.warning("key files do not open; the ones from before stay in use", error=type(error).__name__)
            return
        if tuple(roots.ids) != tuple(self.roots.ids):
            self.roots = roots
            self._rings = {}
        self._stamp = stamp

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

    def opener(self, table: str, column: str) -> Callable[[bytes, str], bytes]:
        """What opens (envelope, row) of one column, for many rows: the key files are looked at once."""
        return column_opener(self.ring(f"{table}.{column}"), table, column)

    def index(self, purpose: str, text: str) -> str:
        """A blind index to be stored: equal for equal text, and only with the key. Looked up by `indexes`."""
        return blind_index(self.ring(f"index/{purpose}")[0], text)

    def indexes(self, purpose: str, text: str) -> list[str]:
        """Every blind index the text may stand under, newest key first: while a rotation goes on there are two."""
        return [blind_index(key, text) for key in self.ring(f"index/{purpose}")]

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
        rows, wanted = fetch(stores.keys, DataKey, key_ids), self.ring("data-key")
        return {row.id: unwrap_data_key(wanted, row.wrapped, row.id) for row in rows}

    # secrets that no rotation changes

    def lasting(self, stores: Stores, purpose: str) -> bytes:
        """A secret that stays the same whatever root key comes: the oldest root's, until a rotation `keep`s it."""
        if purpose not in self._lasting:
            row = stores.keys.get(DataKey, lasting_id(purpose))
            kept = None if row is None else unwrap_data_key(self.ring("data-key"), row.wrapped, row.id)
            self._lasting[purpose] = (kept or self.ring(purpose)[-1]).secret
        return self._lasting[purpose]

    def keep(self, stores: Stores, purpose: str) -> None:
        """Put what `lasting` gives into the key store, before its root key goes; writes keys."""
        key_id = lasting_id(purpose)
        if stores.keys.get(DataKey, key_id) is None:
            key = key_from(self.lasting(stores, purpose))
            stores.keys.add(DataKey(id=key_id, wrapped=wrap_data_key(self.ring("data-key")[0], key, key_id)))


def lasting_id(purpose: str) -> str:
    """The row under which such a secret is kept."""
    return sha256(f"shiome/lasting/{purpose}".encode()).hexdigest()[:32]


def seal_text(key: Key, value: Any, *, table: str, row: str) -> bytes:
    """Seal an author's words under their data key; length is hidden to the next 256 bytes."""
    return seal(key, _dump(value), Place(table, "sealed_text", row), pad_to=256)


def open_text(key: Key, envelope: bytes, *, table: str, row: str) -> Any:
    """Open an author's words."""
    return json.loads(open_sealed([key], envelope, Place(table, "sealed_text", row)))


def _dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
