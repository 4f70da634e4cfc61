"""View of one's own part of a thread: its mail, on and off."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.questions import ending
from app.questions.blueprint import blueprint
from app.questions.contacts import own_contact
from app.web.i18n import gettext as _
from app.wiring import toolbox


@blueprint.post("/threads/<thread_id>/mail")
@allow("member")
def mail(thread_id: str) -> Response:
    """Be told by mail about this thread, or no longer."""
    tools, viewer = toolbox(), current_viewer()
    wanted = request.form.get("wanted") == "1"
    with tools.database.transaction("content") as stores:
        box = own_contact(tools, stores, viewer, wanted=wanted)
        ending.switch_mail(stores, tools.vault, viewer=viewer, thread_id=thread_id, box=box)
    flash(_("この質問のことを、メールで知らせます。") if wanted else _("この質問のメールを止めました。"), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)
