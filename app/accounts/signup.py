"""Views of signing up: six short steps. What is known so far travels sealed in the browser."""

from dataclasses import replace
from random import SystemRandom

from flask import flash, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts import joining, verification
from app.accounts.blueprint import blueprint, enter, go, note, page
from app.accounts.draft import Draft
from app.accounts.forms import (
    AddressForm,
    CodeForm,
    LastGroupForm,
    LinkForm,
    OrganisationForm,
    PromiseForm,
    about_form,
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
from app.web.i18n import current_locale
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
    return keep_draft(go("accounts.sign_up_code"), Draft(ticket=_send(form.address)))


def _send(address: str) -> str:
    tools = toolbox()
    may_send = limits.count_letter(address)
    with tools.database.transaction("identity", "content") as stores:
        return verification.begin(
            stores,
            tools.vault,
            tools.post_office_public,
            address=address,
            link_to=_link,
            locale=current_locale(),
            now=tools.clock.now(),
            minutes=tools.settings.code_minutes,
            window=tools.window,
            may_send=may_send,
        )


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
    outcome = _try(draft.ticket, form.code.data or "")
    if outcome == "wrong":
        form.refuse(form.code, _("コードが違うようです。もう一度、メールのコードを確かめてください。"))
        return page("sign_up_code", form, minutes=minutes)
    return go("accounts.sign_up_organisation") if outcome == "proven" else _again()


def _try(ticket: str, code: str) -> verification.Outcome:
    tools = toolbox()
    with tools.database.transaction("identity") as stores:
        return verification.prove_code(stores, tools.vault, ticket=ticket, code=code, now=tools.clock.now())


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
        return replace(draft, organisation_id="", organisation_name=form.name)
    organisation_id = found.id if found and form.way.data == "domain" else ""
    if form.way.data == "code":
        organisation_id = _by_code(form.join_code.data or "")
    if not organisation_id:
        form.refuse(form.join_code, _("このコードは見つかりませんでした。配った方に確かめてみてください。"))
        return None
    return replace(draft, organisation_id=organisation_id, organisation_name="")


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
    attributes = {one.key: form[f"attribute_{one.key}"].data for one in trade.attributes}
    kept = replace(draft, attributes=attributes, subjects=sorted(set(form["subjects"].data)))
    return keep_draft(go("accounts.sign_up_promise"), kept)


@blueprint.route("/sign-up/promise", methods=["GET", "POST"])
@allow("public")
def sign_up_promise() -> Response:
    """Step 5: password and statement."""
    draft, form = _proven_draft(), PromiseForm()
    if draft is None or not draft.subjects:
        return _again()
    if not form.validate_on_submit() or not _differs_from_address(form, draft):
        return page("sign_up_promise", form)
    limits.spend(10)
    made = new_credentials(form.password.data or "", cost=password_cost(toolbox().settings))
    return keep_draft(go("accounts.sign_up_recovery"), draft.with_credentials(made))


def _differs_from_address(form: PromiseForm, draft: Draft) -> bool:
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
