"""The page of how the network fares: the same for members, coordinators and the company."""

from flask import Blueprint, render_template

from app.access import INSIDE, allow
from app.health.reads import published
from app.health.words import figures_of
from app.insights.naming import period_label
from app.wiring import toolbox

blueprint = Blueprint("health", __name__, template_folder="templates")


@blueprint.get("/reports/health")
@allow(INSIDE)
def health() -> str:
    """The published quarters."""
    with toolbox().database.reading() as stores:
        cards = published(stores)
    return render_template("health/health.html", cards=cards, figures_of=figures_of, period_label=period_label)
