"""Use cases: find everything that is a member's, put the work down, and do one piece of it."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from app.accounts.address import own_address
from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.escrow import service as escrow
from app.jobs import queue
from app.jobs.queue import Task
from app.leaving.rules import KIND, SWEEP, Shuffles, Texts, Thing
from app.mail import service as mail
from app.mail.forgetting import forget_address
from app.moderation import erasing as moderation
from app.notices.service import drop_notes
from app.questions import endorsing, judging, marks
from app.questions import erasing as questions
from app.questions.ending import own_rows, tag_of
from app.questions.lockers import OwnThread, own_threads
from app.questions.marks import MarkRow
from app.questions.pennames import claims_of, drop_claim
from app.questions.photos import all_draft_photos, remove_photos
from app.queues import erasing as queues
from app.queues import learning
from app.reading import service as reading
from app.sealing import Vault
from app.vectors import store as vectors


def things_of(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, texts: Texts) -> list[Thing]:
    """Everything in the content file that this member's secret leads to. Writes nothing."""
    own = own_threads(stores, viewer.secret)
    return [
        *(_part(viewer, one, texts) for one in own),
        *_handles(stores, vault, trade, viewer),
        *_lockers(stores, viewer, own),
        *_pens(stores, viewer, texts),
        *(Thing("endorsement", {"label": one}) for one in endorsing.own_ballots(stores, vault, viewer.secret)),
        *(_mark(one) for one in marks.all_own(stores, vault, viewer.secret)),
        *(Thing("reading", {"label": one.label}) for one in reading.own_rows(stores, viewer)),
    ]


def end_mail(stores: Stores, vault: Vault, post_office: bytes, *, viewer: Viewer, windows: tuple[int, ...]) -> None:
    """Let the post office end every contact of the member's address: those too that an earlier secret of theirs made."""
    try:
        address = own_address(stores, vault, viewer=viewer)
    except NotThere:  # gone already: the same button pressed twice
        return
    for window in windows:
        forget_address(stores, vault, post_office, address=address, due=window)


def drop_waiting(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> None:
    """What is not out yet never comes out, and no notice goes to them: at once, before a window or the post office
    could do it behind the work's back. Writes content."""
    own = own_threads(stores, viewer.secret)
    for row in (row for one in own for row in own_rows(stores, one)):
        questions.drop_pending(stores, vault, row)
    remove_photos(stores, all_draft_photos(stores, viewer.secret))
    labels = {tag_of(viewer, one) for one in own} | set(queues.possible_handles(trade, viewer.secret))
    mail.drop_notices(stores, vault, labels)


def put_down(stores: Stores, vault: Vault, things: Sequence[Thing], *, window: int, rng: Shuffles) -> list[Task]:
    """Leave a job for each thing, in random order, and one that lays the files down anew; writes content."""
    shuffled = list(things)
    rng.shuffle(shuffled)
    payloads = [thing.payload() for thing in shuffled]
    tasks = [Task(queue.put(stores, vault, KIND, one, due=window), KIND, one, 0) for one in payloads]
    queue.put(stores, vault, SWEEP, {}, due=window)
    return tasks


def take_out(stores: Stores, vault: Vault, *, payload: dict[str, Any], window: int) -> None:
    """Do one piece; again does no harm. Writes content and keys."""
    _TAKERS[payload["do"]](stores, vault, payload, window)


def _part(viewer: Viewer, own: OwnThread, texts: Texts) -> Thing:
    return Thing("part", {"thread": own.thread, "tag": tag_of(viewer, own), "key": own.key_id, "texts": texts})


def _handles(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer) -> list[Thing]:
    possible = queues.possible_handles(trade, viewer.secret)
    named = vectors.threads_naming(stores, vault, possible)
    return [
        *(Thing("handle", {"handle": handle}) for handle in queues.handles_there(stores, possible)),
        *(Thing("evidence", {"thread": thread, "handle": handle}) for thread, handle in named),
    ]


def _lockers(stores: Stores, viewer: Viewer, own: Sequence[OwnThread]) -> list[Thing]:
    labels = questions.locker_labels(viewer.secret, [one.thread for one in own])
    return [Thing("locker", {"label": label}) for label in questions.lockers_there(stores, labels)]


def _pens(stores: Stores, viewer: Viewer, texts: Texts) -> list[Thing]:
    """A name goes where nothing stands under it any more; where words stay, nobody else may take it."""
    return [Thing("pen", {"label": one}) for one in claims_of(stores, viewer.secret) if texts == "withdraw"]


def _take_pen(stores: Stores, _vault: Vault, payload: dict[str, Any], _window: int) -> None:
    drop_claim(stores, label=payload["label"])


def _take_endorsement(stores: Stores, _vault: Vault, payload: dict[str, Any], _window: int) -> None:
    endorsing.drop(stores, label=payload["label"])


def _take_reading(stores: Stores, vault: Vault, payload: dict[str, Any], _window: int) -> None:
    row = reading.find_row(stores, payload["label"])
    if row is not None:
        reading.end(stores, vault, row)


def _mark(one: MarkRow) -> Thing:
    return Thing("mark", {"label": one.label, "thread": one.thread_id})


def _take_mark(stores: Stores, vault: Vault, payload: dict[str, Any], window: int) -> None:
    """It counts no more, from now on: matching is not to remember what a member who is gone has said."""
    marks.drop(stores, label=payload["label"])
    judging.weigh_later(stores, vault, payload["thread"], window)


def _take_part(stores: Stores, vault: Vault, payload: dict[str, Any], _window: int) -> None:
    thread_id, tag = payload["thread"], payload["tag"]
    escrow.erase(stores, thread_id=thread_id, tag=tag)
    drop_notes(stores, vault, [tag])
    learning.forget_lesson(stores, vault, thread_id=thread_id)
    moderation.forget_part(stores, vault, thread_id=thread_id, tag=tag)
    if payload["texts"] == "withdraw":
        questions.withdraw_part(stores, vault, thread_id=thread_id, tag=tag, key_id=payload["key"])
    else:
        questions.keep_part(stores, thread_id=thread_id, tag=tag, key_id=payload["key"])


def _take_handle(stores: Stores, vault: Vault, payload: dict[str, Any], window: int) -> None:
    queues.erase_handle(stores, vault, handle=payload["handle"], window=window)
    reading.erase_handle(stores, vault, handle=payload["handle"], window=window)


def _take_evidence(stores: Stores, vault: Vault, payload: dict[str, Any], _window: int) -> None:
    learning.forget_lesson(stores, vault, thread_id=payload["thread"])
    vectors.forget_handle(stores, vault, thread_id=payload["thread"], handle=payload["handle"])


def _take_locker(stores: Stores, _vault: Vault, payload: dict[str, Any], _window: int) -> None:
    questions.drop_locker(stores, label=payload["label"])


_TAKERS: Final[dict[str, Callable[[Stores, Vault, dict[str, Any], int], None]]] = {
    "part": _take_part,
    "handle": _take_handle,
    "evidence": _take_evidence,
    "locker": _take_locker,
    "pen": _take_pen,
    "endorsement": _take_endorsement,
    "mark": _take_mark,
    "reading": _take_reading,
}
