"""The page with the logs' published heads, for everybody."""

from datetime import timedelta

from flask import Blueprint, render_template

from app.access import allow
from app.clock import today
from app.logs.reads import SHOWN_DAYS, published_heads
from app.wiring import toolbox

blueprint = Blueprint("logs", __name__, template_folder="templates")


@blueprint.get("/log-heads")
@allow("public")
def heads() -> str:
    """What both logs added up to, day by day."""
    tools = toolbox()
    since = today(tools.clock.now()) - timedelta(days=SHOWN_DAYS)
    with tools.database.reading() as stores:
        found = published_heads(stores, since=since)
    days = sorted({one.day for one in found}, reverse=True)
    return render_template("logs/heads.html", days=[(day, [one for one in found if one.day == day]) for day in days])
