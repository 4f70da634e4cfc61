"""Asking: form, preview, publish. The text travels in bodies and lockers, never in an address."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.rules import ScopeTooFine
from app.domains.service import policy_of
from app.questions import sent, service
from app.questions.blueprint import blueprint
from app.questions.choices import ask_choices
from app.questions.contacts import own_contact
from app.questions.drafts import discard_draft, find_draft, keep_draft
from app.questions.exclusions import circles_of_names
from app.questions.forms import AskForm, read_question
from app.questions.lists import similar
from app.questions.preview import preview_card
from app.questions.rules import Limits, OverLimit, Question
from app.questions.words import limit_words
from app.settings import Settings
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox


@blueprint.get("/ask")
@allow("member")
def ask() -> Response:
    """The form, with the draft in it if there is one."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        draft = find_draft(stores, viewer.secret)
    return _form(tools, viewer, AskForm(draft.values if draft else {}, {}, None), has_draft=draft is not None)


@blueprint.post("/ask/preview")
@allow("member")
def keep() -> Response:
    """Keep the draft and go on to its preview; or back to the form with every message."""
    tools, viewer = toolbox(), current_viewer()
    form = read_question(tools.trade, viewer, request.form)
    if form.question is None:
        return make_response(_form(tools, viewer, form), 422)
    with tools.database.transaction("content") as stores:
        keep_draft(stores, viewer.secret, {**form.values, "topic": form.question.topic})
    return redirect(url_for("questions.preview"), 303)


@blueprint.get("/ask/preview")
@allow("member")
def preview() -> Response:
    """What each audience would see."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        return _preview(tools, stores, viewer)


@blueprint.post("/ask/coarser")
@allow("member")
def coarser() -> Response:
    """Take the nearest levels that pass."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        draft = find_draft(stores, viewer.secret)
        question = read_question(tools.trade, viewer, draft.values).question if draft else None
        if draft is not None and question is not None:
            card = _card(tools, stores, viewer, question)
            changed = {f"level_{name}": str(level) for name, level in card.levels.items()}
            keep_draft(stores, viewer.secret, {**draft.values, **changed})
    return redirect(url_for("questions.preview"), 303)


@blueprint.post("/ask/publish")
@allow("member")
def publish() -> Response:
    """Publish the draft of this token; the same token again leads to the same thread."""
    tools, viewer = toolbox(), current_viewer()
    token = request.form.get("token", "")
    try:
        with tools.database.transaction("content", "keys") as stores:
            thread_id = _publish(tools, stores, viewer, token)
    except (OverLimit, ScopeTooFine) as refusal:
        with tools.database.reading() as stores:
            return make_response(_preview(tools, stores, viewer, refusal), 422)
    return redirect(url_for("questions.thread", thread_id=thread_id) if thread_id else url_for("questions.ask"), 303)


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
    text = "\n".join([request.form.get("title", ""), *_long_fields(tools, request.form)])
    with tools.database.reading() as stores:
        found = _similar(tools, stores, viewer, request.form.get("subject", ""), text)
    return render_template("questions/_similar.html", cards=found, live=True)


def _form(tools: Toolbox, viewer: Viewer, form: AskForm, *, has_draft: bool = False) -> Response:
    choices = ask_choices(tools.trade, viewer.subjects, viewer.profile)
    return make_response(render_template("questions/ask.html", form=form, has_draft=has_draft, **choices))


def _preview(
    tools: Toolbox, stores: Stores, viewer: Viewer, refusal: OverLimit | ScopeTooFine | None = None
) -> Response:
    draft = find_draft(stores, viewer.secret)
    question = read_question(tools.trade, viewer, draft.values).question if draft else None
    if draft is None or question is None:
        return redirect(url_for("questions.ask"), 303)
    page = render_template(
        "questions/preview.html",
        card=_card(tools, stores, viewer, question),
        question=question,
        token=draft.token,
        refused=limit_words(refusal.kind, tools.settings) if isinstance(refusal, OverLimit) else "",
        similar=_similar(tools, stores, viewer, question.subject, _text_of(question)),
    )
    return make_response(page)


def _card(tools: Toolbox, stores: Stores, viewer: Viewer, question: Question) -> Any:
    day = today(tools.clock.now())
    return preview_card(
        stores, tools.vault, tools.trade, viewer=viewer, question=question, policy=policy_of(tools.settings), today=day
    )


def _publish(tools: Toolbox, stores: Stores, viewer: Viewer, token: str) -> str | None:
    done = sent.find(stores, viewer.secret, token)
    draft = find_draft(stores, viewer.secret)
    if done is not None or draft is None or draft.token != token:
        return done
    question = read_question(tools.trade, viewer, draft.values).question
    if question is None:
        return None
    thread_id = service.ask(
        stores, tools.vault, tools.trade, viewer=viewer, question=question, window=tools.window,
        today=today(tools.clock.now()), token=token, limits=limits_of(tools.settings),
        policy=policy_of(tools.settings), excluded=circles_of_names(stores, tools.vault, question.exclude),
        contact=own_contact(tools, stores, viewer, wanted=question.notify),
    )  # fmt: skip
    discard_draft(stores, viewer.secret)
    return thread_id


def limits_of(settings: Settings) -> Limits:
    """How much a member may ask, as the operator set it."""
    return Limits(settings.max_open_questions, settings.max_daily_questions, settings.max_weekly_questions)


def _close_draft(words: str, to: str) -> Response:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        discard_draft(stores, viewer.secret)
    flash(words, "ok")
    return redirect(to, 303)


def _similar(tools: Toolbox, stores: Stores, viewer: Viewer, subject: str, text: str) -> Any:
    return similar(
        stores, tools.vault, tools.trade, tools.memory, tools.encoder, viewer=viewer, subject=subject, text=text
    )


def _long_fields(tools: Toolbox, values: Any) -> list[str]:
    return [values.get(f"field_{one.key}", "") for one in tools.trade.form.fields if one.kind == "text"]


def _text_of(question: Question) -> str:
    return "\n".join([question.title, *question.fields.values()])
