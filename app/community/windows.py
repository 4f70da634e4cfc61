"""When others see what a member did at a place of the community."""

from typing import Any

from app.db import Stores
from app.jobs import queue
from app.questions.writing import due_window
from app.sealing import Vault
from privacy.scopes import Audience


def heard_in(stores: Stores, window: int) -> int:
    """The window of the next publication for everybody: what is said or done now shows there with what others did since
    the one before, so that whoever looks again and again does not learn in which minute its author was here."""
    return due_window(stores, window, Audience.ALL, at_once=False)


def hear_later(stores: Stores, vault: Vault, job: str, about: dict[str, Any], window: int) -> int:
    """Put the job that lets others see it in that window, and return the window; writes content."""
    due = heard_in(stores, window)
    queue.put(stores, vault, job, about, due=due)
    return due
