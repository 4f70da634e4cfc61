"""Views of the asker's word on how it went: did it help, and what came of it."""

from secrets import token_hex

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.trade import Outcome
from app.errors import NotThere
from app.questions import judging
from app.questions.blueprint import blueprint
from app.questions.cards import PostCard, ThreadCard
from app.questions.models import Thread
from app.questions.outcomes import MAX_OUTCOME, add_outcome
from app.questions.reads import thread_card
from app.questions.replies import Reply, place_of, read_reply, review_page
from app.questions.words import received_words
from app.questions.writing import longest_wait
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox


@blueprint.get("/threads/<thread_id>/helped")
@allow("member", while_reading=False)
def helped(thread_id: str) -> str:
    """Whether an answer helped: one tap."""
    tools = toolbox()
    with tools.database.reading() as stores:
        card, _outcome = _own(tools, stores, current_viewer(), thread_id)
    return render_template("questions/helped.html", card=card, answers=_answers(card))


@blueprint.post("/threads/<thread_id>/not-yet")
@allow("member")
def not_yet(thread_id: str) -> Response:
    """Nothing has helped so far."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        judging.say_not_yet(
            stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id, window=tools.window
        )
    flash(_("わかりました。聞き返したいことがあれば、下に書き足してください。答えた人に届きます。"), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)


@blueprint.get("/threads/<thread_id>/outcome")
@allow("member", while_reading=False)
def outcome(thread_id: str) -> Response:
    """What came of it."""
    return _page(toolbox(), current_viewer(), thread_id, {})


@blueprint.post("/threads/<thread_id>/outcome")
@allow("member")
def say_outcome(thread_id: str) -> Response:
    """Tell it, under the answer that was followed."""
    tools, viewer = toolbox(), current_viewer()
    reply = read_reply(
        tools, viewer, place_of(thread_id, "outcome"), longest=MAX_OUTCOME, optional=True,
        allowed=lambda stores: _own(tools, stores, viewer, thread_id),
    )  # fmt: skip
    if reply.step == "done":
        return _thanks(tools, thread_id)
    errors = {**reply.errors, **_missing(tools, viewer, thread_id)}
    if reply.step == "back" or errors:
        return _page(tools, viewer, thread_id, errors)
    if reply.step == "look":
        return make_response(review_page(reply, title=_("その後")), 422)
    _store(tools, viewer, thread_id, reply)
    return _thanks(tools, thread_id)


def _store(tools: Toolbox, viewer: Viewer, thread_id: str, reply: Reply) -> None:
    form = request.form
    with tools.database.transaction("content", "keys") as stores:
        add_outcome(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, post_id=form.get("answer", ""),
            result=form.get("result", ""), text=reply.final, window=tools.window, today=today(tools.clock.now()),
            token=form.get("token", "")[:64],
        )  # fmt: skip


def _own(tools: Toolbox, stores: Stores, viewer: Viewer, thread_id: str) -> tuple[ThreadCard, Outcome]:
    """A question of the viewer's own that has an answer, and how its group asks. Raises NotThere."""
    card = thread_card(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
    thread = stores.content.get(Thread, thread_id)
    if thread is None or not card.is_author or not _answers(card):
        raise NotThere
    return card, tools.trade.outcome_of(thread.group_key)


def _answers(card: ThreadCard) -> list[PostCard]:
    return [post for post in card.posts if post.kind == "answer" and post.day and not post.hidden]


def _missing(tools: Toolbox, viewer: Viewer, thread_id: str) -> dict[str, str]:
    with tools.database.reading() as stores:
        card, asked = _own(tools, stores, viewer, thread_id)
    errors, answer = {}, request.form.get("answer", "")
    if asked.find(request.form.get("result", "")) is None:
        errors["result"] = _("どうなったかを選んでください。")
    if answer and answer not in {post.id for post in _answers(card)}:
        errors["answer"] = _("どの回答のことかを選んでください。")
    return errors


def _page(tools: Toolbox, viewer: Viewer, thread_id: str, errors: dict[str, str]) -> Response:
    with tools.database.reading() as stores:
        card, asked = _own(tools, stores, viewer, thread_id)
    answers = _answers(card)
    usual = next((post.id for post in answers if post.accepted), answers[0].id)
    page = render_template(
        "questions/outcome.html", card=card, asked=asked, answers=answers, errors=errors, longest=MAX_OUTCOME,
        token=request.form.get("token") or token_hex(16),
        typed={"answer": usual, "result": request.args.get("result", ""), **request.form},
    )  # fmt: skip
    return make_response(page, 422 if errors else 200)


def _thanks(tools: Toolbox, thread_id: str) -> Response:
    with tools.database.reading() as stores:
        wait = longest_wait(stores) * tools.settings.window_seconds
    flash(received_words(wait), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)
