"""Writings of the community are flagged, held, judged and appealed about as posts are."""

import re

import pytest
from flask import Flask

from app.errors import ReminderFirst
from app.wiring import Toolbox
from tests.app.community.makers import opened, publish_later, say, seen
from tests.app.moderation.stage import decide, more_people, on_desk, read, send
from tests.cast import Cast, Person, signed_in

WORDS = "架空湾の北で、夜明け前に酸素を測りました。"


@pytest.fixture
def others(tools: Toolbox, cast: Cast) -> dict[str, Person]:
    return more_people(tools, cast)


def _flag(app: Flask, person: Person, writing_id: str, reason: str, comment: str = "") -> int:
    data = {"reason": reason, "comment": comment}
    return send(signed_in(app, person), f"/writings/{writing_id}/flag", data).status_code


def test_a_second_voice_hides_and_the_upheld_counts_as_for_posts(
    app: Flask, tools: Toolbox, cast: Cast, others: dict[str, Person]
) -> None:
    place = opened(tools, cast.alice, WORDS)
    (card,) = seen(tools, cast.bob, place)
    assert _flag(app, cast.dave, card.id, "charter") == _flag(app, cast.alice, card.id, "charter") == 404
    assert _flag(app, cast.bob, card.id, "selling") == 303
    assert "書きかえて知らせる" in read(app, cast.bob, f"/writings/{card.id}/flag")
    assert seen(tools, cast.carol, place)
    assert _flag(app, cast.carol, card.id, "harmful") == 422
    assert _flag(app, cast.carol, card.id, "harmful", "測る前に入るのは危ないです。") == 303
    assert seen(tools, cast.erin, place) == []
    assert seen(tools, cast.alice, place)[0].hidden
    assert on_desk(app, others["ken"]) == []  # of alice's circle
    (path,) = on_desk(app, cast.erin)
    page = read(app, cast.erin, path)
    assert WORDS in page
    assert "はじめた人" in page
    assert decide(app, cast.erin, path, "uphold", "selling", "すすめすぎです。").status_code == 303
    tools.clock.move(hours=2)  # type: ignore[attr-defined]
    client = signed_in(app, cast.alice)
    assert "約束に反すると認められました" in client.get("/inbox").text
    assert f"/threads/{place}/reviews" in client.get("/conduct").text
    reviews = read(app, cast.alice, f"/threads/{place}/reviews")
    assert "すすめすぎです。" in reviews
    with pytest.raises(ReminderFirst):
        say(tools, cast.alice, place)  # the reminder comes first
    assert send(client, f"/threads/{place}/reviews/{card.id}/appeal", {"sentence": "体験です。"}).status_code == 303
    assert on_desk(app, cast.erin) == []
    (again,) = on_desk(app, others["judy"])
    decide(app, others["judy"], again, "grant")
    assert len(seen(tools, cast.erin, place)) == 1
    assert "お知らせはありません" in read(app, cast.alice, "/conduct")


def test_who_may_be_recognised_is_hidden_at_once_until_words_are_out(app: Flask, tools: Toolbox, cast: Cast) -> None:
    place = opened(tools, cast.alice, WORDS)
    (card,) = seen(tools, cast.bob, place)
    _flag(app, cast.bob, card.id, "identifying")
    assert seen(tools, cast.carol, place) == []
    (path,) = on_desk(app, cast.erin)
    decide(app, cast.erin, path, "words", "identifying", "湾の名前を消してください。")
    assert f"/writings/{card.id}/words" in read(app, cast.alice, f"/threads/{place}/reviews")
    client = signed_in(app, cast.alice)
    assert send(client, f"/writings/{card.id}/words", {"words": "架空湾"}).status_code == 303
    assert send(client, f"/threads/{place}/reviews/{card.id}/done").status_code == 303
    (path,) = on_desk(app, cast.erin)
    decide(app, cast.erin, path, "put_back")
    assert seen(tools, cast.carol, place)[0].texts["body"] == WORDS.replace("架空湾", "■■")


def test_a_price_waits_for_a_coordinator(app: Flask, tools: Toolbox, cast: Cast, others: dict[str, Person]) -> None:
    place = opened(tools, cast.bob)
    made = say(tools, cast.alice, place, "この餌は1kg 250円でした。")
    publish_later(tools)
    assert len(seen(tools, cast.carol, place)) == 1
    assert seen(tools, cast.alice, place)[1].held
    assert on_desk(app, others["ken"]) == []
    (path,) = on_desk(app, cast.erin)
    assert "発言者1" in read(app, cast.erin, path)
    decide(app, cast.erin, path, "refuse", "selling", "値段を外してください。")
    assert f"/writings/{made}/change" in read(app, cast.alice, f"/threads/{place}/reviews")
    client = signed_in(app, cast.alice)
    token = re.search(r'name="token" value="([0-9a-f]+)"', client.get(f"/writings/{made}/change").text)
    assert token is not None
    changed = {"body": "この餌は高めでした。", "token": token[1]}
    assert send(client, f"/writings/{made}/change", changed).status_code == 303
    publish_later(tools)
    assert seen(tools, cast.carol, place)[1].texts["body"] == changed["body"]
    say(tools, cast.carol, place, "こちらは1kg 300円です。")
    (path,) = on_desk(app, cast.erin)
    decide(app, cast.erin, path, "release")
    publish_later(tools)
    assert [card.voice for card in seen(tools, cast.erin, place)] == [0, 1, 2]
