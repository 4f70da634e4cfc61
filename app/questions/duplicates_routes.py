"""Views of questions that ask the same: propose one, decide about a proposal, take a link back."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.questions import duplicates
from app.questions.blueprint import blueprint
from app.questions.finding import SEARCHED, Shelves, find_threads
from app.questions.reads import thread_card
from app.web.i18n import gettext as _
from app.wiring import toolbox
from privacy.times import windows_after

SHOWN = 6  # close questions at a time; other words find others
LAPSES = 30  # days after which a proposal that its asker says nothing about is gone
LATER = 7  # days until one that was put off shows again


@blueprint.get("/threads/<thread_id>/same")
@allow("member", while_reading=False)
def same(thread_id: str) -> str:
    """Look for a question that asks the same, among all the viewer may read."""
    tools, viewer, sought = toolbox(), current_viewer(), request.args.get("q", "").strip()
    with tools.database.reading() as stores:
        card = thread_card(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
        shelves = Shelves(tools.trade, tools.memory, tools.asked)
        found = find_threads(stores, tools.vault, shelves, viewer=viewer, text=sought or card.title or "")
    return render_template(
        "questions/same.html", card=card, sought=sought, longest=SEARCHED, is_office="coordinator" in viewer.roles,
        found=[one for one in found.cards if one.id != thread_id][:SHOWN],
    )  # fmt: skip


@blueprint.post("/threads/<thread_id>/same")
@allow("member")
def propose_same(thread_id: str) -> Response:
    """Propose one. What is said afterwards is the same whatever becomes of it."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        duplicates.propose(
            stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id, other_id=_other(),
            window=tools.window, today=today(tools.clock.now()), until=tools.window + _days(LAPSES),
        )  # fmt: skip
    flash(_("ありがとうございます。つながるときは、次の公開のときに両方の質問に出ます。"), "ok")
    return _back(thread_id)


@blueprint.post("/threads/<thread_id>/same/decide")
@allow("member")
def decide_same(thread_id: str) -> Response:
    """The asker says yes, no or later."""
    tools, is_same = toolbox(), request.form.get("answer") == "yes"
    if request.form.get("answer") == "later":
        return _put_off(thread_id)
    with tools.database.transaction("content") as stores:
        duplicates.decide(
            stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id, other_id=_other(),
            same=is_same, window=tools.window,
        )  # fmt: skip
    flash(_("次の公開のときに、両方の質問に出ます。") if is_same else _("つながずにおきます。"), "ok")
    return _back(thread_id)


@blueprint.post("/threads/<thread_id>/same/undo")
@allow("member")
def undo_same(thread_id: str) -> Response:
    """Take a link back."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        duplicates.unlink(
            stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id, other_id=_other()
        )
    flash(_("つながりを外しました。"), "ok")
    return _back(thread_id)


def _put_off(thread_id: str) -> Response:
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        duplicates.put_off(
            stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id, other_id=_other(),
            window=tools.window, shows=tools.window + _days(LATER),
        )  # fmt: skip
    flash(_("あとで、もう一度うかがいます。"), "ok")
    return _back(thread_id)


def _days(number: int) -> int:
    return windows_after(24 * number, toolbox().settings.window_seconds)


def _other() -> str:
    return request.form.get("other", "")[:32]


def _back(thread_id: str) -> Response:
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)
