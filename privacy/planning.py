"""Choosing a plan: the cells, the limit and the split of the budget with which reports of a network can say the most.

A made-up network of the same size is drawn (privacy.networks); the rest is exact. With N organisations in a cell, what
the limit leaves out is binomial, the noise is convolved with it, and the error of a figure is the smallest e with
P(|figure - N| ≤ e) ≥ .95, where N is the truth BEFORE the limit. The four quarters of a year count in one way, else
they could not be compared; only the budget is split anew each quarter, by what stands beside needs in it. A network too small
for quarters has one release a year, whose numbers add its four quarters up: four times the truth, the noise once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from math import inf, log
from typing import Final

import numpy as np
from scipy.stats import binom

from privacy.laplace import LEVEL, Parts, half_width, masses, parts_of
from privacy.networks import Cell, Sample
from privacy.plans import (
    MICRO,
    MOST_LIMIT,
    MOST_MICRO_EPSILON,
    SECONDS,
    TERMS_CHARGE,
    Depth,
    Plan,
    cells_at,
    is_year_period,
    second_of,
)
from privacy.reports import FIRM, MEASURES

STEP: Final = MICRO // 10
LEAST_NEED: Final = MICRO
"""The main release gets at least half of the budget."""
FEWEST: Final = 25
"""Active organisations for a report a quarter; with fewer there is one a year."""
QUARTERS: Final = 4
DELTA: Final = 1e-6
"""Chance that a term which fewer organisations used than the threshold asks for appears, a limit of 1."""


@dataclass(frozen=True)
class Expected:
    """What a figure will be: the organisations in its cell in the mean quarter, how many of them the limit counts, and
    the relative error at 95 % against the first (`before`) and against the second (`after`)."""

    measure: str
    topic: str
    organisations: float
    counted: float
    before: float
    after: float

    @property
    def holds(self) -> bool:
        """Within a quarter of the truth before the limit."""
        return self.before <= FIRM

    @property
    def holds_after(self) -> bool:
        """Within a quarter of what the limit counts."""
        return self.after <= FIRM


@dataclass(frozen=True)
class Way:
    """How a release counts: what it tells apart, and the most cells of one organisation."""

    depth: Depth
    limit: int


@dataclass(frozen=True)
class Outlook:
    """A release as it will be: its budget in millionths of ε, every figure of it, and the quarters its numbers add up."""

    kind: str
    way: Way
    micro: int
    figures: tuple[Expected, ...]
    over: int = 1

    @property
    def holds(self) -> int:
        """Figures within a quarter of the truth."""
        return sum(figure.holds for figure in self.figures)

    @property
    def closeness(self) -> float:
        """How near the figures are to the truth, for ways with which as many hold."""
        return sum(1 / max(figure.before, FIRM) for figure in self.figures)


@dataclass(frozen=True)
class Season:
    """One period, a quarter or a whole year: needs, and what stands beside them."""

    second: str
    need: Outlook
    beside: Outlook | None

    @property
    def rank(self) -> tuple[int, bool, float]:
        """Larger is better: figures that hold; then whether there is a second release at all; then nearness."""
        beside = self.beside.holds if self.beside else 0
        return self.need.holds + beside, beside > 0, self.need.closeness


@dataclass(frozen=True)
class Year:
    """Four quarters that count needs in one way, and the year's new terms; `over` QUARTERS for a network too small for
    them, whose years take the place of quarters."""

    organisations: int
    way: Way
    terms: int
    shown_terms: float
    quarters: tuple[Season, ...]
    mean: Outlook
    over: int = 1

    @property
    def rank(self) -> tuple[int, int, float]:
        """Larger is better: figures that hold in the year's reports, and whole new terms; figures that hold in the mean
        of the four quarters; nearness."""
        holds = sum(one.rank[0] for one in self.quarters)
        return holds + int(self.shown_terms), self.mean.holds, self.mean.closeness


def expected(cell: Cell, organisations: int, parts: Parts, releases: int = 1, over: int = 1) -> Expected:
    """The figure of a cell in a network of this size, with that noise in it: of several releases their mean, each the
    sum of `over` quarters."""
    truth = round(organisations * over * cell.share) * releases
    if not truth:
        return Expected(cell.measure, cell.topic, 0, 0.0, inf, inf)
    before = _error(truth, round(cell.kept, 3), parts) / truth
    after = half_width(parts) / (truth * cell.kept) if cell.kept else inf
    mean = truth / releases / over
    return Expected(cell.measure, cell.topic, mean, mean * cell.kept, before, after)


@cache
def _error(truth: int, kept: float, parts: Parts) -> int:
    """The smallest e with P(|noise - organisations left out| ≤ e) ≥ LEVEL."""
    noise = masses(parts)
    left_out = binom.pmf(np.arange(truth + 1), truth, 1 - kept)
    error = np.convolve(noise, left_out[::-1])  # from -(reach + truth) to reach
    away = np.abs(np.arange(len(error)) - (len(noise) // 2 + truth))
    within = np.cumsum(np.bincount(away, weights=error))
    return int(np.searchsorted(within, LEVEL * within[-1]))


def outlook(sample: Sample, kind: str, organisations: int, way: Way, *micros: int, over: int = 1) -> Outlook:
    """A release of that kind, counted that way with that budget, its numbers the sum `over` quarters; of several
    budgets, the mean of as many releases."""
    scales = [Fraction(way.limit * MICRO, micro) for micro in micros]
    noise = {
        measure: parts_of(*((scale, len(states)) for scale in scales)) for measure, states in MEASURES[kind].items()
    }
    cells = sample.cells(kind, way.depth, way.limit)
    figures = tuple(expected(cell, organisations, noise[cell.measure], len(micros), over) for cell in cells)
    return Outlook(kind, way, max(micros), figures, over)


def shown_terms(share: float, organisations: int, micro: int) -> float:
    """New terms a year's release is expected to show, when the k-th is used by `share`/k of the organisations: those
    whose count comes to the threshold, 1 + scale·ln(1/2δ), with a limit of 1 (Korolova and others 2009)."""
    if not micro:
        return 0.0
    scale = Fraction(MICRO, micro)
    noise, least = masses(((scale, 1),)), 1 + float(scale) * log(1 / (2 * DELTA))
    counts = organisations * share / np.arange(1, 51)
    above = [float(noise[max(0, int(np.ceil(least - count)) + len(noise) // 2) :].sum()) for count in counts]
    return sum(above)


def ways(depth: Depth | None = None) -> Iterator[Way]:
    """Every way to count needs, or every one that tells this much apart."""
    depths: tuple[Depth, ...] = (depth,) if depth else ("topic", "group", "group-topic")
    for one, limit in product(depths, range(1, MOST_LIMIT + 1)):
        yield Way(one, limit)


def over_of(organisations: int) -> int:
    """Quarters that one release of a network adds up."""
    return 1 if organisations >= FEWEST else QUARTERS


def best_year(sample: Sample, organisations: int, way: Way) -> Year:
    """The best split of the budget for one way to count needs. New terms get some only where it shows one at all."""
    need = {
        micro: outlook(sample, "need", organisations, way, micro, over=over_of(organisations))
        for micro in range(LEAST_NEED, MOST_MICRO_EPSILON + 1, STEP)
    }
    most_terms = (MOST_MICRO_EPSILON - LEAST_NEED) // TERMS_CHARGE
    shown = {
        terms: shown_terms(sample.assumed.term, organisations, terms) for terms in range(STEP, most_terms + 1, STEP)
    }
    found = [
        _year(sample, organisations, way, need, terms, count)
        for terms, count in ({0: 0.0} | shown).items()
        if not terms or count >= 1
    ]
    return max(found, key=lambda year: year.rank)


def _year(sample: Sample, organisations: int, way: Way, need: dict[int, Outlook], terms: int, shown: float) -> Year:
    left, over = MOST_MICRO_EPSILON - TERMS_CHARGE * terms, over_of(organisations)
    seconds = SECONDS if over == 1 else [one for one in SECONDS if one]
    seasons = tuple(season(sample, organisations, way, need, second, left) for second in seconds)
    mean = outlook(sample, "need", organisations, way, *(one.need.micro for one in seasons), over=over)
    return Year(organisations, way, terms, shown, seasons, mean, over)


def season(sample: Sample, organisations: int, way: Way, need: dict[int, Outlook], second: str, left: int) -> Season:
    """The best split of one period. A second release in which nothing would hold is not made."""
    best = Season(second, need[left], None)
    for micro in range(STEP, left - LEAST_NEED + 1, STEP) if second else ():
        for beside in _besides(sample, second, organisations, way, micro):
            if beside.holds:
                best = max(best, Season(second, need[left - micro], beside), key=lambda one: one.rank)
    return best


def _besides(sample: Sample, kind: str, organisations: int, way: Way, micro: int) -> Iterator[Outlook]:
    """A second release of the whole network, or of the same cells as needs."""
    over = over_of(organisations)
    yield outlook(sample, kind, organisations, Way("all", 1), micro, over=over)
    for limit in range(1, MOST_LIMIT + 1):
        yield outlook(sample, kind, organisations, Way(way.depth, limit), micro, over=over)


# ---------------------------------------------------------------- the plan


def season_of(year: Year, period: str) -> Season:
    """How a period of such a year is counted. Where years are counted whole there is none without a second release."""
    return year.quarters[SECONDS.index(second_of(period)) % len(year.quarters)]


def plan_of(year: Year, sample: Sample, *, period: str, band: str, published: str) -> Plan:
    """The plan of one quarter of such a year, or of the year itself: new terms, or nothing. In a network too small for
    quarters its year has the releases, its quarters have none.
    """
    here, yearly = season_of(year, period), year.over > 1
    beside = here.beside if yearly == is_year_period(period) else None
    epsilon = {"need": 0, "second": 0, "terms": 0 if yearly else year.terms}
    if yearly == is_year_period(period):
        epsilon |= {"need": here.need.micro, "second": beside.micro if beside else 0}
    return Plan(
        period=period,
        yearly=yearly,
        depth=year.way.depth,
        limit=year.way.limit if epsilon["need"] else 1,
        epsilon={kind: micro / MICRO for kind, micro in epsilon.items()},
        second=here.second if beside else "",
        second_depth=beside.way.depth if beside else "all",
        second_limit=beside.way.limit if beside else 1,
        organisations=band,
        cells=cells_at(year.way.depth, sample.groups, sample.topics),
        published=published,
        expected=_expected(year, [here.need, *([beside] if beside else [])]) if epsilon["need"] else {},
    )


def _expected(year: Year, releases: Sequence[Outlook]) -> dict[str, dict[str, dict[str, float | None]]]:
    """Release → figure → cells that hold, of how many; the error of the largest; the share of it the limit counts."""
    found = {one.kind: {name: _summed(one, name) for name in MEASURES[one.kind]} for one in releases}
    mean = {"mean": {name: _summed(year.mean, name) for name in MEASURES["need"]}}
    return found | (mean if year.over == 1 else {})


def _summed(release: Outlook, measure: str) -> dict[str, float | None]:
    figures = [figure for figure in release.figures if figure.measure == measure]
    largest = max(figures, key=lambda figure: figure.organisations)
    error = None if largest.before == inf else round(largest.before, 3)
    counted = round(largest.counted / max(largest.organisations, 1), 3)
    return {"holds": sum(figure.holds for figure in figures), "of": len(figures), "error": error, "counted": counted}


# ---------------------------------------------------------------- how large the network is, in public


EDGES: Final = (1, 8, 15, FEWEST, 40, 60, 100, 150, 250, 400, 600, 1000)


def band_of(organisations: int) -> str:
    """The public size of a network: "60-99", "1000-". No count of organisations is published."""
    low = max((edge for edge in EDGES if edge <= organisations), default=EDGES[0])
    above = [edge for edge in EDGES if edge > low]
    return f"{low}-{above[0] - 1}" if above else f"{low}-"


def least_of(band: str) -> int:
    """The fewest organisations of a band: what a plan is chosen for, so that it follows from the band alone."""
    return int(band.split("-")[0])
