"""What an expert does: opt in, claim, answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.db import Stores, keep, recall
from app.domains.trade import Trade
from app.errors import Conflict, NotThere
from app.mail.contacts import set_contact as set_contact
from app.questions import sent
from app.questions.models import Post, Thread
from app.questions.service import add_answer
from app.queues import experts, offers
from app.queues.lapsing import remind_later
from app.queues.models import Offer
from app.queues.offers import Offered
from app.queues.rules import GIVEN, PAUSED, Measures, Now, Profile
from app.sealing import Vault


def opt_in(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    subject: str,
    topics: tuple[str, ...],
    capacity: int,
    box: bytes | None,
    away_until: int | None = None,
    reads: bool | None = None,
) -> None:
    """Set up or change the viewer's expert profile in one of their subjects; `box` is where notices go, or None.

    Without `away_until` they stay away for as long as they were, and without `reads` they read drafts as before.
    """
    handle = experts.own_handles(stores, viewer).get(subject)
    if handle is None:
        raise NotThere
    old = experts.find_profile(stores, vault, handle) or Profile(subject, viewer.circle)
    away = old.away_until if away_until is None else away_until
    profile = replace(
        old.seen(), circle=viewer.circle, topics=topics, capacity=capacity, away_until=away,
        reads=old.reads if reads is None else reads,
    )  # fmt: skip
    experts.put_profile(stores, vault, handle=handle, group_key=trade.group_of[subject].key, profile=profile)
    set_contact(stores, label=handle, box=box)


def rest(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, back_on: int) -> None:
    """Offer the viewer nothing in any of their subjects before a day (an ordinal). Whoever paused stays paused."""
    for subject, handle in experts.own_handles(stores, viewer).items():
        profile = experts.find_profile(stores, vault, handle)
        if profile is not None and profile.away_until != PAUSED:
            group_key = trade.group_of[subject].key
            there = replace(profile, away_until=back_on)
            experts.put_profile(stores, vault, handle=handle, group_key=group_key, profile=there)


def get_offer(stores: Stores, vault: Vault, *, viewer: Viewer, offer_id: str) -> Offered:
    """An offer in one of the viewer's own inboxes; NotThere for any other id."""
    offer = offers.find(stores, vault, offer_id)
    if offer is None or not experts.is_own_in(stores, viewer, offer.subject, offer.inbox):
        raise NotThere
    return offer


def claim(stores: Stores, vault: Vault, *, viewer: Viewer, offer_id: str, now: Now, windows: int) -> None:
    """Say "I am writing": soft, for `windows` windows, extendable twice; the others see that somebody is.

    Raises Conflict when the answer is on its way, when it was handed back, or after the last extension: nobody may hold a question up for ever.
    """
    offer = get_offer(stores, vault, viewer=viewer, offer_id=offer_id)
    claims = offer.told.get("claims", 0) + 1
    if offer.state in GIVEN or claims > now.measures.claims:
        raise Conflict
    told, until = {**offer.told, "claims": claims}, now.window + windows
    offers.put(stores, vault, replace(offer, state="claimed", claimed_until=until, told=told))
    remind_later(stores, vault, offer_id=offer.id, until=until, now=now)


def answer(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    offer_id: str,
    text: str,
    token: str,
    at_once: bool,
    contact: bytes | None,
    window: int,
    today: date,
    until: int,
    photos: Sequence[bytes] = (),
    sign: bool = False,
    word: bool = False,
) -> str:
    """Answer an offered thread and return its id; the offer stays held, `until` a window, till the answer is out.

    The same token again gives the same thread, also when the offer is long gone.
    """
    again = _again(token)
    done = sent.find(stores, viewer.secret, again)
    if done is not None:
        return done
    _fetch_offered(stores, offer_id)
    offer = get_offer(stores, vault, viewer=viewer, offer_id=offer_id)
    if offer.state in GIVEN:
        raise Conflict
    offers.put(stores, vault, replace(offer, state="answering", claimed_until=until))
    add_answer(
        stores,
        vault,
        trade,
        viewer=viewer,
        thread_id=offer.thread_id,
        text=text,
        handle=offer.inbox,
        window=window,
        today=today,
        offer_id=offer.id,
        asked=True,
        token=token,
        at_once=at_once,
        contact=contact,
        photos=photos,
        sign=sign,
        word=word,
    )
    sent.note(stores, viewer.secret, again, offer.thread_id)
    return offer.thread_id


def _fetch_offered(stores: Stores, offer_id: str) -> None:
    """An offer with its thread, the thread's other offers and its posts, in one statement."""
    asked = select(Offer.thread_id).where(Offer.id == offer_id).scalar_subquery()
    query = (
        select(Offer, Thread, Post)
        .join(Thread, Thread.id == Offer.thread_id)
        .outerjoin(Post, Post.thread_id == Offer.thread_id)
        .where(Offer.thread_id == asked)
        .order_by(Post.place)
    )
    rows = stores.content.execute(query).all()
    if not rows:
        return
    thread = rows[0][1]
    found = {row[0].id: row[0] for row in rows}
    posts = {row[2].id: row[2] for row in rows if row[2] is not None}
    keep(stores.content, Offer, found)
    keep(stores.content, Thread, {thread.id: thread})
    offers.remember(stores, thread.id, found.values())
    recall(stores.content, (Post, "of", thread.id), lambda: tuple(posts.values()))


def answered_thread(stores: Stores, *, viewer: Viewer, token: str) -> str:
    """The thread an answer of this token went to. Raises NotThere."""
    thread_id = sent.find(stores, viewer.secret, _again(token))
    if thread_id is None:
        raise NotThere
    return thread_id


def _again(token: str) -> str:
    return f"thread of {token}" if token else ""


def stale_handles(stores: Stores, vault: Vault, *, viewer: Viewer, measures: Measures) -> list[str]:
    """The viewer's profiles that still name a circle from before a split, or were asked for some time without a word."""
    profiles = (
        (handle, experts.find_profile(stores, vault, handle)) for handle in experts.own_handles(stores, viewer).values()
    )
    return [handle for handle, profile in profiles if profile is not None and _is_stale(profile, viewer, measures)]


def rests(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, measures: Measures) -> bool:
    """Whether in one of the viewer's groups nothing comes until they look in. Of one of several inboxes in a group it is
    not told: which of them was asked once more tells the subject of a question that hides it."""
    found: dict[str, list[bool]] = {}
    for handle in experts.own_handles(stores, viewer).values():
        profile = experts.find_profile(stores, vault, handle)
        if profile is not None and profile.capacity and profile.subject in trade.group_of:
            found.setdefault(trade.group_of[profile.subject].key, []).append(profile.rests(measures))
    return any(all(group) for group in found.values())


def _is_stale(profile: Profile, viewer: Viewer, measures: Measures) -> bool:
    # not at the first: looking seldom writes anything, and whoever looks in now and then never rests
    return profile.circle != viewer.circle or profile.unseen >= measures.rest_after - 1


def move_circle(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, handles: list[str]) -> None:
    """Write into these profiles that somebody looked in, and the viewer's present circle: at most one a circle is
    asked. That an inbox rests is told no longer."""
    for handle in handles:
        profile = experts.find_profile(stores, vault, handle)
        if profile is not None:
            moved = replace(profile.seen(), circle=viewer.circle)
            group_key = trade.group_of[profile.subject].key
            experts.put_profile(stores, vault, handle=handle, group_key=group_key, profile=moved)


def is_last(stores: Stores, vault: Vault, offer: Offered) -> bool:
    """Whether nobody else holds the thread of this offer; one handed back is held by nobody, and asks this itself."""
    return all(one.id == offer.id for one in offers.on_thread(stores, vault, offer.thread_id))
