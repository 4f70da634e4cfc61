"""A coordinator's word: what waits, writing one, and the page on which its reader finds it."""

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.community.checking import look_page, read_texts
from app.community.places import page_of
from app.gate import wishes
from app.gate.blueprint import blueprint
from app.gate.rules import WORD_LENGTH
from app.gate.wishes import WishCard
from app.web.i18n import gettext as _
from app.wiring import toolbox


@blueprint.get("/words")
@allow("coordinator")
def words() -> str:
    """What waits for a word, the most urgent first."""
    tools, number = toolbox(), max(0, request.args.get("page", 0, type=int))
    with tools.database.reading() as stores:
        cards, has_more = wishes.list_wishes(
            stores, tools.vault, tools.trade, viewer=current_viewer(), window=tools.window,
            window_seconds=tools.settings.window_seconds, page=number,
        )  # fmt: skip
    return render_template("gate/words.html", cards=cards, has_more=has_more, number=number)


@blueprint.get("/words/<wish_id>")
@allow("coordinator")
def word(wish_id: str) -> str:
    """One of them, with room for a word."""
    return _page(_card(wish_id), {})


@blueprint.post("/words/<wish_id>")
@allow("coordinator")
def say_word(wish_id: str) -> Response:
    """Give it."""
    card = _card(wish_id)
    typed = read_texts(toolbox(), current_viewer(), {"text": WORD_LENGTH})
    if typed.step == "look":
        return look_page(typed, title=_("世話役からのひとこと"), names={"text": _("ひとこと")})
    if typed.step != "send":
        return make_response(_page(card, typed.errors), 422)
    _say(wish_id, typed.texts["text"])
    flash(_("ありがとうございます。書いた人にだけ届きます。"), "ok")
    return redirect(url_for("gate.words"), 303)


@blueprint.get("/words/for/<thread_id>")
@allow("member")
def word_for_me(thread_id: str) -> str:
    """What a coordinator said to the viewer about their part of a thread or place."""
    tools = toolbox()
    with tools.database.reading() as stores:
        found = wishes.words_for(stores, tools.vault, viewer=current_viewer(), thread=thread_id)
        about = page_of(stores, thread_id) or url_for("questions.thread", thread_id=thread_id)
    return render_template("gate/word_for_me.html", words=found, about=about)


def _say(wish_id: str, text: str) -> None:
    tools = toolbox()
    with tools.database.transaction("content", "keys") as stores:
        wishes.say(
            stores, tools.vault, tools.trade, viewer=current_viewer(), wish_id=wish_id, text=text,
            window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip


def _card(wish_id: str) -> WishCard:
    tools = toolbox()
    with tools.database.reading() as stores:
        return wishes.get_wish(
            stores, tools.vault, tools.trade, viewer=current_viewer(), wish_id=wish_id, window=tools.window,
            window_seconds=tools.settings.window_seconds,
        )  # fmt: skip


def _page(card: WishCard, errors: dict[str, str]) -> str:
    return render_template(
        "gate/word.html", card=card, errors=errors, typed=request.form.get("text", ""), longest=WORD_LENGTH
    )
