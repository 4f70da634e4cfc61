"""What becomes of an idea, and what the company owes: its desk, and the public list of what is overdue."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import INSIDE, PUBLIC, allow
from app.accounts.viewer import Viewer
from app.clock import today
from app.community.checking import look_page, read_texts
from app.db import Stores
from app.errors import Forbidden
from app.ideas import reads, service
from app.ideas.blueprint import blueprint, board_reader, trouble_words
from app.ideas.board import Look, board, same_targets
from app.ideas.owed import due_ideas, is_soon
from app.ideas.owed import overdue as overdue_ideas
from app.ideas.reads import IdeaPage
from app.ideas.rules import DUPLICATE, MAX_REASON, OPEN, ChangeRefused
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox


@blueprint.get("/ideas/overdue")
@allow(PUBLIC)
def overdue() -> str:
    """Ideas that the company has left without an answer for too long: titles and days, for everybody."""
    tools = toolbox()
    with tools.database.reading() as stores:
        cards, more = overdue_ideas(stores, tools.vault, today=today(tools.clock.now()))
    return render_template("ideas/overdue.html", cards=cards, more=more, days=tools.settings.idea_days)


@blueprint.get("/ideas/desk")
@allow("analyst")
def desk() -> str:
    """What the company owes an answer to, and what is new."""
    tools, viewer, day = toolbox(), board_reader(), today(toolbox().clock.now())
    with tools.database.reading() as stores:
        due = due_ideas(stores, tools.vault, tools.trade, viewer=viewer, today=day)
        fresh = board(stores, tools.vault, tools.trade, look=Look(viewer, day, state=OPEN))
    return render_template(
        "ideas/desk.html", late=[one for one in due if one.is_late], soon=[one for one in due if is_soon(one, day) and not one.is_late],
        due=[one for one in due if not one.is_late and not is_soon(one, day)],
        fresh=[one for one in (*fresh.new, *fresh.cards) if one.due is None], days=tools.settings.idea_days,
    )  # fmt: skip


@blueprint.get("/ideas/<idea_id>/state")
@allow(INSIDE)
def state(idea_id: str) -> str:
    """The form for what becomes of an idea."""
    return _form(toolbox(), _speaker(), idea_id)


@blueprint.post("/ideas/<idea_id>/state")
@allow(INSIDE)
def change(idea_id: str) -> Response:
    """Say what becomes of it, and why."""
    tools, viewer = toolbox(), _speaker()
    with tools.database.reading() as stores:
        _read(tools, stores, viewer, idea_id)
    typed = read_texts(tools, viewer, {"reason": MAX_REASON}, optional=("reason",))
    if typed.step == "look":
        return look_page(typed, title=_("変える理由"), names={"reason": _("理由")})
    errors = typed.errors if typed.step == "back" else _changed(tools, viewer, idea_id, typed.texts.get("reason", ""))
    if errors or typed.step == "back":
        return make_response(_form(tools, viewer, idea_id, errors), 422)
    flash(_("変えました。提案者と、賛成した人に知らせます。"), "ok")
    return redirect(url_for("ideas.idea", idea_id=idea_id), 303)


def _changed(tools: Toolbox, viewer: Viewer, idea_id: str, reason: str) -> dict[str, str]:
    """What stands beside the fields when it cannot be changed so; nothing when it is done."""
    try:
        with tools.database.transaction("content") as stores:
            _change(tools, stores, viewer, _read(tools, stores, viewer, idea_id), reason)
    except ChangeRefused as refusal:
        at = {"reason": "reason", "long": "reason", "into": "into"}.get(refusal.reason, "state")
        return {at: trouble_words(refusal.reason)}
    return {}


def _change(tools: Toolbox, stores: Stores, viewer: Viewer, page: IdeaPage, reason: str) -> None:
    to, into_id = request.form.get("state", ""), request.form.get("into", "")
    into = _read(tools, stores, viewer, into_id).row if to == DUPLICATE and into_id else None
    service.change_state(
        stores, tools.vault, idea=page.row, to=to, reason=reason,
        by="company" if "analyst" in viewer.roles else "coordinator", into=into, window=tools.window,
        today=today(tools.clock.now()),
    )  # fmt: skip


def _speaker() -> Viewer:
    """The company says what it will do, coordinators what is the same. Raises Forbidden."""
    viewer = board_reader()
    if not {"analyst", "coordinator"} & viewer.roles:
        raise Forbidden
    return viewer


def _read(tools: Toolbox, stores: Stores, viewer: Viewer, idea_id: str) -> IdeaPage:
    return reads.idea_page(
        stores, tools.vault, tools.trade, viewer=viewer, idea_id=idea_id, today=today(tools.clock.now())
    )


def _form(tools: Toolbox, viewer: Viewer, idea_id: str, errors: dict[str, str] | None = None) -> str:
    with tools.database.reading() as stores:
        page, more = _read(tools, stores, viewer, idea_id), dict[str, Any]()
        if DUPLICATE in page.coordinator_may:
            look = Look(viewer, today(tools.clock.now()))
            more["targets"] = same_targets(stores, tools.vault, tools.trade, look=look, idea=page.row)
    return render_template(
        "ideas/state.html", page=page, may=page.company_may or page.coordinator_may, errors=errors or {},
        values=request.form, longest=MAX_REASON, **more,
    )  # fmt: skip
