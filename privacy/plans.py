"""How a period is counted, said in public before it begins: cells, limit, budget.

The unit is one organisation in one quarter. A release counts it 0/1. Of one unit at most `limit` cells count, each in
ONE state, its worst there: so the states of a cell add up to the units that were in it, and adding or removing a unit
changes the numbers by at most `limit` in L1. Noise of scale limit/ε on each number is then ε-differentially private for
all that an organisation left in a quarter (Dwork, McSherry, Nissim and Smith 2006).

A period is a quarter ("2027Q1") or a year ("2027"). A year counts the same units: an organisation that asks all year is
four of them, the mean quarter is a number over four, and what one organisation left in the whole year costs up to 4ε.
Were it one unit a year, a quarter of it could push its other quarters' cells out under the limit, and would cost 2ε.
New terms alone are counted 0/1 an organisation and YEAR, so that their threshold is one of organisations; a quarter of
theirs costs up to 2ε (`privacy.budget`).

Nothing of a plan is read from what members did; it is chosen by simulation for the size of the network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final, Literal

from privacy.errors import WeakInput

Kind = Literal["need", "outcomes", "support", "ideas", "terms"]
Depth = Literal["all", "topic", "group", "group-topic"]

KINDS: Final[tuple[Kind, ...]] = ("need", "outcomes", "support", "ideas", "terms")
STATES: Final[Mapping[str, tuple[str, ...]]] = {
    "need": ("none", "soon", "later"),
    "outcomes": ("good", "bad"),
    "support": ("",),
    "ideas": ("",),
}
"""The states of one topic's cells, in the order in which a release gives them."""
WORST_FIRST: Final[Mapping[str, tuple[str, ...]]] = {
    **STATES,
    "need": ("none", "later", "soon"),
    "outcomes": ("bad", "good"),
}
"""An organisation counts in a cell once: in the first of these that any of its questions there has."""
DEPTHS: Final[tuple[Depth, ...]] = ("all", "topic", "group", "group-topic")
ALL: Final = "all"
SECONDS: Final[tuple[str, ...]] = ("outcomes", "support", "ideas", "")
MICRO: Final = 1_000_000
MOST_MICRO_EPSILON: Final = 2 * MICRO
MOST_LIMIT: Final = 3
TERMS_PICO_DELTA: Final = 1_000_000
"""What a release of new terms may leak of a term that too few used, in 10^-12: one chance in a million."""
TERMS_CHARGE: Final = 2
"""So many times a quarter is charged its year's new terms: they are drawn from the whole year's, so one quarter can push
the others' out, and what it adds is D and what it pushes out is D."""
SETTLING_DAYS: Final = 14  # after a period's end, for outcomes and retractions that come late
PERIOD: Final = re.compile(r"(\d{4})(?:Q([1-4]))?")


@dataclass(frozen=True)
class Plan:
    """One period's plan. `epsilon` by kind of release ("second" for the one in rotation), at most 2 in all, new terms
    twice (TERMS_CHARGE).

    `cells` are topics of the domain file at `depth`: "disease", "salmonids" or "salmonids/disease". `limit` is D, the
    most cells in which one organisation counts in a quarter's needs, drawn by chance when it has more (drawing the unmet
    first was tried: one figure more at 60 organisations, and a share of unmet need that comes out too high).
    `second_depth` and `second_limit` say the same of the second release; at depth "all" there is one cell, "all", for
    the whole network. New terms count `limit` too. `expected` is what the simulation expects of each
    release. `organisations` is a band of the network's size. Raises WeakInput for what keeps no promise.
    """

    period: str
    yearly: bool
    depth: Depth
    limit: int
    epsilon: Mapping[str, float]
    second: str
    organisations: str
    cells: tuple[str, ...]
    published: str
    expected: Mapping[str, Any] = field(default_factory=dict)
    second_depth: Depth = "all"
    second_limit: int = 1

    def __post_init__(self) -> None:
        if not PERIOD.fullmatch(self.period):
            raise WeakInput("period", "a quarter such as 2027Q1 or a year such as 2027")
        if not {self.depth, self.second_depth} <= {*DEPTHS} or self.second not in SECONDS:
            raise WeakInput("depth and second", "one of each that there is")
        if not (1 <= self.limit <= MOST_LIMIT and 1 <= self.second_limit <= MOST_LIMIT):
            raise WeakInput("limit", f"1 to {MOST_LIMIT}")
        if not self.cells or len(set(self.cells)) != len(self.cells):
            raise WeakInput("cells", "at least one, each once")
        if self.second_depth not in ("all", self.depth):
            raise WeakInput("second_depth", "the whole network, or the cells of the main release")
        if set(self.epsilon) - {"need", "second", "terms"} or any(part < 0 for part in self.epsilon.values()):
            raise WeakInput("epsilon", "need, second and terms, none below 0")
        spent = {name: round(part * MICRO) for name, part in self.epsilon.items()}
        if sum(spent.values()) + (TERMS_CHARGE - 1) * spent.get("terms", 0) > MOST_MICRO_EPSILON:
            raise WeakInput("epsilon", "at most 2 in all, new terms counted twice")
        date.fromisoformat(self.published)

    @property
    def quarters(self) -> tuple[str, ...]:
        """The quarters that are counted: those of the period that were not over when the plan was published."""
        every = quarters_of(self.period)
        return tuple(one for one in every if first_day(next_period(one)).isoformat() > self.published) or every

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What is released for this period: needs are counted by the quarter or by the year, new terms by the year."""
        is_year = is_year_period(self.period)
        wanted = {"need", self.second} if is_year == self.yearly else set()
        wanted |= {"terms"} if is_year else set()
        return tuple(kind for kind in KINDS if kind in wanted and self.micro_epsilon(kind) > 0)

    def micro_epsilon(self, kind: str) -> int:
        """The budget of one release in millionths; 0 for one that this plan does not make."""
        name = kind if kind in ("need", "terms") else "second" if kind == self.second else ""
        return round(self.epsilon.get(name, 0) * MICRO)

    def scale_of(self, kind: str) -> Fraction:
        """Scale of the noise on each number of a release, D/ε. Raises WeakInput for a release this plan does not make."""
        if not (micro := self.micro_epsilon(kind)):
            raise WeakInput("release", "a budget in the plan")
        return Fraction(self.limit_of(kind) * MICRO, micro)

    def limit_of(self, kind: str) -> int:
        """The most cells in which one unit counts in a release."""
        return self.limit if kind in ("need", "terms") else self.second_limit

    def depth_of(self, kind: str) -> Depth:
        """What a release tells apart."""
        return self.depth if kind == "need" else self.second_depth

    def cells_of(self, kind: str) -> tuple[str, ...]:
        """The cells of a release, in their order. A second release has those of the main one, or the whole network."""
        return (ALL,) if self.depth_of(kind) == "all" else self.cells

    def places(self, kind: str) -> list[tuple[str, str]]:
        """(cell, state) of every figure of a release, in the order of its counts and of its noise."""
        return [(cell, state) for cell in self.cells_of(kind) for state in STATES[kind]]

    def coarsen(self, topic: str, kind: str = "need") -> str:
        """The cell of a finest topic "group/topic"; what is no cell of this plan counts nowhere."""
        return coarsen(topic, self.depth_of(kind))

    def to_json(self) -> str:
        """Sorted keys, no spaces, UTF-8: the same plan gives the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, plain: str | Mapping[str, Any]) -> Plan:
        """The plan that `to_json` wrote, or what that parses to. Raises WeakInput as the constructor does."""
        found = json.loads(plain) if isinstance(plain, str) else plain
        return cls(**{**found, "cells": tuple(found["cells"])})


def fit_into(plan: Plan, year: Plan) -> Plan:
    """A quarter's plan in a year whose plan is out already, perhaps for a network of another size: a year that is counted
    as a whole has no quarters, and for the year's new terms there is room, taken from each release in proportion."""
    if year.yearly:
        return replace(plan, yearly=True)
    left = MOST_MICRO_EPSILON - TERMS_CHARGE * year.micro_epsilon("terms")
    own = {name: round(plan.epsilon.get(name, 0) * MICRO) for name in ("need", "second")}
    if sum(own.values()) <= left:
        return plan
    less = {name: micro * left // sum(own.values()) / MICRO for name, micro in own.items()}
    return replace(plan, epsilon={**less, "terms": year.epsilon.get("terms", 0)}, expected={})


def cells_at(depth: Depth, groups: Sequence[str], topics: Sequence[str]) -> tuple[str, ...]:
    """The cells of a taxonomy at one depth."""
    finest = tuple(f"{group}/{topic}" for group in groups for topic in topics)
    return tuple(dict.fromkeys(coarsen(one, depth) for one in finest))


def coarsen(topic: str, depth: Depth) -> str:
    """The cell at a depth that holds a finest topic "group/topic"."""
    group, _, name = topic.partition("/")
    return {"all": ALL, "topic": name, "group": group, "group-topic": topic}[depth]


def quarter_of(day: date) -> str:
    """The quarter that holds a day."""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def year_of(period: str) -> str:
    """The year that holds a period."""
    return period[:4]


def is_year_period(period: str) -> bool:
    """Whether a period is a year."""
    return "Q" not in period


def quarters_of(period: str) -> tuple[str, ...]:
    """The quarters in a period: itself, or the four of a year."""
    return tuple(f"{period}Q{number}" for number in range(1, 5)) if is_year_period(period) else (period,)


def next_period(period: str) -> str:
    """The quarter after a quarter, the year after a year."""
    year = int(year_of(period))
    if is_year_period(period):
        return f"{year + 1:04d}"
    number = int(period[-1])
    return f"{year:04d}Q{number + 1}" if number < 4 else f"{year + 1:04d}Q1"


def first_day(period: str) -> date:
    """The day on which a period begins."""
    return date(int(year_of(period)), 1 if is_year_period(period) else int(period[-1]) * 3 - 2, 1)


def release_day(period: str) -> date:
    """The first day on which a period may be released."""
    return first_day(next_period(period)) + timedelta(days=SETTLING_DAYS)


def second_of(period: str) -> str:
    """The release that stands beside needs: outcomes, support, ideas, none; by quarter, or by year."""
    number = int(period) if is_year_period(period) else int(period[-1])
    return SECONDS[(number - 1) % (3 if is_year_period(period) else 4)]
