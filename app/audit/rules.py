"""What is measured, what is accepted, and how much of a figure is told: bands, so that no page gives a small crowd away."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Kind = Literal["share", "area", "count", "people"]
BANDS: Final[dict[Kind, tuple[float, ...]]] = {
    "share": (0.01, 0.02, 0.03, 0.05, 0.075, 0.10, 0.125, 0.15, 0.20, 0.25, 0.35, 0.40, 0.50, 0.75, 1.0),
    "area": (0.01, 0.02, 0.05, 0.10, 0.25, 0.50),  # distance from 0.5
    "count": (0.0, math.inf),  # nothing, or something
    "people": (2.0, 5.0, 10.0, 20.0, 50.0),
}


@dataclass(frozen=True, slots=True)
class Band:
    """A figure as it may be told: somewhere up to `to`, or for people from `to` on."""

    kind: Kind
    to: float


@dataclass(frozen=True, slots=True)
class Measure:
    """One attack on the live network. `limit` None: reported, not promised. `low` and `high` are the interval, as told."""

    key: str
    band: Band
    limit: float | None
    met: bool | None
    low: Band | None = None
    high: Band | None = None
    runs: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """One audit: its day, how it can be done again, and what came of it."""

    day: date
    seed: int
    version: str
    quick: bool
    measures: tuple[Measure, ...]

    @property
    def missed(self) -> tuple[Measure, ...]:
        """What was promised and did not hold."""
        return tuple(one for one in self.measures if one.met is False)


def band_of(kind: Kind, value: float) -> Band:
    """The band a figure lies in: up to its upper end; people count from its lower end, 0 when under the first."""
    ends = BANDS[kind]
    if kind == "people":
        return Band(kind, max((end for end in ends if end <= value), default=0.0))
    return Band(kind, next((end for end in ends if value <= end + 1e-9), ends[-1]))


def floor_of(kind: Kind, value: float) -> Band:
    """The band's lower end: where an interval begins."""
    return Band(kind, max((end for end in BANDS[kind] if end <= value + 1e-9), default=0.0))


def at_most(
    key: str, value: float, limit: float | None, *, interval: tuple[float, float] | None = None, runs: int = 0
) -> Measure:
    """A share that should be small."""
    met = None if limit is None else value <= limit + 1e-9
    low, high = (None, None) if interval is None else (floor_of("share", interval[0]), band_of("share", interval[1]))
    return Measure(key, band_of("share", value), limit, met, low, high, runs)


def near_chance(key: str, area: float, limit: float, *, runs: int) -> Measure:
    """An area that should be a half: told is how far from it."""
    away = abs(area - 0.5)
    return Measure(key, band_of("area", away), limit, away <= limit + 1e-9, runs=runs)


def styled(key: str, area: float, limit: float, *, interval: tuple[float, float], runs: int) -> Measure:
    """An area that should be a half, from few texts: missed when its whole interval is further away than that."""
    ends = sorted(abs(end - 0.5) for end in interval)
    nearest = 0.0 if interval[0] <= 0.5 <= interval[1] else ends[0]
    low, high = floor_of("area", nearest), band_of("area", ends[1])
    return Measure(key, band_of("area", abs(area - 0.5)), limit, nearest <= limit + 1e-9, low, high, runs)


def guessed(key: str, value: float, limit: float, *, interval: tuple[float, float], least: float, runs: int) -> Measure:
    """How much better than a coin a guess is, where it may come right up to what is allowed: missed when even the
    `least` that explains it is above that."""
    low, high = floor_of("share", interval[0]), band_of("share", interval[1])
    return Measure(key, band_of("share", value), round(limit, 3), least <= limit, low, high, runs)


def nothing(key: str, found: Sequence[object], *, runs: int) -> Measure:
    """Something that should not be there at all."""
    return Measure(key, band_of("count", float(len(found))), 0.0, not found, runs=runs)


def at_least(key: str, people: float, limit: float | None, *, runs: int) -> Measure:
    """A crowd that should be large."""
    return Measure(key, band_of("people", people), limit, None if limit is None else people >= limit, runs=runs)
