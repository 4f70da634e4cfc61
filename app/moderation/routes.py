"""The desk: what waits for a coordinator, and what they decide about it."""

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.db import Stores
from app.moderation import flag_routes, held, own_routes, reads, service
from app.moderation.blueprint import blueprint
from app.moderation.reads import DeskCard
from app.moderation.rules import DecisionRefused
from app.moderation.words import decision_choices, decision_trouble, reason_choices
from app.questions.duties import own_duties
from app.questions.uploads import photo_response
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

__all__ = ["blueprint", "flag_routes", "own_routes"]


@blueprint.get("/desk")
@allow("coordinator")
def desk() -> str:
    """Everything that waits, the oldest first."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        lines = reads.desk(
            stores, tools.vault, tools.trade, viewer=viewer, window_seconds=tools.settings.window_seconds
        )
    return render_template("moderation/desk.html", lines=lines, duties=own_duties(viewer, has_cases=bool(lines)))


@blueprint.get("/desk/cases/<case_id>")
@allow("coordinator")
def case(case_id: str) -> str:
    """One case, with what may be decided."""
    return _page(toolbox(), "case", case_id)


@blueprint.post("/desk/cases/<case_id>")
@allow("coordinator")
def decide(case_id: str) -> Response:
    """Decide about it."""
    return _decide("case", case_id)


@blueprint.get("/desk/cases/<case_id>/photos/<photo_id>")
@allow("coordinator")
def case_photo(case_id: str, photo_id: str) -> Response:
    """A picture of its thread."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        return photo_response(
            reads.case_photo(stores, tools.vault, tools.trade, viewer=viewer, case_id=case_id, photo_id=photo_id)
        )


@blueprint.get("/desk/held/<held_id>")
@allow("coordinator")
def held_post(held_id: str) -> str:
    """One post that is held before it is out."""
    return _page(toolbox(), "held", held_id)


@blueprint.post("/desk/held/<held_id>")
@allow("coordinator")
def decide_held(held_id: str) -> Response:
    """Let it out, or give it back."""
    return _decide("held", held_id)


@blueprint.get("/desk/held/<held_id>/photos/<photo_id>")
@allow("coordinator")
def held_photo(held_id: str, photo_id: str) -> Response:
    """A picture of it."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        return photo_response(
            reads.held_photo(stores, tools.vault, tools.trade, viewer=viewer, held_id=held_id, photo_id=photo_id)
        )


def _decide(kind: str, which: str) -> Response:
    tools, viewer = toolbox(), current_viewer()
    given = {name: request.form.get(name, "") for name in ("do", "reason", "sentence")}
    given |= {"case_id" if kind == "case" else "held_id": which}
    verb = service.decide if kind == "case" else held.decide
    try:
        with tools.database.transaction("content") as stores:
            verb(
                stores, tools.vault, tools.trade, viewer=viewer, window=tools.window,
                today=today(tools.clock.now()), **given,
            )  # fmt: skip
    except DecisionRefused as refusal:
        return make_response(_page(tools, kind, which, decision_trouble(refusal.reason)), 422)
    flash(_("ありがとうございます。判断を、書いた人に知らせます。"), "ok")
    return redirect(url_for("moderation.desk"), 303)


def _page(tools: Toolbox, kind: str, which: str, errors: dict[str, str] | None = None) -> str:
    with tools.database.reading() as stores:
        card = _card(tools, stores, kind, which)
    return render_template(
        "moderation/item.html", card=card, url=request.path, errors=errors or {},
        decisions=decision_choices(card.offered), reasons=reason_choices(),
        typed=request.form if errors else {},
    )  # fmt: skip


def _card(tools: Toolbox, stores: Stores, kind: str, which: str) -> DeskCard:
    viewer, seconds = current_viewer(), tools.settings.window_seconds
    if kind == "case":
        return reads.desk_card(stores, tools.vault, tools.trade, viewer=viewer, case_id=which, window_seconds=seconds)
    return reads.held_card(stores, tools.vault, tools.trade, viewer=viewer, held_id=which, window_seconds=seconds)
