"""Pages of the reports: the same for members, coordinators and the operating company, on the same day.

A period and the reader's language are all that a request can say: there is nothing to choose, narrow down or look into.
"""

from flask import Blueprint, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import INSIDE, allow
from app.clock import today
from app.errors import NotThere
from app.insights.answers import outcome_of
from app.insights.naming import kind_label, period_label, topic_label
from app.insights.paper import NoPaper, has_paper, paper_of
from app.insights.reads import PeriodCard, find_news, find_period, ledger, periods, releases, releases_before
from app.insights.report import Report, epsilon_label, make_report, period_words, plan_rows
from app.insights.sheet import sheet_of
from app.web.i18n import current_locale
from app.web.i18n import gettext as _
from app.wiring import toolbox
from privacy.budget import CAPS
from privacy.plans import MICRO

blueprint = Blueprint("insights", __name__, template_folder="templates")


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {
        "period_label": period_label,
        "kind_label": kind_label,
        "epsilon_label": epsilon_label,
        "period_words": period_words,
        "plan_rows": plan_rows,
    }


@blueprint.get("/reports")
@allow(INSIDE)
def reports() -> str:
    """Every period that is or was counted, and where it stands."""
    tools = toolbox()
    with tools.database.reading() as stores:
        cards = periods(stores, today=today(tools.clock.now()))
    return render_template("insights/reports.html", cards=cards)


@blueprint.get("/reports/<period>")
@allow(INSIDE)
def report(period: str) -> str:
    """One period: its report, or where it stands and how it will be counted."""
    card, found = _read(period)
    kept = [
        (
            url_for("insights.stored", period=card.key, kind=one.kind),
            _("公表した数そのもの（JSON）"),
            kind_label(one.kind),
        )
        for one in card.releases
    ]
    told = None if found else outcome_of(card.plan)
    return render_template("insights/report.html", card=card, report=found, kept=kept, has_paper=has_paper(), told=told)


@blueprint.get("/reports/<period>.pdf")
@allow(INSIDE)
def paper(period: str) -> Response | tuple[str, int]:
    """The same report on paper."""
    card, found = _read(period, released=True)
    html = render_template("insights/paper.html", card=card, report=found)
    try:
        made = paper_of(toolbox().settings.data_dir, f"{card.key}-{current_locale()}", html)
    except NoPaper:
        return render_template("insights/no_paper.html", card=card), 503
    return _file(made, "application/pdf", f"shiome-{card.key}-{current_locale()}.pdf")


@blueprint.get("/reports/<period>.csv")
@allow(INSIDE)
def sheet(period: str) -> Response:
    """Every number of a period's releases, with its interval."""
    card, _report = _read(period, released=True)
    text = sheet_of(card.releases, lambda key: topic_label(toolbox().trade, key))
    return _file(text.encode("utf-8-sig"), "text/csv; charset=utf-8", f"shiome-{card.key}-{current_locale()}.csv")


@blueprint.get("/reports/<period>/<kind>.json")
@allow(INSIDE)
def stored(period: str, kind: str) -> Response:
    """The bytes of one release, as they were kept; their SHA-256 stands on the report and in the ledger."""
    card, _report = _read(period, released=True)
    one = next((one for one in card.releases if one.kind == kind), None)
    if one is None:
        raise NotThere
    return _file(one.body, "application/json", f"shiome-{card.key}-{kind}.json")


@blueprint.get("/budget")
@allow("public")
def budget() -> str:
    """What every release was charged, against what it may be."""
    with toolbox().database.reading() as stores:
        found, made = ledger(stores), releases(stores)
    digests = {(one.period, one.kind): one.sha256 for one in made}
    caps = {"quarter": CAPS.quarter / MICRO, "year": CAPS.year / MICRO, "releases": CAPS.releases}
    return render_template("insights/budget.html", ledger=found, digests=digests, caps=caps)


def newest_report() -> str:
    """For the first page: the period whose report came out in the last days, if its viewer may read it."""
    tools = toolbox()
    if "waiting" in current_user.roles:
        return ""
    with tools.database.reading() as stores:
        return find_news(stores, today=today(tools.clock.now()))


def _read(period: str, *, released: bool = False) -> tuple[PeriodCard, Report | None]:
    tools = toolbox()
    with tools.database.reading() as stores:
        card = find_period(stores, period, today=today(tools.clock.now()))
        if card is None or (released and not card.releases):
            raise NotThere
        earlier = releases_before(stores, card.key)
    return card, make_report(tools.trade, card, earlier) if card.releases else None


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
