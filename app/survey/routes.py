"""The survey's page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import INSIDE, allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.survey import reads, service
from app.survey.rules import PARTING, QUESTIONS, check_answers, is_open
from app.web.forms import HouseForm
from app.web.i18n import gettext as _
from app.wiring import toolbox

blueprint = Blueprint("survey", __name__, template_folder="templates")


@blueprint.get("/survey")
@allow(INSIDE)
def show() -> str:
    """The questions while the survey runs, for members; and what was published, for everybody here."""
    tools, viewer = toolbox(), current_viewer()
    day, month = today(tools.clock.now()), tools.settings.survey_month
    may_answer = "member" in viewer.roles and is_open(day, month)
    with tools.database.reading() as stores:
        own = reads.own_answers(stores, tools.vault, viewer=viewer, today=day) if may_answer else None
        years = reads.published(stores)
    return render_template(
        "survey/survey.html",
        questions=QUESTIONS, told=(*QUESTIONS, PARTING), may_answer=may_answer, own=own, years=years, month=month,
    )  # fmt: skip


@blueprint.post("/survey")
@allow("member")
def send() -> Response:
    """Keep the answers; what was answered before goes."""
    tools, form = toolbox(), HouseForm()
    day = today(tools.clock.now())
    answers = check_answers(request.form)
    if not is_open(day, tools.settings.survey_month):
        flash(_("アンケートの期間は終わりました。"), "warn")
    elif not form.validate_on_submit() or not answers:
        flash(_("一つも選ばれていません。答えられるものだけでも選んでください。"), "warn")
    else:
        with tools.database.transaction("content") as stores:
            service.answer(stores, tools.vault, viewer=current_viewer(), answers=answers, today=day)
        flash(_("ありがとうございました。今月のうちは、何度でも答え直せます。"), "ok")
    return redirect(url_for("survey.show"), 303)


def is_waiting_for_me() -> bool:
    """Whether the survey runs and whoever is looking has not answered yet."""
    tools = toolbox()
    day = today(tools.clock.now())
    if not is_open(day, tools.settings.survey_month):
        return False
    with tools.database.reading() as stores:
        return not reads.has_answered(stores, viewer=current_viewer(), today=day)
