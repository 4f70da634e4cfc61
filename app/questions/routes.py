"""Threads: read, answer, follow up, accept; lists."""

from secrets import token_hex
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.domains.rules import ScopeTooFine, hidden_levels, keys_above
from app.domains.service import policy_of
from app.questions import ask_routes, ending_routes, service
from app.questions.blueprint import blueprint
from app.questions.choices import about_options, level_fields, named_options
from app.questions.contacts import own_contact
from app.questions.lists import list_for_company, list_threads, my_threads
from app.questions.lockers import PEER
from app.questions.reads import thread_card
from app.questions.rules import COMPANY_WAIT_HOURS, MAX_ANSWER, STEPS, BadText
from app.questions.words import received_words, role_label, state_words, step_note, text_words
from app.web.i18n import gettext as _
from app.web.limits import open_text
from app.wiring import Toolbox, toolbox
from privacy.pseudonyms import locker_label
from privacy.scopes import Audience
from privacy.times import windows_after

__all__ = ["ask_routes", "blueprint", "ending_routes"]


@blueprint.app_context_processor
def add_words() -> dict[str, Any]:
    """Words the templates of threads use, also those of higher features."""
    return {"role_label": role_label, "state_words": state_words}


@blueprint.get("/threads")
@allow("member")
def threads() -> str:
    """Everyone's questions."""
    tools, viewer = toolbox(), current_viewer()
    key, topic = request.args.get("about", ""), request.args.get("topic", "")
    with tools.database.reading() as stores:
        page = list_threads(
            stores, tools.vault, tools.trade, viewer=viewer, key=key, topic=topic, cursor=request.args.get("after", "")
        )
    return render_template(
        "questions/threads.html", page=page, key=key, topic=topic, abouts=about_options(tools.trade),
        topics=named_options(tools.trade.topics), is_own=not key or key in keys_above(tools.trade, viewer.subjects),
    )  # fmt: skip


@blueprint.get("/mine")
@allow("member")
def mine() -> str:
    """What the viewer asked and answered."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        asked = my_threads(stores, tools.vault, tools.trade, viewer=viewer)
        answered = my_threads(stores, tools.vault, tools.trade, viewer=viewer, part=PEER)
    return render_template("questions/mine.html", asked=asked, answered=answered)


@blueprint.get("/company")
@allow("analyst")
def company() -> str:
    """Questions whose authors let the company read."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        page = list_for_company(
            stores, tools.vault, tools.trade, viewer=viewer, until=company_until(tools),
            cursor=request.args.get("after", ""),
        )  # fmt: skip
    return render_template("questions/company.html", page=page)


@blueprint.get("/company/<thread_id>")
@allow("analyst")
def company_thread(thread_id: str) -> str:
    """One of them."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        card = thread_card(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, company_until=company_until(tools)
        )
    return render_template("questions/company_thread.html", card=card)


@blueprint.get("/threads/<thread_id>")
@allow("member")
def thread(thread_id: str) -> str:
    """One thread."""
    viewer = current_viewer()
    open_text(locker_label(viewer.secret, "reading"))
    return _thread_page(toolbox(), viewer, thread_id)


@blueprint.post("/threads/<thread_id>/answer")
@allow("member")
def answer(thread_id: str) -> Response:
    """Answer as a member of the domain."""
    tools, viewer = toolbox(), current_viewer()
    try:
        with tools.database.transaction("content", "keys") as stores:
            service.add_answer(
                stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id,
                text=request.form.get("text", ""), levels=_levels(tools), at_once=request.form.get("at_once") == "1",
                policy=policy_of(tools.settings), **_common(tools),
                contact=own_contact(tools, stores, viewer, wanted=request.form.get("notify") == "1"),
            )  # fmt: skip
    except (BadText, ScopeTooFine) as refusal:
        return make_response(_thread_page(tools, viewer, thread_id, refusal), 422)
    return _thanks(tools, thread_id)


@blueprint.post("/threads/<thread_id>/followup")
@allow("member")
def follow_up(thread_id: str) -> Response:
    """Write once more in a thread of one's own."""
    tools, viewer = toolbox(), current_viewer()
    try:
        with tools.database.transaction("content", "keys") as stores:
            service.add_followup(
                stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id,
                text=request.form.get("text", ""), **_common(tools),
            )  # fmt: skip
    except BadText as refusal:
        return make_response(_thread_page(tools, viewer, thread_id, refusal), 422)
    return _thanks(tools, thread_id)


@blueprint.post("/threads/<thread_id>/accept")
@allow("member")
def accept(thread_id: str) -> Response:
    """Say that an answer helped."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        service.accept(
            stores, tools.vault, viewer=current_viewer(), thread_id=thread_id, post_id=request.form.get("post", "")
        )
    flash(_("役に立ったことを記録しました。"), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)


def company_until(tools: Toolbox) -> int:
    """The latest window whose threads the company may read by now."""
    return tools.window - windows_after(COMPANY_WAIT_HOURS, tools.settings.window_seconds)


def _thread_page(tools: Toolbox, viewer: Viewer, thread_id: str, refusal: BadText | ScopeTooFine | None = None) -> str:
    with tools.database.reading() as stores:
        card = thread_card(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
        wait = service.longest_wait(stores, card.audience or Audience.DOMAIN) * tools.settings.window_seconds
    return render_template(
        "questions/thread.html",
        card=card,
        step=STEPS.get(card.state, "matching"),
        note=step_note(card.state, wait=wait, urgent=card.body.urgent),
        typed=request.form if refusal else {},
        errors=_errors(refusal),
        token=token_hex(16),
        levels=level_fields(tools.trade, viewer.profile),
        longest=MAX_ANSWER,
    )


def _errors(refusal: BadText | ScopeTooFine | None) -> dict[str, str]:
    if isinstance(refusal, BadText):
        return {"text": text_words(refusal.reason, MAX_ANSWER)}
    if isinstance(refusal, ScopeTooFine):
        return {"levels": _("この見せ方では、あなただとわかるおそれがあります。分類だけにすると出せます。")}
    return {}


def _levels(tools: Toolbox) -> dict[str, int]:
    last = hidden_levels(tools.trade)
    typed = {name: request.form.get(f"level_{name}", "") for name in last}
    return {name: int(text) if text in {str(n) for n in range(last[name])} else last[name]
            for name, text in typed.items()}  # fmt: skip


def _common(tools: Toolbox) -> dict[str, Any]:
    return {"window": tools.window, "today": today(tools.clock.now()), "token": request.form.get("token", "")[:64]}


def longest_wait(tools: Toolbox) -> int:
    """Seconds until a post is out, at the most: the same for every audience, since a reader is not told it."""
    with tools.database.reading() as stores:
        return service.longest_wait(stores) * tools.settings.window_seconds


def _thanks(tools: Toolbox, thread_id: str) -> Response:
    flash(received_words(longest_wait(tools)), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)
