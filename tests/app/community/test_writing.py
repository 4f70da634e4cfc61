"""Writing at a place: it waits for its window, shows no more than a role, and is read by whom its scope lets in."""

import pytest

from app.errors import Conflict, WrittenEnough
from app.wiring import Toolbox
from privacy.pseudonyms import new_id
from tests.app.community.makers import BODY, opened, publish_later, say, seen
from tests.cast import Cast


def test_a_writing_waits_for_its_window(tools: Toolbox, cast: Cast) -> None:
    place = str(new_id())
    made = say(tools, cast.alice, place, opens=True, extra={"ends": 3})
    assert seen(tools, cast.bob, place) == []
    (mine,) = seen(tools, cast.alice, place)
    assert (mine.id, mine.waits, mine.is_mine, mine.role) == (made, True, True, "はじめた人")
    publish_later(tools)
    (card,) = seen(tools, cast.bob, place)
    assert (card.texts, card.voice, card.is_mine, card.domain) == ({"body": BODY}, 0, False, ())
    assert card.extra == {"ends": 3}


def test_colleagues_see_neither_the_text_nor_a_gap(tools: Toolbox, cast: Cast) -> None:
    place = opened(tools, cast.bob)
    for person in (cast.alice, cast.carol, cast.alice):
        say(tools, person, place)
        publish_later(tools)
    assert [card.voice for card in seen(tools, cast.bob, place)] == [0, 1, 2, 1]
    assert [(card.voice, card.role) for card in seen(tools, cast.dave, place)] == [(0, "はじめた人"), (1, "発言者1")]
    assert seen(tools, cast.dave, opened(tools, cast.alice)) == []


def test_a_place_is_opened_once_and_a_day_has_an_end(tools: Toolbox, cast: Cast) -> None:
    place = opened(tools, cast.alice)
    with pytest.raises(Conflict):
        say(tools, cast.alice, place, opens=True)
    say(tools, cast.alice, place, token="t" * 8)
    say(tools, cast.alice, place, token="t" * 8)
    assert len(seen(tools, cast.alice, place)) == 2
    with pytest.raises(WrittenEnough):
        say(tools, cast.alice, place, most=2)
