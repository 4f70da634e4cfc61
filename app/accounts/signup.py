"""Views of signing up: six short steps. What is known so far travels sealed in the browser."""

from dataclasses import replace
from random import SystemRandom

from flask import flash, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts import introductions, joining, verification
from app.accounts.blueprint import blueprint, enter, go, note, page, send_code, try_code
from app.accounts.draft import Draft
from app.accounts.forms import (
    AddressForm,
    CodeForm,
    LastGroupForm,
    LinkForm,
    NewPasswordForm,
    OrganisationForm,
    about_form,
    about_of,
)
from app.accounts.organisations import OrganisationCard
from app.accounts.rules import AddressTaken, ends_with, password_problem
from app.accounts.service import Enrolled, SignedIn, new_credentials
from app.accounts.signin import password_cost
from app.accounts.steps import drop, keep_draft, read_draft
from app.clock import today
from app.errors import NotThere
from app.web import limits
from app.web.forms import HouseForm
from app.web.i18n import gettext as _
from app.wiring import toolbox


@blueprint.route("/sign-up", methods=["GET", "POST"])
@allow("public")
def sign_up() -> Response:
    """Step 1: the address."""
    form = AddressForm()
    if not form.validate_on_submit():
        return page("sign_up", form)
    limits.spend(10)
    return keep_draft(go("accounts.sign_up_code"), Draft(ticket=send_code(form.address, purpose="join", link_to=_link)))


def _link(token: str) -> str:
    return toolbox().settings.base_url.rstrip("/") + url_for("accounts.sign_up_link", token=token)


@blueprint.route("/sign-up/code", methods=["GET", "POST"])
@allow("public")
def sign_up_code() -> Response:
    """Step 2: the code."""
    draft, form = read_draft(), CodeForm()
    if draft is None:
        return go("accounts.sign_up")
    minutes = toolbox().settings.code_minutes
    if not form.validate_on_submit():
        return page("sign_up_code", form, minutes=minutes)
    limits.spend(10)
    outcome = try_code(draft.ticket, form)
    if outcome == "wrong":
        return page("sign_up_code", form, minutes=minutes)
    return go("accounts.sign_up_organisation") if outcome == "proven" else _again()


def _again() -> Response:
    flash(_("この確認はもう使えません。お手数ですが、もう一度メールアドレスからお願いします。"), "warn")
    return drop(go("accounts.sign_up"))


@blueprint.route("/sign-up/link/<token>", methods=["GET", "POST"])
@allow("public")
def sign_up_link(token: str) -> Response:
    """Step 2, by the link: opening it shows a button, pressing the button proves the address."""
    tools, form = toolbox(), LinkForm()
    if not form.validate_on_submit():
        with tools.database.reading() as stores:
            is_open = verification.is_open_link(stores, tools.vault, link=token, now=tools.clock.now())
        return page("sign_up_link", form) if is_open else _again()
    limits.spend(10)
    with tools.database.transaction("identity") as stores:
        ticket = verification.prove_link(stores, tools.vault, link=token, now=tools.clock.now())
    return keep_draft(go("accounts.sign_up_organisation"), Draft(ticket=ticket)) if ticket else _again()


def _proven_draft() -> Draft | None:
    """The draft of a browser that has proven its address."""
    tools, draft = toolbox(), read_draft()
    if draft is None:
        return None
    with tools.database.reading() as stores:
        proven = verification.is_proven(stores, tools.vault, ticket=draft.ticket, now=tools.clock.now())
    return draft if proven else None


@blueprint.route("/sign-up/organisation", methods=["GET", "POST"])
@allow("public")
def sign_up_organisation() -> Response:
    """Step 3: where they work."""
    draft, form = _proven_draft(), OrganisationForm()
    if draft is None:
        return _again()
    found = _by_address(draft)
    if not form.validate_on_submit() or not (chosen := _choose(form, draft, found)):
        return page("sign_up_organisation", form, found=found.name if found else "")
    return keep_draft(go("accounts.sign_up_about"), chosen)


def _by_address(draft: Draft) -> OrganisationCard | None:
    tools = toolbox()
    with tools.database.reading() as stores:
        return joining.organisation_of_address(stores, tools.vault, ticket=draft.ticket, now=tools.clock.now())


def _choose(form: OrganisationForm, draft: Draft, found: OrganisationCard | None) -> Draft | None:
    if form.way.data == "new":
        return _introduced(form, replace(draft, organisation_id="", organisation_name=form.name))
    organisation_id = found.id if found and form.way.data == "domain" else ""
    if form.way.data == "code":
        organisation_id = _by_code(form.join_code.data or "")
    if not organisation_id:
        form.refuse(form.join_code, _("このコードは見つかりませんでした。配った方に確かめてみてください。"))
        return None
    return replace(draft, organisation_id=organisation_id, organisation_name="")


def _introduced(form: OrganisationForm, draft: Draft) -> Draft | None:
    """The draft with the invitation that was typed, if one was; None when it is not good."""
    code, tools = (form.introduction.data or "").strip(), toolbox()
    if not code:
        return replace(draft, introduction="")
    limits.spend(10)
    with tools.database.reading() as stores:
        if introductions.is_good(stores, tools.vault, code=code, today=today(tools.clock.now())):
            return replace(draft, introduction=code)
    form.refuse(
        form.introduction, _("この招待のことばは使えませんでした。期限が過ぎているかもしれません。なくても進めます。")
    )
    return None


def _by_code(code: str) -> str:
    limits.spend(10)
    tools = toolbox()
    with tools.database.reading() as stores:
        return joining.organisation_of_code(stores, tools.vault, code=code)


@blueprint.route("/sign-up/about", methods=["GET", "POST"])
@allow("public")
def sign_up_about() -> Response:
    """Step 4: attributes and what they work with."""
    draft, trade = _proven_draft(), toolbox().trade
    if draft is None or not draft.has_organisation:
        return _again()
    form = about_form(trade.attributes, trade.subjects)
    if not form.validate_on_submit():
        return page("sign_up_about", form, trade=trade)
    attributes, subjects = about_of(form, trade.attributes)
    kept = replace(draft, attributes=attributes, subjects=list(subjects))
    return keep_draft(go("accounts.sign_up_password"), kept)


@blueprint.route("/sign-up/password", methods=["GET", "POST"])
@allow("public")
def sign_up_password() -> Response:
    """Step 5: the password. What members promise each other comes when they are in."""
    draft, form = _proven_draft(), NewPasswordForm()
    if draft is None or not draft.subjects:
        return _again()
    if not form.validate_on_submit() or not _differs_from_address(form, draft):
        return page("sign_up_password", form)
    limits.spend(10)
    made = new_credentials(form.password.data or "", cost=password_cost(toolbox().settings))
    return keep_draft(go("accounts.sign_up_recovery"), draft.with_credentials(made))


def _differs_from_address(form: NewPasswordForm, draft: Draft) -> bool:
    tools = toolbox()
    with tools.database.reading() as stores:
        address = verification.proven_address(stores, tools.vault, ticket=draft.ticket, now=tools.clock.now())
    if password_problem(form.password.data or "", address) is None:
        return True
    form.refuse(form.password, _("メールアドレスと違うパスワードにしてください。"))
    return False


@blueprint.route("/sign-up/recovery", methods=["GET", "POST"])
@allow("public")
def sign_up_recovery() -> Response:
    """Step 6: the recovery code, typed back; then the member is made and signed in."""
    draft, form = _proven_draft(), LastGroupForm()
    if draft is None or not draft.recovery_code:
        return _again()
    if not form.validate_on_submit() or not is_last_group(form, draft.recovery_code):
        return page("recovery_code", form, code=draft.recovery_code, joining=True)
    try:
        enrolled = _finish(draft)
    except (AddressTaken, NotThere):
        return _again()
    return drop(enter(SignedIn(enrolled.member_id, enrolled.secret)))


def _finish(draft: Draft) -> Enrolled:
    tools = toolbox()
    with tools.database.transaction("identity", "keys") as stores:
        note(stores, "member.joined")
        return joining.finish(
            stores,
            tools.vault,
            draft=draft,
            now=tools.clock.now(),
            today=today(tools.clock.now()),
            cost=password_cost(tools.settings),
            rng=SystemRandom(),
        )


def is_last_group(form: HouseForm, code: str) -> bool:
    """Whether the end of the code was typed back; says so at the field when not."""
    if ends_with(code, form["last_group"].data or ""):
        return True
    form.refuse(form["last_group"], _("最後の4文字が合いません。書き写したものを見ながら、もう一度お願いします。"))
    return False
