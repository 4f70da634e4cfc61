"""Accepting: the asker, any number of answers, once each, counted at the window; and taken back."""

import pytest
from flask import Flask

from app.questions.models import Post, Thread
from app.vectors.store import find_evidence
from app.wiring import Toolbox
from tests.app.questions.makers import answer, published
from tests.app.queues.stage import opt_in, work
from tests.cast import Cast, post, signed_in


def look(tools: Toolbox, thread_id: str) -> tuple[str, dict[str, bool], dict[str, bool]]:
    """The state of a thread, which answers are accepted, and what matching remembers of that."""
    with tools.database.reading() as stores:
        posts = stores.content.query(Post).where(Post.thread_id == thread_id)
        accepted = {one.id: one.accepted for one in posts}
        known = {one.post: one.accepted for one in find_evidence(stores, tools.vault, thread_id).answers}
        return stores.content.get_one(Thread, thread_id).state, accepted, known


def answered(tools: Toolbox, cast: Cast) -> tuple[str, list[str]]:
    opt_in(tools, cast.bob, cast.carol)
    thread_id = published(tools, cast.alice)
    answers = [answer(tools, one, thread_id) for one in (cast.bob, cast.carol)]
    work(tools, hours=4)
    return thread_id, answers


def test_several_answers_help_from_the_next_window_on(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, answers = answered(tools, cast)
    alice, page = signed_in(app, cast.alice), f"/threads/{thread_id}"
    for post_id in (*answers, answers[0]):
        assert post(alice, f"{page}/accept", {"post": post_id}, page=page).status_code == 303
    assert look(tools, thread_id) == ("answered", dict.fromkeys(answers, False), dict.fromkeys(answers, False))
    assert "次の公開のときに印がつきます" in alice.get(page).text
    assert "役に立った回答" not in signed_in(app, cast.bob).get(page).text
    work(tools, hours=4)
    assert look(tools, thread_id) == ("accepted", dict.fromkeys(answers, True), dict.fromkeys(answers, True))
    assert "役に立った回答" in signed_in(app, cast.bob).get(page).text


def test_it_is_taken_back(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, answers = answered(tools, cast)
    alice, page = signed_in(app, cast.alice), f"/threads/{thread_id}"
    for post_id in answers:
        post(alice, f"{page}/accept", {"post": post_id}, page=page)
    for post_id, state, left in zip(answers, ("accepted", "answered"), ({answers[1]}, set()), strict=True):
        work(tools, hours=4)
        alice = signed_in(app, cast.alice)
        assert post(alice, f"{page}/untap", {"post": post_id, "kind": "accept"}, page=page).status_code == 303
        work(tools, hours=4)
        stands = {one: one in left for one in answers}
        assert look(tools, thread_id) == (state, stands, stands)


def test_a_slip_taken_back_at_once_never_counts(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, answers = answered(tools, cast)
    alice, page = signed_in(app, cast.alice), f"/threads/{thread_id}"
    post(alice, f"{page}/accept", {"post": answers[0]}, page=page)
    post(alice, f"{page}/untap", {"post": answers[0], "kind": "accept"}, page=page)
    work(tools, hours=4)
    assert look(tools, thread_id)[0] == "answered"


def test_what_an_import_accepted_is_taken_back_too(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, answers = answered(tools, cast)
    with tools.database.transaction("content") as stores:
        stores.content.get_one(Post, answers[0]).accepted = True
        stores.content.get_one(Thread, thread_id).state = "accepted"
    alice, page = signed_in(app, cast.alice), f"/threads/{thread_id}"
    post(alice, f"{page}/accept", {"post": answers[1]}, page=page)
    work(tools, hours=4)
    assert look(tools, thread_id)[1] == dict.fromkeys(answers, True)
    post(signed_in(app, cast.alice), f"{page}/untap", {"post": answers[0], "kind": "accept"}, page=page)
    work(tools, hours=4)
    assert look(tools, thread_id)[1] == {answers[0]: False, answers[1]: True}


@pytest.mark.parametrize(
    ("who", "status"), [("bob", 404), ("dave", 404), ("erin", 404), ("frank", 403), ("grace", 403)]
)
def test_nobody_else(app: Flask, tools: Toolbox, cast: Cast, who: str, status: int) -> None:
    thread_id, (_, post_id) = answered(tools, cast)
    client = signed_in(app, cast[who])
    page = "/ask" if status == 404 else "/account"
    assert post(client, f"/threads/{thread_id}/accept", {"post": post_id}, page=page).status_code == status
    work(tools, hours=4)
    assert not look(tools, thread_id)[1][post_id]


def test_not_an_answer_of_this_thread(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, other = published(tools, cast.alice), published(tools, cast.carol)
    post_id = answer(tools, cast.bob, other)
    work(tools, hours=4)
    alice = signed_in(app, cast.alice)
    for wrong in (post_id, "", "0" * 32):
        assert post(alice, f"/threads/{thread_id}/accept", {"post": wrong}, page="/ask").status_code == 404
    work(tools, hours=4)
    assert not look(tools, other)[1][post_id]
