"""Who may read, and what is shown: disclosure scopes as pure decisions.

Organisations are known here only as circles (privacy.circles). Excluding is decided on circles, stricter than asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType

from privacy.attributes import HIDDEN, Attribute, Levels
from privacy.errors import WeakInput

MAX_LEVEL = 99
"""Stands for hidden where a level is not named."""


class Audience(IntEnum):
    """Whom an author lets read, from few to many."""

    EXPERTS = 0
    DOMAIN = 1
    ALL = 2
    PUBLIC = 3


@dataclass(frozen=True)
class Scope:
    """One post's disclosure: levels × audience × exclusions.

    `levels` says how exact each attribute is shown (missing = hidden). `own_circle` is the author's circle at the time
    of writing and is always excluded; `excluded_circles` are the author's further choice.
    """

    levels: Levels
    audience: Audience
    own_circle: str
    company_may: bool = False
    excluded_circles: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "levels", MappingProxyType(dict(self.levels)))
        object.__setattr__(self, "excluded_circles", frozenset(self.excluded_circles))
        object.__setattr__(self, "audience", Audience(self.audience))
        if not self.own_circle:
            raise WeakInput("own circle", "the author's circle: without it a colleague could read")
        if any(level < 0 for level in self.levels.values()):
            raise WeakInput("levels", "0 or more")

    @property
    def closed_to(self) -> frozenset[str]:
        """Every circle that never reads: the own one and the excluded ones."""
        return self.excluded_circles | {self.own_circle}


@dataclass(frozen=True)
class Viewer:
    """Somebody about to read one thread. Everything defaults to the least.

    `circle` is the viewer's circle now, `former_circles` those their organisation was in before a split: old posts
    keep the old id, so both count. `subjects` are the domain keys of the viewer with everything above them.
    `is_author`, `is_asked` speak of this thread. `company_waited` says that the company's waiting time has passed.
    """

    circle: str = ""
    subjects: frozenset[str] = frozenset()
    former_circles: frozenset[str] = frozenset()
    is_member: bool = False
    is_author: bool = False
    is_asked: bool = False
    is_company: bool = False
    is_coordinator: bool = False
    company_waited: bool = field(default=False, kw_only=True)

    @property
    def circles(self) -> frozenset[str]:
        """Every circle the viewer's organisation is or was in; empty when unknown."""
        return self.former_circles | ({self.circle} if self.circle else frozenset())


def may_read(scope: Scope, viewer: Viewer, subject: str) -> bool:
    """Whether `viewer` may read a published thread of this scope; `subject` is the domain key shown on its page.

    The author always may. Nobody of the own or an excluded circle, and nobody whose circle is unknown. A company
    account reads only where the author ticked it and never before its waiting time; no other role of that person adds
    to it. Then the audience decides; experts who were asked pass it. An office (coordinator) passes the same gate and
    opens nothing: `is_coordinator` is taken so that this can be asserted. Outsiders read no thread.
    """
    if viewer.is_author:
        return True
    if viewer.circles & scope.closed_to:
        return False
    if viewer.is_company:
        return scope.company_may and viewer.company_waited
    if not (viewer.is_member and viewer.circle):
        return False
    return viewer.is_asked or _in_audience(scope.audience, viewer, subject)


def equal_or_coarser(a: Levels, b: Levels) -> bool:
    """Whether levels `a` show no more than levels `b`, attribute by attribute (missing = hidden).

    Every post must be equal or coarser than its author's profile of the quarter. The audience is no part of it: the
    attacker of privacy.anonymity is given every post.
    """
    return all(a.get(name, MAX_LEVEL) >= b.get(name, MAX_LEVEL) for name in {*a, *b})


def shown(attributes: Iterable[Attribute], levels: Levels) -> dict[str, str]:
    """Name → value as a reader sees it; hidden attributes are left out altogether."""
    values = {attribute.name: attribute.shown(levels.get(attribute.name)) for attribute in attributes}
    return {name: value for name, value in values.items() if value != HIDDEN}


def _in_audience(audience: Audience, viewer: Viewer, subject: str) -> bool:
    if audience is Audience.EXPERTS:
        return False
    return audience >= Audience.ALL or subject in viewer.subjects
