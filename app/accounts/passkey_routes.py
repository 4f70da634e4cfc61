"""Views of passkeys: sign in with one, add one, take one away. The page's script asks the device; forms do the rest."""

import secrets
from typing import Final

from flask import flash, make_response, request
from webauthn.helpers import bytes_to_base64url
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts import afresh, passkeys
from app.accounts.blueprint import blueprint, enter, go, knows_password, note, note_refusal, page, resume, sign_in_page
from app.accounts.ceremony import RelyingParty, check_new, creation_options, read_answer, relying_party
from app.accounts.forms import ConfirmForm, NewPasskeyForm, PasskeySignInForm
from app.accounts.rules import CopiedPasskey, PasskeyRefused, WrongSignIn, device_label
from app.accounts.service import SignedIn
from app.accounts.signin import current_viewer
from app.accounts.steps import PASSKEY, PASSKEY_SECONDS, drop, keep, read
from app.accounts.viewer import Viewer
from app.clock import today
from app.errors import NotThere
from app.web import limits
from app.web.i18n import gettext as _
from app.web.i18n import lazy
from app.wiring import toolbox
from privacy.passkeys import passkey_handle

PURPOSE: Final = "passkey"
WHY: Final = {
    "unproven": lazy("登録できませんでした。もう一度お試しください。"),
    "there": lazy("この端末は、もう登録されています。"),
    "many": lazy("登録できるのは5つまでです。使わないものを外してから、もう一度お願いします。"),
    "without": lazy(
        "この端末では、あなたの記録を開く鍵が作れないため、登録しませんでした。パスワードと復旧コードは、これまでどおり使えます。"
    ),
}


def _party() -> RelyingParty:
    found = relying_party(toolbox().settings.base_url)
    if found is None:
        raise NotThere
    return found


# ---------------------------------------------------------------- signing in


@blueprint.post("/sign-in/passkey/challenge")
@allow("public")
def passkey_challenge() -> Response:
    """A challenge for this browser, as plain text; asked for at the tap, so that it is young."""
    _party()
    challenge = secrets.token_bytes(32)
    response = make_response(bytes_to_base64url(challenge))
    response.mimetype = "text/plain"
    made = {"challenge": challenge.hex()}
    return keep(response, made, purpose=PURPOSE, cookie=PASSKEY, seconds=PASSKEY_SECONDS)


@blueprint.post("/sign-in/passkey")
@allow("public")
def sign_in_with_passkey() -> Response:
    """The answer of a passkey, instead of address and password."""
    form = PasskeySignInForm()
    limits.spend(10)
    try:
        found = _check(form)
    except WrongSignIn as refused:
        note_refusal("passkey.copied" if isinstance(refused, CopiedPasskey) else "sign-in.failed")
        form.refuse(None, _("指紋や顔では入れませんでした。もう一度お試しいただくか、パスワードでお入りください。"))
        return drop(sign_in_page(form), PASSKEY)
    entered = resume(found) or enter(found, own_phone=bool(form.own_phone.data), after=form.after)
    return drop(entered, PASSKEY)


def _check(form: PasskeySignInForm) -> SignedIn:
    tools, party, made = toolbox(), _party(), read(purpose=PURPOSE, cookie=PASSKEY)
    answer = read_answer(form.passkey.data or "")
    if made is None:
        raise WrongSignIn
    challenge, day = bytes.fromhex(made["challenge"]), today(tools.clock.now())
    with tools.database.reading() as stores:
        opened = passkeys.sign_in(
            stores, tools.vault, party=party, challenge=challenge, answer=answer, output=form.output
        )
        found = afresh.check_in_time(stores, tools.vault, signed_in=opened.signed_in, today=day)
    with tools.database.transaction("identity") as stores:
        passkeys.note_use(stores, tools.vault, opened=opened, challenge=challenge, today=day)
    return found


# ---------------------------------------------------------------- the member's own


@blueprint.route("/account/passkeys/add", methods=["GET", "POST"])
@allow("signed-in", while_reading=True)
def add_passkey() -> Response:
    """Add a passkey: the password first, since it opens as much."""
    _party()
    viewer, form = current_viewer(), ConfirmForm()
    if not form.validate_on_submit() or not knows_password(viewer, form):
        return page("add_passkey", form)
    made = {"challenge": secrets.token_hex(32)}
    response = go("accounts.confirm_passkey")
    return keep(response, made, purpose=_adding(viewer), cookie=PASSKEY, seconds=PASSKEY_SECONDS)


@blueprint.route("/account/passkeys/add/confirm", methods=["GET", "POST"])
@allow("signed-in", while_reading=True)
def confirm_passkey() -> Response:
    """What to call it, and the device's answer."""
    viewer, form = current_viewer(), NewPasskeyForm()
    made = read(purpose=_adding(viewer), cookie=PASSKEY)
    if made is None:
        return go("accounts.add_passkey")
    challenge = bytes.fromhex(made["challenge"])
    if not form.validate_on_submit():
        return _confirm_page(viewer, form, challenge)
    try:
        _add(viewer, form, challenge)
    except (PasskeyRefused, WrongSignIn) as refused:
        form.refuse(None, _(WHY[getattr(refused, "why", "unproven")]))
        return _confirm_page(viewer, form, challenge)
    flash(_("登録しました。次からは、指紋や顔で入れます。"), "ok")
    return drop(go("accounts.account"), PASSKEY)


@blueprint.post("/account/passkeys/<passkey_id>/remove")
@allow("signed-in", while_reading=True)
def remove_passkey(passkey_id: str) -> Response:
    """Take one of one's own passkeys away."""
    viewer, tools = current_viewer(), toolbox()
    with tools.database.transaction("identity") as stores:
        passkeys.remove(stores, tools.vault, member_id=viewer.member_id, slot=passkey_id)
        note(stores, "passkey.removed", member_id=viewer.member_id)
    flash(_("登録を外しました。端末に残った鍵は、端末の設定から消せます。"), "ok")
    return go("accounts.account")


def _adding(viewer: Viewer) -> str:
    return f"{PURPOSE} {viewer.session_id}"


def _confirm_page(viewer: Viewer, form: NewPasskeyForm, challenge: bytes) -> Response:
    tools = toolbox()
    label = form.name or device_label(request.user_agent.string) or _("この端末")
    with tools.database.reading() as stores:
        known = passkeys.credentials_of(stores, tools.vault, member_id=viewer.member_id)
    options = creation_options(
        _party(),
        network=str(tools.trade.network.name),
        challenge=challenge,
        handle=passkey_handle(viewer.secret),
        label=label,
        known=known,
    )
    return page("new_passkey", form, options=options, label=label)


def _add(viewer: Viewer, form: NewPasskeyForm, challenge: bytes) -> None:
    tools = toolbox()
    made = check_new(form.passkey.data or "", _party(), challenge)
    if made is None:
        raise PasskeyRefused("unproven")
    day = today(tools.clock.now())
    with tools.database.transaction("identity") as stores:
        passkeys.spend(stores, challenge=challenge, today=day)
        passkeys.add(
            stores,
            tools.vault,
            member_id=viewer.member_id,
            secret=viewer.secret,
            made=made,
            output=form.output,
            label=form.name,
            today=day,
        )
        note(stores, "passkey.added", member_id=viewer.member_id)
