"""Articles and notes as a reader finds them: listed, searched by words and meaning, and never one they may not read.

A search ranks with what the reader may read and nothing else, so that nothing can be told of the rest. Visitors find
public articles alone.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_

from app.accounts.viewer import Viewer
from app.community.models import Writing
from app.community.places import own_places
from app.community.texts import open_parts
from app.db import Stores
from app.domains.rules import groups_of
from app.domains.synonyms import synonyms_of
from app.domains.trade import Trade
from app.knowledge.models import Article
from app.knowledge.notes import KIND
from app.knowledge.reads import ArticleCard, cards_of
from app.knowledge.rules import NOTE, PUBLISHED, REVIEW_DAYS
from app.questions.cards import excerpt
from app.questions.finding import FEW, SEARCHED, SPARE
from app.questions.lockers import OWNER
from app.sealing import Vault
from app.vectors.cache import Memory
from matching import search
from matching.history import DomainHistory
from matching.rewording import reword
from matching.text import words as words_of
from privacy.scopes import Audience

SHELF: Final = "+articles"
MARKUP: Final = re.compile(r"[*`#>|]+|^\s*(?:-|\d+\.)\s+", re.M)  # of Markdown, which an excerpt does not draw
PAGE: Final = 20
BATCH: Final = 60
ASKED: Final = 500  # ids in one query
Order = Literal["new", "worth"]


@dataclass(frozen=True, slots=True)
class Listed:
    """Articles in order, with where the next page begins, or the tokens that were sought."""

    cards: tuple[ArticleCard, ...]
    next: str = ""
    words: frozenset[str] = frozenset()

    def excerpt(self, card: ArticleCard) -> str:
        """The first words of one, or those around what was sought."""
        return excerpt([MARKUP.sub("", card.body)], self.words)

    def seen(self, card: ArticleCard) -> date:
        """The day on which it came out, or on which an editor last saw that it is right."""
        return max(card.day, card.review - timedelta(days=REVIEW_DAYS))

    @property
    def has_words(self) -> bool:
        """Whether one of them holds what was sought, or a whole word of it; otherwise they are only near in meaning."""
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search is for: its text, the vector (d,) somebody made of it, and what it is narrowed to."""

    text: str
    vector: NDArray[np.float32]
    group: str = ""
    topic: str = ""


def list_articles(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer | None, group: str = "", topic: str = "",
    order: Order = "new", cursor: str = "", size: int = PAGE,
) -> Listed:  # fmt: skip
    """What the viewer may read, the latest seen to be right first, or what worked for the most; None is a visitor."""
    query = _narrowed(select(Article).where(Article.state == PUBLISHED, reach_of(trade, viewer)), group, topic)
    rows, found = _rows(stores, query, order, cursor), list[tuple[Article, ArticleCard]]()
    for batch in rows:
        known = {row.id: row for row in batch}
        found += [(known[card.id], card) for card in cards_of(stores, vault, trade, batch, viewer=viewer)]
        if len(found) > size:
            break
    following = _cursor(found[size - 1][0], order) if len(found) > size else ""
    return Listed(tuple(card for _, card in found[:size]), following)


def find_articles(
    stores: Stores, vault: Vault, trade: Trade, memory: Memory, *, viewer: Viewer | None, sought: Sought, k: int = PAGE
) -> Listed:
    """What answers best to a text, by the engine that finds similar questions; nothing for a text without words."""
    typed = sought.text[:SEARCHED]
    wordings = reword(typed, synonyms_of(stores, vault, trade))
    words = frozenset(token for wording in wordings for token in wording)
    if not words:
        return Listed(())
    seen = reach(stores, vault, trade, memory.notes, viewer=viewer, group=sought.group, topic=sought.topic)

    def find(histories: Sequence[DomainHistory]) -> list[search.Hit]:
        return search.find(histories, sought.vector, wordings, k + SPARE, seen, words_of(typed))

    hits = memory.search(stores, [SHELF], find) if seen else []
    cards = cards_for(stores, vault, trade, viewer=viewer, ids=[hit.id for hit in hits])[:k]
    if {hit.id for hit in hits if hit.by_words}.isdisjoint(card.id for card in cards):
        return Listed(tuple(cards[:FEW]))
    return Listed(tuple(cards), words=words)


def cards_for(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer | None, ids: Collection[str]
) -> list[ArticleCard]:
    """Those of these that are out and that the viewer may read, in their order."""
    query = select(Article).where(Article.id.in_(list(ids)))
    rows = {row.id: row for row in stores.content.scalars(query)} if ids else {}
    return cards_of(stores, vault, trade, [rows[id] for id in ids if id in rows], viewer=viewer)


def reach(
    stores: Stores, vault: Vault, trade: Trade, notes: dict[str, Any], *, viewer: Viewer | None,
    groups: AbstractSet[str] = frozenset(), group: str = "", topic: str = "",
) -> frozenset[str]:  # fmt: skip
    """The ids of what the viewer may read, in these groups or all. `notes` keeps to whom a note is closed, until it
    changes; every card is asked again before it is shown."""
    may_close = and_(Article.kind == NOTE, Article.audience != Audience.PUBLIC)
    columns: Any = select(may_close, func.aggregate_strings(Article.id, ",")).group_by(may_close)  # two rows, not 5,000
    query = _narrowed(columns.where(Article.state == PUBLISHED, reach_of(trade, viewer)), group, topic)
    rows = stores.content.execute(query.where(Article.group_key.in_(groups)) if groups else query)
    joined = {bool(closes): ids.split(",") for closes, ids in rows}
    written = joined.get(True, [])
    found = {*joined.get(False, []), *written}
    if viewer is None or not written:
        return frozenset(found)
    _learn_closed(stores, vault, notes, [id for id in written if id not in notes])
    own, circles = own_notes(stores, viewer), viewer.own_circles
    return frozenset(found.difference(
        id for id in written if id not in own and (id not in notes or notes[id] & circles)
    ))  # fmt: skip


def reach_of(trade: Trade, viewer: Viewer | None) -> ColumnElement[bool]:
    """`rules.may_read`, asked of the clear columns; a note's scope says the rest. None is a visitor."""
    public = Article.audience == Audience.PUBLIC
    if viewer is not None and "analyst" in viewer.roles:
        return or_(public, Article.company_may)
    if viewer is None or "member" not in viewer.roles:
        return public
    return or_(Article.audience >= Audience.ALL, Article.group_key.in_(groups_of(trade, viewer.subjects)))


def own_notes(stores: Stores, viewer: Viewer) -> frozenset[str]:
    """Places that the viewer opened, notes among them."""
    return frozenset(one.thread for one in own_places(stores, viewer.secret) if one.part == OWNER)


def _learn_closed(stores: Stores, vault: Vault, notes: dict[str, Any], ids: Sequence[str]) -> None:
    """To which circles each note is closed."""
    for start in range(0, len(ids), ASKED):
        here = select(Writing).where(Writing.place.in_(ids[start : start + ASKED]), Writing.kind == KIND)
        for row in stores.content.scalars(here):
            parts = open_parts(vault, row)
            notes[row.place] = frozenset({parts["circle"], *parts["excluded"]})


def _narrowed(query: Select[Any], group: str, topic: str) -> Select[Any]:
    query = query.where(Article.group_key == group) if group else query
    return query.where(Article.topic == topic) if topic else query


def _rows(
    stores: Stores, query: Select[Article], order: Order, cursor: str
) -> Iterator[Sequence[Article]]:  # fmt: skip
    """The rows in order, in batches: sorted without their texts."""
    keys, place = _keys(order), _place(cursor, order)
    ordered = query.with_only_columns(Article.id).order_by(*(key.desc() for key in keys)).limit(BATCH)
    while True:
        after = ordered if place is None else ordered.where(tuple_(*keys) < place)
        ids = list(stores.content.scalars(after))
        for start in range(0, len(ids), PAGE + 1):
            wanted = ids[start : start + PAGE + 1]
            known = {row.id: row for row in stores.content.scalars(select(Article).where(Article.id.in_(wanted)))}
            yield [known[id] for id in wanted]
        if len(ids) < BATCH:
            return
        place = _values(known[ids[-1]], order)


def _keys(order: Order) -> tuple[Any, ...]:
    if order == "worth":
        return Article.worked, Article.reported, Article.published_day, Article.id
    return Article.review_day, Article.id  # a year after somebody last saw that it is right


def _values(row: Article, order: Order) -> tuple[Any, ...]:
    return tuple(getattr(row, key.key) for key in _keys(order))


def _cursor(row: Article, order: Order) -> str:
    return urlsafe_b64encode(".".join(map(str, _values(row, order))).encode()).decode().rstrip("=")


def _place(cursor: str, order: Order) -> tuple[Any, ...] | None:
    try:
        *numbers, article_id = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(".")
        place = (*(min(int(one), 10**9) for one in numbers), article_id)
    except ValueError:
        return None
    return place if article_id and len(place) == len(_keys(order)) else None
