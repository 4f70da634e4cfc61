"""What follows when flags are upheld: found by the author's own session, with or without a contact, and lifted again."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.mail.models import Contact
from app.questions.models import Post, Sanction, Thread
from app.wiring import Toolbox
from tests.app.moderation.stage import decide, flag, more_people, on_desk, read, send
from tests.app.questions.makers import FORM, answer, publish, published
from tests.app.queues.stage import work
from tests.cast import Cast, Person, post, signed_in

TEXT = "うちの商品がいちばんです。"


@pytest.fixture
def others(tools: Toolbox, cast: Cast) -> dict[str, Person]:
    return more_people(tools, cast)


def upheld(app: Flask, tools: Toolbox, cast: Cast, text: str = TEXT) -> tuple[str, str, str]:
    """An answer of bob's that was flagged and upheld: its thread, its id, its case on the desk."""
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id, text)
    publish(tools)
    with tools.database.reading() as stores:
        post_id = stores.content.scalars(select(Post.id).where(Post.thread_id == thread_id)).one()
    flag(app, cast.carol, thread_id, post_id, "selling")
    case = on_desk(app, cast.erin)[0]
    assert decide(app, cast.erin, case, "uphold", "selling", "商品名を挙げて勧めています。").status_code == 303
    return thread_id, post_id, case


def try_to_answer(bob: FlaskClient, thread_id: str, token: str = "c" * 32) -> TestResponse:
    return send(bob, f"/threads/{thread_id}/answer", {"text": "底のほうの水も見てください。", "token": token})


def read_it(bob: FlaskClient) -> None:
    """Press "読みました"."""
    ids = re.search(r'name="read" value="([^"]*)"', bob.get("/conduct").text)
    assert ids
    assert send(bob, "/conduct", {"read": ids[1]}).status_code == 303


def test_the_first_is_a_reminder_to_be_read(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = upheld(app, tools, cast)[0]
    bob = signed_in(app, cast.bob)
    refused = try_to_answer(bob, thread_id)
    assert refused.status_code == 403
    assert "先に読んでいただきたい" in refused.text
    assert "底のほうの水も見てください。" in refused.text  # nothing typed is lost
    page = bob.get("/conduct").text
    assert "書くことは、いままでどおりできます" in page
    assert f"/threads/{thread_id}/reviews" in page
    assert "商品名を挙げて勧めています" in bob.get(f"/threads/{thread_id}/reviews").text
    read_it(bob)
    assert try_to_answer(bob, thread_id).status_code in (303, 422)
    assert "読みました" not in bob.get("/conduct").text
    assert try_to_answer(signed_in(app, cast.carol), thread_id).status_code in (303, 422)


def test_a_question_whose_only_answer_is_hidden_goes_on(
    app: Flask, tools: Toolbox, cast: Cast, others: dict[str, Person]
) -> None:
    def found() -> tuple[str, str]:
        with tools.database.reading() as stores:
            thread = stores.content.get_one(Thread, thread_id)
            return thread.state, thread.stage

    thread_id, post_id, case = upheld(app, tools, cast)
    assert found() == ("asked", "first")
    work(tools, hours=2)
    assert found()[1] == "second"
    send(
        signed_in(app, cast.bob), f"/threads/{thread_id}/reviews/{post_id}/appeal", {"sentence": "商品ではありません。"}
    )
    decide(app, others["judy"], case, "grant")
    assert found()[0] == "answered"


@pytest.mark.parametrize("what", ["ask", "followup"])
def test_every_way_of_writing_is_closed(app: Flask, tools: Toolbox, cast: Cast, what: str) -> None:
    thread_id = upheld(app, tools, cast)[0]
    bob = signed_in(app, cast.bob)
    if what == "ask":
        send(bob, "/ask/preview", dict(FORM), page="/ask")
        token = re.search(r'name="token" value="([^"]+)"', bob.get("/ask/preview").text)
        assert token
        refused = send(bob, "/ask/publish", {"token": token[1]})
        assert FORM["title"] in bob.get("/ask").text  # the draft is still there
    else:
        refused = send(bob, f"/threads/{thread_id}/followup", {"text": "書き足します。", "token": "d" * 32})
    assert refused.status_code == 403


def test_a_second_within_a_year_closes_writing_for_14_days_and_opens_by_itself(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    upheld(app, tools, cast)
    read_it(signed_in(app, cast.bob))
    tools.clock.move(hours=24 * 30)  # type: ignore[attr-defined]
    thread_id = upheld(app, tools, cast)[0]
    bob = signed_in(app, cast.bob)
    read_it(bob)
    refused = try_to_answer(bob, thread_id)
    assert refused.status_code == 403
    assert "お休みしています" in refused.text
    assert re.search(r"2027年1月\d+日|2026年12月\d+日|2027年\d+月\d+日", refused.text)
    assert "書くことをお休みしています" in bob.get("/conduct").text
    assert bob.get(f"/threads/{thread_id}").status_code == 200  # reading goes on
    tools.clock.move(hours=24 * 13)  # type: ignore[attr-defined]
    assert try_to_answer(signed_in(app, cast.bob), thread_id).status_code == 403
    tools.clock.move(hours=24 * 2)  # type: ignore[attr-defined]
    assert try_to_answer(signed_in(app, cast.bob), thread_id).status_code in (303, 422)


def test_more_than_a_year_apart_is_a_reminder_again(app: Flask, tools: Toolbox, cast: Cast) -> None:
    upheld(app, tools, cast)
    read_it(signed_in(app, cast.bob))
    tools.clock.move(hours=24 * 370)  # type: ignore[attr-defined]
    thread_id = upheld(app, tools, cast)[0]
    bob = signed_in(app, cast.bob)
    assert "先に読んでいただきたい" in try_to_answer(bob, thread_id).text
    read_it(bob)
    assert try_to_answer(bob, thread_id).status_code in (303, 422)


def test_an_appeal_that_is_granted_lifts_it(app: Flask, tools: Toolbox, cast: Cast, others: dict[str, Person]) -> None:
    first = upheld(app, tools, cast)
    read_it(signed_in(app, cast.bob))
    thread_id, post_id, case = upheld(app, tools, cast)
    bob = signed_in(app, cast.bob)
    read_it(bob)
    assert try_to_answer(bob, thread_id).status_code == 403
    send(bob, f"/threads/{thread_id}/reviews/{post_id}/appeal", {"sentence": "商品の話ではありません。"})
    decide(app, others["judy"], case, "grant")
    assert try_to_answer(bob, thread_id).status_code in (303, 422)
    assert TEXT in read(app, cast.carol, f"/threads/{thread_id}")
    assert TEXT not in read(app, cast.carol, f"/threads/{first[0]}")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("sanction", "約束に反すると認められました"),
        ("confirmed", "判断は変わりませんでした"),
        ("granted", "もとに戻しました"),
    ],
)
def test_it_reaches_who_left_no_contact_at_the_next_sign_in(
    app: Flask, tools: Toolbox, cast: Cast, others: dict[str, Person], outcome: str, words: str
) -> None:
    thread_id, post_id, case = upheld(app, tools, cast)
    if outcome != "sanction":
        bob = signed_in(app, cast.bob)
        send(bob, f"/threads/{thread_id}/reviews/{post_id}/appeal", {"sentence": "商品の話ではありません。"})
        do = ("confirm", "selling", "見直しましたが同じ判断です。") if outcome == "confirmed" else ("grant",)
        assert decide(app, others["judy"], case, *do).status_code == 303
    with tools.database.reading() as stores:
        assert not list(stores.content.scalars(select(Contact)))
    tools.clock.move(hours=2)  # type: ignore[attr-defined]
    client = app.test_client()
    fields = {"mail": cast.bob.mail, "password": cast.bob.password}
    response = post(client, "/sign-in", fields)
    if outcome == "sanction":
        assert "/inbox/first" in response.headers["Location"]  # before any other page
        assert words in client.get(response.headers["Location"]).text
    assert words in client.get("/inbox").text


def test_the_reminder_meets_who_never_opens_the_inbox(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """Without a contact, without a look at any note: writing asks for it all the same, at once."""
    thread_id = upheld(app, tools, cast)[0]
    with tools.database.reading() as stores:
        assert not list(stores.content.scalars(select(Contact)))
    assert try_to_answer(signed_in(app, cast.bob), thread_id).status_code == 403


def test_two_of_one_person_do_not_meet_in_the_file(app: Flask, tools: Toolbox, cast: Cast) -> None:
    upheld(app, tools, cast)
    read_it(signed_in(app, cast.bob))
    upheld(app, tools, cast)
    with tools.database.reading() as stores:
        rows = list(stores.content.scalars(select(Sanction)))
        tags = set(stores.content.scalars(select(Post.author_tag)))
    assert len({one.label for one in rows}) == 2
    assert len({len(one.sealed) for one in rows}) == 1
    assert not {one.label for one in rows} & tags
