"""The queue as its expert sees it: cards that hold only what this expert may read."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores, fetch
from app.domains.trade import Trade
from app.errors import NotThere
from app.questions.access import is_closed_to, open_scope
from app.questions.cards import QuestionBody, ThreadCard, excerpt_of
from app.questions.exclusions import circles_beside
from app.questions.models import Thread
from app.questions.pending import SETTLED
from app.questions.reads import thread_card
from app.queues import experts, offers
from app.queues.offers import Offered
from app.queues.rules import Now, Profile
from app.queues.shown import names_subject
from app.queues.whys import Why, shortly, whys_of
from app.sealing import Vault
from app.vectors.models import IndexedThread


@dataclass(frozen=True, slots=True)
class OfferCard:
    """One question in the queue."""

    id: str
    thread: ThreadCard
    whys: tuple[Why, ...]
    state: str  # offered | claimed | answering | passed, until the next window
    until: date | None  # the day a claim ends
    is_taken: bool  # somebody else is writing
    has_changed: bool = False  # its author has changed the question since it came
    offered: int = 0  # the window in which it came
    left: int = 0  # how often the claim may still be made longer
    is_muted: bool = False  # no more questions on its topic come

    @property
    def place(self) -> tuple[date, int, str]:
        """Where it stands in the queue: by the day it has to be done, then by how long it waits.

        A claim ends on a day; without one it stands where it stood before.
        """
        urgent = self.thread.day if self.body.urgent else None
        return min(filter(None, (self.until, self.body.by, urgent)), default=date.max), self.offered, self.id

    @property
    def body(self) -> QuestionBody:
        """The question as its author shows it to whom it was offered."""
        return self.thread.body

    @property
    def reasons(self) -> list[str]:
        """Why it came, in a few sentences."""
        return shortly(self.whys)

    @property
    def excerpt(self) -> str:
        """Its first words."""
        return excerpt_of(self.thread.body.fields)


@dataclass(frozen=True, slots=True)
class ProfileCard:
    """The expert's own settings in one subject; None in `profile` says: not opted in yet."""

    subject: str
    name: str
    profile: Profile | None
    is_notified: bool


def inbox(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, now: Now) -> list[OfferCard]:
    """Every open offer of the viewer, by deadline, then by what waits longest."""
    handles = list(experts.answering_handles(stores, trade, viewer).values())
    rows = offers.to(stores, vault, handles)
    fetch(stores.content, IndexedThread, [row.thread_id for row in rows])
    cards = [find_card(stores, vault, trade, viewer=viewer, offer=row, now=now) for row in rows]
    return sorted((card for card in cards if card is not None and not _is_done(card)), key=lambda card: card.place)


def offer_card(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, offer: Offered, now: Now) -> OfferCard:
    """One offer, opened. Raises NotThere when the thread is not for this reader any more."""
    card = thread_card(stores, vault, trade, viewer=viewer, thread_id=offer.thread_id, asked=True)
    lapsed = offer.claimed_until is not None and offer.claimed_until < now.window
    return OfferCard(
        id=offer.id,
        thread=card,
        whys=whys_of(stores, vault, trade, viewer=viewer, card=card, offer=offer, now=now),
        state="offered" if lapsed and offer.state == "claimed" else offer.state,
        until=None if lapsed else _day_of(offer.claimed_until, now),
        is_taken=_is_taken(stores, vault, offer, now),
        has_changed=card.body.edited_window > offer.offered_window,
        offered=offer.offered_window,
        left=now.measures.claims - offer.told.get("claims", 0),
        is_muted=_is_muted(stores, vault, trade, viewer, card, offer),
    )


def _is_muted(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, card: ThreadCard, offer: Offered) -> bool:
    """Whether nothing on its topic comes any more: where its subject is hidden, in none of the group's."""
    thread = stores.content.get_one(Thread, offer.thread_id)
    named = names_subject(trade, thread.group_key, shown=card.names_subject)
    handles = [offer.inbox] if named else experts.answering_handles(stores, trade, viewer).values()
    found = (experts.find_profile(stores, vault, handle) for handle in handles)
    near = [one for one in found if one is not None and (named or _group(trade, one.subject) == thread.group_key)]
    return bool(near) and all(thread.topic in one.muted for one in near)


def _group(trade: Trade, subject: str) -> str:
    return trade.group_of[subject].key if subject in trade.group_of else ""


def _is_done(card: OfferCard) -> bool:
    """The question is settled or hidden for now, or this expert has answered it from its own page."""
    return card.thread.hidden or card.thread.state in SETTLED or (card.thread.has_answered and card.state == "offered")


def find_card(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, offer: Offered, now: Now
) -> OfferCard | None:
    """The same for a list: what cannot be read any more is left out."""
    try:
        return offer_card(stores, vault, trade, viewer=viewer, offer=offer, now=now)
    except NotThere:
        return None


def profiles(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, has_contact: frozenset[str]
) -> list[ProfileCard]:
    """The viewer's expert settings, a card for each of their subjects."""
    return [
        ProfileCard(
            subject=subject,
            name=str(trade.subjects[subject].name),
            profile=experts.find_profile(stores, vault, handle),
            is_notified=handle in has_contact,
        )
        for subject, handle in experts.own_handles(stores, viewer).items()
        if subject in trade.subjects
    ]


def unrouted(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> list[tuple[str, str, date]]:
    """(group, topic, day) of questions for which nobody could be asked: all a coordinator needs to invite somebody.

    None of the viewer's own, of their circle, or closed to it: that nobody was found would tell whom it was closed to.
    Nor any that its author closed to somebody: asked again with other names it would tell who is left, to a friend here.
    """
    threads = stores.content.scalars(
        select(Thread)
        .where(Thread.state == "unrouted", Thread.hidden.is_(False))
        .order_by(Thread.published_day, Thread.group_key, Thread.topic)
    )
    names = {group.key: str(group.name) for group in trade.groups}
    return [
        (
            names.get(one.group_key, one.group_key),
            str(trade.topic_by_key[one.topic].name),
            date.fromordinal(one.published_day),
        )
        for one in threads
        if one.topic in trade.topic_by_key
        and not is_closed_to(vault, one, viewer)
        and not _excludes(stores, vault, one)
    ]


def _excludes(stores: Stores, vault: Vault, thread: Thread) -> bool:
    """Whether a question is closed to others than its author's own organisation, before and after a split."""
    scope = open_scope(vault, thread)
    return bool(scope.excluded_circles - circles_beside(stores, vault, {scope.own_circle}))


def _is_taken(stores: Stores, vault: Vault, offer: Offered, now: Now) -> bool:
    others = offers.on_thread(stores, vault, offer.thread_id)
    return any(one.is_held(now.window) for one in others if one.id != offer.id)


def _day_of(window: int | None, now: Now) -> date | None:
    return None if window is None else today(window * now.window_days * 86400)
