"""The topic map's page."""

from flask import Blueprint, render_template

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.domains.rules import next_month_of
from app.expertise.reads import read_map
from app.web.i18n import date_label, month_label
from app.wiring import toolbox
from privacy.bands import BANDS

blueprint = Blueprint("expertise", __name__, template_folder="templates")


@blueprint.get("/map")
@allow("member")
def topic_map() -> str:
    """Where experience has gathered, as published on the first of the month."""
    tools = toolbox()
    with tools.database.reading() as stores:
        page = read_map(stores, tools.vault, tools.trade, viewer=current_viewer())
    month = "" if page.month is None else month_label(page.month)
    return render_template(
        "expertise/map.html",
        page=page,
        month=month,
        least=BANDS[0],
        next_day=date_label(next_month_of(today(tools.clock.now()))),
    )
