"""The disclosure page: what a member lets posts of this quarter show."""

from collections.abc import Mapping

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.domains.choices import level_choices, profile_words
from app.domains.reads import forgot_quarter, open_table
from app.domains.rules import ScopeTooFine, hidden_levels, next_month_of, next_quarter_of
from app.domains.service import choose_profile, policy_of
from app.web.i18n import date_label
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

blueprint = Blueprint("domains", __name__, template_folder="templates")


@blueprint.get("/disclosure")
@allow("member")
def disclosure() -> str:
    """This quarter's profile, and what may still be chosen."""
    return _page(toolbox(), current_viewer(), {})


@blueprint.post("/disclosure")
@allow("member")
def choose_disclosure() -> Response:
    """Choose it, or change it to what still hides the member together with the one before."""
    tools, viewer = toolbox(), current_viewer()
    typed = _typed(tools)
    try:
        with tools.database.transaction("identity") as stores:
            choose_profile(
                stores, tools.vault, tools.trade, viewer=viewer, levels=typed, policy=policy_of(tools.settings),
                today=today(tools.clock.now()),
            )  # fmt: skip
    except ScopeTooFine as refusal:
        return make_response(_page(tools, viewer, typed, refusal.coarser), 422)
    flash(_("今期の公開範囲を決めました。"), "ok")
    return redirect(url_for("domains.disclosure"), 303)


def _page(tools: Toolbox, viewer: Viewer, typed: Mapping[str, int], coarser: Mapping[str, int] | None = None) -> str:
    day = today(tools.clock.now())
    with tools.database.reading() as stores:
        table, afresh = open_table(stores, tools.trade), forgot_quarter(stores, viewer, day)
    levels = typed or viewer.profile
    return render_template(
        "domains/disclosure.html",
        afresh=afresh,
        fields=level_choices(tools.trade, table, viewer),
        typed={name: str(level) for name, level in levels.items()},
        chosen=profile_words(tools.trade, viewer.profile) if viewer.profile else [],
        coarser=profile_words(tools.trade, coarser) if coarser is not None else [],
        coarser_levels=coarser or {},
        small=table.small,
        next_table=date_label(next_month_of(day)),
        next_quarter=date_label(next_quarter_of(day)),
    )


def _typed(tools: Toolbox) -> dict[str, int]:
    last = hidden_levels(tools.trade)
    typed = {name: request.form.get(f"level_{name}", "") for name in last}
    known = {name: {str(level) for level in range(last[name])} for name in last}
    return {name: int(text) if text in known[name] else last[name] for name, text in typed.items()}
