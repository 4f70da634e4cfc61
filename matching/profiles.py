"""What is known of those who may be asked, as plain values. Days are floats on one scale, such as since 1970."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

USUAL_LENGTH = 400  # characters, where it is not known


class Answer(NamedTuple):
    """One answer in a thread: whether it was accepted, and for how many others it worked.

    `length` is in characters, `delay` in days since the question; what is not known counts as usual.
    """

    expert: str
    day: float
    accepted: bool = False
    worked: int = 0
    length: int = USUAL_LENGTH
    delay: float = 0.5


def about(length: int) -> int:
    """Return `length` rounded down to a power of two: as much as matching needs to know."""
    return 1 << (max(length, 1).bit_length() - 1)


@dataclass(frozen=True, slots=True)
class Pass:
    """An offer handed back as outside one's field: evidence against asking for questions near that thread."""

    thread: str
    day: float
    not_my_field: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who might be asked. `expert` is a routing handle; `capacity` is offers a week, 0 for none.

    `declared` and `endorsed` hold topic keys: what the expert offers to help with, and what others vouch for (at least
    three people of at least two circles; fewer are not told here).
    """

    expert: str
    circle: str
    declared: frozenset[str] = frozenset()
    capacity: int = 3
    offers_this_week: int = 0
    open_offers: int = 0
    last_offer_day: float | None = None
    away: bool = False
    resting: bool = False
    passes: tuple[Pass, ...] = ()
    endorsed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A question to be routed: its unit vector (d,), its token counts, its day, and its domain key if it has one."""

    vector: NDArray[np.float32]
    counts: dict[str, int]
    day: float
    topic: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be asked of one person at a time, beside the weekly capacity each chose."""

    open_offers: int = 5
