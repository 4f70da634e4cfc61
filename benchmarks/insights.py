"""What reports tell, in networks of three sizes: `python -m benchmarks.insights [--quarters N] [--sizes ...]`.

Many quarters of a made-up network (privacy.networks) go through the real counting (privacy.tallies) and OpenDP's own
noise under the plan chosen for that size, and are read as the pages read them; a network too small for quarters lives years.
The truth is the number of organisations in a cell before the limit; how often intervals hold is measured against what the limit counts, which is what they say,
and against the truth. Then: from which size the aim is reached, whether a higher limit would pay, and what one report
takes in time and memory.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

import numpy as np

from app.domains.trade import Trade, load_trade
from app.insights import noise
from app.insights.answers import rows
from app.insights.planning import next_plan, outlooks, taxonomy
from app.web.i18n import speaking
from benchmarks.lines import Line, report
from privacy.answers import answers, term_answer
from privacy.boxes import new_box_keys
from privacy.laplace import half_width
from privacy.networks import ASSUMED, Sample, draw_questions, in_cells
from privacy.planning import Way, outlook, over_of
from privacy.plans import MICRO, WORST_FIRST, Depth, Plan
from privacy.reports import MEASURES, Figure, Release, changes, figures_of, mean_over, share_of, tiers, total_of
from privacy.tallies import KIND_OF, Tally, count, open_tally, seal_tally

SIZES = (15, 25, 60, 300)
DAY = date(2026, 12, 20)
GRID = (25, 40, 60, 80, 100, 120, 150, 180, 220, 260, 300, 350, 400, 500, 600, 800, 1000, 1500, 2000, 3000)
LIMITS = range(1, 7)  # plans stop at 3
TOLD = (8, 3)  # most asked, and largest unmet needs


@dataclass
class Errors:
    """Of one figure by rank of its cell: distance from the truth as a share of it, and what the intervals held."""

    away: dict[tuple[str, int], list[float]] = field(default_factory=lambda: defaultdict(list))
    counted: list[bool] = field(default_factory=list)
    truth: list[bool] = field(default_factory=list)
    shares: list[bool] = field(default_factory=list)

    def add(
        self, figures: Sequence[Figure], counted: dict[tuple[str, str], float], truth: dict[tuple[str, str], float]
    ) -> None:
        """One report's figures; both dictionaries by (measure, cell)."""
        ranks: dict[str, list[str]] = {}
        for measure in {one.measure for one in figures}:
            cells = [one.topic for one in figures if one.measure == measure]
            ranks[measure] = sorted(cells, key=lambda cell: -truth[measure, cell])
        for one in figures:
            key = one.measure, one.topic
            low, high = one.value - one.half, one.value + one.half
            self.counted.append(low <= counted[key] <= high)
            self.truth.append(low <= truth[key] <= high)
            if truth[key]:
                error = abs(one.value - truth[key]) / truth[key]
                self.away[one.measure, ranks[one.measure].index(one.topic)].append(error)

    def add_share(self, figures: Sequence[Figure], truth: dict[tuple[str, str], float]) -> None:
        """Whether the interval of the share of unmet need, all cells together, holds the true one."""
        unmet, met = (
            total_of([one for one in figures if one.measure in names]) for names in (("unmet",), ("soon", "later"))
        )
        found, cells = share_of(unmet, met), {one.topic for one in figures}
        true = sum(truth["unmet", cell] for cell in cells) / sum(truth["demand", cell] for cell in cells)
        self.shares.append(found.low <= true <= found.high)

    def at(self, measure: str, rank: int) -> float:
        """The error that 95 of 100 reports keep under."""
        found = self.away[measure, rank]
        return float(np.quantile(found, 0.95, method="inverted_cdf")) if found else float("inf")


def main() -> int:
    """Print everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quarters", type=int, default=400)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--domain", default="aquaculture")
    parser.add_argument(
        "--cells", choices=["topic", "group", "group-topic"], help="instead of what the planner chooses"
    )
    parser.add_argument("--seed", type=int, default=739942)
    asked = parser.parse_args()
    trade = load_trade(asked.domain)
    return report(_lines(trade, asked), asked.seed)


def _lines(trade: Trade, asked: argparse.Namespace) -> Iterator[Line]:
    for size in asked.sizes:
        yield from _size(trade, size, asked.quarters, asked.seed, asked.cells)
    yield from _aim(trade)
    yield from _limits(trade)
    for size in asked.sizes:
        yield _speed(trade, size, asked.seed)


# ---------------------------------------------------------------- quarters of one size


def _size(trade: Trade, size: int, quarters: int, seed: int, cells: Depth | None) -> Iterator[Line]:
    periods = [f"2027Q{n}" for n in (1, 2, 3, 4)] if over_of(size) == 1 else ["2027", "2028", "2029"]
    plans = [next_plan(trade, period=one, organisations=size, published=DAY, depth=cells) for one in periods]
    for plan in plans:
        budgets = ", ".join(f"{kind} {plan.micro_epsilon(kind) / MICRO:g}" for kind in plan.kinds)
        words = f"{plan.depth}, at most {plan.limit}; ε: {budgets}; beside: {plan.second_depth}"
        yield Line(f"{size} organisations: plan of {plan.period}", words)
    needs, means = _lived(trade, plans, size, quarters, seed)
    spans = (("a quarter", needs), ("mean of four", means)) if over_of(size) == 1 else (("a year", needs),)
    for name, errors in spans:
        for measure in MEASURES["need"]:
            told = [errors.at(measure, rank) for rank in range(min(8, len(plans[0].cells)))]
            held = sum(error <= 0.25 for error in told)
            words = f"{held} of {len(told)} within 25 %: " + " ".join(f"{error:.2f}" for error in told)
            yield Line(f"{size}: {measure}, {name}, 95 % error by rank", words)
        share = float(np.mean(errors.counted))
        yield Line(f"{size}: intervals of {name} that hold what is counted", f"{share:.3f}", "≥ .95", share >= 0.945)
        yield Line(f"{size}: ... that hold the truth before the limit", f"{np.mean(errors.truth):.3f}")
        yield Line(f"{size}: ... of the share of unmet need, that hold the truth", f"{np.mean(errors.shares):.3f}")
    for plan in plans:
        if plan.second in plan.kinds:
            beside = _besides(trade, plan, size, quarters, seed)
            words = ", ".join(f"{measure} {beside.at(measure, 0):.2f}" for measure in MEASURES[plan.second])
            yield Line(f"{size}: {plan.second}, 95 % error of the largest cell", words)
    year = max(outlooks(trade, size, cells), key=lambda year: year.rank)
    found = [*answers(year, year.quarters), term_answer(year)]
    with speaking("en"):
        for one, (question, figure) in zip(found, rows(found), strict=True):
            yield Line(f"{size}: {question}"[:58], f"{'yes' if one.yes else 'no'}: {figure}")


def _lived(trade: Trade, plans: Sequence[Plan], size: int, quarters: int, seed: int) -> tuple[Errors, Errors]:
    """Quarters one after the other, and each four of them together."""
    needs, means, kept = Errors(), Errors(), []
    for plan in plans:
        lived = _reports(trade, plan, "need", size, quarters // len(plans), seed)
        kept.append([(figures_of(release), counted, truth) for release, counted, truth in lived])
    for year in zip(*kept, strict=True):
        for figures, counted, truth in year:
            needs.add(figures, counted, truth)
            needs.add_share(figures, truth)
        sums = [{key: float(np.mean([one[at][key] for one in year])) for key in year[0][at]} for at in (1, 2)]
        mean = mean_over([one[0] for one in year])
        means.add(mean, *sums)
        means.add_share(mean, sums[1])
    return needs, means


def _besides(trade: Trade, plan: Plan, size: int, quarters: int, seed: int) -> Errors:
    errors = Errors()
    for release, counted, truth in _reports(trade, plan, plan.second, size, quarters, seed):
        errors.add(figures_of(release), counted, truth)
    return errors


def _reports(
    trade: Trade, plan: Plan, kind: str, size: int, quarters: int, seed: int
) -> Iterator[tuple[Release, dict[tuple[str, str], float], dict[tuple[str, str], float]]]:
    """(release, what the limit counts, truth) of one made-up period after another, both of the mean quarter. A year has
    four times as many units: what organisations leave in its quarters."""
    groups, topics = taxonomy(trade)
    over = over_of(size)
    rng, chance, places = np.random.default_rng([seed, size]), random.Random(seed), plan.places(kind)
    drawn = noise.draw(
        len(places) * quarters, plan.scale_of(kind), limit=plan.limit_of(kind), micro_epsilon=plan.micro_epsilon(kind)
    )
    for number in range(quarters):
        made = draw_questions(ASSUMED, kind, len(groups), len(topics), size * over, rng)
        counts = count(_tallies(made, plan, kind, groups, topics), plan, kind, chance)
        here = drawn[number * len(places) : (number + 1) * len(places)]
        values = {place: exact + one for place, exact, one in zip(places, counts, here, strict=True)}
        whole = in_cells(made > 0, plan.depth_of(kind)).sum(axis=0)
        before = {
            (cell, state): int(whole[at, WORST_FIRST[kind].index(state)])
            for at, cell in enumerate(plan.cells_of(kind))
            for state in WORST_FIRST[kind]
        }
        exact = dict(zip(places, counts, strict=True))
        yield Release(plan.period, kind, plan, values), _summed(exact, kind, over), _summed(before, kind, over)


def _tallies(made: np.ndarray, plan: Plan, kind: str, groups: Sequence[str], topics: Sequence[str]) -> list[Tally]:
    found = []
    for (organisation, group, topic, state), times in np.ndenumerate(made):
        for number in range(int(times)):
            tag = f"{organisation}.{group}.{topic}.{state}.{number}"
            name = WORST_FIRST[kind][state]
            cell = plan.coarsen(f"{groups[group]}/{topics[topic]}", kind)
            found.append(Tally(f"o{organisation}", KIND_OF[kind], cell, name, tag))
    return found


def _summed(values: dict[tuple[str, str], int], kind: str, over: int) -> dict[tuple[str, str], float]:
    """By (measure, cell), of the mean of `over` quarters."""
    cells = dict.fromkeys(cell for cell, _ in values)
    return {
        (measure, cell): sum(values[cell, state] for state in states) / over
        for measure, states in MEASURES[kind].items()
        for cell in cells
    }


# ---------------------------------------------------------------- how large, how many


def _aim(trade: Trade) -> Iterator[Line]:
    """From which size the most asked topics and the largest unmet needs are known, all of ε in needs."""
    for questions in (2, 4, 8):
        sample = _sample(trade, questions)
        for quarters, name in ((1, "in a quarter"), (4, "in the mean of four")):
            for truth in (True, False):
                found = [_reached(sample, limit, quarters, truth) for limit in LIMITS]
                yield Line(
                    f"8 topics and 3 unmet within 25 %, {questions} questions, {name}",
                    ", ".join(f"limit {limit}: {size or 'never'}" for limit, size in zip(LIMITS, found, strict=True)),
                    "of the truth" if truth else "of what is counted",
                )


def _reached(sample: Sample, limit: int, quarters: int, truth: bool) -> int | None:
    for size in GRID:
        found = outlook(sample, "need", size, Way("topic", limit), *[2 * MICRO] * quarters)
        held = [
            sorted((one for one in found.figures if one.measure == measure), key=lambda one: -one.organisations)[:most]
            for measure, most in zip(("demand", "unmet"), TOLD, strict=True)
        ]
        if all((one.holds if truth else one.holds_after) for figures in held for one in figures):
            return size
    return None


def _limits(trade: Trade) -> Iterator[Line]:
    """What a higher limit would bring, topics as cells, all of ε in needs; and the least that 8 demands would take."""
    sample = _sample(trade, ASSUMED.questions)
    for size in (60, 150, 300, 1000):
        for quarters, name in ((1, "a quarter"), (4, "mean of four")):
            micros = [2 * MICRO] * quarters
            found = [outlook(sample, "need", size, Way("topic", limit), *micros).holds for limit in LIMITS]
            words = ", ".join(f"{limit}: {holds}" for limit, holds in zip(LIMITS, found, strict=True))
            yield Line(f"{size}: figures of 32 that hold, by limit, topics, {name}", words)
    for limit in LIMITS[:3]:
        least = half_width(((Fraction(limit, 2), 3),)) * 4
        words = f"8 demands of at least {least} are {8 * least}, organisations give {limit} each: from {8 * least / limit:.0f}"
        yield Line(f"limit {limit}: organisations without which 8 cannot hold", words)


def _sample(trade: Trade, questions: float) -> Sample:
    return Sample(replace(ASSUMED, questions=questions), *taxonomy(trade), np.random.default_rng(1))


# ---------------------------------------------------------------- one report


def _speed(trade: Trade, size: int, seed: int) -> Line:
    """From sealed boxes to figures, changes and groups."""
    groups, topics = taxonomy(trade)
    plan = next_plan(trade, period="2027Q4" if over_of(size) == 1 else "2027", organisations=size, published=DAY)
    keys = new_box_keys()
    made = draw_questions(ASSUMED, "need", len(groups), len(topics), size * over_of(size), np.random.default_rng(seed))
    boxes = [seal_tally(keys.public, one) for one in _tallies(made, plan, "need", groups, topics)]
    began = time.perf_counter()
    drawn = noise.draw(
        len(plan.places("need")), plan.scale_of("need"), limit=plan.limit, micro_epsilon=plan.micro_epsilon("need")
    )
    counts = count([open_tally(keys.private, box) for box in boxes], plan, "need", random.Random(seed))
    values = [a + b for a, b in zip(counts, drawn, strict=True)]
    cells = [{"topic": c, "state": s, "value": v} for (c, s), v in zip(plan.places("need"), values, strict=True)]
    body = json.dumps({"period": plan.period, "kind": "need", "plan": json.loads(plan.to_json()), "cells": cells})
    release = Release.from_body(body.encode())
    figures = figures_of(release)
    changes(release, release)
    tiers([one for one in figures if one.measure == "demand"])
    took = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = f"{took:.2f} s for {len(boxes)} boxes, {memory:.0f} MB at most, {len(body)} bytes"
    return Line(f"{size}: one report, from boxes to figures", words, "≤ 10 s", took <= 10)


if __name__ == "__main__":
    sys.exit(main())
