"""One organisation: not let in, with a reason, or what it goes by put right."""

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.correcting import correct
from app.accounts.declining import alike, decline, may_take_in, tell_waiting
from app.accounts.organisations import OrganisationCard, get_organisation, list_organisations
from app.accounts.rules import MailDomainTaken, SharedMailDomain
from app.clock import today
from app.errors import NotThere
from app.operating.blueprint import blueprint
from app.operating.forms import CorrectForm, DeclineForm
from app.operating.gate import note
from app.operating.words import declined_words
from app.web.i18n import gettext as _
from app.wiring import toolbox


@blueprint.route("/operating/organisations/<organisation_id>/decline", methods=["GET", "POST"])
@allow("operator")
def decline_organisation(organisation_id: str) -> Response:
    """Why it is not let in, and what happens then."""
    card, options, likely = _waiting(organisation_id)
    form = DeclineForm(data={"instead": likely, "why": "here-already" if likely else "", "keep_name": True})
    if not form.is_submitted() or not form.check({one.id for one in options}):
        return _page("decline", card, form, options=[(one.id, one.name) for one in options], reasons=declined_words())
    _decline(card, form)
    flash(_("見送りました。待っていた方には、メールで「お知らせがあります」とだけ伝えます。"), "ok")
    return _back()


def _waiting(organisation_id: str) -> tuple[OrganisationCard, list[OrganisationCard], str]:
    """One that waits, those it may turn out to be, and which of them goes by its name. Raises NotThere."""
    tools = toolbox()
    with tools.database.reading() as stores:
        card = get_organisation(stores, tools.vault, organisation_id)
        options = may_take_in(stores, tools.vault)
        same = alike(list_organisations(stores, tools.vault)).get(card.id)
    if not card.waits:
        raise NotThere
    return card, options, same.id if same in options and same else ""


def _decline(card: OrganisationCard, form: DeclineForm) -> None:
    tools = toolbox()
    with tools.database.transaction("identity", "content") as stores:
        decline(
            stores, tools.vault, organisation_id=card.id, why=form.reason, instead=form.target,
            keep_name=bool(form.keep_name.data), today=today(tools.clock.now()),
        )  # fmt: skip
        tell_waiting(stores, tools.vault, tools.post_office_public, organisation_id=card.id, window=tools.window)
        note(stores, tools, "organisation.declined")


@blueprint.route("/operating/organisations/<organisation_id>/correct", methods=["GET", "POST"])
@allow("operator")
def correct_organisation(organisation_id: str) -> Response:
    """What it goes by, put right."""
    tools = toolbox()
    with tools.database.reading() as stores:
        card = get_organisation(stores, tools.vault, organisation_id)
    if not card.name:
        raise NotThere
    form = CorrectForm.of(card)
    if not form.validate_on_submit() or not _correct(card, form):
        return _page("correct", card, form)
    flash(_("直しました。これから書かれる文と、これから選ばれる「届けない相手」に効きます。"), "ok")
    return _back()


def _correct(card: OrganisationCard, form: CorrectForm) -> bool:
    """Put it right; False when the form says why not."""
    tools, entry = toolbox(), form.entry(is_company=card.is_company)
    try:
        with tools.database.transaction("identity") as stores:
            correct(
                stores, tools.vault, organisation_id=card.id, entry=entry, keep_name=bool(form.keep_name.data)
            )  # fmt: skip
            note(stores, tools, "organisation.corrected")
    except SharedMailDomain:
        form.refuse(form.mail_domains, _("だれでも持てるメールのドメインなので、組織のしるしになりません。"))
        return False
    except MailDomainTaken:
        form.refuse(form.mail_domains, _("このドメインは、ほかの組織に登録されています。"))
        return False
    return True


def _page(name: str, card: OrganisationCard, form: DeclineForm | CorrectForm, **more: object) -> Response:
    body = render_template(f"operating/{name}.html", card=card, form=form, **more)
    return make_response(body, 422 if form.is_submitted() else 200)


def _back() -> Response:
    return redirect(url_for("operating.part", part="organisations"), 303)
