"""Pause: no offers, no mail, nothing lost. Only the member's own secret finds what was set away, and brings it back.

Expert profiles are marked away; the boxes of every contact move into a locker, so that there is nothing to write to.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.mail.contacts import contacts_of, end_contacts, set_contact
from app.questions.ending import own_rows, tag_of
from app.questions.lockers import OwnThread, own_threads, read_locker, write_locker
from app.questions.models import Pending, Thread
from app.questions.pending import change_pending, open_pending, pack, unpack
from app.queues import experts
from app.queues.erasing import handles_there, possible_handles
from app.queues.rules import Profile
from app.sealing import Vault

PURPOSE: Final = "pause"
FAR: Final = date.max.toordinal()
EMPTY: Final[dict[str, Any]] = {"away": {}, "contacts": {}}


def set_away(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> None:
    """Set everything away that would bring offers or mail; again adds what came since. Writes content."""
    kept = read_locker(stores, viewer.secret, PURPOSE, EMPTY)
    away = {**_set_profiles_away(stores, vault, trade, viewer), **kept["away"]}
    contacts = {**kept["contacts"], **_take_contacts(stores, vault, trade, viewer)}
    write_locker(stores, viewer.secret, PURPOSE, {"away": away, "contacts": contacts})


def bring_back(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> None:
    """Put everything back where it was. Writes content."""
    kept = read_locker(stores, viewer.secret, PURPOSE, EMPTY)
    for handle, until in kept["away"].items():
        profile = experts.find_profile(stores, vault, handle)
        if profile is not None:
            _put(stores, vault, trade, handle, replace(profile, away_until=until))
    contacts = {label: unpack(box) for label, box in kept["contacts"].items()}
    for label in _still_wanted(stores, vault, trade, viewer, contacts):
        set_contact(stores, label=label, box=contacts[label])
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


def _take_contacts(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer) -> dict[str, str]:
    own = own_threads(stores, viewer.secret)
    labels = [*possible_handles(trade, viewer.secret), *(tag_of(viewer, one) for one in own)]
    taken = {label: pack(box) for label, box in contacts_of(stores, labels).items()}
    end_contacts(stores, labels)
    for label, row, payload in _waiting_contacts(stores, vault, viewer, own):
        taken[label] = payload.pop("contact")
        change_pending(vault, row, payload)
    return taken


def _waiting_contacts(
    stores: Stores, vault: Vault, viewer: Viewer, own: list[OwnThread]
) -> Iterator[tuple[str, Pending, dict[str, Any]]]:
    for one in own:
        for row in own_rows(stores, one):
            payload = open_pending(vault, row)
            if "contact" in payload:
                yield tag_of(viewer, one), row, payload


def _still_wanted(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, contacts: dict[str, bytes]
) -> Iterator[str]:
    """Labels whose handle is still there, and tags of threads that go on; what ended meanwhile stays ended."""
    for handle in set(possible_handles(trade, viewer.secret)) & set(contacts):
        if experts.find_profile(stores, vault, handle) is not None:
            yield handle
    for one in own_threads(stores, viewer.secret):
        thread = stores.content.get(Thread, one.thread)
        label = tag_of(viewer, one)
        if label in contacts and thread is not None and thread.state != "closed":
            yield label
