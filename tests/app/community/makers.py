"""Writings for tests, made through the service as the features do."""

from typing import Any

from app.clock import today
from app.community.reads import WritingCard, read_place
from app.community.writing import write
from app.questions.pending import publish
from app.wiring import Toolbox
from privacy.pseudonyms import new_id
from tests.app.questions.makers import publish as publish_later
from tests.cast import Person, viewer_of

BODY = "朝いちばんの網替えの前に、沈んだ餌の残りを数えています。"


def say(tools: Toolbox, person: Person, place: str, body: str = BODY, **more: Any) -> str:
    """Write at a place; it waits for its window."""
    with tools.database.transaction("content", "keys") as stores:
        return write(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), place=place, window=tools.window,
            today=today(tools.clock.now()), **{"kind": "saying", "texts": {"body": body}, **more},
        )  # fmt: skip


def opened(tools: Toolbox, person: Person, body: str = BODY, **more: Any) -> str:
    """A place that is out, and its id."""
    place = str(new_id())
    say(tools, person, place, body, opens=True, **more)
    publish_later(tools)
    return place


def seen(tools: Toolbox, person: Person, place: str, **more: Any) -> list[WritingCard]:
    """What this person sees there."""
    with tools.database.reading() as stores:
        return read_place(stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), place=place, **more)


__all__ = ["BODY", "opened", "publish", "publish_later", "say", "seen"]
