"""Flagging: what hides, who is told, who stays unknown, and that one circle cannot hide a rival's post."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.moderation.models import Case
from app.questions.models import Locker, Mark, Post
from app.wiring import Toolbox
from tests.app.moderation.stage import ANSWER, decide, flag, more_people, on_desk, read, send
from tests.app.questions.makers import answer, publish, published
from tests.cast import Cast, Person, make_person, signed_in


@pytest.fixture
def thread_id(tools: Toolbox, cast: Cast) -> str:
    """Alice asks, bob answers."""
    found = published(tools, cast.alice)
    answer(tools, cast.bob, found, ANSWER)
    publish(tools)
    return found


@pytest.fixture
def post_id(tools: Toolbox, thread_id: str) -> str:
    with tools.database.reading() as stores:
        return stores.content.scalars(select(Post.id)).one()


@pytest.fixture
def others(tools: Toolbox, cast: Cast) -> dict[str, Person]:
    return more_people(tools, cast)


def is_shown(app: Flask, cast: Cast, thread_id: str) -> bool:
    return ANSWER in read(app, cast.erin, f"/threads/{thread_id}")


def test_a_second_voice_of_another_circle_hides(app: Flask, cast: Cast, thread_id: str, post_id: str) -> None:
    assert flag(app, cast.carol, thread_id, post_id, "harmful", "酸素を測るだけでは間に合いません。").status_code == 303
    assert is_shown(app, cast, thread_id)
    flag(app, cast.alice, thread_id, post_id, "selling")
    assert not is_shown(app, cast, thread_id)
    assert ANSWER in read(app, cast.bob, f"/threads/{thread_id}")
    assert "世話役が確かめています" in read(app, cast.bob, f"/threads/{thread_id}/reviews")


def test_two_of_one_circle_never_hide(
    app: Flask, tools: Toolbox, cast: Cast, others: dict[str, Person], thread_id: str, post_id: str
) -> None:
    third = make_person(tools, "leo", cast.organisations["C"])
    for person in (cast.carol, others["ivan"], third):
        assert flag(app, person, thread_id, post_id, "charter").status_code == 303
    assert is_shown(app, cast, thread_id)


def test_identifying_hides_at_once_and_its_author_is_told_what_to_do(
    app: Flask, tools: Toolbox, cast: Cast, thread_id: str, post_id: str
) -> None:
    flag(app, cast.carol, thread_id, post_id, "identifying")
    assert not is_shown(app, cast, thread_id)
    tools.clock.move(hours=2)  # type: ignore[attr-defined]
    first = signed_in(app, cast.bob).get("/inbox").text
    assert "だれのことかわかる言葉" in first
    assert f"/threads/{thread_id}/words" in read(app, cast.bob, f"/threads/{thread_id}/reviews")


def test_a_circle_hides_a_rivals_post_once_at_the_most(
    app: Flask, tools: Toolbox, cast: Cast, others: dict[str, Person], thread_id: str, post_id: str
) -> None:
    flag(app, cast.carol, thread_id, post_id, "identifying")
    decide(app, cast.erin, on_desk(app, cast.erin)[0], "put_back")
    assert is_shown(app, cast, thread_id)
    flag(app, others["ivan"], thread_id, post_id, "identifying")
    flag(app, make_person(tools, "leo", cast.organisations["C"]), thread_id, post_id, "identifying")
    assert is_shown(app, cast, thread_id)
    flag(app, cast.alice, thread_id, post_id, "charter")  # two circles that nobody has decided about
    assert not is_shown(app, cast, thread_id)


def test_one_flag_a_week_hides_alone_and_none_after_one_that_was_not_shared(
    app: Flask, tools: Toolbox, cast: Cast, thread_id: str, post_id: str
) -> None:
    second = published(tools, cast.alice)
    flag(app, cast.carol, thread_id, post_id, "identifying")
    flag(app, cast.carol, second, second, "identifying")
    assert "確認中" not in read(app, cast.erin, f"/threads/{second}")
    tools.clock.move(hours=24 * 8)  # type: ignore[attr-defined]
    third = published(tools, cast.alice)
    flag(app, cast.carol, third, third, "identifying")
    assert "確認中" in read(app, cast.erin, f"/threads/{third}")
    for path in on_desk(app, cast.erin):
        decide(app, cast.erin, path, "put_back")
    tools.clock.move(hours=24 * 8)  # type: ignore[attr-defined]
    fourth = published(tools, cast.alice)
    flag(app, cast.carol, fourth, fourth, "identifying")
    assert "確認中" not in read(app, cast.erin, f"/threads/{fourth}")


def test_a_flag_taken_back_shows_it_again(app: Flask, tools: Toolbox, cast: Cast, thread_id: str, post_id: str) -> None:
    flag(app, cast.carol, thread_id, post_id, "identifying")
    page = f"/threads/{thread_id}/flag/{post_id}"
    carol = signed_in(app, cast.carol)
    assert "知らせを取り消す" in carol.get(page).text
    flag(app, cast.carol, thread_id, post_id, "identifying", "もう一度")  # the same once more is the same flag

    assert send(carol, f"{page}/undo").status_code == 303
    assert is_shown(app, cast, thread_id)
    assert on_desk(app, cast.erin) == []
    assert send(carol, f"{page}/undo").status_code == 404
    with tools.database.reading() as stores:
        assert not list(stores.content.scalars(select(Mark)))
        assert not list(stores.content.scalars(select(Case)))


def test_a_flag_raised_and_taken_back_over_and_over_hides_once(
    app: Flask, tools: Toolbox, cast: Cast, thread_id: str, post_id: str
) -> None:
    for _ in range(2):
        flag(app, cast.carol, thread_id, post_id, "identifying")
        send(signed_in(app, cast.carol), f"/threads/{thread_id}/flag/{post_id}/undo")
    for comment in ("もう一度", "さらに"):
        assert flag(app, cast.carol, thread_id, post_id, "identifying", comment).status_code == 303
        assert is_shown(app, cast, thread_id)
    assert len(on_desk(app, cast.erin)) == 1, "a coordinator hears of it all the same"


@pytest.mark.parametrize(("reason", "comment"), [("", ""), ("rude", ""), ("harmful", " "), ("charter", "あ" * 301)])
def test_what_says_too_little_or_too_much_comes_back(
    app: Flask, cast: Cast, thread_id: str, post_id: str, reason: str, comment: str
) -> None:
    assert flag(app, cast.carol, thread_id, post_id, reason, comment).status_code == 422
    assert on_desk(app, cast.erin) == []


def test_ten_a_day(app: Flask, tools: Toolbox, cast: Cast) -> None:
    threads = [published(tools, cast.alice) for _ in range(11)]
    codes = [flag(app, cast.carol, one, one, "charter").status_code for one in threads]
    assert codes == [303] * 10 + [422]


def test_who_may_not_read_may_not_flag(app: Flask, cast: Cast, thread_id: str, post_id: str) -> None:
    nobodys = "0" * 32
    assert flag(app, cast.dave, thread_id, post_id, "charter").status_code == 404
    assert flag(app, cast.bob, thread_id, post_id, "charter").status_code == 404  # one's own
    assert flag(app, cast.alice, thread_id, thread_id, "charter").status_code == 404
    assert flag(app, cast.carol, thread_id, nobodys, "charter").status_code == 404
    assert flag(app, cast.frank, thread_id, post_id, "charter").status_code == 403


def test_neither_author_nor_coordinator_learns_who_flagged(
    app: Flask, tools: Toolbox, cast: Cast, thread_id: str, post_id: str
) -> None:
    """Two members flag in turn, with the same words: every page others see is the same, but for ids drawn at random."""

    pages = []
    for who in ("carol", "alice"):
        flag(app, cast[who], thread_id, post_id, "identifying", "船の名前がわかります。")
        path = on_desk(app, cast.erin)[0]
        seen = [read(app, cast.erin, path), read(app, cast.bob, f"/threads/{thread_id}/reviews")]
        pages.append([re.sub(r'[0-9a-f]{32}|value="[^"]*"|content="[^"]*"|<body.*', "", one) for one in seen])

        send(signed_in(app, cast[who]), f"/threads/{thread_id}/flag/{post_id}/undo")
    assert pages[0] == pages[1]
    assert "船の名前がわかります" in pages[0][0]
    assert "船の名前がわかります" not in pages[0][1]


def test_flags_of_one_member_do_not_meet(app: Flask, tools: Toolbox, cast: Cast, thread_id: str, post_id: str) -> None:
    second = published(tools, cast.alice)
    flag(app, cast.carol, thread_id, post_id, "charter")
    flag(app, cast.carol, second, second, "charter")
    with tools.database.reading() as stores:
        labels = [one.label for one in stores.content.scalars(select(Mark))]
        sizes = {len(one.sealed) for one in stores.content.scalars(select(Mark))}
        lockers = {one.label for one in stores.content.scalars(select(Locker))}
    assert len(set(labels)) == 2
    assert len(sizes) == 1
    assert not set(labels) & lockers
