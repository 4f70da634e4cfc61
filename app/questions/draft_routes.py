"""Drafts: kept while somebody types, closed because something answered it, thrown away, brought back.

A form that keeps itself asks for JSON and is answered in a word; the same address sent by a button goes back to a page.
"""

from collections.abc import Mapping
from typing import Final, Literal

from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.rules import local_path
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.questions import drafts, sent, tallying
from app.questions.access import get_readable
from app.questions.beside import KINDS, CloseCard
from app.questions.blueprint import blueprint
from app.questions.drafts import PLACE, find_draft, keep_draft
from app.questions.forms import field_names, read_question
from app.questions.keeping import keep_typed, take_back, throw_away, typed_at
from app.questions.marks import ANSWERED, drop_mark, put_mark
from app.questions.phone import check_phone
from app.questions.rules import is_blank
from app.questions.uploads import take_photos
from app.web.i18n import gettext as _
from app.web.uploads import takes_photos
from app.wiring import Toolbox, toolbox

LONGEST_PLACE: Final = 64


@blueprint.post("/ask/draft")
@allow("member")
@takes_photos
def keep_quietly() -> Response:
    """Keep what was typed so far, right or wrong."""
    tools, viewer = toolbox(), current_viewer()
    check_phone(viewer)
    trouble = take_photos(tools, viewer, PLACE)
    with tools.database.transaction("content") as stores:
        _keep(tools, stores, viewer)
    if wants_json():
        return jsonify(kept=True)
    flash(trouble or _("下書きに残しました。"), "warn" if trouble else "ok")
    return redirect(url_for("questions.ask"), 303)


@blueprint.post("/ask/arrive")
@allow("member")
@takes_photos
def arrive() -> Response:
    """A question that was written without a network, once: it becomes the draft, and its author looks at the preview.

    It goes on with the draft it was begun in; while another one lies there it waits on the phone.
    """
    tools, viewer = toolbox(), current_viewer()
    check_phone(viewer)
    found = _take_in(tools, viewer, request.form.get("arrival", "")[:64])
    if found == "waits":
        words = _("電波のないあいだに書いた質問が待っています。いまの下書きを公開するか消すと、届きます。")
        return told(words, url_for("questions.ask"), _("下書きを開く"), waits=True)
    if found == "new":
        take_photos(tools, viewer, PLACE)
    form = read_question(tools.trade, viewer, request.form, today=today(tools.clock.now()))
    return _arrived(is_whole=form.question is not None)


@blueprint.post("/ask/discard")
@allow("member")
def discard() -> Response:
    """Throw the draft away; until tomorrow it can be brought back."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        drafts.set_aside(stores, viewer.secret, today=today(tools.clock.now()))
    flash(_("下書きを消しました。明日までは、このページから元にもどせます。"), "ok")
    return redirect(url_for("questions.ask"), 303)


@blueprint.post("/ask/solved")
@allow("member")
@takes_photos
def solve() -> Response:
    """A close thread or text answered it: the draft is closed, and what answered bears a mark that leads to nobody."""
    tools, viewer, thread_id = toolbox(), current_viewer(), request.form.get("thread", "")[:32]
    take_photos(tools, viewer, PLACE)
    with tools.database.transaction("content") as stores:
        if thread_id and not _was_beside(tools, stores, viewer, thread_id):
            _note_found(tools, stores, viewer, thread_id)
            named = {"thread_id": thread_id, "kind": ANSWERED, "object": thread_id}
            put_mark(stores, tools.vault, secret=viewer.secret, value={}, **named)
        if "title" in request.form:
            _keep(tools, stores, viewer)
        day = today(tools.clock.now())
        drafts.set_aside(stores, viewer.secret, today=day, thread=thread_id, window=tools.window)
    return redirect(url_for("questions.solved"), 303)


def _was_beside(tools: Toolbox, stores: Stores, viewer: Viewer, text_id: str) -> bool:
    """Whether it was another text than a thread that answered, which then says so of itself."""
    day, window = today(tools.clock.now()), tools.window
    return any(
        kind.answered(stores, tools.vault, tools.trade, viewer=viewer, text_id=text_id, today=day, window=window)
        for kind in KINDS
    )


def _note_found(tools: Toolbox, stores: Stores, viewer: Viewer, thread_id: str) -> None:
    access = get_readable(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
    if not access.is_author:
        topic = tallying.topic_of(tools.vault, access.thread)
        tallying.note_found(
            stores, tools.vault, viewer=viewer, object=thread_id, topic=topic, today=today(tools.clock.now()),
            window=tools.window,
        )  # fmt: skip


@blueprint.get("/ask/solved")
@allow("member")
def solved() -> str:
    """Thanks, and a way back."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        aside = drafts.find_aside(stores, viewer.secret, today=today(tools.clock.now()))
        by = _what_answered(tools, stores, viewer, aside.thread) if aside is not None and aside.thread else None
    return render_template("questions/solved.html", closed=aside, by=by)


def _what_answered(tools: Toolbox, stores: Stores, viewer: Viewer, text_id: str) -> CloseCard:
    """Where it can be read again."""
    cards = (kind.cards(stores, tools.vault, tools.trade, viewer=viewer, ids=[text_id]) for kind in KINDS)
    return next((card for found in cards for card in found), CloseCard(text_id, ""))


@blueprint.post("/ask/restore")
@allow("member")
def restore() -> Response:
    """Bring the draft back that was set aside; the mark it left on a thread goes."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        aside = drafts.bring_back(stores, viewer.secret, today=today(tools.clock.now()))
        if aside is not None and aside.thread:
            drop_mark(stores, secret=viewer.secret, kind=ANSWERED, object=aside.thread)
            tallying.take_found_back(
                stores, tools.vault, viewer=viewer, object=aside.thread, since=aside.since, window=tools.window
            )
            for kind in KINDS:
                kind.take_back(stores, tools.vault, viewer=viewer, text_id=aside.thread)
    flash(
        _("下書きを元にもどしました。") if aside else _("元にもどせる下書きはありません。"), "ok" if aside else "info"
    )
    return redirect(url_for("questions.ask"), 303)


@blueprint.post("/reply-draft")
@allow("member")
def keep_reply() -> Response:
    """The draft of a reply, an idea or a note: kept, thrown away or brought back, as the button says."""
    tools, viewer, do = toolbox(), current_viewer(), request.form.get("do", "")
    check_phone(viewer)
    with tools.database.transaction("content") as stores:
        _change_reply(stores, viewer, request.form.get("place", "")[:LONGEST_PLACE], do)
    to = local_path(request.form.get("back"))
    if "arrival" in request.form:
        return told(_("電波のないあいだに書いた回答が、書きかけとして届きました。"), to, _("確かめて出す"))
    if wants_json():
        return jsonify(kept=True)
    flash(_reply_words(do), "ok")
    return redirect(to, 303)


def _change_reply(stores: Stores, viewer: Viewer, place: str, do: str) -> None:
    if do == "discard":
        throw_away(stores, viewer.secret, place)
    elif do == "restore":
        take_back(stores, viewer.secret, place)
    elif place:
        keep_typed(stores, viewer.secret, place, typed_at(place, request.form))


def _reply_words(do: str) -> str:
    return {
        "discard": _("書きかけを消しました。書き始めるまでは、元にもどせます。"),
        "restore": _("書きかけを元にもどしました。"),
    }.get(do, _("書きかけを残しました。このページを開くと、続きから書けます。"))


def _take_in(tools: Toolbox, viewer: Viewer, token: str) -> Literal["known", "waits", "new"]:
    """Make what came the draft, unless it came before, or a draft begun elsewhere lies in its place."""
    with tools.database.transaction("content") as stores:
        if sent.find(stores, viewer.secret, token) is not None:
            return "known"
        draft = find_draft(stores, viewer.secret)
        if draft is not None and draft.origin != request.form.get("draft", ""):
            return "waits"
        sent.note(stores, viewer.secret, token, _keep(tools, stores, viewer))
        return "new"


def _arrived(*, is_whole: bool) -> Response:
    words = _("電波のないあいだに書いた質問が届きました。")
    if is_whole:
        return told(words, url_for("questions.preview"), _("見え方を確かめる"))
    return told(words + _("足りないところを選んでください。"), url_for("questions.ask"), _("続きを書く"))


def _keep(tools: Toolbox, stores: Stores, viewer: Viewer) -> str:
    """Keep the form as the draft and give its token; a form without a word is no draft, and does away with none."""
    drafts.forget_aside(stores, viewer.secret, today=today(tools.clock.now()))
    draft, values = find_draft(stores, viewer.secret), _typed(tools)
    if not any(not is_blank(value) for name, value in values.items() if name == "title" or name.startswith("field_")):
        return draft.token if draft else ""
    return keep_draft(stores, viewer.secret, values, origin=request.form.get("draft", "")[:64]).token


def _typed(tools: Toolbox) -> Mapping[str, str]:
    names = field_names(tools.trade)
    return {name: value for name, value in request.form.items() if name in names}


def told(words: str, to: str, action: str, *, waits: bool = False) -> Response:
    """What a script shows of something that a phone sent: a sentence, and where to go on."""
    return jsonify(words=words, to=to, action=action, waits=waits)


def wants_json() -> bool:
    """Whether a script asks."""
    return request.accept_mimetypes.best == "application/json"
