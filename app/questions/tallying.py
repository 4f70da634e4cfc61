"""What a member's own acts on questions leave to be counted for the reports: organisations and topics, never texts.

A need is counted in the quarter in which it was asked, whenever its answer helped; everything else when it is said.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.reads import HOUR, find_network
from app.domains.trade import Trade
from app.questions.access import scope_parts, subject_of
from app.questions.lockers import OWNER, find_own, own_threads
from app.questions.models import Post, Thread
from app.questions.rules import COMPANY, Question
from app.sealing import Vault
from app.tallies import service as tallies
from app.vectors.store import find_evidence
from privacy.pseudonyms import tally_act
from privacy.tallies import clean_term
from privacy.times import windows_after

SOON_HOURS: Final = 72
UNFIT: Final = "unfit"  # of a scope's parts: its author said that no topic fits
OUTCOMES: Final[Mapping[str, str]] = {"good": "good", "bad": "bad"}  # what a result is worth -> state


def with_need(
    stores: Stores, trade: Trade, *, viewer: Viewer, question: Question, thread_id: str, today: date
) -> dict[str, Any]:
    """The part of a question's payload that is counted when it is out: its topic, and the free word of its author."""
    named = _named(trade.group_of[question.subject].key, question.topic, fits=question.term is None)
    about = tallies.About(viewer, thread_id, today)
    boxes = tallies.boxes_for(stores, about, kind="need", topic=named, state="none")
    if term := clean_term(question.term or ""):
        boxes += tallies.boxes_for(stores, about, kind="term", topic=term)
    return {"tallies": boxes} if boxes else {}


def with_outcome(
    stores: Stores, vault: Vault, *, viewer: Viewer, thread: Thread, worth: str, today: date
) -> dict[str, Any]:
    """The part of an outcome's payload that is counted when it is out; nothing for one that says neither."""
    if worth not in OUTCOMES:
        return {}
    about = tallies.About(viewer, thread.id, today)
    boxes = tallies.boxes_for(stores, about, kind="outcome", topic=topic_of(vault, thread), state=OUTCOMES[worth])
    return {"tallies": boxes} if boxes else {}


def note_helped(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread: Thread, post: Post, since: int, window: int
) -> None:
    """The asker says that an answer helped: their need was met, soon or later; and where the question was about the
    company's own service and not answered by it, members did what its support would have done. Writes content."""
    own = find_own(stores, viewer.secret, thread.id)
    day = date.fromordinal(own.day if own is not None else thread.published_day)
    about, act = tallies.About(viewer, thread.id, day), _act(viewer, post.id, since)
    state = "soon" if _is_soon(stores, vault, thread, post) else "later"
    boxes = tallies.boxes_for(stores, about, kind="need", topic=topic_of(vault, thread), state=state, act=act)
    if post.author != COMPANY and subject_of(vault, thread) in trade.network.own_service:
        boxes += tallies.boxes_for(stores, about, kind="solved", topic=topic_of(vault, thread), act=act)
    tallies.leave(stores, vault, boxes, due=window + 1)


def note_found(
    stores: Stores, vault: Vault, *, viewer: Viewer, object: str, topic: str, today: date, window: int
) -> None:
    """What others wrote, a question or another text, answered what the viewer was about to ask: a need, met at once.
    Writes content."""
    about, act = tallies.About(viewer, object, today), _act(viewer, "found", window)
    boxes = tallies.boxes_for(stores, about, kind="need", topic=topic, state="soon", act=act)
    tallies.leave(stores, vault, boxes, due=window + 1)


def take_found_back(stores: Stores, vault: Vault, *, viewer: Viewer, object: str, since: int, window: int) -> None:
    """The viewer takes back that it had answered theirs; where they wrote it, it stays counted. Writes content."""
    act = _act(viewer, "found", since)
    boxes = tallies.boxes_against(stores, viewer=viewer, threads=[object], act=act)
    tallies.leave(stores, vault, boxes, due=window + 1)


def note_idea(stores: Stores, vault: Vault, *, viewer: Viewer, thread: Thread, today: date, window: int) -> None:
    """The author of a question nobody could answer leaves it as an idea. Writes content."""
    about = tallies.About(viewer, thread.id, today)
    tallies.leave(
        stores, vault, tallies.boxes_for(stores, about, kind="idea", topic=topic_of(vault, thread)), due=window + 1
    )


def take_helped_back(
    stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str, post_id: str, since: int, window: int
) -> None:
    """The asker takes back that an answer helped. Writes content."""
    act = _act(viewer, post_id, since)
    boxes = tallies.boxes_against(stores, viewer=viewer, threads=[thread_id], act=act)
    tallies.leave(stores, vault, boxes, due=window + 1)


def take_back(stores: Stores, vault: Vault, *, viewer: Viewer, threads: Iterable[str], window: int) -> None:
    """Nothing that the viewer left about these questions counts any more. Writes content."""
    boxes = tallies.boxes_against(stores, viewer=viewer, threads=threads)
    tallies.leave(stores, vault, boxes, due=window + 1)


def take_all_back(stores: Stores, vault: Vault, *, viewer: Viewer, found: Iterable[str], window: int) -> None:
    """Nothing that the viewer ever left counts any more; `found` are the questions of others that had answered theirs.
    Writes content."""
    asked = [one.thread for one in own_threads(stores, viewer.secret) if one.part == OWNER]
    take_back(stores, vault, viewer=viewer, threads={*asked, *found}, window=window)


def topic_of(vault: Vault, thread: Thread) -> str:
    """Where a question is counted: the finest public cell."""
    return _named(thread.group_key, thread.topic, fits=UNFIT not in scope_parts(vault, thread))


def _named(group: str, topic: str, *, fits: bool) -> str:
    """The finest public cell: of a question that no topic fits, its group alone."""
    return f"{group}/{topic if fits else ''}"


def _act(viewer: Viewer, object: str, window: int) -> str:
    """Said again in another window, it is another act: what was taken back before takes nothing from it."""
    return tally_act(viewer.secret, f"{object} {window}")


def _is_soon(stores: Stores, vault: Vault, thread: Thread, post: Post) -> bool:
    """Whether an answer was out within 72 hours, by windows; by days where matching knows nothing of it."""
    known = find_evidence(stores, vault, thread.id)
    window = next((one.window for one in (*known.answers, *known.aside) if one.post == post.id), None)
    if window is None:
        return (post.published_day - thread.published_day) * 24 <= SOON_HOURS
    network = find_network(stores)
    return window - thread.published_window <= windows_after(SOON_HOURS, network.window_seconds if network else HOUR)
