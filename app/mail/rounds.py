"""What goes out, and when: one address's notices gathered into as few letters as it wants. Decides, and sends nothing.

Several notices are one letter. At most one letter a window and address; those that routing sends at most one a day and
five a week. At night they wait for the morning. After long silence letters come once a week, then not at all, and the
letter after which that is so says it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.clock import JAPAN
from app.mail.book import Entry, Waiting
from app.mail.kinds import OFF, PICKED, WEEKLY
from app.mail.wishes import Wishes, ready_at
from privacy.times import window_of

SEVERAL: Final = "several"
SLOWER: Final = "slower"
STOPPING: Final = "stopping"
STOPPED: Final = "stopped"
MORE_SILENT: Final = 4  # weekly letters without a word before they stop


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of the settings."""

    a_day: int = 1
    a_week: int = 5
    wakes: int = 7
    sleeps: int = 21
    silence: int = 10


@dataclass(frozen=True, slots=True)
class Moment:
    """Now."""

    seconds: float
    window_seconds: int

    @property
    def window(self) -> int:
        """The window we are in."""
        return window_of(self.seconds, self.window_seconds)

    @property
    def here(self) -> datetime:
        """Date and hour in Japan."""
        return datetime.fromtimestamp(self.seconds, JAPAN)

    @property
    def day(self) -> int:
        """The day's ordinal."""
        return self.here.date().toordinal()


def wishes_in(entry: Entry, rules: Rules) -> Wishes:
    """What this address chose, or the usual."""
    return entry.wishes or Wishes(wakes=rules.wakes, sleeps=rules.sleeps)


def take_in(entry: Entry, rules: Rules, *, kind: str, label: str, urgent: bool, now: Moment) -> None:
    """A notice has come: it waits for its time, or is not wanted."""
    wishes = wishes_in(entry, rules)
    frequency = wishes.frequency(kind)
    if frequency == OFF or entry.pace == STOPPED or entry.is_given_up:
        return
    at_once = urgent and wishes.urgent and not entry.pace
    moment = now.seconds if at_once else ready_at(wishes, WEEKLY if entry.pace else frequency, now.seconds)
    entry.waiting.append(Waiting(kind, label, window_of(moment, now.window_seconds), at_once))


def change(entry: Entry, wishes: Wishes, rules: Rules, now: Moment) -> None:
    """Their wishes are others now; what waits obeys them."""
    waiting, entry.waiting, entry.wishes = entry.waiting, [], wishes
    for one in waiting:
        take_in(entry, rules, kind=one.kind, label=one.label, urgent=one.urgent, now=now)


def is_ready(entry: Entry, now: Moment) -> bool:
    """Whether anything that waits has come to its time; it may still be night."""
    return any(one.ready <= now.window for one in entry.waiting)


def write_to(entry: Entry, rules: Rules, *, living: Collection[str], now: Moment) -> tuple[str, list[str]] | None:
    """The letter that goes to this address now, and the kinds of notices in it; None when none goes.

    `living` are the labels that still have a contact: what waited for others is let go.
    """
    entry.waiting = [one for one in entry.waiting if one.label in living]
    entry.routed = [day for day in entry.routed if day > now.day - 7]
    going = [] if entry.last >= now.window else _going(entry, rules, now)
    if not going:
        return None
    entry.waiting = [one for one in entry.waiting if one not in going]
    kinds = sorted({one.kind for one in going})
    entry.last = now.window
    if PICKED in kinds:
        entry.routed.append(now.day)
    return _letter(entry, rules, kinds), kinds


def _going(entry: Entry, rules: Rules, now: Moment) -> list[Waiting]:
    awake = wishes_in(entry, rules).is_awake(now.here)
    ready = [one for one in entry.waiting if one.ready <= now.window and (awake or one.urgent)]
    if entry.routed.count(now.day) >= rules.a_day or len(entry.routed) >= rules.a_week:
        ready = [one for one in ready if one.kind != PICKED]
    return ready


def _letter(entry: Entry, rules: Rules, kinds: list[str]) -> str:
    entry.silent += 1
    if not entry.pace and entry.silent >= rules.silence:
        entry.pace = WEEKLY
        return SLOWER
    if entry.pace == WEEKLY and entry.silent >= rules.silence + MORE_SILENT:
        entry.pace, entry.waiting = STOPPED, []
        return STOPPING
    return kinds[0] if len(kinds) == 1 else SEVERAL
