"""A claim that ends soon: its expert is told once, in time to finish, to extend it or to hand the question back."""

from typing import Any, Final

from app.db import Stores
from app.jobs import queue
from app.mail.service import notify
from app.notices.kinds import KINDS
from app.queues import offers
from app.queues.rules import Now
from app.sealing import Vault
from privacy.times import windows_after

KIND: Final = "claim_ends"
HOURS_BEFORE: Final = 4


def remind_later(stores: Stores, vault: Vault, *, offer_id: str, until: int, now: Now) -> None:
    """Leave the job of a claim just made; of a short claim half is left when it is told. Writes content."""
    before = min(windows_after(HOURS_BEFORE, round(now.window_days * 86400)), (until - now.window) // 2)
    queue.put(stores, vault, KIND, {"offer": offer_id, "until": until}, due=until - before)


def remind(stores: Stores, vault: Vault, payload: dict[str, Any], *, window: int) -> None:
    """Tell them, unless the answer is on its way, or the claim was extended or given back. Writes content."""
    offer = offers.find(stores, vault, payload["offer"])
    if offer is not None and offer.state == "claimed" and offer.claimed_until == payload["until"]:
        offers.put(stores, vault, offer.tell(KIND, window))
        notify(stores, vault, label=offer.inbox, kind=KINDS[KIND].mail, due=window)
