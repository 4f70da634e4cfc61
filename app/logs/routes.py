"""The page with the logs' published heads, for everybody; the logs themselves, for the auditor."""

from datetime import timedelta
from itertools import groupby

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from app.access import allow
from app.clock import today
from app.errors import NotThere
from app.logs.forms import KeptHeadsForm
from app.logs.reads import SHOWN_DAYS, check_logs, entries, published_heads
from app.logs.service import LOGS
from app.logs.words import word_of
from app.web.i18n import gettext as _
from app.wiring import toolbox

MOST = 1 << 62  # a larger number is none to SQLite
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


@blueprint.route("/logs", methods=["GET", "POST"])
@allow("auditor")
def check() -> Response:
    """Whether both logs are what was published, and what somebody kept of it."""
    tools, form = toolbox(), KeptHeadsForm()
    is_sent = form.validate_on_submit()
    with tools.database.reading() as stores:
        faults = check_logs(stores, [*published_heads(stores), *(form.kept if is_sent else [])])
    page = render_template("logs/check.html", form=form, faults=faults, is_compared=is_sent)
    return make_response(page, 422 if form.is_submitted() and not is_sent else 200)


@blueprint.get("/logs/<log>")
@allow("auditor")
def entries_of(log: str) -> str:
    """One log, newest first."""
    if log not in LOGS:
        raise NotThere
    before = request.args.get("before", type=int)
    before = None if before is None else min(before, MOST)
    with toolbox().database.reading() as stores:
        found = entries(stores, log, before=before)
    days = [(day, list(lines)) for day, lines in groupby(found, lambda one: one.day)]
    last = found[-1].number if found and found[-1].number > 1 else None
    return render_template("logs/entries.html", log=log, days=days, last=last, before=before, told=_told)


def _told(event: str) -> str:
    word, reason = word_of(event)
    return _(word) + (_("（{reason}）").format(reason=_(reason)) if reason else "")
