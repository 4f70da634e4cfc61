"""Views of answering and following up, and of the pictures of a thread."""

from typing import Any

from flask import flash, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.rules import ScopeTooFine, hidden_levels
from app.domains.service import policy_of
from app.questions import answers
from app.questions.access import get_readable
from app.questions.blueprint import blueprint
from app.questions.contacts import own_contact
from app.questions.keeping import discard_kept
from app.questions.lockers import PEER, find_own
from app.questions.pennames import PenNameRefused
from app.questions.reads import thread_photo
from app.questions.replies import Reply, place_of, read_reply, review_page
from app.questions.thread_page import refusal_errors, thread_page
from app.questions.uploads import photo_response
from app.questions.words import received_words
from app.questions.writing import longest_wait
from app.web.i18n import gettext as _
from app.web.uploads import takes_photos
from app.wiring import Toolbox, toolbox


@blueprint.post("/threads/<thread_id>/answer")
@allow("member")
@takes_photos
def answer(thread_id: str) -> Response:
    """Answer as a member of the domain."""
    tools, viewer = toolbox(), current_viewer()
    reply = _read(tools, viewer, thread_id, "answer")
    if reply.step == "done":
        return _thanks(tools, thread_id, reply)
    if reply.step != "send":
        return _shown_again(tools, viewer, thread_id, reply, _("回答"))
    try:
        wait = _send_answer(tools, viewer, thread_id, reply)
    except (ScopeTooFine, PenNameRefused) as refusal:
        return make_response(thread_page(tools, viewer, thread_id, errors=refusal_errors(refusal)), 422)
    return _thanks(tools, thread_id, reply, wait)


@blueprint.post("/threads/<thread_id>/followup")
@allow("member")
@takes_photos
def follow_up(thread_id: str) -> Response:
    """Write once more in a thread of one's own."""
    tools, viewer = toolbox(), current_viewer()
    reply = _read(tools, viewer, thread_id, "followup")
    if reply.step == "done":
        return _thanks(tools, thread_id, reply)
    if reply.step != "send":
        return _shown_again(tools, viewer, thread_id, reply, _("書き足し"))
    with tools.database.transaction("content", "keys") as stores:
        answers.add_followup(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id,
            policy=policy_of(tools.settings), **_common(tools, reply),
        )  # fmt: skip
        discard_kept(stores, viewer.secret, place_of(thread_id, "followup"))
        wait = longest_wait(stores)
    return _thanks(tools, thread_id, reply, wait)


@blueprint.get("/threads/<thread_id>/photos/<photo_id>")
@allow("member")
def photo(thread_id: str, photo_id: str) -> Response:
    """A picture of a thread, for whoever may read the thread."""
    tools = toolbox()
    with tools.database.reading() as stores:
        return photo_response(
            thread_photo(
                stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id, photo_id=photo_id
            )
        )


def _read(tools: Toolbox, viewer: Viewer, thread_id: str, kind: str) -> Reply:
    def allowed(stores: Stores) -> object:
        own = find_own(stores, viewer.secret, thread_id)
        return get_readable(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id,
            asked=own is not None and own.part == PEER,
        )  # fmt: skip

    return read_reply(tools, viewer, place_of(thread_id, kind), allowed=allowed)


def _send_answer(tools: Toolbox, viewer: Viewer, thread_id: str, reply: Reply) -> int:
    """How many windows it waits at the most."""
    with tools.database.transaction("content", "keys") as stores:
        answers.add_answer(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, levels=_levels(tools),
            at_once=request.form.get("at_once") == "1", policy=policy_of(tools.settings), **_common(tools, reply),
            contact=own_contact(tools, stores, viewer, wanted=request.form.get("notify") == "1", thread_id=thread_id),
            sign=request.form.get("sign") == "pen", word=request.form.get("word") == "1",
        )  # fmt: skip
        discard_kept(stores, viewer.secret, place_of(thread_id, "answer"))
        return longest_wait(stores)


def _shown_again(tools: Toolbox, viewer: Viewer, thread_id: str, reply: Reply, title: str) -> Response:
    if reply.step == "look":
        return make_response(review_page(reply, title=title), 422)
    return make_response(thread_page(tools, viewer, thread_id, errors=reply.errors), 422)


def _levels(tools: Toolbox) -> dict[str, int]:
    last = hidden_levels(tools.trade)
    typed = {name: request.form.get(f"level_{name}", "") for name in last}
    return {name: int(text) if text in {str(n) for n in range(last[name])} else last[name]
            for name, text in typed.items()}  # fmt: skip


def _common(tools: Toolbox, reply: Reply) -> dict[str, Any]:
    return {
        "text": reply.final, "photos": reply.pictures, "window": tools.window, "today": today(tools.clock.now()),
        "token": request.form.get("token", "")[:64],
    }  # fmt: skip


def _thanks(tools: Toolbox, thread_id: str, reply: Reply, wait: int | None = None) -> Response:
    """The longest a post waits is said for every audience alike: a reader is not told which one it is."""
    if reply.checked is not None and reply.checked.held:
        flash(_("受け取りました。世話役が確かめてから公開します。結果はお知らせします。"), "ok")
        return redirect(url_for("questions.thread", thread_id=thread_id), 303)
    if wait is None:
        with tools.database.reading() as stores:
            wait = longest_wait(stores)
    flash(received_words(wait * tools.settings.window_seconds), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)
