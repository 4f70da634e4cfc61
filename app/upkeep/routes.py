"""The operator's page of how the service fares, and what a load balancer asks."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app.access import allow
from app.upkeep.findings import worst
from app.upkeep.looking import by_part, look
from app.upkeep.stores import why_not_ready
from app.wiring import toolbox

blueprint = Blueprint("upkeep", __name__, template_folder="templates")


@blueprint.get("/operating/health")
@allow("operator")
def site() -> str:
    """How every part fares now."""
    found = look(toolbox())
    return render_template("upkeep/site.html", parts=by_part(found), worst=worst(found))


@blueprint.get("/healthz")
@allow("public")
def health() -> Response:
    """The process answers."""
    return Response("ok\n", content_type="text/plain")


@blueprint.get("/readyz")
@allow("public")
def ready() -> Response:
    """The files can be read and have this program's schema; 503 and one word when not."""
    trouble = why_not_ready(toolbox())
    return Response(f"{trouble or 'ready'}\n", 503 if trouble else 200, content_type="text/plain")
