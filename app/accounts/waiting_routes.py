"""Views for somebody whose organisation is not verified: what is awaited, or why not, and another way in."""

from dataclasses import dataclass
from random import SystemRandom

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts import introductions, joining, rejoining
from app.accounts.blueprint import blueprint, go, note, page
from app.accounts.forms import OrganisationForm
from app.accounts.organisations import OrganisationCard, add_organisation
from app.accounts.signin import current_viewer
from app.clock import today
from app.db import Stores
from app.web import limits
from app.web.i18n import gettext as _
from app.wiring import toolbox


@dataclass(frozen=True, slots=True)
class Choice:
    """Where to: an organisation that is here, or the name of one that is not, with an invitation or without."""

    organisation_id: str = ""
    name: str = ""
    introduction: str = ""


@blueprint.get("/waiting")
@allow("signed-in")
def waiting() -> Response | str:
    """What is awaited; or that staff declined the organisation, and what one may do."""
    viewer, tools = current_viewer(), toolbox()
    if "waiting" not in viewer.roles:
        return redirect("/", 303)
    with tools.database.reading() as stores:
        own = rejoining.own_organisation(stores, tools.vault, viewer=viewer)
    return render_template("accounts/declined.html" if own.declined else "accounts/waiting.html", own=own)


@blueprint.post("/waiting/join")
@allow("waiting")
def join_there() -> Response:
    """Go where staff said that one's organisation is already: nobody is moved without this."""
    viewer, tools = current_viewer(), toolbox()
    with tools.database.transaction("identity") as stores:
        rejoining.go_where_staff_said(stores, tools.vault, viewer=viewer, today=today(tools.clock.now()))
        note(stores, "organisation.chosen")
    flash(_("参加できるようになりました。はじめに、お約束をご確認ください。"), "ok")
    return redirect("/", 303)


@blueprint.route("/waiting/organisation", methods=["GET", "POST"])
@allow("waiting")
def choose_organisation() -> Response:
    """Another organisation, in the same ways as when signing up; all else that was typed stays."""
    form, found = OrganisationForm(), _by_mail()
    if not form.validate_on_submit() or (choice := _choose(form, found)) is None:
        return page("choose_organisation", form, found=found.name if found else "")
    if not _go(choice):
        flash(_("所属先を書きかえました。運営が確かめるまで、お待ちください。"), "ok")
        return go("accounts.waiting")
    flash(_("参加できるようになりました。はじめに、お約束をご確認ください。"), "ok")
    return redirect("/", 303)


def _by_mail() -> OrganisationCard | None:
    tools = toolbox()
    with tools.database.reading() as stores:
        return rejoining.organisation_of_mail(stores, tools.vault, viewer=current_viewer())


def _choose(form: OrganisationForm, found: OrganisationCard | None) -> Choice | None:
    """What was chosen; None when the form says what is wrong."""
    limits.spend(10)
    if form.way.data == "new":
        return _named(form)
    organisation_id = found.id if found and form.way.data == "domain" else ""
    if form.way.data == "code":
        tools = toolbox()
        with tools.database.reading() as stores:
            organisation_id = joining.organisation_of_code(stores, tools.vault, code=form.join_code.data or "")
    if organisation_id:
        return Choice(organisation_id)
    form.refuse(form.join_code, _("このコードは見つかりませんでした。配った方に確かめてみてください。"))
    return None


def _named(form: OrganisationForm) -> Choice | None:
    code, tools = (form.introduction.data or "").strip(), toolbox()
    with tools.database.reading() as stores:
        if not code or introductions.is_good(stores, tools.vault, code=code, today=today(tools.clock.now())):
            return Choice(name=form.name, introduction=code)
    form.refuse(
        form.introduction, _("この招待のことばは使えませんでした。期限が過ぎているかもしれません。なくても進めます。")
    )
    return None


def _go(choice: Choice) -> bool:
    """Make it so; True when they are in with it."""
    viewer, tools = current_viewer(), toolbox()
    with tools.database.transaction("identity") as stores:
        to = choice.organisation_id or _add(stores, choice)
        note(stores, "organisation.chosen")
        return rejoining.move(
            stores, tools.vault, member_id=viewer.member_id, organisation_id=to, today=today(tools.clock.now())
        )


def _add(stores: Stores, choice: Choice) -> str:
    tools = toolbox()
    known = introductions.spend(stores, tools.vault, code=choice.introduction, today=today(tools.clock.now()))
    return add_organisation(stores, tools.vault, name=choice.name, verified=False, is_known=known, rng=SystemRandom())[
        0
    ]
