"""A note that is not out yet is kept: the second look, the preview and the form lose nothing."""

import re

import pytest
from flask import Flask

from app.questions.keeping import kept_at
from app.wiring import Toolbox
from tests.app.knowledge.test_pages import NOTE
from tests.cast import Cast, post, signed_in

CHOSEN = {**NOTE, "audience": "members", "notify": "1"}


@pytest.mark.parametrize(
    ("body", "heading"), [(NOTE["body"], "この見え方で出しますか"), ("架空水産Aの網です。", "この文で出しますか")]
)
def test_the_pages_before_it_is_sent_lose_nothing(app: Flask, cast: Cast, body: str, heading: str) -> None:
    browser = signed_in(app, cast.alice)
    shown = post(browser, "/articles/new", {**CHOSEN, "body": body}).text
    assert heading in shown
    assert "data-confirm-leave" not in shown, "nothing would be lost"
    assert 'name="next" value="/articles/new"' in shown
    form = browser.get("/articles/new").text
    assert "書きかけがあります" in form
    assert body in form
    for chosen in ("members", "rainbow-trout"):
        assert re.search(rf'value="{chosen}" (checked|selected)', form)
    assert body not in signed_in(app, cast.bob).get("/articles/new").text


def test_what_was_sent_is_no_draft(app: Flask, tools: Toolbox, cast: Cast) -> None:
    browser = signed_in(app, cast.alice)
    post(browser, "/articles/new", NOTE)
    with tools.database.reading() as stores:
        assert kept_at(stores, cast.alice.secret, "note").typed["body"] == NOTE["body"]
    assert post(browser, "/articles/new", {**NOTE, "previewed": "1"}).status_code == 303
    with tools.database.reading() as stores:
        assert not kept_at(stores, cast.alice.secret, "note")
    assert NOTE["body"] not in browser.get("/articles/new").text
