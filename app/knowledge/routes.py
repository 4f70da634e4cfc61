"""Views of the knowledge base: an article, its history, and what a reader says of it."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.access import INSIDE, PUBLIC, allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.community import reads as places
from app.community.checking import look_page, read_texts
from app.community.places import shows_places
from app.db import Stores
from app.errors import NotThere, SignInNeeded
from app.knowledge import (
    consent_routes,
    desk_routes,
    draft_routes,
    finding_routes,
    note_routes,
    pick_routes,
    picks,
    reads,
    reporting,
    reviewing,
)
from app.knowledge.blueprint import blueprint
from app.knowledge.editors import is_editor
from app.knowledge.models import Article, PickMonth
from app.knowledge.rules import MAX_NOTE, PUBLISHED
from app.knowledge.words import names
from app.web.i18n import gettext as _
from app.web.i18n import lazy
from app.wiring import toolbox

__all__ = ["blueprint", "consent_routes", "desk_routes", "draft_routes", "finding_routes", "note_routes", "pick_routes"]
NOTE_NAMES = places.Names(opener=lazy("メモを書いた人"))
blueprint.context_processor(names)


@shows_places
def page_of(stores: Stores, place: str) -> str | None:
    """Where a note is read, or the picks of a month."""
    if stores.content.get(Article, place) is not None:
        return url_for("knowledge.article", article_id=place)
    picked = stores.content.scalar(select(PickMonth.month).where(PickMonth.place == place))
    return url_for("knowledge.picks_archive") if picked is not None else None


@blueprint.get("/articles/<article_id>")
@allow(PUBLIC)
def article(article_id: str) -> Response | str:
    """One of them; one's own note also while it waits. What everybody may read, a visitor reads without signing in."""
    viewer = finding_routes.reader()
    if viewer is not None:
        return _page(viewer, article_id)
    try:
        return finding_routes.public_article(article_id)
    except NotThere:
        if current_user.is_authenticated:
            raise
        raise SignInNeeded from None  # whatever it is: nobody learns here whether there is something


def _page(viewer: Viewer, article_id: str) -> str:
    tools, day = toolbox(), today(toolbox().clock.now())
    with tools.database.reading() as stores:
        written: Any = None
        if "member" in viewer.roles:
            own = places.read_place(
                stores, tools.vault, tools.trade, viewer=viewer, place=article_id, names=NOTE_NAMES
            )  # fmt: skip
            written = own[0] if own else None
        if written is not None and written.is_mine and (written.waits or written.hidden or written.withdrawn):
            return render_template("knowledge/own_note.html", written=written)
        card = reads.get_article(stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id)
        own_word = reporting.own_word(stores, tools.vault, viewer=viewer, article_id=article_id)
        flagged = reviewing.has_flagged(stores, viewer=viewer, article_id=article_id)
        edits = is_editor(stores, viewer, today=day)
        picking = edits and picks.my_turn(stores, tools.vault, viewer=viewer, today=day) is not None
    return render_template(
        "knowledge/article.html", picking=picking, card=card, written=written, own_word=own_word, flagged=flagged, edits=edits,
        may_tell="member" in viewer.roles and not (written is not None and written.is_mine),
    )  # fmt: skip


@blueprint.get("/articles/<article_id>/history")
@allow(INSIDE)
def history(article_id: str) -> str:
    """The versions that were out, each with what it changed."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        card = reads.get_article(stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id)
        versions = reads.history(stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id)
    return render_template("knowledge/history.html", card=card, versions=versions)


@blueprint.post("/articles/<article_id>/worked")
@allow("member")
def worked(article_id: str) -> Response:
    """Tell how it went, or take that back."""
    tools, viewer, word = toolbox(), current_viewer(), request.form.get("word", "")
    with tools.database.transaction("content") as stores:
        row = _out(stores, article_id)
        if word in ("worked", "failed"):
            reporting.say(stores, tools.vault, viewer=viewer, article=row, worked=word == "worked")
            flash(_("ありがとうございます。いくつもの組織から届くと、月曜日に、幅のある数で載ります。"), "ok")
        else:
            reporting.take_back(stores, tools.vault, viewer=viewer, article=row)
            flash(_("取り消しました。"), "ok")
    return redirect(url_for("knowledge.article", article_id=article_id), 303)


@blueprint.get("/articles/<article_id>/outdated")
@allow("member", while_reading=False)
def outdated(article_id: str) -> str:
    """The form: what is out of date?"""
    return _outdated_form(article_id, {})


@blueprint.post("/articles/<article_id>/outdated")
@allow("member")
def say_outdated(article_id: str) -> Response:
    """Put it before the editors, or take that back."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        _out(stores, article_id)
    if request.form.get("do") == "undo":
        return _take_flag_back(article_id)
    typed = read_texts(tools, viewer, {"text": MAX_NOTE})
    if typed.step == "back":
        return make_response(_outdated_form(article_id, typed.errors), 422 if typed.errors else 200)
    if typed.step == "look":
        return look_page(typed, title=_("古くなっているところ"), names={"text": _("どこが古いか")})
    return _flag(article_id, typed.texts["text"])


def _flag(article_id: str, sentence: str) -> Response:
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        row = _out(stores, article_id)
        reviewing.flag(stores, tools.vault, viewer=current_viewer(), article=row, sentence=sentence)
    flash(_("編集者に伝えました。だれからかは、編集者にもわかりません。"), "ok")
    return redirect(url_for("knowledge.article", article_id=article_id), 303)


def _take_flag_back(article_id: str) -> Response:
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        row = _out(stores, article_id)
        reviewing.take_flag_back(stores, tools.vault, viewer=current_viewer(), article=row)
    flash(_("取り消しました。"), "ok")
    return redirect(url_for("knowledge.article", article_id=article_id), 303)


def _out(stores: Stores, article_id: str) -> Article:
    """What is out, for who may read it. Raises NotThere."""
    tools = toolbox()
    card = reads.get_article(stores, tools.vault, tools.trade, viewer=current_viewer(), article_id=article_id)
    if card.state != PUBLISHED:
        raise NotThere
    return stores.content.get_one(Article, article_id)


def _outdated_form(article_id: str, errors: dict[str, str]) -> str:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        card = reads.get_article(stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id)
        flagged = reviewing.has_flagged(stores, viewer=viewer, article_id=article_id)
    return render_template(
        "knowledge/outdated.html", card=card, errors=errors, typed=request.form, longest=MAX_NOTE, flagged=flagged
    )  # fmt: skip
