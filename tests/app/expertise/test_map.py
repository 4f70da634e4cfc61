"""The topic map: counted once a month, served as it was published, silent about few and about single people."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from app.clock import SetClock
from app.expertise.service import each_known, find_next_map, publish_map
from app.leaving.pausing import FAR
from app.queues.rules import Measures, Profile
from app.queues.worker import make_now
from app.wiring import Toolbox
from privacy.scopes import Audience
from tests.app.expertise.makers import SUBJECT, answered, publish, put, put_many
from tests.app.questions.makers import make_question, open_table_with, published, set_profile
from tests.app.questions.test_hidden_subject import crowd
from tests.app.queues.stage import work
from tests.cast import Cast, signed_in

MONTH = 24 * 31


def known(tools: Toolbox) -> list[frozenset[str]]:
    with tools.database.reading() as stores:
        return [one.topics for one in each_known(stores, tools.vault, tools.trade, now=make_now(tools))]


def map_of(app: Flask, cast: Cast) -> str:
    """The map's page without the token of its forms."""
    response = signed_in(app, cast.alice).get("/map")
    assert response.status_code == 200
    return re.sub(r'value="[^"]*"|X-CSRFToken[^>]*', "", response.text)


def test_declared_and_shown_count_once(tools: Toolbox) -> None:
    handle = put(tools, Profile(SUBJECT, "c", topics=("disease", "feed")))
    for _ in range(2):
        answered(tools, handle, "disease")
    answered(tools, handle, "water")
    answered(tools, handle, "nets", subject="coho-salmon")  # as a neighbour: not shown for their own
    assert known(tools) == [frozenset({"disease", "feed", "water"})]


def test_what_was_shown_long_ago_or_is_muted_does_not_count(tools: Toolbox) -> None:
    handle = put(tools, Profile(SUBJECT, "c", topics=("feed",), muted=("water",)))
    answered(tools, handle, "disease", days_ago=600)
    answered(tools, handle, "nets", days_ago=500)
    answered(tools, handle, "water")
    assert known(tools) == [frozenset({"feed", "nets"})]


@pytest.mark.parametrize(
    "change", [{"capacity": 0}, {"unseen": Measures().rest_after}, {"away_until": FAR}, {"subject": "unicorn"}]
)
def test_who_takes_nothing_is_not_counted(tools: Toolbox, change: dict[str, object]) -> None:
    put(tools, replace(Profile(SUBJECT, "c", topics=("feed",)), **change))  # type: ignore[arg-type]
    assert known(tools) == []


def test_the_worker_publishes_it_and_the_page_says_it_in_words(app: Flask, tools: Toolbox, cast: Cast) -> None:
    assert "まだ地図に出せるものがありません" in map_of(app, cast)
    put_many(tools, (5, 5, 5, 5))
    put_many(tools, (8, 8, 8, 8), "feed")
    work(tools)
    page = map_of(app, cast)
    assert re.search(r"病気・へい死</span><span[^>]*>10人以上", page)
    assert re.search(r"餌・給餌</span><span[^>]*>20人以上", page)
    assert "about=rainbow-trout" not in page  # nothing there to be read
    assert "2026年11月の分" in page
    assert "2026年12月1日" in page


def test_a_topic_leads_to_its_questions_only_where_its_reader_finds_some(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    put_many(tools, (8, 8, 8, 8))
    put_many(tools, (8, 8, 8, 8), "feed")
    assert publish(tools)
    hint = "下線のある話題を押すと、読める質問が並びます"
    published(tools, cast.bob, make_question(topic="feed"))  # hides its subject
    assert hint not in map_of(app, cast)
    open_table_with(tools, {"subject": 0}, people=crowd())
    set_profile(tools, cast.bob, subject=0)
    for audience, topic in ((Audience.DOMAIN, "disease"), (Audience.EXPERTS, "feed")):
        published(tools, cast.bob, make_question(topic=topic, levels={"subject": 0}, audience=audience))
    page = map_of(app, cast)
    assert hint in page
    links = re.findall(r'class="chip chip-\d" href="([^"]+)"', page)
    assert links == ["/threads?about=rainbow-trout&amp;topic=disease"]
    assert "まだありません" not in signed_in(app, cast.alice).get(links[0].replace("&amp;", "&")).text
    assert re.search(r'<span class="chip chip-\d"><span>餌・給餌</span>', page)


def test_none_and_four_look_the_same(app: Flask, tools: Toolbox, cast: Cast) -> None:
    put_many(tools, (4, 4, 4, 4))
    assert publish(tools)
    without = map_of(app, cast)
    put_many(tools, (1, 1, 1, 1), "feed")
    put_many(tools, (30,), "water")  # however many, of one circle
    assert isinstance(tools.clock, SetClock)
    tools.clock.move(hours=MONTH)
    assert publish(tools)
    assert map_of(app, cast).replace("12月の分", "11月の分").replace("2027年1月1日", "2026年12月1日") == without


def test_it_stands_for_the_month_whatever_happens(app: Flask, tools: Toolbox, cast: Cast) -> None:
    put_many(tools, (4, 4, 4, 4))
    assert publish(tools)
    before = map_of(app, cast)
    put_many(tools, (8, 8, 8, 8), "feed")
    assert not publish(tools)
    assert map_of(app, cast) == before
    assert isinstance(tools.clock, SetClock)
    tools.clock.move(hours=MONTH)
    assert map_of(app, cast).replace("2027年1月1日", "2026年12月1日") == before
    assert publish(tools)
    assert "20人以上</span></span>" in map_of(app, cast)


def test_one_person_more_or_less_changes_nothing(app: Flask, tools: Toolbox, cast: Cast) -> None:
    put_many(tools, (4, 4, 2, 1))  # with one more, eight are left without the largest circle: the edge
    last = put(tools, Profile(SUBJECT, "circle-3", topics=("disease",)))
    assert publish(tools)
    before = map_of(app, cast)
    assert "5人以上</span></span>" in before
    assert isinstance(tools.clock, SetClock)
    for change in (Profile(SUBJECT, "circle-3"), Profile(SUBJECT, "circle-3", topics=("disease",))):
        put(tools, change, last)
        tools.clock.move(hours=MONTH)
        assert publish(tools)
        assert re.findall(r"\d+人以上</span></span>", map_of(app, cast)) == ["5人以上</span></span>"]


def test_two_workers_publish_one_map(tools: Toolbox) -> None:
    put_many(tools, (4, 4, 4, 4))
    with tools.database.reading() as stores:
        found = [find_next_map(stores, tools.vault, tools.trade, now=make_now(tools)) for _ in range(2)]
    done = []
    for one in found:
        assert one is not None
        with tools.database.transaction("content") as stores:
            done.append(publish_map(stores, tools.vault, one))
    assert done == [True, False]


def test_members_only(app: Flask, cast: Cast) -> None:
    assert app.test_client().get("/map").status_code == 303
    assert [signed_in(app, cast[who]).get("/map").status_code for who in ("frank", "grace")] == [403, 403]
