"""What coordinators see: questions that nobody answered, and what authors wished. A question's handle, never a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from sqlalchemy import and_, select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import domain_labels, keys_above, shown_key
from app.domains.trade import Trade
from app.errors import NotThere
from app.escalation.models import Wish
from app.escalation.service import may_invite, wish_of
from app.questions.access import Access, check_access, is_closed_to, open_scope, posts_of, subject_of
from app.questions.course import Course, course_of
from app.questions.models import Thread
from app.questions.reads import thread_text
from app.questions.rules import OPEN_STATES
from app.sealing import Vault

PAGE = 50
COME: Final = and_(Thread.stage == "coordinator", Thread.state.in_(OPEN_STATES), Thread.hidden.is_(False))
"""Which questions have come to the coordinators and are still open."""


@dataclass(frozen=True, slots=True)
class DeskCard:
    """A question that has come to the coordinators. Without `access` this one may not read it: only where it belongs."""

    id: str
    domain: tuple[str, ...]
    day: date
    title: str
    course: Course
    may_invite: bool
    is_open: bool
    access: Access | None = None


@dataclass(frozen=True, slots=True)
class WishCard:
    """What an author wants made of a question."""

    question: DeskCard
    kind: str  # idea | webinar | cohort
    day: date
    became: str


def cards_for_coordinator(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> list[DeskCard]:
    """Open questions that have come this far, oldest first; none of the viewer's own circle or closed to it."""
    return list(islice(_come(stores, vault, trade, viewer), PAGE))


def has_cards(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> bool:
    """Whether there is one; no more of them are opened than it takes."""
    return next(_come(stores, vault, trade, viewer), None) is not None


def _come(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer) -> Iterator[DeskCard]:
    wanted = select(Thread).where(COME).order_by(Thread.published_day, Thread.id)
    return _cards(stores, vault, trade, viewer, stores.content.scalars(wanted))


def desk_card(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str) -> DeskCard:
    """One question that has come to the coordinators. Raises NotThere for any other, and where the gate is closed."""
    thread = stores.content.get(Thread, thread_id)
    if thread is None or thread.hidden or not _has_come(thread):
        raise NotThere
    found = next(_cards(stores, vault, trade, viewer, iter([thread])), None)
    if found is None:
        raise NotThere
    return found


def wishes_for_coordinator(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> list[WishCard]:
    """What authors wished, those without a word first, then by day."""
    rows = stores.content.execute(select(Thread, Wish).join(Wish, Wish.thread_id == Thread.id)).all()
    wishes = {thread.id: wish_of(vault, wish) for thread, wish in rows}
    cards = _cards(stores, vault, trade, viewer, (thread for thread, _ in rows if not thread.hidden))
    found = [
        WishCard(one, wishes[one.id]["kind"], date.fromordinal(wishes[one.id]["day"]), wishes[one.id]["became"])
        for one in cards
    ]
    return sorted(found, key=lambda one: (one.became != "", one.day, one.question.id))[:PAGE]


def _has_come(thread: Thread) -> bool:
    return thread.state == "ended" or (thread.stage == "coordinator" and thread.state in OPEN_STATES)


def _cards(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, threads: Iterator[Thread]) -> Iterator[DeskCard]:
    for thread in threads:
        scope, subject = open_scope(vault, thread), subject_of(vault, thread)
        if is_closed_to(vault, thread, viewer) or subject not in trade.subjects:
            continue
        access = _access(stores, vault, trade, viewer, thread)
        text = None if access is None else thread_text(stores, vault, thread)
        yield DeskCard(
            id=thread.id,
            domain=tuple(domain_labels(trade, subject, thread.topic, scope.levels)),
            day=date.fromordinal(thread.published_day),
            title=text["title"] if text else "",
            course=course_of(vault, thread),
            may_invite=may_invite(vault, thread),
            is_open=thread.state in OPEN_STATES,
            access=access if text else None,
        )


def _access(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, thread: Thread) -> Access | None:
    """As an expert who is asked, where the viewer works in what the page shows; else as any member of the audience."""
    key = shown_key(trade, subject_of(vault, thread), open_scope(vault, thread).levels)
    asked = key in keys_above(trade, viewer.subjects)
    try:
        return check_access(vault, trade, thread, posts_of(stores, thread.id), viewer=viewer, asked=asked)
    except NotThere:
        return None
