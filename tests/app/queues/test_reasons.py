"""Why a question came: said to the one it came to, in their language, and to nobody why they were not asked."""

import ast
from typing import Any

import pytest
from flask import Flask

from app.clock import today
from app.queues import service
from app.queues.models import Offer
from app.queues.rules import OFFER_PAD
from app.wiring import Toolbox
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, signed_in, viewer_of
from tests.project.source import modules

SAID = {
    "topic": ("「病気・へい死」の質問によく答えています", "You often answer questions on"),
    "declared": ("「病気・へい死」を手伝えると登録しています", "You say you can help with"),
    "endorsed": ("「病気・へい死」なら、あなたに聞きたいという声があります", "Others vouch for your answers on"),
    "active": ("この分野で、最近よく答えています", "You have often answered in this field lately"),
    "helped": ("これまでの回答が、質問した人の役に立っています", "Your answers have helped"),
    "neighbour": (
        "近い分野の質問です。「ギンザケ」でのご経験",
        "from a neighbouring field. Your experience with “Coho salmon”",
    ),
}


def give_reasons(tools: Toolbox, offer: Offer, *reasons: dict[str, Any]) -> None:
    """Put these reasons beside an offer."""
    value = {"reasons": [{"band": "weak", "threads": [], **one} for one in reasons], "exploring": False}
    with tools.database.transaction("content") as stores:
        row = stores.content.get_one(Offer, offer.id)
        row.sealed = tools.vault.seal(value, table="offers", column="sealed", row=row.id, pad=OFFER_PAD)


def answer(tools: Toolbox, person: Person, thread_id: str) -> None:
    offer = next(one for one in offers_of(tools, person) if one.thread_id == thread_id)
    with tools.database.transaction("keys", "content") as stores:
        service.answer(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), offer_id=offer.id,
            text="夜明け前に溶存酸素を測ってください。", token="", at_once=True, contact=None, window=tools.window,
            today=today(tools.clock.now()), until=tools.window + 48,
        )  # fmt: skip
    work(tools, hours=26)


@pytest.mark.parametrize("signal", SAID)
def test_each_reason_is_said_in_both_languages(tools: Toolbox, app: Flask, cast: Cast, signal: str) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    offer = offers_of(tools, cast.bob)[0]
    give_reasons(tools, offer, {"signal": signal, "subject": "coho-salmon"})
    bob = signed_in(app, cast.bob)
    assert SAID[signal][0] in bob.get(f"/queue/{offer.id}").text
    assert SAID[signal][1] in bob.get(f"/queue/{offer.id}", headers={"Accept-Language": "en"}).text


def test_a_likeness_names_a_question_its_reader_answered_and_no_other(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    first = ask_question(tools, cast.alice, title="稚魚のえらが白いです", urgent=True)
    work(tools)
    answer(tools, cast.bob, first)
    ask_question(tools, cast.dave, title="稚魚のえらがまた白いです", urgent=True)
    work(tools)
    page = signed_in(app, cast.bob).get(f"/queue/{offers_of(tools, cast.bob)[0].id}").text
    assert "前に答えた「稚魚のえらが白いです」に似ています" in page
    newest = max(offers_of(tools, cast.carol), key=lambda one: one.offered_window)
    give_reasons(tools, newest, {"signal": "words", "threads": [first]})
    assert "に似ています" not in signed_in(app, cast.carol).get(f"/queue/{newest.id}").text


def test_a_likeness_in_words_and_in_meaning_is_said_once(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    asked = [ask_question(tools, cast.alice, title=f"水車が止まりました{n}", urgent=True) for n in range(3)]
    work(tools)
    for thread_id in asked[:2]:
        answer(tools, cast.bob, thread_id)
    offer = next(one for one in offers_of(tools, cast.bob) if one.thread_id == asked[2])
    alike = [{"signal": "words", "threads": asked[:1]}, {"signal": "meaning", "threads": asked[:2]}]
    give_reasons(tools, offer, *alike)
    page = signed_in(app, cast.bob).get(f"/queue/{offer.id}").text
    assert page.count("に似ています") == 1
    assert "「水車が止まりました0」など2件に似ています" in page


def test_an_old_reason_that_is_known_no_more_is_left_out(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    offer = offers_of(tools, cast.bob)[0]
    give_reasons(tools, offer, {"signal": "no such signal"}, {"signal": "neighbour", "subject": "no such subject"})
    assert signed_in(app, cast.bob).get(f"/queue/{offer.id}").status_code == 200


def test_no_page_and_no_json_can_say_why_somebody_was_not_asked() -> None:
    """The two functions that know are for tests and replays: nothing in the service names them."""
    secret = {"why_not", "refusal"}
    for module in modules("app"):
        imported = {
            one.name
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("matching")
            for one in node.names
        }
        assert not imported & secret, module.name
