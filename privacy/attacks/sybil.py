"""The sybil attacker (Douceur 2002): one verified organisation and any number of unverified ones, filled with people who
do not exist, to make a crowd out of nobody around somebody who does.

Invented people are known to their inventor, so they hide nobody from them: the posterior is over the others alone. The
attacker knows the cell test and puts into every cell that fails just as many as make it pass, where that can be done: too
many would make their own organisation too large and shut what they want open.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from privacy.anonymity import SUBJECT, Member, Policy, Vector, is_coarser_or_equal
from privacy.attacks.authors import Rule
from privacy.attacks.population import Population
from privacy.attacks.posterior import Guess, Weights, posterior
from privacy.attacks.world import Sizes, Test, World, cell_test

SYBIL = "sybil/"
VERIFIED = f"{SYBIL}verified"
MOST_A_CELL = 24
Cells = Mapping[tuple[str, ...], Sequence[Member]]
"""(subject or "", values…) → the people in the cell."""


@dataclass(frozen=True)
class Network:
    """How a network counts its crowds. `counts_unverified` and a `test` of its own are for mutants."""

    policy: Policy = field(default_factory=Policy)
    counts_unverified: bool = False
    test: Test | None = None

    @property
    def cell_test(self) -> Test:
        """The one in force."""
        return self.test or cell_test(self.policy)

    def counted(self, people: Population) -> Population:
        """Those whom the network counts: people of verified organisations."""
        if self.counts_unverified:
            return people
        names = {member.organisation for member in people.members}
        return people.without({name for name in names if name.startswith(SYBIL) and name != VERIFIED})


def without_removal(policy: Policy) -> Test:
    """A mutant: k members and m organisations, the largest organisation left in."""

    def passes(sizes: Sizes) -> bool:
        return sum(sizes) >= policy.k and len(sizes) >= policy.m

    return passes


def cells_of(population: Population, group: str, vector: Vector) -> Cells:
    """The non-empty cells of one vector in one group."""
    levels = dict(vector)
    by_name = sorted((h.name, h) for h in population.hierarchies)
    cells: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for member in population.members:
        if member.group == group:
            values = tuple(h.generalise(member.attributes[name], levels[name]) for name, h in by_name)
            for subject in sorted(member.subjects) if not levels[SUBJECT] else [""]:
                cells[subject, *values].append(member)
    return cells


def invent(
    population: Population, group: str, vector: Vector, network: Network, *, unverified: int = 0
) -> list[Member]:
    """The fewest people that make every cell of the vector pass, looking like somebody in it; empty when it cannot be
    done. They are of the verified organisation, and in turn of so many unverified ones."""
    firms = [VERIFIED, *(f"{SYBIL}{n}" for n in range(unverified))]
    found: list[Member] = []
    for cell in cells_of(population, group, vector).values():
        more = _fewest([member.organisation for member in cell], firms, network)
        if more is None:
            return []
        for n in range(more):
            like, firm = cell[n % len(cell)], firms[n % len(firms)]
            key = f"{firm}/{len(found)}"
            found.append(Member(key, group, firm, like.attributes, like.subjects))
    return found


def open_in(population: Population, group: str, network: Network) -> frozenset[Vector]:
    """The group's open vectors under the network's own test: every cell passes, of it and of all that is coarser."""
    world = World(population, network.policy, {"": frozenset()})
    passing = {v for v in world.vectors if _passes_everywhere(population, group, v, network.cell_test)}
    failing = [v for v in world.vectors if v not in passing]
    return frozenset(v for v in passing if not any(is_coarser_or_equal(other, v) for other in failing))


def attack(
    population: Population,
    group: str,
    network: Network,
    *,
    rng: random.Random,
    unverified: int = 0,
    tries: int = 4,
    authors: int = 10,
) -> list[Guess]:
    """Open as fine a vector as can be opened, and see who of the real people posting then is left with what crowd.

    Every vector is tried, the finest first, until `tries` of them were opened. Empty when nobody of the group posts.
    """
    found: list[Guess] = []
    opened = 0
    for vector in _finest_first(population, network.policy):
        invented = invent(population, group, vector, network, unverified=unverified)
        people = network.counted(population.with_members(invented))
        table = open_in(people, group, network) if invented else frozenset()
        if vector in table and opened < tries:
            opened += 1
            found += _look(World(people, network.policy, {group: table}, network.test), group, authors, rng)
    return found


def _fewest(organisations: Sequence[str], firms: Sequence[str], network: Network) -> int | None:
    """How many invented people, of these firms in turn, make a cell pass for a network that counts as this one does."""
    for more in range(MOST_A_CELL + 1):
        sizes = Counter(organisations)
        sizes.update(firms[n % len(firms)] for n in range(more) if network.counts_unverified or n % len(firms) == 0)
        if network.cell_test(list(sizes.values())):
            return more
    return None


def _passes_everywhere(population: Population, group: str, vector: Vector, test: Test) -> bool:
    cells = cells_of(population, group, vector).values()
    return all(test(list(Counter(member.organisation for member in cell).values())) for cell in cells)


def _finest_first(population: Population, policy: Policy) -> list[Vector]:
    vectors = World(population, policy, {"": frozenset()}).vectors
    return sorted(vectors, key=lambda vector: (sum(level for _, level in vector), vector))


def _look(world: World, group: str, authors: int, rng: random.Random) -> list[Guess]:
    real = [key for key in world.keys if set(world.rows[key]) == {group} and not key.startswith(SYBIL)]
    found = []
    for key in rng.sample(real, min(authors, len(real))):
        posts = Rule(chooses=1.0).posts(world, key, rng)
        if posts:
            found.append(_guess(world, posterior(world, None, key, posts)))
    return found


def _guess(world: World, weights: Weights) -> Guess:
    real = np.array([not name.startswith(SYBIL) for name in world.organisation])
    left = np.where(real, weights, 0.0)
    left = left / left.sum()
    place = {name: n for n, name in enumerate(sorted(set(world.organisation)))}
    firms = np.bincount([place[name] for name in world.organisation], weights=left)
    return Guess(float(left.max()), float(firms.max()), float(left.max()), float(firms.max()))
