"""The desk as a coordinator sees it: cards that hold roles and no person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.accounts.viewer import Viewer
from app.clock import today as day_of
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.moderation import held as holds
from app.moderation.cases import Decision, Opened, cases_of, open_cases, voices_on
from app.moderation.held import Held
from app.moderation.judging import gate, may_judge
from app.moderation.rules import OF_HELD, REASONS, Voice
from app.moderation.service import get_case, offered
from app.questions.access import Access
from app.questions.cards import PostCard, QuestionBody, shown_labels
from app.questions.lockers import OWNER, OwnThread
from app.questions.marks import marks_of
from app.questions.models import Photo
from app.questions.photos import open_photo
from app.questions.reads import body_of, office_card, pending_question, post_text, thread_text
from app.sealing import Vault

SHOWN: Final = 40  # lines on the desk, the oldest first
EXCERPT: Final = 90


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits on the desk."""

    id: str
    kind: str  # flag | appeal | held
    part: str  # question | answer | followup, and what else a thread holds
    author: int
    domain: tuple[str, ...]
    excerpt: str
    since: date
    reasons: tuple[str, ...]  # keys of rules.REASONS, or of holding.WHY


@dataclass(frozen=True, slots=True)
class Past:
    """A decision, by role."""

    author: int
    do: str
    reason: str
    day: date
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class DeskCard:
    """A line, opened: the text as an expert sees it, what was said of it, and what became of others in this thread."""

    line: Line
    body: QuestionBody | None  # the question it is, or stands under; None where that was taken back
    post: PostCard | None  # None: it is the question itself
    offered: tuple[str, ...]
    flags: tuple[tuple[str, str], ...] = ()  # reason, comment
    past: tuple[Past, ...] = ()
    appeal: str = ""


def desk(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, window_seconds: int) -> list[Line]:
    """What waits for this coordinator, the oldest first."""
    found: list[tuple[int, Line]] = []
    for case in open_cases(stores, vault):
        voices = voices_on(marks_of(stores, vault, case.thread), case.object)
        access = _judged(stores, vault, trade, viewer, case, voices)
        if access is not None:
            found.append((case.since, _line(stores, vault, trade, case, access, voices, window_seconds)))
    for one in holds.on_desk(stores, vault, trade, viewer=viewer):
        found.append((one.hold["since"], _held_line(stores, vault, trade, one, viewer, window_seconds)))
    return [line for _, line in sorted(found, key=lambda one: (one[0], one[1].id))[:SHOWN]]


def desk_card(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, case_id: str, window_seconds: int
) -> DeskCard:
    """A case, opened. Raises NotThere, Conflict."""
    case = get_case(stores, vault, trade, viewer=viewer, case_id=case_id)
    access = gate(stores, vault, trade, viewer=viewer, thread_id=case.thread)
    card = office_card(stores, vault, trade, access, viewer=viewer)
    posts = [replace(one, pen="") for one in card.posts]
    voices = voices_on(marks_of(stores, vault, case.thread), case.object)
    return DeskCard(
        line=_line(stores, vault, trade, case, access, voices, window_seconds),
        body=card.body if card.title else None,
        post=next((one for one in posts if one.id == case.object), None),
        offered=offered(case),
        flags=tuple((one.reason, one.comment) for one in voices if case.appeal or one.label not in case.seen),
        past=_history(stores, vault, case.thread),
        appeal=case.appeal,
    )


def held_card(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, held_id: str, window_seconds: int
) -> DeskCard:
    """A held post, opened. Raises NotThere."""
    held = holds.get_held(stores, vault, trade, viewer=viewer, held_id=held_id)
    line = _held_line(stores, vault, trade, held, viewer, window_seconds)
    refusals = tuple(past_of(line.author, one) for one in held.decisions)
    if held.is_question:
        return DeskCard(
            line, _waiting_body(stores, vault, trade, held), None, OF_HELD, (), refusals, held.hold["appeal"]
        )
    access = gate(stores, vault, trade, viewer=viewer, thread_id=held.thread)
    card = office_card(stores, vault, trade, access, viewer=viewer)
    post = _waiting_post(stores, vault, trade, held, line.author)
    past = (*_history(stores, vault, held.thread), *refusals)
    return DeskCard(line, card.body if card.title else None, post, OF_HELD, (), past, held.hold["appeal"])


def case_photo(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, case_id: str, photo_id: str) -> bytes:
    """A picture of a thread with a case on this coordinator's desk. Raises NotThere, Conflict."""
    case = get_case(stores, vault, trade, viewer=viewer, case_id=case_id)
    row = stores.content.get(Photo, photo_id)
    if row is None or row.key_id is None or row.thread_id != case.thread:
        raise NotThere
    return open_photo(vault.data_key(stores, row.key_id), row)


def held_photo(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, held_id: str, photo_id: str) -> bytes:
    """A picture of a post that is held. Raises NotThere."""
    held = holds.get_held(stores, vault, trade, viewer=viewer, held_id=held_id)
    row = stores.content.get(Photo, photo_id)
    if row is None or photo_id not in held.payload.get("photos", ()):
        raise NotThere
    return open_photo(vault.data_key(stores, held.key_id), row)


def _judged(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, case: Opened, voices: Sequence[Voice]
) -> Access | None:
    """The thread of a case, when this coordinator may decide about it."""
    try:
        access = gate(stores, vault, trade, viewer=viewer, thread_id=case.thread)
    except NotThere:
        return None
    return access if may_judge(viewer, access, case, [one.label for one in voices]) else None


def _line(
    stores: Stores, vault: Vault, trade: Trade, case: Opened, access: Access, voices: Sequence[Voice], seconds: int
) -> Line:
    post = next((one for one in access.posts if one.id == case.object), None)
    text = post_text(stores, vault, post) if post else thread_text(stores, vault, access.thread)
    reasons = {one.reason for one in voices if case.appeal or one.label not in case.seen}
    return Line(
        id=case.id,
        kind="appeal" if case.state == "appeal" else "flag",
        part=post.kind if post else "question",
        author=case.author,
        domain=body_of(trade, access, None).domain,
        excerpt=_short(text["text"] if post else text["title"]) if text else "",
        since=day_of(case.since * seconds),
        reasons=tuple(one for one in REASONS if one in reasons),
    )


def _held_line(stores: Stores, vault: Vault, trade: Trade, held: Held, viewer: Viewer, seconds: int) -> Line:
    text = holds.text_of(stores, vault, held)
    if held.is_question:
        domain, author = _waiting_body(stores, vault, trade, held).domain, 0
    else:
        access = gate(stores, vault, trade, viewer=viewer, thread_id=held.thread)
        domain, author = body_of(trade, access, None).domain, holds.author_of(held, access.posts)
    return Line(
        id=held.row.id,
        kind="held",
        part=held.payload["kind"],
        author=author,
        domain=domain,
        excerpt=_short(text["title"] if held.is_question else text["text"]),
        since=day_of(held.hold["since"] * seconds),
        reasons=tuple(held.hold["reasons"]),
    )


def _waiting_body(stores: Stores, vault: Vault, trade: Trade, held: Held) -> QuestionBody:
    own = OwnThread(held.thread, OWNER, held.key_id, 0, (held.row.id,))
    card = pending_question(stores, vault, trade, own)
    if card is None:
        raise NotThere
    return card.body


def _waiting_post(stores: Stores, vault: Vault, trade: Trade, held: Held, author: int) -> PostCard:
    text = holds.text_of(stores, vault, held)
    shown = shown_labels(trade, text.get("shown", []))
    photos = tuple(text.get("photos", ()))
    return PostCard(held.payload["id"], held.payload["kind"], author, None, False, text["text"], shown, False, photos)


def _history(stores: Stores, vault: Vault, thread_id: str) -> tuple[Past, ...]:
    """Every decision in a thread, the oldest first."""
    found = [past_of(case.author, one) for case in cases_of(stores, vault, [thread_id]) for one in case.decisions]
    return tuple(sorted(found, key=lambda one: (one.day, one.author)))


def past_of(author: int, one: Decision) -> Past:
    """A decision, by the role of whose post it was about."""
    return Past(author, one.do, one.reason, date.fromordinal(one.day), one.sentence)


def _short(text: str) -> str:
    words = " ".join(" ".join(line.lstrip("-*# ") for line in text.splitlines()).split())
    return words[:EXCERPT] + ("…" if len(words) > EXCERPT else "")
