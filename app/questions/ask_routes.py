"""Asking: the form, and what is close to it. The text travels in bodies and lockers, never in an address."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.db import Stores
from app.questions.blueprint import blueprint
from app.questions.choices import ask_choices
from app.questions.drafts import PLACE, discard_draft, find_draft, keep_draft
from app.questions.finding import SHORTEST, Shelves, similar
from app.questions.forms import AskForm, read_question
from app.questions.photos import draft_photos
from app.questions.uploads import take_photos
from app.web.i18n import gettext as _
from app.web.uploads import takes_photos
from app.wiring import Toolbox, toolbox


@blueprint.get("/ask")
@allow("member", while_reading=False)
def ask() -> Response:
    """The form, with the draft in it if there is one."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        draft = find_draft(stores, viewer.secret)
    return _form(tools, viewer, AskForm(draft.values if draft else {}, {}, None), has_draft=draft is not None)


@blueprint.post("/ask/preview")
@allow("member")
@takes_photos
def keep() -> Response:
    """Keep the draft and go on to its preview; or back to the form with every message."""
    tools, viewer = toolbox(), current_viewer()
    trouble = take_photos(tools, viewer, PLACE)
    form = read_question(tools.trade, viewer, request.form)
    if form.question is None or trouble:
        return make_response(_form(tools, viewer, form, trouble=trouble), 422)
    with tools.database.transaction("content") as stores:
        keep_draft(stores, viewer.secret, {**form.values, "topic": form.question.topic})
    return redirect(url_for("questions.preview"), 303)


@blueprint.post("/ask/discard")
@allow("member")
def discard() -> Response:
    """Throw the draft away."""
    return _close_draft(_("下書きを消しました。"), url_for("questions.ask"))


@blueprint.post("/ask/solved")
@allow("member")
def solved() -> Response:
    """A close thread answered it: the draft is done."""
    return _close_draft(_("解決してよかったです。下書きは閉じました。"), url_for("questions.threads"))


@blueprint.post("/ask/similar")
@allow("member")
def similar_threads() -> str:
    """Close threads while typing, as a piece of the page."""
    tools, viewer = toolbox(), current_viewer()
    title = request.form.get("title", "")
    text = title if len(title.strip()) >= SHORTEST else "\n".join([title, *_long_fields(tools, request.form)])
    with tools.database.reading() as stores:
        found = similar_to(tools, stores, viewer, request.form.get("subject", ""), text)
    return render_template("questions/_similar.html", cards=found, live=True)


def _form(tools: Toolbox, viewer: Viewer, form: AskForm, *, has_draft: bool = False, trouble: str = "") -> Response:
    choices = ask_choices(tools.trade, viewer.subjects, viewer.profile)
    errors = {**form.errors, **({"photos": trouble} if trouble else {})}
    with tools.database.reading() as stores:
        kept = draft_photos(stores, viewer.secret, PLACE)
    page = render_template("questions/ask.html", form=form, errors=errors, has_draft=has_draft, kept=kept, **choices)
    return make_response(page)


def _close_draft(words: str, to: str) -> Response:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        discard_draft(stores, viewer.secret)
    flash(words, "ok")
    return redirect(to, 303)


def _long_fields(tools: Toolbox, values: Any) -> list[str]:
    return [values.get(f"field_{one.key}", "") for one in tools.trade.form.fields if one.kind == "text"]


def similar_to(tools: Toolbox, stores: Stores, viewer: Viewer, subject: str, text: str) -> Any:
    """Close threads for this text."""
    shelves = Shelves(tools.trade, tools.memory, tools.asked)
    return similar(stores, tools.vault, shelves, viewer=viewer, subject=subject, text=text)
