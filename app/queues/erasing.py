"""What leaving takes out of queues; may be called again after a stop."""

from collections.abc import Iterator

from sqlalchemy import delete, select

from app.db import Stores
from app.domains.trade import Trade
from app.jobs import queue
from app.mail.contacts import contacts_of, end_contacts
from app.notices.service import drop_notes
from app.queues.models import Expert, Offer
from app.queues.service import was_last
from app.sealing import Vault
from app.vectors import store
from privacy.pseudonyms import MemberSecret, routing_handle

EPOCHS = 8  # how often somebody may have started afresh in one subject


def possible_handles(trade: Trade, secret: MemberSecret) -> list[str]:
    """Every handle this secret makes: also of subjects the member works with no longer, and of earlier epochs."""
    return [str(routing_handle(secret, subject, epoch)) for subject in trade.subjects for epoch in range(EPOCHS)]


def handles_there(stores: Stores, handles: list[str]) -> list[str]:
    """Those of the handles that have a profile, an offer or a contact."""
    columns = (
        select(Expert.handle).where(Expert.handle.in_(handles)),
        select(Offer.inbox).where(Offer.inbox.in_(handles)),
    )
    found = {one for column in columns for one in stores.content.scalars(column)}
    return sorted(found | set(contacts_of(stores, handles)))


def erase_handle(stores: Stores, vault: Vault, *, handle: str, window: int) -> None:
    """Erase an expert profile with its contact; what was offered to it goes back to the router."""
    end_contacts(stores, [handle])
    drop_notes(stores, vault, [handle])
    for offer in list(_offers_to(stores, handle)):
        stores.content.delete(offer)
        if was_last(stores, offer):
            waves = store.find_evidence(stores, vault, offer.thread_id).waves
            queue.put(stores, vault, "route", {"thread": offer.thread_id, "wave": waves}, due=window)
    stores.content.execute(delete(Expert).where(Expert.handle == handle))


def _offers_to(stores: Stores, handle: str) -> Iterator[Offer]:
    yield from stores.content.scalars(select(Offer).where(Offer.inbox == handle))
