"""What an author may do to their own words: change, add, take back, take out; all of it theirs alone."""

import pytest

from app.clock import today
from app.community.changing import add, change, find_mine, may_change, withdraw
from app.community.taken_words import own_texts, take_words_out
from app.errors import NotThere
from app.keystore import DataKey
from app.questions.rekeying import forget_key
from app.redacting.service import redactor
from app.wiring import Toolbox
from tests.app.community.makers import BODY, opened, publish_later, say, seen
from tests.cast import Cast, Person, viewer_of

NEWER = "朝ではなく、夕方の餌のあとに数えるようにしました。"


def _change(tools: Toolbox, person: Person, writing_id: str, body: str = NEWER) -> None:
    with tools.database.transaction("content", "keys") as stores:
        change(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), writing_id=writing_id,
            texts={"body": body}, window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip


def _withdraw(tools: Toolbox, person: Person, writing_id: str) -> str | None:
    with tools.database.transaction("content", "keys") as stores:
        old = withdraw(stores, tools.vault, viewer=viewer_of(tools, person), writing_id=writing_id, window=tools.window)
    if old is not None:
        with tools.database.transaction("keys") as stores:
            forget_key(stores, old)
    return old


def test_what_waits_is_changed_at_once_what_is_out_at_its_window(tools: Toolbox, cast: Cast) -> None:
    place = opened(tools, cast.alice)
    (first,) = seen(tools, cast.alice, place)
    late = say(tools, cast.alice, place)
    _change(tools, cast.alice, late)
    assert [card.texts["body"] for card in seen(tools, cast.alice, place)] == [BODY, NEWER]
    _change(tools, cast.alice, first.id)
    assert seen(tools, cast.alice, place)[0].changing
    assert seen(tools, cast.bob, place)[0].texts["body"] == BODY
    publish_later(tools)
    card = seen(tools, cast.bob, place)[0]
    assert (card.texts["body"], card.edited) == (NEWER, today(tools.clock.now()))


def test_after_somebody_else_wrote_it_stands_beneath(tools: Toolbox, cast: Cast) -> None:
    place = opened(tools, cast.alice)
    say(tools, cast.bob, place)
    publish_later(tools)
    (first, _) = seen(tools, cast.alice, place)
    _change(tools, cast.alice, first.id)
    with tools.database.transaction("content", "keys") as stores:
        add(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.alice), writing_id=first.id, text="追って。",
            window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip
    publish_later(tools)
    card = seen(tools, cast.bob, place)[0]
    assert card.texts["body"] == BODY
    assert sorted(one.text for one in card.additions) == sorted([NEWER, "追って。"])


def test_withdrawn_words_are_gone_with_their_key(tools: Toolbox, cast: Cast) -> None:
    place = opened(tools, cast.alice)
    say(tools, cast.alice, place, body="のこる言葉")
    publish_later(tools)
    waiting = say(tools, cast.alice, place, body="まだの言葉")
    first, second, _ = seen(tools, cast.alice, place)
    old = _withdraw(tools, cast.alice, first.id)
    _withdraw(tools, cast.alice, waiting)
    with tools.database.reading() as stores:
        assert stores.keys.get(DataKey, old) is None
    cards = seen(tools, cast.bob, place)
    assert [(card.id, card.withdrawn) for card in cards] == [(first.id, True), (second.id, False)]
    assert cards[1].texts["body"] == "のこる言葉"
    for person in (cast.alice, cast.bob):
        with pytest.raises(NotThere):
            _withdraw(tools, person, first.id if person is cast.alice else second.id)


def test_words_are_taken_out_of_all_that_stands_there(tools: Toolbox, cast: Cast) -> None:
    place = opened(tools, cast.alice, body="架空湾の北で測りました。")
    say(tools, cast.bob, place, body="> 架空湾の北で測りました。\n\nうちも同じです。")
    publish_later(tools)
    say(tools, cast.alice, place, body="架空湾は広いです。")
    viewer = viewer_of(tools, cast.alice)
    with tools.database.reading() as stores:
        assert len(own_texts(stores, tools.vault, viewer=viewer, place=place)) == 2
        found = redactor(stores, tools.vault, tools.names)
    with tools.database.transaction("content", "keys") as stores:
        old = take_words_out(
            stores, tools.vault, tools.trade, found, viewer=viewer, place=place, words=["架空湾"], window=tools.window
        )
    with tools.database.transaction("keys") as stores:
        forget_key(stores, old)
    publish_later(tools)
    texts = [card.texts["body"] for card in seen(tools, cast.carol, place)]
    assert texts == [
        "■■の北で測りました。",
        "> ■■（書いた人が消しました）の北で測りました。\n\nうちも同じです。",
        "■■は広いです。",
    ]
    with pytest.raises(NotThere), tools.database.reading() as stores:
        own_texts(stores, tools.vault, viewer=viewer_of(tools, cast.carol), place=place)


def test_the_form_of_a_change_tells_of_no_colleagues_words(tools: Toolbox, cast: Cast) -> None:
    place = opened(tools, cast.bob)
    said = say(tools, cast.alice, place)
    publish_later(tools)

    def may(person: Person) -> bool:
        with tools.database.reading() as stores:
            mine = find_mine(stores, tools.vault, viewer=viewer_of(tools, person), writing_id=said)
            return may_change(stores, tools.vault, mine)

    say(tools, cast.dave, place)
    publish_later(tools)
    assert may(cast.alice)
    say(tools, cast.carol, place)
    publish_later(tools)
    assert not may(cast.alice)
