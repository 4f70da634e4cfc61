"""The demo's front page as a browser uses it: one tap signs each of the nine in, and the members can ask."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.demo_people import PEOPLE
from tests.app.demo.test_fill import Demo, demo
from tests.conftest import make_app

__all__ = ["demo"]
MEMBERS = ("practitioner", "expert-one", "expert-two", "colleague", "coordinator")


@dataclass
class Form:
    """One form of a page: where it goes, what it carries."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """Every form of a page, with its filled fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(told.get("action", "")))
        elif tag == "input" and told.get("name") and is_sent(told):
            self.found[-1].fields[told["name"]] = told.get("value", "")


def is_sent(told: dict[str, str]) -> bool:
    """Whether a browser sends this input untouched."""
    return told.get("type") not in {"checkbox", "radio"} or "checked" in told


@pytest.fixture(scope="module")
def app(demo: Demo) -> Flask:
    return make_app(demo.tools)


def form_to(page: str, action: str) -> Form:
    """The form of a page that goes to this address."""
    return next(one for one in Forms(page).found if one.action == action)


def tap(app: Flask, key: str) -> tuple[FlaskClient, str]:
    """Press this person's button on the front page: (the browser, where it leads)."""
    client = app.test_client()
    forms = Forms(client.get("/").text).found
    button = next(one for one in forms if one.fields.get("mail", "").startswith(f"{key}@"))
    answer = client.post(button.action, data=button.fields)
    assert answer.status_code == 303
    return client, answer.location


def test_one_button_a_person_and_no_other(app: Flask) -> None:
    mails = [one.fields["mail"] for one in Forms(app.test_client().get("/").text).found if "mail" in one.fields]
    assert mails == [one.mail for one in PEOPLE]


@pytest.mark.parametrize("key", [one.key for one in PEOPLE])
def test_one_tap_signs_in(app: Flask, key: str) -> None:
    client, place = tap(app, key)
    assert not place.startswith("/sign-in")
    assert client.get(place).status_code == 200
    assert "サインアウト" in client.get("/").text
    for path, sees in (("/ask", key in MEMBERS), ("/company", key == "analyst"), ("/waiting", key == "outsider")):
        assert (client.get(path).status_code == 200) == sees, path


@pytest.mark.parametrize("key", MEMBERS)
def test_a_member_asks_with_what_the_form_proposes(app: Flask, key: str) -> None:
    client, _ = tap(app, key)
    ask = form_to(client.get("/ask").text, "/ask/preview")
    title = "夜の酸素をどう見ていますか"
    typed = {**ask.fields, "title": title, "field_situation": "ニジマスの池で、明け方に下がります。"}
    sent = client.post(ask.action, data=typed)
    assert (sent.status_code, sent.location) == (303, "/ask/preview")
    publish = form_to(client.get(sent.location).text, "/ask/publish")
    answer = client.post(publish.action, data=publish.fields)
    assert answer.status_code == 303
    assert re.fullmatch(r"/threads/[0-9a-f]{32}", answer.location)
    assert title in client.get(answer.location).text
