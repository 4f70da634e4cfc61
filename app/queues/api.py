"""The API of the queue: what came to its member, and what they say to it."""

from datetime import date
from typing import Literal

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.tokens import ANSWER
from app.clock import today
from app.errors import NotThere
from app.questions.api_models import Made, ReplySent, ThreadTold, thread_of
from app.questions.api_writing import final_text
from app.questions.contacts import own_contact
from app.queues import passing, reads, service
from app.queues.blueprint import blueprint
from app.queues.reads import OfferCard
from app.queues.worker import hold_until, make_now
from app.web.api import Sent, Told, described
from app.web.problems import API
from app.wiring import toolbox
from privacy.times import windows_after


class OfferTold(Told):
    """A question that came: `why` says for what reasons, `until` the day a claim ends."""

    id: str
    state: str  # offered | claimed | answering | passed
    until: date | None
    taken: bool
    why: tuple[str, ...]
    thread: ThreadTold


class Queue(Told):
    """What came, the most urgent first."""

    offers: tuple[OfferTold, ...]


class PassSent(Sent):
    """Why it is handed back; it teaches who is asked and is part of no statistic about a person."""

    reason: Literal["not_my_field", "no_time", "too_identifying", "conflict"]


@blueprint.get(f"{API}/queue")
@allow("member", scope=ANSWER)
@described(Queue)
def api_queue() -> Queue:
    """Everything that came to the member."""
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        cards = reads.inbox(stores, tools.vault, tools.trade, viewer=viewer, now=make_now(tools))
    return Queue(offers=tuple(offer_of(card) for card in cards))


@blueprint.post(f"{API}/queue/<offer_id>/claim")
@allow("member", scope=ANSWER)
@described(Made)
def api_claim(offer_id: str) -> Made:
    """Say that an answer is being written."""
    tools = toolbox()
    windows = windows_after(tools.settings.claim_hours, tools.settings.window_seconds)
    with tools.database.transaction("content") as stores:
        now = make_now(tools)
        service.claim(stores, tools.vault, viewer=current_viewer(), offer_id=offer_id, now=now, windows=windows)
    return Made(id=offer_id)


@blueprint.post(f"{API}/queue/<offer_id>/pass")
@allow("member", scope=ANSWER)
@described(Made)
def api_pass(offer_id: str, json: PassSent) -> Made:
    """Hand it back with a reason."""
    tools, viewer, now = toolbox(), current_viewer(), make_now(toolbox())
    with tools.database.transaction("content") as stores:
        passing.pass_on(stores, tools.vault, viewer=viewer, offer_id=offer_id, reason=json.reason, now=now)
    return Made(id=offer_id)


@blueprint.post(f"{API}/queue/<offer_id>/answer")
@allow("member", scope=ANSWER)
@described(Made, status=201)
def api_answer_offer(offer_id: str, json: ReplySent) -> tuple[Made, int]:
    """Answer a question that came; the id is its thread's."""
    tools, viewer = toolbox(), current_viewer()
    if done := _answered(json.token):
        return Made(id=done), 201
    text = _final(offer_id, json)
    with tools.database.transaction("keys", "content") as stores:
        thread = service.answer(
            stores, tools.vault, tools.trade, viewer=viewer, offer_id=offer_id, text=text, token=json.token,
            at_once=json.urgent_now, contact=own_contact(tools, stores, viewer, wanted=json.notify),
            window=tools.window, today=today(tools.clock.now()), until=hold_until(tools),
        )  # fmt: skip
    return Made(id=thread), 201


def offer_of(card: OfferCard) -> OfferTold:
    """A card of the queue as JSON."""
    return OfferTold(
        id=card.id, state=card.state, until=card.until, taken=card.is_taken, why=tuple(card.reasons),
        thread=thread_of(card.thread),
    )  # fmt: skip


def _answered(token: str) -> str:
    """The thread that an answer of this token went to before; empty where none did."""
    with toolbox().database.reading() as stores:
        try:
            return service.answered_thread(stores, viewer=current_viewer(), token=token)
        except NotThere:
            return ""


def _final(offer_id: str, sent: ReplySent) -> str:
    tools, viewer = toolbox(), current_viewer()
    with tools.database.reading() as stores:
        offer = service.get_offer(stores, tools.vault, viewer=viewer, offer_id=offer_id)
    return final_text(tools, viewer, sent, offer.thread_id, asked=True)
