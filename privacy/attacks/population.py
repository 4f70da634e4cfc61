"""Networks drawn at random, for attackers that need to know everybody: organisations of very uneven size, each at one
place with its own kinds of stock, and their people.

Sizes are lognormal, the usual shape of firm sizes (Gibrat 1931): few large ones, many of a handful of people.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from privacy.anonymity import Member
from privacy.attributes import Hierarchy
from privacy.circles import Circles, counting_ids, settle
from privacy.errors import WeakInput

SIZES = (20, 60, 120)
"""The networks every promise is measured on, in organisations."""


@dataclass(frozen=True)
class Trade:
    """What people of a network work with: domain group → its subjects, and the attributes that describe them.

    `of_organisation` names the attributes that everybody of one organisation shares (its place, its size).
    """

    hierarchies: tuple[Hierarchy, ...]
    groups: Mapping[str, tuple[str, ...]]
    of_organisation: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "hierarchies", tuple(self.hierarchies))
        object.__setattr__(self, "groups", {group: tuple(subjects) for group, subjects in self.groups.items()})
        if not self.groups or not all(self.groups.values()):
            raise WeakInput("trade", "a group, and a subject in each")


def _areas() -> Hierarchy:
    return Hierarchy("area", ("prefecture", "region"), {f"prefecture-{n}": (f"region-{n // 4}",) for n in range(16)})


FARMING = Trade(
    hierarchies=(
        _areas(),
        Hierarchy("size", ("band",), {"few": (), "dozens": (), "many": ()}),
        Hierarchy("role", ("role",), {"field": (), "health": (), "manager": (), "office": ()}),
        Hierarchy("tenure", ("years",), {"0-2": (), "3-9": (), "10-": ()}),
    ),
    groups={f"group-{g}": tuple(f"species-{g}-{s}" for s in range(3)) for g in range(5)},
    of_organisation=frozenset({"area", "size"}),
)
"""The shape of the aquaculture domain file: five groups of three species, places in two levels, three more bands."""


@dataclass(frozen=True)
class Population:
    """Everybody: `members` as privacy.anonymity wants them (once a group), `circle` by organisation."""

    members: tuple[Member, ...]
    trade: Trade
    circle: Mapping[str, str] = field(default_factory=dict)

    @property
    def hierarchies(self) -> tuple[Hierarchy, ...]:
        """The trade's."""
        return self.trade.hierarchies

    def rows(self) -> dict[str, tuple[Member, ...]]:
        """Member key → that person's rows, one for each group."""
        found: dict[str, list[Member]] = defaultdict(list)
        for member in self.members:
            found[member.key].append(member)
        return {key: tuple(rows) for key, rows in found.items()}

    def without(self, organisations: Iterable[str]) -> Population:
        """The same people without those of some organisations."""
        gone = frozenset(organisations)
        kept = tuple(member for member in self.members if member.organisation not in gone)
        return Population(kept, self.trade, self.circle)

    def with_members(self, more: Iterable[Member]) -> Population:
        """The same people and some more."""
        return Population((*self.members, *more), self.trade, self.circle)


def draw(organisations: int, seed: int, *, trade: Trade = FARMING, median: float = 8.0) -> Population:
    """A network of so many organisations with `median` people each. The same arguments give the same people."""
    rng = random.Random(f"{organisations}/{seed}")  # noqa: S311  a simulation repeats itself
    names = [f"organisation-{n}" for n in range(organisations)]
    circles = settle(Circles(), names, rng=rng, new_id=counting_ids())
    members = [member for name in names for member in draw_organisation(name, rng, trade=trade, median=median)]
    return Population(tuple(members), trade, circles.current)


def draw_organisation(
    name: str, rng: random.Random, *, trade: Trade = FARMING, median: float = 8.0, people: int = 0
) -> list[Member]:
    """The people of one organisation: one or two groups, a few of their subjects, one place. `people` 0 draws them."""
    quantity = people or max(1, min(120, round(rng.lognormvariate(0, 0.9) * median)))
    groups = rng.sample(sorted(trade.groups), min(len(trade.groups), rng.choice((1, 1, 1, 2))))
    stock = {group: _some(trade.groups[group], rng) for group in groups}
    shared = {h.name: _value(h, rng) for h in trade.hierarchies if h.name in trade.of_organisation}
    return [row for n in range(quantity) for row in _person(f"{name}/{n}", name, trade, stock, shared, rng)]


def _person(
    key: str,
    organisation: str,
    trade: Trade,
    stock: Mapping[str, Sequence[str]],
    shared: Mapping[str, str],
    rng: random.Random,
) -> list[Member]:
    own = {h.name: _value(h, rng) for h in trade.hierarchies if h.name not in trade.of_organisation}
    groups = rng.sample(sorted(stock), rng.randint(1, len(stock)))
    return [
        Member(key, group, organisation, {**shared, **own}, frozenset(_some(stock[group], rng))) for group in groups
    ]


def _some(among: Sequence[str], rng: random.Random) -> list[str]:
    return rng.sample(sorted(among), min(len(among), rng.choices((1, 2, 3), (5, 3, 2))[0]))


def _value(hierarchy: Hierarchy, rng: random.Random) -> str:
    """A value of an attribute; the first ones are the common ones."""
    values = sorted(hierarchy.values)
    return rng.choices(values, [1 / (n + 1) ** 0.7 for n in range(len(values))])[0]
