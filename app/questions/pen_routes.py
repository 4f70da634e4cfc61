"""The page of one's own pen name: what it costs, taking one, giving it up."""

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.organisations import get_organisation
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.questions.blueprint import blueprint
from app.questions.pennames import LONGEST, PenNameRefused, find_pen, give_up_pen, may_have_pen, take_pen
from app.questions.words import pen_trouble
from app.redacting.service import words_of
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox


@blueprint.get("/pen-name")
@allow("member")
def pen_name() -> str:
    """One's own pen name, or what one would cost."""
    return _page(toolbox(), current_viewer())


@blueprint.post("/pen-name")
@allow("member")
def take_pen_name() -> Response:
    """Take one."""
    tools, viewer = toolbox(), current_viewer()
    typed = request.form.get("name", "")
    try:
        with tools.database.transaction("content") as stores:
            if not may_have_pen(stores, viewer.secret):
                raise PenNameRefused("first")
            own = list(words_of(get_organisation(stores, tools.vault, viewer.organisation_id)))
            take_pen(stores, secret=viewer.secret, name=typed, own_names=own)
    except PenNameRefused as refusal:
        return make_response(_page(tools, viewer, typed[:LONGEST], pen_trouble(refusal.reason)), 422)
    flash(_("ペンネームを決めました。使うかどうかは、投稿ごとに選べます。"), "ok")
    return redirect(url_for("questions.pen_name"), 303)


@blueprint.post("/pen-name/give-up")
@allow("member")
def give_up_pen_name() -> Response:
    """Give it up; what stands under it keeps it."""
    with toolbox().database.transaction("content") as stores:
        give_up_pen(stores, secret=current_viewer().secret)
    flash(_("ペンネームをやめました。これからの投稿は、ペンネームなしで出ます。"), "ok")
    return redirect(url_for("questions.pen_name"), 303)


def own_pen() -> str:
    """The viewer's pen name for a form, or nothing."""
    with toolbox().database.reading() as stores:
        pen = find_pen(stores, current_viewer().secret)
    return pen.name if pen else ""


def _page(tools: Toolbox, viewer: Viewer, typed: str = "", error: str = "") -> str:
    with tools.database.reading() as stores:
        pen, may = find_pen(stores, viewer.secret), may_have_pen(stores, viewer.secret)
    return render_template(
        "questions/pen_name.html",
        pen=pen.name if pen else "",
        may=may,
        typed=typed,
        errors={"name": error} if error else {},
    )
