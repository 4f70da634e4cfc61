"""What the author of a question decides on its way: what becomes of it, who else may read it, what is proposed."""

from collections.abc import Mapping
from hashlib import blake2s
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.rules import ScopeTooFine, same_levels
from app.domains.service import policy_of
from app.errors import Conflict, NotThere
from app.escalation import desk_routes, service
from app.escalation.blueprint import blueprint
from app.questions.access import open_scope, subject_of
from app.questions.choices import audience_options
from app.questions.course import course_of
from app.questions.crowd import judge
from app.questions.deciding import check_texts
from app.questions.forms import AUDIENCES
from app.questions.preview import names_of
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox
from privacy.scopes import Audience

__all__ = ["blueprint", "desk_routes"]


@blueprint.post("/threads/<thread_id>/choose")
@allow("member")
def choose(thread_id: str) -> Response:
    """After the honest end: keep it open, or leave it as an idea, for a webinar, for a cohort."""
    tools, viewer, choice = toolbox(), current_viewer(), request.form.get("choice", "")
    with tools.database.transaction("content") as stores:
        if choice == "keep":
            service.keep_open(stores, tools.vault, viewer=viewer, thread_id=thread_id, window=tools.window)
        else:
            service.wish(
                stores, tools.vault, viewer=viewer, thread_id=thread_id, kind=choice, today=today(tools.clock.now()),
                window=tools.window,
            )  # fmt: skip
    flash(_("受け取りました。ありがとうございます。"), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)


@blueprint.post("/threads/<thread_id>/close")
@allow("member")
def close(thread_id: str) -> Response:
    """End one's own question."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        service.close(stores, tools.vault, viewer=current_viewer(), thread_id=thread_id, window=tools.window)
    flash(_("受け取りました。次の区切りで終わります。いただいた回答は、そのまま読めます。"), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)


@blueprint.get("/threads/<thread_id>/audience")
@allow("member")
def audience(thread_id: str) -> str:
    """Who may read it now, and who could."""
    return _audience_page(toolbox(), current_viewer(), thread_id)


@blueprint.post("/threads/<thread_id>/audience")
@allow("member")
def widen(thread_id: str) -> Response:
    """Let more people read."""
    tools, viewer = toolbox(), current_viewer()
    try:
        _widen(tools, viewer, thread_id, AUDIENCES[request.form.get("audience", "")])
    except KeyError:
        return make_response(_audience_page(tools, viewer, thread_id, _("広げる先を選んでください。")), 422)
    except ScopeTooFine:
        return make_response(_audience_page(tools, viewer, thread_id), 422)
    flash(_("受け取りました。次の区切りで、読める人の範囲が広がります。"), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)


@blueprint.get("/threads/<thread_id>/proposal")
@allow("member")
def proposal(thread_id: str) -> str:
    """What a coordinator proposes."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        kind, words = _proposed(tools, stores, viewer, thread_id)
    names = {**names_of(tools.trade), "words": _("外に聞くときの言葉")}
    return render_template(
        "escalation/proposal.html", thread_id=thread_id, kind=kind, words=words, names=names, seen=_mark(words)
    )


@blueprint.post("/threads/<thread_id>/proposal")
@allow("member")
def answer_proposal(thread_id: str) -> Response:
    """Say yes or no."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        _kind, words = _proposed(tools, stores, viewer, thread_id)
    if request.form.get("seen", _mark(words)) != _mark(words):  # another one came meanwhile
        raise Conflict
    with tools.database.transaction("content") as stores:
        service.answer_proposal(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, window=tools.window,
            words=words if request.form.get("answer") == "yes" else None, today=today(tools.clock.now()),
        )  # fmt: skip
    flash(_("世話役に伝えます。ありがとうございます。"), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)


def _widen(tools: Toolbox, viewer: Viewer, thread_id: str, chosen: Audience) -> None:
    with tools.database.transaction("content") as stores:
        service.widen(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, audience=chosen,
            group_only=request.form.get("group_only") == "1", policy=policy_of(tools.settings),
            today=today(tools.clock.now()), window=tools.window,
        )  # fmt: skip


def _proposed(tools: Toolbox, stores: Stores, viewer: Viewer, thread_id: str) -> tuple[str, dict[str, str]]:
    """What waits for the author's word. Raises NotThere when nothing does."""
    thread = service.own_question(stores, viewer, thread_id)
    found = service.proposal_of(stores, tools.vault, thread)
    if found is None or not course_of(tools.vault, thread).proposal:
        raise NotThere
    return found["kind"], _checked_words(tools, stores, viewer, found)


def _mark(words: Mapping[str, str]) -> str:
    """What a page carries of the words it showed, so that nobody says yes to others."""
    return blake2s(repr(sorted(words.items())).encode(), digest_size=8).hexdigest()


def _checked_words(tools: Toolbox, stores: Stores, viewer: Viewer, found: Mapping[str, Any]) -> dict[str, str]:
    """The proposed words as they would go out: what may tell who asks is replaced, the author's own names too."""
    return check_texts(tools, stores, viewer, found["words"], choices={}, plain=True).final


def _audience_page(tools: Toolbox, viewer: Viewer, thread_id: str, error: str = "") -> str:
    with tools.database.reading() as stores:
        thread = service.own_question(stores, viewer, thread_id)
        scope, subject = open_scope(tools.vault, thread), subject_of(tools.vault, thread)
        found = judge(
            stores, tools.vault, tools.trade, viewer=viewer, subject=subject, levels=scope.levels,
            policy=policy_of(tools.settings), today=today(tools.clock.now()),
        )  # fmt: skip
        may_widen = service.may_widen(stores, tools.vault, thread)
    offered = [option for option in audience_options() if AUDIENCES[option[0]] > scope.audience]
    now = next(option[1] for option in audience_options() if AUDIENCES[option[0]] == scope.audience)
    return render_template(
        "escalation/audience.html", thread_id=thread_id, now=now, offered=offered, may_widen=may_widen,
        passes=same_levels(tools.trade, found.levels, scope.levels), reason=found.reason, error=error,
    )  # fmt: skip
