"""What the company owes an answer to: for its own desk, and for everybody once the day is over."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community.models import Writing
from app.community.reads import read_openers
from app.community.texts import open_words
from app.db import Stores
from app.domains.trade import Trade
from app.ideas.models import Idea
from app.ideas.reads import IdeaCard, card_of, names
from app.ideas.rules import IDEA, SOON_DAYS
from app.sealing import Vault

LONGEST_OVERDUE: Final = 200


@dataclass(frozen=True, slots=True)
class LateCard:
    """What the public list says of an idea: its title, and since when."""

    title: str
    since: date


def due_ideas(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, today: date) -> list[IdeaCard]:
    """What the company owes an answer to, the longest owed first."""
    rows = list(stores.content.scalars(select(Idea).where(Idea.due_day.is_not(None)).order_by(Idea.due_day, Idea.id)))
    openers = read_openers(stores, vault, trade, viewer=viewer, places=[row.id for row in rows], names=names())
    return [
        card_of(trade, row, openers[row.id], today)
        for row in rows
        if row.id in openers and not openers[row.id].withdrawn
    ]


def is_soon(card: IdeaCard, today: date) -> bool:
    """Whether the company is to be reminded."""
    return card.due is not None and card.due <= today + timedelta(days=SOON_DAYS)


def overdue(stores: Stores, vault: Vault, *, today: date, most: int = LONGEST_OVERDUE) -> tuple[list[LateCard], bool]:
    """Ideas whose day is over and whose authors let their titles be read here, the longest overdue first; and whether
    there are more of them.

    For everybody, without signing in: nothing of an idea but its title.
    """
    late = (
        select(Idea, Writing)
        .join(Writing, Writing.place == Idea.id)
        .where(Idea.due_day < today.toordinal(), Idea.may_be_listed, Writing.kind == IDEA, Writing.hidden.is_(False))
        .order_by(Idea.due_day, Idea.id)
        .limit(most + 1)
    )
    found = stores.content.execute(late).all()
    rows = found[:most]
    keys = vault.data_keys(stores, [writing.key_id for _idea, writing in rows])
    cards = []
    for idea, writing in rows:
        words = open_words(keys, writing)
        if words is not None and idea.due_day is not None:
            cards.append(LateCard(words["texts"]["title"], date.fromordinal(idea.due_day + 1)))
    return cards, len(found) > most
