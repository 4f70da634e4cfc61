"""The check of answers and follow-ups, on the thread's page and in the queue: a step only where something is found."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.questions.checks import KEEP, REPLACE, key_of
from app.wiring import Toolbox
from tests.app.questions.makers import publish, published
from tests.app.questions.test_ask_form import pending
from tests.app.questions.test_draft_check import decided, keys_on, readers_view
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, post, signed_in

ANSWER = "架空水産Bでは9月20日に同じことがありました。夜明け前の酸素を測ってください。"
ANSWERED = "ある会社では9月に同じことがありました。夜明け前の酸素を測ってください。"
CLEAN = "夜明け前の酸素を測ってください。"


def answer_path(tools: Toolbox, cast: Cast) -> tuple[str, str, str]:
    path = f"/threads/{published(tools, cast.alice)}"
    return path, f"{path}/answer", "bob"


def followup_path(tools: Toolbox, cast: Cast) -> tuple[str, str, str]:
    path = f"/threads/{published(tools, cast.bob)}"
    return path, f"{path}/followup", "bob"


def queue_path(tools: Toolbox, cast: Cast) -> tuple[str, str, str]:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice)
    work(tools, hours=5)
    path = f"/queue/{offers_of(tools, cast.bob)[0].id}"
    return path, f"{path}/answer", "bob"


Where = Callable[[Toolbox, Cast], tuple[str, str, str]]
PLACES: dict[str, Where] = {"thread": answer_path, "followup": followup_path, "queue": queue_path}


def hidden(page: str) -> dict[str, str]:
    """What a second look carries along."""
    form = page[page.index('id="send-form"') :]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def looked_at(client: FlaskClient, path: str, page: str, **fields: str) -> TestResponse:
    response = post(client, path, {"text": ANSWER, "token": "t", "notify": "1", **fields}, page=page)
    assert response.status_code == 422
    return response


@pytest.mark.parametrize("place", PLACES)
def test_a_reply_without_finds_goes_straight_through(app: Flask, tools: Toolbox, cast: Cast, place: str) -> None:
    page, path, who = PLACES[place](tools, cast)
    sent = post(signed_in(app, cast[who]), path, {"text": CLEAN, "token": "t"}, page=page)
    assert sent.status_code == 303
    assert pending(tools) == 1


@pytest.mark.parametrize("place", PLACES)
def test_a_reply_with_finds_is_shown_before_it_is_stored(app: Flask, tools: Toolbox, cast: Cast, place: str) -> None:
    page, path, who = PLACES[place](tools, cast)
    client = signed_in(app, cast[who])
    review = looked_at(client, path, page).text
    assert pending(tools) == 0
    assert ANSWERED in readers_view(review)
    assert len(keys_on(review)) == 2
    sent = client.post(path, data={**hidden(review), **decided(review)})
    assert sent.status_code == 303
    assert pending(tools) == 1
    assert ANSWERED in client.get(sent.headers["Location"]).text


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("choice", [{}, {"do": KEEP}, {"do": REPLACE, "instead": "架空水産Ｂ"}], ids=str)
def test_a_reply_cannot_name_its_authors_organisation(
    app: Flask, tools: Toolbox, cast: Cast, place: str, choice: dict[str, str]
) -> None:
    page, path, who = PLACES[place](tools, cast)
    client = signed_in(app, cast[who])
    review = looked_at(client, path, page).text
    key = key_of("organisation", "架空水産B")
    fields = {f"{name}-{key}": value for name, value in choice.items()}
    refused = client.post(path, data={**hidden(review), **fields})
    assert refused.status_code == 422
    assert "ご自分の組織の名前が入っています" in refused.text
    assert pending(tools) == 0


@pytest.mark.parametrize("place", PLACES)
def test_going_back_loses_nothing(app: Flask, tools: Toolbox, cast: Cast, place: str) -> None:
    page, path, who = PLACES[place](tools, cast)
    client = signed_in(app, cast[who])
    review = looked_at(client, path, page).text
    date = key_of("date", "9月20日")
    back = client.post(path, data={**hidden(review), **decided(review, **{date: KEEP}), "do": "back"})
    assert ANSWER in back.text
    assert f'name="do-{date}" value="keep"' in back.text
    if place != "followup":
        assert re.search(r'name="notify"[^>]*checked', back.text)
    carried = dict(re.findall(r'<input type="hidden" name="((?:do|instead)-[0-9a-f]+)" value="([^"]*)"', back.text))
    again = looked_at(client, path, page, **carried).text
    assert "9月20日" in readers_view(again)


def test_a_reply_changed_on_the_way_is_shown_again(app: Flask, tools: Toolbox, cast: Cast) -> None:
    page, path, who = answer_path(tools, cast)
    client = signed_in(app, cast[who])
    review = looked_at(client, path, page).text
    changed = decided(review, **{key_of("date", "9月20日"): KEEP})
    again = client.post(path, data={**hidden(review), **changed})
    assert again.status_code == 422
    assert "9月20日" in readers_view(again.text)
    assert client.post(path, data={**hidden(again.text), **changed}).status_code == 303


def test_a_reply_may_be_looked_at_on_wish(app: Flask, tools: Toolbox, cast: Cast) -> None:
    page, path, who = answer_path(tools, cast)
    client = signed_in(app, cast[who])
    review = looked_at(client, path, page, text=CLEAN, do="look").text
    assert keys_on(review) == []
    assert client.post(path, data=hidden(review)).status_code == 303


@pytest.mark.parametrize("place", PLACES)
def test_who_may_not_reply_is_shown_nothing(app: Flask, tools: Toolbox, cast: Cast, place: str) -> None:
    page, path, _ = PLACES[place](tools, cast)
    nobodys = path.replace(page.rpartition("/")[2], "0" * 32)
    dave = signed_in(app, cast.dave)
    assert post(dave, nobodys, {"text": ANSWER, "token": "t"}, page="/ask").status_code == 404
    if place != "followup":
        assert post(dave, path, {"text": ANSWER, "token": "t"}, page="/ask").status_code == 404
    assert post(signed_in(app, cast.frank), path, {"text": ANSWER}, page="/account").status_code == 403
    assert dave.get(path).status_code == 405
    publish(tools)
