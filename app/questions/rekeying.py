"""Another data key for an author's part of a thread: with the old one gone, no older copy of the content file says what
stood there before."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import delete, select

from app.db import Stores
from app.keystore import DataKey
from app.questions.changes import text_of, write_text
from app.questions.lockers import OwnThread, change_key
from app.questions.models import Photo
from app.questions.pending import change_pending, pack
from app.questions.photos import reseal_photo
from app.questions.written import Removal, tag_on, targets_of, waiting_of
from app.sealing import seal_text
from privacy.keys import Key

Kept = Callable[[Removal, Key, Key], None]
KEPT: Final[list[Kept]] = []


def kept_under_key(kept: Kept) -> Kept:
    """Declare something else that is sealed under an author's data key: it is given the old key and the new one."""
    if kept not in KEPT:
        KEPT.append(kept)
    return kept


def rekey(removal: Removal, own: OwnThread) -> str:
    """Seal everything of the author's part under a fresh key, and give the id of the old one; writes content and keys.

    The old key goes by `forget_key` in a transaction of its own, once this one is in: stopped between the two, a key
    nobody uses stays, and no text is lost.
    """
    stores, vault = removal.stores, removal.vault
    old = vault.data_key(stores, own.key_id)
    key_id, new = vault.new_data_key(stores)
    for target in targets_of(stores, removal.thread_id):
        if target.key_id == own.key_id and tag_on(target) == removal.tag:
            text = text_of(target, old)
            target.key_id = key_id
            write_text(target, new, text)
    for row in stores.content.scalars(select(Photo).where(Photo.key_id == own.key_id)):
        reseal_photo(row, old, new)
        row.key_id = key_id
    _rekey_waiting(removal, own.key_id, key_id, old, new)
    for kept in KEPT:
        kept(removal, old, new)
    change_key(stores, removal.secret, own.thread, key_id)
    return own.key_id


def forget_key(stores: Stores, key_id: str) -> None:
    """Erase a data key nothing is sealed under any more; writes keys."""
    stores.keys.execute(delete(DataKey).where(DataKey.id == key_id))


def _rekey_waiting(removal: Removal, old_id: str, new_id: str, old: Key, new: Key) -> None:
    for one in waiting_of(removal.stores, removal.vault, removal.thread_id):
        columns = one.payload.get("columns", one.payload)
        if columns["key_id"] != old_id:
            continue
        sealed = pack(seal_text(new, one.text, table=one.table, row=one.payload["id"]))
        payload = {**one.payload, "text": sealed}
        if "columns" in payload:
            payload["columns"] = {**columns, "key_id": new_id}
        else:
            payload["key_id"] = new_id
        change_pending(removal.vault, one.row, payload)
        for photo_id in payload.get("photos", ()):
            row = removal.stores.content.get(Photo, photo_id)
            if row is not None and row.key_id is None:
                reseal_photo(row, old, new)
