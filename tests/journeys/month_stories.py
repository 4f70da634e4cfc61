"""What the people of the month do for each question, by the story it was given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from app.clock import today
from app.db import Stores
from app.domains.service import policy_of
from app.escalation import service as escalation
from app.escalation.reads import cards_for_coordinator
from app.escalation.stages import Ladder
from app.questions import ending, judging
from app.questions.answers import add_answer
from app.questions.company import answer_as_company
from app.questions.company_routes import company_until
from app.questions.course import Turn, tell_turn
from app.questions.lists import list_waiting
from app.questions.models import Post, Thread
from app.questions.rules import OPEN_STATES
from app.questions.stages import timetable_of
from app.questions.taps import ACCEPT, WORKED
from app.questions.withdrawing import withdraw
from app.queues import passing
from app.queues import service as queues
from app.queues.offers import Offered, on_thread
from app.queues.rules import GIVEN
from app.queues.worker import make_now
from privacy.scopes import Audience
from tests.cast import Person

if TYPE_CHECKING:
    from tests.journeys.month import Asked, Month

CLAIMED: Final = 24
LOOKS_IN: Final = 0.02  # chance of an hour in which somebody hands back an offer they have had for a day


def go_on(month: Month, one: Asked, thread: Thread, offers: list[Offered]) -> None:
    age, kind = month.world.tools.window - thread.published_window, one.fate.split(",")[0]
    is_open = thread.state in OPEN_STATES
    after = {"first": 3, "urgent": 1, "second": 10, "third": 28}.get(kind)
    never = "never" in one.fate
    if after is not None and not never and is_open and age >= after and offers:
        if "claimed" in one.fate and "claim" not in one.did:
            claim(month, one, month.rng.choice(offers))
        elif "claim" not in one.did or age >= after + 20:
            answer_offer(month, one, month.rng.choice(offers))
    elif kind == "passed by all" and is_open:
        for offer in offers:
            hand_back(month, offer)
    elif thread.state == "answered" and "accepted" in one.fate and age >= 60:
        once(month, one, "accept", lambda: tap(month, one, one.asker, ACCEPT))
    elif thread.state == "answered" and "likely" in one.fate and age >= 60:
        once(month, one, "worked", lambda: worked(month, one))
    elif kind in STORIES:
        STORIES[kind](month, one, thread, age)
    if thread.state == "ended":
        choose(month, one)
    if is_open:
        look_in(month, offers)


def look_in(month: Month, offers: list[Offered]) -> None:
    """Now and then somebody opens the queue and hands back what is not theirs."""
    for offer in offers:
        is_old = month.world.tools.window - offer.offered_window > CLAIMED
        if offer.state == "offered" and is_old and month.rng.random() < LOOKS_IN:
            hand_back(month, offer)


def once(month: Month, one: Asked, what: str, do: Callable[[], object]) -> None:
    if what not in one.did:
        one.did.add(what)
        do()


def claim(month: Month, one: Asked, offer: Offered) -> None:
    tools, who = month.world.tools, month.inboxes[offer.inbox]
    with tools.database.transaction("content") as stores:
        queues.claim(
            stores, tools.vault, viewer=month.viewer(who), offer_id=offer.id, now=make_now(tools), windows=CLAIMED
        )
    one.did.add("claim")


def answer_offer(month: Month, one: Asked, offer: Offered) -> None:
    if offer.state in GIVEN:
        return
    tools, who = month.world.tools, month.inboxes[offer.inbox]
    with tools.database.transaction("content", "keys") as stores:
        queues.answer(
            stores, tools.vault, tools.trade, viewer=month.viewer(who), offer_id=offer.id,
            text="夜明け前に酸素を測ってみてください。", token=f"{one.id}{one.answers}", at_once=False, contact=None,
            window=tools.window, today=today(tools.clock.now()), until=tools.window + 8,
        )  # fmt: skip
    month.given.add(offer.id)  # nobody hands it back in the same hour
    one.answers += 1
    one.did.add("answered")


def hand_back(month: Month, offer: Offered) -> None:
    """No time."""
    if offer.state in GIVEN or offer.id in month.given:
        return
    tools, who = month.world.tools, month.inboxes[offer.inbox]
    with tools.database.transaction("content") as stores:
        passing.pass_on(
            stores, tools.vault, viewer=month.viewer(who), offer_id=offer.id, reason="no_time", now=make_now(tools)
        )


def answer_from_list(month: Month, one: Asked, thread: Thread, age: int) -> None:
    """Somebody of the domain finds it above the list and answers."""
    if thread.state not in OPEN_STATES or "answered" in one.did:
        return
    tools = month.world.tools
    with tools.database.reading() as stores:
        for who in month.rng.sample(month.people, 12):
            waiting = list_waiting(stores, tools.vault, tools.trade, viewer=month.viewer(who), size=100)
            if one.id in {card.id for card in waiting}:
                break
        else:
            return
    with tools.database.transaction("content", "keys") as stores:
        add_answer(
            stores, tools.vault, tools.trade, viewer=month.viewer(who), thread_id=one.id,
            text="池の底の泥を一度見てください。", window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip
    one.answers += 1
    one.did.add("answered")


def tap(month: Month, one: Asked, who: Person, kind: str) -> None:
    tools = month.world.tools
    with tools.database.transaction("content") as stores:
        answers = select(Post.id).where(Post.thread_id == one.id, Post.kind == "answer")
        post = stores.content.scalars(answers).first()
        assert post is not None
        judging.tap(
            stores, tools.vault, tools.trade, viewer=month.viewer(who), thread_id=one.id, post_id=post, kind=kind,
            window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip


def worked(month: Month, one: Asked) -> None:
    circle = month.viewer(one.asker).circle
    others = [who for who in month.people if month.viewer(who).circle != circle and who not in month.experts]
    tap(month, one, month.rng.choice(others), WORKED)


def company_answers(month: Month, one: Asked, thread: Thread, age: int) -> None:
    """The company answers as soon as it may."""
    tools = month.world.tools
    if age < 48 or thread.state not in OPEN_STATES:
        return
    with tools.database.transaction("content", "keys") as stores:
        answer_as_company(
            stores, tools.vault, tools.trade, viewer=month.viewer(month.company[0]), thread_id=one.id,
            text="飼料の袋に書いてある量の、上の方までで足ります。", window=tools.window,
            today=today(tools.clock.now()), company_until=company_until(tools), token=f"company {one.id}",
        )  # fmt: skip
    one.answers = 1


def close(month: Month, one: Asked, thread: Thread, age: int) -> None:
    """Its author ends it."""
    if age >= 30:
        with month.world.tools.database.transaction("content") as stores:
            once(month, one, "close", lambda: ending.close(stores, stores.content.get_one(Thread, one.id)))


def take_back(month: Month, one: Asked, thread: Thread, age: int) -> None:
    """Its author takes it back."""
    if age >= 30 and "taken" not in one.did:
        tools = month.world.tools
        month.look()  # the notes go with the words
        with tools.database.transaction("content", "keys") as stores:
            withdraw(stores, tools.vault, viewer=month.viewer(one.asker), thread_id=one.id, window=tools.window)
        one.did.add("taken")


def hide(month: Month, one: Asked, thread: Thread, age: int) -> None:
    """It is hidden for three days, looked at, and let go on."""
    wanted = 10 <= age < 82
    if thread.hidden != wanted:
        with month.world.tools.database.transaction("content") as stores:
            stores.content.get_one(Thread, one.id).hidden = wanted
    elif not wanted:
        answer_from_list(month, one, thread, age)


def widen(month: Month, one: Asked, thread: Thread, age: int) -> None:
    """The author is offered a wider audience at two days, takes it, and is answered by whom it lets in."""
    if one.fate != "experts only, widened" or age < 50:
        return
    tools = month.world.tools
    if "widen" in one.did:
        answer_from_list(month, one, thread, age)
    elif thread.state in OPEN_STATES:
        one.did.add("widen")
        with tools.database.transaction("content") as stores:
            escalation.widen(
                stores, tools.vault, tools.trade, viewer=month.viewer(one.asker), thread_id=one.id,
                audience=Audience.DOMAIN, group_only=False, policy=policy_of(tools.settings),
                today=today(tools.clock.now()), window=tools.window,
            )  # fmt: skip


def help_along(month: Month, one: Asked, thread: Thread, age: int) -> None:
    """A coordinator proposes other words, its author agrees, and one more wave of experts is asked."""
    tools, kind = month.world.tools, one.fate.split(",")[0]
    if thread.stage != "coordinator" or thread.state not in OPEN_STATES:
        return
    if "helped" not in one.did:
        for who in month.coordinators:
            with tools.database.transaction("content") as stores:
                cards = cards_for_coordinator(stores, tools.vault, tools.trade, viewer=month.viewer(who))
                if one.id in {card.id for card in cards if card.access}:
                    one.did.add("helped")
                    help_now(month, stores, one, kind)
                    return
    elif kind == "coordinator" and "agreed" not in one.did:
        words = {"title": "朝だけ水面に上がる魚", "field_situation": "池の水は澄んでいて、昼には戻ります。"}
        with tools.database.transaction("content") as stores:
            escalation.answer_proposal(
                stores, tools.vault, tools.trade, viewer=month.viewer(one.asker), thread_id=one.id, words=words,
                today=today(tools.clock.now()), window=tools.window,
            )  # fmt: skip
        one.did.add("agreed")
    elif age >= 90:
        answer_any(month, one)


def help_now(month: Month, stores: Stores, one: Asked, kind: str) -> None:
    tools = month.world.tools
    thread = stores.content.get_one(Thread, one.id)
    day, window = today(tools.clock.now()), tools.window
    if kind == "coordinator":
        words = {"title": "朝だけ水面に上がる魚", "field_situation": "池の水は澄んでいます。"}
        escalation.propose(stores, tools.vault, thread, kind="reword", words=words, today=day, window=window)
    else:
        Ladder(tools.vault, tools.trade, timetable_of(tools.settings)).ask_more(stores, thread, make_now(tools))
        tell_turn(stores, tools.vault, thread, Turn("invited", day.toordinal()), due=window + 1)


def answer_any(month: Month, one: Asked) -> None:
    with month.world.tools.database.reading() as stores:
        offers = on_thread(stores, month.world.tools.vault, one.id)
    if offers and "answered" not in one.did:
        answer_offer(month, one, month.rng.choice(offers))


def choose(month: Month, one: Asked) -> None:
    """What its author does at the honest end, once."""
    tools, viewer = month.world.tools, month.viewer(one.asker)
    wish = {"urgent, never": "idea"}.get(one.fate, one.fate.rpartition(", ")[2])
    if "chose" in one.did or not (one.fate.startswith("kept") or wish in escalation.WISHES):
        return
    one.did.add("chose")
    with tools.database.transaction("content") as stores:
        if one.fate.startswith("kept"):
            escalation.keep_open(stores, tools.vault, viewer=viewer, thread_id=one.id, window=tools.window)
        else:
            escalation.wish(
                stores, tools.vault, viewer=viewer, thread_id=one.id, kind=wish, today=today(tools.clock.now()),
                window=tools.window,
            )  # fmt: skip


def after_keeping(month: Month, one: Asked, thread: Thread, age: int) -> None:
    """Kept open, it is answered from the list after all."""
    if "chose" in one.did and thread.stage == "domain":
        answer_from_list(month, one, thread, age)


STORIES: Final[dict[str, Callable[[Month, Asked, Thread, int], None]]] = {
    "domain": answer_from_list,
    "company": company_answers,
    "closed": close,
    "withdrawn": take_back,
    "hidden": hide,
    "experts only": widen,
    "coordinator": help_along,
    "invited": help_along,
    "kept": after_keeping,
}
