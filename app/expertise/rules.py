"""Who counts as knowing a topic, decided on plain values."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.queues.rules import Now, Profile
from privacy.bands import Standing, next_standing

LONGEST_AWAY: Final = 366  # days; who is away for longer has paused
SHOWN_DAYS: Final = 548  # eighteen months: after so long, an answer in a topic says no more that somebody knows it

Cells = Mapping[tuple[str, str], Mapping[str, int]]
"""(subject, topic) → circle → how many of its experts know it."""
Map = Mapping[tuple[str, str], Standing]


@dataclass(frozen=True, slots=True)
class Known:
    """One expert of one subject: their circle, and the topics they said or showed they know."""

    subject: str
    circle: str
    topics: frozenset[str]


def known_of(profile: Profile, *, shown: Collection[str], offered: Collection[str], now: Now) -> Known | None:
    """What an expert counts for: topics declared, or answered of late, without the muted; None for who takes nothing,
    now and for the next year.

    Who has not looked in for long is not counted: after a fresh start an old profile is nobody's, and one person would
    count twice.
    """
    if profile.capacity == 0 or profile.rests(now.measures) or profile.away_until > now.today + LONGEST_AWAY:
        return None
    topics = (frozenset(profile.topics) | frozenset(shown)) - frozenset(profile.muted)
    return Known(profile.subject, profile.circle, topics & frozenset(offered))


def count_cells(known: Iterable[Known]) -> dict[tuple[str, str], Counter[str]]:
    """Experts by circle for every cell that has any."""
    cells: dict[tuple[str, str], Counter[str]] = {}
    for one in known:
        for topic in one.topics:
            cells.setdefault((one.subject, topic), Counter())[one.circle] += 1
    return cells


def next_map(before: Map, now: Cells) -> dict[tuple[str, str], Standing]:
    """What stands after `before`: each cell by itself, so that none tells of another."""
    return {cell: next_standing(before.get(cell, Standing()), now.get(cell, {})) for cell in {**before, **now}}
