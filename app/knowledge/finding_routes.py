"""Views of finding: the list and the search for members and visitors, and a public article for visitors."""

from typing import Any

from flask import make_response, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import PUBLIC, allow
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.knowledge import finding, indexing, picks, reads
from app.knowledge.blueprint import blueprint
from app.knowledge.editors import is_editor
from app.questions.choices import named_options
from app.questions.finding import SEARCHED
from app.wiring import Toolbox, toolbox

__all__ = ["indexing"]  # with the routes it is known what is searched beside the threads
CURSOR = 200  # characters


@blueprint.get("/articles")
@allow(PUBLIC)
def articles() -> str:
    """What there is to read, or what answers best to a search; for visitors what is public."""
    tools, viewer = toolbox(), reader()
    asked, sought, order, cursor = _wanted()
    with tools.database.reading() as stores:
        page = _listed(tools, stores, viewer, sought, asked, order, cursor)
        is_first = not (sought or cursor or any(asked.values()) or order == "worth")
        shown = picks.latest(stores, tools.vault, tools.trade, viewer=viewer) if is_first else None
        edits = viewer is not None and is_editor(stores, viewer, today=today(tools.clock.now()))
    return render_template(
        "knowledge/shelf.html", page=page, sought=sought, order=order, picked=shown, edits=edits, longest=SEARCHED,
        is_member=viewer is not None and "member" in viewer.roles, is_visitor=viewer is None, is_first=is_first,
        groups=named_options(tools.trade.groups), topics=named_options(tools.trade.topics), **asked,
    )  # fmt: skip


def reader() -> Viewer | None:
    """Who is looking; a visitor, and somebody who is not let in yet, is nobody."""
    viewer: Any = current_user._get_current_object()
    return viewer if isinstance(viewer, Viewer) and "waiting" not in viewer.roles else None


def public_article(article_id: str) -> Response:
    """An article that everybody may read, for somebody who is not signed in: its text, and nothing of where it is from.

    Raises NotThere.
    """
    tools = toolbox()
    with tools.database.reading() as stores:
        card = reads.get_article(stores, tools.vault, tools.trade, viewer=None, article_id=article_id)
    return make_response(render_template("knowledge/public.html", card=card), 200 if card.body else 410)


def _wanted() -> tuple[dict[str, str], str, finding.Order, str]:
    """What the address asks for: the choices, the words, the order and where to go on."""
    asked = {name: request.args.get(name, "").strip()[:64] for name in ("about", "topic")}
    sought = request.args.get("q", "").strip()[:SEARCHED]
    order: finding.Order = "worth" if request.args.get("order") == "worth" else "new"
    return asked, sought, order, request.args.get("after", "")[:CURSOR]


def _listed(
    tools: Toolbox, stores: Stores, viewer: Viewer | None, sought: str, asked: dict[str, str], order: finding.Order,
    cursor: str,
) -> finding.Listed:  # fmt: skip
    group, topic = asked["about"], asked["topic"]
    if not sought:
        return finding.list_articles(
            stores, tools.vault, tools.trade, viewer=viewer, group=group, topic=topic, order=order, cursor=cursor
        )
    # a visitor's is made anew each time: how long it takes must not tell them what another has sought
    vector = tools.encoder.queries([sought])[0] if viewer is None else tools.asked(sought, whose=viewer.member_id)
    what = finding.Sought(sought, vector, group, topic)
    return finding.find_articles(stores, tools.vault, tools.trade, tools.memory, viewer=viewer, sought=what)
