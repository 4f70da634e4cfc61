"""The board: new ideas in the day's order, then all others by their latest day, a page at a time.

Where something is left out for a reader, others fill the page: no gap tells of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from sqlalchemy import ColumnElement, select, tuple_

from app.accounts.viewer import Viewer
from app.community.places import own_places
from app.community.reads import WritingCard, open_waiting, read_openers, waiting_places
from app.db import Stores
from app.domains.trade import Trade
from app.ideas.models import Idea
from app.ideas.reads import IdeaCard, beginning_of, card_of, names
from app.ideas.rules import IDEA, NEW_DAYS, PAGE, STATES, drawn_order, is_new
from app.ideas.votes import voted_on
from app.questions.lockers import OWNER
from app.sealing import Vault

BATCH: Final = 30


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at the board, when, and at which part of it."""

    viewer: Viewer
    today: date
    state: str = ""
    group: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """A page of the board; `next` is where the next one begins, empty on the last."""

    new: tuple[IdeaCard, ...]
    cards: tuple[IdeaCard, ...]
    next: str = ""


def board(stores: Stores, vault: Vault, trade: Trade, *, look: Look, after: str = "", size: int = PAGE) -> Board:
    """New ideas in the day's order, then all others by their latest day. `after` is the last idea that was shown."""
    batch = min(BATCH, 2 * size)
    ids = _ids(stores, look, after, batch=batch)
    found = list(_first(stores, vault, trade, look, ids, size + 1, batch=batch))
    voted = voted_on(stores, look.viewer)
    cards = [card_of(trade, row, opener, look.today, voted=row.id in voted) for row, opener in found[:size]]
    return Board(
        tuple(one for one in cards if one.is_new),
        tuple(one for one in cards if not one.is_new),
        cards[-1].id if len(found) > size else "",
    )


def waiting_ideas(stores: Stores, vault: Vault, *, viewer: Viewer) -> list[IdeaCard]:
    """The viewer's own that are not out yet."""
    owns = [one for one in own_places(stores, viewer.secret) if one.part == OWNER]
    waiting = waiting_places(stores, vault, owns)
    keys = vault.data_keys(stores, [one["key_id"] for one in waiting.values()]) if waiting else {}
    return [
        _waiting(place, open_waiting(keys[one["key_id"]], one)["texts"], held="held" in one)
        for place, one in waiting.items()
        if one["about"] == IDEA and one["key_id"] in keys
    ]


def same_targets(
    stores: Stores, vault: Vault, trade: Trade, *, look: Look, idea: Idea
) -> list[tuple[str, str]]:  # fmt: skip
    """(id, title) of ideas that another may be the same as, those of its group first."""
    near = Look(look.viewer, look.today, group=idea.group_key)
    many = 3 * PAGE
    found = _first(stores, vault, trade, near, _ids(stores, near, "", batch=many), many, batch=many)
    return [(row.id, opener.texts["title"]) for row, opener in found if row.id != idea.id and row.into is None]


def _ids(stores: Stores, look: Look, after: str, *, batch: int = BATCH) -> Iterator[str]:
    """Ids in the board's order, from behind `after`."""
    since = look.today.toordinal() - NEW_DAYS + 1
    last = stores.content.get(Idea, after) if after else None
    if last is None or is_new(last.published_day, look.today):
        new = stores.content.scalars(select(Idea.id).where(Idea.published_day >= since, *_wanted(look)))
        drawn = drawn_order(list(new), look.today)
        yield from drawn[drawn.index(after) + 1 :] if last is not None and after in drawn else drawn
        last = None
    place = None if last is None else (last.active_day, last.id)
    others = select(Idea.active_day, Idea.id).where(Idea.published_day < since, *_wanted(look))
    ordered = others.order_by(Idea.active_day.desc(), Idea.id.desc()).limit(batch)
    while True:
        query = ordered if place is None else ordered.where(tuple_(Idea.active_day, Idea.id) < place)
        rows = [(row[0], row[1]) for row in stores.content.execute(query)]
        yield from (one for _day, one in rows)
        if len(rows) < batch:
            return
        place = rows[-1]


def _wanted(look: Look) -> list[ColumnElement[bool]]:
    found = [Idea.state == look.state] if look.state in STATES else []
    found += [Idea.group_key == look.group] if look.group else []
    return found + ([Idea.topic == look.topic] if look.topic else [])


def _first(
    stores: Stores, vault: Vault, trade: Trade, look: Look, ids: Iterator[str], number: int, *, batch: int = BATCH
) -> list[tuple[Idea, WritingCard]]:
    """At most so many that the viewer may read, with their openers; no gap says that something is left out."""
    found: list[tuple[Idea, WritingCard]] = []
    while some := list(islice(ids, batch)):
        openers = read_openers(stores, vault, trade, viewer=look.viewer, places=some, names=names())
        rows = {row.id: row for row in stores.content.scalars(select(Idea).where(Idea.id.in_(openers)))}
        found += [(rows[one], openers[one]) for one in some if one in openers and not openers[one].withdrawn]
        if len(found) >= number:
            return found[:number]
    return found


def _waiting(place: str, texts: Mapping[str, str], *, held: bool) -> IdeaCard:
    state = "held" if held else "waiting"
    return IdeaCard(place, texts["title"], beginning_of(texts), (), None, state, False, 0, is_mine=True)
