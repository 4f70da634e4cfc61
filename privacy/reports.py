"""Reading a release: what its noisy numbers say, how exactly, and what they do not say.

Everything here is worked out of published numbers, which costs no privacy (post-processing), and states the exact error
of its noise (privacy.laplace). A figure counts organisations under the limit of the plan: an organisation with more
cells than the limit counts in as many as that, so the number without a limit is this one or larger.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import inf
from types import MappingProxyType
from typing import Any, Final

from privacy.errors import WeakInput
from privacy.laplace import LEVEL, Parts, chance_in, half_width, parts_of, range_width
from privacy.plans import STATES, Plan

FIRM: Final = 0.25
"""A figure is firm when its error is at most so much of it."""

MEASURES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "need": {
            "demand": STATES["need"], "unmet": ("none",), "soon": ("soon",), "later": ("later",),
        },
        "outcomes": {"outcomes": STATES["outcomes"], "good": ("good",), "bad": ("bad",)},
        "support": {"solved": ("",)},
        "ideas": {"ideas": ("",)},
    }
)  # fmt: skip
"""Release kind → figure → the states that are added up."""


# ---------------------------------------------------------------- a release and its figures


@dataclass(frozen=True)
class Release:
    """One published release: `values` by (cell, state), some of them below 0. Raises WeakInput when numbers are
    missing or there are others than the plan says."""

    period: str
    kind: str
    plan: Plan
    values: Mapping[tuple[str, str], int]

    def __post_init__(self) -> None:
        if self.kind not in STATES or set(self.values) != set(self.plan.places(self.kind)):
            raise WeakInput("release", "the numbers its plan names")

    @property
    def scale(self) -> Fraction:
        """Scale of the noise on every number."""
        return self.plan.scale_of(self.kind)

    @classmethod
    def from_body(cls, body: bytes | Mapping[str, Any]) -> Release:
        """Out of the published bytes, or of what they parse to."""
        plain = json.loads(body) if isinstance(body, bytes) else body
        values = {(cell["topic"], cell["state"]): int(cell["value"]) for cell in plain["cells"]}
        return cls(plain["period"], plain["kind"], Plan.from_json(json.dumps(plain["plan"])), values)


@dataclass(frozen=True)
class Figure:
    """A number of organisations in one cell, as the noisy numbers tell it.

    `total` is what was added up, `over` the number of quarters it is the mean of; `parts` the noise in the total.
    """

    measure: str
    topic: str
    total: int
    parts: Parts
    over: int = 1

    @property
    def value(self) -> float:
        """The estimate, unbiased and so sometimes below 0."""
        return self.total / self.over

    @cached_property
    def half(self) -> float:
        """Half the width of the 95 % interval, before it is cut at 0."""
        return half_width(self.parts) / self.over

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval; no count is below 0."""
        return max(0.0, self.value - self.half)

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        return max(0.0, self.value + self.half)

    @property
    def relative_error(self) -> float:
        """Half the interval over the estimate; infinite for an estimate that is not above 0."""
        return self.half / self.value if self.value > 0 else inf

    @property
    def shown(self) -> bool:
        """Whether it can be told from nothing at all: its interval does not reach 0. If not, it is suppressed."""
        return self.value > self.half

    @property
    def firm(self) -> bool:
        """Shown, and within a quarter of the estimate."""
        return self.shown and self.relative_error <= FIRM


def figures_of(release: Release) -> tuple[Figure, ...]:
    """Every figure of a release: each measure (MEASURES) over each cell, cells in the plan's order. A year's numbers
    count an organisation once in each quarter it was in, so its figures are those of its mean quarter, of those that
    were counted."""
    over = len(release.plan.quarters)
    return tuple(
        Figure(
            measure, cell, sum(release.values[cell, state] for state in states), ((release.scale, len(states)),), over
        )
        for measure, states in MEASURES[release.kind].items()
        for cell in release.plan.cells_of(release.kind)
    )


def total_of(figures: Sequence[Figure]) -> Figure:
    """The sum over cells. An organisation is in it once a cell, so it counts needs, not organisations; its error grows
    with the root of the number of cells. Raises WeakInput for none, or figures over different spans."""
    if len({figure.over for figure in figures}) != 1:
        raise WeakInput("sum", "figures over the same quarters")
    parts = parts_of(*(part for figure in figures for part in figure.parts))
    return replace(figures[0], topic="", total=sum(figure.total for figure in figures), parts=parts)


def mean_over(quarters: Iterable[Sequence[Figure]]) -> tuple[Figure, ...]:
    """The mean quarter: cell by cell, over quarters that all have the cell. Four quarters halve the relative error of
    one; each adds its own noise and its own true value. An organisation counts in each quarter it was in."""
    by_cell: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    seen = list(quarters)
    for figures in seen:
        for figure in figures:
            by_cell[figure.measure, figure.topic].append(figure)
    whole = [total_of(same) for same in by_cell.values() if len(same) == len(seen)]
    keys = [key for key, same in by_cell.items() if len(same) == len(seen)]
    return tuple(replace(one, topic=topic, over=len(seen)) for one, (_, topic) in zip(whole, keys, strict=True))


# ---------------------------------------------------------------- shares, changes, order


@dataclass(frozen=True)
class Share:
    """A part of a whole, 0 to 1, with an interval that holds it in at least 95 % of all releases. `value` is None
    where the whole cannot be told from nothing."""

    topic: str
    value: float | None
    low: float
    high: float


def share_of(part: Figure, rest: Figure) -> Share:
    """part / (part + rest), of two figures without a common number, such as unmet need and what was answered.

    The two intervals hold together at 95 % (each at 97.5 %, Bonferroni), and the share grows with the one and falls
    with the other, so the ends come from their corners: wider than need be, never too narrow, also for small counts.
    """
    part_half, rest_half = (half_width(one.parts, (1 + LEVEL) / 2) for one in (part, rest))
    part_low, part_high = max(0, part.total - part_half), max(0, part.total + part_half)
    rest_low, rest_high = max(0, rest.total - rest_half), max(0, rest.total + rest_half)
    low = part_low / (part_low + rest_high) if part_low + rest_high else 0.0
    high = part_high / (part_high + rest_low) if part_high + rest_low else 1.0
    whole = total_of([part, rest])
    value = min(max(part.total / whole.total, low), high) if whole.shown else None
    return Share(part.topic, value, low, high)


@dataclass(frozen=True)
class Change:
    """What became of one cell between two quarters. `chance`: how often noise alone does as much or more. `sure`: it
    would still be told from noise if every cell of the measure is looked at (Holm 1979, 5 % for all together)."""

    measure: str
    topic: str
    value: float
    low: float
    high: float
    chance: float
    sure: bool


def comparable(new: Plan, old: Plan, kind: str) -> bool:
    """Whether two periods counted in the same way: same cells, same limit, as many quarters."""
    ways = [(one.cells_of(kind), one.limit_of(kind), len(one.quarters)) for one in (new, old)]
    return ways[0] == ways[1]


def changes(new: Release, old: Release) -> tuple[Change, ...]:
    """Each figure of `new` less the same of `old`, the errors of both in it; none where the plans do not compare."""
    if new.kind != old.kind or not comparable(new.plan, old.plan, new.kind):
        return ()
    pairs = list(zip(figures_of(new), figures_of(old), strict=True))
    return tuple(change for measure in MEASURES[new.kind] for change in _changes(measure, pairs))


def _changes(measure: str, pairs: Iterable[tuple[Figure, Figure]]) -> list[Change]:
    found = []
    for new, old in pairs:
        if new.measure == measure:
            parts, moved, over = parts_of(*new.parts, *old.parts), new.total - old.total, new.over
            half, chance = half_width(parts), chance_in(parts, moved)
            ends = (moved - half) / over, (moved + half) / over
            found.append(Change(measure, new.topic, moved / over, *ends, chance, False))
    sure = holm([change.chance for change in found])
    return [replace(change, sure=yes) for change, yes in zip(found, sure, strict=True)]


def holm(chances: Sequence[float], level: float = LEVEL) -> list[bool]:
    """Which of several differences are more than noise, wrong in any of them with at most 1 - level (Holm 1979)."""
    order = sorted(range(len(chances)), key=lambda at: chances[at])
    sure = [False] * len(chances)
    for rank, at in enumerate(order):
        if chances[at] > (1 - level) / (len(chances) - rank):
            break
        sure[at] = True
    return sure


def tiers(figures: Sequence[Figure]) -> tuple[tuple[Figure, ...], ...]:
    """Cells in groups, largest first: every cell of a group is larger than every cell of the next, and that holds for
    all of them together in 95 % of releases. Inside a group nothing is said about order; it comes by cell key.

    Two cells are apart when they differ by more than the 95 % quantile of the range of as many noises (Tukey's honestly
    significant difference, here exact); a group ends where neighbours are apart. Raises WeakInput when the figures do
    not carry the same noise.
    """
    if not figures:
        return ()
    if len({(figure.parts, figure.over) for figure in figures}) != 1:
        raise WeakInput("order", "figures with the same noise")
    apart = range_width(figures[0].parts, len(figures))
    groups: list[list[Figure]] = []
    for figure in sorted(figures, key=lambda one: -one.total):
        if not groups or groups[-1][-1].total - figure.total > apart:
            groups.append([])
        groups[-1].append(figure)
    return tuple(tuple(sorted(group, key=lambda one: one.topic)) for group in groups)


def leaders(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Those of which one is the largest, in 95 % of releases: all that no other is surely larger than, in the order
    they came in. Nothing is said about order among them (Gupta 1965, subset selection). Raises WeakInput as `tiers`."""
    if not figures:
        return ()
    if len({(figure.parts, figure.over) for figure in figures}) != 1:
        raise WeakInput("order", "figures with the same noise")
    most = max(figure.total for figure in figures)
    apart = range_width(figures[0].parts, len(figures))
    return tuple(figure for figure in figures if most - figure.total <= apart)
