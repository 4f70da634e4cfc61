"""The desk as a coordinator sees it: cards that hold roles and no person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.accounts.viewer import Viewer
from app.clock import today as day_of
from app.community.models import Writing
from app.community.texts import open_parts
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.moderation import held as holds
from app.moderation.cases import Decision, Opened, cases_of, open_cases, row_of, voices_on
from app.moderation.held import Held
from app.moderation.judging import Passed, gate, gate_of, may_judge
from app.moderation.rules import OF_HELD, REASONS, Voice
from app.moderation.service import get_case, offered
from app.moderation.writings import WRITING, domain_of, role_of, text_at, voice_of
from app.questions.cards import PostCard, QuestionBody, additions_of, shown_labels
from app.questions.lockers import OWNER, OwnThread
from app.questions.marks import marks_of
from app.questions.models import Photo, Post
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
    role: str
    domain: tuple[str, ...]
    excerpt: str
    since: date
    reasons: tuple[str, ...]  # keys of rules.REASONS, or of holding.WHY


@dataclass(frozen=True, slots=True)
class Past:
    """A decision, by role."""

    role: str
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
        passed = _judged(stores, vault, trade, viewer, case, voices)
        if passed is not None:
            found.append((case.since, _line(stores, vault, trade, case, passed, voices, window_seconds)))
    for one in holds.on_desk(stores, vault, trade, viewer=viewer):
        found.append((one.hold["since"], _held_line(stores, vault, trade, one, viewer, window_seconds)))
    return [line for _, line in sorted(found, key=lambda one: (one[0], one[1].id))[:SHOWN]]


def desk_card(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, case_id: str, window_seconds: int
) -> DeskCard:
    """A case, opened. Raises NotThere, Conflict."""
    case = get_case(stores, vault, trade, viewer=viewer, case_id=case_id)
    passed = gate_of(stores, vault, trade, viewer=viewer, case=case)
    voices = voices_on(marks_of(stores, vault, case.thread), case.object)
    body, post = None, _written(stores, vault, trade, case)
    if passed.access is not None:
        card = office_card(stores, vault, trade, passed.access, viewer=viewer)
        body = card.body if card.title else None
        post = next((replace(one, pen="") for one in card.posts if one.id == case.object), None)
    return DeskCard(
        line=_line(stores, vault, trade, case, passed, voices, window_seconds),
        body=body,
        post=post,
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
    refusals = tuple(Past(line.role, *_told(one)) for one in held.decisions)
    if held.is_question:
        return DeskCard(
            line, _waiting_body(stores, vault, trade, held), None, OF_HELD, (), refusals, held.hold["appeal"]
        )
    post, past = _waiting_post(stores, vault, trade, held), (*_history(stores, vault, held.thread), *refusals)
    if held.of_place:
        return DeskCard(line, None, post, OF_HELD, (), past, held.hold["appeal"])
    access = gate(stores, vault, trade, viewer=viewer, thread_id=held.thread)
    card = office_card(stores, vault, trade, access, viewer=viewer)
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
) -> Passed | None:
    """What they passed to see a case, when this coordinator may decide about it."""
    try:
        passed = gate_of(stores, vault, trade, viewer=viewer, case=case)
    except NotThere:
        return None
    return passed if may_judge(viewer, passed, case, [one.label for one in voices]) else None


def _line(
    stores: Stores, vault: Vault, trade: Trade, case: Opened, passed: Passed, voices: Sequence[Voice], seconds: int
) -> Line:
    part, domain, excerpt = _about(stores, vault, trade, case, passed)
    reasons = {one.reason for one in voices if case.appeal or one.label not in case.seen}
    return Line(
        id=case.id,
        kind="appeal" if case.state == "appeal" else "flag",
        part=part,
        role=role_of(case.of, case.author),
        domain=domain,
        excerpt=_short(excerpt),
        since=day_of(case.since * seconds),
        reasons=tuple(one for one in REASONS if one in reasons),
    )


def _about(
    stores: Stores, vault: Vault, trade: Trade, case: Opened, passed: Passed
) -> tuple[str, tuple[str, ...], str]:
    """What a case is about: the kind, the domain it shows, its words."""
    access, row = passed.access, row_of(stores, case)
    if isinstance(row, Writing):
        text = text_at(stores, vault, row)
        return WRITING, domain_of(trade, open_parts(vault, row)), text["text"] if text else ""
    assert access is not None  # noqa: S101 (of all else there is a thread)
    domain = body_of(trade, access, None).domain
    if isinstance(row, Post):
        text = post_text(stores, vault, row)
        return row.kind, domain, text["text"] if text else ""
    text = thread_text(stores, vault, access.thread)
    return "question", domain, text["title"] if text else ""


def _written(stores: Stores, vault: Vault, trade: Trade, case: Opened) -> PostCard | None:
    """A writing as the desk shows a post."""
    row = row_of(stores, case)
    if not isinstance(row, Writing):
        return None
    text = text_at(stores, vault, row)
    shown = shown_labels(trade, text["shown"]) if text else ()
    day, added = date.fromordinal(row.published_day), additions_of(text or {})
    words = text["text"] if text else None
    return PostCard(row.id, WRITING, row.voice, day, False, words, shown, False, hidden=row.hidden, additions=added)


def _held_line(stores: Stores, vault: Vault, trade: Trade, held: Held, viewer: Viewer, seconds: int) -> Line:
    text = holds.text_of(stores, vault, held)
    if held.is_question:
        domain, role = _waiting_body(stores, vault, trade, held).domain, role_of("", 0)
    elif held.of_place:
        domain, role = domain_of(trade, held.payload["scope"]), role_of(WRITING, voice_of(stores, held.payload))
    else:
        access = gate(stores, vault, trade, viewer=viewer, thread_id=held.thread)
        domain, role = body_of(trade, access, None).domain, role_of("", holds.author_of(held, access.posts))
    return Line(
        id=held.row.id,
        kind="held",
        part=held.payload["kind"],
        role=role,
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


def _waiting_post(stores: Stores, vault: Vault, trade: Trade, held: Held) -> PostCard:
    text = holds.text_of(stores, vault, held)
    shown = shown_labels(trade, text.get("shown", []))
    photos = tuple(text.get("photos", ()))
    return PostCard(held.payload["id"], held.payload["kind"], 0, None, False, text["text"], shown, False, photos)


def _history(stores: Stores, vault: Vault, thread_id: str) -> tuple[Past, ...]:
    """Every decision in a thread, the oldest first."""
    cases = sorted(cases_of(stores, vault, [thread_id]), key=lambda one: one.author)
    found = [past_of(case, one) for case in cases for one in case.decisions]
    return tuple(sorted(found, key=lambda one: one.day))


def past_of(case: Opened, one: Decision) -> Past:
    """A decision, by the role of whose post it was about."""
    return Past(role_of(case.of, case.author), *_told(one))


def past_of_held(one: Decision) -> Past:
    """The same for what its own author is told."""
    return Past("", *_told(one))


def _told(one: Decision) -> tuple[str, str, date, str]:
    return one.do, one.reason, date.fromordinal(one.day), one.sentence


def _short(text: str) -> str:
    words = " ".join(" ".join(line.lstrip("-*# ") for line in text.splitlines()).split())
    return words[:EXCERPT] + ("…" if len(words) > EXCERPT else "")
