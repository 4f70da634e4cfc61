"""The clock as a part: the house asks this one, so a test can move it."""

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


class Clock(Protocol):
    """Tells the time in seconds since the epoch."""

    def now(self) -> float: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        return time.time()


@dataclass
class SetClock:
    """A clock that stands where it was put."""

    seconds: float

    def now(self) -> float:
        return self.seconds

    def move(self, *, hours: float = 0, seconds: float = 0) -> None:
        self.seconds += hours * 3600 + seconds


def today(now: float) -> date:
    """The network's calendar day, in Japan."""
    return datetime.fromtimestamp(now, JAPAN).date()


def monday_of(day: date) -> date:
    """The Monday on or before a day: what moves once a week moves then."""
    return day - timedelta(days=day.weekday())


def next_monday(day: date) -> date:
    """The first Monday after a day."""
    return monday_of(day) + timedelta(days=7)
