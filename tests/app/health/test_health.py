"""The health report: counted once, two weeks after a quarter; bands under which nobody's single act shows."""

import json
from datetime import datetime
from math import ceil, inf

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.clock import JAPAN, SetClock
from app.health.models import HealthReport
from app.health.rules import (
    QuarterFacts,
    ThreadFacts,
    busiest_band,
    count_band,
    hours_band,
    load_band,
    newcomers_of,
    report_of,
    share_band,
)
from app.health.words import figures_of
from app.processes import publish_health
from app.queues.rules import PASS_REASONS
from app.web.i18n import speaking
from app.wiring import Toolbox
from tests.app.questions.makers import answer
from tests.app.queues.stage import ask_question, opt_in, work
from tests.cast import Cast, sign_in

FAST = ThreadFacts(3.0, 5.0, "first", "accepted", 1)
THREE = frozenset({"a", "b", "c"})
SLOW = ThreadFacts(30.0, inf, "third", "answered")
NONE = ThreadFacts(inf, inf, "ended", "ended")


def to(clock: SetClock, year: int, month: int, day: int) -> None:
    clock.move(hours=(datetime(year, month, day, 9, tzinfo=JAPAN).timestamp() - clock.now()) / 3600)


def bodies(tools: Toolbox) -> dict[str, dict[str, object]]:
    with tools.database.reading() as stores:
        return {row.quarter: json.loads(row.body) for row in stores.content.scalars(select(HealthReport))}


def test_a_quarter_is_counted_once_two_weeks_after_its_end(tools: Toolbox, cast: Cast, clock: SetClock) -> None:
    opt_in(tools, cast.bob, cast.carol)
    askers = (cast.alice, cast.dave, cast.bob, cast.carol)
    threads = [ask_question(tools, askers[number % 4], title=f"稚魚が朝に死にます {number}") for number in range(12)]
    work(tools, hours=4)
    for thread in threads[:11]:
        answer(tools, cast.erin, thread)
    work(tools, hours=4)
    publish_health(tools)
    to(clock, 2027, 1, 14)
    publish_health(tools)
    assert bodies(tools) == {}
    to(clock, 2027, 1, 15)
    publish_health(tools)
    found = bodies(tools)
    assert set(found) == {"2026Q4"}
    report = found["2026Q4"]
    assert report["threads"] == 10
    assert report["within_24"] == [80, 100]
    assert report["few_experts"] == "all"
    assert report["endings"] == {
        "first": 10, "second": 0, "third": 0, "domain": 0, "coordinator": 0, "ended": 0,
    }  # fmt: skip
    with tools.database.transaction("content") as stores:
        stores.content.get_one(HealthReport, "2026Q4").body = "{}"
    publish_health(tools)
    assert bodies(tools) == {"2026Q4": {}}


def test_nobody_asked_nothing_is_published(tools: Toolbox, clock: SetClock) -> None:
    to(clock, 2027, 1, 20)
    publish_health(tools)
    assert bodies(tools) == {}


@pytest.mark.parametrize(("count", "band"), [(0, 0), (9, 0), (10, 10), (24, 10), (25, 25), (10**6, 10_000)])
def test_counts_stand_in_bands_and_nothing_under_ten(count: int, band: int) -> None:
    assert count_band(count) == band


@pytest.mark.parametrize(
    ("part", "whole", "band"),
    [(9, 100, None), (10, 100, [0, 20]), (40, 100, [40, 60]), (100, 100, [80, 100]), (9, 9, None)],
)
def test_shares_need_ten_in_part_and_whole(part: int, whole: int, band: list[int] | None) -> None:
    assert share_band(part, whole) == band


def test_no_single_thread_decides_a_band_of_hours() -> None:
    """For every list of waits: where a band is told, one thread left out or added tells the same or nothing. The mutant
    that bands the plain quantile tells another."""

    def plain(waits: list[float]) -> float:
        return sorted(waits)[ceil(len(waits) / 2) - 1]

    told, mutant = 0, 0
    for middle in range(60):
        waits = [1.0] * 12 + [float(middle)] + [60.0] * 12
        whole = hours_band(waits, 0.5)
        for other in ([*waits, 0.0], [*waits, 100.0], waits[1:], waits[:-1]):
            again = hours_band(other, 0.5)
            told += whole is not None and again is not None and whole != again
        mutant += plain(waits) != plain(waits[:-1])
    assert told == 0
    assert mutant > 0
    assert hours_band([3.0] * 30, 0.5) == [2, 4]
    assert hours_band([3.0] * 9 + [inf] * 9, 0.5) is None
    assert hours_band([3.0] * 12 + [inf] * 20, 0.9) is None


def test_load_busiest_tenth_and_newcomers() -> None:
    assert load_band(30, 100) == [25, 50]
    assert load_band(130, 100) == [100, 0]
    assert load_band(5, 100) is None
    assert busiest_band([f"h{n}" for n in range(99)]) is None
    assert busiest_band([f"h{n}" for n in range(100)] + ["h1"] * 100) == [40, 60]
    answers = [("new", 100), ("new", 150), ("old", 50), ("old", 120), ("late", 160)]
    assert newcomers_of(answers, 90, 140) == [2]


def test_every_figure_has_words_and_a_decision_in_both_languages() -> None:
    facts = QuarterFacts(
        [FAST] * 40 + [SLOW] * 20 + [NONE] * 12,
        100,
        300,
        ["a"] * 30,
        {PASS_REASONS[0]: 20},
        {"x": 2, "y": 9},
        [2] * 12,
        3,
        THREE,
    )
    for report in (report_of(facts), report_of(QuarterFacts([]))):
        for locale in ("ja", "en"):
            with speaking(locale):
                figures = figures_of(report)
            assert len(figures) == 11
            assert all(figure.decides and figure.title and figure.rows for figure in figures)
    report = report_of(facts)
    assert report["useful_median"] == [4, 8]
    assert report["within_72"] == [80, 100]
    assert report["outcome_good"] == [80, 100]
    assert report["endings"]["ended"] == 10
    assert report["few_experts"] == "most"
    assert report["incidents"] == 0


def test_the_same_page_for_everybody_inside(client: FlaskClient, cast: Cast, tools: Toolbox) -> None:
    with tools.database.transaction("content") as stores:
        body = json.dumps(report_of(QuarterFacts([FAST] * 40, circles=THREE)))
        stores.content.add(
            HealthReport(quarter="2026Q3", day=datetime(2026, 10, 15, tzinfo=JAPAN).toordinal(), body=body)
        )
    pages = set()
    for person in (cast.alice, cast.frank):
        sign_in(client, person)
        page = client.get("/reports/health").text
        pages.add(page[page.index("<main") : page.index("</main")])
        client.post("/sign-out")
        client.delete_cookie("__Host-shiome")
    assert len(pages) == 1
    assert "2026年7〜9月" in page
    assert "25以上" in page


def test_what_fewer_than_three_circles_asked_is_not_told() -> None:
    """One busy organisation could fill a band by itself. The mutant that does not ask who asked tells it."""
    facts = QuarterFacts([FAST] * 40, 100, 300, ["a"] * 30, circles=frozenset({"a", "b"}))
    report = report_of(facts)
    assert report == report_of(QuarterFacts([]))
    assert count_band(len(facts.threads)) == 25
