"""The coordinators' page of terms. They open and call them off, and see nothing of a cohort."""

from datetime import date, timedelta

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import next_monday, today
from app.cohorts import terms
from app.cohorts.blueprint import blueprint, take_texts
from app.cohorts.rules import MAX_THEME, MAX_WORDS, WEEKS, term_problems
from app.community.checking import Typed
from app.db import Stores
from app.escalation import reads as escalation
from app.web.i18n import gettext as _
from app.wiring import toolbox
from privacy.pseudonyms import new_id

WISH = "cohort"


@blueprint.get("/cohorts/terms")
@allow("coordinator")
def desk() -> str:
    """Every term, what authors wished, and the form for a new one."""
    return _desk({})


@blueprint.post("/cohorts/terms")
@allow("coordinator")
def open_term() -> Response:
    """Open a term."""
    return _take_term()


@blueprint.post("/cohorts/terms/<term_id>/call-off")
@allow("coordinator")
def call_off(term_id: str) -> Response:
    """End a term that has not begun."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        terms.call_off(stores, tools.vault, term_id=term_id, window=tools.window)
    flash(_("とりやめました。申し込んだ方には、次の期までお預かりすることをお知らせします。"), "ok")
    return redirect(url_for("cohorts.desk"), 303)


def term_names() -> dict[str, str]:
    """What a term's words are called."""
    return {"theme": _("テーマ"), "words": _("ひとこと")}


def _desk(errors: dict[str, str]) -> str:
    tools, viewer, day = toolbox(), current_viewer(), today(toolbox().clock.now())
    number = _number("page", request.args.get("page", ""))
    with tools.database.reading() as stores:
        listed, more = terms.terms_page(stores, tools.vault, number=number)
        wishes = escalation.wishes_for_coordinator(stores, tools.vault, tools.trade, viewer=viewer)
    # a start on the Monday after next leaves a week for signing up and a day to put people together
    monday = next_monday(day) + timedelta(days=7)
    proposed = {"weeks": "6", "start": monday.isoformat(), "until": (monday - timedelta(days=4)).isoformat()}
    return render_template(
        "cohorts/desk.html", terms=listed, more=more, number=number, day=day, errors=errors, names=term_names(),
        wishes=[one for one in wishes if one.kind == WISH and not one.became], weeks=WEEKS, token=str(new_id()),
        typed={**proposed, **request.form}, most={"theme": MAX_THEME, "words": MAX_WORDS},
    )  # fmt: skip


def _problem_words() -> dict[str, str]:
    return {
        "weeks": _("6週間か12週間かを選んでください。"),
        "start": _("明日よりあとの日を選んでください。"),
        "until": _("今日から、始まる前の日までで選んでください。"),
    }


def _number(name: str, typed: str | None = None) -> int:
    value = request.form.get(name, "") if typed is None else typed
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 0


def _date(name: str) -> date | None:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        return None


def _take_term() -> Response:
    tools, day = toolbox(), today(toolbox().clock.now())
    weeks, start, until = _number("weeks"), _date("start"), _date("until")
    problems = term_problems(weeks, start, until, day)
    if (problems or start is None or until is None) and request.form.get("do") != "back":
        return make_response(_desk({name: _problem_words()[name] for name in problems}), 422)

    def keep(stores: Stores, typed: Typed) -> None:
        if start is None or until is None:
            return
        terms.open_term(
            stores, tools.vault, weeks=weeks, start=start, until=until, theme=typed.texts["theme"],
            words=typed.texts.get("words", ""), window=tools.window,
        )  # fmt: skip

    return take_texts(
        {"theme": MAX_THEME, "words": MAX_WORDS}, optional=("words",), names=term_names(), title=_("期をひらく"),
        back=_desk, keep=keep, url=url_for("cohorts.desk"), said=_("募集を始めました。前に参加した方にもお知らせします。"),
    )  # fmt: skip
