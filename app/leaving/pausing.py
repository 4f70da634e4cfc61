"""Pause: no offers, no mail, nothing lost. Only the member's own secret finds their expert profiles.

Profiles are marked away inside what is sealed, each row where it stands. Contacts stay as they are: the post office is
told that the address rests, and throws notices away meanwhile. Contacts that came and went together would be one
member's.
"""

from dataclasses import replace
from typing import Any, Final

from app.accounts.address import own_mailbox
from app.accounts.viewer import Viewer
from app.cohorts import rules as cohorts
from app.cohorts import seats
from app.db import Stores
from app.domains.trade import Trade
from app.mail import resting
from app.questions.lockers import read_locker, write_locker
from app.queues import experts
from app.queues.erasing import handles_there, possible_handles
from app.queues.rules import PAUSED, Profile
from app.sealing import Vault

PURPOSE: Final = "pause"
FAR: Final = PAUSED
EMPTY: Final[dict[str, Any]] = {"away": {}}


def set_away(
    stores: Stores, vault: Vault, trade: Trade, post_office: bytes, *, viewer: Viewer, token: str, window: int
) -> None:
    """Stop everything that would bring offers or mail; again adds what came since. Writes content."""
    kept = read_locker(stores, viewer.secret, PURPOSE, EMPTY)
    away = {**_set_profiles_away(stores, vault, trade, viewer), **kept["away"]}
    write_locker(stores, viewer.secret, PURPOSE, {"away": away})
    seats.rest_everywhere(stores, vault, viewer=viewer, until=cohorts.FAR, window=window)
    resting.rest(stores, vault, post_office, mailbox=own_mailbox(stores, vault, viewer=viewer), token=token)


def bring_back(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, token: str, window: int) -> None:
    """Everything goes on where it was. Writes content."""
    resting.come_back(stores, vault, token=token)
    seats.rest_everywhere(stores, vault, viewer=viewer, until=0, window=window)
    kept = read_locker(stores, viewer.secret, PURPOSE, EMPTY)
    for handle, until in kept["away"].items():
        profile = experts.find_profile(stores, vault, handle)
        if profile is not None:
            _put(stores, vault, trade, handle, replace(profile, away_until=until))
    if read_locker(stores, viewer.secret, PURPOSE, None) is not None:
        write_locker(stores, viewer.secret, PURPOSE, None)


def _set_profiles_away(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer) -> dict[str, int]:
    before = {}
    for handle in handles_there(stores, possible_handles(trade, viewer.secret)):
        profile = experts.find_profile(stores, vault, handle)
        if profile is not None and profile.away_until != FAR:
            before[handle] = profile.away_until
            _put(stores, vault, trade, handle, replace(profile, away_until=FAR))
    return before


def _put(stores: Stores, vault: Vault, trade: Trade, handle: str, profile: Profile) -> None:
    group_key = trade.group_of[profile.subject].key
    experts.put_profile(stores, vault, handle=handle, group_key=group_key, profile=profile)
