"""What the operating company reads and answers: only where a question's author ticked it, and not before two days."""

from secrets import token_hex

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.questions.blueprint import blueprint
from app.questions.cards import ThreadCard
from app.questions.company import answer_as_company
from app.questions.duplicates import same_questions
from app.questions.lists import list_for_company
from app.questions.marks import marks_of
from app.questions.reads import thread_card, thread_photo
from app.questions.replies import Reply, place_of, read_reply, review_page
from app.questions.rules import COMPANY_WAIT_HOURS, MAX_ANSWER
from app.questions.uploads import photo_response
from app.questions.worth import worths
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox
from privacy.times import windows_after


@blueprint.get("/company")
@allow("analyst")
def company() -> str:
    """Questions whose authors let the company read."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        page = list_for_company(
            stores, tools.vault, tools.trade, viewer=viewer, until=company_until(tools),
            cursor=request.args.get("after", ""),
        )  # fmt: skip
    return render_template("questions/company.html", page=page)


@blueprint.get("/company/<thread_id>")
@allow("analyst")
def company_thread(thread_id: str) -> str:
    """One of them."""
    return _page(toolbox(), current_viewer(), thread_id)


@blueprint.get("/company/<thread_id>/photos/<photo_id>")
@allow("analyst")
def company_photo(thread_id: str, photo_id: str) -> Response:
    """A picture of one of them."""
    tools = toolbox()
    with tools.database.reading() as stores:
        picture = thread_photo(
            stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id, photo_id=photo_id,
            company_until=company_until(tools),
        )  # fmt: skip
    return photo_response(picture)


@blueprint.post("/company/<thread_id>/answer")
@allow("analyst")
def company_answer(thread_id: str) -> Response:
    """Answer as the company, under its label."""
    tools, viewer = toolbox(), current_viewer()
    reply = _read(tools, viewer, thread_id)
    if reply.step == "look":
        return make_response(review_page(reply, title=_("運営会社からの回答")), 422)
    if reply.step == "back":
        return make_response(_page(tools, viewer, thread_id, reply.errors), 422)
    if reply.step == "send":
        _send(tools, viewer, thread_id, reply.final)
    flash(_("受け取りました。次の区切りで、「運営会社からの回答」として公開します。"), "ok")
    return redirect(url_for("questions.company_thread", thread_id=thread_id), 303)


def _read(tools: Toolbox, viewer: Viewer, thread_id: str) -> Reply:
    def allowed(stores: Stores) -> object:
        return company_card(tools, stores, viewer, thread_id)

    return read_reply(tools, viewer, place_of(thread_id, "company"), allowed=allowed)


def _send(tools: Toolbox, viewer: Viewer, thread_id: str, text: str) -> None:
    with tools.database.transaction("content", "keys") as stores:
        answer_as_company(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, text=text, window=tools.window,
            today=today(tools.clock.now()), company_until=company_until(tools),
            token=request.form.get("token", "")[:64],
        )  # fmt: skip


def company_card(tools: Toolbox, stores: Stores, viewer: Viewer, thread_id: str) -> ThreadCard:
    """A question as the company may read it by now. Raises NotThere."""
    until = company_until(tools)
    return thread_card(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, company_until=until)


def company_until(tools: Toolbox) -> int:
    """The latest window whose threads the company may read by now."""
    return tools.window - windows_after(COMPANY_WAIT_HOURS, tools.settings.window_seconds)


def _page(tools: Toolbox, viewer: Viewer, thread_id: str, errors: dict[str, str] | None = None) -> str:
    with tools.database.reading() as stores:
        card = company_card(tools, stores, viewer, thread_id)
        marks = marks_of(stores, tools.vault, thread_id)
        sames = same_questions(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, window=tools.window,
            company_until=company_until(tools),
        )  # fmt: skip
    return render_template(
        "questions/company_thread.html", card=card, token=token_hex(16), errors=errors or {}, sames=sames,
        worths=worths(card, marks, viewer=viewer, window=tools.window),
        typed=request.form.get("text", "") if errors is not None else "", longest=MAX_ANSWER,
    )  # fmt: skip
