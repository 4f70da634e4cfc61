"""Texts of recognition, each under a data key of its own: gone with its key when it has served."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import delete, select

from app.db import Stores
from app.keystore import DataKey
from app.recognition.models import Praise
from app.sealing import Vault, open_text, seal_text

TABLE: Final = "praises"


def put_text(stores: Stores, vault: Vault, label: str, value: Mapping[str, Any]) -> None:
    """Put a text under a label, in the place of an earlier one, whose key goes; writes content and keys."""
    drop_texts(stores, [label])
    key_id, key = vault.new_data_key(stores)
    stores.content.add(
        Praise(label=label, key_id=key_id, sealed_text=seal_text(key, dict(value), table=TABLE, row=label))
    )


def find_texts(stores: Stores, vault: Vault, labels: Collection[str]) -> dict[str, dict[str, Any]]:
    """The texts under these labels, in two statements; those that are gone are left out."""
    rows = stores.content.scalars(select(Praise).where(Praise.label.in_(labels))).all() if labels else ()
    keys = vault.data_keys(stores, [row.key_id for row in rows])
    return {
        row.label: open_text(keys[row.key_id], row.sealed_text, table=TABLE, row=row.label)
        for row in rows
        if row.key_id in keys
    }


def find_text(stores: Stores, vault: Vault, label: str) -> dict[str, Any] | None:
    """The text under one label, or None."""
    return find_texts(stores, vault, [label]).get(label)


def drop_texts(stores: Stores, labels: Collection[str]) -> None:
    """Erase the texts under these labels with their keys; writes content and keys."""
    found = list(stores.content.scalars(select(Praise.key_id).where(Praise.label.in_(labels))))
    if found:
        stores.keys.execute(delete(DataKey).where(DataKey.id.in_(found)))
        stores.content.execute(delete(Praise).where(Praise.label.in_(labels)))
