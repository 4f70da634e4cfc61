"""The board, an idea, the form, replies and votes."""

from secrets import token_hex
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.access import INSIDE, allow
from app.accounts.viewer import Viewer
from app.clock import today
from app.community.checking import Typed, look_page, read_texts
from app.community.places import shows_places
from app.db import Stores
from app.domains.rules import ScopeTooFine
from app.domains.service import policy_of
from app.errors import NotThere
from app.escalation.service import take_up_wish
from app.ideas import board as boards
from app.ideas import forms, owing_routes, reads, service, talk_routes, votes
from app.ideas.blueprint import blueprint, board_reader
from app.ideas.board import Look
from app.ideas.models import Idea, IdeaTalk
from app.ideas.reads import IdeaPage
from app.ideas.rules import MAX_REPLY, STATES, TooManyIdeas
from app.questions.choices import named_options
from app.questions.keeping import Kept, discard_kept, keep_typed, kept_at, typed_at
from app.questions.wishing import is_proposed
from app.web.i18n import date_label
from app.web.i18n import gettext as _
from app.web.limits import open_text
from app.wiring import Toolbox, toolbox
from privacy.pseudonyms import locker_label

__all__ = ["blueprint", "owing_routes", "talk_routes"]


@shows_places
def page_of(stores: Stores, place: str) -> str | None:
    """Where an idea is read, or the talk about it."""
    if stores.content.get(Idea, place) is not None:
        return url_for("ideas.idea", idea_id=place)
    found = stores.content.scalar(select(IdeaTalk.idea_id).where(IdeaTalk.place == place))
    return url_for("ideas.talk", idea_id=found) if found is not None else None


@blueprint.get("/ideas")
@allow(INSIDE)
def board() -> str:
    """Everybody's ideas; and one's own votes move to where they count."""
    tools, viewer = toolbox(), board_reader()
    filters, after = forms.read_filters(tools.trade), request.args.get("after", "")
    look = Look(viewer, today(tools.clock.now()), **filters)
    with tools.database.reading() as stores:
        page = boards.board(stores, tools.vault, tools.trade, look=look, after=after)
        waiting = boards.waiting_ideas(stores, tools.vault, viewer=viewer) if not after else []
        left = votes.left_behind(stores, viewer) if not after else {}
    carried = _carry(tools, viewer, left)
    return render_template(
        "ideas/board.html", page=page, waiting=waiting, filters=filters, after=after, carried=carried,
        states=[(key, _(word)) for key, word in STATES.items()], groups=named_options(tools.trade.groups),
        topics=named_options(tools.trade.topics),
    )  # fmt: skip


@blueprint.get("/ideas/new")
@allow(INSIDE)
def new() -> str:
    """The form; with `thread`, filled from one's own question."""
    tools, viewer, thread_id = toolbox(), board_reader(), request.args.get("thread", "")
    with tools.database.reading() as stores:
        values = (
            forms.wished_from(stores, tools.vault, viewer=viewer, thread_id=thread_id) if thread_id else {"listed": "1"}
        )
    return _form(tools, viewer, values, thread_id)


@blueprint.post("/ideas/new")
@allow(INSIDE)
def post() -> Response:
    """Send it in: checked first, and shown once more where that is worth a look."""
    tools, viewer, thread_id = toolbox(), board_reader(), request.form.get("thread", "")
    errors = forms.read_choices(tools.trade, viewer)
    typed = read_texts(tools, viewer, forms.FIELDS, optional=forms.OPTIONAL)
    if typed.step in ("back", "look") or errors:
        return _again(tools, viewer, typed, thread_id, errors)
    if typed.step == "send":
        refused = _post(tools, viewer, typed, thread_id)
        if refused:
            return make_response(_form(tools, viewer, request.form, thread_id, refused), 422)
    flash(_("受け取りました。次の区切りで、掲示板に出します。"), "ok")
    return redirect(url_for("ideas.board"), 303)


@blueprint.get("/ideas/<idea_id>")
@allow(INSIDE)
def idea(idea_id: str) -> str:
    """One idea with its replies and what became of it."""
    return _page(toolbox(), board_reader(), idea_id)


@blueprint.post("/ideas/<idea_id>/reply")
@allow(INSIDE)
def reply(idea_id: str) -> Response:
    """Reply to the idea, or to a reply."""
    tools, viewer = toolbox(), board_reader()
    with tools.database.reading() as stores:
        page = reads.idea_page(stores, tools.vault, tools.trade, viewer=viewer, idea_id=idea_id, today=_day(tools))
    typed = read_texts(tools, viewer, {"text": MAX_REPLY})
    if typed.step == "back":
        return make_response(_page(tools, viewer, idea_id, errors=typed.errors), 422)
    if typed.step == "look":
        return look_page(typed, title=_("返信する"), names={"text": _("返信の文")})
    if typed.step == "send":
        _add_reply(tools, viewer, idea_id, page, typed)
    flash(_("受け取りました。次の区切りで公開します。"), "ok")
    return redirect(url_for("ideas.idea", idea_id=idea_id), 303)


def _add_reply(tools: Toolbox, viewer: Viewer, idea_id: str, page: reads.IdeaPage, typed: Typed) -> None:
    with tools.database.transaction("content", "keys") as stores:
        service.add_reply(
            stores, tools.vault, tools.trade, viewer=viewer, idea=service.find_idea(stores, idea_id),
            text=typed.texts["text"], to=_top_of(page, request.form.get("to", "")), window=tools.window,
            today=_day(tools), token=typed.token, word=request.form.get("word") == "1",
        )  # fmt: skip


@blueprint.post("/ideas/<idea_id>/vote")
@allow("member")
def vote(idea_id: str) -> Response:
    """Vote for it, or take that back."""
    tools, viewer, back = toolbox(), board_reader(), request.form.get("do") == "back"
    try:
        with tools.database.transaction("content") as stores:
            page = reads.idea_page(stores, tools.vault, tools.trade, viewer=viewer, idea_id=idea_id, today=_day(tools))
            (votes.take_back if back else votes.vote)(stores, tools.vault, viewer=viewer, idea=page.row)
    except votes.NotReady:
        flash(_("投票の準備がまだできていません。あすになってから、もう一度お試しください。"), "warn")
    else:
        flash(_("賛成を取り消しました。") if back else _("賛成しました。いつでも取り消せます。"), "ok")
    return redirect(url_for("ideas.idea", idea_id=idea_id), 303)


def _page(tools: Toolbox, viewer: Viewer, idea_id: str, *, errors: dict[str, str] | None = None) -> str:
    with tools.database.reading() as stores:
        page = reads.idea_page(stores, tools.vault, tools.trade, viewer=viewer, idea_id=idea_id, today=_day(tools))
        key, shared = votes.find_key(stores), talk_routes.shared_with(stores, tools.vault, viewer=viewer, page=page)
        left = votes.left_behind(stores, viewer) if page.into is not None else {}
        word = "word" in request.form if errors is not None else is_proposed(stores, viewer.secret, idea_id)
    if not page.card.is_mine:
        open_text(locker_label(viewer.secret, "reading"))
    carried = _carry(tools, viewer, left)
    return render_template(
        "ideas/idea.html", page=page, errors=errors or {}, key=key, labels=forms.labels(), longest=MAX_REPLY,
        to=request.form.get("to", ""), typed=request.form.get("text", "") if errors is not None else "",
        token=token_hex(16), may_vote="member" in viewer.roles and "analyst" not in viewer.roles, carried=carried,
        word=word, days=tools.settings.idea_days, **shared,
    )  # fmt: skip


def _again(tools: Toolbox, viewer: Viewer, typed: Typed, thread_id: str, errors: dict[str, str]) -> Response:
    """The form or the second look, with all of it kept as a draft: no way from there loses it."""
    place = forms.place_of(thread_id)
    with tools.database.transaction("content") as stores:
        keep_typed(stores, viewer.secret, place, typed_at(place, request.form))
    if typed.step == "look" and not errors:
        return look_page(typed, title=_("アイデア"), names=forms.labels(), kept=_address(thread_id))
    return make_response(_form(tools, viewer, request.form, thread_id, {**errors, **typed.errors}), 422)


def _address(thread_id: str) -> str:
    return url_for("ideas.new", thread=thread_id or None)


def _form(
    tools: Toolbox, viewer: Viewer, values: Any, thread_id: str, errors: dict[str, str] | None = None
) -> str:  # fmt: skip
    token, place = token_hex(16), forms.place_of(thread_id)
    with tools.database.reading() as stores:
        kept = kept_at(stores, viewer.secret, place) if errors is None else Kept()
        values = kept.typed or values
        again = service.find_limit(
            stores, viewer, most_a_week=tools.settings.max_weekly_ideas, today=_day(tools)
        )  # fmt: skip
        word = "word" in values if errors is not None or kept.typed else is_proposed(stores, viewer.secret, token)
    return render_template(
        "ideas/new.html", kept=kept, place=place, current_url=_address(thread_id), offer=forms.offer(tools.trade, viewer), values=values, errors=errors or {}, fields=forms.FIELDS,
        labels=forms.labels(), token=token, word=word, thread_id=thread_id, again=again, days=tools.settings.idea_days,
        most=tools.settings.max_weekly_ideas,
    )  # fmt: skip


def _post(tools: Toolbox, viewer: Viewer, typed: Typed, thread_id: str) -> dict[str, str]:
    """Store it, and give what stands in the way at its field."""
    idea, when = forms.new_idea(typed.texts), {"window": tools.window, "today": _day(tools)}
    parts = {"viewer": viewer, "idea": idea, "token": typed.token, **when}
    try:
        with tools.database.transaction("content", "keys") as stores:
            if "analyst" in viewer.roles:
                service.post_company_idea(stores, tools.vault, tools.trade, **parts)
            else:
                _post_own(tools, stores, thread_id, parts)
            discard_kept(stores, viewer.secret, forms.place_of(thread_id))
    except ScopeTooFine:
        return {"group": _("この分野を出すと、あなただとわかるおそれがあります。「問わない」なら出せます。")}
    except TooManyIdeas as limit:
        return {"title": _("続けて出せるのは{day}からです。").format(day=date_label(limit.again))}
    return {}


def _post_own(tools: Toolbox, stores: Stores, thread_id: str, parts: dict[str, Any]) -> None:
    viewer = parts["viewer"]
    if thread_id:
        forms.wished_from(stores, tools.vault, viewer=viewer, thread_id=thread_id)
    service.post_idea(
        stores, tools.vault, tools.trade, most_a_week=tools.settings.max_weekly_ideas, from_thread=thread_id,
        policy=policy_of(tools.settings), word=request.form.get("word") == "1", **parts,
    )  # fmt: skip
    if thread_id:
        take_up_wish(stores, tools.vault, viewer=viewer, thread_id=thread_id)


def _carry(tools: Toolbox, viewer: Viewer, left: dict[str, str]) -> bool:
    """Own votes on what went into another idea move there now: nobody else's session could do it."""
    if not left or "member" not in viewer.roles or viewer.state != "active":
        return False
    with tools.database.transaction("content") as stores:
        votes.carry(stores, tools.vault, viewer=viewer, left=left.items())
    return True


def _top_of(page: IdeaPage, to: str) -> str:
    """The reply that stands under the idea itself: what answers an answer stands beside it. Raises NotThere."""
    if not to:
        return ""
    for one in page.replies:
        if to == one.writing.id or any(to == other.id for other in one.answers):
            return one.writing.id
    raise NotThere


def _day(tools: Toolbox) -> Any:
    return today(tools.clock.now())
