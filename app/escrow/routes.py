"""The page about break-glass, and the page before all others for somebody whose part of a thread was opened."""

from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.escrow.reads import find_glass
from app.escrow.telling import acknowledge, as_shown, openings
from app.wiring import toolbox

blueprint = Blueprint("escrow", __name__, template_folder="templates")
OPEN_BEFORE: Final = frozenset(
    {
        "static", "pages.service_worker", "pages.offline", "upkeep.health", "upkeep.ready",
        "escrow.told", "escrow.glass", "pages.who_sees_what", "pages.contact",
    }
)  # fmt: skip


@blueprint.before_app_request
def tell_first() -> Response | None:
    """Whoever was opened reads of it before any other page; what they send meanwhile is not lost."""
    if request.method != "GET" or request.endpoint is None or request.endpoint in OPEN_BEFORE:
        return None
    if current_user.is_authenticated and current_user.opened:
        return redirect(url_for("escrow.told"), 303)
    return None


@blueprint.get("/break-glass")
@allow("signed-in")
def glass() -> str:
    """How it works, who keeps the keys, how often it was used."""
    tools = toolbox()
    with tools.database.reading() as stores:
        found = find_glass(stores, today=today(tools.clock.now()))
    return render_template("escrow/glass.html", glass=found)


@blueprint.get("/break-glass/told")
@allow("signed-in")
def told() -> Response | str:
    """That the viewer's part of a thread was opened: when, and for what reason."""
    viewer = current_viewer()
    found = openings(viewer)
    if not found:
        return redirect("/", 303)
    return render_template("escrow/told.html", openings=found, shown=as_shown(viewer))


@blueprint.post("/break-glass/told")
@allow("signed-in")
def read() -> Response:
    """The viewer has read what the page showed; what came after it is told next."""
    tools, viewer = toolbox(), current_viewer()
    if viewer.opened:
        with tools.database.transaction("identity") as stores:
            acknowledge(stores, tools.vault, viewer=viewer, shown=request.form.get("shown", ""))
    return redirect("/", 303)
