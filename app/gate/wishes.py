"""Wished words: what waits for a coordinator, the word they write, and what its author is told.

A row says that a word was wished and by when it is promised, of a first post and of any other alike.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, func, select

from app.accounts.viewer import Viewer
from app.community.models import Writing
from app.community.places import find_place, tag_at
from app.community.reads import may_read_row
from app.community.texts import open_words
from app.db import Stores, fetch
from app.domains.trade import Trade
from app.errors import NotThere
from app.gate.models import WishedWord
from app.gate.rules import KEPT_DAYS, WORD_HOURS
from app.keystore import DataKey
from app.notices.service import tell
from app.questions.access import get_readable
from app.questions.ending import tag_of
from app.questions.lockers import find_own
from app.questions.reads import office_card
from app.sealing import NOTES, Vault
from privacy.keys import blind_index, key_from
from privacy.pseudonyms import new_id
from privacy.times import windows_after

TABLE: Final = "wished_words"
PAD: Final = 2048  # waiting or given, all have one size
GIVEN: Final = 2**31 - 1  # due beyond all windows
PAGE: Final = 20
TITLE: Final = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish, opened. Its author is a tag."""

    id: str
    due: int
    thread: str
    post: str
    kind: str  # question | answer | followup | outcome | writing
    tag: str = field(repr=False)
    word: str = field(default="", repr=False)
    day: int = 0


@dataclass(frozen=True, slots=True)
class WishCard:
    """A wish as a coordinator sees it: by role, with the text it is about."""

    id: str
    kind: str
    title: str
    text: str = field(repr=False)
    hours: int  # until it is due; below nothing when it is late

    @property
    def is_late(self) -> bool:
        """Whether the 24 hours are over."""
        return self.hours < 0


@dataclass(frozen=True, slots=True)
class Word:
    """A coordinator's word as its reader finds it."""

    text: str
    day: date


def note_wish(stores: Stores, vault: Vault, *, about: dict[str, str], window: int, window_seconds: int) -> None:
    """A post came out whose author wishes a word. Writes content."""
    due = window + windows_after(WORD_HOURS, window_seconds)
    wish = Wish(str(new_id()), due, about["thread"], about["post"], about["kind"], about["tag"])
    label = _blind(stores, vault, wish.tag)
    stores.content.add(WishedWord(id=wish.id, label=label, due=due, sealed=_seal(vault, wish)))


def list_wishes(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, window: int, window_seconds: int, page: int = 0
) -> tuple[list[WishCard], bool]:
    """What waits for this coordinator, the most urgent first, and whether there is more. What they may not read, or
    wrote, is not there, and no page is shorter or longer for it."""
    rows = stores.content.scalars(
        select(WishedWord).where(WishedWord.due < GIVEN).order_by(WishedWord.due, WishedWord.id)
    ).all()
    found: list[WishCard] = []
    end = (page + 1) * PAGE
    for at, row in enumerate(rows):
        if at % PAGE == 0:
            _read_ahead(stores, vault, rows[at:][:PAGE])
        card = _card(stores, vault, trade, viewer, _open(vault, row), window, window_seconds)
        if card is not None:
            found.append(card)
        if len(found) > end:
            break
    return found[page * PAGE : end], len(found) > end


def get_wish(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, wish_id: str, window: int, window_seconds: int
) -> WishCard:
    """One of them. Raises NotThere: given by somebody else, not theirs to read, and no such wish look the same."""
    row = stores.content.get(WishedWord, wish_id)
    found = None if row is None or row.due == GIVEN else _open(vault, row)
    card = None if found is None else _card(stores, vault, trade, viewer, found, window, window_seconds)
    if card is None:
        raise NotThere
    return card


def say(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, wish_id: str, text: str, window: int, today: date
) -> None:
    """Give the word: its author is told under their tag. Writes content. Raises NotThere."""
    get_wish(stores, vault, trade, viewer=viewer, wish_id=wish_id, window=window, window_seconds=1)
    row = stores.content.get_one(WishedWord, wish_id)
    wish = _open(vault, row)
    row.due, row.sealed = GIVEN, _seal(vault, replace(wish, word=text, day=today.toordinal()))
    tell(stores, vault, label=wish.tag, kind="word", due=window, thread=wish.thread)


def words_for(stores: Stores, vault: Vault, *, viewer: Viewer, thread: str) -> list[Word]:
    """The words about what the viewer wrote in one thread or place. Raises NotThere where they wrote nothing."""
    tag = _own_tag(stores, viewer, thread)
    if tag is None:
        raise NotThere
    rows = stores.content.scalars(select(WishedWord).where(WishedWord.label == _blind(stores, vault, tag)))
    given = [one for one in (_open(vault, row) for row in rows if row.due == GIVEN) if one.word]
    return [Word(one.word, date.fromordinal(one.day)) for one in sorted(given, key=lambda one: (one.day, one.id))]


def forget(stores: Stores, vault: Vault, tags: Collection[str]) -> None:
    """Let wishes and words under these tags go: their author leaves. Writes content."""
    labels = [_blind(stores, vault, tag) for tag in tags]
    stores.content.execute(delete(WishedWord).where(WishedWord.label.in_(labels)))


def let_go(stores: Stores, *, window: int, window_seconds: int) -> None:
    """Wishes that nobody answered in two weeks end. Writes content."""
    before = window - windows_after(KEPT_DAYS * 24, window_seconds)
    stores.content.execute(delete(WishedWord).where(WishedWord.due < before))


def overdue(stores: Stores, *, window: int) -> int:
    """How many words are late: for a band, never shown."""
    late = select(func.count()).select_from(WishedWord).where(WishedWord.due < window)
    return stores.content.scalar(late) or 0


def _read_ahead(stores: Stores, vault: Vault, rows: Sequence[WishedWord]) -> None:
    """The writings these wishes are about, with their keys, in two statements."""
    listed = [_open(vault, row) for row in rows]
    written = fetch(stores.content, Writing, [one.post for one in listed if one.kind == "writing"])
    fetch(stores.keys, DataKey, [row.key_id for row in written])


def _own_tag(stores: Stores, viewer: Viewer, thread: str) -> str | None:
    own = find_own(stores, viewer.secret, thread)
    if own is not None:
        return str(tag_of(viewer, own))
    place = find_place(stores, viewer.secret, thread)
    return None if place is None else tag_at(viewer.secret, thread, place.part)


def _card(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, wish: Wish, window: int, seconds: int
) -> WishCard | None:
    try:
        read = _writing if wish.kind == "writing" else _post
        title, text = read(stores, vault, trade, viewer, wish)
    except NotThere:
        return None
    return WishCard(wish.id, wish.kind, title, text, (wish.due - window) * seconds // 3600)


def _post(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, wish: Wish) -> tuple[str, str]:
    """By office: a coordinator reads as somebody who is asked does, and nothing of a thread they wrote in."""
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=wish.thread, asked=True)
    if access.is_author or access.has_answered:
        raise NotThere
    card = office_card(stores, vault, trade, access, viewer=viewer)
    if wish.kind == "question":
        fields = [one.text for one in card.body.fields if one.kind == "text"] if card.title else []
        return _there(card.title), "\n\n".join(fields)
    text = next((one.text for one in card.posts if one.id == wish.post), "")
    return _there(card.title), _there(text)


def _writing(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, wish: Wish) -> tuple[str, str]:
    row = stores.content.get(Writing, wish.post)
    if row is None or find_place(stores, viewer.secret, row.place) is not None:
        raise NotThere
    if not may_read_row(vault, trade, viewer=viewer, row=row):
        raise NotThere
    opened = open_words(vault.data_keys(stores, [row.key_id]), row)
    if opened is None:
        raise NotThere
    texts: Sequence[str] = [text for text in opened["texts"].values() if text]
    return texts[0][:TITLE], "\n\n".join(texts)


def _there(text: str | None) -> str:
    if not text:
        raise NotThere
    return text


def _seal(vault: Vault, wish: Wish) -> bytes:
    value: dict[str, Any] = {
        "thread": wish.thread, "post": wish.post, "kind": wish.kind, "tag": wish.tag, "word": wish.word, "day": wish.day,
    }  # fmt: skip
    return vault.seal(value, table=TABLE, column="sealed", row=wish.id, pad=PAD)


def _open(vault: Vault, row: WishedWord) -> Wish:
    found: dict[str, Any] = vault.open(row.sealed, table=TABLE, column="sealed", row=row.id)
    return Wish(row.id, row.due, **found)


def _blind(stores: Stores, vault: Vault, tag: str) -> str:
    return blind_index(key_from(vault.lasting(stores, NOTES)), f"{TABLE} {tag}")
