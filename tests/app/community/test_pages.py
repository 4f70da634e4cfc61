"""The pages of one writing, and what reading a place costs."""

import random
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app.clock import today
from app.community.models import Writing
from app.community.places import tag_at
from app.questions import service
from app.questions.lockers import PEER
from app.wiring import Toolbox
from privacy.pseudonyms import new_id
from tests.app.community.makers import BODY, opened, publish_later, say, seen
from tests.cast import Cast, post, signed_in

GRAVE = "架空水産Aでは、朝に網を替えています。"


@pytest.fixture
def place(tools: Toolbox, cast: Cast) -> str:
    return opened(tools, cast.alice)


def _first(tools: Toolbox, cast: Cast, place: str) -> str:
    return seen(tools, cast.alice, place)[0].id


def _token(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def test_what_an_author_changes_is_checked_as_what_they_write(
    app: Flask, tools: Toolbox, cast: Cast, place: str
) -> None:
    path = f"/writings/{_first(tools, cast, place)}/change"
    alice = signed_in(app, cast.alice)
    assert BODY in alice.get(path).text
    looked = post(alice, path, {"body": GRAVE, "token": _token(alice, path)})
    assert (looked.status_code, "出す前の確認" in looked.text) == (422, True)
    assert "ご自分の組織の名前" in looked.text
    back = post(alice, path, {"body": GRAVE, "token": _token(alice, path), "do": "back"})
    assert (back.status_code, GRAVE in back.text) == (200, True)
    assert "入力" in post(alice, path, {"body": " ", "token": _token(alice, path)}).text
    sent = post(alice, path, {"body": "夕方に替えるようにしました。", "token": "a" * 32})
    assert (sent.status_code, sent.location) == (303, f"/square#writing-{_first(tools, cast, place)}")
    publish_later(tools)
    assert [card.texts["body"] for card in seen(tools, cast.bob, place)] == ["夕方に替えるようにしました。"]


def test_after_somebody_else_wrote_the_page_offers_an_addition(
    app: Flask, tools: Toolbox, cast: Cast, place: str
) -> None:
    say(tools, cast.bob, place)
    publish_later(tools)
    path = f"/writings/{_first(tools, cast, place)}/change"
    for number in range(5):
        alice = signed_in(app, cast.alice)
        page = alice.get(path).text
        assert "続きが書かれたので" in page
        assert post(alice, path, {"added": f"追って{number}。", "token": _token(alice, path)}).status_code == 303
        publish_later(tools)
    alice = signed_in(app, cast.alice)
    assert "追記は5回までです" in alice.get(path).text
    assert post(alice, path, {"added": "六つめ。", "token": "b" * 32}).status_code == 409
    assert len(seen(tools, cast.bob, place)[0].additions) == 5


def test_taken_back_and_blackened_it_is_gone_from_its_pages(app: Flask, tools: Toolbox, cast: Cast, place: str) -> None:
    writing, alice = _first(tools, cast, place), signed_in(app, cast.alice)
    assert BODY in alice.get(f"/writings/{writing}/words").text
    assert post(alice, f"/writings/{writing}/words", {"words": ""}).status_code == 422
    assert post(alice, f"/writings/{writing}/words", {"words": "沈んだ餌"}).status_code == 303
    assert "■■" in seen(tools, cast.bob, place)[0].texts["body"]
    assert "押すと、こうなります" in alice.get(f"/writings/{writing}/withdraw").text
    assert post(alice, f"/writings/{writing}/withdraw", {}).status_code == 303
    assert seen(tools, cast.bob, place)[0].withdrawn
    assert alice.get(f"/writings/{writing}/withdraw").status_code == 404
    assert alice.get(f"/writings/{writing}").status_code == 303


def test_a_place_is_read_in_three_statements(tools: Toolbox, cast: Cast, place: str) -> None:
    for person in (cast.bob, cast.carol, cast.erin):
        for _ in range(3):
            say(tools, person, place)
    publish_later(tools)
    say(tools, cast.bob, place)
    said: list[str] = []
    engine = tools.database.reader
    event.listen(engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    assert len(seen(tools, cast.bob, place)) == 11
    read = [one for one in said if re.search(r"FROM (writings|pending)|data_keys.id IN", one)]
    assert len(read) == 3, said


def test_writings_of_one_window_come_in_no_order(tools: Toolbox, cast: Cast) -> None:
    """The order in which they were sent is no order of the place; the mutant that keeps it puts bob first always."""
    first = set()
    for seed in range(8):
        place = str(new_id())
        for person in (cast.bob, cast.carol):
            say(tools, person, place, body=person.name, most=99)
        tools.clock.move(hours=4)  # type: ignore[attr-defined]
        with tools.database.transaction("content") as stores:
            service.publish(
                stores, tools.vault, window=tools.window, today=_day(tools), rng=random.Random(seed)
            )  # fmt: skip
            stores.content.flush()
            rows = stores.content.scalars(select(Writing).where(Writing.place == place).order_by(Writing.position))
            first.add(next(iter(rows)).author_tag == _tag(cast, place))
    assert first == {True, False}


def _day(tools: Toolbox) -> date:
    return today(tools.clock.now())


def _tag(cast: Cast, place: str) -> str:
    return tag_at(cast.bob.secret, place, PEER)
