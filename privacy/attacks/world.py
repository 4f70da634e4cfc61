"""Who would look like whom: a population made ready for the many questions that an exact attacker asks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

from privacy.anonymity import (
    AT_GROUP,
    AT_SUBJECT,
    SUBJECT,
    Member,
    Policy,
    Shown,
    Vector,
    group_vector,
    is_coarser_or_equal,
    open_vectors,
)
from privacy.attacks.population import Population

Crowd = int
"""A set of people as a bit pattern: bit n is the n-th person of `World.keys`."""
Sizes = Sequence[float]
"""How many people each organisation has in a crowd; those without anybody are left out."""
Test = Callable[[Sizes], bool]
"""A cell test over these sizes."""


def cell_test(policy: Policy) -> Test:
    """The product's own (privacy.anonymity.cell_passes), over sizes."""

    def passes(sizes: Sizes) -> bool:
        total, largest = sum(sizes), max(sizes, default=0)
        return total - largest >= policy.k and len(sizes) >= policy.m and largest <= policy.alpha * total

    return passes


def members_only(k: int) -> Test:
    """A weaker one: k people, whoever they work for."""
    return lambda sizes: sum(sizes) >= k


@dataclass
class World:
    """A population under a policy. `open` and `test` may be given where another table or cell test is measured."""

    population: Population
    policy: Policy = field(default_factory=Policy)
    open: Mapping[str, frozenset[Vector]] = field(default_factory=dict)
    test: Test | None = None
    _passing: dict[Crowd, bool] = field(default_factory=dict, repr=False)
    _crowds: dict[tuple[str, str, str, Vector], Crowd] = field(default_factory=dict, repr=False)
    _offered: dict[str, tuple[Vector, ...]] = field(default_factory=dict, repr=False)
    _coarser: dict[tuple[tuple[Vector, ...], Vector], list[Vector]] = field(default_factory=dict, repr=False)
    _masks: dict[tuple[str, str, int, str], Crowd] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.open = self.open or open_vectors(self.population.members, self.population.hierarchies, self.policy)

    @cached_property
    def rows(self) -> dict[str, dict[str, Member]]:
        """Person → their row in each group."""
        return {key: {row.group: row for row in rows} for key, rows in self.population.rows().items()}

    @cached_property
    def keys(self) -> list[str]:
        """Everybody, sorted."""
        return sorted(self.rows)

    @cached_property
    def place(self) -> dict[str, int]:
        """Person → place in `keys`."""
        return {key: place for place, key in enumerate(self.keys)}

    @cached_property
    def organisation(self) -> list[str]:
        """The organisation of each of `keys`."""
        return [next(iter(self.rows[key].values())).organisation for key in self.keys]

    @cached_property
    def circle(self) -> list[str]:
        """The circle of each of `keys`."""
        return [self.population.circle.get(name, name) for name in self.organisation]

    @cached_property
    def everybody(self) -> Crowd:
        """All of `keys`."""
        return (1 << len(self.keys)) - 1

    @cached_property
    def group_only(self) -> Vector:
        """The vector that shows nothing but the group."""
        return group_vector(self.population.hierarchies)

    @cached_property
    def vectors(self) -> list[Vector]:
        """Every level vector there is."""
        found: list[Vector] = [()]
        for name, last in self.group_only:
            found = [(*vector, (name, level)) for vector in found for level in range(last + 1)]
        return found

    def offered(self, key: str) -> tuple[Vector, ...]:
        """The vectors open in every group of a person, sorted; none when one of the groups is no crowd."""
        if key not in self._offered:
            sets = [self.open.get(group, frozenset()) for group in self.rows[key]]
            self._offered[key] = tuple(sorted(frozenset.intersection(*sets)))
        return self._offered[key]

    def coarser(self, menu: tuple[Vector, ...], profile: Vector) -> list[Vector]:
        """Those of the menu that show no more than the profile."""
        if (menu, profile) not in self._coarser:
            self._coarser[menu, profile] = [one for one in menu if is_coarser_or_equal(one, profile)]
        return self._coarser[menu, profile]

    def stock(self, key: str) -> list[tuple[str, str]]:
        """A person's (group, subject) pairs, sorted."""
        return sorted((row.group, subject) for row in self.rows[key].values() for subject in row.subjects)

    def shown(self, group: str, subject: str, vector: Vector) -> Shown:
        """A post of this subject under these levels, as its page shows it."""
        levels = {name: level for name, level in vector if name != SUBJECT}
        return Shown(group, subject if dict(vector)[SUBJECT] == AT_SUBJECT else None, levels)

    def vector_of(self, post: Shown) -> Vector:
        """The full level vector of a post."""
        levels = {SUBJECT: AT_GROUP if post.subject is None else AT_SUBJECT, **post.levels}
        return tuple((name, min(levels.get(name, last), last)) for name, last in self.group_only)

    def without_subject(self, vector: Vector) -> Vector:
        """The same levels with the group in the subject's place."""
        return tuple((name, AT_GROUP if name == SUBJECT else level) for name, level in vector)

    def crowd(self, key: str, group: str, subject: str, vector: Vector) -> Crowd:
        """Everybody who would look like this person in one post: same values on these levels, same subject."""
        place = (key, group, subject, vector)
        if place not in self._crowds:
            self._crowds[place] = self._find_crowd(*place)
        return self._crowds[place]

    def _find_crowd(self, key: str, group: str, subject: str, vector: Vector) -> Crowd:
        row, found = self.rows[key][group], self._mask(group, "", 0, "")
        for name, level in vector:
            if name == SUBJECT:
                found &= self._mask(group, name, level, subject) if level == AT_SUBJECT else -1
            else:
                found &= self._mask(group, name, level, self._value(row, name, level))
        return found

    def crowd_of_post(self, key: str, post: Shown) -> Crowd:
        """The same for a post as its page shows it."""
        return self.crowd(key, post.group, post.subject or "", self.vector_of(post))

    def passes(self, crowd: Crowd) -> bool:
        """Whether these people pass the policy's cell test."""
        if crowd not in self._passing:
            self._passing[crowd] = (self.test or cell_test(self.policy))(self.sizes(crowd))
        return self._passing[crowd]

    def sizes(self, crowd: Crowd) -> Sizes:
        """How many people each organisation has in a crowd."""
        found = ((crowd & mask).bit_count() for mask in self._of_organisation.values())
        return [size for size in found if size]

    def passes_weighed(self, crowd: Crowd, about: Iterable[tuple[str, str | None, int]]) -> bool:
        """The cell test where each member counts by how likely they are to have posted so often about these, when every
        subject of theirs is as likely: 1 for the likeliest."""
        people, about = self.people_in(crowd), list(about)
        weights = [prod(self._share(place, group, subject) ** n for group, subject, n in about) for place in people]
        most = max(weights, default=0.0)
        if not most:
            return False
        sizes: dict[str, float] = defaultdict(float)
        for place, weight in zip(people, weights, strict=True):
            sizes[self.organisation[place]] += weight / most
        return cell_test(self.policy)(list(sizes.values()))

    def _share(self, place: int, group: str, subject: str | None) -> float:
        stock = self._stocks[place]
        return sum(pair[0] == group and subject in (None, pair[1]) for pair in stock) / len(stock)

    @cached_property
    def _stocks(self) -> list[list[tuple[str, str]]]:
        return [self.stock(key) for key in self.keys]

    def people_in(self, crowd: Crowd) -> list[int]:
        """The places in `keys` of a crowd."""
        found = []
        while crowd:
            lowest = crowd & -crowd
            found.append(lowest.bit_length() - 1)
            crowd ^= lowest
        return found

    @cached_property
    def _of_organisation(self) -> dict[str, Crowd]:
        found: dict[str, Crowd] = defaultdict(int)
        for place, name in enumerate(self.organisation):
            found[name] |= 1 << place
        return dict(found)

    @cached_property
    def _hierarchy(self) -> dict[str, Callable[[str, int], str]]:
        return {h.name: h.generalise for h in self.population.hierarchies}

    def _value(self, row: Member, name: str, level: int) -> str:
        return self._hierarchy[name](row.attributes.get(name, ""), level)

    def _mask(self, group: str, name: str, level: int, value: str) -> Crowd:
        place = (group, name, level, value)
        if place not in self._masks:
            self._masks[place] = self._find(*place)
        return self._masks[place]

    def _find(self, group: str, name: str, level: int, value: str) -> Crowd:
        found = 0
        for at, key in enumerate(self.keys):
            row = self.rows[key].get(group)
            if row is not None and self._fits(row, name, level, value):
                found |= 1 << at
        return found

    def _fits(self, row: Member, name: str, level: int, value: str) -> bool:
        if not name:
            return True
        return value in row.subjects if name == SUBJECT else self._value(row, name, level) == value
