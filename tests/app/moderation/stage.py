"""Small moves the desk's tests are made of: a network of several circles, flags, and what coordinators decide."""

import re

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.wiring import Toolbox
from tests.cast import Cast, Person, make_person, signed_in, token_in

ANSWER = "夜明け前に酸素を測ってみてください。"
OTHERS = {"hanna": "B", "ivan": "C", "judy": "D", "ken": "A"}  # more people, by organisation


def more_people(tools: Toolbox, cast: Cast) -> dict[str, Person]:
    """Colleagues of bob, carol, erin and alice; judy and ken are coordinators."""
    return {
        name: make_person(
            tools, name, cast.organisations[at], roles=("member", *(["coordinator"] if name in ("judy", "ken") else []))
        )
        for name, at in OTHERS.items()
    }


def send(client: FlaskClient, path: str, data: dict[str, str] | None = None, *, page: str = "/account") -> TestResponse:
    """Submit a form with the token of a page."""
    return client.post(path, data={"csrf_token": token_in(client.get(page)), **(data or {})})


def flag(app: Flask, person: Person, thread_id: str, object: str, reason: str, comment: str = "") -> TestResponse:
    """Flag a post as this person."""
    data = {"reason": reason, "comment": comment}
    return send(signed_in(app, person), f"/threads/{thread_id}/flag/{object}", data)


def on_desk(app: Flask, person: Person) -> list[str]:
    """The addresses of what waits on a coordinator's desk."""
    page = signed_in(app, person).get("/desk")
    assert page.status_code == 200
    return list(dict.fromkeys(re.findall(r'href="(/desk/(?:cases|held)/[0-9a-f]{32})"', page.text)))


def decide(app: Flask, person: Person, path: str, do: str, reason: str = "", sentence: str = "") -> TestResponse:
    """Decide about it."""
    return send(signed_in(app, person), path, {"do": do, "reason": reason, "sentence": sentence})


def read(app: Flask, person: Person, path: str) -> str:
    """A page as this person sees it."""
    page = signed_in(app, person).get(path)
    assert page.status_code == 200, page.status_code
    return page.text


def pictures(page: str) -> list[str]:
    """The addresses of the pictures on a page."""
    return re.findall(r'<img src="([^"]+/photos/[^"]+)"', page)
