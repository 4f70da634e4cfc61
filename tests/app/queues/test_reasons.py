"""Why a question came: said to the one it came to, in their language, and to nobody why they were not asked."""

import ast
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.questions.models import Thread
from app.queues import offers
from app.queues.offers import Offered
from app.vectors import store
from app.wiring import Toolbox
from tests.app.questions.makers import answer as answer_from_the_list
from tests.app.questions.makers import ask, make_question, open_table_with, published, set_profile
from tests.app.questions.test_hidden_subject import crowd
from tests.app.queues.stage import answer, ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, signed_in
from tests.project.source import modules

SAID = {
    "topic": ("サケ・マス類の「病気・へい死」に、1、2件答えています", "You have answered 1 or 2 questions on"),
    "declared": ("「病気・へい死」を手伝えると登録しています", "You say you can help with"),
    "endorsed": ("「病気・へい死」なら、あなたに聞きたいという声があります", "Others would ask you about"),
    "active": ("サケ・マス類の質問に、1、2件答えています", "You have answered 1 or 2 questions in"),
    "helped": (
        "サケ・マス類で答えた質問のうち1、2件で、「役に立った」や「うまくいった」という",
        "brought word that your answer helped",
    ),
}


def give_reasons(tools: Toolbox, offer: Offered, *reasons: dict[str, Any]) -> None:
    """Put these reasons beside an offer."""
    value = {"reasons": [{"band": "weak", "threads": [], **one} for one in reasons], "exploring": False}
    with tools.database.transaction("content") as stores:
        offers.put(stores, tools.vault, replace(offer, told=value))


@pytest.mark.parametrize("signal", SAID)
def test_each_reason_is_said_in_both_languages_where_it_holds(
    tools: Toolbox, app: Flask, cast: Cast, signal: str
) -> None:
    opt_in(tools, cast.bob)
    first = published(tools, cast.alice, make_question(topic="disease" if signal != "active" else "feed"))
    work(tools)
    post_id = answer_from_the_list(tools, cast.bob, first)
    work(tools, hours=26)
    ask_question(tools, cast.dave, urgent=True)
    work(tools)
    offer = max(offers_of(tools, cast.bob), key=lambda one: one.offered_window)
    page, bob = f"/queue/{offer.id}", signed_in(app, cast.bob)
    if signal in ("endorsed", "helped"):
        assert SAID[signal][0] not in bob.get(page).text
        with tools.database.transaction("content") as stores:
            store.mark_endorsed(stores, tools.vault, thread_id=first, posts={post_id})
            store.mark_worth(stores, tools.vault, thread_id=first, accepted={post_id}, worked={})
    assert SAID[signal][0] in bob.get(page).text
    assert SAID[signal][1] in bob.get(page, headers={"Accept-Language": "en"}).text


def test_a_neighbour_is_told_that_it_is_from_next_door(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    open_table_with(tools, {"subject": 0}, people=crowd())
    set_profile(tools, cast.alice, subject=0)
    published(tools, cast.alice, make_question(levels={"subject": 0}))
    work(tools)
    offer = offers_of(tools, cast.bob)[0]
    give_reasons(tools, offer, {"signal": "neighbour", "subject": "rainbow-trout"})
    bob = signed_in(app, cast.bob)
    assert "近い分野の質問です。「ニジマス」を扱う方にもお届けしています" in bob.get(f"/queue/{offer.id}").text
    english = bob.get(f"/queue/{offer.id}", headers={"Accept-Language": "en"}).text
    assert "it also goes to those who work with “Rainbow trout”" in english


def named(tools: Toolbox, *people: Person) -> None:
    """Let these people's questions name their subject."""
    open_table_with(tools, {"subject": 0}, people=crowd())
    for person in people:
        set_profile(tools, person, subject=0)


def test_a_likeness_names_a_question_its_reader_answered_and_no_other(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    named(tools, cast.alice)
    urgent = {"levels": {"subject": 0}, "urgent": True}
    first = ask(tools, cast.alice, make_question(title="稚魚のえらが白いです", **urgent))
    work(tools)
    answer(tools, cast.bob, first)
    named(tools, cast.dave)
    ask(tools, cast.dave, make_question(title="稚魚のえらがまた白いです", **urgent))
    work(tools)
    page = signed_in(app, cast.bob).get(f"/queue/{offers_of(tools, cast.bob)[0].id}").text
    assert "前に答えた「稚魚のえらが白いです」に似ています" in page
    newest = max(offers_of(tools, cast.carol), key=lambda one: one.offered_window)
    give_reasons(tools, newest, {"signal": "words", "threads": [first]})
    assert "に似ています" not in signed_in(app, cast.carol).get(f"/queue/{newest.id}").text


def test_a_likeness_in_words_and_in_meaning_is_said_once(tools: Toolbox, app: Flask, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    named(tools, cast.alice)
    levels = {"levels": {"subject": 0}}
    asked = [published(tools, cast.alice, make_question(title=f"水車が止まりました{n}", **levels)) for n in range(3)]
    work(tools)
    for thread_id in asked[:2]:
        answer(tools, cast.bob, thread_id)
    offer = next(one for one in offers_of(tools, cast.bob) if one.thread_id == asked[2])
    offer = replace(offer, offered_window=tools.window)
    alike = [{"signal": "words", "threads": asked[:1]}, {"signal": "meaning", "threads": asked[:2]}]
    give_reasons(tools, offer, *alike)
    page = signed_in(app, cast.bob).get(f"/queue/{offer.id}").text
    assert page.count("に似ています") == 1
    assert "「水車が止まりました0」など2件に似ています" in page
    assert "なぜ届いたか" in (card := signed_in(app, cast.bob).get("/queue").text)
    assert "など2件に似ています" in card  # which tells most, and stands first
    with tools.database.transaction("content") as stores:
        stores.content.get_one(Thread, asked[2]).hidden = True
    assert "に似ています" not in signed_in(app, cast.bob).get(f"/queue/{offer.id}").text


def test_a_reason_holds_when_its_reader_answers_once_more_where_they_had_answered(
    tools: Toolbox, app: Flask, cast: Cast
) -> None:
    opt_in(tools, cast.bob)
    first = published(tools, cast.alice, make_question(title="稚魚のえらが白いです"))
    answer_from_the_list(tools, cast.bob, first)
    work(tools, hours=26)
    published(tools, cast.dave, make_question(title="稚魚のえらがまた白いです"))
    work(tools, hours=1)
    offer = max(offers_of(tools, cast.bob), key=lambda one: one.offered_window)
    said = f"{SAID['topic'][0]}。いちばん新しい回答は2026年11月です。"
    assert said in signed_in(app, cast.bob).get(f"/queue/{offer.id}").text
    answer_from_the_list(tools, cast.bob, first)
    work(tools, hours=26)
    assert said in signed_in(app, cast.bob).get(f"/queue/{offer.id}").text


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
