"""What the square shows."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.accounts.viewer import Viewer
from app.clock import monday_of
from app.db import Stores
from app.domains.trade import Trade
from app.glance.kept import Pictures
from app.glance.rules import Cells, Picture, draw
from app.glance.service import picture
from app.ideas.board import Look, board
from app.ideas.reads import IdeaCard
from app.knowledge import picks
from app.knowledge.picks import Picked
from app.questions.cards import ListCard
from app.questions.finding import Shelves
from app.questions.lists import list_threads, list_waiting
from app.recognition.reads import StoryCard, shown_stories
from app.sealing import Vault

SHOWN = 3
CAME = 2  # stories, and ideas that were carried out


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A row of the table beside the picture: a topic, and for each group its band (0: under five) and whether most were answered."""

    name: str
    cells: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """The picture, the names of its columns, and the same as a table; `week` is the Monday it was counted on."""

    week: date
    picture: Picture
    groups: tuple[str, ...]
    table: tuple[TopicRow, ...]


@dataclass(frozen=True, slots=True)
class Square:
    """The page: for members what is asked and where help is wanted, with the heat of what they may read."""

    asked: tuple[ListCard, ...] = ()
    waiting: tuple[ListCard, ...] = ()
    heat: Heat | None = None
    picked: Picked | None = None  # of the month, as far as the viewer may read them
    stories: tuple[StoryCard, ...] = ()
    done: tuple[IdeaCard, ...] = ()


def square(
    stores: Stores, vault: Vault, shelves: Shelves, pictures: Pictures, *, viewer: Viewer, today: date,
    rng: random.Random,
) -> Square:  # fmt: skip
    """What this viewer may see of it. To the company the reports tell what is asked, with their noise."""
    trade = shelves.trade
    picked = picks.latest(stores, vault, trade, viewer=viewer)
    if "member" not in viewer.roles:
        return Square(picked=picked)
    heat = heat_of(trade, picture(stores, vault, shelves, pictures, viewer=viewer, today=today), today)
    asked = list_threads(stores, vault, trade, viewer=viewer, size=SHOWN).cards
    waiting = list_waiting(stores, vault, trade, viewer=viewer, size=SHOWN)
    stories = shown_stories(stores, vault, trade, today=today, rng=rng, most=CAME)
    done = board(stores, vault, trade, look=Look(viewer, today, state="done"), size=CAME)
    return Square(asked, waiting, heat, picked, tuple(stories), (*done.new, *done.cards))


def heat_of(trade: Trade, cells: Cells, today: date) -> Heat | None:
    """The picture of these cells, or None where there is nothing in it to show."""
    if not cells:
        return None
    groups = {group.key: str(group.name) for group in trade.groups}
    topics = {topic.key: str(topic.name) for topic in trade.topics if any(topic.key in one for one in cells.values())}
    table = [
        TopicRow(name, tuple(_cell(cells.get(group, {}).get(topic)) for group in groups))
        for topic, name in topics.items()
    ]
    drawn = draw(cells, groups=list(groups), topics=topics)
    return Heat(monday_of(today), drawn, tuple(groups.values()), tuple(table))


def _cell(found: Sequence[int] | None) -> tuple[int, bool]:
    return (0, False) if found is None else (found[0], bool(found[1]))
