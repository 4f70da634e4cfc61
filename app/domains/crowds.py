"""The crowd that every scope check is made over: counted with each table, sealed beside it, opened once a process.

It is stored so that all processes judge by the same people from one table to the next, also after a restart. It holds
numbers instead of organisations, no ids and no names; its key goes with the table that follows, and with it whoever
left since.
"""

from dataclasses import dataclass
from threading import Lock
from typing import Final

from sqlalchemy import delete, select

from app.db import Stores, recall
from app.domains.models import CrowdRow
from app.errors import NotThere
from app.keystore import DataKey
from app.sealing import Vault
from privacy.crowds import Crowd
from privacy.vault import Place, open_sealed, seal

PAD: Final = 65536  # bytes: its size tells the network's only in steps
BASIS: Final = 32  # characters
# What has been opened in this process, newest last. The key of an entry is the row's random key id, so that a new
# table, or another network in one process, never meets an old crowd.
_OPENED: Final[dict[str, Crowd]] = {}
_KEPT: Final = 2
_LOCK: Final = Lock()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the newest stored crowd was counted for: a table's version, a month, and the rules of its time."""

    version: int
    month: int
    basis: str
    crowd: Crowd


def find_crowd(stores: Stores, vault: Vault, version: int) -> Crowd | None:
    """The crowd of this version of the table; None when another stands, and nothing can be checked."""
    key_id = crowd_key(stores, version)
    if key_id is None:
        return None
    with _LOCK:
        if key_id not in _OPENED:
            opened = _open(stores, vault, stores.identity.get_one(CrowdRow, version))
            if opened is None:
                return None
            _OPENED[key_id] = opened[1]
            for old in list(_OPENED)[:-_KEPT]:
                del _OPENED[old]
        return _OPENED[key_id]


def crowd_key(stores: Stores, version: int) -> str | None:
    """The random id of the key of this version's crowd: another one with every table."""

    def read() -> str | None:
        return stores.identity.scalar(select(CrowdRow.key_id).where(CrowdRow.version == version))

    return recall(stores.identity, (CrowdRow, "key", version), read)


def find_standing(stores: Stores, vault: Vault) -> Standing | None:
    """The stored crowd with what it was counted for; None when there is none that opens."""
    row = stores.identity.scalars(select(CrowdRow)).first()
    opened = None if row is None else _open(stores, vault, row)
    return None if row is None or opened is None else Standing(row.version, row.month, *opened)


def note_month(stores: Stores, *, version: int, month: int) -> None:
    """This month has been looked at, and what stands goes on standing."""
    stores.identity.get_one(CrowdRow, version).month = month


def keep_crowd(stores: Stores, vault: Vault, *, standing: Standing) -> None:
    """Store a crowd under a key of its own, in the place of the one before; writes identity and keys."""
    old = list(stores.identity.scalars(select(CrowdRow.key_id)))
    stores.keys.execute(delete(DataKey).where(DataKey.id.in_(old)))
    stores.identity.execute(delete(CrowdRow))
    key_id, key = vault.new_data_key(stores)
    whole = standing.basis.ljust(BASIS)[:BASIS].encode("ascii") + standing.crowd.to_bytes()
    sealed = seal(key, whole, _place(key_id), pad_to=PAD)
    stores.identity.add(CrowdRow(version=standing.version, month=standing.month, key_id=key_id, sealed=sealed))
    stores.keys.flush()  # the same transaction may open it again
    stores.identity.flush()


def _open(stores: Stores, vault: Vault, row: CrowdRow) -> tuple[str, Crowd] | None:
    try:
        key = vault.data_key(stores, row.key_id)
    except NotThere:
        return None  # stopped between two files while it was stored: the next night stores it anew
    whole = open_sealed(key, row.sealed, _place(row.key_id))
    return whole[:BASIS].decode("ascii").strip(), Crowd.from_bytes(whole[BASIS:])


def _place(key_id: str) -> Place:
    return Place("crowds", "sealed", key_id)
