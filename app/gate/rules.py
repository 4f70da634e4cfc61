"""Pure decisions of the way in."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.domains.promises import Charter

STEPS: Final = ("promises", "help", "receiving", "practice")  # of the first run, in their order
DONE: Final = "done"  # the first run is over, however much of it was passed over
ABSENT_WEEKS: Final = 13  # 90 days, told in weeks
WORD_HOURS: Final = 24
WORD_LENGTH: Final = 300
KEPT_DAYS: Final = 14  # for so long a wished word is waited for
OVERDUE_BANDS: Final = (0, 1, 5, 10)


def next_step(done: Sequence[str]) -> str:
    """The step somebody comes to next; empty when the first run is over."""
    return "" if DONE in done else next((step for step in STEPS if step not in done), "")


def following(step: str) -> str:
    """The step after this one, whatever was done before; empty after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else ""


def was_absent(last_week: int, this_week: int) -> bool:
    """Whether somebody comes back after 90 days."""
    return last_week > 0 and this_week - last_week >= ABSENT_WEEKS


def stamp(charter: Charter, today: date) -> str:
    """Changes whenever there may be something new to accept."""
    return f"{charter.version}-{sum(item.from_day <= today.toordinal() for item in charter.items)}"


def overdue_band(number: int) -> int:
    """How many words are late, as the lower end of a band."""
    return max(band for band in OVERDUE_BANDS if band <= number)
