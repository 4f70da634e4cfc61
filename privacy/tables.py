"""The table of open level vectors, reckoned from a crowd in arrays, and the gathering of that crowd.

The rules and their reasons are those of privacy.anonymity.open_vectors, which reckons them member by member.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from privacy.anonymity import (
    AT_SUBJECT,
    SUBJECT,
    Member,
    Open,
    Policy,
    Vector,
    group_levels,
    group_vector,
    is_coarser_or_equal,
)
from privacy.attributes import HIDDEN, Hierarchy, hierarchies_by_name
from privacy.crowds import GROUP, Crowd, Ints, cells_pass, reads_as
from privacy.errors import WeakInput


def gather(population: Iterable[Member], hierarchies: Sequence[Hierarchy], *, key: bytes) -> Crowd:
    """The crowd of a population, one row a member however many groups they work in; `key` is for the marks.

    A value the hierarchies do not know counts as hidden, as the pages show it. Raises WeakInput when an attribute
    takes the name of the group or the subject.
    """
    by_name = hierarchies_by_name(hierarchies)
    if {GROUP, SUBJECT} & set(by_name):
        raise WeakInput("attributes", f"names other than {GROUP} and {SUBJECT}")
    values = {name: (HIDDEN, *sorted(hierarchy.values)) for name, hierarchy in by_name.items()}
    rows = _Rows(values)
    for member in population:
        rows.add(member)
    return rows.crowd(key)


def open_in(crowd: Crowd, hierarchies: Sequence[Hierarchy], policy: Policy) -> Open:
    """`privacy.anonymity.open_vectors` over arrays: group → level vectors whose every non-empty cell passes.

    About (vectors × members) log members: seconds for 100,000 members and some dozens of vectors.
    """
    few = crowd.organisation_count < policy.few_organisations
    wanted = [group_vector(hierarchies)] if few else list(_all_vectors(hierarchies))
    columns = _Columns(crowd, hierarchies)
    return {group: _open_in_group(crowd, columns, group, wanted, policy) for group in crowd.groups}


def _all_vectors(hierarchies: Sequence[Hierarchy]) -> Iterator[Vector]:
    last = sorted(group_levels(hierarchies).items())
    names = [name for name, _ in last]
    for levels in product(*(range(top + 1) for _, top in last)):
        yield tuple(zip(names, levels, strict=True))


def _open_in_group(
    crowd: Crowd, columns: _Columns, group: str, wanted: Sequence[Vector], policy: Policy
) -> frozenset[Vector]:
    own = [place for place, (name, _) in enumerate(crowd.subjects) if name == group]
    places, members = np.nonzero(crowd.works[own])
    under_group = np.flatnonzero(crowd.groups[group])
    passing = set()
    for vector in wanted:
        at_subject = dict(vector)[SUBJECT] == AT_SUBJECT
        rows, first = (members, places) if at_subject else (under_group, np.zeros(len(under_group), dtype=np.int64))
        if _all_cells_pass(columns.cells(vector, rows, first), crowd.organisations[rows], policy):
            passing.add(vector)
    # Members with several subjects make cells overlap; then a coarser cell can fail where finer ones pass. A profile
    # promises every coarser post, so such a vector stays shut.
    failing = [vector for vector in wanted if vector not in passing]
    return frozenset(v for v in passing if not any(is_coarser_or_equal(other, v) for other in failing))


class _Columns:
    """Each attribute's codes at each level, (n,) int64, made when first asked for."""

    def __init__(self, crowd: Crowd, hierarchies: Sequence[Hierarchy]) -> None:
        self._crowd = crowd
        self._by_name = hierarchies_by_name(hierarchies)
        self._made: dict[tuple[str, int], tuple[Ints, int]] = {}

    def cells(self, vector: Vector, rows: Ints, first: Ints) -> Ints:
        """The number of each row's cell, (len(rows),): `first`, then every attribute at its level."""
        cells = first.astype(np.int64)
        for name, level in vector:
            if name != SUBJECT and level < self._by_name[name].hidden:
                codes, size = self._at(name, level)
                cells = cells * size + codes[rows]
        return cells

    def _at(self, name: str, level: int) -> tuple[Ints, int]:
        if (name, level) not in self._made:
            reads = [reads_as(self._by_name[name], value, level) for value in self._crowd.values[name]]
            numbers = {value: number for number, value in enumerate(dict.fromkeys(reads))}
            table = np.asarray([numbers[value] for value in reads], dtype=np.int64)
            self._made[name, level] = table[self._crowd.codes[name]], len(numbers)
        return self._made[name, level]


def _all_cells_pass(cells: Ints, organisations: npt.NDArray[np.int32], policy: Policy) -> bool:
    if not len(cells):
        return True
    wide = int(organisations.max()) + 1
    pairs, sizes = np.unique(cells * wide + organisations, return_counts=True)
    _, starts = np.unique(pairs // wide, return_index=True)
    totals, largest = np.add.reduceat(sizes, starts), np.maximum.reduceat(sizes, starts)
    distinct = np.diff(np.append(starts, len(pairs)))
    return bool(np.all(cells_pass(totals, distinct, largest, policy)))


class _Rows:
    """Members as they come, put together by key."""

    def __init__(self, values: Mapping[str, tuple[str, ...]]) -> None:
        self._values = values
        self._code = {name: {value: n for n, value in enumerate(listed)} for name, listed in values.items()}
        self._organisations: dict[str, int] = {}
        self._subjects: dict[tuple[str, str], int] = {}
        self._rows: dict[str, tuple[int, tuple[int, ...], set[int]]] = {}
        self._words: dict[str, str] = {}

    def add(self, member: Member) -> None:
        if member.key not in self._rows:
            organisation = self._organisations.setdefault(member.organisation, len(self._organisations))
            codes = tuple(self._code[name].get(member.attributes.get(name, ""), 0) for name in sorted(self._code))
            self._rows[member.key] = (organisation, codes, set())
            self._words[member.key] = member.organisation
        pairs = ((member.group, subject) for subject in member.subjects)
        self._rows[member.key][2].update(self._subjects.setdefault(pair, len(self._subjects)) for pair in pairs)

    def crowd(self, key: bytes) -> Crowd:
        n, names, pairs = len(self._rows), sorted(self._code), sorted(self._subjects)
        works = np.zeros((len(self._subjects), n), dtype=np.bool_)
        for place, (_, _, subjects) in enumerate(self._rows.values()):
            works[list(subjects), place] = True
        works = works[[self._subjects[pair] for pair in pairs]]
        organisations = np.fromiter((row[0] for row in self._rows.values()), dtype=np.int32, count=n)
        codes = np.array([row[1] for row in self._rows.values()], dtype=np.int16).reshape(n, len(names)).T
        order = np.lexsort((*works, *codes, organisations)) if n else np.zeros(0, dtype=np.int64)
        return Crowd(
            organisations=organisations[order],
            values=self._values,
            codes={name: codes[place][order] for place, name in enumerate(names)},
            subjects=tuple(pairs),
            works=works[:, order],
            marks=np.unique(np.fromiter((self._mark(one, key) for one in self._rows), dtype=np.uint64, count=n)),
        )

    def _mark(self, member: str, key: bytes) -> int:
        _, codes, subjects = self._rows[member]
        named = [self._values[name][code] for name, code in zip(sorted(self._code), codes, strict=True)]
        pairs = list(self._subjects)
        worked = sorted("/".join(pairs[place]) for place in subjects)
        told = json.dumps([member, self._words[member], named, worked]).encode()
        return int.from_bytes(hmac.new(key, told, hashlib.sha256).digest()[:8], "big")
