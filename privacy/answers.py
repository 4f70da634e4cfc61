"""What a company can find out from the reports of a plan, and how exactly: worked out beforehand, from the made-up network.

Questions go by key; the words are the page's. Only what a plan says in public goes in, so it may be published with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import Any, Final

from privacy.laplace import half_width, parts_of
from privacy.planning import Outlook, Season, Year
from privacy.plans import MICRO
from privacy.reports import MEASURES, Figure, share_of, tiers, total_of

MOST: Final = 8
LARGEST: Final = 3
POINTS: Final = 0.1
"""A share is of use within so much, either way."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question: whether reports answer it. `numbers` by key: "held" figures within a quarter of the truth "of" so
    many; groups that differ ("groups"); the change beyond which it shows ("step") of a "total"; a share in percent ("value",
    "low", "high"); new terms a year ("count"). Empty where nothing at all is told."""

    key: str
    yes: bool
    numbers: Mapping[str, int] = field(default_factory=dict)


def answers(year: Year, seasons: Sequence[Season]) -> list[Answer]:
    """The questions in the order of the report, of these seasons of a year: one for its own plan, all for the year.

    Needs are told of the season that has the most budget for them. A year that is counted as a whole has no mean of
    four quarters: its numbers are their sum.
    """
    need = max((season.need for season in seasons), key=lambda one: one.micro)
    mean = [year.mean] if year.over == 1 else []
    return [
        _held("demand", need, "demand", MOST),
        *(_held("demand-mean", one, "demand", MOST) for one in mean),
        _held("unmet", need, "unmet", LARGEST),
        *(_held("unmet-mean", one, "unmet", LARGEST) for one in mean),
        _order(need),
        _change(need),
        _share("share-unmet", need, ("unmet",), ("soon", "later")),
        _share("share-soon", need, ("soon",), ("later", "unmet")),
        *(_beside(season) for season in seasons if season.second),
    ]


def term_answer(year: Year) -> Answer:
    """Which new words members use."""
    return Answer("terms", year.shown_terms >= 1, {"count": round(year.shown_terms)})


def plain(found: Sequence[Answer]) -> dict[str, Any]:
    """For a plan's `expected`: key → "yes", and the numbers."""
    return {one.key: {"yes": one.yes, **one.numbers} for one in found}


def from_plain(told: Mapping[str, Any]) -> list[Answer]:
    """The answers that `plain` made, in alphabetical order of their keys where they went through JSON."""
    return [
        Answer(key, bool(one["yes"]), {name: int(number) for name, number in one.items() if name != "yes"})
        for key, one in told.items()
    ]


def figures(release: Outlook, measure: str) -> list[Figure]:
    """Figures as they will be on average: what the limit counts, with the noise it will carry."""
    parts = ((Fraction(release.way.limit * MICRO, release.micro), len(MEASURES[release.kind][measure])),)
    return [
        Figure(measure, one.topic, round(one.counted * release.over), parts, release.over)
        for one in release.figures
        if one.measure == measure
    ]


def _held(key: str, release: Outlook, measure: str, most: int) -> Answer:
    every = [one for one in release.figures if one.measure == measure]
    largest = sorted(every, key=lambda one: one.organisations, reverse=True)[:most]
    held = sum(one.holds for one in largest)
    return Answer(key, held == len(largest), {"held": held, "of": len(largest)})


def _order(need: Outlook) -> Answer:
    groups = len(tiers(figures(need, "demand")))
    return Answer("order", groups > 1, {"groups": groups})


def _change(need: Outlook) -> Answer:
    largest = max(figures(need, "demand"), key=lambda one: one.total)
    step = half_width(parts_of(*largest.parts, *largest.parts)) / largest.over
    return Answer("change", step <= largest.value / 2, {"step": ceil(step), "total": round(largest.value)})


def _share(key: str, release: Outlook, part: Sequence[str], rest: Sequence[str]) -> Answer:
    found = share_of(*(total_of([one for name in names for one in figures(release, name)]) for names in (part, rest)))
    if found.value is None:
        return Answer(key, False)
    width = max(found.high - found.value, found.value - found.low)
    percents = {"value": found.value, "low": found.low, "high": found.high}
    return Answer(key, width <= POINTS, {name: round(100 * one) for name, one in percents.items()})


def _beside(season: Season) -> Answer:
    release = season.beside
    if release is None:
        return Answer(season.second, False)
    held = release.holds
    return Answer(season.second, held == len(release.figures), {"held": held, "of": len(release.figures)})
