"""What a member who leaves takes out of sessions besides what they wrote and their sign-ups."""

from sqlalchemy import delete

from app.db import Stores
from app.webinars.models import Speaker


def take_out(stores: Stores, *, label: str) -> None:
    """A lecturer's line, with the name they chose to show; again does no harm. Writes content.

    `label` is of one of their ballots. What they said stays or goes with their other words.
    """
    stores.content.execute(delete(Speaker).where(Speaker.label == label))
