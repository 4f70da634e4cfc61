"""What somebody is told of roles at their next sign-in, before any other page; consent; giving a role back."""

from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts import roles as service
from app.accounts.roles import ROLES, RoleRefused
from app.accounts.signin import current_viewer
from app.clock import today
from app.errors import NotThere
from app.operating.blueprint import blueprint
from app.operating.gate import note
from app.operating.words import ROLE_NAMES, ROLE_WORK
from app.web.i18n import gettext as _
from app.wiring import toolbox

OPEN_BEFORE: Final = frozenset({"static", "pages", "escrow", "operating"})  # blueprints


@blueprint.before_app_request
def tell_roles() -> Response | None:
    """Whoever was asked for a role, or was given one, reads of it first; what they send meanwhile is not lost."""
    if request.method != "GET" or request.endpoint in (None, "static") or request.blueprint in OPEN_BEFORE:
        return None
    if current_user.is_authenticated and current_user.role_news:
        return redirect(url_for("operating.roles"), 303)
    return None


@blueprint.get("/roles")
@allow("signed-in")
def roles() -> str:
    """What is asked and told, and the roles one has."""
    viewer = current_viewer()
    names = {role: _(name) for role, name in ROLE_NAMES.items()}
    work = {role: _(words) for role, words in ROLE_WORK.items()}
    own = [role for role in ROLES if role in viewer.roles]
    return render_template("operating/roles.html", news=service.news_of(viewer), own=own, names=names, work=work)


@blueprint.post("/roles/answer")
@allow("signed-in", while_reading=True)
def answer_role() -> Response:
    """Yes or no to being a coordinator."""
    tools, accepts = toolbox(), request.form.get("do") == "accept"
    with tools.database.transaction("identity") as stores:
        if service.answer(
            stores, tools.vault, viewer=current_viewer(), accepts=accepts, today=today(tools.clock.now())
        ):
            note(stores, tools, "role.accepted" if accepts else "role.declined")
    flash(
        _("お引き受けいただき、ありがとうございます。")
        if accepts
        else _("わかりました。お返事をありがとうございます。"),
        "ok",
    )
    return redirect(url_for("operating.roles" if current_viewer().role_news[1:] else "pages.home"), 303)


@blueprint.post("/roles/read")
@allow("signed-in", while_reading=True)
def read_roles() -> Response:
    """What was told has been read."""
    tools = toolbox()
    with tools.database.transaction("identity") as stores:
        service.acknowledge(stores, tools.vault, viewer=current_viewer())
    return redirect(url_for("pages.home"), 303)


@blueprint.post("/roles/go-on")
@allow("member", while_reading=True)
def go_on() -> Response:
    """Another term as a coordinator."""
    tools, viewer = toolbox(), current_viewer()
    try:
        with tools.database.transaction("identity") as stores:
            service.go_on(stores, tools.vault, viewer=viewer, today=today(tools.clock.now()))
            note(stores, tools, "role.accepted")
    except RoleRefused:
        raise NotThere from None
    flash(_("ありがとうございます。あと一年、お願いします。"), "ok")
    return redirect(url_for("operating.roles" if viewer.role_news[1:] else "pages.home"), 303)


@blueprint.post("/roles/lay-down")
@allow("signed-in", while_reading=True)
def lay_down() -> Response:
    """Give a role back: going is as easy as coming."""
    tools, role = toolbox(), request.form.get("role", "")
    try:
        with tools.database.transaction("identity") as stores:
            service.lay_down(stores, tools.vault, viewer=current_viewer(), role=role)
            note(stores, tools, "role.laid-down")
    except RoleRefused:
        raise NotThere from None
    flash(_("役割をおりました。これまで、ありがとうございました。"), "ok")
    return redirect(url_for("operating.roles"), 303)
