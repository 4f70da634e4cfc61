"""The pages of sessions for members: the list, one session, signing up, asking, going in."""

from dataclasses import replace
from urllib.parse import urlsplit

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.community.checking import Typed, look_page, read_texts
from app.community.places import shows_places
from app.db import Stores
from app.errors import NotThere
from app.questions import drafts
from app.questions.contacts import own_contact
from app.web.i18n import gettext as _
from app.webinars import calendar, closing, company_routes, desk_routes, lecturer_routes, reads, signing, writing
from app.webinars.blueprint import blueprint
from app.webinars.models import Talk
from app.webinars.pages import moment_of, session_page
from app.webinars.reads import TalkCard
from app.webinars.rows import get_talk
from app.webinars.rules import MAX_QUESTION
from app.wiring import Toolbox, toolbox

__all__ = ["blueprint", "company_routes", "desk_routes", "lecturer_routes"]


@shows_places
def page_of(stores: Stores, place: str) -> str | None:
    """Where a session is read."""
    return url_for("webinars.session", talk_id=place) if stores.content.get(Talk, place) is not None else None


@blueprint.get("/sessions")
@allow("member")
def sessions() -> str:
    """Coming and past sessions."""
    tools, viewer, now = toolbox(), current_viewer(), toolbox().clock.now()
    cursor = request.args.get("after", "")
    with tools.database.reading() as stores:
        coming = (
            [] if cursor else
            reads.coming(stores, tools.vault, tools.trade, viewer=viewer, now=now, today=today(now))
        )  # fmt: skip
        past, more = reads.past(stores, tools.vault, tools.trade, viewer=viewer, now=now, cursor=cursor)
    return render_template("webinars/sessions.html", coming=coming, past=past, more=more, cursor=cursor)


@blueprint.get("/sessions/<talk_id>")
@allow("member")
def session(talk_id: str) -> str:
    """One session: what it is about, signing up, what was said."""
    return session_page(toolbox(), current_viewer(), talk_id)


@blueprint.get("/sessions/<talk_id>/live")
@allow("member")
def live(talk_id: str) -> Response:
    """What was said since: a piece of the page for a browser that asks every twenty seconds while it runs."""
    tools, viewer, now = toolbox(), current_viewer(), toolbox().clock.now()
    with tools.database.reading() as stores:
        page = reads.talk_page(stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, now=now)
    new = page.after(request.args.get("after", "")[:32])
    if new is None:  # something was taken back: the page is made anew
        return Response(status=204, headers={"HX-Refresh": "true"})
    if not new and page.card.phase == "open":
        return Response(status=204)
    return make_response(
        render_template("webinars/_new.html", page=page, card=page.card, lines=new, may_answer=page.card.is_lecturer)
    )


@blueprint.post("/sessions/<talk_id>/sign-up")
@allow("member")
def sign_up(talk_id: str) -> Response:
    """Sign up; the page then has the calendar file."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        wanted = request.form.get("mail") == "1"
        contact = own_contact(tools, stores, viewer, wanted=wanted)
        signing.sign_up(
            stores, tools.vault, viewer=viewer, talk_id=talk_id, now=tools.clock.now(), contact=contact
        )  # fmt: skip
    flash(_("申し込みました。だれが申し込んだかは、講師にも世話役にも運営会社にも見えません。"), "ok")
    return redirect(url_for("webinars.session", talk_id=talk_id), 303)


@blueprint.post("/sessions/<talk_id>/sign-off")
@allow("member")
def sign_off(talk_id: str) -> Response:
    """Take it back."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        signing.sign_off(stores, tools.vault, viewer=viewer, talk_id=talk_id)
    flash(_("申し込みを取り消しました。"), "ok")
    return redirect(url_for("webinars.session", talk_id=talk_id), 303)


@blueprint.get("/sessions/<talk_id>/calendar.ics")
@allow("member")
def calendar_file(talk_id: str) -> Response:
    """For who signed up: with the session's title, or with a title that says nothing (?quiet=1)."""
    card = _card(talk_id)
    if not (card.is_signed_up or card.is_lecturer):
        raise NotThere
    if request.args.get("quiet") == "1":
        return _ics(card, "quiet", title=_("学びの会"))
    return _ics(card, "titled", title=card.title, url=url_for("webinars.session", talk_id=talk_id, _external=True))


@blueprint.get("/sessions/<talk_id>/announcement.ics")
@allow("member")
def announcement(talk_id: str) -> Response:
    """For a calendar that others see too: the hours and nothing else, whether one signed up or not."""
    return _ics(_card(talk_id), "plain", title=_("予定"))


@blueprint.get("/sessions/<talk_id>/room")
@allow("member")
def room(talk_id: str) -> str:
    """The way into a video room, for who signed up and shortly before, with what the other service will see."""
    tools, viewer = toolbox(), current_viewer()
    card = _card(talk_id)
    if card.form != "video" or card.phase not in ("soon", "open") or not (card.is_signed_up or card.is_lecturer):
        raise NotThere
    with tools.database.reading() as stores:
        link = get_talk(stores, tools.vault, viewer=viewer, talk_id=talk_id).value["link"]
    return render_template("webinars/room.html", card=card, link=link, host=urlsplit(link).hostname or "")


@blueprint.post("/sessions/<talk_id>/questions")
@allow("member")
def ask(talk_id: str) -> Response:
    """Ask a question nobody can tell the author of, beforehand or while it runs."""
    tools, viewer = toolbox(), current_viewer()
    _card(talk_id)
    typed = read_texts(tools, viewer, {"text": MAX_QUESTION})
    if typed.step == "look":
        return look_page(typed, title=_("学びの会で聞く"), names={"text": _("聞きたいこと")})
    if typed.step == "back":
        return make_response(session_page(tools, viewer, talk_id, typed.errors), 422)
    if typed.step == "send":
        _keep_question(tools, viewer, talk_id, typed)
    flash(_("受け取りました。だれの質問かは、講師にも出ません。"), "ok")
    return redirect(url_for("webinars.session", talk_id=talk_id), 303)


def _keep_question(tools: Toolbox, viewer: Viewer, talk_id: str, typed: Typed) -> None:
    with tools.database.transaction("content", "keys") as stores:
        writing.ask(
            stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, text=typed.texts["text"],
            moment=replace(moment_of(tools, typed.token), word=request.form.get("word") == "1"),
        )  # fmt: skip


@blueprint.post("/sessions/<talk_id>/questions/<question_id>/queue")
@allow("member")
def to_queue(talk_id: str, question_id: str) -> Response:
    """The author's word about a question that stayed open: into the form of a question, or nothing more."""
    word = request.form.get("word")
    if word not in ("yes", "no"):
        abort(400)
    _answer_consent(talk_id, question_id, yes=word == "yes")
    if word == "no":
        flash(_("わかりました。この質問は、この会の記録にだけ残ります。"), "ok")
        return redirect(url_for("webinars.session", talk_id=talk_id), 303)
    flash(_("質問の下書きに入れました。分野などを足して、確かめてから出してください。まだだれにも見えません。"), "ok")
    return redirect(url_for("questions.ask"), 303)


def _answer_consent(talk_id: str, question_id: str, *, yes: bool) -> None:
    tools, viewer = toolbox(), current_viewer()
    now = tools.clock.now()
    with tools.database.transaction("content") as stores:
        page = reads.talk_page(stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, now=now)
        text = next((one.writing.texts.get("text", "") for one in page.lines if one.writing.id == question_id), None)
        if text is None:
            raise NotThere
        closing.answer_consent(
            stores, tools.vault, viewer=viewer, talk_id=talk_id, question_id=question_id, yes=yes, window=tools.window
        )
        if yes:
            _begin_draft(tools, stores, viewer, page.card, text)


def _card(talk_id: str) -> TalkCard:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        return reads.talk_card(stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, now=tools.clock.now())


def _ics(card: TalkCard, kind: str, *, title: str, url: str = "") -> Response:
    uid = calendar.uid_of(current_viewer().secret, card.id, kind)
    body = calendar.calendar_of(card.times, title=title, uid=uid, url=url, called_off=card.phase == "cancelled")
    headers = {"Content-Disposition": 'attachment; filename="session.ics"'}
    return Response(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _begin_draft(tools: Toolbox, stores: Stores, viewer: Viewer, card: TalkCard, text: str) -> None:
    """Put the words into a draft of a question; one that was begun goes aside, from where it can be brought back."""
    drafts.set_aside(stores, viewer.secret, today=today(tools.clock.now()))
    lines = text.strip().splitlines()
    title = lines[0] if len(lines[0]) <= 60 else lines[0][:59] + "…"
    first = next(one.key for one in tools.trade.form.fields if one.kind == "text")
    drafts.keep_draft(stores, viewer.secret, {"title": title, f"field_{first}": text})
