"""Views of saying what an answer was worth: it helped, it worked for me, it is outdated, thank you; and taking it back."""

from typing import Final

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.errors import NotThere
from app.questions import judging
from app.questions.blueprint import blueprint
from app.questions.marks import marks_of
from app.questions.reads import thread_card
from app.questions.replies import Reply, place_of, read_reply, review_page
from app.questions.taps import ACCEPT, OUTDATED, THANKS, WORKED
from app.questions.words import thanks_words
from app.questions.worth import worths
from app.web.i18n import gettext as _
from app.wiring import Toolbox, toolbox

LONGEST: Final = 200
OWN: Final = "own"


@blueprint.post("/threads/<thread_id>/accept")
@allow("member")
def accept(thread_id: str) -> Response:
    """Say that an answer helped."""
    return _tapped(thread_id, ACCEPT, _("「役に立った」を預かりました。次の公開のときに、印がつきます。"))


@blueprint.post("/threads/<thread_id>/worked")
@allow("member")
def worked(thread_id: str) -> Response:
    """Say that an answer to somebody else worked here too."""
    return _tapped(thread_id, WORKED, _("「うちでもうまくいった」を預かりました。だれが押したかは、どこにも出ません。"))


@blueprint.post("/threads/<thread_id>/untap")
@allow("member")
def untap(thread_id: str) -> Response:
    """Take back what one said of an answer."""
    tools, form = toolbox(), request.form
    with tools.database.transaction("content") as stores:
        judging.take_back(
            stores, tools.vault, tools.trade, viewer=current_viewer(), thread_id=thread_id,
            post_id=form.get("post", ""), kind=form.get("kind", ""), window=tools.window,
        )  # fmt: skip
    flash(_("取り消しました。次の公開のときに消えます。"), "ok")
    return _back_to(thread_id, form.get("post", ""))


@blueprint.get("/threads/<thread_id>/posts/<post_id>/outdated")
@allow("member", while_reading=False)
def outdated(thread_id: str, post_id: str) -> Response:
    """What to say of an answer that may be outdated."""
    return _page(toolbox(), current_viewer(), thread_id, post_id, OUTDATED)


@blueprint.post("/threads/<thread_id>/posts/<post_id>/outdated")
@allow("member")
def say_outdated(thread_id: str, post_id: str) -> Response:
    """Say it."""
    return _said(thread_id, post_id, OUTDATED, _("知らせを預かりました。まず、答えた人にだけ伝わります。"))


@blueprint.get("/threads/<thread_id>/posts/<post_id>/thanks")
@allow("member", while_reading=False)
def thanks(thread_id: str, post_id: str) -> Response:
    """A word of thanks that the answerer alone will see."""
    return _page(toolbox(), current_viewer(), thread_id, post_id, THANKS)


@blueprint.post("/threads/<thread_id>/posts/<post_id>/thanks")
@allow("member")
def say_thanks(thread_id: str, post_id: str) -> Response:
    """Send it."""
    return _said(thread_id, post_id, THANKS, _("お礼を預かりました。答えた人にだけ届きます。"))


def _tapped(thread_id: str, kind: str, said: str) -> Response:
    post_id = request.form.get("post", "")
    _tap(toolbox(), current_viewer(), thread_id, post_id, kind)
    flash(said, "ok")
    return _back_to(thread_id, post_id)


def _tap(
    tools: Toolbox, viewer: Viewer, thread_id: str, post_id: str, kind: str, text: str = "", choice: str = ""
) -> None:
    with tools.database.transaction("content") as stores:
        judging.tap(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id, post_id=post_id, kind=kind, text=text,
            choice=choice, window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip


def _said(thread_id: str, post_id: str, kind: str, said: str) -> Response:
    tools, viewer, choice = toolbox(), current_viewer(), request.form.get("choice", "")
    if kind == THANKS and choice != OWN:
        if not thanks_words(choice):
            return _page(tools, viewer, thread_id, post_id, kind, {"choice": _("どれか一つ選んでください。")})
        _tap(tools, viewer, thread_id, post_id, kind, choice=choice)
    else:
        reply = _read(tools, viewer, thread_id, post_id, kind)
        if reply.step == "look":
            return make_response(review_page(reply, title=_("ひとこと")), 422)
        if reply.step == "back":
            return _page(tools, viewer, thread_id, post_id, kind, reply.errors)
        _tap(tools, viewer, thread_id, post_id, kind, text=reply.final)
    flash(said, "ok")
    return _back_to(thread_id, post_id)


def _read(tools: Toolbox, viewer: Viewer, thread_id: str, post_id: str, kind: str) -> Reply:
    def allowed(stores: Stores) -> object:
        return thread_card(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)

    place = place_of(post_id, kind)
    return read_reply(tools, viewer, place, allowed=allowed, longest=LONGEST, optional=kind == OUTDATED)


def _page(
    tools: Toolbox, viewer: Viewer, thread_id: str, post_id: str, kind: str, errors: dict[str, str] | None = None
) -> Response:
    with tools.database.reading() as stores:
        card = thread_card(stores, tools.vault, tools.trade, viewer=viewer, thread_id=thread_id)
        marks = marks_of(stores, tools.vault, thread_id)
    worth = worths(card, marks, viewer=viewer, window=tools.window).get(post_id)
    if worth is None or kind not in (worth.may | worth.own):
        raise NotThere
    post = next(one for one in card.posts if one.id == post_id)
    page = render_template(
        f"questions/{kind}.html", card=card, post=post, errors=errors or {}, typed=request.form, longest=LONGEST, own=OWN,
    )  # fmt: skip
    return make_response(page, 422 if errors else 200)


def _back_to(thread_id: str, post_id: str) -> Response:
    return redirect(url_for("questions.thread", thread_id=thread_id) + f"#post-{post_id}", 303)
