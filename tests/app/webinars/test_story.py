"""A session from its plan to its summary, through the pages."""

import re

from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from app.wiring import Toolbox
from tests.app.questions import makers
from tests.app.webinars import stage
from tests.cast import Cast, post, signed_in


def browsers(app: Flask, cast: Cast) -> tuple[FlaskClient, FlaskClient, FlaskClient]:
    """Erin's, bob's and carol's, signed in just now: a sign-in ends when the clock moves on."""
    return signed_in(app, cast.erin), signed_in(app, cast.bob), signed_in(app, cast.carol)


def test_from_plan_to_summary(app: Flask, tools: Toolbox, cast: Cast) -> None:
    talk_id = plan_and_invite(app, tools, cast)
    sign_up_and_ask(app, tools, cast, talk_id)
    question, after = speak(app, tools, cast, talk_id)
    end(app, tools, cast, talk_id, question, after)


def plan_and_invite(app: Flask, tools: Toolbox, cast: Cast) -> str:
    """A coordinator plans and asks the author of an answer, who says yes."""
    thread_id, posts = stage.answered_thread(tools, cast, cast.bob)
    erin, bob, carol = browsers(app, cast)
    # a coordinator plans, and asks the author of an answer
    planned = post(erin, "/sessions/new", {
        "title": stage.TITLE, "about": stage.ABOUT, "form": "text", "subject": "", "day": "2026-11-25",
        "begins": "19:30", "length": "60",
    })  # fmt: skip
    assert planned.status_code == 303, planned.text
    talk_id = planned.location.split("/")[-2]
    assert bob.get(f"/sessions/{talk_id}").status_code == 404  # nobody sees it yet
    page = erin.get(f"/sessions/{talk_id}/invite?thread=https://shiome.example/threads/{thread_id}")
    assert posts[0] in page.text
    invited = post(
        erin, f"/sessions/{talk_id}/invite", {"thread": thread_id, "post": posts[0]},
        page=f"/sessions/{talk_id}/invite?thread={thread_id}",
    )  # fmt: skip
    assert invited.status_code == 303
    # bob alone is told, and says yes under a handle
    makers.publish(tools)
    erin, bob, carol = browsers(app, cast)
    assert f"/sessions/{talk_id}/invitation" in bob.get("/inbox").text
    assert carol.get(f"/sessions/{talk_id}/invitation").status_code == 404
    assert post(bob, f"/sessions/{talk_id}/invitation", {"word": "yes", "as": "handle"}).status_code == 303
    stage.hear(tools, talk_id)
    assert post(erin, f"/sessions/{talk_id}/announce", page=f"/sessions/{talk_id}/invite").status_code == 303
    return talk_id


def sign_up_and_ask(app: Flask, tools: Toolbox, cast: Cast, talk_id: str) -> None:
    """Carol signs up, takes the calendar file along and asks beforehand."""
    _erin, bob, carol = browsers(app, cast)
    # carol signs up, takes the calendar file along and asks beforehand
    assert stage.TITLE in carol.get("/sessions").text
    assert post(carol, f"/sessions/{talk_id}/sign-up", page=f"/sessions/{talk_id}").status_code == 303
    event = Calendar.from_ical(carol.get(f"/sessions/{talk_id}/calendar.ics").data).events[0]
    assert (str(event["summary"]), event.start.isoformat()) == (stage.TITLE, "2026-11-25T19:30:00+09:00")
    asked = post(
        carol,
        f"/sessions/{talk_id}/questions",
        {"text": "夜の酸素はいくつまで下げられますか。"},
        page=f"/sessions/{talk_id}",
    )
    assert asked.status_code == 303, asked.text
    makers.publish(tools)
    _erin, bob, carol = browsers(app, cast)
    assert "夜の酸素" in bob.get(f"/sessions/{talk_id}").text


def speak(app: Flask, tools: Toolbox, cast: Cast, talk_id: str) -> tuple[str, str]:
    """It runs; gives the question that was answered, and the line after which more came."""
    # it runs: words at once, an answer, and what is new as a piece of the page
    stage.move_to(tools, talk_id, 5)
    _erin, bob, carol = browsers(app, cast)
    assert (
        post(
            bob, f"/sessions/{talk_id}/say", {"text": "はじめます。よろしくお願いします。"}, page=f"/sessions/{talk_id}"
        ).status_code
        == 303
    )
    stage.come_out(tools)
    page = carol.get(f"/sessions/{talk_id}").text
    assert 'role="log"' in page
    assert 'hx-trigger="every 20s"' in page
    after = re.search(r"live\?after=([0-9a-f]{32})", page)
    assert after
    assert carol.get(f"/sessions/{talk_id}/live?after={after[1]}").status_code == 204
    (question,) = stage.question_ids(tools, talk_id)
    post(
        bob,
        f"/sessions/{talk_id}/say",
        {"text": "5を切らないようにしています。", "to": question},
        page=f"/sessions/{talk_id}",
    )
    post(carol, f"/sessions/{talk_id}/questions", {"text": "酸素計は何を使っていますか。"}, page=f"/sessions/{talk_id}")
    stage.come_out(tools)
    new = carol.get(f"/sessions/{talk_id}/live?after={after[1]}")
    assert new.status_code == 200
    assert "5を切らない" in new.text
    assert "はじめます" not in new.text
    return question, after[1]


def end(app: Flask, tools: Toolbox, cast: Cast, talk_id: str, question: str, after: str) -> None:
    """It is over: what stayed open is its author's to decide, and there is a summary."""
    # over: nothing more can be said, what stayed open is its author's to decide
    stage.move_to(tools, talk_id, 61)
    _erin, bob, carol = browsers(app, cast)
    assert "hx-trigger" not in carol.get(f"/sessions/{talk_id}/live?after={after}").text
    stage.keep(tools)
    page = carol.get(f"/sessions/{talk_id}").text
    assert "答えの出なかった、あなたの質問" in page
    assert "答えの出なかった、あなたの質問" not in bob.get(f"/sessions/{talk_id}").text
    open_question = next(one for one in stage.question_ids(tools, talk_id) if one != question)
    to = f"/sessions/{talk_id}/questions/{open_question}/queue"
    said = post(carol, to, {"word": "yes"}, page=f"/sessions/{talk_id}")
    assert said.location.endswith("/ask")
    assert "酸素計は何を使っていますか。" in carol.get("/ask").text
    # the summary
    assert post(bob, f"/sessions/{talk_id}/summary", {"text": "朝の酸素が鍵でした。"}).status_code == 303
    makers.publish(tools, windows=24)
    page = signed_in(app, cast.carol).get(f"/sessions/{talk_id}").text
    assert "朝の酸素が鍵でした。" in page
