"""Inside a cohort: its page, talk, check-ins, what somebody is stuck on, a rest, and leaving."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.cohorts import reads, seats, words
from app.cohorts.blueprint import TALK_DRAFT, WEEK_DRAFT, begun, blueprint, take_texts
from app.cohorts.company import is_ending
from app.cohorts.drawing import draw_stamps
from app.cohorts.reads import CHECK_IN, TALK, Room
from app.cohorts.rules import RUNNING, SeatCard, TermCard, first_line
from app.cohorts.words import labels, lengths
from app.cohorts.worker import WRITTEN
from app.community.checking import Typed
from app.community.writing import write
from app.db import Stores
from app.errors import Conflict, NotThere
from app.questions import drafts
from app.questions.rules import MAX_TITLE
from app.web.i18n import gettext as _
from app.wiring import toolbox
from privacy.pseudonyms import new_id

MAX_TALK = 2000
REST_WEEKS = (1, 2, 3, 4)


@blueprint.get("/cohorts/<cohort_id>")
@allow("member")
def room(cohort_id: str) -> str:
    """The cohort, for its people."""
    return _room_page(cohort_id, {})


@blueprint.post("/cohorts/<cohort_id>/talk")
@allow("member")
def talk(cohort_id: str) -> Response:
    """Say something to the mates."""
    seat, term = _seat(cohort_id)
    if today(toolbox().clock.now()) >= term.end or term.state != RUNNING:
        raise Conflict
    return take_texts(
        {"text": MAX_TALK}, names={"text": _("仲間に伝えたいこと")}, title=_("仲間に書く"),
        back=lambda errors: _room_page(cohort_id, errors),
        keep=lambda stores, typed: put(stores, seat, TALK, typed), url=url_for("cohorts.room", cohort_id=cohort_id),
        said=_("受け取りました。次の区切りで、仲間に見えるようになります。"), draft=f"{TALK_DRAFT} {cohort_id}",
        page=url_for("cohorts.room", cohort_id=cohort_id),
    )  # fmt: skip


@blueprint.get("/cohorts/<cohort_id>/check-in")
@allow("member", while_reading=False)
def check_in(cohort_id: str) -> str | Response:
    """The four lines of a week, unless they are written."""
    opened = room_of(cohort_id)
    if opened.own_check_in(opened.term.week(today(toolbox().clock.now()))) is not None:
        return _already_written(cohort_id)
    return _check_in_page(opened, {})


@blueprint.post("/cohorts/<cohort_id>/check-in")
@allow("member")
def put_check_in(cohort_id: str) -> Response:
    """Keep them: one check-in a week."""
    return _take_check_in(cohort_id)


@blueprint.post("/cohorts/<cohort_id>/stuck")
@allow("member")
def ask_about(cohort_id: str) -> Response:
    """What somebody is stuck on as the beginning of an anonymous question: a draft in their own locker, and no trace of
    where it came from."""
    return _draft_from(cohort_id)


@blueprint.post("/cohorts/<cohort_id>/rest")
@allow("member", while_reading=True)
def rest(cohort_id: str) -> Response:
    """Be away for some weeks, or be back."""
    tools, viewer, weeks = toolbox(), current_viewer(), request.form.get("weeks", "")
    until = today(tools.clock.now()) + timedelta(weeks=int(weeks)) if weeks in map(str, REST_WEEKS) else None
    with tools.database.transaction("content") as stores:
        seats.rest(stores, tools.vault, viewer=viewer, cohort_id=cohort_id, until=until, window=tools.window)
    said = (
        _("ゆっくりお休みください。そのあいだ、お知らせは届きません。仲間には、次の公開の時刻から見えます。") if until
        else _("おかえりなさい。仲間には、次の公開の時刻から見えます。")
    )  # fmt: skip
    flash(said, "ok")
    return redirect(url_for("cohorts.room", cohort_id=cohort_id), 303)


@blueprint.get("/cohorts/<cohort_id>/leave")
@allow("member")
def leaving(cohort_id: str) -> str:
    """What leaving means."""
    seat, term = _seat(cohort_id)
    return render_template("cohorts/leave.html", cohort_id=cohort_id, seat=seat, term=term)


@blueprint.post("/cohorts/<cohort_id>/leave")
@allow("member", while_reading=True)
def leave(cohort_id: str) -> Response:
    """Leave midway."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content", "keys") as stores:
        seats.leave_cohort(stores, tools.vault, viewer=viewer, cohort_id=cohort_id, window=tools.window)
    flash(
        _(
            "会を離れました。仲間には、次の公開の時刻に伝わります。おつかれさまでした。いつでもまた、新しい期に参加できます。"
        ),
        "ok",
    )
    return redirect(url_for("cohorts.index"), 303)


def put(stores: Stores, seat: SeatCard, kind: str, typed: Typed, **extra: object) -> str:
    """Write at the viewer's cohort; the mates are told once a day. It says whether its author knew that the company
    reads: when it comes out is later. Writes content and keys."""
    tools, day = toolbox(), today(toolbox().clock.now())
    hears = reads.course_at(stores, tools.vault, seat.cohort_id).company_hears(day)
    company = hears and not is_ending(stores, tools.vault, seat.cohort_id)
    seats.note_group(stores, viewer=current_viewer(), cohort_id=seat.cohort_id, today=day)
    return write(
        stores, tools.vault, tools.trade, viewer=current_viewer(), place=seat.cohort_id, kind=kind, texts=typed.texts,
        extra={"seat": seat.number, "company": company, **extra}, then=(WRITTEN, {"cohort": seat.cohort_id, "seat": seat.number}),
        window=tools.window, today=day, token=typed.token,
    )  # fmt: skip


def _seat(cohort_id: str) -> tuple[SeatCard, TermCard]:
    """The viewer's seat and its term. Raises NotThere for everybody without one."""
    tools = toolbox()
    with tools.database.reading() as stores:
        return reads.check_seat(stores, tools.vault, viewer=current_viewer(), cohort_id=cohort_id)


def room_of(cohort_id: str) -> Room:
    """The cohort as the viewer sees it from their seat. Raises NotThere for everybody without one."""
    tools = toolbox()
    with tools.database.reading() as stores:
        return reads.open_room(
            stores, tools.vault, tools.trade, viewer=current_viewer(), cohort_id=cohort_id,
            today=today(tools.clock.now()), window=tools.window,
        )  # fmt: skip


def _room_page(cohort_id: str, errors: dict[str, str]) -> str:
    day, opened = today(toolbox().clock.now()), room_of(cohort_id)
    week = opened.term.week(day)
    place = f"{TALK_DRAFT} {cohort_id}"
    kept = begun(place)
    until = date.fromordinal(opened.me.rest_until) if opened.me.rests(day) else None  # date.max: until they are back
    return render_template(
        "cohorts/room.html", room=opened, day=day, week=week, errors=errors, kept=kept, place=place,
        text=request.form.get("text", kept.typed.get("text", "")), current_url=url_for("cohorts.room", cohort_id=cohort_id),
        events=reads.events_of(opened.course), stamps=draw_stamps(opened.stamps), written=opened.own_check_in(week),
        names=labels(words.CHECK_IN), most=MAX_TALK, rest_weeks=REST_WEEKS, rest_until=until, token=str(new_id()),
    )  # fmt: skip


def _check_in_page(opened: Room, errors: dict[str, str]) -> str:
    day = today(toolbox().clock.now())
    if not opened.term.is_on(day):
        raise Conflict
    before = [one for one in opened.of(CHECK_IN) if one.is_mine and not one.withdrawn]
    place = f"{WEEK_DRAFT} {opened.id}"
    kept = begun(place)
    aim = before[-1].texts["aim"] if before else opened.me.goal
    typed = {"aim": aim, **kept.typed, **request.form}
    return render_template(
        "cohorts/check_in.html", kept=kept, place=place,
        current_url=url_for("cohorts.check_in", cohort_id=opened.id), room=opened, week=opened.term.week(day), typed=typed, errors=errors,
        names=labels(words.CHECK_IN), most=lengths(words.CHECK_IN), token=str(new_id()), last=before[-1] if before else None,
    )  # fmt: skip


def _already_written(cohort_id: str) -> Response:
    flash(_("今週の記録は、もう書いてあります。直すときは、書いたものの「…」から。"), "info")
    return redirect(url_for("cohorts.room", cohort_id=cohort_id), 303)


def _take_check_in(cohort_id: str) -> Response:
    seat, term = _seat(cohort_id)
    opened = room_of(cohort_id)
    week = term.week(today(toolbox().clock.now()))
    if not term.is_on(today(toolbox().clock.now())):
        raise Conflict
    if opened.own_check_in(week) is not None and "seen" not in request.form:
        return _already_written(cohort_id)
    return take_texts(
        lengths(words.CHECK_IN), optional=("stuck",), names=labels(words.CHECK_IN), title=_("今週の記録"),
        back=lambda errors: _check_in_page(opened, errors),
        keep=lambda stores, typed: put(stores, seat, CHECK_IN, typed, week=week),
        url=url_for("cohorts.room", cohort_id=cohort_id), said=_("今週の記録を受け取りました。カードに印をひとつ押しました。"),
        draft=f"{WEEK_DRAFT} {cohort_id}", page=url_for("cohorts.check_in", cohort_id=cohort_id),
    )  # fmt: skip


def _draft_from(cohort_id: str) -> Response:
    tools, viewer, wanted = toolbox(), current_viewer(), request.form.get("writing", "")
    card = next((one for one in room_of(cohort_id).of(CHECK_IN) if one.id == wanted and one.is_mine), None)
    if card is None or not card.texts.get("stuck"):
        raise NotThere
    stuck = card.texts["stuck"]
    long = next(one for one in tools.trade.form.fields if one.kind == "text")
    values = {"title": first_line(stuck, MAX_TITLE), f"field_{long.key}": stuck[: int(long.max)]}
    with tools.database.transaction("content") as stores:
        aside = drafts.set_aside(stores, viewer.secret, today=today(tools.clock.now()), window=tools.window)
        drafts.keep_draft(stores, viewer.secret, values, origin=str(new_id()))
    said = _("つまずいたことを、質問の用紙に写しました。会のことは、質問のどこにも残りません。")
    hint = _("同じ言葉のままだと、仲間にはあなたの質問だとわかることがあります。言いかえてから出すと安心です。")
    flash(said + hint + (_("書きかけの質問は、明日までしまってあります。") if aside else ""), "info")
    return redirect(url_for("questions.ask"), 303)
