"""Threads: read; lists."""

from flask import render_template, request
from flask.sansio.blueprints import BlueprintSetupState

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.domains.rules import keys_above
from app.domains.trade import Trade
from app.questions import (
    api,
    api_writing,
    ask_routes,
    company_routes,
    draft_routes,
    duplicates_routes,
    editing_routes,
    ending_routes,
    endorsing_routes,
    judging_routes,
    look_routes,
    outcome_routes,
    pen_routes,
    preview_routes,
    reply_routes,
    taking_routes,
)
from app.questions.blueprint import blueprint
from app.questions.choices import about_options, about_words, named_options
from app.questions.deciding import label_names
from app.questions.duplicates import undecided
from app.questions.finding import SEARCHED
from app.questions.lists import OWN_FIELDS, READABLE, list_waiting, my_threads
from app.questions.lockers import PEER
from app.questions.pen_routes import own_pen
from app.questions.searching import listed, wanted_of
from app.questions.thread_page import thread_page
from app.questions.words import role_label, state_words, thanks_words, why_coarser
from app.wiring import toolbox
from matching.text import marked

__all__ = [
    "api",
    "api_writing",
    "ask_routes",
    "blueprint",
    "company_routes",
    "draft_routes",
    "duplicates_routes",
    "editing_routes",
    "ending_routes",
    "endorsing_routes",
    "judging_routes",
    "look_routes",
    "outcome_routes",
    "pen_routes",
    "preview_routes",
    "reply_routes",
    "taking_routes",
]

WAITING = 5  # questions above the list of all


@blueprint.record_once
def add_words(state: BlueprintSetupState) -> None:
    """Words the templates of threads use, also those of higher features."""
    state.app.jinja_env.globals.update(
        role_label=role_label,
        state_words=state_words,
        find_names=label_names,
        why_coarser=why_coarser,
        thanks_words=thanks_words,
        own_pen=own_pen,
        marked=marked,
        reads_as=reads_as,
    )


def reads_as(role: str) -> bool:
    """Whether whoever looks at the page has this role."""
    return role in current_viewer().roles


@blueprint.get("/threads")
@allow("member")
def threads() -> str:
    """Everyone's questions, newest first, or those that answer best to what is searched."""
    tools, viewer = toolbox(), current_viewer()
    key, topic, sought = wanted_of(tools.trade, *(request.args.get(name, "") for name in ("about", "topic", "q")))
    with tools.database.reading() as stores:
        page = listed(tools, stores, viewer, key, topic, sought, cursor=request.args.get("after", ""))
        is_plain = not (key or topic or sought or "after" in request.args)
        waiting = list_waiting(stores, tools.vault, tools.trade, viewer=viewer, size=WAITING) if is_plain else ()
    return render_template(
        "questions/threads.html", page=page, waiting=waiting, key=key, topic=topic, sought=sought, longest=SEARCHED,
        abouts=about_options(tools.trade), topics=named_options(tools.trade.topics),
        where=about_words(tools.trade, key, topic), is_own=_is_own(tools.trade, viewer, key), everything=READABLE,
    )  # fmt: skip


def _is_own(trade: Trade, viewer: Viewer, key: str) -> bool:
    return key in {"", READABLE, OWN_FIELDS, *keys_above(trade, viewer.subjects)}


@blueprint.get("/mine")
@allow("member")
def mine() -> str:
    """What the viewer asked and answered."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        asked = my_threads(stores, tools.vault, tools.trade, viewer=viewer)
        answered = my_threads(stores, tools.vault, tools.trade, viewer=viewer, part=PEER)
        same = undecided(stores, tools.vault, tools.trade, viewer=viewer, window=tools.window)
    return render_template("questions/mine.html", asked=asked, answered=answered, same=same)


@blueprint.get("/threads/<thread_id>")
@allow("member")
def thread(thread_id: str) -> str:
    """One thread."""
    return thread_page(toolbox(), current_viewer(), thread_id)
