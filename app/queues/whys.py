"""Why a question came, in words for the one it came to, and which of these reasons they can say "not me" of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores, fetch
from app.domains.trade import Trade
from app.errors import NotThere
from app.questions.cards import ThreadCard
from app.questions.models import Thread
from app.questions.reads import thread_card
from app.queues import experts, saying
from app.queues.grounds import ALIKE, DECLARED, NEAREST, Case, Ground, grounds
from app.queues.models import Expert
from app.queues.offers import Offered
from app.queues.rules import Now
from app.queues.shown import names_subject, nearest, shown_by
from app.sealing import Vault

REFUSABLE = frozenset({"topic", "endorsed", DECLARED})
MOST = 3  # reasons on a card


@dataclass(frozen=True, slots=True)
class Why:
    """One reason. `key` names it where its reader can say that it is not about them, and is empty elsewhere; `rests` are
    the threads whose answers it rests on."""

    words: str
    key: str = ""
    rests: tuple[str, ...] = ()
    is_note: bool = False  # says what is not told


def shortly(whys: tuple[Why, ...]) -> list[str]:
    """What a card says of them, and a note where there is nothing else."""
    said = [one.words for one in whys if not one.is_note]
    return said[:MOST] or [one.words for one in whys if one.is_note]


def case_of(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, card: ThreadCard, offer: Offered) -> Case:
    """An offer with what the viewer knows of themselves. Raises NotThere where its inbox is of no subject there is."""
    thread = stores.content.get_one(Thread, offer.thread_id)
    inboxes = {handle: subject for subject, handle in experts.answering_handles(stores, trade, viewer).items()}
    inbox = inboxes.get(offer.inbox, "")
    group = trade.group_of.get(inbox)
    if group is None:
        raise NotThere
    fetch(stores.content, Expert, list(inboxes))
    found = (experts.find_profile(stores, vault, handle) for handle in inboxes)
    return Case(
        group=group,
        subject=inbox if names_subject(trade, thread.group_key, shown=card.names_subject) else "",
        topic=thread.topic if thread.topic in trade.topic_by_key else "",
        inbox=inbox,
        window=offer.offered_window,
        own=shown_by(stores, vault, trade, viewer),
        profiles=[one for one in found if one is not None and trade.group_of.get(one.subject) is group],
        told=offer.told,
    )


def whys_of(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, card: ThreadCard, offer: Offered, now: Now
) -> tuple[Why, ...]:
    """The reasons that may be said of an offer of the viewer's."""
    try:
        case = case_of(stores, vault, trade, viewer=viewer, card=card, offer=offer)
    except NotThere:
        return ()
    is_read = card.title is not None and not card.hidden  # a likeness would tell of a text that is not there
    if is_read and not case.is_open:
        case = replace(case, near=nearest(stores, vault, offer.thread_id, case.counted))
    found = [one for one in grounds(case) if is_read or one.kind != ALIKE]
    said = [_said(stores, vault, trade, viewer, case, one, now) for one in found]
    told = [one for one in said if one.words]
    return (*told, *_notes(trade, case, told))


def _said(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, case: Case, ground: Ground, now: Now
) -> Why:  # fmt: skip
    if ground.kind in (ALIKE, NEAREST):
        titles = _titles(stores, vault, trade, viewer, ground)
        near = saying.say_nearest(str(case.group.name), "".join(titles))
        words = near if ground.kind == NEAREST else saying.say_alike(titles)
        return Why(words, ALIKE, tuple(one.thread for one in ground.rests))
    key = ground.kind if ground.kind in REFUSABLE else ""
    return Why(words_of(trade, case, ground, now), key, tuple(one.thread for one in ground.rests))


def words_of(trade: Trade, case: Case, ground: Ground, now: Now) -> str:
    """What a ground says; nothing of a likeness, which names titles."""
    place = str(trade.subjects[case.inbox].name if case.is_open else case.group.name)
    topic = str(trade.topic_by_key[case.topic].name) if case.topic else ""
    number = len(ground.rests)
    last = today(max((one.latest(case.window) for one in ground.rests), default=0) * now.window_days * 86400)
    match ground.kind:
        case "topic":
            return saying.say_topic(place, topic, number, last)
        case "active":
            return saying.say_active(place, number, last)
        case "helped":
            return saying.say_helped(place, number)
        case "endorsed":
            return saying.say_endorsed(topic)
        case "declared":
            return saying.say_declared(topic)
        case "exploring":
            return saying.say_exploring()
    near = trade.subjects.get(ground.about)
    return "" if near is None else saying.say_neighbour(str(near.name))


def _notes(trade: Trade, case: Case, told: list[Why]) -> Iterator[Why]:
    """What is not told, and why."""
    subject = str(trade.words["subject"])
    if not case.is_open and case.subject:
        words = saying.say_over_group(subject, str(case.group.name)) if any(one.rests for one in told) else ""
    elif not case.is_open:
        words = saying.say_alike_for_all(subject) if told else saying.say_hidden(subject)
    elif not told:
        has_any = case.told["reasons"] or case.told["exploring"]
        words = saying.say_over() if has_any else saying.say_field_alone()
    else:
        words = ""
    if words:
        yield Why(words, is_note=True)


def _titles(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, ground: Ground) -> list[str]:
    found = []
    for one in ground.rests:
        try:
            card = thread_card(stores, vault, trade, viewer=viewer, thread_id=one.thread)
        except NotThere:
            continue
        if card.has_answered and card.title:
            found.append(card.title)
    return found
