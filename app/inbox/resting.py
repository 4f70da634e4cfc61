"""When it is heard that an inbox rests: once all inboxes of its group do.

Which of two was asked once more would tell the subject of a question that hides it.
"""

from collections.abc import Sequence

from app.db import Stores, fetch
from app.inbox.labels import OwnLabels
from app.notices.service import Told
from app.queues.experts import open_profile
from app.queues.models import Expert
from app.sealing import Vault

KIND = "resting"


def without_early(stores: Stores, vault: Vault, own: OwnLabels, told: Sequence[Told]) -> list[Told]:
    """The notes, less those that an inbox rests while another of its group does not."""
    resting = {one.label for one in told if one.kind == KIND}
    rows = fetch(stores.content, Expert, sorted(own.handles)) if resting else []
    awake = {row.group_key for row in rows if row.handle not in resting and open_profile(vault, row).capacity}
    early = {row.handle for row in rows if row.group_key in awake}
    return [one for one in told if one.kind != KIND or one.label not in early]
