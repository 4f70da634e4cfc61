"""When somebody wants mail. What they chose stands in their own locker, and in the post office's book."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.clock import JAPAN
from app.mail.kinds import DAILY, FREQUENCIES, HOURS, MAILS, NOW, OFF, WEEKLY

TOGETHER = 3  # hours


@dataclass(frozen=True, slots=True)
class Wishes:
    """How often each kind is wanted, between which hours of the day in Japan, and whether an urgent question may come
    at any hour."""

    often: Mapping[str, str] = field(default_factory=dict)  # of MAILS -> of FREQUENCIES; what is missing is as usual
    wakes: int = 7
    sleeps: int = 21
    urgent: bool = False

    def frequency(self, kind: str) -> str:
        """How often this kind is wanted."""
        return self.often.get(kind, MAILS[kind].usual if kind in MAILS else NOW)

    def is_awake(self, moment: datetime) -> bool:
        """Whether mail may come at this hour; from 21 to 7 is a night's work, and from 7 to 7 any hour."""
        if self.wakes < self.sleeps:
            return self.wakes <= moment.hour < self.sleeps
        return moment.hour >= self.wakes or moment.hour < self.sleeps

    def stopping(self, kinds: set[str]) -> "Wishes":
        """The same without these kinds."""
        return Wishes({**self.often, **dict.fromkeys(kinds, OFF)}, self.wakes, self.sleeps, self.urgent)

    def as_data(self) -> dict[str, Any]:
        """As it is stored."""
        return {**asdict(self), "often": dict(self.often)}


def wishes_of(found: Mapping[str, Any]) -> Wishes:
    """From what was stored; a frequency that is not known is as usual."""
    often = {kind: one for kind, one in found.get("often", {}).items() if one in FREQUENCIES}
    return Wishes(often, int(found["wakes"]), int(found["sleeps"]), bool(found["urgent"]))


def ready_at(wishes: Wishes, frequency: str, now: float) -> float:
    """From when on, in seconds since the epoch, a notice of this frequency may go out that came now."""
    here = datetime.fromtimestamp(now, JAPAN)
    if frequency == HOURS:
        start = here.replace(minute=0, second=0, microsecond=0)
        return (start + timedelta(hours=TOGETHER - here.hour % TOGETHER)).timestamp()
    if frequency in (DAILY, WEEKLY):
        morning = here.replace(hour=wishes.wakes % 24, minute=0, second=0, microsecond=0)
        days = (7 - here.weekday()) % 7 if frequency == WEEKLY else 0
        next_one = morning + timedelta(days=days)
        return (next_one if next_one > here else next_one + timedelta(days=7 if frequency == WEEKLY else 1)).timestamp()
    return now
