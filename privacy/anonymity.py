"""The crowd: which levels of disclosure hide their author, and a person's posts taken together.

k-anonymity (Sweeney 2002) with distinct organisations as the sensitive attribute (p-sensitive k-anonymity, Truta and
Vinay 2006), minus any one organisation, over full-domain generalisation: a level vector is open or not for everybody
in a domain group, so that the choice offered tells nothing about the member it is offered to.

Levels go by attribute name; SUBJECT is the domain key itself, with two levels: the key, or only its group. The group
is always disclosed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from types import MappingProxyType

from privacy.attributes import Hierarchy, Levels, hierarchies_by_name
from privacy.errors import WeakInput

SUBJECT = "subject"
AT_SUBJECT, AT_GROUP = 0, 1

Vector = tuple[tuple[str, int], ...]
"""A level vector: (name, level) pairs sorted by name, every attribute and SUBJECT once."""
Open = Mapping[str, frozenset[Vector]]
"""Domain group → its open level vectors."""


@dataclass(frozen=True)
class Policy:
    """k members, m organisations, largest share α. Raises WeakInput under the floor 5, 3 and above 1/2.

    Below `few_organisations` in the whole population only the group vector can be open.
    """

    k: int = 8
    m: int = 4
    alpha: Fraction = Fraction(1, 3)
    few_organisations: int = 20

    def __post_init__(self) -> None:
        if self.k < 5 or self.m < 3 or not 0 < self.alpha <= Fraction(1, 2):
            raise WeakInput("crowd policy", "k 5, m 3, alpha 1/2")


@dataclass(frozen=True)
class Member:
    """One active member of a verified organisation in one domain group.

    `key` tells members apart for one computation (a member of two groups comes twice with the same key).
    `attributes` are finest values; `subjects` the domain keys the member works with in this group, at least one.
    """

    key: str
    group: str
    organisation: str
    attributes: Mapping[str, str]
    subjects: frozenset[str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "attributes", MappingProxyType(dict(self.attributes)))
        object.__setattr__(self, "subjects", frozenset(self.subjects))
        if not (self.key and self.organisation and self.subjects):
            raise WeakInput("member", "a key, an organisation and a subject")


@dataclass(frozen=True)
class Shown:
    """What one post tells: its group, its subject (None when only the group is shown) and its levels."""

    group: str
    subject: str | None
    levels: Levels = field(default_factory=dict)


def cell_passes(organisations: Iterable[str], policy: Policy) -> bool:
    """The cell test over one organisation name per member.

    Members ≥ k; organisations ≥ m; members without the largest organisation ≥ k; the largest's share ≤ α.
    """
    sizes = Counter(organisations)
    total, largest = sum(sizes.values()), max(sizes.values(), default=0)
    return total - largest >= policy.k and len(sizes) >= policy.m and largest <= policy.alpha * total


def vector_of(levels: Levels, hierarchies: Iterable[Hierarchy]) -> Vector:
    """The full level vector of a mapping; what it does not name is hidden (SUBJECT: the group)."""
    hidden = group_levels(hierarchies)
    if unknown := set(levels) - set(hidden):
        raise WeakInput("levels", f"known attributes, not {sorted(unknown)}")
    return tuple(sorted((name, min(levels.get(name, last), last)) for name, last in hidden.items()))


def group_levels(hierarchies: Iterable[Hierarchy]) -> dict[str, int]:
    """Every attribute hidden, only the domain group shown: what a one-tap question is published under."""
    return {SUBJECT: AT_GROUP} | {name: h.hidden for name, h in hierarchies_by_name(hierarchies).items()}


def group_vector(hierarchies: Iterable[Hierarchy]) -> Vector:
    """`group_levels` as a vector."""
    return tuple(sorted(group_levels(hierarchies).items()))


def open_vectors(population: Sequence[Member], hierarchies: Sequence[Hierarchy], policy: Policy) -> Open:
    """For each domain group the level vectors whose every non-empty cell passes, and with them every coarser one.

    A group is left with no vector, not even the group vector, when its own members are no crowd.
    """
    by_group: dict[str, list[Member]] = defaultdict(list)
    for member in population:
        by_group[member.group].append(member)
    few = len({member.organisation for member in population}) < policy.few_organisations
    wanted = [group_vector(hierarchies)] if few else _all_vectors(hierarchies)
    return {group: _open_in(members, hierarchies, wanted, policy) for group, members in by_group.items()}


def may_publish_under_group(open_: Open, group: str, hierarchies: Iterable[Hierarchy]) -> bool:
    """Whether a post that shows nothing but its domain group hides its author; in doubt, no.

    Safe exactly when the active members of verified organisations in `group` pass the cell test as one cell, whatever
    else the author posts under that group alone: all those posts together still leave the whole group. It is not
    decided by anything about the author. It says nothing about the text, or about posts under another group in the same
    quarter: for those ask `posts_pass`. An unknown group or one with too small a crowd is refused.
    """
    return group_vector(hierarchies) in open_.get(group, frozenset())


def coarser_that_passes(vector: Vector, open_: Collection[Vector]) -> Vector | None:
    """The nearest open vector that shows no more than `vector`: fewest steps, then alphabetical; None if there is none.

    `vector` itself when it is open.
    """
    fitting = [candidate for candidate in open_ if is_coarser_or_equal(candidate, vector)]
    return min(fitting, key=lambda candidate: (sum(level for _, level in candidate), candidate), default=None)


def is_coarser_or_equal(a: Vector, b: Vector) -> bool:
    """Whether vector `a` shows no more than `b`. Raises WeakInput when they name different attributes."""
    if [name for name, _ in a] != [name for name, _ in b]:
        raise WeakInput("vectors", "the same attributes")
    return all(mine >= theirs for (_, mine), (_, theirs) in zip(a, b, strict=True))


def crowd_of(
    population: Sequence[Member], own_key: str, posts: Sequence[Shown], hierarchies: Sequence[Hierarchy]
) -> dict[str, str]:
    """Member key → organisation of everybody who could have written ALL these posts, were they known to be by one hand.

    This is the exact posterior's support for an attacker who knows every member's attributes. Values are read from the
    rows of `own_key`; a post in a group where that member has no row leaves nobody.
    """
    organisations = {member.key: member.organisation for member in population}
    alive = set(organisations)
    for post in posts:
        alive &= _fitting(population, own_key, post, hierarchies)
    return {key: organisations[key] for key in alive}


def posts_pass(
    population: Sequence[Member],
    own_key: str,
    posts: Sequence[Shown],
    hierarchies: Sequence[Hierarchy],
    policy: Policy,
) -> bool:
    """Whether all these posts, linked, still leave a crowd: one cell over `crowd_of`.

    Asked before a second species or a second group in a quarter, and for a change of profile (old and new together).
    """
    return cell_passes(crowd_of(population, own_key, posts, hierarchies).values(), policy)


def _all_vectors(hierarchies: Sequence[Hierarchy]) -> list[Vector]:
    last = sorted(group_levels(hierarchies).items())
    names = [name for name, _ in last]
    return [tuple(zip(names, levels, strict=True)) for levels in product(*(range(top + 1) for _, top in last))]


def _open_in(
    members: Sequence[Member], hierarchies: Sequence[Hierarchy], wanted: Sequence[Vector], policy: Policy
) -> frozenset[Vector]:
    by_name = hierarchies_by_name(hierarchies)
    passing = {vector for vector in wanted if _all_cells_pass(members, by_name, vector, policy)}
    # Members with several subjects make cells overlap; then a coarser cell can fail where finer ones pass. A profile
    # promises every coarser post, so such a vector stays shut.
    failing = [vector for vector in wanted if vector not in passing]
    return frozenset(v for v in passing if not any(is_coarser_or_equal(other, v) for other in failing))


def _all_cells_pass(
    members: Sequence[Member], by_name: Mapping[str, Hierarchy], vector: Vector, policy: Policy
) -> bool:
    levels = dict(vector)
    cells: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for member in members:
        values = _values(member, by_name, levels)
        for subject in member.subjects if levels[SUBJECT] == AT_SUBJECT else ("",):
            cells[(subject, *values)][member.key] = member.organisation
    return all(cell_passes(cell.values(), policy) for cell in cells.values())


def _values(member: Member, by_name: Mapping[str, Hierarchy], levels: Levels) -> tuple[str, ...]:
    return tuple(
        hierarchy.generalise(member.attributes.get(name, ""), min(levels.get(name, hierarchy.hidden), hierarchy.hidden))
        for name, hierarchy in sorted(by_name.items())
    )


def _fitting(population: Sequence[Member], own_key: str, post: Shown, hierarchies: Sequence[Hierarchy]) -> set[str]:
    by_name = hierarchies_by_name(hierarchies)
    group = [member for member in population if member.group == post.group]
    own = [_values(member, by_name, post.levels) for member in group if member.key == own_key]
    return {
        member.key
        for member in group
        if _values(member, by_name, post.levels) in own and (post.subject is None or post.subject in member.subjects)
    }
