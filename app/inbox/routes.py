"""Views of the inbox."""

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.rules import local_path
from app.accounts.signin import current_viewer
from app.inbox import api, arriving, mail_routes, opened, service
from app.inbox.blueprint import blueprint
from app.inbox.heard import heard
from app.inbox.labels import own_labels
from app.inbox.reads import News, Place, inbox_page, news
from app.questions.duties import own_duties
from app.web.i18n import gettext as _
from app.wiring import toolbox

__all__ = ["api", "arriving", "blueprint", "mail_routes", "opened"]


@blueprint.get("/inbox")
@allow("member")
def inbox() -> str:
    """What happened, newest day first, each with what can be done next."""
    tools, number = toolbox(), max(0, request.args.get("page", 0, type=int))
    viewer, now = current_viewer(), here()
    opened.settle(tools, viewer, now)
    with tools.database.reading() as stores:
        page = inbox_page(stores, tools.vault, tools.trade, viewer=viewer, now=now, number=number)
    g.has_news = page.has_unread
    return render_template("inbox/inbox.html", page=page, number=number)


@blueprint.get("/inbox/first")
@allow("member")
def first() -> Response | str:
    """What comes before everything else; and on to where somebody was going."""
    after, cards = local_path(request.args.get("next")), news_here().first
    if not cards:
        return redirect(after, 303)
    return render_template("inbox/first.html", cards=cards, after=after)


@blueprint.post("/inbox/read")
@allow("member", while_reading=True)
def read() -> Response:
    """These notes were read, or all of them; and on."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        own = own_labels(stores, tools.trade, viewer.secret, roles=viewer.roles)
        ids = " ".join(request.form.getlist("note")).split()
        if not ids:
            ids = [one.id for one in heard(stores, tools.vault, own, window=tools.window)]
            flash(_("すべて読んだことにしました。"), "ok")
        service.mark_read(stores, tools.vault, viewer.secret, own=own, note_ids=ids, window=tools.window)
    return redirect(local_path(request.form.get("next")) if "next" in request.form else url_for("inbox.inbox"), 303)


def news_here() -> News:
    """What this request's viewer has not read; the frame of its page marks the inbox then."""
    tools, viewer, now = toolbox(), current_viewer(), here()
    opened.settle(tools, viewer, now)
    with tools.database.reading() as stores:
        found = news(stores, tools.vault, tools.trade, viewer=viewer, now=now)
    g.has_news = found.is_there
    return found


def here() -> Place:
    """Where we are in time, and whether something waits for the viewer as a coordinator."""
    tools = toolbox()
    return Place(tools.window, tools.settings.window_seconds, own_duties(current_viewer()).is_due)
