"""The blueprint of accounts, and the answers and checks its views share."""

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts import afresh, service, verification
from app.accounts.forms import CodeForm, ConfirmForm, PasswordForm, SignInForm
from app.accounts.rules import WrongSignIn
from app.accounts.service import SignedIn
from app.accounts.signin import start_session
from app.accounts.viewer import Viewer
from app.accounts.words_left import is_marked
from app.clock import today
from app.db import Stores
from app.logs.service import note_security
from app.web import limits
from app.web.forms import HouseForm
from app.web.i18n import current_locale
from app.web.i18n import gettext as _
from app.web.limits import network_of
from app.web.resume import carried_fields, carried_mark, carried_path
from app.wiring import toolbox

ELSEWHERE: Final = {"waiting": "accounts.waiting", "paused": "leaving.overview"}  # where somebody is told what is
blueprint = Blueprint("accounts", __name__, template_folder="templates")


def page(template: str, form: HouseForm, **context: Any) -> Response:
    """A page with a form; 422 when it was sent and something is to be put right."""
    body = render_template(f"accounts/{template}.html", form=form, **context)
    return make_response(body, 422 if form.is_submitted() else 200)


def send_code(address: str, *, purpose: verification.Purpose, link_to: Callable[[str], str] = lambda _token: "") -> str:
    """Mail a code to an address, or why there is none; gives the browser's ticket. `link_to` is the address of a link."""
    tools = toolbox()
    may_send = limits.count_letter(address)
    with tools.database.transaction("identity", "content") as stores:
        return verification.begin(
            stores, tools.vault, tools.post_office_public, address=address, link_to=link_to, locale=current_locale(),
            now=tools.clock.now(), minutes=tools.settings.code_minutes, window=tools.window, purpose=purpose,
            may_send=may_send,
        )  # fmt: skip


def try_code(ticket: str, form: CodeForm) -> verification.Outcome:
    """What becomes of the mailed code somebody typed; a wrong one is said beside the field."""
    tools = toolbox()
    with tools.database.transaction("identity") as stores:
        outcome = verification.prove_code(
            stores, tools.vault, ticket=ticket, code=form.code.data or "", now=tools.clock.now()
        )
    if outcome == "wrong":
        form.refuse(form.code, _("コードが違うようです。もう一度、メールのコードを確かめてください。"))
    return outcome


def sign_in_page(form: SignInForm) -> Response:
    """The sign-in form again; with what somebody typed before their session ended still in it."""
    path, fields = carried_path(), carried_fields()
    if not (path and fields):
        return page("sign_in", form, days=toolbox().settings.own_phone_days)
    wrong = [*form.form_errors, *(message for field in form for message in field.errors)]
    shown = {"path": path, "fields": fields, "by": carried_mark(), "wrong": wrong, "mail": form.mail.data or ""}
    return make_response(render_template("errors/resume.html", **shown), 422)


def knows_password(viewer: Viewer, form: PasswordForm | ConfirmForm) -> bool:
    """Whether they typed their own password; says so at the field when not."""
    limits.spend(10)
    try:
        with toolbox().database.reading() as stores:
            service.check_password(stores, member_id=viewer.member_id, password=form.current.data or "")
    except WrongSignIn:
        form.refuse(form.current, _("いまのパスワードが違います。"))
        return False
    return True


def go(endpoint: str, **values: Any) -> Response:
    """On to another page."""
    return redirect(url_for(endpoint, **values), 303)


def enter(signed_in: SignedIn, *, own_phone: bool = False, after: str = "/") -> Response:
    """Sign this browser in and go on; somebody whose organisation is not verified yet goes to the page that says so."""
    tools, undid = toolbox(), signed_in.undoes
    with tools.database.transaction("identity") as stores:
        signed_in = undo_afresh(stores, signed_in)
        waited = service.waits(stores, member_id=signed_in.member_id)
        state = service.arrive(stores, tools.vault, signed_in=signed_in, today=today(tools.clock.now()))
        response = go(ELSEWHERE[state]) if state in ELSEWHERE else redirect(after, 303)
        start_session(response, stores, signed_in=signed_in, own_phone=own_phone)
    if undid:
        tell_undone()
    if waited and state != "waiting":
        flash(_("所属先の確認が済みました。ようこそ。"), "ok")
    return response


def undo_afresh(stores: Stores, signed_in: SignedIn) -> SignedIn:
    """End the fresh start, where this is whom it was made for; the transaction writes identity."""
    if not signed_in.undoes:
        return signed_in
    tools = toolbox()
    note(stores, "member.undid-afresh", member_id=signed_in.member_id)
    return afresh.undo(stores, tools.vault, signed_in=signed_in, today=today(tools.clock.now()))


def tell_undone() -> None:
    """Say on the next page what signing in has undone."""
    flash(
        _(
            "はじめからのやり直しを取り消しました。質問も回答も設定も、やり直す前のとおりです。"
            "やり直したのがご自身でなければ、メールのパスワードを変えてください。"
        ),
        "warn",
    )


def note(stores: Stores, event: str, *, member_id: str = "") -> None:
    """Put an event of this request into the security log; the transaction writes identity."""
    tools = toolbox()
    address = network_of(request.remote_addr or "")
    note_security(stores, tools.vault, event=event, now=tools.clock.now(), member_id=member_id, address=address)


def note_refusal(event: str) -> None:
    """The same for a sign-in that was refused: nobody is named, known address or not."""
    with toolbox().database.transaction("identity") as stores:
        note(stores, event)


def resume(signed_in: SignedIn) -> Response | None:
    """Sign this browser in and show the button that sends what was typed before; None when nothing was carried."""
    path, fields = carried_path(), carried_fields()
    if not (path and fields):
        return None
    if not is_marked(toolbox().vault, carried_mark(), member_id=signed_in.member_id):
        response = enter(signed_in)
        flash(_("ここに残っていた書きかけの文は、書いた方にだけお返しするものなので、開いていません。"), "info")
        return response
    response = enter(signed_in)
    if response.location in {url_for(endpoint) for endpoint in ELSEWHERE.values()}:
        return response
    response.status_code = 200
    response.headers.pop("Location", None)
    # drawn after the new session has begun, so that its form carries that session's token
    response.set_data(render_template("accounts/resumed.html", path=path, fields=fields))
    return response
