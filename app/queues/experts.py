"""Expert profiles at rest: one row a handle, sealed and padded."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import select, update

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.questions.lockers import handle_epochs
from app.queues.models import Expert
from app.queues.rules import Measures, PassMade, Profile
from app.sealing import Vault
from privacy.pseudonyms import new_id, routing_handle

PAD: Final = 6144  # one size for all: half a year of ten offers a week and every pass kept fit in
PASSES_KEPT: Final = 40


def epochs_of(stores: Stores, viewer: Viewer) -> dict[str, int]:
    """How often the viewer started afresh, by subject: in their own locker."""
    return handle_epochs(stores, viewer.secret)


def own_handles(stores: Stores, viewer: Viewer) -> dict[str, str]:
    """The viewer's routing handle in each of their subjects, as it is now."""
    return handles_of(viewer, epochs_of(stores, viewer))


def answering_handles(stores: Stores, trade: Trade, viewer: Viewer) -> dict[str, str]:
    """The same for every subject: an answer counts under the handle of its question's subject or of the inbox it was
    given from, also where the viewer works with neither now, and nothing may tell whether they do."""
    epochs = epochs_of(stores, viewer)
    subjects = dict.fromkeys((*trade.subjects, *viewer.subjects))
    return {one: _handle(viewer, one, epochs) for one in subjects}


def is_own(stores: Stores, vault: Vault, viewer: Viewer, handle: str) -> bool:
    """Whether an inbox is the viewer's, also in a subject they have given up: what came there stays, and so tells nothing
    of the subject of a question that hides it."""
    profile = find_profile(stores, vault, handle)
    return profile is not None and handle == _handle(viewer, profile.subject, epochs_of(stores, viewer))


def is_own_in(stores: Stores, viewer: Viewer, subject: str, handle: str) -> bool:
    """The same of an inbox whose subject is known."""
    return handle == _handle(viewer, subject, epochs_of(stores, viewer))


def handles_of(viewer: Viewer, epochs: Mapping[str, int] = MappingProxyType({})) -> dict[str, str]:
    """The viewer's routing handle in each of their subjects at these epochs: made again each time, written nowhere."""
    return {subject: _handle(viewer, subject, epochs) for subject in viewer.subjects}


def _handle(viewer: Viewer, subject: str, epochs: Mapping[str, int]) -> str:
    return str(routing_handle(viewer.secret, subject, epochs.get(subject, 0)))


def find_profile(stores: Stores, vault: Vault, handle: str) -> Profile | None:
    """The profile under a handle, or None."""
    row = stores.content.get(Expert, handle)
    return None if row is None else open_profile(vault, row)


def put_profile(stores: Stores, vault: Vault, *, handle: str, group_key: str, profile: Profile) -> None:
    """Store a profile under its handle."""
    kept = {**asdict(profile), "passes": [asdict(one) for one in profile.passes[-PASSES_KEPT:]]}
    sealed = vault.seal(kept, table="experts", column="sealed", row=handle, pad=PAD)
    row = stores.content.get(Expert, handle)
    if row is None:
        stores.content.add(Expert(handle=handle, group_key=group_key, sealed=sealed))
    else:
        row.sealed = sealed


def seal_anew(stores: Stores, vault: Vault) -> None:
    """Give every profile another box, so that two copies of the file do not tell whose changed between; writes content."""
    open_box = vault.opener("experts", "sealed")
    fresh = [
        {
            "handle": handle,
            "sealed": vault.seal_bytes(open_box(sealed, handle), table="experts", column="sealed", row=handle, pad=PAD),
        }
        for handle, sealed in stores.content.execute(select(Expert.handle, Expert.sealed))
    ]
    if fresh:
        stores.content.execute(update(Expert), fresh)


def tell_rest(stores: Stores, vault: Vault, *, measures: Measures, due: int) -> None:
    """Let those be told whose inboxes rest and to whom nothing says so: an older version kept that elsewhere, or the
    operator lets inboxes rest sooner. Writes content."""
    for row in stores.content.scalars(select(Expert)):
        profile = open_profile(vault, row)
        if profile.rests(measures) and profile.rested is None:
            put_profile(
                stores,
                vault,
                handle=row.handle,
                group_key=row.group_key,
                profile=replace(profile, rested=(new_id(), due)),
            )


def open_profile(vault: Vault, row: Expert) -> Profile:
    """The profile of a row."""
    return _profile(vault.open(row.sealed, table="experts", column="sealed", row=row.handle))


def opened(stores: Stores, vault: Vault, handles: Collection[str]) -> dict[str, Profile]:
    """The profiles under these handles, as far as there are any."""
    open_box = vault.opener("experts", "sealed")
    rows = stores.content.execute(select(Expert.handle, Expert.sealed).where(Expert.handle.in_(handles)))
    return {handle: _profile(json.loads(open_box(sealed, handle))) for handle, sealed in rows}


def _profile(found: Mapping[str, Any]) -> Profile:
    return Profile(
        subject=found["subject"],
        circle=found["circle"],
        topics=tuple(found["topics"]),
        capacity=found["capacity"],
        away_until=found["away_until"],
        offers=tuple(found["offers"]),
        passes=tuple(PassMade(**one) for one in found["passes"]),
        unseen=found.get("unseen", 0),
        muted=tuple(found.get("muted", ())),
        reads=found.get("reads", False),
        made=found.get("made", 0),
        rested=None if found.get("rested") is None else (found["rested"][0], found["rested"][1]),
    )
