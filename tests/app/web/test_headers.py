"""Every answer carries the headers, pages are never cached, the language is the reader's."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web.headers import HEADERS
from app.wiring import Toolbox
from tests.cast import Cast, csrf_of, signed_in


@pytest.mark.parametrize("path", ["/", "/who-sees-what", "/nowhere", "/static/css/base.css", "/queue"])
def test_headers_are_on_every_answer(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    for name, value in HEADERS.items():
        assert response.headers[name] == value


def test_the_policy_has_nothing_unsafe() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "data:" not in policy


def test_pages_are_not_stored_and_static_files_are(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-store"
    assert "max-age" in client.get("/static/css/base.css").headers["Cache-Control"]


def test_every_cookie_is_bound_to_the_host(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = app.test_client()
    page = client.get("/sign-in")
    token = csrf_of(client, "/sign-in")
    fields = {"mail": cast.alice.mail, "password": cast.alice.password, "csrf_token": token}
    answer = client.post("/sign-in", data=fields)
    set_cookies = [*page.headers.getlist("Set-Cookie"), *answer.headers.getlist("Set-Cookie")]
    assert set_cookies
    for one in set_cookies:
        assert one.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in one.split(";")}
        assert "SameSite=Lax" in one


def test_the_language_is_the_browsers_until_somebody_chooses(client: FlaskClient) -> None:
    japanese = client.get("/", headers={"Accept-Language": "ja"}).text
    english = client.get("/", headers={"Accept-Language": "en-GB"}).text
    assert 'lang="ja"' in japanese
    assert 'lang="en"' in english
    token = csrf_of(client, "/sign-in")
    client.post("/language", data={"csrf_token": token, "locale": "en", "next": "/"})
    assert 'lang="en"' in client.get("/", headers={"Accept-Language": "ja"}).text


def test_an_error_page_never_repeats_what_was_sent(app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    response = client.get("/threads/canary-ひみつ")
    assert response.status_code == 404
    assert "canary" not in response.text.split('name="next"')[0]


def test_a_missing_static_file_is_no_public_page(client: FlaskClient) -> None:
    missing = client.get("/static/nothing.js")
    assert missing.status_code == 404
    assert missing.headers["Cache-Control"] == "no-store"
