"""Views of pausing, taking everything along, and leaving."""

from collections.abc import Iterator
from typing import Final, cast

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts import departure
from app.accounts.blueprint import knows_password
from app.accounts.forms import ConfirmForm
from app.accounts.signin import current_viewer, end_session
from app.accounts.viewer import Viewer
from app.clock import today
from app.inbox.reads import Place
from app.leaving import export, pausing, reads, steps
from app.leaving.forms import LeaveForm
from app.leaving.rules import Texts
from app.survey.rules import PARTING
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

blueprint = Blueprint("leaving", __name__, template_folder="templates", url_prefix="/leaving")
MAY_PAUSE: Final = frozenset({"active"})
AT_REST: Final = frozenset(
    {
        "questions",
        "queues",
        "domains",
        "escalation",
        "reading",
        "community",
        "knowledge",
        "ideas",
        "recognition",
        "webinars",
        "cohorts",
        "contributing",
    }
)  # who pauses reads there, and writes nothing
FOR_WRITING: Final = frozenset({"questions.ask", "ideas.new", "knowledge.new_note"})  # pages that are one long form
KEEPING: Final = frozenset(
    {"questions.keep_quietly", "questions.keep_reply"}
)  # what was begun stays; nobody hears of it


@blueprint.before_app_request
def rest() -> Response | None:
    """Nothing is asked, answered or set up by somebody who pauses: they would be heard of, and not hear."""
    paused = current_user.is_authenticated and current_user.state == "paused"
    if not paused or not _is_writing():
        return None
    flash(_("いまはお休み中です。書いたり設定を変えたりするのは、もどってからにしましょう。"), "info")
    return redirect(url_for("leaving.overview"), 303)


def _is_writing() -> bool:
    if request.method != "POST":
        return request.endpoint in FOR_WRITING  # said before they write, not after
    return request.blueprint in AT_REST and request.endpoint not in KEEPING


@blueprint.get("")
@allow("signed-in")
def overview() -> str:
    """Rest, take along, leave: what each means. Whoever pauses comes here after signing in."""
    viewer = current_viewer()
    may_pause = "member" in viewer.roles and viewer.state in MAY_PAUSE
    return render_template("leaving/overview.html", paused=viewer.state == "paused", may_pause=may_pause)


@blueprint.post("/pause")
@allow("member")
def pause() -> Response:
    """Rest: from now on no offers and no mail."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("identity", "content") as stores:
        token = departure.pause(stores, tools.vault, member_id=viewer.member_id)
        pausing.set_away(
            stores, tools.vault, tools.trade, tools.post_office_public, viewer=viewer, token=token, window=tools.window
        )
    flash(_("お休みに入りました。"), "ok")
    return redirect(url_for("leaving.overview"), 303)


@blueprint.post("/resume")
@allow("member")
def resume() -> Response:
    """Come back: everything is where it was."""
    tools, viewer = toolbox(), current_viewer()
    if viewer.state != "paused":
        return redirect(url_for("leaving.overview"), 303)
    with tools.database.transaction(
        "content"
    ) as stores:  # first: stopped here, the member still pauses, and presses again
        token = departure.order_of(stores, tools.vault, member_id=viewer.member_id)
        pausing.bring_back(stores, tools.vault, tools.trade, viewer=viewer, token=token, window=tools.window)
    with tools.database.transaction("identity") as stores:
        departure.resume(stores, tools.vault, member_id=viewer.member_id)
    flash(_("おかえりなさい。設定もお知らせも、休む前のとおりです。"), "ok")
    return redirect(url_for("pages.home"), 303)


@blueprint.route("/export", methods=["GET", "POST"])
@allow("signed-in")
def take_along() -> Response:
    """Everything of one's own in one file, made while it is sent."""
    tools, viewer, form = toolbox(), current_viewer(), ConfirmForm()
    if not form.validate_on_submit() or not knows_password(viewer, form):
        return _page("export", form)
    with tools.database.reading() as stores:
        found = reads.everything(
            stores, tools.vault, tools.trade, viewer=viewer, today=today(tools.clock.now()),
            place=Place(tools.window, tools.settings.window_seconds),
        )  # fmt: skip
    response = Response(export.zip_stream(_files(tools, viewer, found)), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=export.NAME)
    return response


def _files(tools: Toolbox, viewer: Viewer, found: reads.Everything) -> Iterator[tuple[str, bytes]]:
    listed = export.texts(found.data)  # now, while the reader's language is known

    def files() -> Iterator[tuple[str, bytes]]:
        yield from listed
        for picture in found.pictures:
            with tools.database.reading() as stores:
                opened = reads.open_picture(stores, tools.vault, picture, viewer=viewer)
            if opened is not None:
                yield picture.name, opened

    return files()


@blueprint.route("/leave", methods=["GET", "POST"])
@allow("signed-in")
def leave() -> Response:
    """What happens, what stays, what cannot be brought back; and then it happens."""
    viewer, form = current_viewer(), LeaveForm()
    if not form.validate_on_submit() or not knows_password(viewer, form):
        return _page("leave", form)
    steps.leave(toolbox(), viewer, texts=cast(Texts, form.texts.data), why=form.why.data or "")
    response = redirect(url_for("leaving.goodbye"), 303)
    end_session(response)
    return response


@blueprint.get("/goodbye")
@allow("public")
def goodbye() -> str:
    """The last page: fixed words."""
    return render_template("leaving/goodbye.html")


def _page(template: str, form: ConfirmForm) -> Response:
    body = render_template(
        f"leaving/{template}.html", form=form, why=[(key, _(words)) for key, words in PARTING.options.items()]
    )
    return make_response(body, 422 if form.is_submitted() else 200)
