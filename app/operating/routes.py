"""The operator's rooms: the wizard of the first time, and the same parts afterwards."""

from collections.abc import Callable
from typing import Final

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.models import Member
from app.accounts.organisations import find_company, list_organisations
from app.accounts.roles import RoleRefused, give_to
from app.accounts.signin import current_viewer
from app.accounts.steps import drop
from app.clock import today
from app.errors import NotThere
from app.operating import (
    domain_part,
    keys_part,
    mail_part,
    network_part,
    organisation_routes,
    organisations_part,
    role_routes,
    service,
)
from app.operating.blueprint import blueprint
from app.operating.forms import SetupCodeForm
from app.operating.gate import COOKIE, OPERATOR, Room, browser, is_operator, let_in, may_set_up, note
from app.operating.organisations_part import new_codes
from app.operating.rules import STEPS, LinkRefused
from app.operating.service import State, find_state
from app.operating.words import STEP_TITLES
from app.web import limits
from app.web.i18n import gettext as _
from app.wiring import toolbox

__all__ = ["blueprint", "organisation_routes", "role_routes"]
PARTS: Final[dict[str, Callable[[Room], Response]]] = {
    "network": network_part.show,
    "domain-file": domain_part.show,
    "mail": mail_part.show,
    "keys": keys_part.show,
    "organisations": organisations_part.show,
    "invitations": organisations_part.invitations,
}


@blueprint.context_processor
def titles() -> dict[str, object]:
    """What the parts are called."""
    return {"titles": {step: _(title) for step, title in STEP_TITLES.items()}}


@blueprint.before_app_request
def end_of_setup() -> Response | None:
    """A browser that set the network up and has just made an account is asked whether that is the operator's."""
    if request.endpoint != "pages.home" or COOKIE not in request.cookies:
        return None
    if current_user.is_authenticated and not is_operator() and browser():
        return redirect(url_for("operating.setup"), 303)
    return None


@blueprint.route("/setup", methods=["GET", "POST"])
@allow("public")
def setup() -> Response:
    """The door: the code that `shiome setup` printed. Behind it, the six steps and the end."""
    tools = toolbox()
    with tools.database.reading() as stores:
        state = may_set_up(stores, tools)
    if request.method == "POST":
        return _open_door()
    if state is None:
        return _door(SetupCodeForm())
    if state.finished and is_operator():
        return redirect(url_for("operating.home"), 303)
    return _overview(state)


def _door(form: SetupCodeForm) -> Response:
    tools = toolbox()
    with tools.database.reading() as stores:
        has_code = find_state(stores, tools.vault).has_code(tools.clock.now())
    status = 422 if form.is_submitted() else 200
    return make_response(render_template("operating/door.html", form=form, has_code=has_code), status)


def _open_door() -> Response:
    tools, form = toolbox(), SetupCodeForm()
    if not form.validate_on_submit():
        return _door(form)
    limits.spend(10)
    try:
        with tools.database.transaction("identity", "content") as stores:
            secret = service.use_code(stores, tools.vault, code=form.letters, now=tools.clock.now())
            note(stores, tools, "setup.opened")
    except LinkRefused:
        form.refuse(
            form.code, _("このコードは使えません。文字を確かめるか、「shiome setup」で新しいコードを作ってください。")
        )
        return _door(form)
    return let_in(redirect(url_for("operating.setup"), 303), secret)


def _overview(state: State) -> Response:
    tools = toolbox()
    with tools.database.reading() as stores:
        company = find_company(stores, tools.vault)
    code = new_codes().get(company.id, "") if company else ""
    rooms = [Room(step, state, is_wizard=True) for step in STEPS]
    return make_response(render_template("operating/setup.html", rooms=rooms, state=state, company=company, code=code))


@blueprint.route("/setup/<part>", methods=["GET", "POST"])
@allow("public")
def setup_part(part: str) -> Response:
    """One step; for the browser that used the code, and for the operator."""
    tools = toolbox()
    with tools.database.reading() as stores:
        state = may_set_up(stores, tools)
    if state is None:
        return redirect(url_for("operating.setup"), 303)
    if part not in PARTS:
        raise NotThere
    return PARTS[part](Room(part, state, is_wizard=True))


@blueprint.post("/setup/operator")
@allow("signed-in")
def become_operator() -> Response:
    """The end: the account this browser has just made looks after the service from now on."""
    try:
        _finish()
    except RoleRefused:
        flash(
            _("運営担当になれるのは、運営会社の人だけです。運営会社の参加コードで登録したアカウントを使ってください。"),
            "warn",
        )
        return redirect(url_for("operating.setup"), 303)
    flash(_("準備ができました。このアカウントが運営担当です。"), "ok")
    return drop(redirect(url_for("operating.home"), 303), COOKIE)


def _finish() -> None:
    """Give the role and close the door behind it. Raises NotThere for another browser, RoleRefused."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("identity", "content") as stores:
        if not find_state(stores, tools.vault).is_open_to(browser(), tools.clock.now()):
            raise NotThere
        member = stores.identity.get_one(Member, viewer.member_id)
        give_to(stores, tools.vault, member=member, role=OPERATOR, tells=False)
        service.finish(stores, tools.vault, today=today(tools.clock.now()))
        note(stores, tools, "role.given")
        note(stores, tools, "setup.finished")


@blueprint.get("/operating")
@allow("operator")
def home() -> str:
    """The parts, each with its state."""
    tools = toolbox()
    with tools.database.reading() as stores:
        state = find_state(stores, tools.vault)
        waiting = sum(card.waits for card in list_organisations(stores, tools.vault))
    rooms = [Room(step, state, is_wizard=False) for step in STEPS]
    return render_template("operating/home.html", rooms=rooms, state=state, waiting=waiting)


@blueprint.route("/operating/<part>", methods=["GET", "POST"])
@allow("operator")
def part(part: str) -> Response:
    """One part, in the operator's pages."""
    if part not in PARTS:
        raise NotThere
    tools = toolbox()
    with tools.database.reading() as stores:
        state = find_state(stores, tools.vault)
    return PARTS[part](Room(part, state, is_wizard=False))
