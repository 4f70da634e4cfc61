"""What is kept with drafts until they are sent: the words of a reply, an idea or a note, the ids of photos. One locker
for all of them.

One, because a page that shows a thread reads it anyway, and because a locker for each thread would tell a thief how
many threads somebody began to write in.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.db import Stores
from app.questions.lockers import read_locker, write_locker
from app.questions.models import Photo
from app.questions.rules import MAX_ANSWER, is_blank
from privacy.pseudonyms import MemberSecret

BEGUN_LOCKER: Final = "photos"
MAX_PLACES: Final = 8  # drafts at a time; the oldest one goes

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Which fields of a form are kept: its texts, and what is chosen beside them."""

    texts: tuple[str, ...]
    chosen: tuple[str, ...]


REPLY: Final = KeptForm(("text",), ("notify", "at_once", "sign", "word"))
_FORMS: Final[dict[str, KeptForm]] = {}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept with one draft."""

    photos: tuple[str, ...] = ()
    typed: Typed = field(default_factory=dict, repr=False)  # of a reply: what stands in its form
    aside: Typed = field(default_factory=dict, repr=False)  # what was thrown away there, until something else is typed

    def __bool__(self) -> bool:
        return bool(self.photos or self.typed or self.aside)


def keeps_form(kind: str, form: KeptForm) -> None:
    """Keep these fields at the places whose name begins with this word; at any other place those of a reply."""
    _FORMS[kind] = form


def typed_at(place: str, values: Mapping[str, str]) -> dict[str, str]:
    """What of a form is kept at this place: nothing as long as no text stands in it."""
    form = _FORMS.get(place.partition(" ")[0], REPLY)
    texts = {name: values.get(name, "")[: MAX_ANSWER * 2] for name in form.texts}
    if all(is_blank(text) for text in texts.values()):
        return {}
    chosen = [name for name in values if name in form.chosen or name.startswith("level_")]
    return {**{name: values[name][:64] for name in chosen}, **texts}


def kept_at(stores: Stores, secret: MemberSecret, place: str) -> Kept:
    """What is kept with the draft at this place."""
    return read_kept(stores, secret).get(place, Kept())


def read_kept(stores: Stores, secret: MemberSecret) -> dict[str, Kept]:
    """Everything, by place, the newest draft first."""
    listed: list[list[Any]] = read_locker(stores, secret, BEGUN_LOCKER, [])
    return {place: Kept(tuple(photos), *more) for place, photos, *more in listed}


def put_kept(stores: Stores, secret: MemberSecret, place: str, kept: Kept) -> None:
    """Keep this at a place, as the newest; beyond eight places the oldest goes, with its photos."""
    others = {name: one for name, one in read_kept(stores, secret).items() if name != place}
    listed = {place: kept, **others} if kept else others
    for old in list(listed)[MAX_PLACES:]:
        delete_photos(stores, listed.pop(old).photos)
    _write(stores, secret, listed)


def discard_kept(stores: Stores, secret: MemberSecret, place: str) -> None:
    """Throw away what is kept at a place: sent is sent."""
    listed = read_kept(stores, secret)
    if place in listed:
        delete_photos(stores, listed.pop(place).photos)
        _write(stores, secret, listed)


def move_kept(stores: Stores, secret: MemberSecret, place: str, to: str, *, swap: bool = False) -> None:
    """Move what is kept at one place to another, where what lay there goes; or let the two change places."""
    listed = read_kept(stores, secret)
    moved, there = listed.pop(place, Kept()), listed.pop(to, Kept())
    if not (moved or there):
        return
    if not swap:
        delete_photos(stores, there.photos)
        there = Kept()
    new = {name: one for name, one in ((to, moved), (place, there)) if one}
    _write(stores, secret, {**new, **listed})


def keep_typed(stores: Stores, secret: MemberSecret, place: str, typed: Typed) -> None:
    """Keep what stands in the form of a reply; an emptied one is forgotten. Nothing is written when nothing changed."""
    kept = kept_at(stores, secret, place)
    if dict(kept.typed) == dict(typed):
        return
    put_kept(stores, secret, place, replace(kept, typed=typed, aside={} if typed else kept.aside))


def throw_away(stores: Stores, secret: MemberSecret, place: str) -> None:
    """Put the words of a reply aside."""
    kept = kept_at(stores, secret, place)
    if kept.typed:
        put_kept(stores, secret, place, replace(kept, typed={}, aside=kept.typed))


def take_back(stores: Stores, secret: MemberSecret, place: str) -> None:
    """Bring the words that were thrown away back."""
    kept = kept_at(stores, secret, place)
    if kept.aside:
        put_kept(stores, secret, place, replace(kept, typed=kept.aside, aside=kept.typed))


def delete_photos(stores: Stores, photo_ids: Collection[str] | Iterable[str]) -> None:
    """Delete pictures; ids that are not there are nothing."""
    for photo_id in photo_ids:
        row = stores.content.get(Photo, photo_id)
        if row is not None:
            stores.content.delete(row)


def _write(stores: Stores, secret: MemberSecret, listed: Mapping[str, Kept]) -> None:
    # a list: the newest draft stands first
    rows = [[place, list(one.photos), dict(one.typed), dict(one.aside)] for place, one in listed.items()]
    write_locker(stores, secret, BEGUN_LOCKER, rows)
