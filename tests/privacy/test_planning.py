"""The chosen plan against the real counting, its exact errors against simulation, and what no plan may do."""

import json
import random
from fractions import Fraction
from math import exp

import numpy as np
import pytest

from privacy.answers import answers, from_plain, plain
from privacy.networks import ASSUMED, Cell, Sample, bounded, draw_questions, in_cells
from privacy.planning import (
    FEWEST,
    Way,
    Year,
    band_of,
    best_year,
    expected,
    least_of,
    outlook,
    plan_of,
    shown_terms,
    ways,
)
from privacy.plans import MICRO, MOST_MICRO_EPSILON, WORST_FIRST, Plan, cells_at
from privacy.tallies import Tally, count

GROUPS = ("salmonids", "yellowtails", "white-fish")
TOPICS = ("disease", "feed", "water", "nets")


@pytest.fixture(scope="module")
def sample() -> Sample:
    return Sample(ASSUMED, GROUPS, TOPICS, np.random.default_rng(5))


@pytest.fixture(scope="module")
def year(sample: Sample) -> Year:
    return max((best_year(sample, 200, way) for way in ways()), key=lambda one: one.rank)


def tallies_of(drawn: np.ndarray, plan: Plan) -> list[Tally]:
    """What such a network would leave."""
    return [
        Tally(
            f"o{o}",
            "need",
            plan.coarsen(f"{GROUPS[g]}/{TOPICS[t]}"),
            WORST_FIRST["need"][s],
            f"{o}.{g}.{t}.{s}.{number}",
        )
        for (o, g, t, s), times in np.ndenumerate(drawn)
        for number in range(times)
    ]


@pytest.mark.parametrize("way", [Way("topic", 2), Way("group-topic", 3), Way("group", 1)])
def test_the_made_up_network_counts_as_the_reporter_does(sample: Sample, way: Way) -> None:
    drawn = draw_questions(ASSUMED, "need", len(GROUPS), len(TOPICS), 4000, np.random.default_rng(9))
    plan = Plan(
        period="2027Q1", yearly=False, depth=way.depth, limit=way.limit, epsilon={"need": 2.0},
        second="", organisations="1000-", cells=cells_at(way.depth, GROUPS, TOPICS), published="2026-12-20",
    )  # fmt: skip
    counted = dict(
        zip(plan.places("need"), count(tallies_of(drawn, plan), plan, "need", random.Random(4)), strict=True)
    )
    for cell in sample.cells("need", way.depth, way.limit):
        if cell.measure == "unmet":
            assert counted[cell.topic, "none"] / 4000 == pytest.approx(cell.share * cell.kept, abs=0.03)
    whole = sum(cell.share * cell.kept for cell in sample.cells("need", way.depth, way.limit)[: len(plan.cells)])
    assert sum(counted.values()) / 4000 == pytest.approx(whole, rel=0.05)
    left = bounded(in_cells(drawn > 0, way.depth), way.limit, np.random.default_rng(1))
    assert left.sum(axis=(1, 2)).max() <= way.limit


@pytest.mark.parametrize("kept", [1.0, 0.8])
def test_the_error_of_a_figure_is_the_one_simulation_finds(kept: float) -> None:
    scale, truth, rng = Fraction(3, 2), 40, np.random.default_rng(2)
    found = expected(Cell("demand", "feed", 0.4, kept), 100, ((scale, 3),))
    stop = 1 - exp(-1 / scale)
    noise = (rng.geometric(stop, (40_000, 3)) - rng.geometric(stop, (40_000, 3))).sum(axis=1)
    away = np.abs(rng.binomial(truth, kept, 40_000) + noise - truth)
    assert found.before == pytest.approx(np.quantile(away, 0.95, method="inverted_cdf") / truth, abs=1 / truth)
    assert np.mean(away <= found.before * truth) >= 0.945
    assert (found.before > found.after) == (kept < 1)


def test_a_year_is_counted_in_one_way_under_the_cap(sample: Sample, year: Year) -> None:
    plans = [plan_of(year, sample, period=f"2027Q{n}", band="100-149", published="2026-12-20") for n in (1, 2, 3, 4)]
    assert len({(one.depth, one.limit, one.cells) for one in plans}) == 1
    assert all(sum(one.micro_epsilon(kind) for kind in ("need", one.second)) <= MOST_MICRO_EPSILON for one in plans)
    assert [one.second for one in plans][3] == ""
    assert plans[0].second == "outcomes"
    assert plans[3].kinds == ("need",)
    assert plans[3].micro_epsilon("need") >= plans[0].micro_epsilon("need")
    assert Plan.from_json(plans[0].to_json()) == plans[0]
    assert plans[0].expected["need"]["demand"]["of"] == len(plans[0].cells)


def test_no_other_way_lets_more_figures_hold(sample: Sample, year: Year) -> None:
    for way in ways():
        assert best_year(sample, 200, way).rank <= year.rank
        assert outlook(sample, "need", 200, way, MOST_MICRO_EPSILON).holds * 4 <= year.rank[0]


def test_more_organisations_let_more_hold_and_few_are_counted_by_the_year(sample: Sample) -> None:
    held = [best_year(sample, size, Way("group", 1)).rank[0] for size in (25, 60, 120, 400)]
    assert held == sorted(held)
    assert held[0] < held[-1]
    small = best_year(sample, FEWEST - 1, Way("group", 1))
    quarter, whole = (
        plan_of(small, sample, period=period, band="15-24", published="2026-12-20") for period in ("2027Q2", "2027")
    )
    assert (quarter.kinds, quarter.yearly) == ((), True)
    assert whole.kinds[0] == "need"


def test_a_year_adds_up_four_quarters_under_one_noise(sample: Sample) -> None:
    way = Way("group", 1)
    quarter, year = (outlook(sample, "need", 20, way, MOST_MICRO_EPSILON, over=over) for over in (1, 4))
    for one, four in zip(quarter.figures, year.figures, strict=True):
        assert abs(four.organisations - one.organisations) <= 0.5
        if one.organisations:
            assert four.after * four.counted == pytest.approx(one.after * one.counted / 4)
    assert year.holds > quarter.holds
    told = {one.key: one for one in answers(best_year(sample, 20, way), best_year(sample, 20, way).quarters)}
    assert not {"demand-mean", "unmet-mean"} & set(told)
    assert told["change"].numbers["total"] <= 20
    assert from_plain(json.loads(json.dumps(plain([*told.values()])))) == [*told.values()]


def test_new_terms_get_a_budget_only_where_a_term_would_show(sample: Sample) -> None:
    assert shown_terms(ASSUMED.term, 60, 2 * MICRO // 10) < 0.01
    assert shown_terms(ASSUMED.term, 5000, MICRO // 2) > 5
    assert best_year(sample, 60, Way("group", 1)).terms == 0
    large = best_year(sample, 5000, Way("group", 1))
    plan = plan_of(large, sample, period="2027", band="1000-", published="2026-12-20")
    assert plan.kinds == (("terms",) if large.terms else ())
    fullest = max(large.quarters, key=lambda one: one.need.micro).need.micro
    assert fullest + 2 * large.terms == MOST_MICRO_EPSILON  # a year's terms are charged to a quarter twice


@pytest.mark.parametrize(
    ("size", "band"), [(3, "1-7"), (8, "8-14"), (24, "15-24"), (25, "25-39"), (60, "60-99"), (1200, "1000-")]
)
def test_a_plan_follows_from_a_band(size: int, band: str) -> None:
    assert band_of(size) == band
    assert least_of(band) <= size
