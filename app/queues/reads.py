"""The queue as its expert sees it: cards that hold only what this expert may read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.questions.cards import QuestionBody, ThreadCard, excerpt_of
from app.questions.models import Thread
from app.questions.pending import SETTLED
from app.questions.reads import thread_card
from app.queues import experts
from app.queues.models import Offer
from app.queues.rules import MAX_CLAIMS, Now, Profile
from app.sealing import Vault
from app.web.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class OfferCard:
    """One question in the queue."""

    id: str
    thread: ThreadCard
    reasons: tuple[str, ...]
    state: str  # offered | claimed | answering
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
    handles = list(experts.own_handles(stores, viewer).values())
    rows = list(stores.content.scalars(select(Offer).where(Offer.inbox.in_(handles))))
    cards = [find_card(stores, vault, trade, viewer=viewer, offer=row, now=now) for row in rows]
    return sorted((card for card in cards if card is not None and not _is_done(card)), key=lambda card: card.place)


def offer_card(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, offer: Offer, now: Now) -> OfferCard:
    """One offer, opened. Raises NotThere when the thread is not for this reader any more."""
    card = thread_card(stores, vault, trade, viewer=viewer, thread_id=offer.thread_id, asked=True)
    found = vault.open(offer.sealed, table="offers", column="sealed", row=offer.id)
    lapsed = offer.claimed_until is not None and offer.claimed_until < now.window
    return OfferCard(
        id=offer.id,
        thread=card,
        reasons=tuple(
            _reasons(stores, vault, trade, viewer, card, found)
            if _may_tell(stores, vault, trade, viewer, card, offer)
            else [_("分野を伏せた質問なので、届いたわけは出していません。")]
        ),
        state="offered" if lapsed and offer.state == "claimed" else offer.state,
        until=None if lapsed else _day_of(offer.claimed_until, now),
        is_taken=_is_taken(stores, offer, now),
        has_changed=card.body.edited_window > offer.offered_window,
        offered=offer.offered_window,
        left=MAX_CLAIMS - found.get("claims", 0),
        is_muted=_is_muted(stores, vault, offer),
    )


def _is_muted(stores: Stores, vault: Vault, offer: Offer) -> bool:
    profile = experts.find_profile(stores, vault, offer.inbox)
    thread = stores.content.get(Thread, offer.thread_id)
    return profile is not None and thread is not None and thread.topic in profile.muted


def _may_tell(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, card: ThreadCard, offer: Offer) -> bool:
    """Whether reasons may be said. They rest on what is known of the viewer in one subject: where the page names the
    group only, and the viewer answers in several of its subjects, they would tell which of them it hides."""
    if card.names_subject:
        return True
    profiles = (experts.find_profile(stores, vault, handle) for handle in experts.own_handles(stores, viewer).values())
    subjects = [one.subject for one in profiles if one is not None and one.subject in trade.subjects]
    groups = [trade.group_of[one].key for one in subjects]
    return groups.count(stores.content.get_one(Thread, offer.thread_id).group_key) < 2


def _is_done(card: OfferCard) -> bool:
    """The question is settled or hidden for now, or this expert has answered it from its own page."""
    return card.thread.hidden or card.thread.state in SETTLED or (card.thread.has_answered and card.state == "offered")


def find_card(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, offer: Offer, now: Now
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


def unrouted(stores: Stores, trade: Trade) -> list[tuple[str, str, date]]:
    """(group, topic, day) of questions for which nobody could be asked: all a coordinator needs to invite somebody."""
    rows = stores.content.execute(
        select(Thread.group_key, Thread.topic, Thread.published_day)
        .where(Thread.state == "unrouted")
        .order_by(Thread.published_day, Thread.group_key, Thread.topic)
    )
    names = {group.key: str(group.name) for group in trade.groups}
    return [
        (names.get(group, group), str(trade.topic_by_key[topic].name), date.fromordinal(day))
        for group, topic, day in rows
        if topic in trade.topic_by_key
    ]


def _is_taken(stores: Stores, offer: Offer, now: Now) -> bool:
    others = select(Offer.id).where(
        Offer.thread_id == offer.thread_id,
        Offer.id != offer.id,
        Offer.state != "offered",
        Offer.claimed_until >= now.window,
    )
    return stores.content.execute(others.limit(1)).first() is not None


def _day_of(window: int | None, now: Now) -> date | None:
    return None if window is None else today(window * now.window_days * 86400)


def _reasons(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, card: ThreadCard, found: dict[str, Any]
) -> list[str]:
    topic = card.body.domain[-1] if card.body.domain else ""
    reasons = _one_likeness(found["reasons"])
    if any(one["signal"] == "topic" for one in reasons):  # which says the same more closely
        reasons = [one for one in reasons if one["signal"] != "active"]
    said = [_say(stores, vault, trade, viewer, one, topic) for one in reasons]
    if found["exploring"]:
        said.append(_("まだあまり質問が届いていないので、合いそうなこの質問をお届けしました。"))
    return list(dict.fromkeys(filter(None, said)))


def _one_likeness(reasons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Likeness in words and in meaning as one reason, at the place of the stronger: a reader sees no difference."""
    alike = [one for one in reasons if one["signal"] in ("words", "meaning")]
    threads = list(dict.fromkeys(thread for one in alike for thread in one["threads"]))
    return [{**one, "threads": threads} if one in alike[:1] else one for one in reasons if one not in alike[1:]]


def _say(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, reason: dict[str, Any], topic: str) -> str:
    signal = reason["signal"]
    if signal in ("words", "meaning"):
        return _say_titles(_titles(stores, vault, trade, viewer, reason["threads"]))
    if signal == "neighbour":
        subject = trade.subjects.get(reason.get("subject", ""))
        return (
            ""
            if subject is None
            else _("近い分野の質問です。「{subject}」でのご経験が役に立つかもしれません。").format(subject=subject.name)
        )
    said = {
        "topic": _("「{topic}」の質問によく答えています。"),
        "declared": _("「{topic}」を手伝えると登録しています。"),
        "endorsed": _("「{topic}」なら、あなたに聞きたいという声があります。"),
        "active": _("この分野で、最近よく答えています。"),
        "helped": _("これまでの回答が、質問した人の役に立っています。"),
    }
    return said.get(signal, "").format(topic=topic)


def _say_titles(titles: list[str]) -> str:
    if len(titles) > 1:
        return _("前に答えた「{title}」など{n}件に似ています。").format(title=titles[0], n=len(titles))
    return _("前に答えた「{title}」に似ています。").format(title=titles[0]) if titles else ""


def _titles(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, threads: list[str]) -> list[str]:
    found = []
    for thread_id in threads:
        try:
            card = thread_card(stores, vault, trade, viewer=viewer, thread_id=thread_id)
        except NotThere:
            continue
        if card.has_answered and card.title:
            found.append(card.title)
    return found
