"""Views of those who write somebody else's story."""

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.community.checking import Typed, look_page, read_texts
from app.recognition import writers
from app.recognition.blueprint import blueprint, errors_of, is_ready
from app.recognition.rules import MAX_STORY, MAX_TITLE
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox


@blueprint.get("/recognition/writing")
@allow("member")
def writing() -> str:
    """Stories that wait for a writer, and one's own on their way."""
    tools = toolbox()
    with tools.database.reading() as stores:
        listed = writers.wanted(stores, tools.vault, tools.trade, viewer=current_viewer())
    return render_template("recognition/writing.html", listed=listed)


@blueprint.get("/recognition/writing/<story_id>")
@allow("member")
def write_one(story_id: str) -> Response:
    """What its owner told, and the text."""
    return _writing_page(story_id)


@blueprint.post("/recognition/writing/<story_id>")
@allow("member")
def send_draft(story_id: str) -> Response:
    """The text goes to its owner."""
    tools, viewer = toolbox(), current_viewer()
    _writing_page(story_id)
    typed = read_texts(tools, viewer, {"title": MAX_TITLE, "body": MAX_STORY})
    if typed.step == "look":
        return look_page(typed, title=_("物語の下書き"), names={"title": _("題名"), "body": _("物語")})
    if not is_ready(typed):
        return _writing_page(story_id, errors_of(typed), 422)
    _hand_in(tools, viewer, story_id, typed)
    flash(_("お預かりしました。次の公開の時刻にご本人に届きます。14日のうちにお返事があります。"), "ok")
    return redirect(url_for("recognition.writing"), 303)


def _hand_in(tools: Toolbox, viewer: Viewer, story_id: str, typed: Typed) -> None:
    with tools.database.transaction("content", "keys") as stores:
        writers.hand_in(
            stores, tools.vault, tools.trade, viewer=viewer, story_id=story_id, texts=typed.texts,
            window=tools.window,
        )  # fmt: skip


@blueprint.post("/recognition/writing/<story_id>/take")
@allow("member")
def take_one(story_id: str) -> Response:
    """Offer to write it, or let somebody else."""
    tools, viewer = toolbox(), current_viewer()
    back = request.form.get("do") == "back"
    with tools.database.transaction("content", "keys") as stores:
        (writers.give_back if back else writers.take)(
            stores, tools.vault, tools.trade, viewer=viewer, story_id=story_id, window=tools.window
        )
    if back:
        flash(_("お返ししました。次の公開の時刻から、ほかの人が書けるようになります。"), "ok")
        return redirect(url_for("recognition.writing"), 303)
    return redirect(url_for("recognition.write_one", story_id=story_id), 303)


def _writing_page(story_id: str, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    tools = toolbox()
    with tools.database.reading() as stores:
        one = writers.get_wanted(stores, tools.vault, tools.trade, viewer=current_viewer(), story_id=story_id)
    page = render_template(
        "recognition/write_one.html", one=one, errors=errors or {}, typed=request.form,
        limits={"title": MAX_TITLE, "body": MAX_STORY},
    )  # fmt: skip
    return make_response(page, status)
