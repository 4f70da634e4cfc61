"""Circles: fixed groups of 3–5 organisations, the only thing outside the identity store that stands for them.

Below 20 organisations a circle is one organisation, and the page on compromise says so.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType

from privacy.errors import WeakInput

SMALLEST, LARGEST = 3, 5
FEW_ORGANISATIONS = 20

NewId = Callable[[], str]


@dataclass(frozen=True)
class Circles:
    """Organisation → its circle now, and → the circles it was in before (posts keep the old id)."""

    current: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "current", MappingProxyType(dict(self.current)))
        object.__setattr__(self, "former", MappingProxyType({org: frozenset(ids) for org, ids in self.former.items()}))

    def members(self) -> dict[str, tuple[str, ...]]:
        """Circle → its organisations, sorted."""
        found: dict[str, list[str]] = {}
        for organisation in sorted(self.current):
            found.setdefault(self.current[organisation], []).append(organisation)
        return {circle: tuple(organisations) for circle, organisations in found.items()}

    def ever(self, organisation: str) -> frozenset[str]:
        """Every circle an organisation is or was in: what exclusions are compared with."""
        now = {self.current[organisation]} if organisation in self.current else set()
        return self.former.get(organisation, frozenset()) | now


@dataclass(frozen=True)
class Lineage:
    """Which circles may stand for the same organisation: posts and profiles keep ids from before a split.

    `paths` holds, for each organisation and without its name, its circle now and every circle it is or was in.
    """

    paths: tuple[tuple[str, frozenset[str]], ...] = ()

    def beside(self, circles: Collection[str]) -> frozenset[str]:
        """These circles, and every one that some organisation of theirs is or was in.

        Whoever wrote under one of `circles`, or is shut out by it, may name any of these today.
        """
        return frozenset(circles).union(*(path for _, path in self.paths if not path.isdisjoint(circles)))

    def families(self, circles: Collection[str]) -> dict[str, str]:
        """Circle → one name for all of `circles` that may stand for the same circle now: "at most one" counts by it.

        A circle that has split may be either half, so both are taken as one for as long as somebody names it.
        """
        present, heads = frozenset(circles), {one: one for one in circles}

        def head(one: str) -> str:
            while heads.setdefault(one, one) != one:
                one = heads[one]
            return one

        for now, path in self.paths:
            for circle in path & present:
                first, second = sorted((head(circle), head(now)))
                heads[second] = first
        return {one: head(one) for one in present}


def settle(circles: Circles, organisations: Collection[str], *, rng: random.Random, new_id: NewId) -> Circles:
    """Circles for exactly these organisations. Those who have one keep it; those gone are taken out.

    Newcomers, in random order, join a smallest circle; at six it splits in two new ones of three. The first time there
    are 20 or more, circles of 4 or 5 are drawn at random. Where so many have gone that a circle is left with fewer than
    three, those who are left join others as newcomers do: a circle of one would stand for its organisation. `rng` should be a `random.SystemRandom` outside tests.
    """
    if len(set(organisations)) != len(organisations):
        raise WeakInput("organisations", "each once")
    kept = Circles({org: circle for org, circle in circles.current.items() if org in organisations}, circles.former)
    newcomers = sorted(set(organisations) - set(kept.current))
    rng.shuffle(newcomers)
    if not (_has_grown(circles) and kept.current):
        return _settle_few(kept, newcomers, organisations, rng=rng, new_id=new_id)
    kept, homeless = _dissolve(kept)
    for newcomer in (*newcomers, *rng.sample(homeless, len(homeless))):
        kept = _join(kept, newcomer, rng=rng, new_id=new_id)
    return kept


def _dissolve(circles: Circles) -> tuple[Circles, list[str]]:
    """Without the circles that have fewer than three left, and who was in them; the largest stays when all are so."""
    by_size = sorted(circles.members().items(), key=lambda one: (-len(one[1]), one[0]))
    left = [name for _, members in by_size[1:] if len(members) < SMALLEST for name in members]
    former = {**circles.former, **{name: circles.ever(name) for name in left}}
    return Circles({name: one for name, one in circles.current.items() if name not in left}, former), left


def _has_grown(circles: Circles) -> bool:
    # Once drawn, circles stay drawn: falling under 20 must not turn a circle back into one organisation.
    return any(len(members) > 1 for members in circles.members().values()) or any(circles.former.values())


def _settle_few(
    kept: Circles, newcomers: list[str], organisations: Collection[str], *, rng: random.Random, new_id: NewId
) -> Circles:
    if len(organisations) < FEW_ORGANISATIONS:
        return Circles({**kept.current, **{newcomer: new_id() for newcomer in newcomers}}, kept.former)
    order = sorted(organisations)
    rng.shuffle(order)
    quantity = len(order) // (SMALLEST + 1)
    return _move(kept, (order[start::quantity] for start in range(quantity)), new_id=new_id)


def _join(circles: Circles, newcomer: str, *, rng: random.Random, new_id: NewId) -> Circles:
    by_size = circles.members()
    fewest = min(len(members) for members in by_size.values())
    circle = rng.choice([name for name, members in by_size.items() if len(members) == fewest])
    together = [*by_size[circle], newcomer]
    if len(together) <= LARGEST:
        return Circles({**circles.current, newcomer: circle}, circles.former)
    # The newcomer belongs to the old circle for an instant: it must not read what its new neighbours asked there.
    joined = Circles({**circles.current, newcomer: circle}, circles.former)
    rng.shuffle(together)
    return _move(joined, (together[:SMALLEST], together[SMALLEST:]), new_id=new_id)


def _move(circles: Circles, groups: Iterable[Collection[str]], *, new_id: NewId) -> Circles:
    current, former = dict(circles.current), dict(circles.former)
    for group in groups:
        circle = new_id()
        for organisation in group:
            former[organisation] = circles.ever(organisation)
            current[organisation] = circle
    return Circles(current, former)


def counting_ids(prefix: str = "circle-") -> NewId:
    """Ids for tests and simulations: circle-1, circle-2, …"""
    numbers = count(1)
    return lambda: f"{prefix}{next(numbers)}"
