"""What leaving takes out of queues; may be called again after a stop."""

from sqlalchemy import delete, select

from app.db import Stores
from app.domains.trade import Trade
from app.jobs import queue
from app.mail.contacts import contacts_of, end_contacts
from app.notices.service import drop_notes
from app.queues import offers
from app.queues.models import Expert
from app.queues.rules import OVER
from app.queues.service import is_last
from app.sealing import Vault
from app.vectors import store
from privacy.pseudonyms import MemberSecret, routing_handle

EPOCHS = 8  # how often somebody may have started afresh in one subject


def possible_handles(trade: Trade, secret: MemberSecret) -> list[str]:
    """Every handle this secret makes: also of subjects the member works with no longer, and of earlier epochs."""
    return [str(routing_handle(secret, subject, epoch)) for subject in trade.subjects for epoch in range(EPOCHS)]


def handles_there(stores: Stores, handles: list[str]) -> list[str]:
    """Those of the handles that have a profile or a contact; nothing is offered without a profile."""
    found = stores.content.scalars(select(Expert.handle).where(Expert.handle.in_(handles)))
    return sorted({*found, *contacts_of(stores, handles)})


def erase_handle(stores: Stores, vault: Vault, *, handle: str, window: int) -> None:
    """Erase an expert profile with its contact; what was offered to it goes back to the router."""
    end_contacts(stores, [handle])
    drop_notes(stores, vault, [handle])
    found = offers.every_to(stores, vault, [handle])
    for offer in found:
        offers.erase(stores, vault, offer)
        if offer.state != OVER and is_last(stores, vault, offer):
            waves = store.find_evidence(stores, vault, offer.thread_id).waves
            queue.put(stores, vault, "route", {"thread": offer.thread_id, "wave": waves}, due=window)
    if found:
        offers.seal_anew(stores, vault)
    stores.content.execute(delete(Expert).where(Expert.handle == handle))
