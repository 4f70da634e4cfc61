"""When others see what a member did at a place of the community: in the next publication; they themselves at once.

A seat's rest and a consent's word are only read: kept with them are what stood before and the window in which they are
heard, and `as_heard` tells which of the two somebody sees. A lecturer's line and a story keep what stands, and beside it
what was said, which the feature's `settle` does by a job of that window.
"""

from typing import Any, TypeVar

from app.db import Stores
from app.jobs import queue
from app.questions.writing import due_window
from app.sealing import Vault
from privacy.scopes import Audience

Kept = TypeVar("Kept")


def heard_in(stores: Stores, window: int) -> int:
    """The window of the next publication for everybody: what is said or done now shows there with what others did since
    the one before, so that whoever looks again and again does not learn in which minute its author was here."""
    return due_window(stores, window, Audience.ALL, at_once=False)


def as_heard(now: Kept, before: Kept, heard: int, window: int) -> Kept:
    """What others know in a window: until `heard` what stood before, then what stands now. Whoever says yet something else
    in between keeps as `before` what this gives."""
    return now if window >= heard else before


def hear_later(stores: Stores, vault: Vault, job: str, about: dict[str, Any], window: int) -> int:
    """Put the job that lets others see it in that window, and return the window; writes content."""
    due = heard_in(stores, window)
    queue.put(stores, vault, job, about, due=due)
    return due
