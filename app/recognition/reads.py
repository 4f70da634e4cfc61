"""What readers see of stories: those that are out as everybody may read them, one's own as one wants it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.clock import next_monday
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.recognition.models import Story
from app.recognition.standing import label_of
from app.recognition.stories import OUT, find_own
from app.recognition.texts import find_text, find_texts
from app.sealing import Vault


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story as everybody who may read it sees it: `who` is a pseudonym, a name, or empty for the domain alone."""

    id: str
    year: int
    title: str
    body: str = field(repr=False)
    who: str
    domain: tuple[str, ...]
    is_named: bool
    is_public: bool
    since: date
    is_shown: bool
    waits: bool = False  # what its owner sees of it is not what others see yet


def shown_stories(
    stores: Stores, vault: Vault, trade: Trade, *, today: date, rng: random.Random, most: int = 60
) -> list[StoryCard]:
    """The stories that are out, the latest year first, in another order at each look: nobody is first."""
    query = select(Story).where(Story.state == OUT, Story.shown_day <= today.toordinal()).limit(60)
    rows = list(stores.content.scalars(query.order_by(Story.shown_day.desc(), Story.id)))
    rng.shuffle(rows)
    rows = sorted(rows, key=lambda row: -row.round)[:most]
    texts = find_texts(stores, vault, [row.id for row in rows])
    return [_card(trade, row, texts[row.id], today) for row in rows if row.id in texts]


def get_story(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer | None, story_id: str, today: date
) -> StoryCard:
    """One story: for members, and without an account where its owner said so; its owner sees it before its Monday.

    Raises NotThere.
    """
    row = stores.content.get(Story, story_id)
    kept = None if row is None or row.state != OUT else find_text(stores, vault, row.id)
    if row is None or kept is None:
        raise NotThere
    is_own = viewer is not None and row.label == label_of(viewer.secret, row.round)
    card = _own_card(trade, row, kept, today) if is_own else _card(trade, row, kept, today)
    is_open = card.is_shown and (card.is_public or (viewer is not None and "member" in viewer.roles))
    if not (is_own or is_open):
        raise NotThere
    return card


def own_story(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, year: int, today: date
) -> StoryCard | None:
    """The viewer's own story that is out or will be on Monday, as they want it."""
    row = find_own(stores, viewer=viewer, year=year)
    kept = None if row is None else find_text(stores, vault, row.id)
    if row is None or kept is None or not (row.state == OUT or "told" in kept):
        return None
    return _own_card(trade, row, kept, today)


def _card(trade: Trade, row: Story, kept: Mapping[str, Any], today: date) -> StoryCard:
    since = date.fromordinal(row.shown_day)
    return StoryCard(
        id=row.id, year=row.round, title=kept["title"], body=kept["body"], who=kept["who"],
        domain=group_names(trade, kept["groups"]), is_named=kept["openness"] == "name", is_public=row.is_public, since=since,
        is_shown=since <= today,
    )  # fmt: skip


def _own_card(trade: Trade, row: Story, kept: Mapping[str, Any], today: date) -> StoryCard:
    """As its owner sees it at once."""
    if "told" not in kept:
        return _card(trade, row, kept, today)
    told = kept["told"]
    card = replace(_card(trade, row, {**kept, **told}, today), is_public=told["is_public"], waits=True)
    return card if row.state == OUT else replace(card, since=next_monday(today), is_shown=False)


def group_names(trade: Trade, groups: Any) -> tuple[str, ...]:
    """Groups in the reader's language."""
    by_key = {group.key: str(group.name) for group in trade.groups}
    return tuple(by_key[key] for key in groups if key in by_key)
