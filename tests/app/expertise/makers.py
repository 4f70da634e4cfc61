"""Experts who are nobody, by the dozen: a map needs no more of anybody than a circle and what they know."""

from dataclasses import replace

from app.expertise.service import find_next_map, publish_map
from app.queues.experts import put_profile
from app.queues.rules import Profile
from app.queues.worker import make_now
from app.vectors.store import Answered, Subjected, record_answer
from app.wiring import Toolbox
from privacy.pseudonyms import new_id

SUBJECT, GROUP = "rainbow-trout", "salmonids"


def put(tools: Toolbox, profile: Profile, handle: str = "") -> str:
    """An expert of a circle, and nobody's: the map needs no more of anybody."""
    handle = handle or new_id()
    with tools.database.transaction("content") as stores:
        put_profile(stores, tools.vault, handle=handle, group_key=GROUP, profile=profile)
    return handle


def put_many(tools: Toolbox, sizes: tuple[int, ...], topic: str = "disease") -> None:
    """So many experts of each circle who say they know a topic."""
    for circle, size in enumerate(sizes):
        for _ in range(size):
            put(tools, Profile(SUBJECT, f"circle-{circle}", topics=(topic,)))


def answered(tools: Toolbox, handle: str, topic: str, *, days_ago: int = 1, subject: str = SUBJECT) -> None:
    """The expert has answered a thread on a topic."""
    with tools.database.transaction("content") as stores:
        where = Subjected(new_id(), subject, topic, 0)
        window = tools.window - days_ago * 86400 // tools.settings.window_seconds
        record_answer(stores, tools.vault, where=where, answer=Answered(new_id(), handle, window))


def publish(tools: Toolbox, *, later: int = 0) -> bool:
    """What the worker does once a day, `later` days from now; whether a map was published."""
    now = make_now(tools)
    with tools.database.transaction("content") as stores:
        found = find_next_map(stores, tools.vault, tools.trade, now=replace(now, today=now.today + later))
        return found is not None and publish_map(stores, tools.vault, found)
