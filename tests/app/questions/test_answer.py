"""Answering and following up on the real routes."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Member
from app.clock import today
from app.errors import Forbidden, NotThere
from app.questions.answers import add_followup
from app.questions.models import Pending, Post
from app.questions.rules import BadText
from app.wiring import Toolbox
from privacy.scopes import Audience
from tests.app.questions.makers import answer, make_question, publish, published
from tests.cast import Cast, post, signed_in, viewer_of

WORDS = "朝一番の酸素を測り、給餌を半分にして様子を見ました。"


def pending(tools: Toolbox) -> int:
    with tools.database.reading() as stores:
        return len(stores.content.scalars(select(Pending)).all())


def test_an_answer_appears_at_its_window(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    bob, alice = signed_in(app, cast.bob), signed_in(app, cast.alice)
    page = f"/threads/{thread_id}"
    assert post(bob, f"{page}/answer", {"text": WORDS, "token": "t"}, page=page).status_code == 303
    assert WORDS in bob.get(page).text
    assert WORDS not in alice.get(page).text
    publish(tools)
    assert WORDS in signed_in(app, cast.alice).get(page).text


def test_the_same_form_twice_is_one_answer(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    bob, page = signed_in(app, cast.bob), f"/threads/{thread_id}"
    for _ in range(2):
        post(bob, f"{page}/answer", {"text": WORDS, "token": "t"}, page=page)
    assert pending(tools) == 1


@pytest.mark.parametrize("who", ["dave", "frank", "grace"])
def test_who_may_not_read_may_not_answer(tools: Toolbox, cast: Cast, who: str) -> None:
    thread_id = published(tools, cast.alice)
    with pytest.raises((NotThere, Forbidden)):
        answer(tools, cast[who], thread_id)
    assert pending(tools) == 0


def test_a_colleagues_post_looks_like_a_wrong_address(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    dave = signed_in(app, cast.dave)
    for path in ("answer", "followup", "accept"):
        assert post(dave, f"/threads/{thread_id}/{path}", {"text": WORDS}, page="/ask").status_code == 404
        assert post(dave, f"/threads/{'0' * 32}/{path}", {"text": WORDS}, page="/ask").status_code == 404


def test_nobody_answers_themselves(tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    with pytest.raises(Forbidden):
        answer(tools, cast.alice, thread_id)


@pytest.mark.parametrize("state", ["paused", "waiting"])
def test_who_paused_after_their_page_was_read_follows_nothing_up(tools: Toolbox, cast: Cast, state: str) -> None:
    thread_id = published(tools, cast.alice)
    viewer = viewer_of(tools, cast.alice)
    with tools.database.transaction("identity") as stores:
        stores.identity.get_one(Member, cast.alice.member_id).state = state
    with tools.database.transaction("content", "keys") as stores, pytest.raises(Forbidden):
        add_followup(
            stores,
            tools.vault,
            tools.trade,
            viewer=viewer,
            thread_id=thread_id,
            text=WORDS,
            window=tools.window,
            today=today(tools.clock.now()),
        )
    assert pending(tools) == 0


def test_an_asked_expert_answers_where_no_list_leads(tools: Toolbox, cast: Cast, app: Flask) -> None:
    thread_id = published(tools, cast.alice, make_question(audience=Audience.EXPERTS))
    with pytest.raises(NotThere):
        answer(tools, cast.bob, thread_id)
    answer(tools, cast.bob, thread_id, asked=True)
    publish(tools)
    assert signed_in(app, cast.bob).get(f"/threads/{thread_id}").status_code == 200


def test_empty_and_long_texts_are_refused_near_the_field_and_kept(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    bob, page = signed_in(app, cast.bob), f"/threads/{thread_id}"
    empty = post(bob, f"{page}/answer", {"text": "  "}, page=page)
    assert empty.status_code == 422
    assert "まだ書かれていません。" in empty.text
    long = post(bob, f"{page}/answer", {"text": "網" * 8001}, page=page)
    assert long.status_code == 422
    assert "網" * 8001 in long.text
    assert pending(tools) == 0


def test_an_answer_cannot_show_more_than_its_profile(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    page = f"/threads/{thread_id}"
    refused = post(signed_in(app, cast.bob), f"{page}/answer", {"text": WORDS, "level_area": "0"}, page=page)
    assert refused.status_code == 422
    assert WORDS in refused.text
    assert pending(tools) == 0


def test_markup_is_cleaned(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    text = "**太字**\n\n<script>alert(1)</script> ![絵](https://doi.org/a.png) [先](https://doi.org)"
    answer(tools, cast.bob, thread_id, text)
    publish(tools)
    page = signed_in(app, cast.alice).get(f"/threads/{thread_id}").text
    assert "<strong>太字</strong>" in page
    assert "<script>alert" not in page
    assert "<img src" not in page[page.index('class="prose"') :]
    assert 'rel="noopener noreferrer nofollow"' in page


def test_follow_up_of_the_asker_and_of_an_answerer(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id)
    publish(tools)
    page = f"/threads/{thread_id}"
    for who, words in ((cast.alice, "酸素は下がっていました。"), (cast.bob, "では夜の通気を増やしてください。")):
        assert post(signed_in(app, who), f"{page}/followup", {"text": words}, page=page).status_code == 303
    publish(tools)
    with tools.database.reading() as stores:
        posts = stores.content.scalars(select(Post).where(Post.kind == "followup")).all()
    assert sorted(one.author for one in posts) == [0, 1]


def test_a_reader_who_has_not_answered_cannot_follow_up(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    response = post(signed_in(app, cast.carol), f"/threads/{thread_id}/followup", {"text": WORDS}, page="/ask")
    assert response.status_code == 404


def test_the_service_refuses_an_empty_answer(tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    with pytest.raises(BadText):
        answer(tools, cast.bob, thread_id, " ")
