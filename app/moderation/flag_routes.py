"""Flagging: a form of one's own page, so that a thread's page costs nothing more."""

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.community.models import Writing
from app.community.places import is_closed, page_of
from app.community.reads import may_read
from app.errors import NotThere
from app.moderation import flags
from app.moderation.blueprint import blueprint
from app.moderation.rules import LONGEST_COMMENT, FlagRefused
from app.moderation.words import flag_choices, flag_trouble
from app.questions.models import Post
from app.questions.words import role_label
from app.web.i18n import gettext as _
from app.wiring import toolbox


@blueprint.get("/writings/<writing_id>/flag")
@allow("member")
def flag_writing(writing_id: str) -> str:
    """What is wrong with a writing of the community: its flag has the form of any other."""
    return _page(_place_of(writing_id), writing_id)


@blueprint.post("/writings/<writing_id>/flag")
@allow("member")
def raise_flag_on_writing(writing_id: str) -> Response:
    """Flag it."""
    return _raise(_place_of(writing_id), writing_id)


@blueprint.post("/writings/<writing_id>/flag/undo")
@allow("member")
def undo_flag_on_writing(writing_id: str) -> Response:
    """Take it back."""
    return _undo(_place_of(writing_id), writing_id)


@blueprint.get("/threads/<thread_id>/flag/<object_id>")
@allow("member")
def flag(thread_id: str, object_id: str) -> str:
    """What is wrong with a post or question."""
    return _page(thread_id, object_id)


@blueprint.post("/threads/<thread_id>/flag/<object_id>")
@allow("member")
def raise_flag(thread_id: str, object_id: str) -> Response:
    """Flag it."""
    return _raise(thread_id, object_id)


def _raise(thread_id: str, object_id: str) -> Response:
    tools, viewer = toolbox(), current_viewer()
    try:
        with tools.database.transaction("content") as stores:
            flags.flag(
                stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, object=object_id,
                window=tools.window, today=today(tools.clock.now()), **_said(),
            )  # fmt: skip
    except FlagRefused as refusal:
        return make_response(_page(thread_id, object_id, flag_trouble(refusal.reason)), 422)
    flash(
        _("知らせていただき、ありがとうございます。世話役が確かめます。だれが知らせたかは、だれにも伝わりません。"),
        "ok",
    )
    return redirect(_read_at(thread_id), 303)


@blueprint.post("/threads/<thread_id>/flag/<object_id>/undo")
@allow("member")
def undo_flag(thread_id: str, object_id: str) -> Response:
    """Take it back."""
    return _undo(thread_id, object_id)


def _undo(thread_id: str, object_id: str) -> Response:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("content") as stores:
        flags.take_back(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, object=object_id, window=tools.window
        )
    flash(_("知らせを取り消しました。"), "ok")
    return redirect(_read_at(thread_id), 303)


def _place_of(writing_id: str) -> str:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        row = stores.content.get(Writing, writing_id)
        if row is None or not may_read(tools.vault, tools.trade, viewer=viewer, row=row):
            raise NotThere
        if is_closed(stores, viewer, row.place):
            raise NotThere
        return row.place


def _read_at(thread_id: str) -> str:
    """Where a thread or a place is read."""
    with toolbox().database.reading() as stores:
        return page_of(stores, thread_id) or url_for("questions.thread", thread_id=thread_id)


def _said() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in ("reason", "comment")}


def _page(thread_id: str, object_id: str, errors: dict[str, str] | None = None) -> str:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        found = flags.get_flagged(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, object=object_id
        )
    row, is_writing = found.row, isinstance(found.row, Writing)
    role = role_label(row.author if isinstance(row, Post) else 0)
    where = {"writing_id": object_id} if is_writing else {"thread_id": thread_id, "object_id": object_id}
    return render_template(
        "moderation/flag.html", back=_read_at(thread_id), where=where, is_writing=is_writing, found=found,
        role=role, choices=flag_choices(), errors=errors or {},
        typed=request.form if errors else {"reason": found.reason, "comment": found.comment}, longest=LONGEST_COMMENT,
    )  # fmt: skip
