"""Accepting: the asker, any number of answers, once each."""

import pytest
from flask import Flask

from app.questions.models import Post, Thread
from app.vectors.store import find_evidence
from app.wiring import Toolbox
from tests.app.questions.makers import answer, publish, published
from tests.cast import Cast, post, signed_in


def accepted(tools: Toolbox, post_id: str) -> bool:
    with tools.database.reading() as stores:
        return stores.content.get_one(Post, post_id).accepted


def test_several_answers_help(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    answers = [answer(tools, cast.bob, thread_id), answer(tools, cast.carol, thread_id)]
    publish(tools)
    alice, page = signed_in(app, cast.alice), f"/threads/{thread_id}"
    for post_id in (*answers, answers[0]):
        assert post(alice, f"{page}/accept", {"post": post_id}, page=page).status_code == 303
    assert all(accepted(tools, post_id) for post_id in answers)
    with tools.database.reading() as stores:
        assert stores.content.get_one(Thread, thread_id).state == "accepted"
        assert all(one.accepted for one in find_evidence(stores, tools.vault, thread_id).answers)


@pytest.mark.parametrize(
    ("who", "status"), [("bob", 404), ("dave", 404), ("erin", 404), ("frank", 403), ("grace", 403)]
)
def test_nobody_else(app: Flask, tools: Toolbox, cast: Cast, who: str, status: int) -> None:
    thread_id = published(tools, cast.alice)
    post_id = answer(tools, cast.carol, thread_id)
    publish(tools)
    client = signed_in(app, cast[who])
    page = "/ask" if status == 404 else "/account"
    assert post(client, f"/threads/{thread_id}/accept", {"post": post_id}, page=page).status_code == status
    assert not accepted(tools, post_id)


def test_not_an_answer_of_this_thread(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, other = published(tools, cast.alice), published(tools, cast.carol)
    post_id = answer(tools, cast.bob, other)
    publish(tools)
    alice = signed_in(app, cast.alice)
    for wrong in (post_id, "", "0" * 32):
        assert post(alice, f"/threads/{thread_id}/accept", {"post": wrong}, page="/ask").status_code == 404
    assert not accepted(tools, post_id)
