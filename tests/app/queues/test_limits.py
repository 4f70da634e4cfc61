"""How much is asked of one person, and when: over budget, with too many open, away or resting, an expert is invisible."""

import random
from pathlib import Path

import pytest

from app.accounts.service import add_organisation
from app.clock import today
from app.questions.models import Thread
from app.queues import service
from app.wiring import Toolbox
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, make_cast, make_person, viewer_of
from tests.conftest import make_tools

WEEK = 7 * 24


def count(tools: Toolbox, *people: Person) -> int:
    return sum(len(offers_of(tools, one)) for one in people)


def ask_and_route(tools: Toolbox, cast: Cast, title: str) -> None:
    ask_question(tools, cast.alice, title=title, urgent=True)
    work(tools)


def crowd_of(tools: Toolbox, number: int) -> list[Person]:
    with tools.database.transaction("identity", "keys") as stores:
        made = [
            add_organisation(stores, tools.vault, name=f"架空養魚{n}", verified=True, rng=random.Random(n))[0]
            for n in range(number)
        ]
    return [make_person(tools, f"person-{n}", one) for n, one in enumerate(made)]


def test_the_week_holds_what_was_chosen_and_the_next_one_is_new(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, capacity=1)
    ask_and_route(tools, cast, "一つめ")
    ask_and_route(tools, cast, "二つめ")
    assert count(tools, cast.bob) == 1
    work(tools, hours=WEEK + 1)
    ask_and_route(tools, cast, "三つめ")
    assert count(tools, cast.bob) == 2


def test_with_as_many_open_as_the_limit_nothing_more_comes(tmp_path: Path) -> None:
    tools = make_tools(tmp_path, max_open_offers=2)
    cast = make_cast(tools)
    opt_in(tools, cast.bob, capacity=5)
    for number in range(3):
        ask_and_route(tools, cast, f"質問{number}")
    assert count(tools, cast.bob) == 2
    settled = offers_of(tools, cast.bob)[0].thread_id
    with tools.database.transaction("content") as stores:
        stores.content.get_one(Thread, settled).state = "accepted"
    ask_question(tools, cast.dave, title="つぎの質問", urgent=True)
    work(tools)
    assert count(tools, cast.bob) == 3
    tools.database.close()


def test_the_away_come_back_by_themselves(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    with tools.database.transaction("content") as stores:
        service.opt_in(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.bob), subject="rainbow-trout",
            topics=("disease",), capacity=3, away_until=today_of(tools) + 3, box=None,
        )  # fmt: skip
    ask_and_route(tools, cast, "留守のあいだ")
    assert count(tools, cast.bob) == 0
    work(tools, hours=4 * 24)
    ask_and_route(tools, cast, "帰ってから")
    assert count(tools, cast.bob) >= 1


def today_of(tools: Toolbox) -> int:
    return today(tools.clock.now()).toordinal()


@pytest.mark.parametrize(("urgent", "hours"), [(False, (24, 9, 17)), (True, (0, 3, 5))])
def test_the_waves_come_in_their_time_and_four_times_as_fast_when_urgent(
    tools: Toolbox, cast: Cast, urgent: bool, hours: tuple[int, int, int]
) -> None:
    crowd = crowd_of(tools, 13)
    opt_in(tools, *crowd)
    ask_question(tools, cast.alice, urgent=urgent)
    seen = []
    for wait in hours:
        work(tools, hours=wait)
        seen.append(count(tools, *crowd))
    assert seen == [3, 6, 11]


def test_one_of_three_places_explores_and_says_so(tools: Toolbox, cast: Cast) -> None:
    crowd = crowd_of(tools, 6)
    opt_in(tools, *crowd)
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    offers = [offer for one in crowd for offer in offers_of(tools, one)]
    told = [one.told["exploring"] for one in offers]
    assert sorted(told) == [False, False, True]
