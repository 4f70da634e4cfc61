"""What an expert puts right in what the router knows of them. Each in their own session, under their own handles."""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Group, Trade
from app.errors import NotThere
from app.questions.lockers import PEER, own_threads
from app.questions.models import Thread
from app.questions.reads import thread_card
from app.queues import experts
from app.queues.rules import Profile
from app.queues.service import get_offer
from app.queues.whys import ALIKE, DECLARED, key_of, open_told, put_told, whys_of
from app.sealing import Vault
from app.vectors import store


def mute(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, subject: str, topics: tuple[str, ...]) -> None:
    """Take no questions on these topics in one subject, and on all others again. Raises NotThere without a profile."""
    handle = experts.own_handles(stores, viewer).get(subject)
    profile = None if handle is None else experts.find_profile(stores, vault, handle)
    if handle is None or profile is None:
        raise NotThere
    _put(stores, vault, trade, handle, replace(profile, muted=topics))


def mute_topic_of(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, offer_id: str) -> str:
    """Take no more questions on an offer's topic; the topic. Raises NotThere.

    In every subject of the viewer's that has this group: which of them the question is about may be hidden.
    """
    offer = get_offer(stores, viewer=viewer, offer_id=offer_id)
    topic = stores.content.get_one(Thread, offer.thread_id).topic
    asked = experts.find_profile(stores, vault, offer.inbox)
    group = None if asked is None else trade.group_of.get(asked.subject)
    if group is None or topic not in trade.topic_by_key:
        raise NotThere
    for handle, profile in own_profiles(stores, vault, trade, viewer=viewer).items():
        if trade.group_of.get(profile.subject) is group and topic not in profile.muted:
            kept = tuple(one for one in profile.topics if one != topic)
            _put(stores, vault, trade, handle, replace(profile, topics=kept, muted=(*profile.muted, topic)))
    return topic


def mute_group_of(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, offer_id: str) -> Group:
    """Take no more questions in any of the viewer's subjects of an offer's group; the group. Raises NotThere.

    The whole group: which of its subjects the question is about may be hidden.
    """
    offer = get_offer(stores, viewer=viewer, offer_id=offer_id)
    asked = experts.find_profile(stores, vault, offer.inbox)
    group = None if asked is None else trade.group_of.get(asked.subject)
    if group is None:
        raise NotThere
    for handle, profile in own_profiles(stores, vault, trade, viewer=viewer).items():
        if trade.group_of.get(profile.subject) is group and profile.capacity:
            _put(stores, vault, trade, handle, replace(profile, capacity=0))
    return group


def not_me(stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str) -> None:
    """Let what the viewer answered in a thread say nothing of them any more. Raises NotThere."""
    known = store.find_evidence(stores, vault, thread_id)
    _move(stores, vault, viewer, thread_id, known, known.answers, store.set_aside)


def me_again(stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str) -> None:
    """Let it count again. Raises NotThere."""
    known = store.find_evidence(stores, vault, thread_id)
    _move(stores, vault, viewer, thread_id, known, known.aside, store.take_up)


def not_me_of(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, offer_id: str, reason: str) -> str:
    """Say of one reason an offer came for that it is not about what the viewer knows; the topic. Raises NotThere.

    A declared topic is taken off the list; answers are set aside, those the reason names, or of the whole group's where
    it names a topic: which of the group's subjects they are about may be hidden.
    """
    offer = get_offer(stores, viewer=viewer, offer_id=offer_id)
    thread, told = stores.content.get_one(Thread, offer.thread_id), open_told(vault, offer)
    card = thread_card(stores, vault, trade, viewer=viewer, thread_id=thread.id, asked=True)
    said = whys_of(stores, vault, trade, viewer=viewer, card=card, offer=offer)
    if not reason or not any(one.key == reason and not one.is_out for one in said):
        raise NotThere
    given = [one for one in told["reasons"] if key_of(one["signal"]) == reason]
    if reason == DECLARED:
        profile = experts.find_profile(stores, vault, offer.inbox)
        if profile is not None:
            kept = tuple(one for one in profile.topics if one != thread.topic)
            _put(stores, vault, trade, offer.inbox, replace(profile, topics=kept))
    else:
        named = {one for about in given for one in about["threads"]} if reason == ALIKE else None
        _set_aside(stores, vault, viewer, _answered_on(stores, viewer, thread) if named is None else named)
    put_told(vault, offer, {**told, "not_me": [*told.get("not_me", ()), reason]})
    return thread.topic


def _answered_on(stores: Stores, viewer: Viewer, like: Thread) -> set[str]:
    """The threads of a topic and group that the viewer answered."""
    own = [one.thread for one in own_threads(stores, viewer.secret) if one.part == PEER]
    wanted = select(Thread.id).where(Thread.topic == like.topic, Thread.group_key == like.group_key)
    return set(stores.content.scalars(wanted.where(Thread.id.in_(own))))


def _set_aside(stores: Stores, vault: Vault, viewer: Viewer, threads: Collection[str]) -> None:
    for thread_id in sorted(threads):
        with suppress(NotThere):  # set aside before, or told of nobody
            not_me(stores, vault, viewer=viewer, thread_id=thread_id)


def _move(
    stores: Stores, vault: Vault, viewer: Viewer, thread_id: str, known: store.Evidence, answers: Sequence[store.Answered],
    move: Callable[..., None],
) -> None:  # fmt: skip
    own = set(experts.answering_handles(stores, viewer, [known.subject, *viewer.subjects]).values())
    named = {one.handle for one in answers} & own
    if not named:
        raise NotThere
    for handle in named:
        move(stores, vault, thread_id=thread_id, handle=handle)


def take_pass_back(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str) -> None:
    """Let a pass teach the router nothing any more; the question itself does not come again. Raises NotThere."""
    changed = False
    for handle, profile in own_profiles(stores, vault, trade, viewer=viewer).items():
        left = tuple(one for one in profile.passes if one.thread_id != thread_id)
        if len(left) < len(profile.passes):
            changed = True
            _put(stores, vault, trade, handle, replace(profile, passes=left))
            store.forget_passes(stores, vault, thread_id=thread_id, handle=handle)
    if not changed:
        raise NotThere


def own_profiles(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> dict[str, Profile]:
    """The viewer's profiles by handle, in subjects that the trade still has."""
    handles = [handle for subject, handle in experts.own_handles(stores, viewer).items() if subject in trade.subjects]
    found = {handle: experts.find_profile(stores, vault, handle) for handle in handles}
    return {handle: profile for handle, profile in found.items() if profile is not None}


def _put(stores: Stores, vault: Vault, trade: Trade, handle: str, profile: Profile) -> None:
    group_key = trade.group_of[profile.subject].key
    experts.put_profile(stores, vault, handle=handle, group_key=group_key, profile=profile)
