"""The charter's versions for everybody; the operator's page that changes it."""

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import PUBLIC, allow
from app.clock import today
from app.domains.current import tell_others
from app.errors import NotThere
from app.gate.blueprint import blueprint
from app.gate.charter import BASE, Version, differences, get_version, list_versions, publish
from app.gate.charter_form import NEW, CharterForm, form_of, read_form
from app.web.i18n import gettext as _
from app.wiring import toolbox


@blueprint.get("/charter/versions")
@allow(PUBLIC)
def charter_versions() -> str:
    """What was changed, and from when."""
    tools = toolbox()
    with tools.database.reading() as stores:
        versions = list_versions(stores, tools.vault)
    return render_template("gate/versions.html", versions=versions)


@blueprint.get("/charter/versions/<number>")
@allow(PUBLIC)
def charter_version(number: str) -> str:
    """One version, beside the one before."""
    tools = toolbox()
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise NotThere
    with tools.database.reading() as stores:
        version = get_version(stores, tools.vault, int(number))
        before = get_version(stores, tools.vault, version.number - 1) if version.number else None
    return render_template("gate/version.html", version=version, changed=_changed(before, version))


@blueprint.get("/operating/charter")
@allow("operator")
def edit_charter() -> str:
    """The form with what counts now."""
    tools = toolbox()
    return _form(form_of(tools.trade.charter, today(tools.clock.now())))


@blueprint.post("/operating/charter")
@allow("operator")
def change_charter() -> Response:
    """Publish it: members are told at their next sign-in."""
    tools = toolbox()
    day, charter = today(tools.clock.now()), tools.trade.charter
    form = read_form(charter, request.form, day)
    if form.charter is None or form.note is None or form.from_day is None:
        return make_response(_form(form), 422)
    with tools.database.transaction("content") as stores:
        number = publish(
            stores, tools.vault, before=charter, charter=form.charter, note=form.note, from_day=form.from_day, today=day
        )
    tell_others(tools, number)
    flash(_("約束を改めました。会員には、次にサインインしたときに知らせます。"), "ok")
    return redirect(url_for("gate.charter_version", number=tools.trade.charter.version), 303)


def _form(form: CharterForm) -> str:
    return render_template("gate/edit_charter.html", form=form, items=toolbox().trade.charter.items, base=BASE, new=NEW)


def _changed(before: Version | None, version: Version) -> object:
    if before is None:
        return []
    names = {"goal": _("めざすこと"), "by": _("確かめる日"), "does_not": _("しないこと")}
    return differences(before.charter, version.charter, names)
