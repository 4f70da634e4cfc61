"""The talk about a specification: the company asks, the author says yes or no, the two write."""

from secrets import token_hex
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import INSIDE, allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.community import consents
from app.community.checking import Typed, look_page, read_texts
from app.community.reads import read_place
from app.db import Stores
from app.ideas import reads, service, talks
from app.ideas.blueprint import blueprint, board_reader
from app.ideas.models import Idea
from app.ideas.reads import IdeaPage
from app.ideas.rules import MAX_REPLY
from app.questions.writing import due_window
from app.sealing import Vault
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox
from privacy.scopes import Audience


def shared_with(stores: Stores, vault: Vault, *, viewer: Viewer, page: IdeaPage) -> dict[str, Any]:
    """What an idea's page says of the talk, to the author and the company alone."""
    asked = talks.invitation(stores, vault, page.card.id) if page.talk else None
    may = "analyst" in viewer.roles and talks.may_invite(stores, page.row)
    return {"asked": asked, "may_invite": may}


@blueprint.post("/ideas/<idea_id>/invite")
@allow("analyst")
def invite(idea_id: str) -> Response:
    """Ask the author into the talk."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        _idea(tools, stores, viewer, idea_id)
    typed = read_texts(tools, viewer, {"about": MAX_REPLY})
    if typed.step == "look":
        return look_page(typed, title=_("仕様の相談"), names={"about": _("相談したいこと")})
    if typed.step == "back":
        flash(typed.errors.get("about", _("まだ送っていません。")), "warn")
    else:
        _ask_author(tools, viewer, idea_id, typed)
        flash(_("提案者にたずねました。14日のあいだ返事がなければ、お断りとして扱います。"), "ok")
    return redirect(url_for("ideas.idea", idea_id=idea_id), 303)


def _ask_author(tools: Toolbox, viewer: Viewer, idea_id: str, typed: Typed) -> None:
    with tools.database.transaction("content") as stores:
        idea = _idea(tools, stores, viewer, idea_id)
        talks.invite(
            stores, tools.vault, idea=idea, words=typed.texts["about"], today=today(tools.clock.now()),
            window=tools.window,
        )  # fmt: skip


@blueprint.post("/ideas/<idea_id>/invitation")
@allow("member")
def answer(idea_id: str) -> Response:
    """The author says yes or no."""
    tools, viewer, is_yes = toolbox(), current_viewer(), request.form.get("word") == consents.YES
    with tools.database.transaction("content") as stores:
        idea = service.find_idea(stores, idea_id)
        due = due_window(stores, tools.window, Audience.ALL, at_once=False)
        talks.answer_invitation(
            stores, tools.vault, viewer=viewer, idea=idea, word="yes" if is_yes else "no", due=due
        )  # fmt: skip
    flash(_answered(is_yes=is_yes), "ok")
    return redirect(url_for("ideas.idea", idea_id=idea_id), 303)


def _answered(*, is_yes: bool) -> str:
    if is_yes:
        return _("ありがとうございます。運営会社には次の公開の時刻に伝わり、そこから話せます。いつでもやめられます。")
    return _(
        "お断りしました。運営会社には次の公開の時刻に伝わります。理由は聞かれません。アイデアの扱いも変わりません。"
    )


@blueprint.get("/ideas/<idea_id>/talk")
@allow(INSIDE)
def talk(idea_id: str) -> str:
    """The talk, for its two parties."""
    return _page(toolbox(), board_reader(), idea_id)


@blueprint.post("/ideas/<idea_id>/talk")
@allow(INSIDE)
def say(idea_id: str) -> Response:
    """Write in it."""
    tools, viewer = toolbox(), board_reader()
    with tools.database.reading() as stores:
        talks.part_of(stores, tools.vault, viewer, service.find_idea(stores, idea_id))
    typed = read_texts(tools, viewer, {"text": MAX_REPLY})
    if typed.step == "back":
        return make_response(_page(tools, viewer, idea_id, typed.errors), 422)
    if typed.step == "look":
        return look_page(typed, title=_("仕様の相談"), names={"text": _("書くこと")})
    if typed.step == "send":
        _keep_words(tools, viewer, idea_id, typed)
    flash(_("受け取りました。次の区切りで相手に届きます。"), "ok")
    return redirect(url_for("ideas.talk", idea_id=idea_id), 303)


def _keep_words(tools: Toolbox, viewer: Viewer, idea_id: str, typed: Typed) -> None:
    with tools.database.transaction("content", "keys") as stores:
        talks.say(
            stores, tools.vault, tools.trade, viewer=viewer, idea=service.find_idea(stores, idea_id),
            text=typed.texts["text"], window=tools.window, today=today(tools.clock.now()), token=typed.token,
        )  # fmt: skip


@blueprint.post("/ideas/<idea_id>/talk/end")
@allow(INSIDE)
def end(idea_id: str) -> Response:
    """End it, whoever of the two presses."""
    tools, viewer = toolbox(), board_reader()
    with tools.database.transaction("content") as stores:
        talks.end(
            stores, tools.vault, viewer=viewer, idea=service.find_idea(stores, idea_id), window=tools.window
        )  # fmt: skip
    flash(_("相談を終えました。"), "ok")
    return redirect(url_for("ideas.idea", idea_id=idea_id), 303)


def _idea(tools: Toolbox, stores: Stores, viewer: Viewer, idea_id: str) -> Idea:
    day = today(tools.clock.now())
    return reads.idea_page(stores, tools.vault, tools.trade, viewer=viewer, idea_id=idea_id, today=day).row


def _page(tools: Toolbox, viewer: Viewer, idea_id: str, errors: dict[str, str] | None = None) -> str:
    with tools.database.reading() as stores:
        part = talks.part_of(stores, tools.vault, viewer, service.find_idea(stores, idea_id))
        page = reads.idea_page(
            stores, tools.vault, tools.trade, viewer=viewer, idea_id=idea_id, today=today(tools.clock.now())
        )
        cards = read_place(
            stores, tools.vault, tools.trade, viewer=viewer, place=part.talk.place, names=reads.names()
        )  # fmt: skip
        asked = talks.invitation(stores, tools.vault, idea_id)
    return render_template(
        "ideas/talk.html", card=page.card, cards=cards, asked=asked, is_running=part.is_running,
        is_author=part.is_author, errors=errors or {}, token=token_hex(16), longest=MAX_REPLY,
        typed=request.form.get("text", "") if errors is not None else "",
    )  # fmt: skip
