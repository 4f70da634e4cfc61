"""Starting afresh in one group: new handles, to which nothing of the old ones leads.

The whole group, also the subjects in it that the member works with no longer or never did: what counted under one
subject's handle and no more would tell which questions, of those that show their group alone, were about that subject.
"""

from typing import Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Group, Trade
from app.errors import Conflict, NotThere
from app.questions.lockers import write_locker
from app.queues import experts
from app.queues.erasing import EPOCHS, erase_handle
from app.sealing import Vault

LAST: Final = EPOCHS - 1


def own_group(trade: Trade, *, viewer: Viewer, key: str) -> Group:
    """A group in which the viewer has a subject. Raises NotThere."""
    for group in trade.groups:
        if group.key == key and any(one.key in viewer.subjects for one in group.subjects):
            return group
    raise NotThere


def may_start_afresh(stores: Stores, *, viewer: Viewer, group: Group) -> bool:
    """Whether there is a next handle in every subject of the group."""
    epochs = experts.epochs_of(stores, viewer)
    return all(epochs.get(one.key, 0) < LAST for one in group.subjects)


def start_afresh(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, group: Group, window: int) -> None:
    """Take the next handles: profiles and contacts of the old go, and what was offered to them goes back to the router.

    Writes content. What the old handles answered stays known under them, whom nobody bears any more. Raises Conflict
    after the last handle.
    """
    if not may_start_afresh(stores, viewer=viewer, group=group):
        raise Conflict
    handles, epochs = experts.answering_handles(stores, trade, viewer), experts.epochs_of(stores, viewer)
    keys = [one.key for one in group.subjects]
    for one in keys:
        erase_handle(stores, vault, handle=handles[one], window=window)
    write_locker(stores, viewer.secret, "handle-epochs", {**epochs, **{one: epochs.get(one, 0) + 1 for one in keys}})
