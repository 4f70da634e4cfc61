"""A claim that ends soon is told four hours before, once, and only while it is one."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.inbox.heard import heard
from app.inbox.labels import own_labels
from app.wiring import Toolbox
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, post, signed_in


@pytest.fixture
def bob(app: Flask, tools: Toolbox, cast: Cast) -> FlaskClient:
    """An expert who has just said that he is writing."""
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice)
    work(tools, hours=4)
    browser = signed_in(app, cast.bob)
    press(browser, tools, cast.bob, "claim")
    return browser


def press(browser: FlaskClient, tools: Toolbox, person: Person, what: str, **fields: object) -> None:
    path = f"/queue/{offers_of(tools, person)[0].id}"
    assert post(browser, f"{path}/{what}", dict(fields), page=path).status_code == 303


def reminders(tools: Toolbox, person: Person) -> int:
    with tools.database.reading() as stores:
        own = own_labels(stores, tools.trade, person.secret)
        return [one.kind for one in heard(stores, tools.vault, own, window=tools.window)].count("claim_ends")


def test_four_hours_before(bob: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    work(tools, hours=19)
    assert reminders(tools, cast.bob) == 0
    work(tools, hours=1)
    assert reminders(tools, cast.bob) == 1
    work(tools, hours=10)
    assert reminders(tools, cast.bob) == 1


def test_an_extended_claim_is_told_before_its_new_end(app: Flask, bob: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    work(tools, hours=10)
    press(signed_in(app, cast.bob), tools, cast.bob, "claim")
    work(tools, hours=19)
    assert reminders(tools, cast.bob) == 0
    work(tools, hours=1)
    assert reminders(tools, cast.bob) == 1


@pytest.mark.parametrize(
    ("what", "fields"), [("pass", {"reason": "no_time"}), ("answer", {"text": "夜明け前の酸素を測ってみてください。"})]
)
def test_nothing_is_told_when_it_is_over(
    bob: FlaskClient, tools: Toolbox, cast: Cast, what: str, fields: dict[str, object]
) -> None:
    press(bob, tools, cast.bob, what, **fields)
    work(tools, hours=24)
    assert reminders(tools, cast.bob) == 0
