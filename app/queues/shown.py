"""What the viewer's own answers show, as far as they may be told: where a question hides its subject, its group alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.db import Stores, fetch, recall
from app.domains.rules import shows_subject
from app.domains.trade import Trade
from app.questions.access import open_scope
from app.questions.lockers import PEER, own_threads
from app.questions.models import Thread
from app.queues import experts
from app.sealing import Vault
from app.vectors.boxes import vector_of
from app.vectors.models import IndexedThread
from app.vectors.store import Answered, Evidence, evidence_of

FEW: Final = 3  # answered questions among which one may stand out
APART: Final = 0.06  # of the way from what lies in their midst to the same text: as much as search asks of a find


@dataclass(frozen=True, slots=True)
class Shown:
    """A thread the viewer answered; `subject` is empty where its page names the group only.

    `windows` are those of the answers. `counts` says that its author has not set them aside.
    """

    thread: str
    group: str
    subject: str
    topic: str
    windows: tuple[int, ...]
    is_useful: bool = False  # accepted, or it worked for somebody
    is_endorsed: bool = False
    counts: bool = True

    def was_there(self, window: int) -> bool:
        """Whether one of the answers was there in this window."""
        return min(self.windows) <= window

    def latest(self, window: int) -> int:
        """The window of the latest answer that was there in this one."""
        return max(one for one in self.windows if one <= window)


def shown_by(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer) -> tuple[Shown, ...]:
    """Every thread of which it is known that the viewer answered it."""
    known = (Thread, "shown by", viewer.member_id)
    return recall(stores.content, known, lambda: tuple(_shown_by(stores, vault, trade, viewer)))


def names_subject(trade: Trade, group: str, *, shown: bool) -> bool:
    """Whether a page tells the subject: it names it, or the group has no other."""
    return shown or any(one.key == group and len(one.subjects) == 1 for one in trade.groups)


def _shown_by(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer) -> Iterable[Shown]:
    answered = [one.thread for one in own_threads(stores, viewer.secret) if one.part == PEER]
    if not answered:
        return
    own = set(experts.answering_handles(stores, trade, viewer).values())
    rows = {row.thread_id: row for row in fetch(stores.content, IndexedThread, answered)}
    evidence = {thread_id: evidence_of(vault, row) for thread_id, row in rows.items()}
    for thread in stores.content.scalars(select(Thread).where(Thread.id.in_(list(evidence)))):
        found = _of(evidence[thread.id], own)
        if found:
            yield _shown(vault, trade, thread, evidence[thread.id], found)


def _of(evidence: Evidence, own: set[str]) -> list[Answered]:
    return [one for one in (*evidence.answers, *evidence.aside) if one.handle in own]


def _shown(vault: Vault, trade: Trade, thread: Thread, evidence: Evidence, own: list[Answered]) -> Shown:
    named = names_subject(trade, thread.group_key, shown=shows_subject(open_scope(vault, thread).levels))
    counting = [one for one in own if one in evidence.answers]
    own = counting or own
    return Shown(
        thread.id,
        thread.group_key,
        evidence.subject if named else "",
        thread.topic,
        tuple(one.window for one in own),
        is_useful=any(is_useful(one) for one in own),
        is_endorsed=any(one.endorsed and not one.unvouched for one in own),
        counts=bool(counting),
    )


def is_useful(answer: Answered) -> bool:
    """Accepted, or it worked for somebody or turned out well, and not badly: what matching counts as help."""
    return answer.accepted or (answer.outcome >= 0 and answer.worked + answer.outcome > 0)


def nearest(stores: Stores, vault: Vault, thread_id: str, own: Sequence[Shown]) -> Shown | None:
    """The one of these threads that is nearest in meaning, where it stands out among them.

    Found among what the viewer answered and nothing else, so that no subject has a part in it.
    """
    rows = fetch(stores.content, IndexedThread, [thread_id, *(one.thread for one in own)])
    encoder = next((row.encoder for row in rows if row.thread_id == thread_id), "")
    found = {row.thread_id: _vector(stores, vault, row) for row in rows if row.encoder == encoder}
    asked, near = found.get(thread_id), [(one, found.get(one.thread)) for one in own]
    known = [(one, vector) for one, vector in near if vector is not None]
    if asked is None or len(known) < FEW:
        return None
    cosines = np.array([float(vector @ asked) for _, vector in known])
    best, midst = int(cosines.argmax()), float(np.median(cosines))
    return known[best][0] if cosines[best] - midst >= APART * (1 - midst) else None


def _vector(stores: Stores, vault: Vault, row: IndexedThread) -> NDArray[np.float32] | None:
    return recall(stores.content, (IndexedThread, row.thread_id, "vector"), lambda: vector_of(vault, row))
