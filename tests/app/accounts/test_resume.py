"""Nothing typed is lost when the session ends meanwhile: it travels through sign-in inside the page."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.clock import SetClock
from app.questions.models import Post
from app.wiring import Toolbox
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, csrf_of, signed_in, token_in

TEXT = "夜明け前の酸素を測ってください。\n<b>それから</b>餌を止めます。"


def hidden_in(page: TestResponse) -> dict[str, str]:
    """Every hidden field of the page's main form."""
    form = page.text.split("<main", 1)[1]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def late_answer(app: Flask, tools: Toolbox, clock: SetClock, cast: Cast) -> tuple[FlaskClient, TestResponse]:
    """Bob types for longer than a session lasts."""
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    client = signed_in(app, cast.bob)
    token = csrf_of(client, "/queue/settings")
    clock.move(hours=1)
    fields = {"csrf_token": token, "text": TEXT, "token": "t", "at_once": "1"}
    return client, client.post(f"/queue/{offers_of(tools, cast.bob)[0].id}/answer", data=fields)


def test_what_was_typed_survives_wrong_and_right_sign_in_and_is_stored_once(
    app: Flask, tools: Toolbox, clock: SetClock, cast: Cast
) -> None:
    client, refused = late_answer(app, tools, clock, cast)
    assert refused.status_code == 401
    wrong = client.post("/sign-in", data={**hidden_in(refused), "mail": cast.bob.mail, "password": "no"})
    assert wrong.status_code == 422
    assert "メールアドレスかパスワードが違います" in wrong.text
    again = client.post("/sign-in", data={**hidden_in(wrong), "mail": cast.bob.mail, "password": cast.bob.password})
    assert again.status_code == 200
    carried = hidden_in(again)
    assert carried["text"].replace("\r\n", "\n") == TEXT
    action = re.findall(r'<form method="post" action="([^"]+)"', again.text.split("<main", 1)[1])[0]
    for _ in range(2):
        assert client.post(action, data=carried).status_code == 303
    work(tools)
    with tools.database.reading() as stores:
        assert len(stores.content.scalars(select(Post)).all()) == 1


def test_reading_goes_to_sign_in_as_ever(app: Flask) -> None:
    assert app.test_client().get("/queue").status_code == 303


def test_a_form_with_nothing_typed_goes_to_sign_in(app: Flask) -> None:
    client = app.test_client()
    assert client.post("/sign-out", data={"csrf_token": csrf_of(client, "/sign-in")}).status_code == 303


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/ask", "/nowhere", "/queue", ""])
def test_only_a_path_that_takes_a_form_here_is_gone_on_to(app: Flask, cast: Cast, path: str) -> None:
    client = app.test_client()
    token = csrf_of(client, "/sign-in")
    sent = {"csrf_token": token, "mail": cast.bob.mail, "password": cast.bob.password}
    answer = client.post("/sign-in", data={**sent, "resume-path": path, "resume_text": "x"})
    assert answer.status_code == 303
    assert answer.location == "/"


def test_passwords_and_codes_are_not_carried(app: Flask) -> None:
    client = app.test_client()
    token = token_in(client.get("/sign-in"))
    fields = {"csrf_token": token, "current": "", "password": "ひみつの言葉です", "code": "123456", "note": "x"}
    answer = client.post("/account/password", data=fields)
    assert answer.status_code == 401
    assert "ひみつの言葉です" not in answer.text
    assert "123456" not in answer.text
