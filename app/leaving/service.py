"""Use cases: find everything that is a member's, put the work down, and do one piece of it."""

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal

from app.accounts.address import own_mailbox
from app.accounts.viewer import Viewer
from app.cohorts import seats
from app.community import ballots, consents
from app.community import erasing as community
from app.community.ballots import OwnBallot, label_of, own_ballots
from app.community.places import own_places
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.escrow import service as escrow
from app.gate import wishes
from app.ideas.service import own_ideas
from app.jobs import queue
from app.jobs.queue import Task
from app.knowledge.rules import ANSWERED
from app.leaving.rules import KIND, SWEEP, Shuffles, Texts, Thing
from app.mail import service as mail
from app.mail.forgetting import forget_mailbox
from app.moderation import erasing as moderation
from app.notices.service import drop_notes
from app.questions import endorsing, judging, marks, tallying
from app.questions import erasing as questions
from app.questions.ending import own_rows, tag_of
from app.questions.lockers import OwnThread, own_parts, own_threads
from app.questions.marks import MarkRow
from app.questions.pennames import claims_of, drop_claim
from app.questions.photos import all_draft_photos, remove_photos
from app.queues import erasing as queues
from app.queues import learning
from app.reading import service as reading
from app.recognition import erasing as recognition
from app.sealing import Vault
from app.survey import service as survey
from app.vectors import naming
from app.webinars import erasing as sessions


def things_of(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, texts: Texts) -> list[Thing]:
    """Everything in the content file that this member's secret leads to. Writes nothing."""
    own, places = own_threads(stores, viewer.secret), own_places(stores, viewer.secret)
    return [
        *(_part(viewer, one, texts) for one in own),
        *(_part(viewer, one, texts, do="place") for one in places),
        *(_ballot(viewer, one, texts) for one in own_ballots(stores, viewer.secret)),
        *_handles(stores, vault, trade, viewer),
        *_lockers(stores, viewer, own),
        *_pens(stores, viewer, texts),
        *(Thing("endorsement", {"label": one}) for one in endorsing.own_ballots(stores, vault, viewer.secret)),
        *(_mark(one) for one in marks.all_own(stores, vault, viewer.secret)),
        *(Thing("recognition", {**one, "texts": texts}) for one in recognition.things_of(stores, viewer.secret)),
        *(Thing("reading", {"label": one.label}) for one in reading.own_rows(stores, viewer)),
        *(
            Thing("survey", {"label": one.label})
            for one in survey.open_all(stores, vault, survey.labels(viewer.secret))
        ),
    ]


def end_mail(stores: Stores, vault: Vault, post_office: bytes, *, viewer: Viewer, windows: tuple[int, ...]) -> None:
    """Let the post office end every contact of the member's address: those too that an earlier secret of theirs made."""
    try:
        mailbox = own_mailbox(stores, vault, viewer=viewer)
    except NotThere:  # gone already: the same button pressed twice
        return
    for window in windows:
        last = window == windows[-1]
        forget_mailbox(stores, vault, post_office, mailbox=mailbox, due=window, last=last)


def drop_waiting(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> None:
    """What is not out yet never comes out, and no notice goes to them: at once, before a window or the post office
    could do it behind the work's back. Writes content."""
    own = own_parts(stores, viewer.secret)
    for row in (row for one in own for row in own_rows(stores, one)):
        questions.drop_pending(stores, vault, row)
    remove_photos(stores, all_draft_photos(stores, viewer.secret))
    labels = {tag_of(viewer, one) for one in own} | set(queues.possible_handles(trade, viewer.secret))
    labels |= {label_of(viewer.secret, one.purpose, one.object) for one in own_ballots(stores, viewer.secret)}
    mail.drop_notices(stores, vault, labels)


def take_tallies_back(stores: Stores, vault: Vault, *, viewer: Viewer, window: int) -> None:
    """Whatever becomes of their words, nobody who leaves is counted in a report that is still to come. Writes content."""
    found = [one.thread_id for one in marks.all_own(stores, vault, viewer.secret) if one.kind == marks.ANSWERED]
    found += [one for one, _day in own_ideas(stores, viewer)]
    found += [one.object for one in own_ballots(stores, viewer.secret) if one.purpose == ANSWERED]
    tallying.take_all_back(stores, vault, viewer=viewer, found=found, window=window)


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


def _ballot(viewer: Viewer, one: OwnBallot, texts: Texts) -> Thing:
    return Thing("ballot", {"label": label_of(viewer.secret, one.purpose, one.object), "texts": texts})


def _part(viewer: Viewer, own: OwnThread, texts: Texts, *, do: Literal["part", "place"] = "part") -> Thing:
    return Thing(do, {"thread": own.thread, "tag": tag_of(viewer, own), "key": own.key_id, "texts": texts})


def _handles(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer) -> list[Thing]:
    possible = queues.possible_handles(trade, viewer.secret)
    named = naming.threads_naming(stores, vault, possible)
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


def _take_recognition(stores: Stores, vault: Vault, payload: dict[str, Any], _window: int) -> None:
    recognition.take_out(stores, vault, thing=payload, keep=payload["texts"] == "keep")


def _take_survey(stores: Stores, _vault: Vault, payload: dict[str, Any], _window: int) -> None:
    survey.drop(stores, label=payload["label"])


def _mark(one: MarkRow) -> Thing:
    return Thing("mark", {"label": one.label, "thread": one.thread_id})


def _take_mark(stores: Stores, vault: Vault, payload: dict[str, Any], window: int) -> None:
    """It counts no more, from now on: matching is not to remember what a member who is gone has said."""
    marks.drop(stores, label=payload["label"])
    judging.weigh_later(stores, vault, payload["thread"], window)


def _take_what_hangs(stores: Stores, vault: Vault, payload: dict[str, Any], window: int) -> None:
    """All that stands under the tag of a part beside its words."""
    thread_id, tag = payload["thread"], payload["tag"]
    escrow.erase(stores, thread_id=thread_id, tag=tag)
    drop_notes(stores, vault, [tag])
    wishes.forget(stores, vault, [tag])
    moderation.forget_part(stores, vault, thread_id=thread_id, tag=tag)
    consents.withdraw(stores, vault, label=tag, window=window, keep=payload["texts"] == "keep")


def _take_place(stores: Stores, vault: Vault, payload: dict[str, Any], window: int) -> None:
    _take_what_hangs(stores, vault, payload, window)
    if payload["texts"] == "withdraw":
        community.withdraw_part(stores, vault, tag=payload["tag"], key_id=payload["key"], window=window)
    else:
        community.keep_part(stores, tag=payload["tag"], key_id=payload["key"])


def _take_ballot(stores: Stores, vault: Vault, payload: dict[str, Any], window: int) -> None:
    consents.withdraw(stores, vault, label=payload["label"], window=window, keep=payload["texts"] == "keep")
    seats.take_out(stores, vault, label=payload["label"], window=window)
    sessions.take_out(stores, label=payload["label"])
    ballots.drop(stores, vault, label=payload["label"])


def _take_part(stores: Stores, vault: Vault, payload: dict[str, Any], window: int) -> None:
    thread_id, tag = payload["thread"], payload["tag"]
    _take_what_hangs(stores, vault, payload, window)
    learning.forget_lesson(stores, vault, thread_id=thread_id)
    if payload["texts"] == "withdraw":
        questions.withdraw_part(stores, vault, thread_id=thread_id, tag=tag, key_id=payload["key"])
    else:
        questions.keep_part(stores, thread_id=thread_id, tag=tag, key_id=payload["key"])


def _take_handle(stores: Stores, vault: Vault, payload: dict[str, Any], window: int) -> None:
    queues.erase_handle(stores, vault, handle=payload["handle"], window=window)
    reading.erase_handle(stores, vault, handle=payload["handle"], window=window)


def _take_evidence(stores: Stores, vault: Vault, payload: dict[str, Any], _window: int) -> None:
    learning.forget_lesson(stores, vault, thread_id=payload["thread"])
    naming.forget_handle(stores, vault, thread_id=payload["thread"], handle=payload["handle"])


def _take_locker(stores: Stores, _vault: Vault, payload: dict[str, Any], _window: int) -> None:
    questions.drop_locker(stores, label=payload["label"])


_TAKERS: Final[dict[str, Callable[[Stores, Vault, dict[str, Any], int], None]]] = {
    "part": _take_part,
    "place": _take_place,
    "ballot": _take_ballot,
    "handle": _take_handle,
    "evidence": _take_evidence,
    "locker": _take_locker,
    "pen": _take_pen,
    "endorsement": _take_endorsement,
    "mark": _take_mark,
    "reading": _take_reading,
    "recognition": _take_recognition,
    "survey": _take_survey,
}
