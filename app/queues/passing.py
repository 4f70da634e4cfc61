"""Handing an offer back. Nothing is done about it before the next window, so that until then it can be taken back."""

from dataclasses import asdict, dataclass, replace
from typing import Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.errors import Conflict, NotThere
from app.jobs import queue
from app.notices.service import tell
from app.questions.access import where_of
from app.questions.course import course_of, put_course
from app.questions.models import Thread
from app.queues import experts, offers
from app.queues.rules import IDENTIFYING, Now
from app.queues.service import get_offer, is_last
from app.sealing import Vault
from app.vectors import store
from app.vectors.store import Passed

KIND: Final = "passed"
MARK: Final = "passed"  # of an offer's sealed part


@dataclass(frozen=True, slots=True)
class _Mark:
    """What stands in an offer that was handed back in this window."""

    reason: str
    window: int
    state: str  # as it was
    until: int | None


def pass_on(stores: Stores, vault: Vault, *, viewer: Viewer, offer_id: str, reason: str, now: Now) -> None:
    """Hand an offer back. The reason teaches the router and is part of no statistic about the person."""
    offer = get_offer(stores, vault, viewer=viewer, offer_id=offer_id)
    if offer.state in ("answering", "passed"):
        raise Conflict
    mark = _Mark(reason, now.window, offer.state, offer.claimed_until)
    told = {**offer.told, MARK: asdict(mark)}
    offers.put(stores, vault, replace(offer, state="passed", claimed_until=None, told=told))
    queue.put(stores, vault, KIND, {"offer": offer.id}, due=now.window + 1)


def take_back(stores: Stores, vault: Vault, *, viewer: Viewer, offer_id: str) -> bool:
    """Put an offer that was handed back where it stood, claim and all; whether that was still possible."""
    try:
        offer = get_offer(stores, vault, viewer=viewer, offer_id=offer_id)
    except NotThere:  # its window came: it has gone on
        return False
    if offer.state == "passed":
        mark = _Mark(**offer.told[MARK])
        told = {name: one for name, one in offer.told.items() if name != MARK}
        offers.put(stores, vault, replace(offer, state=mark.state, claimed_until=mark.until, told=told))
    return True


def settle(stores: Stores, vault: Vault, offer_id: str, *, now: Now) -> None:
    """The window has come: the pass teaches, its hint goes to the asker, and after the last one others are asked."""
    offer = offers.find(stores, vault, offer_id)
    mark = None if offer is None else offer.told.get(MARK)
    if offer is None or mark is None or mark["window"] >= now.window:  # taken back, or handed back once more since
        return
    thread = stores.content.get_one(Thread, offer.thread_id)
    _hint(stores, vault, thread, mark["reason"], now)
    _teach(stores, vault, thread, offer.inbox, _Mark(**mark))
    offers.end(stores, vault, offer)
    if is_last(stores, vault, offer):
        waves = store.find_evidence(stores, vault, thread.id).waves
        queue.put(stores, vault, "route", {"thread": thread.id, "wave": waves}, due=now.window)


def _hint(stores: Stores, vault: Vault, thread: Thread, reason: str, now: Now) -> None:
    """Tell the asker that the words tell too much: once a thread, at a window, never by whom or in what part."""
    course = course_of(vault, thread)
    if reason == IDENTIFYING and not course.hinted:
        put_course(vault, thread, replace(course, hinted=True))
        tell(stores, vault, label=thread.owner_tag, kind="hint_identifying", due=now.window, thread=thread.id)


def _teach(stores: Stores, vault: Vault, thread: Thread, handle: str, mark: _Mark) -> None:
    store.record_pass(stores, vault, where=where_of(vault, thread), passed=Passed(handle, mark.reason, mark.window))
    profile = experts.find_profile(stores, vault, handle)
    if profile is not None:
        changed = profile.passed(thread.id, mark.reason, mark.window)
        experts.put_profile(stores, vault, handle=handle, group_key=thread.group_key, profile=changed)
