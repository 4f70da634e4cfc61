"""A note is read once its reader opened the page it leads to, whichever way they came; and over when there is nothing to say."""

from flask import Flask

from app.wiring import Toolbox
from privacy.pseudonyms import new_id
from tests.app.inbox.test_inbox import leave, told
from tests.app.questions.makers import published
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, post, signed_in

NEW = "新しいお知らせがあります"


def asked(tools: Toolbox, cast: Cast) -> str:
    """Bob has a question, and a note of it."""
    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice)
    work(tools, hours=4)
    work(tools, hours=1)
    assert told(tools, cast.bob) == ["picked"]
    return thread_id


def test_the_thread_opened_by_another_way_is_read(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, other = (published(tools, cast.alice, token=one) for one in ("one", "two"))
    for one in (thread_id, other):
        leave(tools, cast.alice, one, "answered")
    browser = signed_in(app, cast.alice)
    assert browser.get("/inbox").text.count("未読") == 2
    browser.get(f"/threads/{thread_id}")
    assert browser.get("/inbox").text.count("未読") == 1
    browser.get(f"/threads/{other}")
    assert NEW not in browser.get("/").text
    assert "未読" not in signed_in(app, cast.alice).get("/inbox").text, "in another browser too"


def test_what_came_after_the_page_was_opened_is_not(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    browser = signed_in(app, cast.alice)
    browser.get(f"/threads/{thread_id}")
    for _ in range(3):
        tools.clock.move(seconds=1200)  # type: ignore[attr-defined]
        browser.get("/account")
    leave(tools, cast.alice, thread_id, "answered")
    assert NEW in browser.get("/").text


def test_a_page_of_the_same_thread_reads_nothing_else(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """What asks for something on a page of its own waits until that page is opened."""
    thread_id = published(tools, cast.alice)
    leave(tools, cast.alice, thread_id, "helped")
    browser = signed_in(app, cast.alice)
    browser.get(f"/threads/{thread_id}")
    assert "未読" in browser.get("/inbox").text


def test_the_cookie_names_no_thread_and_no_page(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    found = []
    for person in (cast.alice, cast.bob):
        browser = signed_in(app, person)
        browser.get(f"/threads/{thread_id}")
        with browser.session_transaction() as visit:
            found.append(visit["opened"][0][0])
    assert thread_id[:8] not in " ".join(found)
    assert found[0] != found[1], "the labels are the reader's own"


def test_a_question_that_came_is_read_with_its_offer(app: Flask, tools: Toolbox, cast: Cast) -> None:
    asked(tools, cast)
    browser = signed_in(app, cast.bob)
    assert NEW in browser.get("/").text
    browser.get(f"/queue/{offers_of(tools, cast.bob)[0].id}")
    assert NEW not in browser.get("/").text


def test_a_question_that_was_answered_is_over_in_any_browser(app: Flask, tools: Toolbox, cast: Cast) -> None:
    asked(tools, cast)
    offer = offers_of(tools, cast.bob)[0].id
    fields = {"token": str(new_id()), "text": "夜明け前に測りました。", "plain": "1"}
    assert post(signed_in(app, cast.bob), f"/queue/{offer}/answer", fields, page=f"/queue/{offer}").status_code == 303
    browser = signed_in(app, cast.bob)
    assert NEW not in browser.get("/").text
    assert "未読" not in browser.get("/inbox").text
