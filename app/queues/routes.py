"""Views of the expert's queue."""

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.access import allow
from app.accounts.signin import current_viewer
from app.clock import today
from app.db import Stores
from app.questions.access import get_readable
from app.questions.contacts import own_contact
from app.questions.duplicates import same_questions
from app.questions.keeping import discard_kept, kept_at
from app.questions.pennames import PenNameRefused
from app.questions.reads import thread_photo
from app.questions.replies import Reply, place_of, read_reply, review_page
from app.questions.thread_page import decided_fields, thin_for
from app.questions.uploads import photo_response
from app.questions.wishing import is_proposed
from app.questions.words import pen_trouble, received_words
from app.questions.writing import longest_wait
from app.queues import api, own_routes, passing, reads, service, teaching
from app.queues.blueprint import blueprint
from app.queues.forms import AnswerForm, PassForm
from app.queues.own_routes import own_profiles_of, pass_labels
from app.queues.rules import PASS_REASONS
from app.queues.worker import hold_until, make_now, measures_of
from app.web.i18n import gettext as _
from app.web.uploads import takes_photos
from app.wiring import toolbox
from privacy.pseudonyms import new_id
from privacy.times import windows_after

__all__ = ["api", "blueprint", "own_routes"]


@blueprint.get("/queue")
@allow("member")
def inbox() -> str:
    """Everything that came to the viewer."""
    tools, viewer = toolbox(), current_viewer()
    rested = _keep_circle()
    with tools.database.reading() as stores:
        cards = reads.inbox(stores, tools.vault, tools.trade, viewer=viewer, now=make_now(tools))
        profiles = own_profiles_of(stores)
    passed = [card for card in cards if card.state == "passed"]
    held = [card for card in cards if card.state != "passed"]
    return render_template(
        "queues/inbox.html", cards=held, passed=passed, profiles=profiles, rested=rested, reasons=_reasons()
    )


@blueprint.get("/queue/<offer_id>")
@allow("member")
def offer(offer_id: str) -> str:
    """One offer, with room to answer."""
    _keep_circle()
    return _offer_page(offer_id, answer=AnswerForm(formdata=None, token=new_id(), notify=True), hand_back=None)


@blueprint.post("/queue/<offer_id>/claim")
@allow("member")
def claim(offer_id: str) -> Response:
    """Say "I am writing"."""
    tools = toolbox()
    windows = windows_after(tools.settings.claim_hours, tools.settings.window_seconds)
    with tools.database.transaction("content") as stores:
        service.claim(
            stores, tools.vault, viewer=current_viewer(), offer_id=offer_id, now=make_now(tools), windows=windows
        )
    return redirect(url_for("queues.offer", offer_id=offer_id) + "#answer", 303)


@blueprint.post("/queue/<offer_id>/pass")
@allow("member")
def pass_on(offer_id: str) -> Response | tuple[str, int]:
    """Hand it back with a reason."""
    tools, form = toolbox(), PassForm()
    if not form.validate_on_submit():
        return _offer_page(offer_id, answer=AnswerForm(formdata=None, token=new_id(), notify=True), hand_back=form), 422
    with tools.database.transaction("content") as stores:
        passing.pass_on(
            stores,
            tools.vault,
            viewer=current_viewer(),
            offer_id=offer_id,
            reason=str(form.reason.data),
            now=make_now(tools),
        )
    return redirect(url_for("queues.inbox"), 303)


@blueprint.post("/queue/<offer_id>/back")
@allow("member")
def take_back(offer_id: str) -> Response:
    """Take back that it was handed back, as long as nothing has been done about it."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        is_back = passing.take_back(stores, tools.vault, viewer=current_viewer(), offer_id=offer_id)
    if not is_back:
        flash(_("もう、ほかの方に回したあとでした。この質問は、「届いた質問」にはもどせません。"), "info")
        return redirect(url_for("queues.inbox"), 303)
    flash(_("もとに戻しました。質問は、もとの場所にあります。"), "ok")
    return redirect(url_for("queues.offer", offer_id=offer_id), 303)


@blueprint.post("/queue/<offer_id>/mute")
@allow("member")
def mute_topic(offer_id: str) -> Response:
    """Take no more questions on this topic."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        topic = teaching.mute_topic_of(stores, tools.vault, tools.trade, viewer=current_viewer(), offer_id=offer_id)
    name = tools.trade.topic_by_key[topic].name
    flash(
        _("「{topic}」の質問は、これから届きません。「わたしの経験と受け取り方」で元に戻せます。").format(topic=name),
        "ok",
    )
    return redirect(url_for("queues.offer", offer_id=offer_id), 303)


@blueprint.post("/queue/<offer_id>/mute-group")
@allow("member")
def mute_group(offer_id: str) -> Response:
    """Take no more questions of this group, in none of the viewer's subjects."""
    tools = toolbox()
    with tools.database.transaction("content") as stores:
        group = teaching.mute_group_of(stores, tools.vault, tools.trade, viewer=current_viewer(), offer_id=offer_id)
    words = _("「{group}」の質問は、これから届きません。「わたしの経験と受け取り方」で元に戻せます。")
    flash(words.format(group=group.name), "ok")
    return redirect(url_for("queues.offer", offer_id=offer_id), 303)


@blueprint.post("/queue/<offer_id>/not-me")
@allow("member")
def not_me_of(offer_id: str) -> Response:
    """Say of one reason that it is not about what the viewer knows."""
    tools, reason, now = toolbox(), request.form.get("about", ""), make_now(toolbox())
    with tools.database.transaction("content") as stores:
        done, thread_id = teaching.not_me_of(
            stores, tools.vault, tools.trade, viewer=current_viewer(), offer_id=offer_id, reason=reason, now=now
        )
    back = own_routes.answered_at(thread_id) if thread_id else url_for("queues.settings")
    flash(Markup('{} <a href="{}">{}</a>').format(done, back, _("ここから元に戻せます")), "ok")
    return redirect(url_for("queues.offer", offer_id=offer_id), 303)


@blueprint.get("/queue/<offer_id>/photos/<photo_id>")
@allow("member")
def photo(offer_id: str, photo_id: str) -> Response:
    """A picture of the thread that was offered."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        offer = service.get_offer(stores, tools.vault, viewer=viewer, offer_id=offer_id)
        picture = thread_photo(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=offer.thread_id, photo_id=photo_id, asked=True
        )
    return photo_response(picture)


@blueprint.post("/queue/<offer_id>/answer")
@allow("member")
@takes_photos
def answer(offer_id: str) -> Response | tuple[str, int]:
    """Send an answer; it appears at the next window."""
    form, reply = AnswerForm(), _read_reply(offer_id)
    if reply.step == "done":
        return _thanks(*_answered_before(form))
    if reply.step == "look":
        return review_page(reply, title=_("回答")), 422
    if request.form.get("do") == "back" or not form.validate_on_submit() or reply.step == "back":
        return _offer_page(offer_id, answer=form, hand_back=None, errors=reply.errors), 422
    try:
        thread_id, wait = _send_answer(offer_id, form, reply)
    except PenNameRefused as refusal:
        return _offer_page(offer_id, answer=form, hand_back=None, errors={"sign": pen_trouble(refusal.reason)}), 422
    return _thanks(thread_id, wait)


@blueprint.get("/unrouted")
@allow("coordinator")
def unrouted() -> str:
    """Questions for which nobody could be asked: domain and date, no text and no person."""
    tools = toolbox()
    with tools.database.reading() as stores:
        rows = reads.unrouted(stores, tools.vault, tools.trade, viewer=current_viewer())
    return render_template("queues/unrouted.html", rows=rows)


def _read_reply(offer_id: str) -> Reply:
    tools, viewer = toolbox(), current_viewer()

    def allowed(stores: Stores) -> object:
        offer = service.get_offer(stores, tools.vault, viewer=viewer, offer_id=offer_id)
        return get_readable(stores, tools.vault, tools.trade, viewer=viewer, thread_id=offer.thread_id, asked=True)

    return read_reply(tools, viewer, place_of(offer_id, "answer"), allowed=allowed)


def _offer_page(
    offer_id: str, *, answer: AnswerForm, hand_back: PassForm | None, errors: dict[str, str] | None = None
) -> str:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        row = service.get_offer(stores, tools.vault, viewer=viewer, offer_id=offer_id)
        card = reads.offer_card(stores, tools.vault, tools.trade, viewer=viewer, offer=row, now=make_now(tools))
        kept = kept_at(stores, viewer.secret, place_of(offer_id, "answer"))
        thin = thin_for(tools, stores, viewer, row.thread_id)
        word = is_proposed(stores, viewer.secret, row.thread_id)
        sames = same_questions(
            stores, tools.vault, tools.trade, viewer=viewer, thread_id=row.thread_id, window=tools.window
        )
    decided = decided_fields() if answer.is_submitted() else []
    hours = tools.settings.claim_hours
    return render_template(
        "queues/offer.html", card=card, form=answer, hand_back=hand_back, reasons=_reasons(), hours=hours, kept=kept,
        decided=decided, thin=thin, sames=sames, word=request.form.get("word") == "1" if answer.is_submitted() else word,
        errors={**(errors or {}), **answer.errors},
    )  # fmt: skip


def _reasons() -> list[tuple[str, str]]:
    """Why somebody hands back, each with its words."""
    return [(key, label) for key, label in pass_labels().items() if key in PASS_REASONS]


def _keep_circle() -> bool:
    """Upkeep, not a change anybody asked for: nothing is written unless a circle has split, or a resting inbox wakes;
    whether one did.
    """
    tools, viewer = toolbox(), current_viewer()
    measures = measures_of(tools.settings)
    with tools.database.reading() as stores:
        stale = service.stale_handles(stores, tools.vault, viewer=viewer, measures=measures)
        rested = service.rests(stores, tools.vault, tools.trade, viewer=viewer, measures=measures)
    if stale:
        with tools.database.transaction("content") as stores:
            service.move_circle(stores, tools.vault, tools.trade, viewer=viewer, handles=stale)
    return rested


def _answered_before(form: AnswerForm) -> tuple[str, int]:
    with toolbox().database.reading() as stores:
        found = service.answered_thread(stores, viewer=current_viewer(), token=_token(form))
        return found, longest_wait(stores)


def _thanks(thread_id: str, wait: int) -> Response:
    flash(received_words(wait * toolbox().settings.window_seconds), "ok")
    return redirect(url_for("questions.thread", thread_id=thread_id), 303)


def _token(form: AnswerForm) -> str:
    return str(form.token.data or "")[:64]


def _send_answer(offer_id: str, form: AnswerForm, reply: Reply) -> tuple[str, int]:
    """The thread, and how many windows the answer waits at the most."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.transaction("keys", "content") as stores:
        thread_id = service.answer(
            stores,
            tools.vault,
            tools.trade,
            viewer=viewer,
            offer_id=offer_id,
            text=reply.final,
            photos=reply.pictures,
            sign=request.form.get("sign") == "pen",
            word=request.form.get("word") == "1",
            token=_token(form),
            at_once=bool(form.at_once.data),
            contact=own_contact(tools, stores, viewer, wanted=bool(form.notify.data)),
            window=tools.window,
            today=today(tools.clock.now()),
            until=hold_until(tools),
        )
        discard_kept(stores, viewer.secret, place_of(offer_id, "answer"))
        return thread_id, longest_wait(stores)
