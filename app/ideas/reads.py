"""What pages show of ideas: cards that hold what this reader may see. No page says how many voted, or who."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.accounts.viewer import Viewer
from app.community.reads import Names, WritingCard, read_openers, read_place
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.ideas.course import course_of
from app.ideas.models import Idea, IdeaTalk
from app.ideas.rules import (
    IDEA,
    By,
    Turn,
    choices,
    is_new,
)
from app.ideas.votes import voted_on
from app.questions.cards import EXCERPT
from app.sealing import Vault
from app.web.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class IdeaCard:
    """One line of the board."""

    id: str
    title: str
    excerpt: str
    domain: tuple[str, ...]
    day: date | None  # None while it waits for its window
    state: str
    by_company: bool
    band: int  # at least so many votes; 0 is not told
    is_new: bool = False
    is_mine: bool = False
    has_voted: bool = False
    due: date | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class TurnCard:
    """One change of an idea's state."""

    state: str
    by: By
    day: date
    reason: str
    due: date | None


@dataclass(frozen=True, slots=True)
class ReplyCard:
    """A reply, with what was replied to it."""

    writing: WritingCard
    answers: tuple[WritingCard, ...] = ()


@dataclass(frozen=True, slots=True)
class IdeaPage:
    """An idea as its reader may see it."""

    card: IdeaCard
    opener: WritingCard
    replies: tuple[ReplyCard, ...]
    course: tuple[TurnCard, ...]
    into: IdeaCard | None
    talk: str  # state of the talk, for its two parties; empty for everybody else
    company_may: tuple[str, ...] = ()
    coordinator_may: tuple[str, ...] = ()
    row: Idea = field(repr=False, kw_only=True)


def names() -> Names:
    """What the voices at an idea are called."""
    return Names(opener=_("提案者"), other=_("発言者{n}"), company=_("運営会社"))


def idea_page(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, idea_id: str, today: date) -> IdeaPage:
    """One idea with its replies. Raises NotThere: not there and not for you are the same."""
    row = stores.content.get(Idea, idea_id)
    if row is None:
        raise NotThere
    cards = read_place(stores, vault, trade, viewer=viewer, place=idea_id, names=names())
    opener = next((one for one in cards if one.kind == IDEA and not one.waits), None)
    if opener is None:
        raise NotThere
    voted = row.id in voted_on(stores, viewer)
    return IdeaPage(
        card_of(trade, row, opener, today, voted=voted),
        opener,
        _threaded([one for one in cards if one.kind != IDEA]),
        tuple(_turn(one) for one in course_of(vault, row)),
        _into(stores, vault, trade, viewer, row, today),
        _talk(stores, viewer, row, opener),
        choices(row.state, by="company", is_companys=row.by_company) if "analyst" in viewer.roles else (),
        choices(row.state, by="coordinator", is_companys=row.by_company) if _is_coordinator(viewer) else (),
        row=row,
    )


def card_of(trade: Trade, row: Idea, opener: WritingCard, today: date, *, voted: bool = False) -> IdeaCard:
    due = date.fromordinal(row.due_day) if row.due_day is not None else None
    return IdeaCard(
        id=row.id,
        title=opener.texts.get("title", ""),
        excerpt=beginning_of(opener.texts),
        domain=domain_of(trade, row.group_key, row.topic),
        day=date.fromordinal(row.published_day),
        state=row.state,
        by_company=row.by_company,
        band=row.band,
        is_new=is_new(row.published_day, today),
        is_mine=opener.is_mine,
        has_voted=voted,
        due=due,
        is_late=due is not None and due < today,
    )


def domain_of(trade: Trade, group: str, topic: str) -> tuple[str, ...]:
    """Group and topic in words."""
    named = next((str(one.name) for one in trade.groups if one.key == group), "")
    about = str(trade.topic_by_key[topic].name) if topic in trade.topic_by_key else ""
    return tuple(one for one in (named, about) if one)


def beginning_of(texts: Mapping[str, str]) -> str:
    words = " ".join(texts.get("aim", "").split())
    return words if len(words) <= EXCERPT else words[:EXCERPT] + "…"


def _threaded(cards: Sequence[WritingCard]) -> tuple[ReplyCard, ...]:
    """Replies in order, what answers one of them beneath it; what answers something that is not shown stands alone."""
    top = [one for one in cards if not any(other.id == one.extra.get("to") for other in cards)]
    return tuple(ReplyCard(one, tuple(other for other in cards if other.extra.get("to") == one.id)) for one in top)


def _turn(turn: Turn) -> TurnCard:
    due = date.fromordinal(turn.due) if turn.due else None
    return TurnCard(turn.state, turn.by, date.fromordinal(turn.day), turn.reason, due)


def _into(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, row: Idea, today: date
) -> IdeaCard | None:  # fmt: skip
    target = stores.content.get(Idea, row.into) if row.into else None
    if target is None:
        return None
    opener = read_openers(stores, vault, trade, viewer=viewer, places=[target.id], names=names()).get(target.id)
    return None if opener is None or opener.withdrawn else card_of(trade, target, opener, today)


def _talk(stores: Stores, viewer: Viewer, row: Idea, opener: WritingCard) -> str:
    if not (opener.is_mine or "analyst" in viewer.roles):
        return ""
    talk = stores.content.get(IdeaTalk, row.id)
    return "" if talk is None else talk.state


def _is_coordinator(viewer: Viewer) -> bool:
    return "coordinator" in viewer.roles and "analyst" not in viewer.roles
