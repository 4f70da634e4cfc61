"""What waits on the desk: coordinators are told once a day, and only of what is on their own."""

import re

import pytest
from flask import Flask

from app.clock import today
from app.contributing.rules import PARTS
from app.escalation.service import wish
from app.gate.duties import duties_of, tell_desk
from app.gate.words import ROLE_PAGES
from app.notices.duties import DESK, SENTENCES
from app.notices.service import notes_of
from app.questions.duties import NO_DATE
from app.wiring import Toolbox
from tests.app.knowledge.stage import approve, begin, make_thread, say, send, volunteer
from tests.app.moderation.stage import flag
from tests.app.questions.makers import answer, ask, publish, published
from tests.app.queues.stage import live_through, work
from tests.cast import Cast, Person, make_person, post, signed_in, viewer_of

TOLD = SENTENCES["desk_due"]
WORD = "書いてくださって、ありがとうございます。朝の様子がよくわかりました。"


@pytest.fixture
def thread(tools: Toolbox, cast: Cast) -> str:
    """A question of Alice's that is out, with a word wished."""
    thread_id = ask(tools, cast.alice, word=True)
    work(tools, hours=30)
    return thread_id


@pytest.fixture
def colleague(tools: Toolbox, cast: Cast) -> Person:
    """A coordinator of Alice's organisation."""
    return make_person(tools, "colleague", cast.organisations["A"], roles=("member", "coordinator"))


def told(tools: Toolbox) -> int:
    with tools.database.reading() as stores:
        return len(notes_of(stores, tools.vault, [DESK], window=tools.window))


def note_beside(page: str, path: str) -> str:
    """What stands under a link."""
    found = re.search(rf'href="{path}"><span>[^<]*(?:<span class="row-note">([^<]*)</span>)?', page)
    assert found
    return found[1] or ""


def test_a_word_that_waits_is_told_at_most_once_a_day(tools: Toolbox, thread: str) -> None:
    for hours, times in ((0, 1), (1, 1), (22, 1), (1, 2)):
        tools.clock.move(hours=hours)  # type: ignore[attr-defined]
        tell_desk(tools)
        assert told(tools) == times, hours


def test_nothing_is_told_of_an_empty_desk(tools: Toolbox, cast: Cast) -> None:
    published(tools, cast.alice)
    tell_desk(tools)
    assert told(tools) == 0


def test_a_flag_is_told_too(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id)
    publish(tools)
    assert flag(app, cast.carol, thread_id, thread_id, "identifying", "見当がつきます。").status_code == 303
    tell_desk(tools)
    assert told(tools) == 1


def test_a_question_of_three_days_is_told_too(tools: Toolbox, cast: Cast) -> None:
    ask(tools, cast.alice)
    work(tools, hours=30)
    tell_desk(tools)
    assert told(tools) == 0
    for _ in range(6):
        work(tools, hours=12)
    tell_desk(tools)
    assert told(tools) == 1


def test_the_coordinator_finds_it_and_the_way_to_the_desk(
    app: Flask, tools: Toolbox, cast: Cast, colleague: Person, thread: str
) -> None:
    tell_desk(tools)
    browser = signed_in(app, cast.erin)
    assert TOLD in browser.get("/inbox").text
    home = browser.get("/").text
    assert "世話役の机を開く" in home
    assert "待っているものがあります" in home
    assert "新しいお知らせがあります" in home
    assert "あと" in note_beside(browser.get("/desk").text, "/words")
    assert "新しいお知らせがあります" not in browser.get("/").text, "the desk was opened"
    assert "未読" not in browser.get("/inbox").text
    other = signed_in(app, cast.alice)
    assert TOLD not in other.get("/inbox").text
    assert "世話役の机を開く" not in other.get("/").text


def test_nobody_learns_from_it_that_something_of_a_colleague_waits(
    app: Flask, tools: Toolbox, colleague: Person, thread: str
) -> None:
    """Their desk is empty, so nothing is told; with the shared note alone it would be."""
    tell_desk(tools)
    assert told(tools) == 1
    browser = signed_in(app, colleague)
    assert TOLD not in browser.get("/inbox").text
    home = browser.get("/").text
    assert "世話役の机を開く" in home
    for word in ("待っているものがあります", "新しいお知らせがあります", "新着"):
        assert word not in home
    assert "あと" not in note_beside(browser.get("/desk").text, "/words")


def test_the_desk_says_on_which_page_something_waits(app: Flask, tools: Toolbox, cast: Cast) -> None:
    browser = signed_in(app, cast.erin)
    assert note_beside(browser.get("/desk").text, "/desk/questions") == "三日たっても回答がないもの"
    ask(tools, cast.alice)
    for _ in range(9):
        work(tools, hours=12)
    page = signed_in(app, cast.erin).get("/desk").text
    assert note_beside(page, "/desk/questions").startswith("あり：")


@pytest.mark.parametrize(("kind", "path"), [("webinar", "/sessions/desk"), ("cohort", "/cohorts/terms")])
def test_what_an_author_wished_is_marked_on_the_desk_and_told_nowhere_else(
    app: Flask, tools: Toolbox, cast: Cast, colleague: Person, kind: str, path: str
) -> None:
    thread_id = published(tools, cast.alice)
    live_through(tools)
    browser = signed_in(app, cast.erin)
    assert "あり" not in note_beside(browser.get("/desk").text, path)
    with tools.database.transaction("content") as stores:
        wish(
            stores, tools.vault, viewer=viewer_of(tools, cast.alice), thread_id=thread_id, kind=kind,
            today=today(tools.clock.now()), window=tools.window,
        )  # fmt: skip
    assert note_beside(browser.get("/desk").text, path) == "あり：質問者からの希望"
    assert "あり" not in note_beside(signed_in(app, colleague).get("/desk").text, path), "a colleague's is not told"
    with tools.database.reading() as stores:
        told_of = duties_of(tools, stores, viewer_of(tools, cast.erin))
    assert not told_of.pages & NO_DATE, "the first page and the notes do not look at all"


def test_a_text_that_waits_for_a_second_editor_is_marked_for_editors(app: Flask, tools: Toolbox, cast: Cast) -> None:
    volunteer(tools, cast.carol)
    made = make_thread(tools, cast.alice, cast.bob)
    erin = signed_in(app, cast.erin)
    assert "あり" not in note_beside(erin.get("/desk").text, "/articles/desk")
    article_id = begin(made, cast.carol)
    send(made, cast.carol, article_id)
    for author in (cast.alice, cast.bob):
        say(tools, author)
    assert note_beside(erin.get("/desk").text, "/articles/desk") == "あり：ふたり目の目や、見直しを待つ文"
    approve(tools, cast.erin, article_id)
    assert "あり" not in note_beside(erin.get("/desk").text, "/articles/desk")


def test_once_the_word_is_given_nothing_waits(app: Flask, tools: Toolbox, cast: Cast, thread: str) -> None:
    browser = signed_in(app, cast.erin)
    found = re.search(r'href="(/words/[0-9a-f]{32})"', browser.get("/words").text)
    assert found
    assert post(browser, found[1], {"text": WORD}, page=found[1]).status_code == 303
    tell_desk(tools)
    assert told(tools) == 0
    assert "待っているものがあります" not in browser.get("/").text


def test_one_rhythm_is_asked_of_coordinators_and_it_keeps_the_promise(app: Flask, cast: Cast) -> None:
    """A word is promised within a day, to whoever ticks the box."""
    asked = next(one for one in PARTS if one.key == "coordinator")
    for text in (asked.hopes, ROLE_PAGES["coordinator"].expects):
        assert "1日に一度、数分" in text
        assert "週に" not in text
    assert "に印をつけると、24時間のうちに" in signed_in(app, cast.alice).get("/welcome/ready").text
