"""Views of taking one's words back: identifying ones out of a text at any time, a whole question before any answer."""

from collections.abc import Mapping

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.errors import Conflict
from app.questions.blueprint import blueprint
from app.questions.checks import LONGEST_OWN
from app.questions.deciding import check_texts
from app.questions.rekeying import forget_key
from app.questions.taking_out import MAX_WORDS, Embedded, after_taking_out, own_texts, take_words_out
from app.questions.withdrawing import may_withdraw, withdraw
from app.redacting.service import redactor
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox
from privacy.redaction.removing import MARK, SHORTEST


@blueprint.get("/threads/<thread_id>/words")
@allow("member")
def take_out(thread_id: str) -> Response:
    """One's own words in a thread, with those marked that may tell who wrote."""
    return _words_page(thread_id, {}, 200)


@blueprint.post("/threads/<thread_id>/words")
@allow("member")
def take_out_now(thread_id: str) -> Response:
    """Take the chosen words out, at once."""
    words = chosen_words()
    trouble = trouble_of(words)
    if trouble:
        return _words_page(thread_id, {"words": trouble}, 422)
    _take_out(toolbox(), current_viewer(), thread_id, words)
    flash(_("消しました。ほかの人が引いたところからも消えています。"), "ok")
    return redirect(url_for("questions.take_out", thread_id=thread_id), 303)


@blueprint.get("/threads/<thread_id>/withdraw")
@allow("member")
def withdraw_page(thread_id: str) -> str:
    """What taking a question back means; or why it cannot be taken back, and what can be done instead."""
    with toolbox().database.reading() as stores:
        may = may_withdraw(stores, viewer=current_viewer(), thread_id=thread_id)
    return render_template("questions/withdraw.html", thread_id=thread_id, may=may)


@blueprint.post("/threads/<thread_id>/withdraw")
@allow("member")
def withdraw_now(thread_id: str) -> Response:
    """Take one's own unanswered question back."""
    tools = toolbox()
    try:
        with tools.database.transaction("keys", "content") as stores:
            withdraw(stores, tools.vault, viewer=current_viewer(), thread_id=thread_id, window=tools.window)
    except Conflict:
        return make_response(render_template("questions/withdraw.html", thread_id=thread_id, may=False), 409)
    _forget(tools)
    flash(_("質問を取り下げました。本文はどこにも残っていません。"), "ok")
    return redirect(url_for("questions.mine"), 303)


def chosen_words() -> list[str]:
    """The words that were ticked, and those that were typed, one a line."""
    typed = request.form.get("words", "").splitlines()
    found = (" ".join(word.split()) for word in [*request.form.getlist("word"), *typed])
    return list(dict.fromkeys(word for word in found if word))[: MAX_WORDS + 1]


def trouble_of(words: list[str]) -> str:
    """Why these words cannot be taken out; empty when they can."""
    if not words:
        return _("消す言葉を選ぶか、書いてください。")
    if len(words) > MAX_WORDS:
        return _("一度に消せるのは{n}個までです。").format(n=MAX_WORDS)
    if any(len(word) < SHORTEST or len(word) > LONGEST_OWN for word in words):
        return _("言葉は{short}文字から{long}文字までで書いてください。").format(short=SHORTEST, long=LONGEST_OWN)
    if any(set(word) <= set(MARK) for word in words):
        return _("消したあとの印は、消せません。")
    return ""


def _take_out(tools: Toolbox, viewer: Viewer, thread_id: str, words: list[str]) -> None:
    """Encoded before anything is locked; then all in one transaction, and out of what this process remembers."""
    with tools.database.reading() as stores:
        text = after_taking_out(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, words=words)
        found = redactor(stores, tools.vault, tools.names)
    ready = None if text is None else Embedded(text, tools.encoder.passages([text])[0], tools.encoder.name)
    with tools.database.transaction("keys", "content") as stores:
        old = take_words_out(
            stores, tools.vault, tools.trade, found, viewer=viewer, thread_id=thread_id, words=words,
            window=tools.window, ready=ready,
        )  # fmt: skip
    with tools.database.transaction("keys") as stores:
        forget_key(stores, old)
    _forget(tools)


def _forget(tools: Toolbox) -> None:
    """What this process remembers of it goes too, and the write-ahead log, which would keep the older rows."""
    with tools.database.reading() as stores:
        tools.memory.catch_up(stores)
    tools.asked.forget()
    tools.database.checkpoint()


def _words_page(thread_id: str, errors: Mapping[str, str], status: int) -> Response:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        texts = own_texts(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
        named = {str(number): text for number, text in enumerate(texts)}
        checked = check_texts(tools, stores, viewer, named, choices={}, plain=True)
    chosen = chosen_words()
    rest = [word for word in chosen if word not in {one.words for one in checked.finds}]
    page = render_template(
        "questions/take_out.html", back=url_for("questions.thread", thread_id=thread_id), url=request.path, checked=checked, errors=errors, chosen=set(chosen),
        typed="\n".join(rest),
    )  # fmt: skip
    return make_response(page, status)
