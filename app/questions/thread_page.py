"""The page of one thread, as it is first seen and as it comes back with what was typed."""

from secrets import token_hex
from typing import Any

from flask import render_template, request

from app.accounts.viewer import Viewer
from app.domains.rules import ScopeTooFine
from app.questions import service
from app.questions.choices import level_fields
from app.questions.deciding import DECIDED, INSTEAD
from app.questions.pennames import PenNameRefused
from app.questions.photos import draft_photos
from app.questions.reads import thread_card
from app.questions.replies import place_of
from app.questions.rules import MAX_ANSWER, STEPS
from app.questions.words import pen_trouble, step_note
from app.web.i18n import gettext as _
from app.wiring import Toolbox
from privacy.scopes import Audience

KINDS = ("answer", "followup")


def thread_page(tools: Toolbox, viewer: Viewer, thread_id: str, *, errors: dict[str, str] | None = None) -> str:
    """The page; with `errors`, even none, what was typed stands in its form again."""
    with tools.database.reading() as stores:
        card = thread_card(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
        wait = service.longest_wait(stores, card.audience or Audience.DOMAIN) * tools.settings.window_seconds
        kept = {kind: draft_photos(stores, viewer.secret, place_of(thread_id, kind)) for kind in KINDS}
    return render_template(
        "questions/thread.html",
        card=card,
        step=STEPS.get(card.state, "matching"),
        note=step_note(card.state, wait=wait, urgent=card.body.urgent),
        typed=request.form if errors is not None else {},
        decided=decided_fields() if errors is not None else [],
        writing=request.path.rpartition("/")[2] if errors is not None else "",
        errors=errors or {},
        kept=kept,
        token=token_hex(16),
        levels=level_fields(tools.trade, viewer.profile, with_subject=card.names_subject),
        longest=MAX_ANSWER,
    )


def refusal_errors(refusal: ScopeTooFine | PenNameRefused) -> dict[str, str]:
    """What stands beside the fields of a refused reply."""
    if isinstance(refusal, PenNameRefused):
        return {"sign": pen_trouble(refusal.reason)}
    return {"levels": _("この見せ方では、あなただとわかるおそれがあります。分類だけにすると出せます。")}


def decided_fields() -> list[tuple[str, Any]]:
    """What was decided about finds on the page before: carried along, so that going back loses nothing."""
    names = (DECIDED, INSTEAD, "plain")
    return [(name, value) for name, value in request.form.items() if name.startswith(names)]
