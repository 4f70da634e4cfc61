"""What past questions teach about whom to ask: in each subject anew in the night after something changed there.

Nothing here knows who asked: no column leads from a question to a handle. An asker who also answers would stand among
the candidates for their own question as somebody who kept silent. So whoever is of a circle that the question is closed
to is left out, as the router leaves them out, and the asker is of the first of these. A handle whose profile is gone
has no known circle and stays: of those only the asker's own, given up by starting afresh, is once wrongly silent.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select

from app.db import Stores
from app.questions.access import open_scope
from app.questions.models import Thread
from app.queues.experts import open_profile
from app.queues.models import Expert, Lesson
from app.queues.rules import Now
from app.sealing import Vault
from app.vectors.models import IndexedThread
from app.vectors.reading import Opened, answers_of, opened
from app.vectors.store import find_evidence
from matching.learning import ACCEPTED_AFTER, LOOKBACK, Learned, PastThread
from matching.profiles import Pass, Query
from matching.signals import NAMES
from matching.weights import prior
from privacy.pseudonyms import new_id

Weights = NDArray[np.float64]
TABLE: Final = "lessons"
PAD: Final = 16384
LEAST: Final = 40  # outcomes below which the prior rules alone: nothing learnt of fewer is even kept
MOST: Final = 20_000  # threads of a subject, the newest
CHUNK: Final = 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """What a subject held when it was learnt: its threads as they were, their number, and on which day."""

    version: int  # of all its threads together
    threads: int
    day: int

    def is_over(self, now: "Mark") -> bool:
        """Whether there is something to learn: a thread came, changed or went, or accepted marks have come of age."""
        return (self.version, self.threads) != (now.version, now.threads) or now.day - self.day >= ACCEPTED_AFTER


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What a subject is learnt from."""

    threads: Sequence[PastThread]
    passes: Mapping[str, Sequence[Pass]]


def weights_of(stores: Stores, vault: Vault) -> dict[str, Weights]:
    """The learnt weights (d,) of each subject that has any; a signal not known then weighs as in the prior."""
    lessons = _read(stores, vault)
    usual = dict(zip(NAMES, prior().tolist(), strict=True))
    return {
        subject: np.array([one["weights"].get(name, usual[name]) for name in NAMES])
        for subject, one in lessons.items()
        if one["weights"]
    }


def marks_of(stores: Stores, subjects: Mapping[str, str], now: Now) -> dict[str, Mark]:
    """What each subject holds now; `subjects` gives that of each thread."""
    versions: dict[str, list[int]] = defaultdict(list)
    for thread_id, version in stores.content.execute(select(IndexedThread.thread_id, IndexedThread.version)):
        if thread_id in subjects:
            versions[subjects[thread_id]].append(version)
    return {subject: Mark(sum(found), len(found), now.today) for subject, found in versions.items()}


def stale(stores: Stores, vault: Vault, marks: Mapping[str, Mark]) -> list[str]:
    """The subjects that have something to learn, and those learnt of that hold nothing any more."""
    lessons = _read(stores, vault)
    known = {subject: Mark(*one["mark"]) for subject, one in lessons.items()}
    changed = {subject for subject, mark in marks.items() if subject not in known or known[subject].is_over(mark)}
    return sorted(changed | (known.keys() - marks.keys()))


def past_of(
    stores: Stores, vault: Vault, *, encoder: str, thread_ids: AbstractSet[str], subject: str, now: Now
) -> Past:
    """Everything that came of the questions of a subject, by handle; what nobody knows of it is who asked."""
    windows = select(IndexedThread.thread_id, IndexedThread.window)
    dated = [(row.window, row.thread_id) for row in stores.content.execute(windows) if row.thread_id in thread_ids]
    newest = [thread_id for _, thread_id in sorted(dated)[-MOST:]]
    rows = [row for batch in opened(stores, vault, encoder, newest) for row in batch if row.vector is not None]
    closed = _closed(stores, vault, rows, newest[-LOOKBACK:])
    threads = [_thread(row, subject, closed.get(row.thread_id, frozenset()), now.window_days) for row in rows]
    passes: dict[str, list[Pass]] = defaultdict(list)
    for row in rows:
        for handle, reason, window in row.passes:
            passes[handle].append(Pass(row.thread_id, window * now.window_days, reason == "not_my_field"))
    return Past(threads, passes)


def version(stores: Stores) -> str | None:
    """Another one after each change of what was learnt."""
    return stores.content.scalar(select(Lesson.id))


def put_lesson(
    stores: Stores, vault: Vault, *, after: str | None, subject: str, learned: Learned | None, mark: Mark | None
) -> bool:
    """Write down what a subject taught, in place of what it taught before; None for `mark` forgets it. Writes content.

    Not when anything changed `after` the version at which its past was read: somebody in it may have left since.
    """
    if version(stores) != after:
        return False
    lessons = _read(stores, vault)
    lessons.pop(subject, None)
    if mark is not None:
        lessons[subject] = {**_taught(learned), "mark": [mark.version, mark.threads, mark.day]}
    _write(stores, vault, lessons)
    return True


def forget_lesson(stores: Stores, vault: Vault, *, thread_id: str) -> None:
    """Forget what the subject of a thread taught, at once: until the night the prior ranks there. Writes content."""
    gone = find_evidence(stores, vault, thread_id).subject
    _write(stores, vault, {subject: one for subject, one in _read(stores, vault).items() if subject != gone})


def _taught(learned: Learned | None) -> dict[str, Any]:
    if learned is None or learned.outcomes < LEAST:
        return {"weights": {}, "outcomes": 0}
    return {"weights": dict(zip(NAMES, learned.weights.tolist(), strict=True)), "outcomes": learned.outcomes}


def _thread(row: Opened, subject: str, closed: frozenset[str], window_days: float) -> PastThread:
    assert row.vector is not None  # noqa: S101 (threads without one were left out)
    query = Query(
        np.asarray(row.vector, np.float32), dict(row.counts), row.window * window_days, topic=row.topic, subject=subject
    )
    answers = answers_of(row, window_days)
    return PastThread(row.thread_id, query, answers, closed=closed, asked=frozenset(row.asked))


def _closed(stores: Stores, vault: Vault, rows: Sequence[Opened], wanted: Sequence[str]) -> dict[str, frozenset[str]]:
    """Handles that may not be asked, by thread: of the asker's circle, or of one that the asker closed out."""
    circles = _circles(stores, vault, {answer[1] for row in rows for answer in row.answers})
    found = {}
    for start in range(0, len(wanted), CHUNK):
        threads = select(Thread).where(Thread.id.in_(wanted[start : start + CHUNK]))
        for thread in stores.content.scalars(threads):
            shut = open_scope(vault, thread).closed_to
            found[thread.id] = frozenset(handle for handle, circle in circles.items() if circle in shut)
    return found


def _circles(stores: Stores, vault: Vault, handles: set[str]) -> dict[str, str]:
    wanted, found = sorted(handles), {}
    for start in range(0, len(wanted), CHUNK):
        for row in stores.content.scalars(select(Expert).where(Expert.handle.in_(wanted[start : start + CHUNK]))):
            found[row.handle] = open_profile(vault, row).circle
    return found


def _read(stores: Stores, vault: Vault) -> dict[str, Any]:
    row = stores.content.execute(select(Lesson.id, Lesson.sealed)).first()
    found: dict[str, Any] = {} if row is None else vault.open(row.sealed, table=TABLE, column="sealed", row=row.id)
    return found


def _write(stores: Stores, vault: Vault, lessons: Mapping[str, Any]) -> None:
    stores.content.execute(delete(Lesson))
    row_id = str(new_id())
    sealed = vault.seal(dict(lessons), table=TABLE, column="sealed", row=row_id, pad=PAD)
    stores.content.add(Lesson(id=row_id, sealed=sealed))
