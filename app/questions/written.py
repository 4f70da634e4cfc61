"""Where words of a thread stand, and what is left when their author takes some out: one list of places, `PLACES`.

Higher features add theirs with `also`, in modules that `app.features` lists under WORDS; each place is told what is taken out, and writes what is left.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from app.db import Stores
from app.domains.trade import Trade
from app.questions import keeping
from app.questions.cards import field_cards
from app.questions.changes import CHANGES, TABLE, Target, text_of, write_text
from app.questions.course import course_of, put_course
from app.questions.lockers import read_locker, write_locker
from app.questions.marks import MarkRow, mark_label, marks_of, write_mark
from app.questions.models import Pending, Post, Thread
from app.questions.pending import change_pending, open_pending, pack, unpack
from app.sealing import Vault, open_text, seal_text
from privacy.keys import Key
from privacy.pseudonyms import MemberSecret
from privacy.redaction import Redactor, language_of
from privacy.redaction.removing import NOTES, find_words, take_out, take_out_quotes

WRITTEN: Final = (
    "title",
    "text",
    "texts",
    "fields",
    "additions",
    "added",
    "new",
    "late",
)  # of a sealed text; the rest are keys and ids
# what the text of a waiting kind is sealed for; all others are posts
TABLES: Final[dict[str, str]] = {"question": "threads", **dict.fromkeys(CHANGES, TABLE)}
SAID: Final = ("comment", "text")  # of a mark


class Waiting(NamedTuple):
    """Something of a thread that waits for its window, opened."""

    row: Pending
    payload: dict[str, Any]
    text: dict[str, Any]
    table: str  # what its text is sealed for
    key: Key
    tag: str  # whose it is


@dataclass(frozen=True)
class Removal:
    """Words that their author takes out of a thread, and how."""

    stores: Stores
    vault: Vault
    trade: Trade
    redactor: Redactor
    secret: MemberSecret = field(repr=False)
    thread_id: str
    tag: str  # of the author's part
    words: tuple[str, ...] = field(repr=False)

    def own(self, text: str) -> str:
        """A text of the author's own without the words."""
        return take_out(text, self.words)

    def others(self, text: str) -> str:
        """A text of somebody else without the words where it quotes them, or where they identify somebody."""
        if not find_words(text, self.words):
            return text
        lang = language_of(text)
        finds = [(span.start, span.end) for span in self.redactor.find(text, lang)]
        return take_out_quotes(text, self.words, self.originals, finds, NOTES[lang])

    @cached_property
    def originals(self) -> tuple[str, ...]:
        """Every text of the author's own in the thread, as it was: what is quoted is quoted from these."""
        targets = [one for one in self.targets if tag_on(one) == self.tag]
        keys = self.vault.data_keys(self.stores, [one.key_id for one in targets])
        texts = [text_of(one, keys[one.key_id]) for one in targets if one.key_id in keys]
        return tuple(one for text in texts for one in strings_of(text))

    @cached_property
    def targets(self) -> list[Target]:
        """The question and its posts that still have their words."""
        return targets_of(self.stores, self.thread_id)


Place = Callable[[Removal], None]
PLACES: Final[list[Place]] = []


def also(place: Place) -> Place:
    """Declare one more place that words are taken out of."""
    if place not in PLACES:
        PLACES.append(place)
    return place


def targets_of(stores: Stores, thread_id: str) -> list[Target]:
    """A question and its posts that still have their words."""
    thread = stores.content.get(Thread, thread_id)
    posts = stores.content.scalars(select(Post).where(Post.thread_id == thread_id))
    return [one for one in (thread, *posts) if one is not None and one.sealed_text]


def waiting_of(stores: Stores, vault: Vault, thread_id: str) -> list[Waiting]:
    """Everything that waits for this thread, whoever wrote it."""
    rows = [(row, open_pending(vault, row)) for row in stores.content.scalars(select(Pending))]
    here = [(row, one, one.get("columns", one)) for row, one in rows if thread_id in (one["id"], one.get("thread"))]
    keys = vault.data_keys(stores, [columns["key_id"] for _, _, columns in here])
    found = []
    for row, payload, columns in here:
        key = keys.get(columns["key_id"])
        table = TABLES.get(payload["kind"], "posts")
        if key is not None:
            text = open_text(key, unpack(payload["text"]), table=table, row=payload["id"])
            tag = columns.get("owner_tag") or columns["author_tag"]
            found.append(Waiting(row, payload, text, table, key, tag))
    return found


def tag_on(target: Target) -> str:
    """Whose it is: an owner or a peer tag."""
    return target.owner_tag if isinstance(target, Thread) else target.author_tag


@also
def _published(removal: Removal) -> None:
    keys = removal.vault.data_keys(removal.stores, [one.key_id for one in removal.targets])
    for target in removal.targets:
        if target.key_id not in keys:
            continue
        text = text_of(target, keys[target.key_id])
        new = _without(removal, text, tag_on(target))
        if new != text:
            write_text(target, keys[target.key_id], new)


@also
def _pending(removal: Removal) -> None:
    """What of this thread waits for its window, whoever wrote it."""
    for one in waiting_of(removal.stores, removal.vault, removal.thread_id):
        new, payload = _without(removal, one.text, one.tag), _hold_without(removal, one)
        if new != one.text:
            payload = {**payload, "text": pack(seal_text(one.key, new, table=one.table, row=payload["id"]))}
        if payload != one.payload:
            change_pending(removal.vault, one.row, payload)


def _hold_without(removal: Removal, waiting: Waiting) -> dict[str, Any]:
    """The payload of what is held without the words in what was said about it."""
    held = waiting.payload.get("held")
    if held is None:
        return waiting.payload
    appeal = removal.own if waiting.tag == removal.tag else removal.others
    decisions = [{**one, "sentence": removal.others(one.get("sentence", ""))} for one in held["decisions"]]
    return {**waiting.payload, "held": {**held, "decisions": decisions, "appeal": appeal(held["appeal"])}}


@also
def _marks(removal: Removal) -> None:
    """What readers said of a post in a sentence."""
    for mark in marks_of(removal.stores, removal.vault, removal.thread_id):
        is_own = mark.label == mark_label(removal.secret, mark.kind, mark.object)
        value = {
            name: (removal.own if is_own else removal.others)(one) if name in SAID else one
            for name, one in mark.value.items()
        }
        if value != dict(mark.value):
            kept = MarkRow(mark.label, mark.thread_id, mark.kind, mark.object, value)
            write_mark(removal.stores, removal.vault, kept)


@also
def _course(removal: Removal) -> None:
    """What the asker was told of the question's way."""
    for thread in (one for one in removal.targets if isinstance(one, Thread)):
        course = course_of(removal.vault, thread)
        turns = tuple(replace(turn, words=removal.others(turn.words)) for turn in course.turns)
        if turns != course.turns:
            put_course(removal.vault, thread, replace(course, turns=turns))


@also
def _drafts(removal: Removal) -> None:
    """What its author has begun to write, here or anywhere."""
    stores, secret, own = removal.stores, removal.secret, removal.own
    draft = read_locker(stores, secret, "draft", None)
    if draft and (new := _draft_without(draft, own)) != draft:
        write_locker(stores, secret, "draft", new)
    aside = read_locker(stores, secret, "draft-aside", None)
    if aside and (without := _draft_without(aside["draft"], own)) != aside["draft"]:
        write_locker(stores, secret, "draft-aside", {**aside, "draft": without})
    kept = read_locker(stores, secret, keeping.BEGUN_LOCKER, [])
    left = [[place, photos, *(_walk(typed, own) for typed in more)] for place, photos, *more in kept]
    if left != kept:
        write_locker(stores, secret, keeping.BEGUN_LOCKER, left)


def _draft_without(draft: Mapping[str, Any], own: Callable[[str], str]) -> dict[str, Any]:
    choices = {key: [do, own(text)] for key, (do, text) in draft.get("choices", {}).items()}
    return {**draft, "values": _walk(draft["values"], own), "choices": choices}


def _without(removal: Removal, text: Mapping[str, Any], tag: str) -> dict[str, Any]:
    """A text of this author as it is left."""
    is_own = tag == removal.tag
    words = removal.words if is_own else ()
    return without(removal.trade, text, words, removal.own if is_own else removal.others)


def without(
    trade: Trade, text: Mapping[str, Any], words: Sequence[str], change: Callable[[str], str]
) -> dict[str, Any]:
    """An opened text with every passage changed; a date, a number or a choice that says one of `words` goes whole."""
    new = {**text, **{name: _walk(text[name], change) for name in WRITTEN if name in text}}
    fields = new["new"].get("fields", {}) if "new" in new else new.get("fields", {})
    kinds = {one.key: one.kind for one in trade.form.fields}
    for key in [key for key in fields if words and kinds.get(key, "text") != "text"]:
        try:
            said = [one.text for one in field_cards(trade, {key: fields[key]})]
        except ValueError:  # a part of a date is gone already
            said = []
        if not said or any(find_words(one, words) for one in said):
            del fields[key]
    return new


def _walk(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with every text changed; keys and numbers stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _walk(one, change) for key, one in value.items()}
    return [_walk(one, change) for one in value] if isinstance(value, list | tuple) else value


def strings_of(text: Mapping[str, Any]) -> list[str]:
    """Every passage of an opened text that its author wrote."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    _walk({name: text.get(name) for name in WRITTEN}, note)
    return found
