"""The page on which a member puts right what they said of their work when they came.

What they showed before still counts: `questions.crowd` reads old and new together until the quarter is over. Of an
expert profile in a subject that is given up nothing changes: that would tell a thief whose it is. It gets no answer any
more, and rests by itself as every inbox does that nobody looks into.
"""

from flask import flash, render_template, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.blueprint import blueprint
from app.accounts.forms import about_fields, about_form, about_of
from app.accounts.service import set_work
from app.accounts.signin import current_viewer
from app.web.forms import HouseForm
from app.web.i18n import gettext as _
from app.wiring import toolbox


@blueprint.get("/account/work")
@allow("member")
def work() -> str:
    """What stands there now."""
    return _page(_form())


@blueprint.post("/account/work")
@allow("member")
def say_work() -> Response | tuple[str, int]:
    """Keep what is said now."""
    tools, viewer, form = toolbox(), current_viewer(), _form()
    if not form.validate_on_submit():
        return _page(form), 422
    attributes, subjects = about_of(form, tools.trade.attributes)
    with tools.database.transaction("identity") as stores:
        set_work(stores, tools.vault, member_id=viewer.member_id, attributes=attributes, subjects=subjects)
    if set(subjects) <= set(viewer.subjects):
        flash(_("お仕事のことを直しました。"), "ok")
        return redirect(url_for("accounts.account"), 303)
    flash(_("お仕事のことを直しました。新しく扱うものの質問を受け取るかを、ここで選べます。"), "ok")
    return redirect(url_for("queues.settings"), 303)


def _form() -> HouseForm:
    trade, viewer = toolbox().trade, current_viewer()
    return about_form(trade.attributes, trade.subjects, now=about_fields(viewer.attributes, viewer.subjects))


def _page(form: HouseForm) -> str:
    return render_template("accounts/work.html", form=form, trade=toolbox().trade)
