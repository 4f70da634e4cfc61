"""When what happens, and what decides: the windows of a round, Mondays, bands. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from app.errors import ShiomeError
from privacy.bands import at_least

NOMINATING: Final = "nominating"
STANDING: Final = "standing"
READING: Final = "reading"
ANNOUNCED: Final = "announced"
PHASES: Final = (NOMINATING, STANDING, READING, ANNOUNCED)

JURY: Final = 5
ENOUGH: Final = 3  # so many who say yes; fewer who read at all decide nothing
MAX_POSTS: Final = 5  # that one candidate lets read together
BANDS: Final = (5, 10, 20, 50)
MAX_WORDS: Final = 400  # of a nomination, and of a juror's sentence
MAX_TITLE: Final = 60
MAX_STORY: Final = 3000
MAX_BRIEF: Final = 1000
MAX_PEN: Final = 20
MAX_NOTE: Final = 500  # of what an owner would like changed
MAX_NAME: Final = 40

Openness = Literal["domain", "pen", "name"]


class StandRefused(ShiomeError):
    """A candidacy that cannot be: `reason` is phase, none, many, consent, crowd or afresh."""

    status = 422

    def __init__(self, reason: Literal["phase", "none", "many", "consent", "crowd", "afresh"]) -> None:
        super().__init__(reason)
        self.reason = reason


class NotNow(ShiomeError):
    """Something that has its time in the year, and this is not it."""

    status = 422


@dataclass(frozen=True, slots=True)
class Round:
    """One year's recognition: named by the year its nominations began in; four phases and the day the next one begins."""

    year: int
    phase: str
    begins: tuple[date, date, date, date]
    next_begins: date

    @property
    def until(self) -> date:
        """The last day of the phase we are in."""
        after = (*self.begins[1:], self.next_begins)
        return after[PHASES.index(self.phase)] - timedelta(days=1)

    @property
    def steps(self) -> list[tuple[str, date, date]]:
        """(phase, first day, last day) of all four."""
        ends = [day - timedelta(days=1) for day in (*self.begins[1:], self.next_begins)]
        return list(zip(PHASES, self.begins, ends, strict=True))


def round_of(day: date, months: Sequence[int]) -> Round:
    """The round a day lies in. `months` are those in which the phases begin, the first of them nominating."""
    year = day.year if day.month >= months[0] else day.year - 1
    begins = [date(year if month >= months[0] else year + 1, month, 1) for month in months]
    phase = [name for name, first in zip(PHASES, begins, strict=True) if first <= day][-1]
    return Round(year, phase, (begins[0], begins[1], begins[2], begins[3]), date(year + 1, months[0], 1))


def band_of(number: int) -> int:
    """0, 1 for anything under five, or at least so many: 5, 10, 20, 50."""
    return at_least(number, BANDS) or min(number, 1)


def verdict_of(votes: Sequence[bool]) -> str:
    """What a candidacy comes to: awarded by three who say yes; unread when fewer than three read; else heard."""
    if sum(votes) >= ENOUGH:
        return "awarded"
    return "heard" if len(votes) >= ENOUGH else "unread"
