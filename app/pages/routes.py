"""Views of the pages that belong to no feature."""

from flask import Blueprint, current_app, make_response, render_template, send_from_directory, session
from flask_login import current_user
from werkzeug.wrappers import Response

from app import demo_people
from app.access import allow
from app.clock import today
from app.errors import NotThere
from app.escrow.reads import find_glass
from app.gate.arriving import UNFINISHED
from app.inbox.reads import News
from app.inbox.routes import news_here
from app.insights.routes import newest_report
from app.mail.relays import OutboxRelay
from app.pages.audiences import audiences
from app.pages.offline import worker_script
from app.pages.surrender import components
from app.questions.choices import form_fields
from app.survey.routes import is_waiting_for_me as survey_is_waiting
from app.web.i18n import current_locale
from app.wiring import toolbox

blueprint = Blueprint("pages", __name__, template_folder="templates")


@blueprint.get("/")
@allow("public")
def home() -> str:
    """The first page; in the demo with one-tap sign-in."""
    tools = toolbox()
    people = demo_people.PEOPLE if tools.settings.demo else ()
    is_member = "member" in current_user.roles
    inbox = news_here() if is_member else News()
    news = newest_report() if current_user.is_authenticated else ""
    return render_template(
        "pages/home.html",
        people=people,
        password=tools.settings.demo_password,
        inbox=inbox,
        news=news,
        asks_survey=is_member and survey_is_waiting(),
        unfinished=is_member and bool(session.get(UNFINISHED)),
    )


@blueprint.get("/who-sees-what")
@allow("public")
def who_sees_what() -> str:
    """What each party sees, and what a compromise of each part surrenders."""
    tools = toolbox()
    with tools.database.reading() as stores:
        glass = find_glass(stores, today=today(tools.clock.now()))
    return render_template("pages/who_sees_what.html", audiences=audiences(), components=components(), glass=glass)


@blueprint.get("/charter")
@allow("public")
def charter() -> str:
    """What the network promises and what it does not do."""
    return render_template("pages/charter.html", charter=toolbox().trade.charter)


@blueprint.get("/contact")
@allow("public")
def contact() -> str:
    """How to reach the operator."""
    return render_template("pages/contact.html", address=toolbox().settings.contact)


@blueprint.get("/outbox")
@allow("public")
def outbox() -> str:
    """The demo's mails; not there anywhere else."""
    settings = toolbox().settings
    if settings.mail != "outbox":
        raise NotThere
    return render_template("pages/outbox.html", letters=OutboxRelay(settings.data_dir / "outbox").letters()[:30])


@blueprint.get("/robots.txt")
@allow("public")
def robots() -> Response:
    """Nothing here is for robots."""
    return send_from_directory(current_app.static_folder or "", "robots.txt")


@blueprint.get("/sw.js")
@allow("public")
def service_worker() -> Response:
    """The worker that answers where the network does not; under this address its scope is the whole site."""
    return Response(
        worker_script(current_app.static_url_path or "/static"), content_type="text/javascript; charset=utf-8"
    )


@blueprint.get("/offline")
@allow("public")
def offline() -> Response:
    """What that worker shows; every browser keeps it in its reader's language."""
    fields = [one for one in form_fields(toolbox().trade) if one["required"] and one["kind"] == "text"]
    page = make_response(render_template("pages/offline.html", fields=fields))
    page.headers["Content-Language"] = current_locale()
    return page
