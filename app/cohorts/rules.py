"""Pure decisions about terms, weeks and seats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from app.community.windows import as_heard
from app.errors import ShiomeError

SIGN_UP: Final = "cohort"  # purposes of ballots
LEADING: Final = "cohort-lead"
COMPANY_YES: Final = "cohort-firm"
WEEKS: Final = (6, 12)
OPEN: Final = "open"
RUNNING: Final = "running"
OVER: Final = "over"
CALLED_OFF: Final = "called_off"
MAX_GOAL: Final = 120
MAX_THEME: Final = 60
MAX_WORDS: Final = 600
FEWEST: Final = 4
MOST: Final = 6
KEPT_TERMS: Final = 1  # so many further terms somebody without a place is kept for
ANSWER_DAYS: Final = 14  # silence on an invitation of the company is no after these
AGAIN_DAYS: Final = 7  # so long after a no nobody is asked again
CLOSING_DAYS: Final = 28  # so long after the end a closing note may still be begun
LEADER: Final = 0  # the number of the seat that leads
FAR: Final = date.max.toordinal()


class SignUpClosed(ShiomeError):
    """The last day for signing up is over, or the term was called off."""

    status = 409


class AlreadyIn(ShiomeError):
    """Somebody has a seat, or is kept for the next term, already."""

    status = 409


@dataclass(frozen=True, slots=True)
class TermCard:
    """A term as everybody sees it."""

    id: str
    state: str
    weeks: int
    start: date
    until: date
    theme: str
    words: str

    @property
    def end(self) -> date:
        """The day after its last one."""
        return self.start + timedelta(weeks=self.weeks)

    def takes(self, today: date) -> bool:
        """Whether one may sign up."""
        return self.state == OPEN and today <= self.until

    def week(self, today: date) -> int:
        """The week we are in, from 1; 0 before the start, and no more than there are."""
        return max(0, min((today - self.start).days // 7 + 1, self.weeks))

    def is_on(self, today: date) -> bool:
        """Whether its cohorts meet."""
        return self.state == RUNNING and self.start <= today < self.end

    def may_close(self, today: date) -> bool:
        """Whether it is time for closing notes: from the last week on."""
        return self.end - timedelta(weeks=1) <= today < self.end + timedelta(days=CLOSING_DAYS)


@dataclass(frozen=True, slots=True)
class SeatCard:
    """A seat, opened. `number` counts from 1 within the cohort; that of who leads is 0."""

    label: str = field(repr=False)
    term_id: str
    cohort_id: str
    leads: bool
    number: int
    circle: str = field(repr=False)
    group: str
    groups: tuple[str, ...]
    near: bool
    kept: int  # terms that had no place
    rest_until: int
    rest_before: int = 0  # what the mates see until the window `rest_heard`
    rest_heard: int = 0
    goal: str = field(default="", repr=False)
    give: str = field(default="", repr=False)

    def rests(self, today: date) -> bool:
        """Whether its owner is away."""
        return self.rest_until >= today.toordinal()

    def seems_to_rest(self, today: date, window: int) -> bool:
        """The same as the mates see it: what changed since the last publication does not show yet."""
        return as_heard(self.rest_until, self.rest_before, self.rest_heard, window) >= today.toordinal()

    def resting(self, until: int, window: int, heard: int) -> "SeatCard":
        """The seat with another rest, which the mates see from the window `heard` on."""
        before = as_heard(self.rest_until, self.rest_before, self.rest_heard, window)
        return replace(self, rest_until=until, rest_before=before, rest_heard=heard)


@dataclass(frozen=True, slots=True)
class Course:
    """What a cohort has decided, and what happened in it, without a person: as it stands sealed in its row."""

    company: str = ""  # "" | asked | open | ended | no
    company_day: int = 0  # of the last change
    company_since: int = 0  # the first day whose writings the company reads
    closing: str = ""  # the writing everybody was asked about
    closing_state: str = ""  # "" | asked | change | agreed | kept
    article: str = ""  # what the knowledge base made of it
    told_day: int = 0  # of the last note about something written
    told_week: int = 0
    events: tuple[tuple[int, str, int], ...] = ()  # day, what, number of a seat

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> "Course":
        """As it was sealed."""
        return cls(**{**value, "events": tuple((one[0], one[1], one[2]) for one in value.get("events", ()))})

    def company_reads(self) -> bool:
        """Whether everybody said yes and nobody ended it."""
        return self.company == "open"

    def company_hears(self, today: date) -> bool:
        """Whether what is written today is written for the company too."""
        return self.company_reads() and today.toordinal() >= self.company_since

    def may_ask_company(self, today: date) -> bool:
        """Whether everybody may be asked now."""
        waited = today.toordinal() >= self.company_day + AGAIN_DAYS
        return self.company == "" or (self.company in ("no", "ended") and waited)


def term_problems(weeks: int, start: date | None, until: date | None, today: date) -> dict[str, str]:
    """What is wrong with a term's days, by field: keys of the messages."""
    found = {}
    if weeks not in WEEKS:
        found["weeks"] = "weeks"
    if start is None or start <= today:
        found["start"] = "start"
    if until is None or until < today or (start is not None and until >= start):
        found["until"] = "until"
    return found


def first_line(text: str, longest: int) -> str:
    """The beginning of a text as a title: its first sentence, cut where it must be."""
    line = next((one.strip() for one in text.splitlines() if one.strip()), "")
    head, mark, _ = line.partition("。")
    sentence = head + mark if head else line
    return sentence if len(sentence) <= longest else sentence[: longest - 1] + "…"


def changed(before: Mapping[str, str], now: Mapping[str, str], names: Sequence[str]) -> frozenset[str]:
    """Which of these texts differ between two versions."""
    return frozenset(name for name in names if before.get(name, "") != now.get(name, ""))
