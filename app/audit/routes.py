"""The report that everybody signed in may read."""

from flask import Blueprint, render_template

from app.access import allow
from app.audit.reads import newest_report
from app.audit.words import lines_of
from app.wiring import toolbox

blueprint = Blueprint("audit", __name__, template_folder="templates")


@blueprint.get("/privacy-report")
@allow("signed-in")
def report() -> str:
    """What the attackers found on this network when they were last let loose."""
    tools = toolbox()
    with tools.database.reading() as stores:
        found = newest_report(stores, tools.vault)
    lines = lines_of(found) if found else []
    return render_template("audit/report.html", report=found, lines=lines)
