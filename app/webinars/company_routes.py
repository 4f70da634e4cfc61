"""What the operating company reads of sessions: those marked open to it; and its words where it lectures, labelled."""

from secrets import token_hex

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.community.checking import Typed, look_page, read_texts
from app.web.i18n import gettext as _
from app.webinars import reads, writing
from app.webinars.blueprint import blueprint
from app.webinars.pages import moment_of
from app.webinars.rows import get_talk
from app.webinars.rules import MAX_WORDS
from app.wiring import Toolbox, toolbox


@blueprint.get("/sessions/open")
@allow("analyst")
def open_sessions() -> str:
    """Sessions that are open to the company."""
    tools, viewer, now = toolbox(), current_viewer(), toolbox().clock.now()
    cursor = request.args.get("after", "")
    with tools.database.reading() as stores:
        coming = (
            [] if cursor else
            reads.coming(stores, tools.vault, tools.trade, viewer=viewer, now=now, today=today(now))
        )  # fmt: skip
        past, more = reads.past(stores, tools.vault, tools.trade, viewer=viewer, now=now, cursor=cursor)
    return render_template("webinars/open.html", coming=coming, past=past, more=more, cursor=cursor)


@blueprint.get("/sessions/open/<talk_id>")
@allow("analyst")
def open_session(talk_id: str) -> str:
    """One of them."""
    return _page(talk_id)


@blueprint.post("/sessions/open/<talk_id>/say")
@allow("analyst")
def say_as_company(talk_id: str) -> Response:
    """The company's words where it was announced as a lecturer, under its label."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        get_talk(stores, tools.vault, viewer=viewer, talk_id=talk_id)
    typed = read_texts(tools, viewer, {"text": MAX_WORDS})
    if typed.step == "look":
        return look_page(typed, title=_("運営会社として話す"), names={"text": _("話すこと")})
    if typed.step == "back":
        return make_response(_page(talk_id, typed.errors), 422)
    if typed.step == "send":
        _keep_words(tools, viewer, talk_id, typed)
    return redirect(url_for("webinars.open_session", talk_id=talk_id, _anchor="now"), 303)


def _keep_words(tools: Toolbox, viewer: Viewer, talk_id: str, typed: Typed) -> None:
    with tools.database.transaction("content", "keys") as stores:
        writing.say_as_company(
            stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, text=typed.texts["text"],
            to=request.form.get("to", "")[:32], moment=moment_of(tools, typed.token),
        )  # fmt: skip


def _page(talk_id: str, errors: dict[str, str] | None = None) -> str:
    tools, viewer, now = toolbox(), current_viewer(), toolbox().clock.now()
    with tools.database.reading() as stores:
        page = reads.talk_page(stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, now=now)
    return render_template(
        "webinars/open_session.html", page=page, card=page.card, errors=errors or {}, token=token_hex(16),
        typed=request.form.get("text", ""), longest_words=MAX_WORDS, to=request.values.get("to", "")[:32],
    )  # fmt: skip
