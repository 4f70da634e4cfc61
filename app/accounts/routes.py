"""Views of signing in, recovery, and a person's own account."""

from typing import Final

from flask import flash, redirect, render_template, request, session
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts import (
    address_routes,
    afresh,
    afresh_routes,
    digest,
    digest_routes,
    passkey_routes,
    passkeys,
    service,
    sessions,
    signup,
    token_routes,
    waiting_routes,
    webhook_routes,
    work_routes,
)
from app.accounts.blueprint import (
    blueprint,
    enter,
    go,
    knows_password,
    note,
    note_refusal,
    page,
    resume,
    sign_in_page,
    tell_undone,
    undo_afresh,
)
from app.accounts.forms import ConfirmForm, LastGroupForm, PasswordForm, RecoverForm, SignInForm
from app.accounts.rules import WrongSignIn, clean_address, local_path
from app.accounts.service import SignedIn
from app.accounts.signin import current_viewer, end_session, password_cost
from app.accounts.signup import is_last_group
from app.accounts.steps import drop, keep, read
from app.clock import today
from app.web import limits
from app.web.i18n import LOCALES, lazy
from app.web.i18n import gettext as _
from app.wiring import toolbox
from privacy.errors import MistypedCode
from privacy.recovery import new_recovery_code
from privacy.wraps import wrap_with_password, wrap_with_recovery_code

__all__ = [
    "address_routes",
    "afresh_routes",
    "blueprint",
    "digest_routes",
    "passkey_routes",
    "signup",
    "token_routes",
    "waiting_routes",
    "webhook_routes",
    "work_routes",
]
MISTYPED: Final = lazy("復旧コードの文字が足りないか、違うようです。もう一度、紙を見ながら入力してください。")


@blueprint.route("/sign-in", methods=["GET", "POST"])
@allow("public")
def sign_in() -> Response:
    """Address and password."""
    form = SignInForm(next=local_path(request.args.get("next")))
    if current_user.is_authenticated and request.method == "GET":
        return redirect(form.after, 303)
    if not form.validate_on_submit():
        return sign_in_page(form)
    limits.spend(10)
    try:
        found = _check(form)
    except WrongSignIn:
        note_refusal("sign-in.failed")
        form.refuse(form.password, _("メールアドレスかパスワードが違います。"))
        return sign_in_page(form)
    return resume(found) or enter(found, own_phone=bool(form.own_phone.data), after=form.after)


def _check(form: SignInForm) -> SignedIn:
    tools = toolbox()
    mail = clean_address(form.mail.data or "") or ""
    with tools.database.reading() as stores:
        found = service.sign_in(
            stores, tools.vault, mail=mail, password=form.password.data or "", cost=password_cost(tools.settings)
        )
        return afresh.check_in_time(stores, tools.vault, signed_in=found, today=today(tools.clock.now()))


@blueprint.post("/sign-out")
@allow("signed-in", while_reading=True)
def sign_out() -> Response:
    """End this browser's session."""
    viewer = current_viewer()
    with toolbox().database.transaction("identity") as stores:
        sessions.revoke(stores, viewer=viewer, session_id=viewer.session_id)
    response = go("accounts.sign_in")
    end_session(response)
    flash(_("サインアウトしました。"), "ok")
    return response


@blueprint.route("/recover", methods=["GET", "POST"])
@allow("public")
def recover() -> Response:
    """A new password by recovery code; every browser is signed out."""
    form = RecoverForm()
    if not form.validate_on_submit():
        return page("recover", form)
    limits.spend(10)
    try:
        found = _check_code(form)
    except MistypedCode:
        form.refuse(form.code, _(MISTYPED))
    except WrongSignIn:
        note_refusal("recovery.failed")
        form.refuse(form.code, _("メールアドレスか復旧コードが違います。"))
    else:
        return _set_password(found, form.password.data or "", after="accounts.account", event="recovery.used")
    return page("recover", form)


def _check_code(form: RecoverForm) -> SignedIn:
    tools = toolbox()
    mail = clean_address(form.mail.data or "") or ""
    with tools.database.reading() as stores:
        found = service.recover(stores, tools.vault, mail=mail, code=form.code.data or "")
        return afresh.check_in_time(stores, tools.vault, signed_in=found, today=today(tools.clock.now()))


def _set_password(person: SignedIn, password: str, *, after: str, event: str = "password.changed") -> Response:
    """Put the new password in the old one's place, sign every browser out, and this one in again."""
    tools, undid = toolbox(), person.undoes
    cost = password_cost(tools.settings)
    wrap = wrap_with_password(person.secret, password, cost=cost, owner=person.member_id)
    with tools.database.transaction("identity") as stores:
        person = undo_afresh(stores, person)
        service.replace_wrap(stores, member_id=person.member_id, wrap=wrap)
        sessions.revoke_all(stores, member_id=person.member_id)
        note(stores, event, member_id=person.member_id)
        others = passkeys.list_passkeys(stores, tools.vault, member_id=person.member_id)
    response = enter(person, after=go(after).location or "/")
    flash(_("新しいパスワードにしました。ほかの端末はサインアウトしました。"), "ok")
    if others:  # whoever had the password may have registered a device: it goes on opening everything
        flash(_("指紋や顔で入る登録は、そのまま残っています。見おぼえのない端末があれば、外してください。"), "warn")
    if undid:
        tell_undone()
    return response


@blueprint.get("/account")
@allow("signed-in")
def account() -> str:
    """Devices, passkeys, password, recovery code."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        devices = sessions.list_devices(stores, viewer=viewer, today=today(tools.clock.now()))
        keys = passkeys.list_passkeys(stores, tools.vault, member_id=viewer.member_id)
        has_digest = digest.is_chosen(stores, tools.vault, member_id=viewer.member_id)
    return render_template("accounts/account.html", devices=devices, passkeys=keys, has_digest=has_digest)


@blueprint.post("/account/devices/<session_id>/revoke")
@allow("signed-in", while_reading=True)
def revoke_device(session_id: str) -> Response:
    """Sign one of one's own browsers out."""
    viewer = current_viewer()
    with toolbox().database.transaction("identity") as stores:
        sessions.revoke(stores, viewer=viewer, session_id=session_id)
    flash(_("その端末をサインアウトしました。"), "ok")
    return go("accounts.account")


@blueprint.post("/account/sign-out-everywhere")
@allow("signed-in", while_reading=True)
def sign_out_everywhere() -> Response:
    """Sign every browser out, this one too."""
    viewer = current_viewer()
    with toolbox().database.transaction("identity") as stores:
        sessions.revoke_all(stores, member_id=viewer.member_id)
        note(stores, "devices.signed-out", member_id=viewer.member_id)
    response = go("accounts.sign_in")
    end_session(response)
    flash(_("すべての端末をサインアウトしました。"), "ok")
    return response


@blueprint.route("/account/password", methods=["GET", "POST"])
@allow("signed-in", while_reading=True)
def password() -> Response:
    """A new password."""
    viewer, form = current_viewer(), PasswordForm()
    if not form.validate_on_submit() or not knows_password(viewer, form):
        return page("password", form)
    person = SignedIn(viewer.member_id, viewer.secret)
    return _set_password(person, form.password.data or "", after="accounts.account")


@blueprint.route("/account/recovery-code", methods=["GET", "POST"])
@allow("signed-in", while_reading=True)
def recovery_code() -> Response:
    """Ask for a new recovery code: the password first."""
    viewer, form = current_viewer(), ConfirmForm()
    if not form.validate_on_submit() or not knows_password(viewer, form):
        return page("new_recovery_code", form)
    made = {"code": new_recovery_code()}
    return keep(go("accounts.confirm_recovery_code"), made, purpose=viewer.session_id)


@blueprint.route("/account/recovery-code/confirm", methods=["GET", "POST"])
@allow("signed-in", while_reading=True)
def confirm_recovery_code() -> Response:
    """The new code, typed back; only then the old one stops working."""
    viewer, form = current_viewer(), LastGroupForm()
    made = read(purpose=viewer.session_id)
    if made is None:
        return go("accounts.recovery_code")
    if not form.validate_on_submit() or not is_last_group(form, made["code"]):
        return page("recovery_code", form, code=made["code"], joining=False)
    wrap = wrap_with_recovery_code(viewer.secret, made["code"], owner=viewer.member_id)
    with toolbox().database.transaction("identity") as stores:
        service.replace_wrap(stores, member_id=viewer.member_id, wrap=wrap)
        note(stores, "recovery-code.changed", member_id=viewer.member_id)
    flash(_("新しい復旧コードにしました。前のコードはもう使えません。"), "ok")
    return drop(go("accounts.account"))


@blueprint.post("/language")
@allow("public")
def set_language() -> Response:
    """Remember the language for this visit."""
    locale = request.form.get("locale")
    if locale in LOCALES:
        session["locale"] = locale
    return redirect(local_path(request.form.get("next")), 303)
