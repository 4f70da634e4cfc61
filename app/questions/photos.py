"""Photos: of a draft under its author's own secret, of a post under its author's data key of that thread.

A row says which thread it belongs to only once its post is out: until then a draft's photo, one that waits and one
nobody came back for look alike.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from app.db import Stores
from app.errors import NotThere
from app.questions.keeping import BEGUN_LOCKER, delete_photos, kept_at, put_kept, read_kept
from app.questions.models import Photo
from privacy.errors import PrivacyError
from privacy.keys import Key
from privacy.pseudonyms import MemberSecret, locker_key, new_id
from privacy.vault import Place, open_sealed, seal

MAX_PHOTOS: Final = 3  # of one post
STEP: Final = 128 * 1024  # bytes: sizes tell pictures apart


def draft_photos(stores: Stores, secret: MemberSecret, place: str) -> tuple[str, ...]:
    """The photos kept with one draft: `place` says which."""
    return kept_at(stores, secret, place).photos


def all_draft_photos(stores: Stores, secret: MemberSecret) -> list[str]:
    """The photos of every draft."""
    return [photo_id for kept in read_kept(stores, secret).values() for photo_id in kept.photos]


def keep_photos(stores: Stores, secret: MemberSecret, place: str, pictures: Sequence[bytes]) -> None:
    """Add pictures to a draft; what is beyond three is left out."""
    if not pictures:
        return
    kept, key = kept_at(stores, secret, place), locker_key(secret, BEGUN_LOCKER)
    added = [_store(stores, key, picture) for picture in pictures[: MAX_PHOTOS - len(kept.photos)]]
    put_kept(stores, secret, place, replace(kept, photos=(*kept.photos, *added)))


def drop_photos(stores: Stores, secret: MemberSecret, place: str, dropped: Collection[str]) -> None:
    """Take photos out of a draft; ids that are not there are nothing."""
    kept = kept_at(stores, secret, place)
    gone = [one for one in kept.photos if one in dropped]
    if gone:
        delete_photos(stores, gone)
        put_kept(stores, secret, place, replace(kept, photos=tuple(one for one in kept.photos if one not in gone)))


def open_draft_photo(stores: Stores, secret: MemberSecret, photo_id: str) -> bytes:
    """A draft's picture. Raises NotThere for anybody else's and for published ones."""
    row = stores.content.get(Photo, photo_id)
    if row is None or row.thread_id is not None:
        raise NotThere
    try:
        return open_photo(locker_key(secret, BEGUN_LOCKER), row)
    except PrivacyError as error:
        raise NotThere from error


def draft_pictures(stores: Stores, secret: MemberSecret, place: str) -> list[bytes]:
    """The pictures of one draft, to be published."""
    return [open_draft_photo(stores, secret, one) for one in draft_photos(stores, secret, place)]


def store_photos(stores: Stores, key: Key, pictures: Sequence[bytes]) -> list[str]:
    """Seal pictures under an author's data key; they belong to nothing until `publish_photos`."""
    return [_store(stores, key, picture) for picture in pictures[:MAX_PHOTOS]]


def publish_photos(stores: Stores, payload: Mapping[str, Any], *, thread_id: str, key_id: str) -> None:
    """Hang the photos of a waiting post on its thread, in the transaction that publishes it."""
    listed = payload.get("photos", ())
    if listed:
        stores.content.flush()  # the thread's own row must be there first
    for photo_id in listed:
        row = stores.content.get(Photo, photo_id)
        if row is not None:
            row.thread_id, row.key_id = thread_id, key_id


def remove_photos(stores: Stores, photo_ids: Iterable[str]) -> None:
    """Delete photos: of a post that is taken back, or that can no longer appear."""
    delete_photos(stores, photo_ids)


def reseal_photo(row: Photo, old: Key, new: Key) -> None:
    """Seal the picture of a row under another key."""
    row.sealed = seal(new, open_photo(old, row), Place("photos", "sealed", row.id), pad_to=STEP)


def open_photo(key: Key, row: Photo) -> bytes:
    """The picture of a row sealed under this key."""
    return open_sealed(key, row.sealed, Place("photos", "sealed", row.id))


def _store(stores: Stores, key: Key, picture: bytes) -> str:
    photo_id = str(new_id())
    sealed = seal(key, picture, Place("photos", "sealed", photo_id), pad_to=STEP)
    stores.content.add(Photo(id=photo_id, sealed=sealed))
    return photo_id
