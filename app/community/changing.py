"""Use cases of an author: change a writing, add to it, take it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community.models import Writing
from app.community.places import own_places, remember_place, tag_at
from app.community.publishing import CHANGE, WRITING, beneath, overtaken
from app.community.reads import open_waiting
from app.community.texts import Opened, open_parts, open_words, seal_words, tell_followers
from app.db import Stores, fetch
from app.domains.trade import Trade
from app.errors import Conflict, NotThere
from app.questions.holding import held_back, put_post
from app.questions.lockers import PLACES, OwnThread, change_key
from app.questions.models import Pending
from app.questions.pending import change_pending, open_pending, pack
from app.questions.writing import carry_crowd, due_window, known_author
from app.sealing import Vault
from privacy.pseudonyms import new_id
from privacy.scopes import Audience

MOST_ADDITIONS: Final = 5


@dataclass(frozen=True, slots=True)
class Mine:
    """A writing of the viewer's own: out, or waiting."""

    own: OwnThread
    tag: str
    row: Writing | None
    waiting: Pending | None
    payload: Mapping[str, Any] = field(repr=False)
    opened: Opened = field(repr=False)

    @property
    def kind(self) -> str:
        """What it is."""
        return self.row.kind if self.row is not None else str(self.payload["about"])


def find_mine(stores: Stores, vault: Vault, *, viewer: Viewer, writing_id: str) -> Mine:
    """A writing of the viewer's own that still has its words. Raises NotThere."""
    row = stores.content.get(Writing, writing_id)
    for own in own_places(stores, viewer.secret) if row is None else _place_of(stores, viewer, row):
        tag, keys = tag_at(viewer.secret, own.thread, own.part), vault.data_keys(stores, [own.key_id])
        if row is not None:
            opened = open_words(keys, row)
            if row.author_tag == tag and opened is not None:
                return Mine(own, tag, row, None, {}, opened)
        elif own.key_id in keys:
            for one in fetch(stores.content, Pending, own.pending):
                payload = open_pending(vault, one)
                if payload["kind"] == WRITING and payload["id"] == writing_id:
                    return Mine(own, tag, None, one, payload, open_waiting(keys[own.key_id], payload))
    raise NotThere


def may_change(stores: Stores, vault: Vault, mine: Mine) -> bool:
    """Whether its words can still be others; after somebody else has written it is only added to."""
    return mine.row is None or not overtaken(stores, vault, mine.row)


def change(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    writing_id: str,
    texts: Mapping[str, str],
    window: int,
    today: date,
) -> None:
    """New words for a writing of one's own, from its next window on; before it is out, at once. Writes content.

    Where somebody else has written since, what is new stands beneath it with its day. Raises NotThere, Forbidden.
    """
    viewer = known_author(stores, vault, viewer, today=today)
    mine = find_mine(stores, vault, viewer=viewer, writing_id=writing_id)
    if mine.waiting is not None:
        return _change_waiting(stores, vault, trade, mine, texts, viewer.circle, window)
    if may_change(stores, vault, mine):
        new: Opened = {"texts": dict(texts)}
    else:
        new = {"texts": {}, "added": beneath(mine.opened["texts"], texts)}
        if not new["added"]:
            return None
    return _put_change(stores, vault, trade, viewer, mine, new, list(texts.values()), window, today)


def add(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, writing_id: str, text: str, window: int, today: date
) -> None:
    """Put words beneath a writing of one's own that is out. Writes content. Raises NotThere, Conflict after five."""
    viewer = known_author(stores, vault, viewer, today=today)
    mine = find_mine(stores, vault, viewer=viewer, writing_id=writing_id)
    if mine.row is None or len(mine.opened.get("additions", ())) >= MOST_ADDITIONS:
        raise Conflict
    _put_change(stores, vault, trade, viewer, mine, {"texts": {}, "added": text}, [text], window, today)


def withdraw(stores: Stores, vault: Vault, *, viewer: Viewer, writing_id: str, window: int) -> str | None:
    """Take a writing of one's own back: its words go, a sentence stays in its place. Writes content and keys.

    Returns the id of the key it was under, for `app.questions.rekeying.forget_key` in a transaction of its own; None
    where it was not out. Raises NotThere.
    """
    mine = find_mine(stores, vault, viewer=viewer, writing_id=writing_id)
    if mine.waiting is not None:
        stores.content.delete(mine.waiting)
    if mine.row is None:
        return None
    mine.row.sealed_text = b""
    for row in fetch(stores.content, Pending, mine.own.pending):
        if open_pending(vault, row).get("target") == mine.row.id:
            stores.content.delete(row)
    stores.content.flush()
    tell_followers(stores, vault, mine.row, window)
    return rekey(stores, vault, viewer, mine.own)


def rekey(stores: Stores, vault: Vault, viewer: Viewer, own: OwnThread) -> str:
    """Seal everything of one's part of a place under a fresh key, and give the id of the old one. Writes both."""
    old = vault.data_key(stores, own.key_id)
    key_id, new = vault.new_data_key(stores)
    for row in stores.content.scalars(select(Writing).where(Writing.key_id == own.key_id)):
        opened = open_words({own.key_id: old}, row)
        row.key_id = key_id
        row.sealed_text = b"" if opened is None else seal_words(new, opened, row.id)
    for waiting in fetch(stores.content, Pending, own.pending):
        payload = open_pending(vault, waiting)
        text = pack(seal_words(new, open_waiting(old, payload), payload["id"]))
        change_pending(vault, waiting, {**payload, "key_id": key_id, "text": text})
    change_key(stores, viewer.secret, own.thread, key_id, locker=PLACES)
    return own.key_id


def _place_of(stores: Stores, viewer: Viewer, row: Writing) -> list[OwnThread]:
    return [one for one in own_places(stores, viewer.secret) if one.thread == row.place]


def _change_waiting(
    stores: Stores, vault: Vault, trade: Trade, mine: Mine, texts: Mapping[str, str], circle: str, window: int
) -> None:
    """What waits is written anew, and may be held now, or no longer."""
    assert mine.waiting is not None  # noqa: S101
    key = vault.data_key(stores, mine.own.key_id)
    text = pack(seal_words(key, {**mine.opened, "texts": dict(texts)}, mine.payload["id"]))
    due = due_window(stores, window, Audience(mine.payload["audience"]), at_once=False)
    payload, due = held_back(
        trade, {**mine.payload, "text": text}, texts.values(), circle=circle, due=due, window=window
    )
    change_pending(vault, mine.waiting, payload)
    mine.waiting.due_window = due


def _put_change(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    viewer: Viewer,
    mine: Mine,
    new: Opened,
    texts: Sequence[str],
    window: int,
    today: date,
) -> None:
    """New words take the place of those that wait; an addition stands beside them."""
    assert mine.row is not None  # noqa: S101
    carry_crowd(stores, vault, trade, viewer=viewer, place=mine.own.thread, today=today, sending={})
    for row in fetch(stores.content, Pending, mine.own.pending) if "added" not in new else ():
        waiting = open_pending(vault, row)
        if waiting.get("target") == mine.row.id and "added" not in _words(stores, vault, mine, waiting):
            stores.content.delete(row)
    parts, change_id = open_parts(vault, mine.row), str(new_id())
    payload = {
        "kind": CHANGE,
        "about": mine.row.kind,
        "id": change_id,
        "thread": mine.row.place,
        "target": mine.row.id,
        "author_tag": mine.tag,
        "key_id": mine.own.key_id,
        "audience": parts["audience"],
        "scope": parts,
        "text": pack(seal_words(vault.data_key(stores, mine.own.key_id), new, change_id)),
    }
    due = due_window(stores, window, Audience(parts["audience"]), at_once=False)
    pending_id = put_post(stores, vault, trade, payload, texts, circle=viewer.circle, due=due, window=window)
    own = mine.own
    remember_place(stores, viewer.secret, OwnThread(own.thread, own.part, own.key_id, own.day, (pending_id,)))


def _words(stores: Stores, vault: Vault, mine: Mine, payload: Mapping[str, Any]) -> Opened:
    return open_waiting(vault.data_key(stores, mine.own.key_id), payload)
