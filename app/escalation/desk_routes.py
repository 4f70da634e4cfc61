"""The coordinators' page of questions that nobody answered. They act on a question's handle and see no person."""

from datetime import date
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.errors import Conflict, NotThere
from app.escalation import reads, service
from app.escalation.blueprint import blueprint
from app.escalation.reads import DeskCard
from app.escalation.stages import Ladder
from app.questions.cards import QuestionBody
from app.questions.course import Turn, tell_turn
from app.questions.course_page import turn_words
from app.questions.deciding import check_texts, own_refused
from app.questions.models import Thread
from app.questions.preview import longest_of, names_of
from app.questions.reads import body_of, thread_text
from app.questions.rules import MAX_ANSWER, BadText, clean_text
from app.questions.stages import timetable_of
from app.questions.words import text_words
from app.queues.worker import make_now
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox


@blueprint.get("/desk/questions")
@allow("coordinator")
def desk() -> str:
    """Questions that have waited for three days, and what authors wished at the end."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        cards = reads.cards_for_coordinator(stores, tools.vault, tools.trade, viewer=viewer)
        wishes = reads.wishes_for_coordinator(stores, tools.vault, tools.trade, viewer=viewer)
    return render_template("escalation/desk.html", cards=cards, wishes=wishes, wish_names=wish_names())


@blueprint.get("/desk/questions/<thread_id>")
@allow("coordinator")
def desk_question(thread_id: str) -> str:
    """One of them, with what can be done for it."""
    return _page(toolbox(), current_viewer(), thread_id)


@blueprint.post("/desk/questions/<thread_id>/reword")
@allow("coordinator")
def reword(thread_id: str) -> Response:
    """Propose other words to the author."""
    tools = toolbox()
    return _propose(thread_id, "reword", longest_of(tools.trade))


@blueprint.post("/desk/questions/<thread_id>/outside")
@allow("coordinator")
def outside(thread_id: str) -> Response:
    """Ask the author whether it may be asked outside, in these words."""
    return _propose(thread_id, "outside", {"words": MAX_ANSWER})


@blueprint.post("/desk/questions/<thread_id>/invite")
@allow("coordinator")
def invite(thread_id: str) -> Response:
    """Let one more wave of experts be asked, those of neighbouring subjects too, within the audience."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        thread = _thread(tools, stores, viewer, thread_id)
        if not service.may_invite(tools.vault, thread):
            raise Conflict
        now = make_now(tools)
        Ladder(tools.vault, tools.trade, timetable_of(tools.settings)).ask_more(stores, thread, now)
        tell_turn(stores, tools.vault, thread, Turn("invited", now.today), due=tools.window + 1)
    flash(_("ほかの経験者にも届けます。だれに届いたかは、どこにも出ません。"), "ok")
    return redirect(url_for("escalation.desk_question", thread_id=thread_id), 303)


@blueprint.post("/desk/questions/<thread_id>/wish")
@allow("coordinator")
def settle(thread_id: str) -> Response:
    """Say what became of a wish."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        thread = _thread(tools, stores, viewer, thread_id)
        service.settle_wish(
            stores, tools.vault, thread, became=request.form.get("became", ""), today=today(tools.clock.now()),
            window=tools.window,
        )  # fmt: skip
    flash(_("質問した方に伝えます。"), "ok")
    return redirect(url_for("escalation.desk"), 303)


def wish_names() -> dict[str, str]:
    """What an author can want made of a question."""
    return {
        "idea": _("アイデアとして残す"),
        "webinar": _("学びの会で取り上げる"),
        "cohort": _("仲間の会のテーマにする"),
    }


def _thread(tools: Toolbox, stores: Stores, viewer: Viewer, thread_id: str) -> Thread:
    """A question that has come to this coordinator. Raises NotThere."""
    reads.desk_card(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
    return stores.content.get_one(Thread, thread_id)


def _propose(thread_id: str, kind: str, longest: dict[str, int]) -> Response:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        card = reads.desk_card(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
        if card.access is None or not card.is_open:
            raise NotThere
        typed = {name: request.form[name] for name in longest if name in request.form}
        words, errors = _words(tools, stores, viewer, typed, longest)
    if errors or not words:
        return make_response(_page(tools, viewer, thread_id, typed, errors, kind), 422)
    with tools.database.transaction("content") as stores:
        thread = _thread(tools, stores, viewer, thread_id)
        day, window = today(tools.clock.now()), tools.window
        service.propose(stores, tools.vault, thread, kind=kind, words=words, today=day, window=window)
    flash(_("質問した方に、提案として届けます。決めるのは質問した方です。"), "ok")
    return redirect(url_for("escalation.desk_question", thread_id=thread_id), 303)


def _words(
    tools: Toolbox, stores: Stores, viewer: Viewer, typed: dict[str, str], longest: dict[str, int]
) -> tuple[dict[str, str], dict[str, str]]:
    """The words as they may go out, what tells of somebody replaced, and what is wrong with them."""
    clean, errors = {}, {}
    for name, text in typed.items():
        try:
            clean[name] = clean_text(text, longest[name])
        except BadText as refusal:
            errors[name] = text_words(refusal.reason, longest[name])
    checked = check_texts(tools, stores, viewer, clean, choices={}, plain=True)
    errors |= dict.fromkeys(checked.refused, own_refused())
    return checked.final, errors


def _page(
    tools: Toolbox, viewer: Viewer, thread_id: str, typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None, writing: str = "",
) -> str:  # fmt: skip
    with tools.database.reading() as stores:
        card = reads.desk_card(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
        body, texts = _body(tools, stores, card)
        agreed = _agreed(tools, stores, card)
    return render_template(
        "escalation/desk_question.html", card=card, body=body, texts=typed if writing == "reword" else texts,
        words=(typed or {}).get("words", "") if writing == "outside" else "", errors=errors or {},
        names=names_of(tools.trade), longest=longest_of(tools.trade), most=MAX_ANSWER,
        agreed=agreed, turns=[(date.fromordinal(turn.day), turn_words(turn.kind)) for turn in card.course.turns],
    )  # fmt: skip


def _agreed(tools: Toolbox, stores: Stores, card: DeskCard) -> str:
    """The words in which the author lets it be asked outside; empty before."""
    if card.access is None or card.course.proposal or not card.course.count("outside_agreed"):
        return ""
    found = service.proposal_of(stores, tools.vault, card.access.thread)
    return str(found["words"]["words"]) if found and found["kind"] == "outside" else ""


def _body(tools: Toolbox, stores: Stores, card: DeskCard) -> tuple[QuestionBody | None, dict[str, Any]]:
    """The question's body, and its texts by the names of the form."""
    if card.access is None:
        return None, {}
    text = thread_text(stores, tools.vault, card.access.thread)
    assert text is not None  # noqa: S101 (a card with access has one)
    fields = {f"field_{one.key}": text["fields"][one.key] for one in tools.trade.form.fields
              if one.kind == "text" and one.key in text["fields"]}  # fmt: skip
    return body_of(tools.trade, card.access, text), {"title": text["title"], **fields}
