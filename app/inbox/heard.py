"""All that a member is told: the notes under their labels, and what stands in the offers to their inboxes and in the
profiles of these.

A note under an inbox's label for each offer would tell which questions came to one inbox, by the day on which it came.
"""

from app.db import Stores
from app.inbox.labels import OwnLabels
from app.inbox.resting import resting
from app.notices.service import Told, in_order, notes_of
from app.queues.offers import notes_to
from app.queues.rules import RESTING
from app.sealing import Vault


def heard(stores: Stores, vault: Vault, own: OwnLabels, *, window: int) -> list[Told]:
    """What their window has come for, newest first."""
    noted = notes_of(stores, vault, own.all, window=window)
    noted = [one for one in noted if one.kind != RESTING or one.label not in own.handles]  # as older versions told it
    told = notes_to(stores, vault, own.handles, window=window)
    return in_order([*noted, *told, *resting(stores, vault, own, window=window)])
