"""How many know something, in bands: what may be published, at fixed dates, about a few dozen people.

A band is a true "at least": of a cell that stands at 5 there are more than 5. It changes only when the count has moved
by three people or more since it was last decided, and still has when any one circle is left out. So nobody's coming or
going can be read from two publications, and an observer whose own circle is part of the count cannot move the picture
by moving their own people: what they would feel for with ever so many accounts does not answer them.

Whoever knows of everybody's coming and going but one person's can still tell that one's by the change they tip: against
that only noise would help, and then a band would not be true. What is promised are two others who move with them.

The price is a picture that is a little behind: a cell appears at eight people outside any one circle, where five would
do if nobody looked twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

BANDS: Final = (5, 10, 20)  # "at least so many"; 0 says nothing, and does not tell none from four
MOVE: Final = 3  # people
CIRCLES: Final = 3

Counts = Mapping[str, int]
"""Circle → how many of its people count; circles with none are left out."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands for a cell: its band (one of BANDS, or 0), and the counts it was decided by."""

    band: int = 0
    counts: Counts = field(default_factory=dict)


def next_standing(before: Standing, now: Counts) -> Standing:
    """What is published of a cell after `before`, when the counts are `now`: `before` itself unless enough moved."""
    return Standing(band_of(now), dict(now)) if has_moved(before.counts, now) else before


def at_least(number: int, bands: Sequence[int]) -> int:
    """The highest of `bands` that `number` reaches, 0 under the lowest: of what a few more or less tell of nobody."""
    return max((band for band in bands if number >= band), default=0)


def band_of(counts: Counts) -> int:
    """The highest band that holds with MOVE people to spare, whichever circle is left out; 0 when none does.

    What is left must come from three circles or more, with no more than half of it from one.
    """
    rests = [[size for name, size in counts.items() if name != left_out and size] for left_out in counts]
    spread = all(len(rest) >= CIRCLES and 2 * max(rest) <= sum(rest) for rest in rests)
    least = min((sum(rest) for rest in rests), default=0) if spread else 0
    return max((band for band in BANDS if least >= band + MOVE), default=0)


def has_moved(before: Counts, now: Counts) -> bool:
    """Whether the count moved by MOVE people or more, in one direction, with every circle and without any one."""
    moves = list(_moves(before, now))
    return all(move >= MOVE for move in moves) or all(move <= -MOVE for move in moves)


def _moves(before: Counts, now: Counts) -> Iterator[int]:
    whole = sum(now.values()) - sum(before.values())
    yield whole
    for circle in {**before, **now}:
        yield whole - (now.get(circle, 0) - before.get(circle, 0))
