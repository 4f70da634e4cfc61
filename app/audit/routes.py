"""The report that everybody signed in may read."""

from flask import Blueprint, render_template

from app.access import allow
from app.audit.about import TESTED, abouts, names, tested_words
from app.audit.reads import newest_report
from app.audit.words import cards_of
from app.wiring import toolbox

blueprint = Blueprint("audit", __name__, template_folder="templates")


@blueprint.get("/privacy-report")
@allow("signed-in")
def report() -> str:
    """What the attackers found on this network when they were last let loose."""
    tools = toolbox()
    with tools.database.reading() as stores:
        found = newest_report(stores, tools.vault)
    cards = cards_of(found) if found else []
    tested = [(names()[one.key], abouts()[one.key], tested_words(one), one) for one in TESTED]
    return render_template("audit/report.html", report=found, cards=cards, tested=tested)
