"""When it is heard that an inbox rests: once all inboxes of its group do.

Which of two was asked once more would tell the subject of a question that hides it. It stands in the profile, which is
sealed anew with all others every window: a note of its own would come and go under one label, on the days of an offer and
of a look.
"""

from app.db import Stores, fetch
from app.inbox.labels import OwnLabels
from app.notices.service import Told
from app.queues.experts import open_profile
from app.queues.models import Expert
from app.queues.rules import RESTING
from app.sealing import Vault


def resting(stores: Stores, vault: Vault, own: OwnLabels, *, window: int) -> list[Told]:
    """What is told of the inboxes that rest, less those of which another of the group does not."""
    told, awake = dict[str, list[Told]](), set[str]()
    for row in fetch(stores.content, Expert, sorted(own.handles)):
        profile = open_profile(vault, row)
        if profile.rested is not None and profile.rested[1] <= window:
            told.setdefault(row.group_key, []).append(Told(profile.rested[0], row.handle, RESTING, profile.rested[1]))
        elif profile.capacity:
            awake.add(row.group_key)
    return [one for group, some in told.items() if group not in awake for one in some]
