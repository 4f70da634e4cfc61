"""Whether the operating company is let in, and its own pages of cohorts that did."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.cohorts import company, reads, words
from app.cohorts.blueprint import blueprint, take_texts
from app.cohorts.reads import TALK
from app.cohorts.room_routes import MAX_TALK
from app.cohorts.terms import get_term
from app.cohorts.words import labels
from app.cohorts.worker import WRITTEN
from app.community.checking import Typed
from app.community.writing import write_company
from app.db import Stores
from app.errors import Conflict
from app.web.i18n import gettext as _
from app.wiring import toolbox
from privacy.pseudonyms import new_id


@blueprint.get("/cohorts/<cohort_id>/company")
@allow("member")
def invitation(cohort_id: str) -> str:
    """Where the question stands, and one's own word."""
    tools, viewer, day = toolbox(), current_viewer(), today(toolbox().clock.now())
    with tools.database.reading() as stores:
        room = reads.open_room(stores, tools.vault, tools.trade, viewer=viewer, cohort_id=cohort_id, today=day)
        own = company.own_word(stores, tools.vault, viewer=viewer, cohort_id=cohort_id, window=tools.window)
    since = date.fromordinal(room.course.company_since or 1)
    may_ask = room.term.is_on(day) and room.course.may_ask_company(day)
    return render_template("cohorts/company.html", room=room, own=own, may_ask=may_ask, since=since)


@blueprint.post("/cohorts/<cohort_id>/company")
@allow("member")
def say(cohort_id: str) -> Response:
    """Ask everybody, say yes or no, or end it."""
    return _said(cohort_id)


@blueprint.get("/cohorts/invited")
@allow("analyst")
def invited() -> str:
    """Cohorts that let the company in, for its people."""
    tools = toolbox()
    with tools.database.reading() as stores:
        found = reads.company_list(stores, tools.vault, tools.trade, today=today(tools.clock.now()))
    return render_template("cohorts/invited.html", found=found, day=today(tools.clock.now()))


@blueprint.get("/cohorts/invited/<cohort_id>")
@allow("analyst")
def guest(cohort_id: str) -> str:
    """One of them, from the day after everybody said yes."""
    return _guest_page(cohort_id, {})


@blueprint.post("/cohorts/invited/<cohort_id>")
@allow("analyst")
def write_as_guest(cohort_id: str) -> Response:
    """Write there, labelled."""
    return _take_guest_words(cohort_id)


def _guest_page(cohort_id: str, errors: dict[str, str]) -> str:
    tools, viewer, day = toolbox(), current_viewer(), today(toolbox().clock.now())
    with tools.database.reading() as stores:
        row, course = company.check_company(stores, tools.vault, viewer=viewer, cohort_id=cohort_id, today=day)
        cards = reads.company_cards(stores, tools.vault, row, course)
        term = get_term(stores, tools.vault, row.term_id)
    return render_template(
        "cohorts/guest.html", cohort_id=cohort_id, cards=cards, term=term, week=term.week(day), errors=errors,
        text=request.form.get("text", ""), names=labels(words.CHECK_IN | words.CANVAS), most=MAX_TALK,
        token=str(new_id()),
    )  # fmt: skip


def _said(cohort_id: str) -> Response:
    tools, viewer, word = toolbox(), current_viewer(), request.form.get("word", "")
    day = today(tools.clock.now())
    with tools.database.transaction("content") as stores:
        _seat, term = reads.check_seat(stores, tools.vault, viewer=viewer, cohort_id=cohort_id)
        if word not in company.WORDS or not term.is_on(day):
            raise Conflict
        company.say(
            stores, tools.vault, viewer=viewer, cohort_id=cohort_id, word=word, today=day, window=tools.window
        )  # fmt: skip
    flash(_received(word), "ok")
    return redirect(url_for("cohorts.invitation", cohort_id=cohort_id), 303)


def _received(word: str) -> str:
    return {
        "ask": _("受け取りました。次の公開の時刻から、全員に聞きます。"),
        "yes": _("受け取りました。次の公開の時刻に数えます。全員の「はい」がそろうまで、何も変わりません。"),
        "no": _("受け取りました。運営会社は招きません。会には次の公開の時刻に、だれが答えたかを出さずに伝わります。"),
        "end": _(
            "終わりにします。運営会社は、次の公開の時刻から読めません。いまから書くものは、もう運営会社には見えません。"
        ),
    }[word]


def _take_guest_words(cohort_id: str) -> Response:
    tools, viewer = toolbox(), current_viewer()
    day = today(tools.clock.now())
    with tools.database.reading() as stores:
        company.check_company(stores, tools.vault, viewer=viewer, cohort_id=cohort_id, today=day)

    def keep(stores: Stores, typed: Typed) -> None:
        company.check_company(stores, tools.vault, viewer=viewer, cohort_id=cohort_id, today=day)
        write_company(
            stores, tools.vault, tools.trade, place=cohort_id, kind=TALK, texts=typed.texts,
            then=(WRITTEN, {"cohort": cohort_id, "seat": -1}), window=tools.window,
        )  # fmt: skip

    return take_texts(
        {"text": MAX_TALK}, names={"text": _("会のみなさんへ")}, title=_("会に書く"),
        back=lambda errors: _guest_page(cohort_id, errors), keep=keep,
        url=url_for("cohorts.guest", cohort_id=cohort_id),
        said=_("受け取りました。次の区切りで、「運営会社」の名前で会に出ます。"),
    )  # fmt: skip
