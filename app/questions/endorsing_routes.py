"""Views of endorsing the author of an answer."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.questions import endorsing
from app.questions.blueprint import blueprint
from app.web.i18n import gettext as _
from app.wiring import toolbox


@blueprint.post("/threads/<thread_id>/endorse")
@allow("member")
def endorse(thread_id: str) -> Response:
    """Say that one would ask the author of an answer about this topic."""
    tools, post_id = toolbox(), request.form.get("post", "")
    with tools.database.transaction("content") as stores:
        endorsing.endorse(
            stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id, post_id=post_id,
            today=today(tools.clock.now()),
        )  # fmt: skip
    flash(_("「聞きたい」を預かりました。いつでも取り消せます。"), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id) + f"#post-{post_id}", 303)


@blueprint.post("/threads/<thread_id>/endorse/undo")
@allow("member")
def take_back(thread_id: str) -> Response:
    """Take it back."""
    tools, post_id = toolbox(), request.form.get("post", "")
    with tools.database.transaction("content") as stores:
        endorsing.take_back(
            stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id, post_id=post_id
        )
    flash(_("取り消しました。次の週の集計から数えません。"), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)
