"""What an expert puts right in what the router knows of them. Each in their own session, under their own handles."""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import replace

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Group, Trade
from app.errors import NotThere
from app.questions.models import Thread
from app.questions.reads import thread_card
from app.queues import experts
from app.queues.grounds import DECLARED
from app.queues.rules import Now, Profile
from app.queues.saying import say_aside, say_undeclared
from app.queues.service import get_offer
from app.queues.whys import case_of, whys_of
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
    offer = get_offer(stores, vault, viewer=viewer, offer_id=offer_id)
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
    offer = get_offer(stores, vault, viewer=viewer, offer_id=offer_id)
    asked = experts.find_profile(stores, vault, offer.inbox)
    group = None if asked is None else trade.group_of.get(asked.subject)
    if group is None:
        raise NotThere
    for handle, profile in own_profiles(stores, vault, trade, viewer=viewer).items():
        if trade.group_of.get(profile.subject) is group and profile.capacity:
            _put(stores, vault, trade, handle, replace(profile, capacity=0))
    return group


def not_me(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str) -> None:
    """Let what the viewer answered in a thread say nothing of them any more. Raises NotThere."""
    known = store.find_evidence(stores, vault, thread_id)
    _move(stores, vault, trade, viewer, thread_id, known.answers, store.set_aside)


def me_again(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str) -> None:
    """Let it count again. Raises NotThere."""
    known = store.find_evidence(stores, vault, thread_id)
    _move(stores, vault, trade, viewer, thread_id, known.aside, store.take_up)


def vouch(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, use: bool) -> None:
    """Let the endorsement of the viewer's answer in a thread count, or say nothing. Raises NotThere."""
    known = store.find_evidence(stores, vault, thread_id)
    endorsed = [one for one in known.answers if one.endorsed]

    def mark(stores: Stores, vault: Vault, *, thread_id: str, handle: str) -> None:
        store.mark_unvouched(stores, vault, thread_id=thread_id, handle=handle, unvouched=not use)

    _move(stores, vault, trade, viewer, thread_id, endorsed, mark)


def not_me_of(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, offer_id: str, reason: str, now: Now
) -> tuple[str, str]:
    """Say of one reason an offer came for that it is not about what the viewer knows; what was done, in words, and one
    of the threads it was done for, if any.

    A declared topic is taken off the list, in all of the group's subjects where the question's is hidden; otherwise the
    answers that the reason rests on are set aside, and nothing is kept of which they were together. Raises NotThere where
    no such reason is told.
    """
    offer = get_offer(stores, vault, viewer=viewer, offer_id=offer_id)
    card = thread_card(stores, vault, trade, viewer=viewer, thread_id=offer.thread_id, asked=True)
    said = whys_of(stores, vault, trade, viewer=viewer, card=card, offer=offer, now=now)
    why = next((one for one in said if reason and one.key == reason), None)
    if why is None:
        raise NotThere
    if reason != DECLARED:
        return say_aside(each(not_me, stores, vault, trade, viewer=viewer, threads=why.rests)), why.rests[0]
    case = case_of(stores, vault, trade, viewer=viewer, card=card, offer=offer)
    about = {one.subject for one in case.asked}
    for handle, profile in own_profiles(stores, vault, trade, viewer=viewer).items():
        if profile.subject in about:
            kept = tuple(one for one in profile.topics if one != case.topic)
            _put(stores, vault, trade, handle, replace(profile, topics=kept))
    return say_undeclared(str(trade.topic_by_key[case.topic].name)), ""


def each(
    change: Callable[..., None], stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, threads: Collection[str]
) -> int:
    """Do one of these for several threads; for how many it was done. Raises NotThere where for none."""
    done = 0
    for thread_id in dict.fromkeys(threads):
        with suppress(NotThere):
            change(stores, vault, trade, viewer=viewer, thread_id=thread_id)
            done += 1
    if not done:
        raise NotThere
    return done


def _move(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, thread_id: str, answers: Sequence[store.Answered],
    move: Callable[..., None],
) -> None:  # fmt: skip
    own = set(experts.answering_handles(stores, trade, viewer).values())
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
    """The viewer's profiles by handle, in subjects that the trade still has; also in those they have given up, so that
    nothing they look at tells which inbox a question came to."""
    found = experts.opened(stores, vault, list(experts.answering_handles(stores, trade, viewer).values()))
    return {handle: profile for handle, profile in found.items() if profile.subject in trade.subjects}


def _put(stores: Stores, vault: Vault, trade: Trade, handle: str, profile: Profile) -> None:
    group_key = trade.group_of[profile.subject].key
    experts.put_profile(stores, vault, handle=handle, group_key=group_key, profile=profile)
