"""The timing attacker: a colleague who sees, minute by minute, who was at the screen, and when a post appeared.

He knows the rule by which posts are published, so he goes back from the moment a post was seen to every minute it can
have been written in; whoever was there in one of them may be its author. Their number is the anonymity set (Serjantov
and Danezis 2002 count it weighted: `surest` is the weight of the likeliest). The rule is handed in as a function, so a
delay that can be computed back, or none, is found out by the same attack.

The second attack is on order: inside a window, does the place of a row tell when it came?
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Final

import numpy as np
import numpy.typing as npt

from privacy.attacks.figures import percentile, percentile_interval
from privacy.scopes import Audience
from privacy.times import Cadence, next_publication, window_of

MINUTE: Final = 60
DAY_MINUTES: Final = 1440

Presence = Mapping[str, Sequence[tuple[int, int]]]
"""Member to the minutes at the screen, each stay as (first, last + 1)."""
Rule = Callable[[int], int]
"""From the minute a post is written to the minute it is seen."""


@dataclass(frozen=True)
class TimingResult:
    """Per post: how many members may have written it, and the attacker's weight on the likeliest (0..1)."""

    sizes: tuple[int, ...]
    surest: tuple[float, ...]

    @property
    def fifth(self) -> float:
        """The 5th percentile of the anonymity set: nineteen posts of twenty have at least this."""
        return percentile(self.sizes, 0.05)

    @property
    def median(self) -> float:
        """The middle anonymity set."""
        return percentile(self.sizes, 0.5)

    def fifth_interval(self, rng: Random) -> tuple[float, float]:
        """The 95 % bootstrap interval of `fifth`."""
        return percentile_interval(self.sizes, 0.05, rng)


@dataclass(frozen=True)
class Rhythm:
    """How people come to the screen: `weights` by hour of the day, visits a working day, their minutes, the weekend."""

    weights: tuple[float, ...] = (
        .3, .15, .1, .1, .3, .8, 2, 4, 5, 4, 4, 4, 6, 4.5, 4, 4, 4, 4, 3.5, 3, 3, 2.5, 1.5, .7,
    )  # fmt: skip
    visits: float = 0.9
    spread: float = 0.6
    minutes: float = 8.0
    weekend: float = 0.4


def publication_rule(audience: Audience, cadence: Cadence, *, window_seconds: int = 3600, urgent: bool = False) -> Rule:
    """The real rule: a post is seen when its window begins; an urgent one in the minute it is written."""

    def rule(minute: int) -> int:
        if urgent:
            return minute
        due = next_publication(window_of(minute * MINUTE, window_seconds), audience, cadence)
        return due * window_seconds // MINUTE

    return rule


def attack_times(presence: Presence, written: Iterable[int], rule: Rule) -> TimingResult:
    """The anonymity set of each post, given the minute it was really written in (of which only `rule` of it is seen)."""
    grid = _grid(presence)
    behind: dict[int, list[int]] = defaultdict(list)
    for minute in range(grid.shape[1]):
        behind[rule(minute)].append(minute)
    return _result(grid, ([*behind[rule(minute)]] for minute in written))


def attack_windows(
    presence: Presence, published: Iterable[tuple[int, Rule]], *, window_seconds: int = 3600
) -> TimingResult:
    """The same on what a network has left: for each post the window it was published in, and the rule of its audience.

    `presence` counts minutes from the epoch shifted by any whole number of windows that the windows are shifted by too.
    """
    grid = _grid(presence)
    tables: dict[Rule, dict[int, list[int]]] = {}
    candidates = []
    for window, rule in published:
        if rule not in tables:
            tables[rule] = defaultdict(list)
            for minute in range(grid.shape[1]):
                tables[rule][rule(minute)].append(minute)
        candidates.append(tables[rule][window * window_seconds // MINUTE])
    return _result(grid, candidates)


def simulate_presence(
    rng: Random, members: int, days: int, rhythm: Rhythm | None = None
) -> dict[str, list[tuple[int, int]]]:
    """Visits of a made-up network over `days` from a Monday on; some members come often, most seldom."""
    rhythm = rhythm or Rhythm()
    found: dict[str, list[tuple[int, int]]] = {}
    for member in range(members):
        usual = rhythm.visits * rng.lognormvariate(-(rhythm.spread**2) / 2, rhythm.spread)
        stays = [_stay(rng, day, rhythm) for day in range(days) for _ in range(_visits(rng, usual, day, rhythm))]
        found[f"m{member}"] = sorted(stay for stay in stays if stay[1] <= days * DAY_MINUTES)
    return found


def written_in(rng: Random, presence: Presence, posts: int) -> list[int]:
    """Minutes of posts: each in a random minute somebody was there."""
    minutes = [(first, last) for stays in presence.values() for first, last in stays]
    drawn = rng.choices(minutes, weights=[last - first for first, last in minutes], k=posts)
    return [rng.randrange(first, last) for first, last in drawn]


def order_auc(windows: Iterable[Sequence[tuple[float, float]]]) -> tuple[float, int]:
    """How well the place tells which of two posts of one window came first: (AUC, number of pairs); .5 is nothing.

    Each window holds (time of arrival, place): a row's place in the file, in a list, its number. Equal places count half.
    ValueError without a pair.
    """
    agreed, pairs = 0.0, 0
    for rows in windows:
        for (came, place), (other_came, other_place) in combinations(rows, 2):
            if came == other_came:
                continue
            pairs += 1
            agreed += 0.5 if place == other_place else float((came < other_came) == (place < other_place))
    if not pairs:
        raise ValueError("no two posts share a window")
    return agreed / pairs, pairs


def order_by_chance(
    windows: Sequence[Sequence[tuple[float, float]]], rng: Random, rounds: int = 200
) -> tuple[float, float]:
    """Where `order_auc` lies 95 % of the time when places are random, for windows of these sizes."""
    drawn = []
    for _ in range(rounds):
        mixed = [[(came, rng.random()) for came, _ in rows] for rows in windows]
        drawn.append(order_auc(mixed)[0])
    return percentile(drawn, 0.025), percentile(drawn, 0.975)


def _grid(presence: Presence) -> npt.NDArray[np.bool_]:
    length = max((last for stays in presence.values() for _, last in stays), default=0)
    grid = np.zeros((len(presence), length), dtype=bool)
    for row, stays in enumerate(presence.values()):
        for first, last in stays:
            grid[row, first:last] = True
    return grid


def _result(grid: npt.NDArray[np.bool_], candidates: Iterable[Sequence[int]]) -> TimingResult:
    known: dict[tuple[int, int, int], tuple[int, float]] = {}
    found = []
    for minutes in candidates:
        key = (minutes[0], minutes[-1], len(minutes)) if minutes else (0, 0, 0)
        if key not in known:
            there = grid[:, list(minutes)].sum(axis=1)
            known[key] = int((there > 0).sum()), float(there.max() / max(1, there.sum()))
        found.append(known[key])
    return TimingResult(tuple(size for size, _ in found), tuple(weight for _, weight in found))


def _visits(rng: Random, usual: float, day: int, rhythm: Rhythm) -> int:
    rate = usual * (rhythm.weekend if day % 7 >= 5 else 1.0)
    count, left = 0, rng.expovariate(1.0)
    while left < rate:
        count, left = count + 1, left + rng.expovariate(1.0)
    return count


def _stay(rng: Random, day: int, rhythm: Rhythm) -> tuple[int, int]:
    hour = rng.choices(range(24), weights=rhythm.weights)[0]
    first = day * DAY_MINUTES + hour * 60 + rng.randrange(60)
    return first, first + 1 + int(rng.expovariate(1 / rhythm.minutes))
