"""Pure decisions about questions: what a draft is, limits, and which step a thread has reached."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from app.accounts.viewer import Viewer
from app.domains.rules import keys_above, month_of, shows_subject
from app.domains.trade import Trade
from app.errors import ShiomeError
from privacy import scopes
from privacy.scopes import Audience

MAX_TITLE: Final = 100
MAX_ANSWER: Final = 8000
MAX_EXCLUDED: Final = 5
COMPANY_WAIT_HOURS: Final = 48
COMPANY: Final = -1  # the number of the operating company among the authors of a thread
QUIET_DAYS: Final = 30  # after the last word a thread is over, and with it the mail about it
INKLESS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters and marks nobody sees
OPEN_STATES: Final = frozenset({"waiting", "asked", "unrouted"})
STEPS: Final = {
    "pending": "anonymised",
    "waiting": "matching",
    "asked": "waiting",
    "answered": "answered",
    "accepted": "outcome",
    "likely": "outcome",
    "closed": "outcome",
    "ended": "ended",
}


def told_state(state: str) -> str:
    """What any member is told of a thread's state: not whether anybody was found to ask."""
    return "asked" if state == "unrouted" else state


class OverLimit(ShiomeError):
    """A limit of the member's own is reached: `kind` is open, day, week or urgent; from `until` on it is possible again."""

    status = 422

    def __init__(self, kind: str, until: date) -> None:
        super().__init__(kind, until)
        self.kind = kind
        self.until = until


class BadText(ShiomeError):
    """A text is empty or too long: `reason` says which."""

    status = 422

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one member may ask."""

    open: int = 3
    day: int = 2
    week: int = 10
    open_days: int = 7  # after so many without an answer a question counts no more


@dataclass(frozen=True)
class Question:
    """A question as its author wants it published."""

    subject: str
    topic: str
    title: str
    fields: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)
    audience: Audience = Audience.DOMAIN
    company_may: bool = False
    exclude: tuple[str, ...] = ()
    urgent: bool = False
    notify: bool = False  # a contact under this thread's owner tag
    term: str | None = None  # its author says that no topic fits, and maybe what they would call it


@dataclass(frozen=True, slots=True)
class Tally:
    """What a member asked lately, kept in their own locker: days as ordinals, months as year * 12 + month."""

    days: tuple[int, ...] = ()
    urgent_month: int = 0

    def with_one(self, today: date, *, urgent: bool) -> "Tally":
        """After one more question."""
        now = today.toordinal()
        kept = tuple(day for day in self.days if day > now - 7)
        return Tally((*kept, now), month_of(today) if urgent else self.urgent_month)


def check_limits(tally: Tally, limits: Limits, *, open_since: Sequence[int], urgent: bool, today: date) -> None:
    """Raise OverLimit for the first limit one more question would break; `open_since` are the days of open ones."""
    now = today.toordinal()
    if len(open_since) >= limits.open:
        raise OverLimit("open", date.fromordinal(sorted(open_since)[-limits.open] + limits.open_days))
    if sum(day == now for day in tally.days) >= limits.day:
        raise OverLimit("day", date.fromordinal(now + 1))
    lately = sorted(day for day in tally.days if day > now - 7)
    if len(lately) >= limits.week:
        raise OverLimit("week", date.fromordinal(lately[-limits.week] + 7))
    if urgent and tally.urgent_month == month_of(today):
        raise OverLimit("urgent", (today.replace(day=1) + timedelta(days=32)).replace(day=1))


def is_blank(text: str) -> bool:
    """Whether nothing in a text can be seen: spaces, zero-width characters, letters without ink."""
    return all(char.isspace() or char in INKLESS or unicodedata.category(char)[0] in "CM" for char in text)


def clean_text(text: str, longest: int = MAX_ANSWER) -> str:
    """A text with its edges and line ends tidied. Raises BadText."""
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if is_blank(tidy):
        raise BadText("empty")
    if len(tidy) > longest:
        raise BadText("long")
    return tidy


def told_by_page(scope: scopes.Scope, subject: str, viewer: Viewer) -> str:
    """The subject that a thread's page tells of whoever answers there, whatever they show: where it names its subject,
    and only who works in that may read it. Else empty."""
    is_told = shows_subject(scope.levels) and scope.audience < Audience.ALL and subject in viewer.subjects
    return subject if is_told else ""


def reader(
    trade: Trade, viewer: Viewer, *, is_author: bool = False, is_asked: bool = False, company_waited: bool = False
) -> scopes.Viewer:
    """The viewer as the privacy core wants them, for one thread."""
    # the company's own circle holds customers: what they ticked for it must not be closed to it by that
    is_company = "analyst" in viewer.roles
    return scopes.Viewer(
        circle="" if is_company else viewer.circle,
        former_circles=frozenset() if is_company else viewer.former_circles,
        subjects=keys_above(trade, viewer.subjects),
        is_member="member" in viewer.roles,
        is_author=is_author,
        is_asked=is_asked,
        is_company=is_company,
        is_coordinator="coordinator" in viewer.roles,
        company_waited=company_waited,
    )
