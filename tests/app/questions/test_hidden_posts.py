"""What is hidden until a coordinator has looked at it: every path by which others could read it is closed."""

import re

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.questions.models import Post, Thread
from app.wiring import Toolbox
from tests.app.questions.makers import (
    SITUATION,
    TITLE,
    answer,
    ask,
    index,
    make_question,
    publish,
    published,
)
from tests.app.questions.pictures import encoded, pixels
from tests.app.questions.test_lists import ids_on
from tests.app.queues.stage import opt_in, work
from tests.app.queues.test_reasons import named
from tests.cast import Cast, Person, signed_in

WORDS = "夜明け前に酸素を測ってみてください。"
NOTE = "確認中のため、いまは表示していません"


def hide(tools: Toolbox, table: type[Thread] | type[Post], row: str, *, hidden: bool = True) -> None:
    with tools.database.transaction("content") as stores:
        stores.content.execute(update(table).where(table.id == row).values(hidden=hidden))


def only_post(tools: Toolbox, thread_id: str) -> str:
    with tools.database.reading() as stores:
        return stores.content.scalars(select(Post.id).where(Post.thread_id == thread_id)).one()


def photos_on(page: str) -> list[str]:
    return re.findall(r'src="(/(?:threads|company)/[^"]+/photos/[^"]+)"', page)


@pytest.fixture
def thread_id(tools: Toolbox, cast: Cast) -> str:
    found = published(tools, cast.alice, make_question(company_may=True), photos=(encoded(pixels()),))
    answer(tools, cast.bob, found, WORDS, photos=(encoded(pixels()),))
    publish(tools, windows=60)
    index(tools, found)
    return found


def texts(app: Flask, person: Person, thread_id: str) -> str:
    client = signed_in(app, person)
    return client.get(f"/{'company' if person.name == 'frank' else 'threads'}/{thread_id}").text


def test_a_hidden_answer_is_there_for_its_author_alone(app: Flask, tools: Toolbox, cast: Cast, thread_id: str) -> None:
    before = photos_on(texts(app, cast.carol, thread_id))
    assert len(before) == 2
    hide(tools, Post, only_post(tools, thread_id))
    for who in ("alice", "carol", "erin", "frank"):
        page = texts(app, cast[who], thread_id)
        assert WORDS not in page, who
        assert NOTE in page, who
        assert SITUATION in page, who
        assert len(photos_on(page)) == 1, who
    assert WORDS in texts(app, cast.bob, thread_id)
    codes = {signed_in(app, cast.carol).get(one).status_code for one in before}
    assert codes == {200, 404}
    assert {signed_in(app, cast.bob).get(one).status_code for one in before} == {200}


def test_a_hidden_question_is_on_no_list_and_in_no_search(
    app: Flask, tools: Toolbox, cast: Cast, thread_id: str
) -> None:
    paths = {"carol": ("/threads", f"/threads?q={TITLE}"), "bob": ("/mine", "/queue/settings"), "frank": ("/company",)}
    assert all([TITLE in signed_in(app, cast[who]).get(path).text for who in ("carol", "frank") for path in paths[who]])
    hide(tools, Thread, thread_id)
    for who, listed in paths.items():
        for path in listed:
            page = signed_in(app, cast[who]).get(path).text
            assert SITUATION[:12] not in page, path
            assert who == "bob" or thread_id not in page, path
            assert f">{TITLE}<" not in page, path
    alice = signed_in(app, cast.alice)
    assert thread_id in ids_on(alice.get("/threads").text)
    assert thread_id in ids_on(alice.get("/mine").text)


def test_a_hidden_question_takes_its_answers_along(app: Flask, tools: Toolbox, cast: Cast, thread_id: str) -> None:
    pictures = photos_on(texts(app, cast.carol, thread_id))
    hide(tools, Thread, thread_id)
    for who in ("carol", "erin", "frank"):
        page = texts(app, cast[who], thread_id)
        assert NOTE in page, who
        assert not {word for word in (TITLE, SITUATION, WORDS) if word in page}, who
        assert photos_on(page) == [], who
    assert {signed_in(app, cast.carol).get(one).status_code for one in pictures} == {404}
    bob = texts(app, cast.bob, thread_id)
    assert WORDS in bob
    assert SITUATION not in bob
    assert SITUATION in texts(app, cast.alice, thread_id)
    hide(tools, Thread, thread_id, hidden=False)
    assert SITUATION in texts(app, cast.carol, thread_id)


def test_it_is_not_close_to_anything(app: Flask, tools: Toolbox, cast: Cast, thread_id: str) -> None:
    data = {"title": TITLE, "subject": "rainbow-trout"}

    def close() -> str:
        client = signed_in(app, cast.carol)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/ask").text)
        assert token
        return client.post("/ask/similar", data={**data, "csrf_token": token[1]}).text

    assert thread_id in close()
    hide(tools, Thread, thread_id)
    assert thread_id not in close()


def test_it_stands_in_no_queue_and_is_no_reason(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    named(tools, cast.alice)
    first = ask(tools, cast.alice, make_question(title="稚魚が朝に死にました", levels={"subject": 0}))
    work(tools, hours=5)
    answer(tools, cast.bob, first, WORDS)
    work(tools, hours=5)
    named(tools, cast.dave)
    second = ask(tools, cast.dave, make_question(title="稚魚が朝に死にます", levels={"subject": 0}))
    work(tools, hours=5)
    bob = signed_in(app, cast.bob)
    offers = re.findall(r'href="(/queue/[0-9a-f]{32})', bob.get("/queue").text)
    assert "稚魚が朝に死にました" in bob.get(offers[0]).text
    hide(tools, Thread, first)
    assert "稚魚が朝に死にました" not in bob.get(offers[0]).text
    hide(tools, Thread, second)
    assert "稚魚が朝に死にます" not in bob.get(offers[0]).text
    assert offers[0] not in bob.get("/queue").text
