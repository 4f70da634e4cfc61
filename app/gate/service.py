"""Use cases of the way in: accept, go a step on, help and learn, receive; come again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.promises import Charter
from app.domains.trade import Trade
from app.mail.contacts import contacts_of
from app.questions.promise import Arrived, accept, arrived, keep_arrived, missing, unaccepted, week_of
from app.queues import experts
from app.queues.service import opt_in
from app.sealing import Vault
from privacy.pseudonyms import MemberSecret


def promise(stores: Stores, secret: MemberSecret, charter: Charter, *, keys: Iterable[str], today: date) -> Arrived:
    """Accept those of the items that are ticked, and note that the newest charter was read once all are. Writes content."""
    ticked = set(keys)
    now = accept(stores, secret, items=[item for item in charter.items if item.key in ticked])
    if not unaccepted(charter, now):
        now = replace(now, told=charter.version, week=week_of(today), steps=_with(now.steps, "promises"))
        keep_arrived(stores, secret, now)
    return now


def note_step(stores: Stores, secret: MemberSecret, step: str) -> None:
    """A step of the first run is done. Writes content."""
    now = arrived(stores, secret)
    keep_arrived(stores, secret, replace(now, steps=_with(now.steps, step)))


def note_told(stores: Stores, secret: MemberSecret, charter: Charter) -> None:
    """The member knows what changed, whether or not they accept it yet. Writes content."""
    keep_arrived(stores, secret, replace(arrived(stores, secret), told=charter.version))


def note_visit(stores: Stores, secret: MemberSecret, *, today: date) -> None:
    """The member was here this week. Writes content."""
    keep_arrived(stores, secret, replace(arrived(stores, secret), week=week_of(today)))


def is_let_in(stores: Stores, secret: MemberSecret, charter: Charter, *, today: date) -> bool:
    """Whether nothing is left that has to be accepted first."""
    return not missing(charter, arrived(stores, secret), today)


def say_what_helps(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, helps: Sequence[str], learns: str, capacity: int
) -> None:
    """Declare up to two things the member can help with, each "subject topic", and keep what they want to learn where
    only they find it. Writes content."""
    topics: defaultdict[str, list[str]] = defaultdict(list)
    for subject, topic in (one.split(" ") for one in helps):
        topics[subject].append(topic)
    for subject, chosen in topics.items():
        _declare(stores, vault, trade, viewer, subject, chosen, capacity)
    now = arrived(stores, viewer.secret)
    keep_arrived(
        stores, viewer.secret, replace(now, learns=learns.split(" ") if learns else [], steps=_with(now.steps, "help"))
    )


def _declare(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, subject: str, chosen: Sequence[str], capacity: int
) -> None:
    handle = experts.own_handles(stores, viewer).get(subject)
    old = experts.find_profile(stores, vault, handle) if handle else None
    topics = tuple(dict.fromkeys([*(old.topics if old else ()), *chosen]))
    capacity = old.capacity if old else capacity
    box = contacts_of(stores, [handle]).get(handle) if handle else None
    opt_in(stores, vault, trade, viewer=viewer, subject=subject, topics=topics, capacity=capacity, box=box)


def receive(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    capacity: int,
    make_box: Callable[[], bytes | None],
) -> None:
    """Take so many questions a week in every subject that the member helps in, or in all of theirs. Writes content.

    Each inbox gets an address box of its own: one that stands twice would join them.
    """
    handles = experts.own_handles(stores, viewer)
    known = {subject: experts.find_profile(stores, vault, handle) for subject, handle in handles.items()}
    there = {subject: one for subject, one in known.items() if one is not None}
    for subject in there or (viewer.subjects if capacity else ()):
        old = there.get(subject)
        topics = old.topics if old else ()
        opt_in(stores, vault, trade, viewer=viewer, subject=subject, topics=topics, capacity=capacity, box=make_box())
    note_step(stores, viewer.secret, "receiving")


def _with(steps: Sequence[str], step: str) -> list[str]:
    return list(dict.fromkeys([*steps, step]))
