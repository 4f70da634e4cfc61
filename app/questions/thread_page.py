"""The page of one thread, as it is first seen and as it comes back with what was typed.

Wherever it is drawn it is counted as read, but for one's own question. A form that comes back from a page counted today
brings that page's mark along, so that a slip of the pen costs nobody a reading, and nobody at the end of the day what
they wrote.
"""

from secrets import compare_digest, token_hex
from typing import Any

from flask import render_template, request

from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.reads import waits_of
from app.domains.rules import ScopeTooFine
from app.domains.service import policy_of
from app.questions import crowd, service
from app.questions.access import open_scope, subject_of
from app.questions.cards import ThreadCard
from app.questions.choices import level_fields
from app.questions.course_page import course_page
from app.questions.deciding import DECIDED, INSTEAD
from app.questions.duplicates import same_questions
from app.questions.endorsing import own_voices
from app.questions.fetching import fetch_page
from app.questions.keeping import kept_at
from app.questions.marks import marks_of
from app.questions.models import Thread
from app.questions.offices import edits_articles
from app.questions.pennames import PenNameRefused, find_pen
from app.questions.reads import thread_card
from app.questions.replies import place_of
from app.questions.rules import MAX_ANSWER, OPEN_STATES, STEPS, told_by_page
from app.questions.stages import timetable_of
from app.questions.wishing import is_proposed
from app.questions.words import expected_words, pen_trouble, step_note
from app.questions.worth import worths
from app.web.i18n import gettext as _
from app.web.limits import open_text
from app.wiring import Toolbox
from privacy.pseudonyms import locker_label
from privacy.scopes import Audience

KINDS = ("answer", "followup")
WAITING_STATES = OPEN_STATES | {"pending"}


def thread_page(tools: Toolbox, viewer: Viewer, thread_id: str, *, errors: dict[str, str] | None = None) -> str:
    """The page; with `errors`, even none, what was typed stands in its form again."""
    with tools.database.reading() as stores:
        fetch_page(stores, viewer=viewer, thread_id=thread_id)
        card = thread_card(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
        wait = service.longest_wait(stores, card.audience or Audience.DOMAIN) * tools.settings.window_seconds
        opened = count_reading(tools, viewer, card)
        marks = marks_of(stores, tools.vault, thread_id)
        voices = own_voices(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
        thin = "" if card.is_author else thin_for(tools, stores, viewer, thread_id)
        sames = same_questions(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, window=tools.window
        )
        expected = waits_of(stores, tools.vault).get(card.group) if card.is_author else None
        pen = find_pen(stores, viewer.secret)
        word = is_proposed(stores, viewer.secret, thread_id)
        edits = edits_articles(stores, viewer, today=today(tools.clock.now()))
        kept = {kind: kept_at(stores, viewer.secret, place_of(thread_id, kind)) for kind in KINDS}
    return render_template(
        "questions/thread.html",
        card=card,
        step=_step(card),
        course=course_page(card, timetable_of(tools.settings)),
        note=step_note("told" if _has_told(card) else card.state, wait=wait, urgent=card.body.urgent),
        expected=expected_words(expected) if card.state in WAITING_STATES else "",
        typed=request.form if errors is not None else {},
        decided=decided_fields() if errors is not None else [],
        writing=request.path.rpartition("/")[2] if errors is not None else "",
        errors=errors or {},
        kept=kept,
        token=token_hex(16),
        opened=opened,
        voices=voices,
        sames=sames,
        worths=worths(card, marks, viewer=viewer, window=tools.window),
        thin=thin,
        levels=level_fields(tools.trade, viewer.profile, with_subject=card.names_subject),
        longest=MAX_ANSWER,
        pen=pen.name if pen else "",
        word=word,
        edits=edits,
    )


def _step(card: ThreadCard) -> str:
    """Where its asker sees it; ended by them without an answer, it got no further than the honest end does."""
    is_alone = not any(post.kind == "answer" and post.day for post in card.posts)
    return "ended" if card.state == "closed" and is_alone else STEPS.get(card.state, "matching")


def _has_told(card: ThreadCard) -> bool:
    """Whether its asker has said what came of it."""
    return any(post.kind == "outcome" and post.day for post in card.posts)


def thin_for(tools: Toolbox, stores: Stores, viewer: Viewer, thread_id: str) -> str:
    """What even the group alone, and what the page tells of whoever writes there, would not hide of who answers here."""
    thread, policy = stores.content.get(Thread, thread_id), policy_of(tools.settings)
    if thread is None:
        return ""
    return crowd.thin_in(
        stores, tools.vault, tools.trade, viewer=viewer, group=thread.group_key, policy=policy,
        today=today(tools.clock.now()),
        page=told_by_page(open_scope(tools.vault, thread), subject_of(tools.vault, thread), viewer),
    )  # fmt: skip


def count_reading(tools: Toolbox, viewer: Viewer, card: ThreadCard) -> str:
    """Count it and give its mark of today, which the reader's own secret makes. Raises ReadEnough."""
    mark = locker_label(viewer.secret, "opened", f"{today(tools.clock.now())} {card.id}")
    if not card.is_author and not compare_digest(request.form.get("opened", "").encode(), mark.encode()):
        open_text(locker_label(viewer.secret, "reading"))
    return mark


def refusal_errors(refusal: ScopeTooFine | PenNameRefused) -> dict[str, str]:
    """What stands beside the fields of a refused reply."""
    if isinstance(refusal, PenNameRefused):
        return {"sign": pen_trouble(refusal.reason)}
    return {"levels": _("この見せ方では、あなただとわかるおそれがあります。分類だけにすると出せます。")}


def decided_fields() -> list[tuple[str, Any]]:
    """What was decided about finds on the page before: carried along, so that going back loses nothing."""
    names = (DECIDED, INSTEAD, "plain")
    return [(name, value) for name, value in request.form.items() if name.startswith(names)]
