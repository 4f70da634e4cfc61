"""Views of the tokens for the API: one's own, a new one, and the end of one."""

from typing import Any

from flask import current_app, flash, jsonify, render_template
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts import tokens
from app.accounts.blueprint import blueprint, go, knows_password, note, page
from app.accounts.forms import TokenForm
from app.accounts.signin import current_viewer
from app.accounts.steps import drop, keep, read
from app.accounts.viewer import Viewer
from app.clock import today
from app.errors import Conflict
from app.web.api import description
from app.web.i18n import gettext as _
from app.web.i18n import lazy
from app.wiring import toolbox

MAY = {
    tokens.READ: lazy("読む：質問の一覧、検索、自分の質問と回答、お知らせ"),
    tokens.ASK: lazy("聞く：質問を出す"),
    tokens.ANSWER: lazy("答える：届いた質問を見て、回答や書き足しを送る"),
    tokens.COMPANY: lazy("会社への質問を読む"),
}


@blueprint.route("/account/tokens", methods=["GET", "POST"])
@allow("signed-in")
def own_tokens() -> Response:
    """One's own tokens, and room for a new one: the password first, since it outlives this browser."""
    viewer, form = current_viewer(), TokenForm()
    form.offer(tokens.scopes_of(viewer))
    if not form.validate_on_submit() or not knows_password(viewer, form):
        return _page(viewer, form)
    try:
        made = _make(viewer, form)
    except Conflict:
        form.refuse(None, _("鍵は{n}本までです。使わないものを止めてから作ってください。").format(n=tokens.MOST))
        return _page(viewer, form)
    return keep(go("accounts.new_token"), {"token": made}, purpose=viewer.session_id)


@blueprint.get("/account/tokens/new")
@allow("signed-in", while_reading=False)
def new_token() -> Response:
    """The new one, shown this once."""
    made = read(purpose=current_viewer().session_id)
    if made is None:
        return go("accounts.own_tokens")
    return drop(Response(render_template("accounts/new_token.html", token=made["token"]), mimetype="text/html"))


@blueprint.post("/account/tokens/<token_id>/revoke")
@allow("signed-in", while_reading=True)
def revoke_token(token_id: str) -> Response:
    """End one of one's own."""
    viewer = current_viewer()
    with toolbox().database.transaction("identity") as stores:
        tokens.revoke_token(stores, viewer=viewer, token_id=token_id)
        note(stores, "token.revoked", member_id=viewer.member_id)
    flash(_("その鍵を止めました。"), "ok")
    return go("accounts.own_tokens")


@blueprint.get("/account/tokens/openapi.json")
@allow("signed-in")
def api_description() -> Response:
    """What the API takes and gives, in OpenAPI."""
    return jsonify(description(current_app._get_current_object()))  # type: ignore[attr-defined]


def _make(viewer: Viewer, form: TokenForm) -> str:
    tools = toolbox()
    with tools.database.transaction("identity") as stores:
        note(stores, "token.made", member_id=viewer.member_id)
        return tokens.make_token(
            stores, viewer=viewer, label=str(form.label.data).strip(), scopes=form.scopes.data or (),
            days=int(form.days.data or 0), today=today(tools.clock.now()),
        )  # fmt: skip


def _page(viewer: Viewer, form: TokenForm) -> Response:
    tools = toolbox()
    with tools.database.reading() as stores:
        own = tokens.list_tokens(stores, viewer=viewer, today=today(tools.clock.now()))
    words: dict[str, Any] = {key: _(told) for key, told in MAY.items()}
    offered = [(key, words[key]) for key in tokens.scopes_of(viewer)]
    return page("tokens", form, tokens=own, words=words, offered=offered, days=tokens.DAYS)
