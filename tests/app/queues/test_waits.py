"""How long questions wait for a first answer: told in bands, only where it tells of no single thread."""

import random
from collections.abc import Callable, Sequence
from math import inf

import pytest
from flask import Flask

from app.domains.claim import claim_database
from app.domains.reads import waits_of
from app.processes import tell_waits
from app.questions.access import where_of
from app.questions.models import Thread
from app.queues.waits import EDGES, FEWEST_ANSWERED, band_of, next_band
from app.vectors.store import Answered, record_answer
from app.wiring import Toolbox
from tests.app.queues.stage import ask_question, opt_in, work
from tests.cast import Cast, make_person, signed_in


@pytest.mark.parametrize(
    ("hours", "band"),
    [
        ([5.0] * 12, (4, 8)),
        ([5.0] * 9, None),
        ([5.0] * 9 + [inf] * 3, None),
        ([5.0] * 12 + [inf] * 20, None),
        ([1.0] * 6 + [30.0] * 6, None),
        ([1.0] * 3 + [30.0] * 9, (24, 48)),
        ([170.0] * 12, None),
        ([], None),
    ],
)
def test_a_band_holds_the_middle_of_enough(hours: list[float], band: tuple[int, int] | None) -> None:
    assert next_band(hours) == band


def test_on_an_edge_the_band_from_before_stays_as_long_as_it_may() -> None:
    on_the_edge = [5.0] * 6 + [9.0] * 6
    assert next_band(on_the_edge, (4, 8)) == (4, 8)
    assert next_band(on_the_edge, (8, 12)) == (8, 12)
    assert next_band(on_the_edge, (24, 48)) is None


Bands = Callable[[Sequence[float]], object]


def naive(hours: Sequence[float]) -> object:
    """The band of the plain middle."""
    return band_of(sorted(hours)[len(hours) // 2]) if sum(one < inf for one in hours) >= FEWEST_ANSWERED else None


def told_by_one(bands: Bands, rng: random.Random) -> int:
    """In how many of 300 groups one thread more or less turns one band into another."""
    found = 0
    for _ in range(300):
        hours = [
            rng.choice([rng.uniform(0, 200), inf]) if rng.random() < 0.2 else rng.uniform(0, 30) for _ in range(25)
        ]
        told = {bands(hours)}
        told |= {bands(hours[:at] + hours[at + 1 :]) for at in range(len(hours))}
        told |= {bands([*hours, one]) for one in (0.0, *EDGES, inf)}
        found += len(told - {None}) > 1
    return found


def test_no_single_thread_turns_a_band_into_another() -> None:
    assert told_by_one(next_band, random.Random(3)) == 0
    assert told_by_one(naive, random.Random(3)) > 10, "with the plain middle one thread does"


def test_the_asker_reads_the_band_and_nobody_where_experts_are_few(app: Flask, tools: Toolbox, cast: Cast) -> None:
    with tools.database.transaction("content") as stores:
        claim_database(stores, key=tools.trade.network.key, demo=False, window_seconds=3600)
    threads = [ask_question(tools, cast.alice, title=f"{n}つめの質問です") for n in range(12)]
    work(tools, hours=25)
    with tools.database.transaction("content") as stores:
        for thread_id in threads:
            thread = stores.content.get(Thread, thread_id)
            assert thread is not None
            window = thread.published_window + 5
            record_answer(
                stores,
                tools.vault,
                where=where_of(tools.vault, thread),
                answer=Answered("p" + thread_id[1:], "h", window),
            )
    work(tools, hours=8 * 24)
    waiting = ask_question(tools, cast.alice)
    work(tools, hours=25)

    def line() -> bool:
        return (
            "この分野の質問の半分は、4〜8時間で最初の回答がついています。"
            in signed_in(app, cast.alice).get(f"/threads/{waiting}").text
        )

    experts = [cast.bob, cast.carol, cast.dave, cast.erin]
    opt_in(tools, *experts)
    tell_waits(tools)
    assert not line(), "four experts are too few to speak of"
    fifth = make_person(tools, "fifth", organisation_id=cast.organisations["D"], roles=("member",))
    opt_in(tools, fifth)
    tell_waits(tools)
    assert line()
    with tools.database.reading() as stores:
        assert waits_of(stores, tools.vault) == {"salmonids": (4, 8)}
    assert "最初の回答がついています" not in signed_in(app, cast.bob).get(f"/threads/{waiting}").text, (
        "the asker's page alone"
    )
