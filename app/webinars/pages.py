"""The page of one session, which several routes end in."""

from secrets import token_hex

from flask import render_template, request

from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.errors import NotThere
from app.escalation.service import own_question
from app.knowledge.editors import is_editor
from app.questions.reads import thread_text
from app.questions.wishing import is_proposed
from app.webinars import closing, reads
from app.webinars.rules import MAX_QUESTION, MAX_WORDS
from app.webinars.writing import Moment
from app.wiring import Toolbox


def session_page(
    tools: Toolbox, viewer: Viewer, talk_id: str, errors: dict[str, str] | None = None, part: str = "ask"
) -> str:
    """The page of one session; `errors` belong to the form of `part`."""
    now = tools.clock.now()
    with tools.database.reading() as stores:
        page = reads.talk_page(stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, now=now)
        asked = closing.open_consents(stores, tools.vault, viewer=viewer, talk_id=talk_id)
        word = "word" in request.form if errors is not None else is_proposed(stores, viewer.secret, talk_id)
        may_edit = is_editor(stores, viewer, today=today(now))
        typed = request.form.get("text", "") if errors is not None else _own_wish(tools, stores, viewer)
    return render_template(
        "webinars/session.html", page=page, card=page.card, asked=asked, errors=errors or {}, part=part, typed=typed,
        token=token_hex(16), longest=MAX_QUESTION, longest_words=MAX_WORDS, to=request.values.get("to", "")[:32],
        is_coordinator="coordinator" in viewer.roles, may_edit=may_edit, word=word,
    )  # fmt: skip


def moment_of(tools: Toolbox, token: str = "") -> Moment:
    """Now, with the token of the form."""
    now = tools.clock.now()
    return Moment(now, tools.window, today(now), token)


def _own_wish(tools: Toolbox, stores: Stores, viewer: Viewer) -> str:
    """The words of one's own question that one wished this session for: its form begins with them."""
    thread_id = request.args.get("from", "")
    if not thread_id:
        return ""
    try:
        text = thread_text(stores, tools.vault, own_question(stores, viewer, thread_id))
    except NotThere:
        return ""
    return "" if text is None else "\n".join([text["title"], *text["fields"].values()])[:MAX_QUESTION]
