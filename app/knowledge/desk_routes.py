"""Views of the editors' desk: what waits for a second editor, what is to be looked at again, one's own texts."""

from datetime import date

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.community.checking import look_page, read_texts
from app.db import Stores
from app.knowledge import editors, publishing, reads, reviewing
from app.knowledge.blueprint import blueprint
from app.knowledge.draft_routes import soon
from app.knowledge.rules import MAX_NOTE, NOTE
from app.knowledge.versions import text_of
from app.questions.deciding import check_texts
from app.questions.offices import edits_by_office
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox


@blueprint.get("/articles/desk")
@allow("member")
def desk() -> str:
    """For editors; for others, what editors do and a way to become one."""
    tools, viewer, day = toolbox(), current_viewer(), today(toolbox().clock.now())
    with tools.database.reading() as stores:
        if not editors.is_editor(stores, viewer, today=day):
            return render_template("knowledge/become_editor.html")
        waiting = publishing.waiting_for_second(stores, tools.vault, viewer=viewer)
        review = _review(tools, stores, viewer, day)
        by_office = edits_by_office(stores, viewer, today=day)
        own = reviewing.own_drafts(stores, tools.vault, viewer=viewer)
        titles = _titles(tools, stores, waiting)
    return render_template(
        "knowledge/desk.html", waiting=titles, own=own, by_office=by_office, review=review, note=NOTE
    )  # fmt: skip


def _review(
    tools: Toolbox, stores: Stores, viewer: Viewer, day: date
) -> list[tuple[reads.ArticleCard, reviewing.ReviewCard]]:
    """What is to be looked at again, each with the card of its article."""
    review = reviewing.to_review(stores, tools.vault, today=day, circles=viewer.own_circles)
    rows = [one.article for one in review]
    cards = {one.id: one for one in reads.cards_of(stores, tools.vault, tools.trade, rows, viewer=viewer)}
    return [(cards[one.article.id], one) for one in review if one.article.id in cards]


def _titles(tools: Toolbox, stores: Stores, waiting: list[publishing.Waiting]) -> list[tuple[str, str]]:
    keys = tools.vault.data_keys(stores, [one.key_id for one in waiting])
    return [
        (one.version.id, text_of(keys[one.key_id], one.version)["title"]) for one in waiting if one.key_id in keys
    ]  # fmt: skip


@blueprint.post("/articles/desk/join")
@allow("member")
def become_editor() -> Response:
    """Become an editor."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        editors.volunteer(stores, tools.vault, viewer=current_viewer())
    flash(_("編集者になりました。だれが編集者かは、どこにも名簿がありません。"), "ok")
    return redirect(url_for("knowledge.desk"), 303)


@blueprint.post("/articles/desk/leave")
@allow("member")
def step_back() -> Response:
    """Be one no more."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        editors.step_back(stores, tools.vault, viewer=current_viewer())
    flash(_("編集者をやめました。ありがとうございました。いつでも戻れます。"), "ok")
    return redirect(url_for("knowledge.articles"), 303)


@blueprint.get("/articles/desk/<version_id>")
@allow("member", while_reading=False)
def second(version_id: str) -> str:
    """A text before it is out, with what in it may tell who somebody is."""
    return _second_page(version_id, {})


def _second_page(version_id: str, errors: dict[str, str]) -> str:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        article, version, about = publishing.get_second(
            stores, tools.vault, viewer=viewer, version_id=version_id, today=today(tools.clock.now())
        )  # fmt: skip
        text = text_of(tools.vault.data_key(stores, article.key_id), version)
        read = {name: text[name] for name in ("title", "body", "change") if text[name]}
        checked = check_texts(tools, stores, viewer, read, choices={}, plain=True)
    return render_template(
        "knowledge/second.html", version_id=version_id, about=about, text=text, checked=checked, errors=errors,
        typed=request.form, longest=MAX_NOTE,
    )  # fmt: skip


@blueprint.post("/articles/desk/<version_id>")
@allow("member")
def decide_second(version_id: str) -> Response:
    """Out with it, or back to its editor with a word."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        publishing.get_second(
            stores, tools.vault, viewer=viewer, version_id=version_id, today=today(tools.clock.now())
        )  # fmt: skip
    if request.form.get("word") == "publish":
        return _approve(tools, viewer, version_id)
    typed = read_texts(tools, viewer, {"note": MAX_NOTE})
    if typed.step == "back":
        return make_response(_second_page(version_id, typed.errors), 422 if typed.errors else 200)
    if typed.step == "look":
        return look_page(typed, title=_("もどす理由"), names={"note": _("直してほしいところ")})
    return _send_back(tools, viewer, version_id, typed.texts["note"])


def _approve(tools: Toolbox, viewer: Viewer, version_id: str) -> Response:
    with tools.database.transaction("content") as stores:
        publishing.approve(
            stores, tools.vault, viewer=viewer, version_id=version_id, due=soon(tools, stores),
            today=today(tools.clock.now()),
        )  # fmt: skip
    flash(_("次の公開の時刻に、知識ベースに出ます。"), "ok")
    return redirect(url_for("knowledge.desk"), 303)


def _send_back(tools: Toolbox, viewer: Viewer, version_id: str, note: str) -> Response:
    with tools.database.transaction("content") as stores:
        publishing.hand_back(
            stores, tools.vault, viewer=viewer, version_id=version_id, note=note, due=soon(tools, stores),
            today=today(tools.clock.now()),
        )  # fmt: skip
    flash(_("編集者にもどしました。"), "ok")
    return redirect(url_for("knowledge.desk"), 303)


@blueprint.post("/articles/<article_id>/confirm")
@allow("member")
def confirm(article_id: str) -> Response:
    """It is right for another year."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        reviewing.confirm(
            stores, tools.vault, viewer=current_viewer(), article_id=article_id, today=today(tools.clock.now())
        )
    flash(_("いまも正しいと確かめました。次は1年後です。"), "ok")
    return redirect(url_for("knowledge.desk"), 303)


@blueprint.post("/articles/<article_id>/retire")
@allow("member")
def retire(article_id: str) -> Response:
    """It is right no more."""
    tools = toolbox()
    with tools.database.transaction("content", "keys") as stores:
        reviewing.take_down(
            stores, tools.vault, viewer=current_viewer(), article_id=article_id, due=soon(tools, stores),
            today=today(tools.clock.now()),
        )  # fmt: skip
    flash(_("取り下げました。もとの書き手の方々に知らせます。"), "ok")
    return redirect(url_for("knowledge.desk"), 303)
