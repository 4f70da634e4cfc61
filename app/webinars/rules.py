"""What is decided about a session without looking anything up: its form, its course by the clock, its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlsplit

from app.clock import JAPAN
from privacy.bands import at_least

FORMS: Final = ("text", "video")
APPEARING: Final = ("handle", "pen", "name")
MAX_SPEAKERS: Final = 4
MAX_TITLE: Final = 60
MAX_ABOUT: Final = 1200
MAX_QUESTION: Final = 600
MAX_WORDS: Final = 1200
MAX_SUMMARY: Final = 6000
MAX_NAME: Final = 40
MAX_LINK: Final = 500
LENGTHS: Final = range(15, 241)
LINK_BEFORE: Final = timedelta(minutes=30)  # how long before it begins the room's link is shown
BANDS: Final = (5, 10, 20, 50)
MIDNIGHT: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Times:
    """When a session begins and how long it takes, as announced."""

    day: date
    begins: int  # minutes after midnight in Japan
    length: int  # minutes

    @property
    def start(self) -> datetime:
        """In Japan."""
        return datetime.combine(self.day, time(), JAPAN) + timedelta(minutes=self.begins)

    @property
    def end(self) -> datetime:
        """In Japan."""
        return self.start + timedelta(minutes=self.length)

    @property
    def clock(self) -> str:
        """19:30–20:30"""
        return f"{self.start:%H:%M}–{self.end:%H:%M}"

    def phase(self, now: float) -> str:
        """coming, soon (the link is out), open or over."""
        moment = datetime.fromtimestamp(now, JAPAN)
        if moment >= self.end:
            return "over"
        if moment >= self.start:
            return "open"
        return "soon" if moment >= self.start - LINK_BEFORE else "coming"


def read_times(day: str, begins: str, length: str, *, today: date) -> tuple[Times | None, dict[str, str]]:
    """The times of a form, or what is wrong with them by field: bad, past."""
    errors = {}
    try:
        found = date.fromisoformat(day)
        if found < today:
            errors["day"] = "past"
    except ValueError:
        found, errors["day"] = today, "bad"
    try:
        start = time.fromisoformat(begins)
    except ValueError:
        start, errors["begins"] = time(), "bad"
    minutes = int(length) if length.isascii() and length.isdigit() and len(length) < 4 else 0
    if minutes not in LENGTHS or start.hour * 60 + start.minute + minutes > MIDNIGHT:
        errors["length"] = "bad"
    return (None if errors else Times(found, start.hour * 60 + start.minute, minutes)), errors


def is_room(link: str) -> bool:
    """Whether this may be the address of a video room: https, a host, nobody's password in it, no white space."""
    if not link or len(link) > MAX_LINK or not link.isprintable() or any(one.isspace() for one in link):
        return False
    try:
        parts = urlsplit(link)
        return parts.scheme == "https" and "." in (parts.hostname or "") and parts.username is None
    except ValueError:
        return False


def band_of(count: int) -> int:
    """The largest of 5, 10, 20 and 50 that is reached; 0 where there are fewer than 5, and nothing is said."""
    return at_least(count, BANDS)


def may_take_fee(speaker: Mapping[str, object]) -> bool:
    """A fee is for lecturers who chose to be named, and for nobody else."""
    return speaker.get("as") == "name"


def is_closed(speakers: list[frozenset[str]], circles: frozenset[str]) -> bool:
    """Whether a session is not there for somebody of these circles: every one of its lecturers is closed to them.

    `speakers` are the circles each lecturer is closed to; the operating company is closed to none. Of a panel the rest
    stays.
    """
    return bool(speakers) and all(closed & circles for closed in speakers)
