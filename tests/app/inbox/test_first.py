"""What comes before everything else after signing in, with or without an address left for mail."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select

from app.jobs.models import Job
from app.mail.models import Contact
from app.notices.kinds import KINDS
from app.questions.models import Thread
from app.queues.service import set_contact
from app.wiring import Toolbox
from privacy.pseudonyms import owner_tag
from tests.app.inbox.test_inbox import leave
from tests.app.mail.counter import Counter
from tests.app.pages.thieves import box_of
from tests.app.questions.makers import TITLE, published
from tests.app.queues.stage import ask_question, opt_in, work
from tests.cast import Cast, post, sign_in, signed_in

IMPORTANT = [kind for kind, one in KINDS.items() if one.important]
WORDS = {name: "x" for one in KINDS.values() for name in re.findall(r"{(\w+)}", one.sentence)}


@pytest.mark.parametrize("kind", IMPORTANT)
def test_it_is_shown_first_without_any_contact(app: Flask, tools: Toolbox, cast: Cast, kind: str) -> None:
    thread_id = published(tools, cast.alice)
    leave(tools, cast.alice, thread_id, kind, **WORDS)
    with tools.database.reading() as stores:
        assert stores.content.scalars(select(Contact)).all() == []
    browser = app.test_client()
    response = post(browser, "/sign-in", {"mail": cast.alice.mail, "password": cast.alice.password, "next": "/ask"})
    assert response.location == "/inbox/first?next=/ask"
    page = browser.get(response.location).text
    assert TITLE in page
    assert KINDS[kind].action in page
    assert KINDS[kind].sentence.format(**WORDS) in browser.get("/").text
    ids = re.findall(r'name="note" value="([0-9a-f]+)"', page)
    read = post(browser, "/inbox/read", {"note": ids[-1], "next": "/ask"}, page=response.location)
    assert read.location == "/ask"
    assert sign_in(app.test_client(), cast.alice).location == "/"
    assert browser.get("/inbox/first?next=/ask").location == "/ask"


def test_until_it_is_read_it_comes_again(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    leave(tools, cast.alice, thread_id, "scope_changed")
    for _ in range(2):
        assert sign_in(app.test_client(), cast.alice).location == "/inbox/first?next=/"


def test_nothing_else_comes_first(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    leave(tools, cast.alice, thread_id, "answered")
    assert sign_in(app.test_client(), cast.alice).location == "/"
    leave(tools, cast.alice, thread_id, "scope_changed")
    assert sign_in(app.test_client(), cast.bob).location == "/"


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """What is asked of any file."""
    found: list[str] = []

    def keep(
        _connection: object, _cursor: object, statement: str, _values: object, _context: object, _many: bool
    ) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", keep)
    yield found
    event.remove(Engine, "before_cursor_execute", keep)


def badges(page: str) -> list[str]:
    return re.findall(r'class="nav-badge">([^<]*)<', page)


def test_home_says_that_there_is_something_new_and_nothing_of_what(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """One line with a link, and a word beside the entry and beside the menu that holds it; gone once all is read."""
    thread_id = published(tools, cast.alice)
    browser = signed_in(app, cast.alice)
    for path in ("/", "/inbox"):
        assert badges(browser.get(path).text) == []
    leave(tools, cast.alice, thread_id, "answered")
    page = browser.get("/").text
    assert "新しいお知らせがあります" in page
    assert TITLE not in page
    assert badges(page) == ["新着"] * 3, "in the rail, beside the menu of the phone, and in it"
    assert badges(browser.get("/inbox").text) == ["新着"] * 3
    assert badges(signed_in(app, cast.bob).get("/").text) == []
    post(browser, "/inbox/read", page="/inbox")
    for path in ("/", "/inbox"):
        page = browser.get(path).text
        assert badges(page) == []
        assert "新しいお知らせがあります" not in page


def test_what_is_gone_is_nothing_new(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice)
    work(tools, hours=4)
    work(tools, hours=1)
    browser = signed_in(app, cast.bob)
    assert "新しいお知らせがあります" in browser.get("/").text
    with tools.database.transaction("content") as stores:
        stores.content.delete(stores.content.get_one(Thread, thread_id))
    for path in ("/", "/inbox"):
        assert badges(browser.get(path).text) == []


def test_no_other_page_asks_for_notes(app: Flask, tools: Toolbox, cast: Cast, statements: list[str]) -> None:
    thread_id = published(tools, cast.alice)
    browser = signed_in(app, cast.alice)
    statements.clear()
    for path in ("/ask", "/threads", "/mine", f"/threads/{thread_id}", "/queue", "/account"):
        browser.get(path)
    assert [one for one in statements if "notes." in one] == []
    browser.get("/inbox")
    assert [one for one in statements if "notes." in one]


def orders(tools: Toolbox) -> list[int]:
    with tools.database.reading() as stores:
        return [job.due_window - tools.window for job in stores.content.scalars(select(Job).where(Job.kind == "order"))]


def test_who_left_no_address_leaves_no_word(app: Flask, tools: Toolbox, cast: Cast) -> None:
    published(tools, cast.alice)
    signed_in(app, cast.alice)
    assert orders(tools) == []


def test_who_left_one_is_said_to_be_there_once_a_week_and_late(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """Never at once, never on a day that can be told; and the post office's book notes no day."""
    thread_id = published(tools, cast.alice)
    with tools.database.transaction("content") as stores:
        label = str(owner_tag(cast.alice.secret, thread_id))
        set_contact(stores, label=label, box=box_of(tools, cast.alice))
    for _ in range(3):
        signed_in(app, cast.alice)
    assert len(orders(tools)) == 1
    assert 0 < orders(tools)[0] <= 72
    spread = set()
    for _ in range(30):
        tools.clock.move(hours=24 * 7)  # type: ignore[attr-defined]
        signed_in(app, cast.alice)
        spread.add(max(orders(tools)))
    assert len(spread) > 10, "the day it comes tells nothing of the day of signing in"
    counter = Counter(tools)
    counter.tell("answered", label)
    counter.work()
    assert counter.entry(cast.alice.mail).silent == 1
    counter.wait(24 * 7, step=24)
    assert counter.entry(cast.alice.mail).silent == 0
