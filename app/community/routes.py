"""Views of one writing: where it stands, and what its author may do to it. Every feature's page links here."""

from secrets import token_hex
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import INSIDE, allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.community import changing, taken_words
from app.community.blueprint import blueprint
from app.community.changing import MOST_ADDITIONS, Mine
from app.community.checking import Typed, look_page, read_texts
from app.community.places import page_of
from app.community.reads import get_writing
from app.community.words import longest_of, text_label
from app.db import Stores
from app.errors import NotThere
from app.questions.deciding import check_texts
from app.questions.rekeying import forget_key
from app.questions.rules import MAX_ANSWER
from app.questions.taking_routes import chosen_words, trouble_of
from app.questions.words import received_words
from app.questions.writing import longest_wait
from app.redacting.service import redactor
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox
from privacy.scopes import Audience

__all__ = ["blueprint"]


@blueprint.get("/writings/<writing_id>")
@allow(INSIDE)
def writing(writing_id: str) -> Response:
    """The page on which it is read."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        return redirect(_page(tools, stores, viewer, writing_id), 303)


@blueprint.get("/writings/<writing_id>/change")
@allow("member")
def change(writing_id: str) -> Response:
    """One's own words in a form; after somebody else has written, only what is to stand beneath."""
    return _form(toolbox(), current_viewer(), writing_id)


@blueprint.post("/writings/<writing_id>/change")
@allow("member")
def change_now(writing_id: str) -> Response:
    """Change them at the next window, or add to them."""
    tools, viewer = toolbox(), current_viewer()
    adds, kind, fields = _fields(tools, viewer, writing_id)
    typed = read_texts(tools, viewer, fields)
    if typed.step == "look":
        names = {"added": _("追記")} | {name: text_label(name, kind) for name in fields if name != "added"}
        return look_page(typed, title=_("この文で直します"), names=names)
    if typed.step == "back":
        return _form(tools, viewer, writing_id, typed)
    flash(received_words(_keep_change(tools, viewer, writing_id, adds, typed)), "ok")
    return _back(tools, viewer, writing_id)


def _keep_change(tools: Toolbox, viewer: Viewer, writing_id: str, adds: bool, typed: Typed) -> int:
    """How many seconds it takes at most until it is out."""
    given: dict[str, Any] = {
        "viewer": viewer,
        "writing_id": writing_id,
        "window": tools.window,
        "today": today(tools.clock.now()),
    }
    with tools.database.transaction("content", "keys") as stores:
        if adds:
            changing.add(stores, tools.vault, tools.trade, text=typed.texts["added"], **given)
        else:
            changing.change(stores, tools.vault, tools.trade, texts=typed.texts, **given)
        return longest_wait(stores, Audience.ALL) * tools.settings.window_seconds


@blueprint.get("/writings/<writing_id>/withdraw")
@allow("member")
def withdraw(writing_id: str) -> str:
    """What taking it back means."""
    with toolbox().database.reading() as stores:
        mine = changing.find_mine(stores, toolbox().vault, viewer=current_viewer(), writing_id=writing_id)
    return render_template("community/withdraw.html", writing_id=writing_id, mine=mine)


@blueprint.post("/writings/<writing_id>/withdraw")
@allow("member")
def withdraw_now(writing_id: str) -> Response:
    """Take it back, at once."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        where = _page(tools, stores, viewer, writing_id)
    with tools.database.transaction("keys", "content") as stores:
        old = changing.withdraw(stores, tools.vault, viewer=viewer, writing_id=writing_id, window=tools.window)
    _forget(tools, old)
    flash(_("取り下げました。本文はどこにも残っていません。"), "ok")
    return redirect(where, 303)


@blueprint.get("/writings/<writing_id>/words")
@allow("member")
def words(writing_id: str) -> Response:
    """One's own words at its place, with those marked that may tell who wrote."""
    return _words_page(writing_id, {}, 200)


@blueprint.post("/writings/<writing_id>/words")
@allow("member")
def take_out(writing_id: str) -> Response:
    """Take the chosen words out, at once."""
    tools, viewer, chosen = toolbox(), current_viewer(), chosen_words()
    if trouble := trouble_of(chosen):
        return _words_page(writing_id, {"words": trouble}, 422)
    with tools.database.reading() as stores:
        mine = changing.find_mine(stores, tools.vault, viewer=viewer, writing_id=writing_id)
        found = redactor(stores, tools.vault, tools.names)
    with tools.database.transaction("keys", "content") as stores:
        old = taken_words.take_words_out(
            stores, tools.vault, tools.trade, found, viewer=viewer, place=mine.own.thread, words=chosen,
            window=tools.window,
        )  # fmt: skip
    _forget(tools, old)
    flash(_("消しました。ほかの人が引いたところからも消えています。"), "ok")
    return redirect(url_for("community.words", writing_id=writing_id), 303)


def _fields(tools: Toolbox, viewer: Viewer, writing_id: str) -> tuple[bool, str, dict[str, int]]:
    """Whether the words are only added to, its kind, and the fields of the form with their longest length."""
    with tools.database.reading() as stores:
        mine = changing.find_mine(stores, tools.vault, viewer=viewer, writing_id=writing_id)
        adds = not changing.may_change(stores, tools.vault, mine)
    if adds:
        return adds, mine.kind, {"added": MAX_ANSWER}
    return adds, mine.kind, {name: longest_of(name, mine.kind) for name in mine.opened["texts"]}


def _form(tools: Toolbox, viewer: Viewer, writing_id: str, typed: Typed | None = None) -> Response:
    with tools.database.reading() as stores:
        mine = changing.find_mine(stores, tools.vault, viewer=viewer, writing_id=writing_id)
        adds = not changing.may_change(stores, tools.vault, mine)
        back = _page(tools, stores, viewer, writing_id)
    texts = mine.opened["texts"]
    values = request.form if typed else texts
    page = render_template(
        "community/change.html", mine=mine, adds=adds, values=values, errors=typed.errors if typed else {}, back=back,
        texts=texts, longest=longest_of, is_full=len(mine.opened.get("additions", ())) >= MOST_ADDITIONS,
        longest_addition=MAX_ANSWER, token=request.form.get("token", "") or token_hex(16), url=request.path,
    )  # fmt: skip
    return make_response(page, 422 if typed and typed.errors else 200)


def _words_page(writing_id: str, errors: dict[str, str], status: int) -> Response:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        mine = changing.find_mine(stores, tools.vault, viewer=viewer, writing_id=writing_id)
        texts = taken_words.own_texts(stores, tools.vault, viewer=viewer, place=mine.own.thread)
        named = {str(number): text for number, text in enumerate(texts)}
        checked = check_texts(tools, stores, viewer, named, choices={}, plain=True)
        back = _page(tools, stores, viewer, writing_id)
    chosen = chosen_words()
    rest = [word for word in chosen if word not in {one.words for one in checked.finds}]
    page = render_template(
        "questions/take_out.html", back=back, url=request.path, checked=checked, errors=errors, chosen=set(chosen),
        typed="\n".join(rest),
    )  # fmt: skip
    return make_response(page, status)


def _page(tools: Toolbox, stores: Stores, viewer: Viewer, writing_id: str) -> str:
    """Where a writing is read, by whoever may read it; one's own also before it is out. Raises NotThere."""
    try:
        place = get_writing(stores, tools.vault, tools.trade, viewer=viewer, writing_id=writing_id).place
    except NotThere:
        place = _mine(tools, stores, viewer, writing_id).own.thread
    return (page_of(stores, place) or url_for("glance.square")) + f"#writing-{writing_id}"


def _mine(tools: Toolbox, stores: Stores, viewer: Viewer, writing_id: str) -> Mine:
    return changing.find_mine(stores, tools.vault, viewer=viewer, writing_id=writing_id)


def _back(tools: Toolbox, viewer: Viewer, writing_id: str) -> Response:
    with tools.database.reading() as stores:
        return redirect(_page(tools, stores, viewer, writing_id), 303)


def _forget(tools: Toolbox, old: str | None) -> None:
    """The key goes once what was under it is in, and the write-ahead log, which would keep the older rows."""
    if old is not None:
        with tools.database.transaction("keys") as stores:
            forget_key(stores, old)
    tools.database.checkpoint()
