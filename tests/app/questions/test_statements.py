"""What a page and a post may ask of the database, counted over all that a request does: limits, session, page, marks."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select

from app.processes import refresh_crowds
from app.questions.models import Post
from app.wiring import Toolbox
from tests.app.questions.makers import FORM, TITLE, answer, publish, published
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, make_person, signed_in, token_in
from tests.conftest import claim

PAGE, POST, KILOBYTES = 6, 12, 30


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement but those that begin a transaction."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("BEGIN"):
            found.append(" ".join(statement.split())[:120])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def asked(tools: Toolbox, cast: Cast) -> str:
    """A question with three answers, a follow-up, and a word of each kind that a reader may leave on the page."""
    thread_id = published(tools, cast.alice)
    for person in (cast.bob, cast.carol, cast.erin):
        answer(tools, person, thread_id)
    publish(tools)
    return thread_id


@pytest.mark.parametrize("who", ["alice", "bob", "reader"])
def test_a_thread_is_read_in_six_statements(tools: Toolbox, app: Flask, cast: Cast, who: str) -> None:
    thread_id = asked(tools, cast)
    person = make_person(tools, "reader", cast.organisations["B"]) if who == "reader" else cast[who]
    answer(tools, cast.bob, thread_id)  # waits for its window
    client = signed_in(app, person)
    for _ in range(2):
        with counted() as statements:
            page = client.get(f"/threads/{thread_id}")
        assert page.status_code == 200
        assert len(statements) <= PAGE, "\n".join(statements)
        assert len(page.data) <= KILOBYTES * 1024
        tools.clock.move(seconds=120)  # type: ignore[attr-defined]  the purse is empty again: the worst case


def test_a_reply_takes_twelve_with_session_and_limits(tools: Toolbox, app: Flask, cast: Cast) -> None:
    """An answer from the queue, one from the page, and a follow-up: each sent as its form is, with session and limits."""
    opt_in(tools, cast.bob)
    thread_id = ask_question(tools, cast.alice)
    work(tools, hours=5)
    claim(tools, demo=False)
    offer = offers_of(tools, cast.bob)[0].id
    posts = {
        f"/queue/{offer}/answer": ("bob", f"/queue/{offer}"),
        f"/threads/{thread_id}/answer": ("carol", f"/threads/{thread_id}"),
        f"/threads/{thread_id}/followup": ("alice", f"/threads/{thread_id}"),
    }
    for action, (name, page) in posts.items():
        client = signed_in(app, cast[name])
        fields = {
            "csrf_token": token_in(client.get(page)),
            "token": action,
            "text": "夜明け前に測りました。",
            "plain": "1",
        }
        tools.clock.move(seconds=120)  # type: ignore[attr-defined]
        with counted() as statements:
            assert client.post(action, data=fields).status_code == 303
        assert len(statements) <= POST, statements


@pytest.mark.parametrize("before", [0, 1])
def test_a_question_takes_twelve_too(tools: Toolbox, app: Flask, cast: Cast, before: int) -> None:
    """The first, and one of somebody whose last question still waits for an answer."""
    for _ in range(before):
        published(tools, cast.alice, token="the first")
        tools.clock.move(seconds=86_400)  # type: ignore[attr-defined]
    statements = asking(tools, signed_in(app, cast.alice))
    assert len(statements) <= POST, statements


def asking(tools: Toolbox, client: FlaskClient) -> list[str]:
    """What it takes to publish a question that was looked at before."""
    csrf = token_in(client.get("/ask"))
    client.post("/ask/preview", data={**FORM, "title": f"{TITLE}。夜だけです。", "csrf_token": csrf})
    token = re.search(r'name="token" value="([^"]+)"', client.get("/ask/preview").text)
    assert token is not None
    tools.clock.move(seconds=120)  # type: ignore[attr-defined]
    with counted() as statements:
        response = client.post("/ask/publish", data={"csrf_token": csrf, "token": token[1]})
    assert response.status_code == 303
    assert "/threads/" in response.location
    return statements


def test_whoever_holds_threads_of_others_is_asked_no_more_of(tools: Toolbox, app: Flask, cast: Cast) -> None:
    """An expert in several threads, with a crowd counted and mail wished for: answers, writes again, marks, and asks."""
    opt_in(tools, cast.bob)
    first, second, third = (ask_question(tools, person, title=TITLE) for person in (cast.alice, cast.carol, cast.dave))
    work(tools, hours=5)
    claim(tools, demo=False)
    refresh_crowds(tools)
    answer(tools, cast.carol, third)
    answer(tools, cast.bob, second)
    work(tools, hours=30)
    (post_id,) = posts_of(tools, third)
    offer = next(one.id for one in offers_of(tools, cast.bob) if one.thread_id == first)
    page = f"/threads/{third}"
    posts = [
        (f"/queue/{offer}", f"/queue/{offer}/answer", {"token": "one", "text": "夜明けです。", "notify": "y"}),
        (page, f"{page}/answer", {"token": "two", "text": "夜明けです。", "notify": "1"}),
        (f"/threads/{second}", f"/threads/{second}/followup", {"token": "three", "text": "夜明けです。"}),
        (page, f"{page}/worked", {"post": post_id}),
        (page, f"{page}/endorse", {"post": post_id}),
    ]
    client = signed_in(app, cast.bob)
    for shown, action, fields in posts:
        fields |= {"csrf_token": token_in(client.get(shown)), "plain": "1"}
        tools.clock.move(seconds=120)  # type: ignore[attr-defined]
        with counted() as statements:
            assert client.post(action, data=fields).status_code == 303
        assert len(statements) <= POST, (action, statements)
    assert len(asking(tools, client)) <= POST


def posts_of(tools: Toolbox, thread_id: str) -> list[str]:
    with tools.database.reading() as stores:
        return list(stores.content.scalars(select(Post.id).where(Post.thread_id == thread_id)))
