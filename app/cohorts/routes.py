"""仲間の会: what one is in, what one can join, and signing up."""

from datetime import timedelta
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.cohorts import canvas_routes, closing_routes, company_routes, desk_routes, reads, room_routes, seats
from app.cohorts.blueprint import blueprint, take_texts
from app.cohorts.rules import LEADING, MAX_GOAL, SIGN_UP, TermCard
from app.cohorts.terms import get_term, terms_open
from app.community import ballots
from app.db import Stores
from app.domains.rules import groups_of
from app.domains.service import policy_of
from app.errors import Conflict, NotThere
from app.escalation.service import own_question
from app.questions.contacts import own_contact
from app.questions.crowd import thin_in
from app.questions.reads import thread_text
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox
from privacy.pseudonyms import new_id

__all__ = ["blueprint", "canvas_routes", "closing_routes", "company_routes", "desk_routes", "room_routes"]
FIELDS = {"goal": MAX_GOAL, "give": MAX_GOAL}


@blueprint.get("/cohorts")
@allow("member")
def index() -> str:
    """What one is in, and what one can join."""
    tools, viewer, day = toolbox(), current_viewer(), today(toolbox().clock.now())
    with tools.database.reading() as stores:
        own = reads.own_list(stores, tools.vault, viewer)
        terms = terms_open(stores, tools.vault, today=day)
        by_office = seats.leads_by_office(stores, viewer, today=day)
    graduated = any(one.seat.cohort_id and one.term and one.term.end <= day for one in own)
    return render_template(
        "cohorts/index.html", own=own, terms=terms, day=day, purposes={"sign_up": SIGN_UP, "leading": LEADING},
        may_lead=graduated or by_office, graduated=graduated, after=request.args.get("from", "")[:32],
    )  # fmt: skip


@blueprint.get("/cohorts/lesson")
@allow("member")
def lesson() -> str:
    """The first session: how to move a project forward, in ten minutes."""
    return render_template("cohorts/lesson.html")


@blueprint.get("/cohorts/terms/<term_id>/join")
@allow("member", while_reading=False)
def join(term_id: str) -> str:
    """The form, with what was said before; from the viewer's own question its title stands there as a goal."""
    return _join_page(term_id, {})


@blueprint.post("/cohorts/terms/<term_id>/join")
@allow("member")
def sign_up(term_id: str) -> Response:
    """Sign up, or change what was said."""
    return _take_sign_up(term_id)


@blueprint.get("/cohorts/terms/<term_id>/lead")
@allow("member", while_reading=False)
def lead(term_id: str) -> str:
    """What who leads a cohort does, and how they stop."""
    return _lead_page(term_id)


@blueprint.post("/cohorts/terms/<term_id>/lead")
@allow("member")
def offer(term_id: str) -> Response:
    """Offer to lead a cohort of this term."""
    tools, viewer = toolbox(), current_viewer()
    if request.form.get("agree") != "1":
        return make_response(_lead_page(term_id, _("読んで、よければ印をつけてください。")), 422)
    with tools.database.transaction("content", "keys") as stores:
        contact = own_contact(tools, stores, viewer, wanted=request.form.get("notify") == "1")
        seats.offer_to_lead(
            stores, tools.vault, tools.trade, viewer=viewer, term_id=term_id, contact=contact,
            today=today(tools.clock.now()),
        )  # fmt: skip
    flash(_("ありがとうございます。お願いする会が決まったら、お知らせします。"), "ok")
    return redirect(url_for("cohorts.index"), 303)


@blueprint.post("/cohorts/terms/<term_id>/withdraw")
@allow("member")
def withdraw(term_id: str) -> Response:
    """Take a sign-up back, or an offer to lead; also one that is kept for the next term."""
    tools, viewer, purpose = toolbox(), current_viewer(), request.form.get("purpose", "")
    if purpose not in (SIGN_UP, LEADING):
        raise NotThere
    label = ballots.label_of(viewer.secret, purpose, term_id)
    with tools.database.transaction("content", "keys") as stores:
        seats.step_back(stores, tools.vault, viewer=viewer, label=label)
    flash(_("取り下げました。書いていただいた言葉も消しました。"), "ok")
    return redirect(url_for("cohorts.index"), 303)


def goal_names() -> dict[str, str]:
    """What the two sentences of a sign-up are called."""
    return {"goal": _("この期間の目標"), "give": _("仲間に渡せるもの")}


def _join_page(term_id: str, errors: dict[str, str]) -> str:
    tools, viewer, day = toolbox(), current_viewer(), today(toolbox().clock.now())
    groups = [
        (one.key, str(one.name)) for one in tools.trade.groups if one.key in groups_of(tools.trade, viewer.subjects)
    ]
    with tools.database.reading() as stores:
        term = get_term(stores, tools.vault, term_id)
        found = [
            one for one in reads.own_list(stores, tools.vault, viewer) if one.object == term_id and not one.seat.leads
        ]
        if found and found[0].seat.cohort_id:
            raise Conflict
        before = {"goal": found[0].seat.goal, "give": found[0].seat.give, "group": found[0].seat.group} if found else {}
        typed = {**before, **_from_question(tools, stores, viewer, before), **request.form}
        thin = {key: _thin(tools, stores, viewer, key) for key, _name in groups}
    return render_template(
        "cohorts/join.html", term=term, takes=term.takes(day), groups=groups, typed=typed, errors=errors,
        is_thin=any(thin.values()), is_in=bool(found), names=goal_names(), most=MAX_GOAL, token=str(new_id()),
        end=term.end - timedelta(days=1),
    )  # fmt: skip


def _from_question(tools: Toolbox, stores: Stores, viewer: Viewer, before: dict[str, str]) -> dict[str, str]:
    """The viewer's own question, whose page led here, as the beginning of a goal."""
    if before or "from" not in request.args:
        return {}
    try:
        text = thread_text(stores, tools.vault, own_question(stores, viewer, request.args["from"][:32]))
    except NotThere:
        return {}
    return {"goal": text["title"][:MAX_GOAL]} if text else {}


def _thin(tools: Toolbox, stores: Stores, viewer: Viewer, group: str) -> str:
    if group not in groups_of(tools.trade, viewer.subjects):
        return ""
    return thin_in(
        stores, tools.vault, tools.trade, viewer=viewer, group=group, policy=policy_of(tools.settings),
        today=today(tools.clock.now()),
    )  # fmt: skip


def _lead_page(term_id: str, error: str = "") -> str:
    tools, viewer, day = toolbox(), current_viewer(), today(toolbox().clock.now())
    with tools.database.reading() as stores:
        term: TermCard = get_term(stores, tools.vault, term_id)
        may = seats.may_lead(stores, tools.vault, viewer, today=day)
        has = ballots.has_cast(stores, viewer=viewer, purpose=LEADING, object=term_id)
    return render_template("cohorts/lead.html", term=term, may=may, has=has, error=error)


def _take_sign_up(term_id: str) -> Response:
    tools, viewer = toolbox(), current_viewer()
    day, groups = today(tools.clock.now()), sorted(groups_of(tools.trade, viewer.subjects))
    with tools.database.reading() as stores:
        get_term(stores, tools.vault, term_id)
        thin = _thin(tools, stores, viewer, request.form.get("group", ""))
    group = request.form.get("group", "")
    errors = {} if group in groups else {"group": _("どの分野で参加するかを選んでください。")}
    if thin and request.form.get("sure") != "1":
        errors["sure"] = _("読んで、よければ印をつけてください。")
    if errors and request.form.get("do") != "back":
        return make_response(_join_page(term_id, errors), 422)

    def keep(stores: Stores, typed: Any) -> None:
        contact = own_contact(tools, stores, viewer, wanted=request.form.get("notify") == "1")
        seats.sign_up(
            stores, tools.vault, tools.trade, viewer=viewer, term_id=term_id, group=group, goal=typed.texts["goal"],
            give=typed.texts["give"], contact=contact, policy=policy_of(tools.settings), today=day,
        )  # fmt: skip

    return take_texts(
        FIELDS, names=goal_names(), title=_("仲間の会に申し込む"), back=lambda found: _join_page(term_id, found),
        keep=keep, url=url_for("cohorts.index"), said=_("申し込みを受け取りました。顔ぶれが決まったら、お知らせします。"),
    )  # fmt: skip
