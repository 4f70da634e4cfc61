"""Views of an author's consent: exactly the text that would be out, who would read it, and three answers."""

from typing import Final

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.community import consents
from app.community.checking import look_page, read_texts
from app.errors import NotThere
from app.knowledge import consenting
from app.knowledge.blueprint import blueprint
from app.knowledge.draft_routes import soon
from app.knowledge.rules import MAX_NOTE, PUBLISHED
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

WORDS: Final[dict[str, consents.Word]] = {"yes": "yes", "change": "change", "no": "no"}


@blueprint.get("/articles/asked")
@allow("member")
def asked() -> str:
    """What one was asked, and what one agreed to."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        cards = consenting.own_asked(stores, tools.vault, viewer=viewer, window=tools.window)
    return render_template("knowledge/asked.html", cards=cards)


@blueprint.get("/articles/asked/<consent_id>")
@allow("member")
def consent(consent_id: str) -> str:
    """One of them."""
    return _page(consent_id, {})


def _page(consent_id: str, errors: dict[str, str]) -> str:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        card = consenting.get_card(stores, tools.vault, viewer=viewer, consent_id=consent_id, window=tools.window)
    return render_template(
        "knowledge/consent.html", card=card, errors=errors, typed=request.form,
        group=next((str(one.name) for one in tools.trade.groups if one.key == card.group), ""),
    )  # fmt: skip


@blueprint.post("/articles/asked/<consent_id>")
@allow("member")
def answer_consent(consent_id: str) -> Response:
    """Yes, change, or no."""
    tools, viewer, word = toolbox(), current_viewer(), WORDS.get(request.form.get("word", ""))
    with tools.database.reading() as stores:
        consenting.get_card(stores, tools.vault, viewer=viewer, consent_id=consent_id, window=tools.window)
    if word is None:
        return make_response(_page(consent_id, {"word": _("ひとつ選んでください。")}), 422)
    if word != consents.CHANGE and not request.form.get("note", "").strip():
        return _send(tools, viewer, consent_id, word, "")
    typed = read_texts(tools, viewer, {"note": MAX_NOTE})
    if typed.step == "back":
        return make_response(_page(consent_id, typed.errors), 422 if typed.errors else 200)
    if typed.step == "look":
        return look_page(typed, title=_("返事の確認"), names={"note": _("直してほしいところ")})
    return _send(tools, viewer, consent_id, word, typed.texts["note"])


def _send(tools: Toolbox, viewer: Viewer, consent_id: str, word: consents.Word, note: str) -> Response:
    was_out = False
    try:
        with tools.database.transaction("content", "keys") as stores:
            card = consenting.get_card(stores, tools.vault, viewer=viewer, consent_id=consent_id, window=tools.window)
            was_out = card.state == PUBLISHED
            consenting.say(
                stores, tools.vault, viewer=viewer, consent_id=consent_id, word=word, note=note, window=tools.window,
                due=soon(tools, stores),
            )  # fmt: skip
    except NotThere:
        flash(_("この案は、もう返事を受けつけていません。"), "warn")
    else:
        flash(_said(word, was_out=was_out), "ok")
    return redirect(url_for("knowledge.asked"), 303)


def _said(word: str, *, was_out: bool) -> str:
    if word == consents.YES:
        return _(
            "ありがとうございます。編集者には、次の公開の時刻に伝わります。気が変わったら、このページでいつでも取り消せます。"
        )
    if word == consents.CHANGE:
        return _("承知しました。編集者には、次の公開の時刻に伝わります。直った文ができたら、もう一度おたずねします。")
    if was_out:
        return _("承知しました。記事は下げました。あなたの書き込みをもとにした文は出しません。")
    return _("承知しました。この文は出しません。編集者には、次の公開の時刻に伝わります。")
