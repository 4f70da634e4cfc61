"""The house style of what is written: on by default, shown as a difference, left out when its author wants."""

import re

from flask import Flask
from flask.testing import FlaskClient

from app.wiring import Toolbox
from tests.app.questions.makers import published
from tests.app.questions.test_ask_form import preview, token_of
from tests.app.questions.test_draft_check import readers_view
from tests.app.questions.test_reply_check import hidden
from tests.cast import Cast, post, signed_in

TYPED = "水温は１２度だった．．．えらが白い！！"
MARKS = ("１２", "．．．", "！！")


def difference(page: str) -> str:
    """The folded part that says what the house style changes."""
    found = re.search(r"書きぶりをそろえて出します(.*?)</details>", page, re.S)
    assert found
    return found[1]


def drafted(client: FlaskClient) -> str:
    return preview(client, field_situation=TYPED)


def test_it_is_on_and_shows_what_it_changes(app: Flask, cast: Cast) -> None:
    page = drafted(signed_in(app, cast.alice))
    seen = readers_view(page)
    assert "12度" in seen
    assert not any(mark in seen for mark in MARKS)
    shown = difference(page)
    assert "<del>" in shown
    assert "<ins>" in shown
    before = re.sub(r"<ins>.*?</ins>", "", shown)
    assert TYPED in re.sub(r"<[^>]+>", "", before)


def test_the_page_does_not_promise_too_much(app: Flask, cast: Cast) -> None:
    shown = difference(drafted(signed_in(app, cast.alice)))
    assert "大規模言語モデル" in shown
    assert "防げません" in shown
    assert "見分けられることがあります" in shown


def test_it_can_be_left_out_for_this_post(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    page = drafted(alice)
    post(alice, "/ask/check", {"token": token_of(page), "set_plain": "1"}, page="/ask/preview")
    page = alice.get("/ask/preview").text
    assert TYPED in readers_view(page)
    assert "書きぶりは、そのまま出ます" in page
    sent = post(alice, "/ask/publish", {"token": token_of(page)}, page="/ask/preview")
    assert TYPED in alice.get(sent.headers["Location"]).text
    assert "書きぶりは、そのまま出ます" not in drafted(alice)  # the next one is in the house style again


def test_and_taken_back_in(app: Flask, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    for wanted in ("1", "0"):
        page = drafted(alice)
        post(alice, "/ask/check", {"token": token_of(page), "set_plain": wanted}, page="/ask/preview")
    assert "12度" in readers_view(alice.get("/ask/preview").text)


def test_a_title_ends_without_a_full_stop(app: Flask, cast: Cast) -> None:
    page = preview(signed_in(app, cast.alice), title="稚魚が死んでいます。")
    assert "稚魚が死んでいます。" not in readers_view(page)
    assert "稚魚が死んでいます" in readers_view(page)


def test_english_has_its_own(app: Flask, cast: Cast) -> None:
    page = preview(signed_in(app, cast.alice), title="Trout gasping at dawn???", field_situation="Gills are pale!!!")
    assert "Gills are pale!!!" not in readers_view(page)


def test_replies_are_put_into_it_without_a_stop(app: Flask, tools: Toolbox, cast: Cast) -> None:
    path = f"/threads/{published(tools, cast.alice)}"
    bob = signed_in(app, cast.bob)
    assert post(bob, f"{path}/answer", {"text": TYPED, "token": "t"}, page=path).status_code == 303
    shown = bob.get(path).text
    assert "12度" in shown
    assert not any(mark in shown for mark in MARKS)


def test_a_reply_may_go_out_as_typed(app: Flask, tools: Toolbox, cast: Cast) -> None:
    path = f"/threads/{published(tools, cast.alice)}"
    bob = signed_in(app, cast.bob)
    first = post(bob, f"{path}/answer", {"text": TYPED, "token": "t", "do": "look"}, page=path)
    assert "<del>" in difference(first.text)
    plain = bob.post(f"{path}/answer", data={**hidden(first.text), "set_plain": "1"})
    assert TYPED in readers_view(plain.text)
    assert bob.post(f"{path}/answer", data=hidden(plain.text)).status_code == 303
    assert TYPED in bob.get(path).text
