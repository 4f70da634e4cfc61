"""Photos: of a draft under its author's own secret, of a post under its author's data key of that thread.

A row says which thread it belongs to only once its post is out: until then a draft's photo, one that waits and one
nobody came back for look alike.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from app.db import Stores
from app.errors import NotThere
from app.questions.lockers import read_locker, write_locker
from app.questions.models import Photo
from privacy.errors import PrivacyError
from privacy.keys import Key
from privacy.pseudonyms import MemberSecret, locker_key, new_id
from privacy.vault import Place, open_sealed, seal

MAX_PHOTOS: Final = 3  # of one post
MAX_PLACES: Final = 3  # drafts that may have photos at a time; the oldest one's go
STEP: Final = 128 * 1024  # bytes: sizes tell pictures apart
PURPOSE: Final = "photos"


def draft_photos(stores: Stores, secret: MemberSecret, place: str) -> tuple[str, ...]:
    """The photos kept with one draft: `place` says which."""
    return tuple(_drafts(stores, secret).get(place, ()))


def all_draft_photos(stores: Stores, secret: MemberSecret) -> list[str]:
    """The photos of every draft."""
    return [photo_id for listed in _drafts(stores, secret).values() for photo_id in listed]


def keep_photos(stores: Stores, secret: MemberSecret, place: str, pictures: Sequence[bytes]) -> None:
    """Add pictures to a draft; what is beyond three is left out."""
    if not pictures:
        return
    drafts = _drafts(stores, secret)
    listed = drafts.pop(place, [])
    key = locker_key(secret, PURPOSE)
    listed += [_store(stores, key, picture) for picture in pictures[: MAX_PHOTOS - len(listed)]]
    drafts = {place: listed, **drafts}
    for old in list(drafts)[MAX_PLACES:]:
        _delete(stores, drafts.pop(old))
    _write_drafts(stores, secret, drafts)


def drop_photos(stores: Stores, secret: MemberSecret, place: str, dropped: Collection[str]) -> None:
    """Take photos out of a draft; ids that are not there are nothing."""
    drafts = _drafts(stores, secret)
    gone = [one for one in drafts.get(place, []) if one in dropped]
    if gone:
        _delete(stores, gone)
        _write_drafts(stores, secret, {**drafts, place: [one for one in drafts[place] if one not in gone]})


def discard_photos(stores: Stores, secret: MemberSecret, place: str) -> None:
    """Throw a draft's photos away."""
    drafts = _drafts(stores, secret)
    if place in drafts:
        _delete(stores, drafts.pop(place))
        _write_drafts(stores, secret, drafts)


def open_draft_photo(stores: Stores, secret: MemberSecret, photo_id: str) -> bytes:
    """A draft's picture. Raises NotThere for anybody else's and for published ones."""
    row = stores.content.get(Photo, photo_id)
    if row is None or row.thread_id is not None:
        raise NotThere
    try:
        return open_photo(locker_key(secret, PURPOSE), row)
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
    _delete(stores, photo_ids)


def open_photo(key: Key, row: Photo) -> bytes:
    """The picture of a row sealed under this key."""
    return open_sealed(key, row.sealed, Place("photos", "sealed", row.id))


def _drafts(stores: Stores, secret: MemberSecret) -> dict[str, list[str]]:
    listed: list[tuple[str, list[str]]] = read_locker(stores, secret, PURPOSE, [])
    return dict(listed)


def _write_drafts(stores: Stores, secret: MemberSecret, drafts: Mapping[str, list[str]]) -> None:
    write_locker(stores, secret, PURPOSE, list(drafts.items()))  # a list: the newest draft stands first


def _store(stores: Stores, key: Key, picture: bytes) -> str:
    photo_id = str(new_id())
    sealed = seal(key, picture, Place("photos", "sealed", photo_id), pad_to=STEP)
    stores.content.add(Photo(id=photo_id, sealed=sealed))
    return photo_id


def _delete(stores: Stores, photo_ids: Iterable[str]) -> None:
    for photo_id in photo_ids:
        row = stores.content.get(Photo, photo_id)
        if row is not None:
            stores.content.delete(row)
