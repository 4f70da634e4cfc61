"""Starting afresh in one subject: a new handle, to which nothing of the old one leads."""

from typing import Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.errors import Conflict, NotThere
from app.questions.lockers import write_locker
from app.queues import experts
from app.queues.erasing import EPOCHS, erase_handle
from app.sealing import Vault

LAST: Final = EPOCHS - 1


def may_start_afresh(stores: Stores, *, viewer: Viewer, subject: str) -> bool:
    """Whether there is a next handle in this subject."""
    return subject in viewer.subjects and experts.epochs_of(stores, viewer).get(subject, 0) < LAST


def start_afresh(stores: Stores, vault: Vault, *, viewer: Viewer, subject: str, window: int) -> None:
    """Take the next handle: profile and contact of the old one go, and what was offered to it goes back to the router.

    Writes content. What the old handle answered stays known under the old handle, which nobody bears any more. Raises
    NotThere for a subject that is not the viewer's, Conflict after the last handle.
    """
    if subject not in viewer.subjects:
        raise NotThere
    if not may_start_afresh(stores, viewer=viewer, subject=subject):
        raise Conflict
    erase_handle(stores, vault, handle=experts.own_handles(stores, viewer)[subject], window=window)
    epochs = experts.epochs_of(stores, viewer)
    write_locker(stores, viewer.secret, "handle-epochs", {**epochs, subject: epochs.get(subject, 0) + 1})
