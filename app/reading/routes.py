"""Views: the asker's page of a reading, and the reader's."""

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.rules import ScopeTooFine
from app.domains.service import policy_of
from app.errors import NotThere
from app.questions.cards import QuestionBody, question_body
from app.questions.checks import NamesOwn
from app.questions.deciding import check_texts, own_refused
from app.questions.drafts import PLACE, find_draft
from app.questions.exclusions import circles_of_names
from app.questions.lockers import OWNER, own_threads
from app.questions.photos import draft_pictures
from app.questions.preview_routes import final_question
from app.questions.rules import BadText, clean_text
from app.questions.uploads import photo_response
from app.questions.words import text_words
from app.reading import service
from app.reading.blueprint import blueprint
from app.reading.models import Reading
from app.reading.rules import MAX_NOTE, EnoughReadings, words_in
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

__all__ = ["blueprint"]


@blueprint.get("/ask/reading")
@allow("member")
def own() -> Response:
    """What a reading is, where it stands, or what came back."""
    return _own_page()


@blueprint.post("/ask/reading")
@allow("member")
def ask_for_one() -> Response:
    """Have the draft read."""
    tools, viewer = toolbox(), current_viewer()
    try:
        with tools.database.transaction("content", "keys") as stores:
            is_on_its_way = _hand_in(tools, stores, viewer)
    except ScopeTooFine:
        is_on_its_way = False
    except EnoughReadings:
        return _own_page(
            _("今日はもう2回お願いしました。続きは明日お願いします。質問はこのまま出すこともできます。"), 422
        )
    return redirect(url_for("reading.own" if is_on_its_way else "questions.preview"), 303)


def _hand_in(tools: Toolbox, stores: Stores, viewer: Viewer) -> bool:
    found = final_question(tools, stores, viewer)
    if found is None or found[1].urgent:
        return False
    draft, question = found
    service.request_reading(
        stores, tools.vault, tools.trade, viewer=viewer, question=question, origin=draft.origin,
        excluded=circles_of_names(stores, tools.vault, question.exclude),
        policy=policy_of(tools.settings), window=tools.window, today=today(tools.clock.now()),
        pictures=draft_pictures(stores, viewer.secret, PLACE),
    )  # fmt: skip
    return True


@blueprint.post("/ask/reading/end")
@allow("member")
def end() -> Response:
    """The asker has seen what came back, or wants no reading any more."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content", "keys") as stores:
        row = _own_row(stores, viewer)
        if row is not None:
            service.end(stores, tools.vault, row)
    flash(_("下書きの読み合わせを終えました。下書きはそのままです。"), "ok")
    return redirect(url_for("questions.preview"), 303)


@blueprint.get("/readings")
@allow("member")
def given() -> str:
    """Drafts that lie with the viewer."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        rows = service.given_to(stores, tools.vault, tools.trade, viewer=viewer)
        listed = [(row.id, _body(stores, tools, row)) for row in rows]
    return render_template("reading/given.html", listed=listed)


@blueprint.get("/readings/<reading_id>")
@allow("member")
def one(reading_id: str) -> Response:
    """One of them, with room for a note."""
    return _reading_page(reading_id, {})


@blueprint.get("/readings/<reading_id>/photos/<photo_id>")
@allow("member")
def photo(reading_id: str, photo_id: str) -> Response:
    """A picture of it."""
    tools = toolbox()
    with tools.database.reading() as stores:
        row = service.get_given(stores, tools.vault, viewer=current_viewer(), reading_id=reading_id)
        picture = service.photo_of(stores, tools.vault, row, photo_id)
    return photo_response(picture)


@blueprint.post("/readings/<reading_id>/answer")
@allow("member")
def answer(reading_id: str) -> Response:
    """Give it back with a note; the note is checked like anything that is written."""
    tools, viewer = toolbox(), current_viewer()
    try:
        note, marks = _read_note(tools, viewer, reading_id)
    except BadText as refusal:
        return _reading_page(reading_id, {"note": text_words(refusal.reason, MAX_NOTE)}, 422)
    except NamesOwn:
        return _reading_page(reading_id, {"note": own_refused()}, 422)
    with tools.database.transaction("content", "keys") as stores:
        row = service.get_given(stores, tools.vault, viewer=viewer, reading_id=reading_id)
        service.give_back(stores, tools.vault, row, window=tools.window + 1, note=note, marks=marks, was_read=True)
    flash(_("読んでいただいて、ありがとうございました。書いた方に、次の区切りで届きます。"), "ok")
    return redirect(url_for("reading.given"), 303)


def _read_note(tools: Toolbox, viewer: Viewer, reading_id: str) -> tuple[str, tuple[str, ...]]:
    """The note as it goes out, and the words of the draft it marks. Raises NotThere, BadText, NamesOwn."""
    with tools.database.reading() as stores:
        row = service.get_given(stores, tools.vault, viewer=viewer, reading_id=reading_id)
        texts = _texts(_body(stores, tools, row))
        typed = clean_text(request.form.get("note", ""), MAX_NOTE)
        checked = check_texts(tools, stores, viewer, {"note": typed}, choices={}, plain=False)
    if any(text.names_own for text in checked.texts.values()):
        raise NamesOwn
    return checked.final["note"], words_in(request.form.get("marks", ""), texts)


@blueprint.post("/readings/<reading_id>/pass")
@allow("member")
def pass_on(reading_id: str) -> Response:
    """Hand it on."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        service.pass_on(stores, tools.vault, viewer=viewer, reading_id=reading_id, window=tools.window)
    flash(_("お返ししました。書いた方には伝わりません。"), "ok")
    return redirect(url_for("reading.given"), 303)


def _own_row(stores: Stores, viewer: Viewer) -> Reading | None:
    draft = find_draft(stores, viewer.secret)
    return None if draft is None else service.find_own(stores, viewer, draft.origin)


def _own_page(trouble: str = "", status: int = 200) -> Response:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        found = final_question(tools, stores, viewer)
        if found is None:
            return redirect(url_for("questions.preview"), 303)
        row = service.find_own(stores, viewer, found[0].origin)
        case = None if row is None else service.case_of(tools.vault, row)
        is_new = not any(one.part == OWNER for one in own_threads(stores, viewer.secret))
    is_back = case is not None and case.is_back and case.back_from <= tools.window
    page = render_template(
        "reading/own.html", case=case, is_back=is_back, is_urgent=found[1].urgent, is_new=is_new, trouble=trouble
    )
    return make_response(page, status)


def _reading_page(reading_id: str, errors: dict[str, str], status: int = 200) -> Response:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        row = service.get_given(stores, tools.vault, viewer=viewer, reading_id=reading_id)
        body = _body(stores, tools, row)
    typed = request.form if errors else {}
    page = render_template(
        "reading/one.html", reading_id=reading_id, body=body, errors=errors, typed=typed, longest=MAX_NOTE
    )
    return make_response(page, status)


def _body(stores: Stores, tools: Toolbox, row: Reading) -> QuestionBody:
    case, text = service.case_of(tools.vault, row), service.text_of(stores, tools.vault, row)
    if case.subject not in tools.trade.subjects:
        raise NotThere
    return question_body(
        tools.trade, subject=case.subject, topic=text["topic"], levels=text["levels"], urgent=False,
        text={"photos": [], **text},
    )  # fmt: skip


def _texts(body: QuestionBody) -> dict[str, str]:
    return {"title": body.title or "", **{one.label: one.text for one in body.fields}}
