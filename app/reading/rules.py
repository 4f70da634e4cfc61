"""Pure decisions about peer reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, TypeVar

from app.errors import ShiomeError
from app.queues.rules import Now, Profile

FIRST_HOURS: Final = 12  # then somebody else is asked
LAST_HOURS: Final = 24  # then it is back by itself
KEPT_DAYS: Final = 14  # what came back, if nobody looks
A_DAY: Final = 2  # readings a member may ask for
MAX_NOTE: Final = 400
MAX_MARKS: Final = 12
LONGEST_MARK: Final = 60

One = TypeVar("One")


class Chooses(Protocol):
    """Randomness that can choose; outside tests a `random.SystemRandom`."""

    def choice(self, seq: Sequence[One], /) -> One: ...


class EnoughReadings(ShiomeError):
    """A member has asked for as many readings as one may in a day."""

    status = 422


@dataclass(frozen=True, slots=True)
class Case:
    """What stands sealed beside the text."""

    label: str  # where its author is told
    group: str
    subject: str
    names_subject: bool
    closed: frozenset[str]  # circles that never read it: the author's own, and those they excluded
    key_id: str
    tried: tuple[str, ...] = ()
    is_back: bool = False
    back_from: int = 0  # the window from which its author sees what came back
    note: str = field(default="", repr=False)
    marks: tuple[str, ...] = field(default=(), repr=False)
    was_read: bool = False
    photos: tuple[str, ...] = ()  # pictures that go with the text, sealed under its key

    def came_back(self, window: int, *, note: str = "", marks: Sequence[str] = (), was_read: bool = False) -> "Case":
        """The case once it is over: who was asked is forgotten."""
        return replace(
            self, tried=(), photos=(), is_back=True, back_from=window, note=note, marks=tuple(marks), was_read=was_read
        )


def may_be_asked(case: Case, handle: str, profile: Profile, *, now: Now) -> bool:
    """Whether this profile may read it: as for the experts who are asked, and only who wants to."""
    fits = profile.subject == case.subject or not case.names_subject
    there = profile.capacity > 0 and profile.away_until <= now.today and not profile.rests(now.measures)
    return profile.reads and fits and there and profile.circle not in case.closed and handle not in case.tried


def words_in(typed: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    """The marked words, a line each, that do stand in the draft."""
    lines = dict.fromkeys(line.strip() for line in typed.splitlines())
    found = [one for one in lines if one and len(one) <= LONGEST_MARK and any(one in text for text in texts.values())]
    return tuple(found[:MAX_MARKS])
