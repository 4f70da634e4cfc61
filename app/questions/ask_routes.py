"""Asking: the form, and what is close to it. The text travels in bodies and lockers, never in an address."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.questions import service
from app.questions.blueprint import blueprint
from app.questions.choices import ask_choices
from app.questions.drafts import PLACE, find_aside, find_draft, forget_aside, keep_draft
from app.questions.finding import SHORTEST, Shelves, similar
from app.questions.forms import AskForm, days_passed, read_question, told_subject
from app.questions.photos import draft_photos
from app.questions.rules import Limits, OverLimit
from app.questions.uploads import take_photos
from app.questions.words import limit_words
from app.settings import Settings
from app.web.uploads import takes_photos
from app.wiring import Toolbox, toolbox


@blueprint.get("/ask")
@allow("member", while_reading=False)
def ask() -> Response:
    """The form, with the draft in it if there is one."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        draft = find_draft(stores, viewer.secret)
    values = draft.values if draft else {}
    errors = days_passed(tools.trade, viewer, values, today=today(tools.clock.now()))
    return _form(tools, viewer, AskForm(values, errors, None), origin=draft.origin if draft else "")


@blueprint.post("/ask/preview")
@allow("member")
@takes_photos
def keep() -> Response:
    """Keep the draft and go on to its preview; or back to the form with every message, the draft kept all the same."""
    tools, viewer = toolbox(), current_viewer()
    trouble = take_photos(tools, viewer, PLACE)
    form = read_question(tools.trade, viewer, request.form, today=today(tools.clock.now()))
    with tools.database.transaction("content") as stores:
        forget_aside(stores, viewer.secret, today=today(tools.clock.now()))
        draft = keep_draft(stores, viewer.secret, form.values, origin=request.form.get("draft", "")[:64])
    if form.question is None or trouble:
        return make_response(_form(tools, viewer, form, origin=draft.origin, trouble=trouble), 422)
    return redirect(url_for("questions.preview"), 303)


@blueprint.post("/ask/similar")
@allow("member")
def similar_threads() -> str:
    """Close threads and other texts while typing, as a piece of the page."""
    tools, viewer = toolbox(), current_viewer()
    title = request.form.get("title", "")
    text = title if len(title.strip()) >= SHORTEST else "\n".join([title, *_long_fields(tools, request.form)])
    with tools.database.reading() as stores:
        found = similar_to(tools, stores, viewer, told_subject(tools.trade, request.form), text)
    return render_template("questions/_similar.html", cards=found, form="ask-form")


def limits_of(settings: Settings) -> Limits:
    """How much a member may ask, as the operator set it."""
    return Limits(
        settings.max_open_questions,
        settings.max_daily_questions,
        settings.max_weekly_questions,
        settings.honest_end_days,
    )


def limit_now(tools: Toolbox, stores: Stores, viewer: Viewer, *, urgent: bool = False) -> OverLimit | None:
    """What keeps the viewer from asking one more today, or None."""
    day, limits = today(tools.clock.now()), limits_of(tools.settings)
    return service.find_limit(stores, viewer, limits=limits, urgent=urgent, today=day)


def _form(tools: Toolbox, viewer: Viewer, form: AskForm, *, origin: str, trouble: str = "") -> Response:
    choices = ask_choices(tools.trade, viewer.subjects, viewer.profile)
    errors = {**form.errors, **({"photos": trouble} if trouble else {})}
    with tools.database.reading() as stores:
        kept = draft_photos(stores, viewer.secret, PLACE)
        aside = find_aside(stores, viewer.secret, today=today(tools.clock.now()))
        limit = limit_now(tools, stores, viewer)
    page = render_template(
        "questions/ask.html", form=form, errors=errors, draft=origin, kept=kept, has_aside=aside is not None,
        limit=limit_words(limit, tools.settings) if limit else "", **choices,
    )  # fmt: skip
    return make_response(page)


def _long_fields(tools: Toolbox, values: Any) -> list[str]:
    return [values.get(f"field_{one.key}", "") for one in tools.trade.form.fields if one.kind == "text"]


def similar_to(tools: Toolbox, stores: Stores, viewer: Viewer, subject: str, text: str) -> Any:
    """Close threads, and other texts, for this text."""
    shelves = Shelves(tools.trade, tools.memory, tools.asked)
    return similar(stores, tools.vault, shelves, viewer=viewer, subject=subject, text=text)
