"""The crowd as arrays: one row a member, so that a check of one scope costs no more than a look at a few columns.

A crowd is counted once, when a table of open vectors is published, and stands until the next one: every check until
then is made over the same people, in every process. From that follows who hides whom:

- An author who joined since is judged by their own values against people who were there: the cell has to pass without
  them. Nothing here asks who the author is, only what their posts tell.
- A member who left or moved since still stands in the crowd until the next table. A rival who watches the door may
  count one fewer; k is the floor at publication, and the next table is a month away at the most.
- What posts tell is a set of facts (privacy.crowds.Fact). Linked posts tell the union of their facts, whatever order
  they came in and whatever the author was at the time: a member who moves between two posts has told two places, and
  nobody stands in both.

The rules are those of privacy.anonymity, which reckons them again member by member; the tests hold the two together.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from privacy.anonymity import SUBJECT, Policy, Shown
from privacy.attributes import HIDDEN, Hierarchy, hierarchies_by_name

GROUP = "group"
Fact = tuple[str, int, str]
"""One thing a post tells of its author: (GROUP, 0, key), (SUBJECT, 0, key) or (attribute, level, generalised value)."""
Facts = frozenset[Fact]

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)
_HEAD = 4  # bytes of the header's length


def facts_of(post: Shown, attributes: Mapping[str, str], hierarchies: Iterable[Hierarchy]) -> Facts:
    """What one post tells of an author with these finest values. A value that is hidden or unknown tells nothing."""
    told = {(GROUP, 0, post.group)} | ({(SUBJECT, 0, post.subject)} if post.subject is not None else set())
    for name, hierarchy in hierarchies_by_name(hierarchies).items():
        level = min(post.levels.get(name, hierarchy.hidden), hierarchy.hidden)
        value = attributes.get(name, HIDDEN)
        seen = reads_as(hierarchy, value, level)
        told |= {(name, level, seen)} if seen != HIDDEN else set()
    return frozenset(told)


@dataclass(frozen=True, eq=False)
class Crowd:
    """Everybody a member can hide among, in arrays of one entry or column a member; rows are sorted by what they hold.

    `organisations` (n,) int32: numbers without names. `values` attribute → its values, `codes` attribute → (n,) int16
    places in them. `subjects` (group, subject) pairs, `works` (subjects, n) bool. `marks` (m,) uint64 sorted, one keyed
    digest a member, to count who changed; not in the order of the rows.
    """

    organisations: npt.NDArray[np.int32]
    values: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, npt.NDArray[np.int16]]
    subjects: tuple[tuple[str, str], ...]
    works: Flags
    marks: npt.NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.organisations)

    @property
    def organisation_count(self) -> int:
        """How many organisations they come from."""
        return int(self.organisations.max(initial=-1)) + 1

    @cached_property
    def groups(self) -> Mapping[str, Flags]:
        """Group → who works in it, (n,) bool."""
        found: dict[str, Flags] = {}
        for (group, _), column in zip(self.subjects, self.works, strict=True):
            found[group] = found[group] | column if group in found else column
        return found

    def fitting(self, facts: Facts, hierarchies: Iterable[Hierarchy]) -> Flags:
        """(n,) bool: who could have written posts that tell all these facts. A fact of nobody leaves nobody."""
        by_name = hierarchies_by_name(hierarchies)
        fits = np.ones(len(self), dtype=np.bool_)
        for fact in sorted(facts):
            fits &= self._column(fact, by_name)
        return fits

    def passes(self, facts: Facts, hierarchies: Iterable[Hierarchy], policy: Policy) -> bool:
        """Whether posts that tell all these facts, linked, still leave a crowd: the cell test over `fitting`."""
        sizes = np.bincount(self.organisations[self.fitting(facts, hierarchies)], minlength=1)
        return bool(cells_pass(sizes.sum(), np.asarray(np.count_nonzero(sizes)), sizes.max(), policy))

    def changed_since(self, before: Crowd) -> int:
        """At least so many members came, went or changed since `before`: the larger of the gone and the new marks.

        A member whose values changed is one gone and one new mark, so that this never counts too many.
        """
        gone = np.setdiff1d(before.marks, self.marks, assume_unique=True)
        new = np.setdiff1d(self.marks, before.marks, assume_unique=True)
        return max(len(gone), len(new))

    def _column(self, fact: Fact, by_name: Mapping[str, Hierarchy]) -> Flags:
        name, level, value = fact
        nobody = np.zeros(len(self), dtype=np.bool_)
        if name == GROUP:
            return self.groups.get(value, nobody)
        if name == SUBJECT:
            place = next((n for n, (_, subject) in enumerate(self.subjects) if subject == value), None)
            return nobody if place is None else self.works[place]
        if name not in by_name or name not in self.values:
            return nobody
        reads = [reads_as(by_name[name], one, level) == value for one in self.values[name]]
        return np.asarray(reads, dtype=np.bool_)[self.codes[name]]

    def to_bytes(self) -> bytes:
        """As bytes, compressed."""
        head = {"values": dict(self.values), "subjects": self.subjects, "n": len(self), "marks": len(self.marks)}
        dumped = json.dumps(head, ensure_ascii=False).encode()
        codes = b"".join(self.codes[name].tobytes() for name in sorted(self.codes))
        whole = self.organisations.tobytes() + codes + np.packbits(self.works).tobytes() + self.marks.tobytes()
        return zlib.compress(len(dumped).to_bytes(_HEAD, "big") + dumped + whole)

    @classmethod
    def from_bytes(cls, packed: bytes) -> Crowd:
        """What `to_bytes` gave."""
        whole = zlib.decompress(packed)
        start = _HEAD + int.from_bytes(whole[:_HEAD], "big")
        head = json.loads(whole[_HEAD:start])
        n, subjects = head["n"], tuple((group, subject) for group, subject in head["subjects"])
        values = {name: tuple(listed) for name, listed in head["values"].items()}
        reader = _Reader(whole, start)
        return cls(
            organisations=reader.take(np.dtype(np.int32), n),
            values=values,
            codes={name: reader.take(np.dtype(np.int16), n) for name in sorted(values)},
            subjects=subjects,
            works=_unpack(reader.take(np.dtype(np.uint8), -(-n * len(subjects) // 8)), len(subjects), n),
            marks=reader.take(np.dtype(np.uint64), head["marks"]),
        )


def cells_pass(total: Ints, distinct: Ints, largest: Ints, policy: Policy) -> Flags:
    """`privacy.anonymity.cell_passes` over counts, one cell an entry."""
    share = largest * policy.alpha.denominator <= policy.alpha.numerator * total
    return np.asarray((total - largest >= policy.k) & (distinct >= policy.m) & share, dtype=np.bool_)


def reads_as(hierarchy: Hierarchy, value: str, level: int) -> str:
    """A finest value on a level; HIDDEN when the hierarchy does not know it."""
    return hierarchy.generalise(value, level) if value in hierarchy.values else HIDDEN


class _Reader:
    def __init__(self, whole: bytes, start: int) -> None:
        self._whole = whole
        self._at = start

    def take(self, dtype: np.dtype[T], count: int) -> npt.NDArray[T]:
        """The next array."""
        found = np.frombuffer(self._whole, dtype=dtype, count=count, offset=self._at)
        self._at += found.nbytes
        return found


def _unpack(packed: npt.NDArray[np.uint8], rows: int, columns: int) -> Flags:
    flat = np.unpackbits(packed, count=rows * columns)
    return flat.astype(np.bool_).reshape(rows, columns)
