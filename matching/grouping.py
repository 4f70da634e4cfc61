"""Who goes together: small cohorts of one group, at most one person of a circle in each, with goals near each other.

**What is maximised**, in this order: the people placed; of these, those who waited since last time; and the closeness of
goals, the mean over everybody placed of the mean cosine between their goal and their mates'.

**How many cohorts.** With g cohorts, of a circle with n people at most min(n, g) find a place, and no more than
g × most in all. Dealt out circle after circle, one cohort after the other, that many also do (no circle meets itself,
and sizes differ by at most one), as long as they fill every cohort to `fewest`. So the most that can be placed is known
exactly. Of the numbers g that reach it the one is taken whose cohorts are nearest to five people: one may leave, and a
cohort remains.

**Who with whom** is then clique partitioning with sizes, which is NP-hard: from several dealt-out beginnings, the best
exchange of two people, or move of one, is made until none helps (Kernighan and Lin 1970, "An efficient heuristic
procedure for partitioning graphs"); people without a place take part in exchanges. The tests hold it against all
partitions of small cases.

Who leads which cohort is an assignment (Kuhn 1955), solved exactly.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

USUAL = 5  # people a cohort would best have
BEGINNINGS = 6
_WAITED = 1e3  # more than closeness can give: who waited since last time comes first
_HELPS = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Applicant:
    """Somebody who wants to take part: `goal` is the unit vector of their goal, shape (d,)."""

    key: str
    circle: str
    group: str
    goal: NDArray[np.float32] = field(repr=False)
    waited: bool = False


@dataclass(frozen=True, slots=True)
class Crew:
    """A cohort: its people, and those of them whose goals are nearer to their mates' than two goals usually are."""

    group: str
    members: tuple[str, ...]
    near: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody who would lead one cohort, best of a group they work in."""

    key: str
    circle: str
    groups: frozenset[str]


def group(
    applicants: Sequence[Applicant], *, rng: random.Random, fewest: int = 4, most: int = 6
) -> tuple[list[Crew], list[str]]:
    """Return the cohorts, and the keys of those without a place; the module's docstring says by what.

    The same state of `rng` gives the same cohorts, whatever order the applicants come in. Raises ValueError unless
    2 <= fewest <= most.
    """
    if not 2 <= fewest <= most:
        raise ValueError(f"a cohort of {fewest} to {most} cannot be")
    by_group: dict[str, list[Applicant]] = defaultdict(list)
    for one in sorted(applicants, key=lambda one: one.key):
        by_group[one.group].append(one)
    crews: list[Crew] = []
    for name in sorted(by_group):
        crews += _grouped(by_group[name], np.random.default_rng(rng.getrandbits(128)), fewest, most)
    placed = {key for crew in crews for key in crew.members}
    return crews, sorted(one.key for one in applicants if one.key not in placed)


def places(circles: Sequence[str], *, fewest: int = 4, most: int = 6) -> tuple[int, int]:
    """Return how many people of one group can be placed at the most, and in how many cohorts; (0, 0) when none can."""
    sizes = Counter(circles).values()
    found = []
    for crews in range(1, len(circles) // fewest + 1):
        some = min(sum(min(size, crews) for size in sizes), most * crews)
        if some >= fewest * crews:
            found.append((some, -abs(some / crews - USUAL), crews))
    return (max(found)[0], max(found)[2]) if found else (0, 0)


def lead(crews: Sequence[tuple[str, frozenset[str]]], leaders: Sequence[Leader], *, rng: random.Random) -> list[str]:
    """Return for each cohort, given as its group and circles, the key of its leader, or "": as many as possible have
    one, of another circle than everybody in it, and as many of these as possible of their own group; equals by lot."""
    known = sorted(leaders, key=lambda one: one.key)
    if not crews or not known:
        return [""] * len(crews)
    lots = np.random.default_rng(rng.getrandbits(128)).random((len(crews), len(known)))
    fits = np.array([[one.circle not in circles for one in known] for _, circles in crews], dtype=np.float64)
    own = np.array([[name in one.groups for one in known] for name, _ in crews], dtype=np.float64)
    step = min(len(crews), len(known)) + 1.0
    worth = fits * (step * step + step * own + lots)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    chosen = {int(row): known[column].key for row, column in zip(rows, columns, strict=True) if fits[row, column]}
    return [chosen.get(n, "") for n in range(len(crews))]


def _grouped(people: Sequence[Applicant], rng: np.random.Generator, fewest: int, most: int) -> list[Crew]:
    placed, crews = places([one.circle for one in people], fewest=fewest, most=most)
    if not crews:
        return []
    goals = np.array([one.goal for one in people], dtype=np.float64)
    near = goals @ goals.T
    np.fill_diagonal(near, 0.0)
    numbers = {circle: n for n, circle in enumerate(sorted({one.circle for one in people}))}
    circles = np.array([numbers[one.circle] for one in people])
    waited = np.array([one.waited for one in people], dtype=np.float64)
    search = _Search(near, circles, circles[:, None] == circles[None, :], waited, crews, fewest, most)
    found = [search.improve(search.deal(placed, rng)) for _ in range(BEGINNINGS)]
    return search.crews_of(max(found, key=search.worth), people)


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """Exchanges and moves over a division: shape (n,), each one's cohort, or `crews` for no place."""

    near: Floats  # (n, n) cosines, nothing to oneself
    circles: Ints
    same: NDArray[np.bool_]  # (n, n): whether two are of one circle
    waited: Floats
    crews: int
    fewest: int
    most: int

    def deal(self, placed: int, rng: np.random.Generator) -> Ints:
        """A division in which all rules hold: so many people, circle after circle, one cohort after the other."""
        lots, circles = rng.random(len(self.circles)), self.circles.tolist()
        order = sorted(range(len(lots)), key=lambda n: (-float(self.waited[n]), float(lots[n])))
        of_circle: Counter[int] = Counter()
        chosen: list[int] = []
        for n in order:
            if of_circle[circles[n]] < self.crews and len(chosen) < placed:
                of_circle[circles[n]] += 1
                chosen.append(n)
        turns = {circle: rng.random() for circle in of_circle}
        chosen.sort(key=lambda n: (turns[circles[n]], circles[n], float(lots[n])))
        division = np.full(len(lots), self.crews, dtype=np.int64)
        division[chosen] = np.arange(len(chosen)) % self.crews
        return division

    def improve(self, division: Ints) -> Ints:
        """Make the best exchange or move until none helps."""
        state = _State.of(self, division)
        while True:
            swaps, moves = state.swaps(), state.moves()
            if max(swaps.max(), moves.max()) <= _HELPS:
                return state.at
            if swaps.max() >= moves.max():
                one, other = divmod(int(swaps.argmax()), swaps.shape[1])
                here, there = int(state.at[one]), int(state.at[other])
                state.put(one, there)
                state.put(other, here)
            else:
                state.put(*divmod(int(moves.argmax()), moves.shape[1]))

    def worth(self, division: Ints) -> float:
        """What is maximised for a given number of people."""
        placed = division < self.crews
        mates = (division[:, None] == division[None, :]) & placed[:, None]
        means = (self.near * mates).sum(axis=1) / np.maximum(mates.sum(axis=1) - 1, 1)
        return float(means.sum() + _WAITED * self.waited[placed].sum())

    def crews_of(self, division: Ints, people: Sequence[Applicant]) -> list[Crew]:
        """The cohorts of a division."""
        apart = self.near[~np.eye(len(people), dtype=bool)]
        usual = float(apart.mean()) if len(apart) else 0.0
        found = []
        for crew in range(self.crews):
            rows = np.flatnonzero(division == crew).tolist()
            means = self.near[np.ix_(rows, rows)].sum(axis=1) / max(len(rows) - 1, 1)
            near = frozenset(people[n].key for n, mean in zip(rows, means, strict=True) if mean > usual)
            found.append(Crew(people[rows[0]].group, tuple(people[n].key for n in rows), near))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """What a division's gains are computed from, kept up with every step. Rows are cohorts, the last is no place."""

    search: _Search
    at: Ints  # the division
    ties: Floats  # (crews + 1, n): cosines to everybody there, oneself left out
    kin: Ints  # (crews + 1, n): how many of the same circle are there

    @classmethod
    def of(cls, search: _Search, division: Ints) -> "_State":
        """Count it all."""
        shape = (search.crews + 1, len(division))
        state = cls(search, division.copy(), np.zeros(shape), np.zeros(shape, dtype=np.int64))
        for one, crew in enumerate(division):
            state._count(one, int(crew), 1)
        return state

    def put(self, one: int, crew: int) -> None:
        """Let somebody go from where they are to another cohort."""
        self._count(one, int(self.at[one]), -1)
        self._count(one, crew, 1)
        self.at[one] = crew

    def _count(self, one: int, crew: int, sign: int) -> None:
        self.ties[crew] += sign * self.search.near[one]
        self.kin[crew] += sign * self.search.same[one]

    def _own(self) -> Floats:
        return self.ties[self.at, np.arange(len(self.at))]

    def _taken(self) -> NDArray[np.bool_]:
        """Where somebody of the same circle is, (crews + 1, n); nobody is in the way at no place."""
        taken = self.kin > 0
        taken[self.search.crews] = False
        return taken

    def swaps(self) -> Floats:
        """What each exchange of two people would gain, (n, n); minus infinity where it may not be."""
        search, at = self.search, self.at
        weight = 2.0 / np.maximum(np.bincount(at, minlength=search.crews + 1) - 1, 1)
        weight[search.crews] = 0.0
        half = weight[at][:, None] * (self.ties[at] - search.near - self._own()[:, None])
        if (at == search.crews).any():
            worse = _WAITED * np.outer(at < search.crews, at == search.crews)
            half += worse * (search.waited[None, :] - search.waited[:, None])
        half[(self._taken()[at] & ~search.same) | (at[:, None] == at[None, :])] = -np.inf
        return half + half.T

    def moves(self) -> Floats:
        """What each move of one person into another cohort would gain, (n, crews + 1); likewise."""
        search, at = self.search, self.at
        own = self._own()
        size = np.bincount(at, minlength=search.crews + 1)
        pairs = np.bincount(at, own, minlength=search.crews + 1) / 2  # cosines within, each pair once
        left = 2 * (pairs[at] - own) / np.maximum(size[at] - 2, 1) - 2 * pairs[at] / np.maximum(size[at] - 1, 1)
        joined = 2 * (pairs + self.ties.T) / np.maximum(size, 1) - 2 * pairs / np.maximum(size - 1, 1)
        there = np.arange(search.crews + 1)
        may_leave = (at < search.crews) & (size[at] > search.fewest)
        may_join = (there < search.crews) & (size < search.most)
        allowed = may_leave[:, None] & may_join[None, :] & ~self._taken().T & (at[:, None] != there[None, :])
        return np.where(allowed, left[:, None] + joined, -np.inf)
