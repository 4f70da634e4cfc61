"""Asking: limits, once per token, the crowd check, who may ask at all."""

import pytest
from sqlalchemy import select

from app.domains.rules import ScopeTooFine
from app.errors import Forbidden
from app.mail.models import Contact
from app.questions.models import Pending, Thread
from app.questions.rules import Limits, OverLimit
from app.wiring import Toolbox
from privacy.pseudonyms import owner_tag
from tests.app.questions.makers import (
    answer,
    ask,
    crowd_of_twelve,
    make_question,
    open_table_with,
    publish,
    published,
    set_profile,
)
from tests.cast import Cast

LIMITS = Limits(open=3, day=2, week=4)
AREA = {"area": 1}


def count(tools: Toolbox, model: type) -> int:
    with tools.database.reading() as stores:
        return len(stores.content.scalars(select(model)).all())


def test_the_same_token_gives_the_same_thread_once(tools: Toolbox, cast: Cast) -> None:
    first = ask(tools, cast.alice, token="t")
    assert ask(tools, cast.alice, token="t") == first
    assert count(tools, Pending) == 1


def test_another_persons_equal_token_is_another_thread(tools: Toolbox, cast: Cast) -> None:
    assert ask(tools, cast.alice, token="t") != ask(tools, cast.bob, token="t")


def test_at_most_two_a_day(tools: Toolbox, cast: Cast) -> None:
    for _ in range(2):
        ask(tools, cast.alice, limits=LIMITS)
    with pytest.raises(OverLimit) as caught:
        ask(tools, cast.alice, limits=LIMITS)
    assert caught.value.kind == "day"
    assert count(tools, Pending) == 2
    tools.clock.move(hours=24)
    ask(tools, cast.alice, limits=LIMITS)


def test_at_most_three_open_until_one_is_answered(tools: Toolbox, cast: Cast) -> None:
    thread_id = ask(tools, cast.alice, limits=LIMITS)
    for _ in range(2):
        tools.clock.move(hours=24)
        ask(tools, cast.alice, limits=LIMITS)
    tools.clock.move(hours=24)
    with pytest.raises(OverLimit) as caught:
        ask(tools, cast.alice, limits=LIMITS)
    assert caught.value.kind == "open"
    publish(tools)
    answer(tools, cast.bob, thread_id)
    publish(tools)
    ask(tools, cast.alice, limits=LIMITS)


def test_at_most_so_many_a_week(tools: Toolbox, cast: Cast) -> None:
    limits = Limits(open=99, day=2, week=3)
    for hours in (0, 24, 24):
        tools.clock.move(hours=hours)
        ask(tools, cast.alice, limits=limits)
    with pytest.raises(OverLimit) as caught:
        ask(tools, cast.alice, limits=limits)
    assert caught.value.kind == "week"
    tools.clock.move(hours=24 * 6)
    ask(tools, cast.alice, limits=limits)


def test_urgent_once_a_month(tools: Toolbox, cast: Cast) -> None:
    limits = Limits(open=99, day=99, week=99)
    ask(tools, cast.alice, make_question(urgent=True), limits=limits)
    with pytest.raises(OverLimit) as caught:
        ask(tools, cast.alice, make_question(urgent=True), limits=limits)
    assert caught.value.kind == "urgent"
    ask(tools, cast.alice, limits=limits)
    tools.clock.move(hours=24 * 12)
    ask(tools, cast.alice, make_question(urgent=True), limits=limits)


@pytest.mark.parametrize("who", ["frank", "grace"])
def test_only_members_of_verified_organisations_ask(tools: Toolbox, cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        ask(tools, cast[who])


def test_the_group_alone_always_passes(tools: Toolbox, cast: Cast) -> None:
    assert ask(tools, cast.alice)


def test_levels_beyond_the_profile_are_refused_with_what_passes(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 0}, people=crowd_of_twelve(tools))
    with pytest.raises(ScopeTooFine) as caught:
        ask(tools, cast.alice, make_question(levels=AREA))
    assert caught.value.coarser["area"] == 2
    assert count(tools, Pending) == 0


def test_levels_the_table_does_not_open_are_refused_with_the_nearest_open(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 1}, people=crowd_of_twelve(tools))
    set_profile(tools, cast.alice, area=0)
    with pytest.raises(ScopeTooFine) as caught:
        ask(tools, cast.alice, make_question(levels={"area": 0}))
    assert caught.value.coarser["area"] == 1
    thread_id = ask(tools, cast.alice, make_question(levels=caught.value.coarser))
    publish(tools)
    with tools.database.reading() as stores:
        assert stores.content.get_one(Thread, thread_id).table_version == 1


def test_a_crowd_of_one_is_refused_whatever_the_table_says(tools: Toolbox, cast: Cast) -> None:
    open_table_with(tools, {"area": 0})
    set_profile(tools, cast.alice, area=0)
    with pytest.raises(ScopeTooFine) as caught:
        ask(tools, cast.alice, make_question(levels={"area": 0}))
    assert caught.value.coarser["area"] == 2


def test_the_contact_stands_under_the_owner_tag(tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice, contact=b"box")
    with tools.database.reading() as stores:
        row = stores.content.get(Contact, owner_tag(cast.alice.secret, thread_id))
    assert row is not None
    assert row.box == b"box"


def test_questions_nobody_answered_stop_counting_after_their_week(tools: Toolbox, cast: Cast) -> None:
    for _ in range(3):
        ask(tools, cast.alice, limits=LIMITS)
        tools.clock.move(hours=24)
    tools.clock.move(hours=24 * 7)
    assert ask(tools, cast.alice, limits=LIMITS)
