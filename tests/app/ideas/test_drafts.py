"""An idea that is not out yet is kept: the second look and the form lose nothing, whichever way one leaves them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.questions.keeping import kept_at
from app.questions.phone import phone_label
from app.wiring import Toolbox
from tests.app.ideas.makers import post_idea
from tests.app.ideas.test_pages import FORM
from tests.cast import Cast, Person, post, signed_in

NAMED = {**FORM, "aim": "架空水産Aの桟橋に置いてほしいです。", "topic": "feed"}


def is_kept(tools: Toolbox, person: Person) -> bool:
    with tools.database.reading() as stores:
        return bool(kept_at(stores, person.secret, "idea"))


def language_leads_to(page: str) -> str:
    found = re.search(r'name="next" value="([^"]*)"', page)
    assert found
    return found[1]


def stands_in_form(browser: FlaskClient) -> bool:
    page = browser.get("/ideas/new").text
    return NAMED["aim"] in page and 'value="feed" selected' in page and f'value="{FORM["title"]}"' in page


@pytest.mark.parametrize("who", ["alice", "frank"])
def test_the_second_look_and_the_other_language_lose_nothing(app: Flask, cast: Cast, tools: Toolbox, who: str) -> None:
    browser = signed_in(app, cast[who])
    looked = post(browser, "/ideas/new", NAMED)
    if who == "frank":  # the company's own name is none that gives it away
        looked = post(browser, "/ideas/new", {**NAMED, "do": "look"})
    assert "この文で出しますか" in looked.text
    assert "data-confirm-leave" not in looked.text, "nothing would be lost"
    assert language_leads_to(looked.text) == "/ideas/new"
    assert stands_in_form(browser)
    assert ("書きかけがあります" in browser.get("/ideas/new").text) is (who == "alice")
    refused = post(browser, "/ideas/new", {**NAMED, "title": " "})
    assert language_leads_to(refused.text) == "/ideas/new"


def test_what_was_sent_is_no_draft(app: Flask, cast: Cast, tools: Toolbox) -> None:
    browser = signed_in(app, cast.alice)
    post(browser, "/ideas/new", NAMED)
    assert is_kept(tools, cast.alice)
    assert post(browser, "/ideas/new", FORM).status_code == 303
    assert not is_kept(tools, cast.alice)
    assert not stands_in_form(browser)


def test_it_is_kept_while_it_is_typed_and_thrown_away(app: Flask, cast: Cast, tools: Toolbox) -> None:
    browser = signed_in(app, cast.alice)
    fields = {**NAMED, "place": "idea", "back": "/ideas/new"}
    assert 'data-keeps="/reply-draft"' in browser.get("/ideas/new").text
    kept = browser.post("/reply-draft", data={**fields, **csrf(browser)}, headers={"Accept": "application/json"})
    assert kept.json == {"kept": True}
    assert stands_in_form(browser)
    assert not stands_in_form(signed_in(app, cast.bob))
    post(browser, "/reply-draft", {**fields, "do": "discard"}, page="/ideas/new")
    assert not stands_in_form(browser)
    other = {**fields, **csrf(browser), "phone": phone_label(cast.bob.secret)}
    assert browser.post("/reply-draft", data=other).status_code == 409


def csrf(browser: FlaskClient) -> dict[str, str]:
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/ideas/new").text)
    assert found
    return {"csrf_token": found[1]}


def test_where_nothing_keeps_it_the_second_look_asks_before_it_is_left(app: Flask, cast: Cast, tools: Toolbox) -> None:
    idea = post_idea(tools, cast.bob)
    looked = post(
        signed_in(app, cast.alice), f"/ideas/{idea}/reply", {"text": "架空水産Aでも使います。"}, page=f"/ideas/{idea}"
    )
    assert "この文で出しますか" in looked.text
    assert 'data-confirm-leave="now"' in looked.text
