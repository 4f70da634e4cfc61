"""Nothing of an article leads to its threads: whoever has every page, or every clear column, links no better than by
guessing. The same attackers beat a page that names a thread, one that shows its day, and a list in the threads' order.
"""

import re
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from sqlalchemy import inspect

from app.community.models import Ballot, Consent
from app.knowledge.models import Article, ArticleVersion
from app.questions.models import Post, Thread
from app.wiring import Toolbox
from tests.app.knowledge.stage import Stage, make_thread, out, volunteer, work
from tests.app.questions.makers import publish
from tests.cast import Cast, make_cast, signed_in
from tests.conftest import make_app, make_tools

NUMBER, CHANCE = 10, 5  # six or more right of ten by guessing: less than once in 1,500
HEX = re.compile(r"[0-9a-f]{32}")
DAY = re.compile(r"2026-\d\d-\d\d|\d+月\d+日")


@dataclass(frozen=True)
class Page:
    """A page as somebody kept it: its id and text, the day on it, and its place in the list."""

    id: str
    html: str
    day: str
    place: int


@dataclass(frozen=True)
class World:
    """Threads and the public articles made from them, truth[i] being the thread of articles[i]."""

    threads: list[Page]
    articles: list[Page]
    truth: list[int]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    tools = make_tools(tmp_path_factory.mktemp("unlinked"))
    cast = make_cast(tools)
    found = make_world(tools, cast, make_app(tools))
    tools.database.close()
    return found


def make_world(tools: Toolbox, cast: Cast, app: Flask) -> World:
    """One question a day; then their articles, approved in the same order and out in one window."""
    volunteer(tools, cast.carol)
    stages: list[Stage] = []
    for number in range(NUMBER):
        stages.append(make_thread(tools, cast.alice if number % 2 else cast.dave, cast.bob))
        tools.clock.move(seconds=86400)  # type: ignore[attr-defined]
    authors = [(cast.alice if number % 2 else cast.dave, cast.bob) for number in range(NUMBER)]
    ids = [
        out(one, cast.erin, cast.carol, some, audience="public", title=f"朝の見かた {number}")
        for number, (one, some) in enumerate(zip(stages, authors, strict=True))
    ]
    publish(tools)
    work(tools)
    visitor, member = app.test_client(), signed_in(app, cast.carol)
    listed = _order(visitor.get("/articles").text, ids)
    articles = [_page(one, visitor.get(f"/articles/{one}").text, listed) for one in ids]
    threads = [one.thread_id for one in stages]
    asked = _order(member.get("/threads").text, threads)
    return World(
        [_page(one, member.get(f"/threads/{one}").text, asked) for one in threads], articles, list(range(NUMBER))
    )


def _order(html: str, ids: list[str]) -> list[str]:
    found = list(dict.fromkeys(one for one in HEX.findall(html) if one in ids))
    assert sorted(found) == sorted(ids)
    return found


def _page(one: str, html: str, listed: list[str]) -> Page:
    main = html[html.index("<main") : html.index("</main>")]
    days = DAY.findall(main)
    return Page(one, main, days[0] if days else "", listed.index(one))


def by_token(world: World) -> int:
    """An id, a tag or a name of a photo that stands on both pages."""
    marks = [{one.id, *HEX.findall(one.html)} for one in world.threads]
    shared = set.intersection(*marks)
    hits = 0
    for article, right in zip(world.articles, world.truth, strict=True):
        own = set(HEX.findall(article.html)) - shared
        hits += [number for number, some in enumerate(marks) if own & some] == [right]
    return hits


def by_day(world: World) -> int:
    """The same day on both pages, where it is one thread's alone."""
    return sum(
        [number for number, thread in enumerate(world.threads) if thread.day == article.day] == [right]
        for article, right in zip(world.articles, world.truth, strict=True)
    )


def by_order(world: World) -> int:
    """The same place in both lists, the articles' read forwards or backwards."""
    places = {thread.place: number for number, thread in enumerate(world.threads)}
    runs = [[places[turn(article.place)] for article in world.articles] for turn in (int, lambda at: NUMBER - 1 - at)]
    return max(sum(a == b for a, b in zip(run, world.truth, strict=True)) for run in runs)


@pytest.mark.parametrize("attack", [by_token, by_day, by_order])
def test_who_has_every_page_links_nothing(world: World, attack: object) -> None:
    assert callable(attack)
    assert attack(world) <= (0 if attack is not by_order else CHANCE)


def test_the_attackers_beat_pages_that_leak(world: World) -> None:
    pairs = list(zip(world.articles, world.threads, strict=True))
    named = [replace(one, html=f'{one.html}<a href="/threads/{thread.id}">もとの質問</a>') for one, thread in pairs]
    assert by_token(replace(world, articles=named)) == NUMBER
    dated = [replace(one, day=thread.day) for one, thread in pairs]
    assert by_day(replace(world, articles=dated)) == NUMBER
    ordered = [replace(one, place=thread.place) for one, thread in pairs]
    assert by_order(replace(world, articles=ordered)) == NUMBER


def clear_values(row: object) -> set[str]:
    """What a thief without a key reads of a row."""
    columns = [column.key for column in inspect(type(row)).columns]
    return {value for name in columns if isinstance(value := getattr(row, name), str) and HEX.fullmatch(value)}


def test_clear_columns_join_no_article_to_a_thread(tools: Toolbox, cast: Cast) -> None:
    volunteer(tools, cast.carol)
    stage = make_thread(tools, cast.alice, cast.bob)
    out(stage, cast.erin, cast.carol, (cast.alice, cast.bob))
    with tools.database.reading() as stores:
        tables = {table: stores.content.query(table).all() for table in (Article, ArticleVersion, Consent, Ballot)}
        assert all(tables.values())
        ours = {value for rows in tables.values() for row in rows for value in clear_values(row)}
        theirs = {
            value for table in (Thread, Post) for row in stores.content.query(table) for value in clear_values(row)
        }
    assert len(theirs) >= 6
    assert ours & theirs == set()
    leaky = Article(id="0" * 32, topic=stage.thread_id, key_id="1" * 32, kind="", state="", group_key="")
    assert clear_values(leaky) & theirs  # a column that named a thread would be seen
