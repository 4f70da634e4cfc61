"""Inside a window nothing tells who came first: not a number, not the file's own order, not a list."""

import random
from collections.abc import MutableSequence
from typing import Any

import pytest
from sqlalchemy import text

from app.clock import today
from app.questions import lists, service
from app.questions.pending import Shuffles, open_pending
from app.wiring import Toolbox
from privacy.attacks.timing import order_auc, order_by_chance
from tests.app.questions.makers import answer, ask, publish, published
from tests.cast import Cast, Person, viewer_of

WINDOWS, POSTS = 30, 6
Row = tuple[float, float]


class InOrder:
    """The broken shuffle: posts go out in the order they came in."""

    def __init__(self, tools: Toolbox, came: dict[str, int]) -> None:
        self.tools, self.came = tools, came

    def shuffle(self, x: MutableSequence[Any]) -> None:
        x[:] = sorted(x, key=lambda row: self.came[open_pending(self.tools.vault, row)["id"]])


def publish_with(tools: Toolbox, rng: Shuffles) -> None:
    tools.clock.move(seconds=4 * tools.settings.window_seconds)  # type: ignore[attr-defined]
    with tools.database.transaction("content") as stores:
        service.publish(stores, tools.vault, window=tools.window, today=today(tools.clock.now()), rng=rng)


def stored(tools: Toolbox, query: str) -> list[str]:
    """Ids as the file gives them, in its own order."""
    with tools.database.reading() as stores:
        return list(stores.content.scalars(text(query)))


def answered_windows(tools: Toolbox, cast: Cast, *, broken: bool) -> list[dict[str, int]]:
    """What came in which order, window by window, all in one thread."""
    thread_id = published(tools, cast.alice)
    people, windows = [cast.bob, cast.carol, cast.erin], []
    for _ in range(WINDOWS):
        came = {answer(tools, people[n % 3], thread_id): n for n in range(POSTS)}
        publish_with(tools, InOrder(tools, came) if broken else random.Random(len(windows)))
        windows.append(came)
    return windows


def seen_at(windows: list[dict[str, int]], order: list[str]) -> list[list[Row]]:
    place = {one: float(n) for n, one in enumerate(order)}
    return [[(float(n), place[one]) for one, n in came.items()] for came in windows]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT id FROM posts ORDER BY place",
        "SELECT id FROM posts",
    ],
    ids=["the number on the page", "the file"],
)
def test_answers_of_a_window_come_in_no_order(tools: Toolbox, cast: Cast, query: str) -> None:
    windows = answered_windows(tools, cast, broken=False)
    found = seen_at(windows, stored(tools, query))
    low, high = order_by_chance(found, random.Random(1))
    auc, pairs = order_auc(found)
    assert pairs == WINDOWS * POSTS * (POSTS - 1) // 2
    assert low - 0.03 < auc < high + 0.03


def test_a_shuffle_that_keeps_the_order_is_found_out(tools: Toolbox, cast: Cast) -> None:
    windows = answered_windows(tools, cast, broken=True)
    assert order_auc(seen_at(windows, stored(tools, "SELECT id FROM posts ORDER BY place")))[0] > 0.95


def test_questions_of_a_window_are_listed_and_stored_in_no_order(tools: Toolbox, cast: Cast) -> None:
    people: list[Person] = [cast.alice, cast.bob, cast.carol, cast.erin]
    windows = []
    for number in range(WINDOWS):
        windows.append({ask(tools, person): n for n, person in enumerate(people)})
        if number % 2 == 0:
            tools.clock.move(seconds=86_400)  # type: ignore[attr-defined]
        publish(tools, seed=number)
    listed = [card.id for card in listed_by(tools, cast.alice)]
    for order in (listed, stored(tools, "SELECT id FROM threads")):
        found = seen_at(windows, order)
        low, high = order_by_chance(found, random.Random(2))
        assert low - 0.03 < order_auc(found)[0] < high + 0.03


def listed_by(tools: Toolbox, person: Person) -> list[Any]:
    found, cursor = [], ""
    while True:
        with tools.database.reading() as stores:
            page = lists.list_threads(
                stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), cursor=cursor, size=50
            )
        found += page.cards
        cursor = page.next
        if not cursor:
            return found
