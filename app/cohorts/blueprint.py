"""The feature's blueprint, on which its modules of views are hung; and what their forms have in common."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.wrappers import Response

from app.accounts.signin import current_viewer
from app.community.checking import Typed, look_page, read_texts
from app.db import Stores
from app.questions.keeping import Kept, KeptForm, discard_kept, keep_typed, keeps_form, kept_at, typed_at
from app.wiring import toolbox

TALK_DRAFT: Final = "cohort-talk"  # places of drafts: these words and the id of the cohort
WEEK_DRAFT: Final = "cohort-week"
NOTE_DRAFT: Final = "cohort-note"
keeps_form(TALK_DRAFT, KeptForm(("text",), ()))
keeps_form(WEEK_DRAFT, KeptForm(("aim", "week", "stuck", "next"), ()))
keeps_form(NOTE_DRAFT, KeptForm(("title", "text"), ("audience", "company")))

blueprint = Blueprint("cohorts", __name__, template_folder="templates")


def take_texts(
    fields: Mapping[str, int],
    *,
    names: Mapping[str, str],
    title: str,
    back: Callable[[dict[str, str]], str],
    keep: Callable[[Stores, Typed], object],
    url: str,
    said: str,
    optional: Collection[str] = (),
    draft: str = "",
    page: str = "",
) -> Response:
    """Texts from a form: back to it with every message, to a second look, or kept in one transaction.

    With a `draft` what was typed is kept at that place until it is sent; `page` is the address of its form.
    """
    tools, viewer = toolbox(), current_viewer()
    typed = read_texts(tools, viewer, fields, optional=optional)
    if draft and typed.step != "done":
        with tools.database.transaction("content") as stores:
            keep_typed(stores, viewer.secret, draft, typed_at(draft, request.form))
    if typed.step == "back":
        return make_response(back(typed.errors), 422 if typed.errors else 200)
    if typed.step == "look":
        return look_page(typed, title=title, names=names, kept=page if draft else "")
    if typed.step == "send":
        with tools.database.transaction("content", "keys") as stores:
            keep(stores, typed)
            if draft:
                discard_kept(stores, viewer.secret, draft)
    flash(said, "ok")
    return redirect(url, 303)


def begun(place: str) -> Kept:
    """What was typed at this place and not sent; nothing where the form comes back with what stands in it."""
    if request.form:
        return Kept()
    with toolbox().database.reading() as stores:
        return kept_at(stores, current_viewer().secret, place)
