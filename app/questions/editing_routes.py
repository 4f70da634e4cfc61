"""Views of one's own words after publication: change them, add to them. Each shows what it will look like first."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.questions import editing
from app.questions.blueprint import blueprint
from app.questions.choices import form_fields
from app.questions.editing import Own
from app.questions.forms import read_words
from app.questions.looking import Look, look_at, look_page
from app.questions.preview import longest_of, names_of, own_texts
from app.questions.rules import MAX_ANSWER, BadText, clean_text
from app.questions.words import text_words, wait_words
from app.questions.writing import longest_wait
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox


@blueprint.get("/threads/<thread_id>/edit")
@allow("member", while_reading=False)
def edit(thread_id: str) -> Response:
    """Change one's own question; where that is over, add to it."""
    return _edit_form(thread_id)


@blueprint.post("/threads/<thread_id>/edit")
@allow("member")
def save_edit(thread_id: str) -> Response:
    """Show the question with its new words, then take them."""
    return _save_question(thread_id)


@blueprint.get("/threads/<thread_id>/posts/<post_id>/edit")
@allow("member", while_reading=False)
def edit_post(thread_id: str, post_id: str) -> Response:
    """Change one's own answer or follow-up; where that is over, add to it."""
    return _edit_form(thread_id, post_id)


@blueprint.post("/threads/<thread_id>/posts/<post_id>/edit")
@allow("member")
def save_post_edit(thread_id: str, post_id: str) -> Response:
    """Show the post with its new words, then take them."""
    return _save_text(thread_id, post_id, adds=False)


@blueprint.get("/threads/<thread_id>/add")
@allow("member", while_reading=False)
def add(thread_id: str) -> Response:
    """Add to one's own question."""
    return _edit_form(thread_id, adds=True)


@blueprint.post("/threads/<thread_id>/add")
@allow("member")
def save_addition(thread_id: str) -> Response:
    """Show what is added, then take it."""
    return _save_text(thread_id, "", adds=True)


@blueprint.get("/threads/<thread_id>/posts/<post_id>/add")
@allow("member", while_reading=False)
def add_to_post(thread_id: str, post_id: str) -> Response:
    """Add to one's own post."""
    return _edit_form(thread_id, post_id, adds=True)


@blueprint.post("/threads/<thread_id>/posts/<post_id>/add")
@allow("member")
def save_post_addition(thread_id: str, post_id: str) -> Response:
    """Show what is added to a post, then take it."""
    return _save_text(thread_id, post_id, adds=True)


def _edit_form(thread_id: str, post_id: str = "", *, adds: bool = False) -> Response:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        mine = _own(tools, stores, viewer, thread_id, post_id)
    if adds and mine.waiting is not None:  # what is not out changes where it waits
        return redirect(_url("edit", mine), 303)
    if mine.fixed and not adds:
        return redirect(_url("add", mine), 303)
    return _page(tools, mine, {} if adds else _values(mine), {}, 200, adds=adds)


def _save_question(thread_id: str) -> Response:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        mine = _own(tools, stores, viewer, thread_id)
        if mine.fixed:
            return _too_late(mine)
        errors, title, fields = _words(tools, viewer, mine)
        if errors:
            return _page(tools, mine, request.form, errors, 422)
        texts = own_texts(tools.trade, title, fields)
        look = look_at(tools, stores, viewer, texts, longest_of(tools.trade))
        if look.step != "take":
            return _shown(tools, stores, mine, look, _("質問を直す"), names_of(tools.trade))
    final = {key: look.final.get(f"field_{key}", value) for key, value in fields.items()}
    with tools.database.transaction("content") as stores:
        editing.edit_question(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, title=look.final["title"],
            fields=final, **_when(tools),
        )  # fmt: skip
    return _taken(mine)


def _words(tools: Toolbox, viewer: Viewer, mine: Own) -> tuple[dict[str, str], str, dict[str, str]]:
    """The messages, the title and the fields; a day that stood there already may have passed."""
    day, before = today(tools.clock.now()), mine.text["fields"]
    return read_words(tools.trade, viewer, request.form, before=before, today=day)


def _save_text(thread_id: str, post_id: str, *, adds: bool) -> Response:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        mine = _own(tools, stores, viewer, thread_id, post_id)
        if mine.fixed and not adds:
            return _too_late(mine)
        try:
            typed = clean_text(request.form.get("text", ""))
        except BadText as refusal:
            errors = {"text": text_words(refusal.reason, MAX_ANSWER)}
            return _page(tools, mine, request.form, errors, 422, adds=adds)
        look = look_at(tools, stores, viewer, {"text": typed}, {"text": MAX_ANSWER})
        if look.step != "take":
            title = _("追記") if adds else _("直した文")
            return _shown(tools, stores, mine, look, title, {"text": title}, adds=adds)
    store = editing.add_to if adds else editing.edit_post
    with tools.database.transaction("content") as stores:
        store(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, post_id=post_id,
            text=look.final["text"], **_when(tools),
        )  # fmt: skip
    return _taken(mine)


def _own(tools: Toolbox, stores: Stores, viewer: Viewer, thread_id: str, post_id: str = "") -> Own:
    return editing.get_own(
        stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, post_id=post_id, window=tools.window
    )


def _values(mine: Own) -> dict[str, str]:
    """What stands in the form at first."""
    if not mine.is_question:
        return {"text": mine.text["text"]}
    return {"title": mine.text["title"], **{f"field_{key}": value for key, value in mine.text["fields"].items()}}


def _page(
    tools: Toolbox, mine: Own, values: Mapping[str, str], errors: Mapping[str, str], status: int, *, adds: bool = False
) -> Response:
    page = render_template(
        "questions/edit.html", mine=mine, values=values, errors=errors, adds=adds, fields=form_fields(tools.trade),
        token=request.form.get("token", "") or token_hex(16), url=request.path, longest=MAX_ANSWER,
        back=url_for("questions.thread", thread_id=mine.thread_id),
    )  # fmt: skip
    return make_response(page, status)


def _shown(
    tools: Toolbox, stores: Stores, mine: Own, look: Look, title: str, names: Mapping[str, str], *, adds: bool = False
) -> Response:
    """The form again with what was typed, or the look at it."""
    if look.step == "back":
        return _page(tools, mine, request.form, {}, 200, adds=adds)
    wait = "" if mine.waiting else wait_words(longest_wait(stores) * tools.settings.window_seconds)
    return make_response(look_page(look, title=title, names=names, wait=wait), 422)


def _too_late(mine: Own) -> Response:
    """Somebody has answered or reacted meanwhile: what was typed stands in the form for an addition."""
    tools, form = toolbox(), request.form
    typed = [form.get("text", ""), form.get("title", "")]
    typed += [value for name, value in form.items() if name.startswith("field_")]
    page = _page(tools, mine, {"text": "\n\n".join(filter(None, typed))}, {}, 409, adds=True)
    return page


def _when(tools: Toolbox) -> dict[str, Any]:
    return {
        "window": tools.window,
        "today": today(tools.clock.now()),
        "token": request.form.get("token", "")[:64],
    }


def _url(what: str, mine: Own) -> str:
    if mine.is_question:
        return url_for(f"questions.{what}", thread_id=mine.thread_id)
    name = {"edit": "edit_post", "add": "add_to_post"}[what]
    return url_for(f"questions.{name}", thread_id=mine.thread_id, post_id=mine.id)


def _taken(mine: Own) -> Response:
    if mine.waiting is not None:
        flash(_("直しました。公開のときは、この文で出ます。"), "ok")
    else:
        flash(_("受け取りました。次の公開のときに、ほかの投稿と混ぜて反映します。"), "ok")
    return redirect(url_for("questions.thread", thread_id=mine.thread_id), 303)
