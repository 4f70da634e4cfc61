"""The coordinators' pages: plan, invite, announce, move and call off sessions; what authors wished for."""

from dataclasses import replace

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.community import consents
from app.community.checking import Typed, look_page, read_texts
from app.errors import Conflict, NotThere
from app.escalation.reads import wishes_for_coordinator
from app.questions.cards import ThreadCard
from app.questions.reads import thread_card
from app.questions.rules import COMPANY
from app.web.i18n import gettext as _
from app.webinars import planning, reads
from app.webinars.blueprint import blueprint
from app.webinars.forms import PlanForm, read_plan
from app.webinars.rows import get_talk
from app.webinars.rules import MAX_ABOUT, MAX_SPEAKERS, MAX_TITLE
from app.wiring import Toolbox, toolbox

TEXTS = {"title": MAX_TITLE, "about": MAX_ABOUT}
MAX_REASON = 200


@blueprint.get("/sessions/desk")
@allow("coordinator")
def desk() -> str:
    """What is planned, and what authors wished for."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        cards = reads.on_desk(stores, tools.vault, tools.trade, viewer=viewer, now=tools.clock.now())
        wishes = wishes_for_coordinator(stores, tools.vault, tools.trade, viewer=viewer)
    wished = [one for one in wishes if one.kind == "webinar" and not one.became]
    return render_template("webinars/desk.html", cards=cards, wishes=wished)


@blueprint.get("/sessions/new")
@allow("coordinator")
def new() -> str:
    """The form of a plan; from a wish it begins with the question's title."""
    tools, viewer, wish = toolbox(), current_viewer(), request.args.get("wish", "")
    with tools.database.reading() as stores:
        wishes = wishes_for_coordinator(stores, tools.vault, tools.trade, viewer=viewer) if wish else []
    found = next((one for one in wishes if one.question.id == wish and one.kind == "webinar" and not one.became), None)
    if wish and found is None:
        raise NotThere
    typed = {"title": found.question.title[:MAX_TITLE], "wish": wish} if found else {}
    return _form(tools, typed)


@blueprint.post("/sessions/new")
@allow("coordinator")
def plan() -> Response:
    """Plan one; a wish it came from is taken up with it."""
    tools, wish = toolbox(), request.form.get("wish", "")
    typed, form = _read(tools)
    if typed.step != "send" or form.errors:
        return _again(tools, typed, form)
    with tools.database.transaction("content") as stores:
        if wish:
            _check_wish(tools, wish)
            day = today(tools.clock.now())
            planning.take_wish(stores, tools.vault, thread_id=wish, today=day, window=tools.window)
        talk_id = planning.plan(stores, tools.vault, plan=form.plan(typed.texts), wish=wish)
    flash(_("準備中の会として置きました。次は、講師に声をかけましょう。まだ世話役にしか見えません。"), "ok")
    return redirect(url_for("webinars.invite", talk_id=talk_id), 303)


@blueprint.get("/sessions/<talk_id>/edit")
@allow("coordinator")
def edit(talk_id: str) -> str:
    """The same form, filled in; but for the room, which nobody is shown who did not sign up."""
    tools, viewer = toolbox(), current_viewer()
    card = _card(tools, viewer, talk_id)
    times = card.times
    typed = {
        "title": card.title, "about": card.about, "form": card.form, "subject": card.subject, "day": times.day.isoformat(),
        "begins": f"{times.start:%H:%M}", "length": str(times.length), "company_may": "1" if card.company_may else "",
        "by_company": "1" if card.by_company else "",
    }  # fmt: skip
    return _form(tools, typed, talk_id=talk_id, has_link=card.form == "video")


@blueprint.post("/sessions/<talk_id>/edit")
@allow("coordinator")
def change(talk_id: str) -> Response:
    """Fill in anew; who signed up is told when the hours are others."""
    tools, viewer = toolbox(), current_viewer()
    typed, form = _read_again(tools, viewer, talk_id)
    if typed.step != "send" or form.errors:
        return _again(tools, typed, form, talk_id)
    with tools.database.transaction("content") as stores:
        planning.change(
            stores, tools.vault, viewer=viewer, talk_id=talk_id, plan=form.plan(typed.texts), window=tools.window
        )
    flash(_("直しました。日時や形が変わったときは、申し込んだ方に知らせます。"), "ok")
    return redirect(url_for("webinars.desk"), 303)


@blueprint.post("/sessions/<talk_id>/announce")
@allow("coordinator")
def announce(talk_id: str) -> Response:
    """Put it on everybody's list."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        planning.announce(stores, tools.vault, viewer=viewer, talk_id=talk_id, window=tools.window)
    flash(_("案内を出しました。会員の一覧に出ています。"), "ok")
    return redirect(url_for("webinars.session", talk_id=talk_id), 303)


@blueprint.post("/sessions/<talk_id>/cancel")
@allow("coordinator")
def cancel(talk_id: str) -> Response:
    """Call it off, with a reason."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        get_talk(stores, tools.vault, viewer=viewer, talk_id=talk_id)
    typed = read_texts(tools, viewer, {"reason": MAX_REASON})
    if typed.step == "look":
        return look_page(typed, title=_("中止の理由"), names={"reason": _("中止の理由")})
    if typed.step != "send":
        return make_response(_invite_page(tools, viewer, talk_id, errors=typed.errors), 422)
    reason = typed.texts["reason"]
    with tools.database.transaction("content") as stores:
        planning.cancel(stores, tools.vault, viewer=viewer, talk_id=talk_id, reason=reason, window=tools.window)
    flash(_("中止にしました。申し込んだ方に知らせます。"), "ok")
    return redirect(url_for("webinars.desk"), 303)


@blueprint.get("/sessions/<talk_id>/invite")
@allow("coordinator")
def invite(talk_id: str) -> str:
    """Who was asked, and the answers of a thread whose author could be asked next."""
    return _invite_page(toolbox(), current_viewer(), talk_id)


@blueprint.post("/sessions/<talk_id>/invite")
@allow("coordinator")
def ask_lecturer(talk_id: str) -> Response:
    """Ask the author of one answer, by its handle."""
    tools, viewer = toolbox(), current_viewer()
    try:
        _ask_author(tools, viewer, talk_id)
    except Conflict:
        flash(_("この方には、もう声をかけてあるか、講師の席がいっぱいです。"), "warn")
    else:
        flash(
            _("お誘いを届けます。だれに届くかは、世話役にもわかりません。引き受けるかどうかは、その方が決めます。"),
            "ok",
        )
    return redirect(url_for("webinars.invite", talk_id=talk_id), 303)


def _ask_author(tools: Toolbox, viewer: Viewer, talk_id: str) -> None:
    with tools.database.transaction("content") as stores:
        handle = planning.find_handle(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=request.form.get("thread", ""),
            post_id=request.form.get("post", ""),
        )  # fmt: skip
        planning.invite(
            stores, tools.vault, viewer=viewer, talk_id=talk_id, handle=handle, today=today(tools.clock.now()),
            window=tools.window,
        )  # fmt: skip


def _read(tools: Toolbox, link: str = "") -> tuple[Typed, PlanForm]:
    typed = read_texts(tools, current_viewer(), TEXTS)
    return typed, read_plan(tools.trade, request.form, today=today(tools.clock.now()), link=link)


def _read_again(tools: Toolbox, viewer: Viewer, talk_id: str) -> tuple[Typed, PlanForm]:
    """The form as it was filled in anew; a session that lecturers agreed to stays closed to the company."""
    with tools.database.reading() as stores:
        opened = get_talk(stores, tools.vault, viewer=viewer, talk_id=talk_id)
        is_shut = not opened.row.company_may and planning.may_not_open(stores, tools.vault, opened)
    typed, form = _read(tools, opened.value["link"])
    if is_shut and form.company_may:
        said = _("講師に声をかけたあとで、運営会社に開くことはできません。開く会は、あらためて準備してください。")
        form = replace(form, errors={**form.errors, "company_may": said})
    return typed, form


def _again(tools: Toolbox, typed: Typed, form: PlanForm, talk_id: str = "") -> Response:
    if typed.step == "look" and not form.errors:
        return look_page(typed, title=_("学びの会の案内"), names={"title": _("題名"), "about": _("どんな会か")})
    if typed.step == "done":
        return redirect(url_for("webinars.desk"), 303)
    page = _form(tools, request.form, {**typed.errors, **form.errors}, talk_id=talk_id, has_link=bool(form.link))
    return make_response(page, 422)


def _form(
    tools: Toolbox, typed: object, errors: dict[str, str] | None = None, *, talk_id: str = "", has_link: bool = False
) -> str:
    groups = [(group.key, str(group.name)) for group in tools.trade.groups]
    return render_template(
        "webinars/plan.html", typed=typed, errors=errors or {}, talk_id=talk_id, groups=groups, longest=TEXTS,
        has_link=has_link,
    )  # fmt: skip


def _card(tools: Toolbox, viewer: Viewer, talk_id: str) -> reads.TalkCard:
    """A session that can still be changed. Raises NotThere, Conflict."""
    with tools.database.reading() as stores:
        card = reads.talk_card(stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, now=tools.clock.now())
    if card.phase in ("over", "cancelled"):
        raise Conflict
    return card


def _check_wish(tools: Toolbox, wish: str) -> None:
    """Raise NotThere unless this coordinator sees it as a wish for a session."""
    with tools.database.reading() as stores:
        wishes = wishes_for_coordinator(stores, tools.vault, tools.trade, viewer=current_viewer())
    if not any(one.question.id == wish and one.kind == "webinar" and not one.became for one in wishes):
        raise NotThere


def _invite_page(tools: Toolbox, viewer: Viewer, talk_id: str, *, errors: dict[str, str] | None = None) -> str:
    card, sought = _card(tools, viewer, talk_id), request.args.get("thread", "").strip()
    thread: ThreadCard | None = None
    with tools.database.reading() as stores:
        invited = planning.invited(stores, tools.vault, talk_id, window=tools.window)
        if sought:
            try:
                thread = thread_card(
                    stores,
                    tools.vault,
                    tools.trade,
                    viewer=viewer,
                    thread_id=sought.rstrip("/").rsplit("/", 1)[-1][:32],
                )
            except NotThere:
                errors = {
                    **(errors or {}),
                    "thread": _("その質問は、ここでは見られません。アドレスを確かめてください。"),
                }
    answers = [
        one for one in (thread.posts if thread else ())
        if one.kind == "answer" and one.author != COMPANY and one.text and not one.is_mine and not one.hidden and one.day
    ]  # fmt: skip
    waiting = sum(one.state == consents.ASKED for one in invited)
    return render_template(
        "webinars/invite.html", card=card, invited=invited, thread=thread, answers=answers, errors=errors or {},
        sought=sought, is_full=len(card.speakers) + waiting >= MAX_SPEAKERS, longest=MAX_REASON,
    )  # fmt: skip
