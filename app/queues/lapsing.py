"""A claim that ends soon: its expert is told once, in time to finish, to extend it or to hand the question back."""

from typing import Any, Final

from app.db import Stores
from app.jobs import queue
from app.notices.service import tell
from app.queues.models import Offer
from app.queues.rules import Now
from app.sealing import Vault
from privacy.times import windows_after

KIND: Final = "claim_ends"
HOURS_BEFORE: Final = 4


def remind_later(stores: Stores, vault: Vault, *, offer: Offer, now: Now) -> None:
    """Leave the job of a claim just made; of a short claim half is left when it is told. Writes content."""
    until = offer.claimed_until or now.window
    before = min(windows_after(HOURS_BEFORE, round(now.window_days * 86400)), (until - now.window) // 2)
    queue.put(stores, vault, KIND, {"offer": offer.id, "until": until}, due=until - before)


def remind(stores: Stores, vault: Vault, payload: dict[str, Any], *, window: int) -> None:
    """Tell them, unless the answer is on its way, or the claim was extended or given back. Writes content."""
    offer = stores.content.get(Offer, payload["offer"])
    if offer is not None and offer.state == "claimed" and offer.claimed_until == payload["until"]:
        tell(stores, vault, label=offer.inbox, kind=KIND, due=window, thread=offer.thread_id)
