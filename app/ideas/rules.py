"""What may become of an idea, in which order ideas stand, and which counts are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2s
from typing import Final, Literal

from app.errors import Conflict, ShiomeError
from app.web.i18n import lazy
from privacy.bands import at_least

VOTE: Final = "idea"  # the purpose of a ballot
IDEA: Final = "idea"  # kinds of writings
REPLY: Final = "reply"
TALK: Final = "talk"

OPEN: Final = "open"
PLANNED: Final = "planned"
DECLINED: Final = "declined"
DUPLICATE: Final = "duplicate"
STATES: Final[Mapping[str, str]] = {
    OPEN: lazy("受付中"),
    "talk": lazy("相談中"),
    PLANNED: lazy("予定"),
    "started": lazy("着手"),
    "done": lazy("できました"),
    DECLINED: lazy("見送り"),
    DUPLICATE: lazy("ほかと同じ"),
}
LOOKS: Final = {OPEN: "", "talk": "info", PLANNED: "info", "started": "info", "done": "ok", DECLINED: "warn"}
ITS_OWN: Final = (PLANNED, "started", "done", DECLINED)  # what an item of the company's own may be
INVITABLE: Final = frozenset({OPEN, "talk", PLANNED, "started"})

MAX_TITLE: Final = 80
MAX_FIELD: Final = 1200
MAX_REPLY: Final = 2000
MAX_REASON: Final = 400
NEW_DAYS: Final = 7
SOON_DAYS: Final = 7  # before its due day an idea stands among the company's reminders
BANDS: Final = (5, 10, 20, 50, 100)
PAGE: Final = 20

By = Literal["company", "coordinator", "rules"]
Trouble = Literal["reason", "long", "state", "same", "into"]


class ChangeRefused(ShiomeError):
    """A change that may not be made; `reason` says why."""

    status = 422

    def __init__(self, reason: Trouble) -> None:
        super().__init__(reason)
        self.reason = reason


class TooManyIdeas(Conflict):
    """So many in seven days are enough for one member; `again` is the day on which there is room."""

    def __init__(self, again: date) -> None:
        super().__init__(again)
        self.again = again


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of an idea's state. `due` is the last day for the company's answer, of a turn "duty"."""

    state: str
    day: int
    by: By
    reason: str = ""
    due: int = 0


def choices(state: str, *, by: By, is_companys: bool) -> tuple[str, ...]:
    """What the state may become by this hand. The company answers; coordinators say what is the same, and take it back.

    An item of the company's own is planned from the start and asks nobody.
    """
    if by == "coordinator":
        return (OPEN,) if state == DUPLICATE else () if is_companys else (DUPLICATE,)
    if state == DUPLICATE:
        return ()
    every = ITS_OWN if is_companys else tuple(one for one in STATES if one != DUPLICATE)
    return tuple(one for one in every if one != state)


def check_change(state: str, to: str, reason: str, *, by: By, is_companys: bool) -> str:
    """The reason, tidied. Raises ChangeRefused: nothing changes without one, nor into what it is already."""
    told = " ".join(reason.split())
    if to == state:
        raise ChangeRefused("same")
    if to not in choices(state, by=by, is_companys=is_companys):
        raise ChangeRefused("state")
    if not told:
        raise ChangeRefused("reason")
    if len(told) > MAX_REASON:
        raise ChangeRefused("long")
    return told


def is_new(published_day: int, today: date) -> bool:
    """Whether an idea still stands in random order."""
    return today.toordinal() - published_day < NEW_DAYS


def drawn_order(ids: Sequence[str], today: date) -> list[str]:
    """The ids in the day's order: the same for everyone that day, another one tomorrow.

    An id is random and made by the service, so its place says nothing of when it came and nobody can choose it.
    """
    return sorted(ids, key=lambda one: blake2s(f"{today.toordinal()} {one}".encode()).digest())


def band_of(votes: int) -> int:
    """At least so many; 0 for what is too few to be told."""
    return at_least(votes, BANDS)


def week_of(day: date) -> int:
    """The number of the week from Monday to Sunday."""
    return (day.toordinal() - 1) // 7


def room_on(days: Sequence[int], today: date, most: int) -> date:
    """The day on which there is room for one more: today, or when the oldest of the last seven days is a week old."""
    recent = sorted(day for day in days if today.toordinal() - day < 7)
    return today if len(recent) < most else date.fromordinal(recent[len(recent) - most]) + timedelta(days=7)
