"""Views of beginning afresh: four short steps. What is known so far travels sealed in the browser."""

from typing import Any, Final

from flask import flash, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts import afresh
from app.accounts.afresh import Fresh
from app.accounts.blueprint import blueprint, enter, go, note, note_refusal, page, send_code, try_code
from app.accounts.forms import AddressForm, CodeForm, FreshPasswordForm, LastGroupForm
from app.accounts.service import SignedIn
from app.accounts.signin import password_cost
from app.accounts.signup import is_last_group
from app.accounts.steps import drop, keep, read
from app.clock import today
from app.errors import NotThere
from app.web import limits
from app.web.i18n import current_locale
from app.web.i18n import gettext as _
from app.wiring import toolbox
from privacy.pseudonyms import MemberSecret, new_secret
from privacy.recovery import new_recovery_code
from privacy.wraps import Wrap, wrap_with_password

PURPOSE: Final = "afresh"


@blueprint.route("/start-afresh", methods=["GET", "POST"])
@allow("public")
def start_afresh() -> Response:
    """Step 1: what is lost and what stays, and the address."""
    form = AddressForm()
    if not form.validate_on_submit():
        return page("afresh", form, days=toolbox().settings.reading_days)
    limits.spend(10)
    return keep(
        go("accounts.start_afresh_code"), {"ticket": send_code(form.address, purpose="afresh")}, purpose=PURPOSE
    )


@blueprint.route("/start-afresh/code", methods=["GET", "POST"])
@allow("public")
def start_afresh_code() -> Response:
    """Step 2: the code."""
    steps, form = read(purpose=PURPOSE), CodeForm()
    if steps is None:
        return go("accounts.start_afresh")
    if not form.validate_on_submit():
        return page("afresh_code", form, minutes=toolbox().settings.code_minutes)
    limits.spend(10)
    outcome = try_code(steps["ticket"], form)
    if outcome == "wrong":
        note_refusal("recovery.failed")
        return page("afresh_code", form, minutes=toolbox().settings.code_minutes)
    return go("accounts.start_afresh_password") if outcome == "proven" else _again()


def _again() -> Response:
    flash(_("時間が過ぎたか、何度か違っていたようです。お手数ですが、はじめからお願いします。"), "info")
    return drop(go("accounts.start_afresh"))


@blueprint.route("/start-afresh/password", methods=["GET", "POST"])
@allow("public")
def start_afresh_password() -> Response:
    """Step 3: what is lost, ticked, and a new password."""
    steps, form = read(purpose=PURPOSE), FreshPasswordForm()
    try:
        member_id = _proven(steps)
    except NotThere:
        return _again()
    if steps is None or not form.validate_on_submit():
        return page("afresh_password", form, days=toolbox().settings.reading_days)
    limits.spend(10)
    secret = new_secret()
    wrap = wrap_with_password(secret, form.password.data or "", cost=password_cost(toolbox().settings), owner=member_id)
    made = {"secret": secret.hex(), "password": wrap.to_json(), "recovery_code": new_recovery_code()}
    whole = {"ticket": steps["ticket"], "member_id": member_id, **made}
    return keep(go("accounts.start_afresh_recovery"), whole, purpose=PURPOSE)


def _proven(steps: dict[str, Any] | None) -> str:
    if steps is None:
        raise NotThere
    tools = toolbox()
    with tools.database.reading() as stores:
        return afresh.proven_member(stores, tools.vault, ticket=steps["ticket"], now=tools.clock.now())


@blueprint.route("/start-afresh/recovery", methods=["GET", "POST"])
@allow("public")
def start_afresh_recovery() -> Response:
    """Step 4: the new recovery code, typed back; only then anything changes."""
    steps, form = read(purpose=PURPOSE), LastGroupForm()
    if steps is None or "recovery_code" not in steps:
        return _again()
    if not form.validate_on_submit() or not is_last_group(form, steps["recovery_code"]):
        action = url_for("accounts.start_afresh_recovery")
        return page("recovery_code", form, code=steps["recovery_code"], joining=True, action=action)
    try:
        person = _finish(steps)
    except NotThere:
        return _again()
    flash(_("おかえりなさい。新しい鍵になりました。"), "ok")
    return drop(enter(person))


def _words_of_the_letter() -> dict[str, str]:
    settings = toolbox().settings
    site = settings.base_url.rstrip("/")
    pages = {"sign_in": site + url_for("accounts.sign_in"), "page": site + url_for("accounts.start_afresh")}
    return {**pages, "days": str(settings.reading_days), "contact": settings.contact}


def _finish(steps: dict[str, Any]) -> SignedIn:
    tools = toolbox()
    secret = MemberSecret(bytes.fromhex(steps["secret"]))
    fresh = Fresh(steps["member_id"], secret, Wrap.from_json(steps["password"]), steps["recovery_code"])
    with tools.database.transaction("identity", "content") as stores:
        person = afresh.finish(
            stores,
            tools.vault,
            ticket=steps["ticket"],
            fresh=fresh,
            now=tools.clock.now(),
            today=today(tools.clock.now()),
            days=tools.settings.reading_days,
        )
        note(stores, "member.began-afresh", member_id=person.member_id)
        afresh.tell(
            stores,
            tools.vault,
            tools.post_office_public,
            member_id=person.member_id,
            words=_words_of_the_letter(),
            locale=current_locale(),
            window=tools.window,
        )
    return person
