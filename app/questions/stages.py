"""How far a question is taken when nobody answers, and when: fixed times from its publication, the same for everybody.

What is told to its author hangs on these times alone, never on who was found or what they did: the telling would
otherwise answer, with exclusions, which organisation has the expert.
"""

from dataclasses import dataclass
from typing import Final

from app.settings import Settings
from privacy.times import windows_after

STAGES: Final = ("first", "second", "third", "domain", "coordinator", "ended")
WAVE_OF: Final = {"second": 1, "third": 2}  # the wave of experts that goes out with a stage
CATCH_UP: Final = 4  # after a standstill stages follow each other at most so many times as fast as usual


@dataclass(frozen=True, slots=True)
class Timetable:
    """Hours after publication at which each stage comes, and how long a window is."""

    second: float = 8
    third: float = 24
    domain: float = 48
    coordinator: float = 72
    ended: float = 168
    urgent_divisor: int = 4
    window_seconds: int = 3600

    def due(self, stage: str, *, published: int, urgent: bool, shift: int = 0) -> int:
        """The window in which a stage comes; `shift` windows later where the way was interrupted."""
        return published + shift + windows_after(self._hours(stage, urgent), self.window_seconds)

    def soonest(self, stage: str, *, after: str, now: int, urgent: bool) -> int:
        """The window before which a stage does not come, when the one before it was taken only now."""
        between = max(0.0, self._hours(stage, urgent) - self._hours(after, urgent))
        return now + windows_after(between / CATCH_UP, self.window_seconds)

    def _hours(self, stage: str, urgent: bool) -> float:
        found = 0.0 if stage == "first" else float(getattr(self, stage))
        return found / (self.urgent_divisor if urgent else 1)


def timetable_of(settings: Settings) -> Timetable:
    """The timetable as the operator set it."""
    return Timetable(
        settings.second_wave_hours,
        settings.third_wave_hours,
        settings.domain_hours,
        settings.coordinator_hours,
        settings.honest_end_days * 24,
        settings.urgent_divisor,
        settings.window_seconds,
    )


def stage_after(stage: str, *, kept: bool = False) -> str | None:
    """What comes next, None after the end. Whoever kept a question open waits in the lists until it ends again."""
    if kept and stage != "ended":
        return "ended"
    at = STAGES.index(stage) + 1
    return STAGES[at] if at < len(STAGES) else None


def is_after(stage: str, reached: str) -> bool:
    """Whether a stage is still to come for a question that has reached another."""
    return STAGES.index(stage) > STAGES.index(reached)
