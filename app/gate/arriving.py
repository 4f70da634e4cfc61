"""Who has not accepted the statement is led to it; what changed, and a welcome back, come right after signing in."""

from typing import Final

from flask import current_app, g, request, session, url_for
from flask_login import current_user
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from app.access import PUBLIC, SIGNED_IN, rule_of
from app.accounts.service import SignedIn
from app.accounts.signin import current_viewer
from app.clock import today
from app.errors import PromiseFirst
from app.gate import service
from app.gate.blueprint import blueprint
from app.gate.rules import next_step, stamp, was_absent
from app.questions.promise import Arrived, arrived, unaccepted, week_of
from app.wiring import toolbox

PROMISED: Final = "promised"  # in the visit cookie: under this state of the charter nothing was left to accept
UNFINISHED: Final = "first-steps"  # the first run goes on there
# one's own account, leaving, and what a role is about, stay open to whoever does not accept
OPEN_BEFORE: Final = frozenset({"gate", "leaving", "accounts", "mail", "escrow"})


@blueprint.before_app_request
def lead_in() -> Response | None:
    """Asked on every page, read once a visit: what was found stands in the visit cookie."""
    if not _is_guarded():
        return None
    tools, viewer = toolbox(), current_viewer()
    day = today(tools.clock.now())
    now = stamp(tools.trade.charter, day)
    if session.get(PROMISED) == now:
        return None
    with tools.database.reading() as stores:
        one = arrived(stores, viewer.secret)
        if service.is_let_in(stores, viewer.secret, tools.trade.charter, today=day):
            remember(one)
            return None
    if request.method != "GET" or "HX-Request" in request.headers:
        raise PromiseFirst
    return redirect(url_for("gate.changes" if one.accepted else "gate.promises"), 303)


def _is_guarded() -> bool:
    endpoint = request.endpoint
    if endpoint is None or request.blueprint in OPEN_BEFORE or not current_user.is_authenticated:
        return False
    if not current_user.roles or "waiting" in current_user.roles or current_user.state not in ("active", "reading"):
        return False
    rule = rule_of(current_app, endpoint)
    return endpoint == "pages.home" or (rule is not None and rule.audience not in (PUBLIC, SIGNED_IN))


def remember(one: Arrived) -> None:
    """Let this visit know that nothing is left to accept, and whether the first run is."""
    tools = toolbox()
    session[PROMISED] = stamp(tools.trade.charter, today(tools.clock.now()))
    note_unfinished(next_step(one.steps))


def note_unfinished(step: str) -> None:
    """Let this visit know where the first run goes on; an empty word ends it."""
    session.pop(UNFINISHED, None)
    if step:
        session[UNFINISHED] = step


@blueprint.after_app_request
def look(response: Response) -> Response:
    """Only in the answer that signs somebody in: what changed, or a welcome after a long time."""
    who: SignedIn | None = g.get("entered")
    if who is None or response.status_code != 303:
        return response
    tools = toolbox()
    day, charter = today(tools.clock.now()), tools.trade.charter
    with tools.database.reading() as stores:
        one = arrived(stores, who.secret)
        let_in = service.is_let_in(stores, who.secret, charter, today=day)
    if not one.accepted:
        return response
    if let_in:
        remember(one)
    if one.week != week_of(day):
        with tools.database.transaction("content") as stores:
            service.note_visit(stores, who.secret, today=day)
    if one.told < charter.version or unaccepted(charter, one):
        response.headers["Location"] = url_for("gate.changes", next=response.location)
    elif was_absent(one.week, week_of(day)):
        response.headers["Location"] = url_for("gate.back", next=response.location)
    return response
