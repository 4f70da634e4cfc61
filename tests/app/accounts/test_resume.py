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
from tests.app.questions.makers import FORM
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, csrf_of, signed_in, token_in

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


def lapsed(app: Flask, clock: SetClock, person: Person, *, own_phone: bool = False) -> tuple[FlaskClient, str]:
    """A browser whose session has just ended, and the token of a form that is still open in it."""
    client = signed_in(app, person, own_phone=own_phone)
    token = csrf_of(client, "/queue/settings")
    clock.move(hours=24 * 14 + 1 if own_phone else 1)
    return client, token


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


WAYS_OUT = [
    "https://evil.example/", "//evil.example/ask", "///evil.example/ask/preview", "/\\evil.example", "/nowhere", "/queue",
    "ask/preview", "/queue/settings/a\nb", "/ask/preview?x", "",
]  # fmt: skip


@pytest.mark.parametrize("path", WAYS_OUT)
def test_only_a_path_that_takes_a_form_here_is_gone_on_to(app: Flask, cast: Cast, path: str) -> None:
    client = app.test_client()
    token = csrf_of(client, "/sign-in")
    sent = {"csrf_token": token, "mail": cast.bob.mail, "password": cast.bob.password}
    answer = client.post("/sign-in", data={**sent, "resume-path": path, "resume_text": "x"})
    assert answer.status_code == 303
    assert answer.location == "/"


def test_passwords_and_codes_are_not_carried(app: Flask, clock: SetClock, cast: Cast) -> None:
    client, token = lapsed(app, clock, cast.bob)
    secrets = {"current": "いまのひみつ", "password": "ひみつの言葉です", "code": "123456", "last_group": "ZQZQ"}
    answer = client.post("/account/password", data={"csrf_token": token, **secrets, "note": "x"})
    assert answer.status_code == 401
    assert [value for value in secrets.values() if value in answer.text] == []
    assert client.post("/account/password", data={"csrf_token": token, **secrets}).status_code == 303


def test_secrets_named_as_carried_are_dropped_too(app: Flask, clock: SetClock, cast: Cast) -> None:
    client, token = lapsed(app, clock, cast.bob)
    refused = client.post("/ask/preview", data={"csrf_token": token, **FORM})
    sent = {**hidden_in(refused), "mail": cast.bob.mail, "password": cast.bob.password}
    brought = {"resume-path": "/ask/preview", "resume_title": "x", "resume_csrf_token": "c-c-c", "resume_code": "d-d-d"}
    answer = client.post("/sign-in", data={**sent, **brought})
    assert hidden_in(answer)["title"] == "x"
    assert "c-c-c" not in answer.text
    assert "d-d-d" not in answer.text


def test_a_question_survives(app: Flask, clock: SetClock, cast: Cast) -> None:
    """With fields of one name, and up to the preview, where it is the draft."""
    client = signed_in(app, cast.alice)
    typed = {"csrf_token": csrf_of(client, "/ask"), **FORM, "exclude": ["架空水産B", "架空水産C"]}
    clock.move(seconds=31 * 60)
    refused = client.post("/ask/preview", data=typed)
    assert refused.status_code == 401
    assert refused.text.count('name="resume_exclude"') == 2
    again = client.post(
        "/sign-in", data={**hidden_in(refused), "mail": cast.alice.mail, "password": cast.alice.password}
    )
    assert client.post("/ask/preview", data=hidden_in(again)).location == "/ask/preview"
    assert FORM["title"] in client.get("/ask/preview").text


@pytest.mark.parametrize("token", [{}, {"csrf_token": "made-up"}])
def test_words_of_another_site_are_not_carried(app: Flask, token: dict[str, str]) -> None:
    """Its form comes without our cookies, so it always looks like a session that has ended."""
    answer = app.test_client().post("/ask/preview", data={**FORM, **token})
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("letters", [200_001, 460_000, 600_000])
def test_far_too_much_is_not_carried(app: Flask, clock: SetClock, cast: Cast, letters: int) -> None:
    client, token = lapsed(app, clock, cast.bob)
    typed = {"csrf_token": token, "text": "x" * letters}
    assert client.post("/ask/preview", data=typed).status_code == 303


def test_a_long_text_is_carried_all_the_way(app: Flask, clock: SetClock, cast: Cast) -> None:
    client, token = lapsed(app, clock, cast.bob)
    text = "あ" * 45_000
    refused = client.post("/ask/preview", data={"csrf_token": token, "text": text})
    again = client.post("/sign-in", data={**hidden_in(refused), "mail": cast.bob.mail, "password": cast.bob.password})
    assert hidden_in(again)["text"] == text


def test_a_piece_of_a_page_is_not_a_sign_in_form(app: Flask) -> None:
    client = app.test_client()
    typed = {"csrf_token": csrf_of(client, "/sign-in"), **FORM}
    assert client.post("/ask/similar", data=typed, headers={"HX-Request": "true"}).status_code == 303


def test_somebody_who_waits_goes_where_that_is_said(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    sent = {"csrf_token": csrf_of(client, "/sign-in"), "mail": cast.grace.mail, "password": cast.grace.password}
    assert (
        client.post("/sign-in", data={**sent, "resume-path": "/ask/preview", "resume_title": "x"}).location
        == "/waiting"
    )


def test_another_member_of_the_same_browser_gets_an_empty_page(app: Flask, clock: SetClock, cast: Cast) -> None:
    client, token = lapsed(app, clock, cast.alice)
    refused = client.post("/ask/preview", data={"csrf_token": token, **FORM})
    assert refused.status_code == 401
    fields = {**hidden_in(refused), "mail": cast.bob.mail, "password": cast.bob.password}
    answer = client.post("/sign-in", data=fields)
    assert (answer.status_code, answer.location) == (303, "/")
    page = client.get("/").text
    assert FORM["title"] not in page
    assert "書いた方にだけ" in page
    assert FORM["title"] not in client.get("/ask").text


@pytest.mark.parametrize("mark", ["", "x", "0" * 96, "あ" * 96])
def test_a_mark_of_nobody_opens_nothing(app: Flask, clock: SetClock, cast: Cast, mark: str) -> None:
    """The mutant: words without a mark, or with one made up, come back to nobody."""
    client, token = lapsed(app, clock, cast.alice)
    refused = client.post("/ask/preview", data={"csrf_token": token, **FORM})
    fields = {**hidden_in(refused), "resume-by": mark, "mail": cast.alice.mail, "password": cast.alice.password}
    assert client.post("/sign-in", data=fields).status_code == 303


def test_the_mark_names_nobody_and_is_another_each_time(app: Flask, clock: SetClock, cast: Cast) -> None:
    client, token = lapsed(app, clock, cast.alice)
    marks = {hidden_in(client.post("/ask/preview", data={"csrf_token": token, **FORM}))["resume-by"] for _ in range(3)}
    assert len(marks) == 3
    assert not [mark for mark in marks if cast.alice.member_id in mark]


def test_words_of_nobody_we_know_are_not_kept(app: Flask) -> None:
    client = app.test_client()
    typed = {"csrf_token": token_in(client.get("/sign-in")), **FORM}
    assert client.post("/ask/preview", data=typed).status_code == 303


def test_on_an_own_phone_too(app: Flask, clock: SetClock, cast: Cast) -> None:
    client, token = lapsed(app, clock, cast.alice, own_phone=True)
    assert client.post("/ask/preview", data={"csrf_token": token, **FORM}).status_code == 401
