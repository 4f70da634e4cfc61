"""The answer in words: what is there is said, what is noise is not, and nobody is put in an order that may be wrong."""

from fractions import Fraction

import pytest

from app.domains.trade import Trade, load_trade
from app.insights.saying import findings, sure
from app.insights.sections import chapters, leader_words, terms_chapter
from app.wiring import Toolbox
from privacy.reports import Figure, Release, changes, figures_of
from tests.app.insights.releases import TRUTH, body_of, make_plan, needs_of

SEEDS = range(60)


@pytest.fixture(scope="module")
def trade() -> Trade:
    return load_trade("aquaculture")


def release(tools: Toolbox, period: str = "2026Q3", factor: float = 1.0, seed: int = 1) -> Release:
    plan = make_plan(tools, period)
    return Release.from_body(body_of(plan, "need", needs_of(plan, factor), seed=seed))


def test_what_is_there_is_said(tools: Toolbox, trade: Trade) -> None:
    new, old = release(tools, factor=2), release(tools, "2026Q2", 1.3)
    said = findings(trade, new, None, changes(new, old))
    assert 3 <= len(said) <= 5
    assert "いちばん多くの組織が聞いたのは、「病気・へい死」" in said[0]
    assert any("「病気・へい死」" in one and "増えました" in one for one in said)


def test_noise_alone_says_nothing(tools: Toolbox, trade: Trade) -> None:
    nothing = [release(tools, factor=0, seed=seed) for seed in SEEDS]
    loud = [one for one in nothing if findings(trade, one, None, ())]
    assert len(loud) <= 9  # at most one in ten is promised: one in twenty for demand, one for what is unmet
    moved = [changes(one, release(tools, "2026Q2", 0, seed)) for seed, one in enumerate(nothing, 500)]
    assert sum(any(change.sure and change.measure == "demand" for change in one) for one in moved) <= 8
    # the mutant that believes every interval above nothing speaks far more often
    mutant = [one for one in nothing if any(figure.shown for figure in figures_of(one) if figure.measure != "later")]
    assert len(mutant) > 2 * len(loud) + 5


def test_the_largest_is_among_those_of_which_one_is_said_to_be(tools: Toolbox, trade: Trade) -> None:
    wrong = 0
    for seed in SEEDS:
        demand = [one for one in figures_of(release(tools, seed=seed)) if one.measure == "demand"]
        words = leader_words(trade, demand)
        wrong += "病気・へい死" not in words and words != "どれがいちばん多いかは言えません。"
    assert wrong <= 3
    assert max(TRUTH, key=lambda key: TRUTH[key]) == "disease"


def test_rows_keep_the_order_of_the_taxonomy_whatever_they_say(tools: Toolbox, trade: Trade) -> None:
    names = [str(topic.name) for topic in trade.topics]
    for section in chapters(trade, release(tools)):
        assert [line.label for part in section.parts for line in part.lines] == names


def test_what_is_named_is_above_nothing_also_when_all_are_looked_at(tools: Toolbox, trade: Trade) -> None:
    demand = [one for one in figures_of(release(tools)) if one.measure == "demand"]
    assert {one.topic for one in sure(demand)} >= {"disease", "feed"}
    assert all(one.low > 0 for one in sure(demand))


def test_a_list_longer_than_a_page_has_several_charts_to_one_scale(trade: Trade) -> None:
    terms = [Figure("terms", f"{number:02}語", 40 + number, ((Fraction(5), 1),)) for number in range(30)]
    section = terms_chapter(trade, terms)
    assert [len(part.lines) for part in section.parts] == [14, 14, 2]
    assert len({tuple(tick.x for tick in part.drawing.ticks) for part in section.parts}) == 1
    assert len({part.drawing.key for part in section.parts}) == 3


def test_a_year_is_told_as_its_mean_quarter(tools: Toolbox, trade: Trade) -> None:
    plans = [make_plan(tools, str(year), yearly=True, published=f"{year - 1}-12-20") for year in (2025, 2026)]
    old, new = (
        Release.from_body(body_of(plan, "need", {("disease", "soon"): units})) for plan, units in zip(plans, (40, 80), strict=True)
    )  # fmt: skip
    demand = next(one for one in figures_of(new) if (one.measure, one.topic) == ("demand", "disease"))
    assert demand.low <= 20 <= demand.high < 25
    moved = next(one for one in changes(new, old) if (one.measure, one.topic) == ("demand", "disease"))
    assert moved.low <= 10 <= moved.high < 15
    assert moved.sure
