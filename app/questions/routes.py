"""Threads: read, answer, follow up, accept; lists."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import keys_above
from app.questions import (
    ask_routes,
    draft_routes,
    ending_routes,
    endorsing_routes,
    pen_routes,
    preview_routes,
    reply_routes,
    service,
)
from app.questions.blueprint import blueprint
from app.questions.choices import about_options, named_options
from app.questions.deciding import label_names
from app.questions.finding import SEARCHED, Found, Shelves, find_threads
from app.questions.lists import Page, list_for_company, list_threads, my_threads
from app.questions.lockers import PEER
from app.questions.pen_routes import own_pen
from app.questions.reads import thread_card, thread_photo
from app.questions.rules import COMPANY_WAIT_HOURS
from app.questions.thread_page import thread_page
from app.questions.uploads import photo_response
from app.questions.words import role_label, state_words, why_coarser
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox
from matching.text import marked
from privacy.times import windows_after

__all__ = [
    "ask_routes",
    "blueprint",
    "draft_routes",
    "ending_routes",
    "endorsing_routes",
    "pen_routes",
    "preview_routes",
    "reply_routes",
]


@blueprint.app_context_processor
def add_words() -> dict[str, Any]:
    """Words the templates of threads use, also those of higher features."""
    return {
        "role_label": role_label,
        "state_words": state_words,
        "find_names": label_names(),
        "why_coarser": why_coarser,
        "own_pen": own_pen,
        "marked": marked,
    }


@blueprint.get("/threads")
@allow("member")
def threads() -> str:
    """Everyone's questions, newest first, or those that answer best to what is searched."""
    tools, viewer = toolbox(), current_viewer()
    key, topic, sought = (request.args.get(name, "").strip() for name in ("about", "topic", "q"))
    with tools.database.reading() as stores:
        page = _listed(tools, stores, viewer, key, topic, sought)
    return render_template(
        "questions/threads.html", page=page, key=key, topic=topic, sought=sought, longest=SEARCHED,
        abouts=about_options(tools.trade), topics=named_options(tools.trade.topics),
        is_own=not key or key in keys_above(tools.trade, viewer.subjects),
    )  # fmt: skip


def _listed(tools: Toolbox, stores: Stores, viewer: Viewer, key: str, topic: str, sought: str) -> Page | Found:
    if not sought:
        cursor = request.args.get("after", "")
        return list_threads(stores, tools.vault, tools.trade, viewer=viewer, key=key, topic=topic, cursor=cursor)
    shelves = Shelves(tools.trade, tools.memory, tools.asked)
    return find_threads(stores, tools.vault, shelves, viewer=viewer, text=sought, key=key, topic=topic)


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


@blueprint.get("/company/<thread_id>/photos/<photo_id>")
@allow("analyst")
def company_photo(thread_id: str, photo_id: str) -> Response:
    """A picture of one of them."""
    tools = toolbox()
    with tools.database.reading() as stores:
        picture = thread_photo(
            stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id, photo_id=photo_id,
            company_until=company_until(tools),
        )  # fmt: skip
    return photo_response(picture)


@blueprint.get("/threads/<thread_id>")
@allow("member")
def thread(thread_id: str) -> str:
    """One thread."""
    return thread_page(toolbox(), current_viewer(), thread_id)


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
