"""What becomes of one's own posts: what was found, what can be done, appeals; and what follows when a flag was upheld."""

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.community.places import page_of
from app.db import Stores
from app.errors import NotThere
from app.moderation import held, returning, service
from app.moderation.blueprint import blueprint
from app.moderation.own_reads import own_part, own_reviews
from app.moderation.rules import LONGEST_SENTENCE, DecisionRefused
from app.moderation.words import decision_trouble
from app.questions.conduct import note_read, standing_of
from app.questions.lockers import OwnThread
from app.web.i18n import gettext as _
from app.wiring import toolbox


@blueprint.get("/threads/<thread_id>/reviews")
@allow("member")
def reviews(thread_id: str) -> str:
    """What is becoming of the viewer's posts in a thread."""
    return _page(thread_id)


@blueprint.post("/threads/<thread_id>/reviews/<object_id>/done")
@allow("member")
def words_are_out(thread_id: str, object_id: str) -> Response:
    """The words a coordinator asked about are out."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        service.words_are_out(
            stores, tools.vault, viewer=viewer, thread_id=thread_id, object=object_id, window=tools.window
        )
    flash(_("ありがとうございます。世話役がもう一度確かめて、もとどおり表示します。"), "ok")
    return _back(thread_id)


@blueprint.post("/threads/<thread_id>/reviews/<object_id>/appeal")
@allow("member")
def appeal(thread_id: str, object_id: str) -> Response:
    """Ask for another coordinator."""
    tools, viewer, sentence = toolbox(), current_viewer(), request.form.get("sentence", "")
    try:
        with tools.database.transaction("content") as stores:
            service.appeal(
                stores, tools.vault, viewer=viewer, thread_id=thread_id, object=object_id, sentence=sentence,
                window=tools.window,
            )  # fmt: skip
    except DecisionRefused as refusal:
        return make_response(_page(thread_id, object_id, decision_trouble(refusal.reason)), 422)
    return _asked(thread_id)


@blueprint.post("/threads/<thread_id>/held/<held_id>/appeal")
@allow("member")
def appeal_held(thread_id: str, held_id: str) -> Response:
    """The same for a post that was not let out."""
    tools, viewer, sentence = toolbox(), current_viewer(), request.form.get("sentence", "")
    try:
        with tools.database.transaction("content") as stores:
            own = _own(stores, viewer, thread_id)
            held.appeal(stores, tools.vault, own, held_id=held_id, sentence=sentence, window=tools.window)
    except DecisionRefused as refusal:
        return make_response(_page(thread_id, held_id, decision_trouble(refusal.reason)), 422)
    return _asked(thread_id)


@blueprint.post("/threads/<thread_id>/held/<held_id>/draft")
@allow("member")
def back_to_draft(thread_id: str, held_id: str) -> Response:
    """Take a post that was not let out back as a draft."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        own = _own(stores, viewer, thread_id)
        is_question = returning.to_draft(
            stores, tools.vault, viewer=viewer, own=own, held_id=held_id, today=today(tools.clock.now())
        )
    flash(_("下書きに戻しました。直してから、もう一度出せます。写真は付け直してください。"), "ok")
    where = url_for("questions.ask") if is_question else url_for("questions.thread", thread_id=thread_id)
    return redirect(where, 303)


@blueprint.get("/conduct")
@allow("member")
def conduct() -> str:
    """What was upheld against the viewer, and what follows."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        standing = standing_of(stores, tools.vault, viewer=viewer, today=today(tools.clock.now()))
    return render_template("moderation/conduct.html", standing=standing)


@blueprint.post("/conduct")
@allow("member")
def read_conduct() -> Response:
    """The viewer has read it."""
    tools, viewer = toolbox(), current_viewer()
    ids = request.form.get("read", "").split()
    with tools.database.transaction("content") as stores:
        note_read(stores, tools.vault, viewer=viewer, ids=ids, today=today(tools.clock.now()))
    flash(_("読んでいただき、ありがとうございます。"), "ok")
    return redirect(url_for("moderation.conduct"), 303)


def _own(stores: Stores, viewer: Viewer, thread_id: str) -> OwnThread:
    own = own_part(stores, viewer, thread_id)
    if own is None:
        raise NotThere
    return own


def _page(thread_id: str, wrong: str = "", errors: dict[str, str] | None = None) -> str:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        found = own_reviews(stores, tools.vault, viewer=viewer, thread_id=thread_id)
        back = page_of(stores, thread_id) or url_for("questions.thread", thread_id=thread_id)
    return render_template(
        "moderation/reviews.html", thread_id=thread_id, back=back, reviews=found, wrong=wrong, errors=errors or {},
        typed=request.form.get("sentence", "") if errors else "", longest=LONGEST_SENTENCE,
    )  # fmt: skip


def _asked(thread_id: str) -> Response:
    flash(_("見直しを頼みました。はじめに判断した人とは別の世話役が確かめて、結果を知らせます。"), "ok")
    return _back(thread_id)


def _back(thread_id: str) -> Response:
    return redirect(url_for("moderation.reviews", thread_id=thread_id), 303)
