"""Search among threads, and what stands beside them, by words and meaning. What the viewer may not read takes no part,
not even in the statistics."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import shown_key
from app.domains.synonyms import synonyms_of
from app.domains.trade import Trade
from app.questions.access import Access, open_scope, subject_of
from app.questions.beside import KINDS, CloseCard
from app.questions.cards import ListCard
from app.questions.lists import READABLE, by_id, first, list_cards, readable, shown_keys
from app.questions.lockers import OWNER, own_threads
from app.questions.models import Thread
from app.questions.rules import reader
from app.sealing import Vault
from app.vectors.asked import AskedVectors
from app.vectors.cache import Memory
from matching import search
from matching.history import DomainHistory
from matching.rewording import reword
from matching.text import words as words_of
from privacy.scopes import Scope, may_read

SEARCHED: Final = 100  # characters: the encoder's time grows with them
SHORTEST: Final = 4
FOUND: Final = 20
FEW: Final = 5  # where all are only near in meaning
SPARE: Final = 5  # for what was taken back since the index last looked
BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first, and the tokens to mark in it; none where no text has words that were sought, and
    what is there is only near in meaning."""

    cards: tuple[ListCard, ...]
    words: frozenset[str]

    @property
    def has_words(self) -> bool:
        """Whether one of them holds what was typed, or a whole word of it."""
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Shelves:
    """What a search goes through."""

    trade: Trade
    memory: Memory
    asked: AskedVectors


class Gate(NamedTuple):
    """What decides who may read a thread, its author aside, and where it is listed. Fixed once it is published."""

    audience: int
    own_circle: str
    excluded: frozenset[str]
    key: str
    topic: str


def similar(
    stores: Stores, vault: Vault, shelves: Shelves, *, viewer: Viewer, subject: str, text: str, k: int = 5
) -> list[CloseCard]:
    """The nearest threads of others and other texts that the viewer may read, over the subject's whole group, or over
    everything where no subject is told.

    Over the group, because a search in one subject would tell which subject a thread hides. Threads and other texts are
    ranked as one collection: which comes first is decided by nothing but how near it is.
    """
    if len("".join(text.split())) < SHORTEST:
        return []
    trade = shelves.trade
    subjects = [subject] if subject in trade.subjects else list(trade.subjects)
    groups = frozenset(trade.group_of[one].key for one in subjects)
    beside = _beside(stores, vault, shelves, viewer, groups)
    hits, _ = _nearest(stores, vault, shelves, viewer=viewer, text=text, near=subjects, k=k, beside=beside)
    ids = [hit.id for hit in hits]
    others = frozenset(id for found in beside.values() for id in found)
    found = _readable(stores, vault, trade, viewer, [id for id in ids if id not in others])
    threads = list_cards(stores, vault, trade, first((one for one in found if not one.is_author), k))
    cards = {one.id: CloseCard(one.id, one.title, state=one.state) for one in threads}
    for kind in KINDS if others else ():
        wanted = [id for id in ids if id in beside[kind.shelf]]
        cards |= {one.id: one for one in kind.cards(stores, vault, trade, viewer=viewer, ids=wanted)}
    return [cards[id] for id in ids if id in cards][:k]


def _beside(
    stores: Stores, vault: Vault, shelves: Shelves, viewer: Viewer, groups: AbstractSet[str]
) -> dict[str, frozenset[str]]:
    """The texts beside the threads that the viewer may find, by their shelf."""
    trade, notes = shelves.trade, shelves.memory.notes
    return {one.shelf: one.reach(stores, vault, trade, notes, viewer=viewer, groups=groups) for one in KINDS}


def find_threads(
    stores: Stores, vault: Vault, shelves: Shelves, *, viewer: Viewer, text: str, key: str = "", topic: str = ""
) -> Found:
    """The threads that answer best to `text` among all the viewer may read, or among those of the `key` that a list
    takes; none for a text without words.

    A thread that shows its group only is listed, and sought, under the group: no key tells which subject it hides.
    """
    trade = shelves.trade
    shown = shown_keys(trade, viewer, key or READABLE)
    near = [subject.key for group in trade.groups for subject in group.subjects if {subject.key, group.key} & shown]
    own = frozenset(one.thread for one in own_threads(stores, viewer.secret) if one.part == OWNER)

    def listed(gate: Gate) -> bool:
        return gate.key in shown and topic in ("", gate.topic)

    hits, words = _nearest(stores, vault, shelves, viewer=viewer, text=text, near=near, k=FOUND, own=own, listed=listed)
    found = first(_readable(stores, vault, trade, viewer, [hit.id for hit in hits]), FOUND)
    if {hit.id for hit in hits if hit.by_words}.isdisjoint(access.thread.id for access in found):
        found, words = found[:FEW], frozenset()
    return Found(tuple(list_cards(stores, vault, trade, found, words)), words)


def _nearest(
    stores: Stores, vault: Vault, shelves: Shelves, *, viewer: Viewer, text: str, near: Iterable[str], k: int,
    own: AbstractSet[str] = frozenset(), listed: Callable[[Gate], bool] = lambda _: True,
    beside: Mapping[str, AbstractSet[str]] = MappingProxyType({}),
) -> tuple[list[search.Hit], frozenset[str]]:  # fmt: skip
    """What answers a text, best first, and the tokens that were sought: of the threads of the groups of `near` that the
    viewer may read, and of what they may find on the shelves `beside`."""
    trade, memory, typed = shelves.trade, shelves.memory, text[:SEARCHED]
    wordings = reword(typed, synonyms_of(stores, vault, trade))
    tokens = frozenset(token for wording in wordings for token in wording)
    if not tokens:
        return [], tokens
    vector = shelves.asked(typed, whose=viewer.member_id)
    subjects = sorted({one.key for key in near for one in trade.group_of[key].subjects})

    def find(histories: Sequence[DomainHistory]) -> list[search.Hit]:
        ids = [id for history in histories[: len(subjects)] for id in history.ids]
        seen = _reach(stores, vault, shelves, viewer, ids, own, listed).union(*beside.values())
        return search.find(histories, vector, wordings, k + SPARE, seen, words_of(typed))

    return memory.search(stores, [*subjects, *beside], find), tokens


def _readable(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, ids: Sequence[str]) -> Iterator[Access]:
    threads = by_id(stores, ids)
    return readable(vault, trade, (threads[id] for id in ids if id in threads), viewer)


def _reach(
    stores: Stores, vault: Vault, shelves: Shelves, viewer: Viewer, ids: Collection[str], own: AbstractSet[str],
    listed: Callable[[Gate], bool],
) -> frozenset[str]:  # fmt: skip
    """The ids of what may be found. Each page asks `check_access` again before it shows one of them."""
    notes = _learn_gates(stores, vault, shelves, ids)
    hidden = set(stores.content.scalars(select(Thread.id).where(Thread.hidden))) - own
    ids = [id for id in ids if id not in hidden]
    who, decided = reader(shelves.trade, viewer), dict[Gate, bool]()
    for gate in {notes[id] for id in ids if id in notes}:
        scope = Scope({}, gate.audience, gate.own_circle, excluded_circles=gate.excluded)  # type: ignore[arg-type]
        decided[gate] = listed(gate) and may_read(scope, who, gate.key)
    return frozenset(id for id in ids if id in notes and (decided[notes[id]] or (id in own and listed(notes[id]))))


def gates_of(
    stores: Stores, vault: Vault, shelves: Shelves, *, viewer: Viewer, ids: Collection[str]
) -> dict[str, Gate]:
    """Where each of these threads is listed that the viewer may read, their own aside."""
    seen = _reach(stores, vault, shelves, viewer, ids, frozenset(), lambda _: True) if ids else ()
    return {id: shelves.memory.notes[id] for id in seen}


def _learn_gates(stores: Stores, vault: Vault, shelves: Shelves, ids: Collection[str]) -> dict[str, Gate]:
    """What decides of each, opened once."""
    notes: dict[str, Gate] = shelves.memory.notes
    missing = [id for id in ids if id not in notes]
    for start in range(0, len(missing), BATCH):
        rows = stores.content.scalars(select(Thread).where(Thread.id.in_(missing[start : start + BATCH])))
        notes.update((row.id, _gate(vault, shelves.trade, row)) for row in rows)
    return notes


def _gate(vault: Vault, trade: Trade, thread: Thread) -> Gate:
    scope, subject = open_scope(vault, thread), subject_of(vault, thread)
    key = shown_key(trade, subject, scope.levels) if subject in trade.subjects else ""
    return Gate(scope.audience, scope.own_circle, scope.excluded_circles, key, thread.topic)
