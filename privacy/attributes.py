"""Attributes and their generalisation hierarchies: prefecture → area → hidden.

A level is a number: 0 is the finest, the last is always hidden. Source of the model: Sweeney, "Achieving k-anonymity
privacy protection using generalization and suppression" (2002), full-domain generalisation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from privacy.errors import WeakInput

HIDDEN = ""
"""What a hidden value reads as."""

Levels = Mapping[str, int]
"""Attribute name → level. A name that is not there is hidden."""


@dataclass(frozen=True)
class Hierarchy:
    """How one attribute grows coarser.

    `levels` names the visible levels, finest first; the hidden one follows by itself. `values` maps each finest value
    to what it reads as on levels 1, 2, …: one value for each visible level after the first.
    Raises WeakInput when the values do not form a tree (equal on one level, different on a coarser one).
    """

    name: str
    levels: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "levels", tuple(self.levels))
        object.__setattr__(self, "values", {value: tuple(above) for value, above in self.values.items()})
        if not self.name or not self.levels:
            raise WeakInput("hierarchy", "a name and a visible level")
        if any(len(above) != len(self.levels) - 1 for above in self.values.values()):
            raise WeakInput(f"hierarchy {self.name}", "one value for each visible level")
        if HIDDEN in self.values or any(HIDDEN in above for above in self.values.values()):
            raise WeakInput(f"hierarchy {self.name}", "visible values that are not empty")
        self._refuse_crossing()

    @property
    def hidden(self) -> int:
        """The number of the hidden level, the last one."""
        return len(self.levels)

    def generalise(self, value: str, level: int) -> str:
        """`value` (finest) as it reads on `level`; HIDDEN on the last. Raises WeakInput for an unknown value or level.

        An unknown value is refused rather than passed through: passing it through would publish it at its finest.
        """
        if not 0 <= level <= self.hidden:
            raise WeakInput(f"level of {self.name}", f"0 to {self.hidden}")
        if level == self.hidden or value == HIDDEN:
            return HIDDEN
        if value not in self.values:
            raise WeakInput(f"value of {self.name}", "one from its hierarchy")
        return (value, *self.values[value])[level]

    def is_coarser_or_equal(self, level: int, than: int) -> bool:
        """Whether `level` shows no more than `than`."""
        return min(level, self.hidden) >= min(than, self.hidden)

    def _refuse_crossing(self) -> None:
        for level in range(self.hidden - 1):
            parents: dict[str, str] = {}
            for value in self.values:
                here, above = self.generalise(value, level), self.generalise(value, level + 1)
                if parents.setdefault(here, above) != above:
                    raise WeakInput(f"hierarchy {self.name}", "one parent for each value")


@dataclass(frozen=True)
class Attribute:
    """A member's finest value of one attribute, with the hierarchy it may be shown through."""

    hierarchy: Hierarchy
    value: str

    def __post_init__(self) -> None:
        self.hierarchy.generalise(self.value, 0)

    @property
    def name(self) -> str:
        """The attribute's name."""
        return self.hierarchy.name

    def shown(self, level: int | None) -> str:
        """The value on `level`; HIDDEN when there is none. A level past the last is hidden as well."""
        last = self.hierarchy.hidden
        return self.hierarchy.generalise(self.value, last if level is None else min(level, last))


def hierarchies_by_name(hierarchies: Iterable[Hierarchy]) -> dict[str, Hierarchy]:
    """Name → hierarchy. Raises WeakInput when a name comes twice."""
    listed: Sequence[Hierarchy] = tuple(hierarchies)
    found = {hierarchy.name: hierarchy for hierarchy in listed}
    if len(found) != len(listed):
        raise WeakInput("hierarchies", "each name once")
    return found
