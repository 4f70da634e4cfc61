"""This process's copy of what matching remembers: one history a subject, caught up by `seq`, never the only copy."""

from collections.abc import Callable, Iterable, Sequence
from threading import RLock
from typing import Any, TypeVar

from app.db import Stores
from app.sealing import Vault
from app.vectors import store
from app.vectors.beside import beside_after, open_beside
from app.vectors.models import IndexedThread, VectorBeside
from matching.history import DomainHistory
from matching.profiles import Answer

T = TypeVar("T")


class Memory:
    """Histories by subject. Reads of the index and writes to it take `lock`."""

    def __init__(self, vault: Vault, dimension: int, encoder: str, *, window_days: float) -> None:
        self.lock = RLock()
        self._vault = vault
        self._dimension = dimension
        self.encoder = encoder
        self._window_days = window_days
        self._domains: dict[str, DomainHistory] = {}
        self._subjects: dict[str, str] = {}
        self._seq = 0
        self.notes: dict[str, Any] = {}  # what search keeps of a thread beside its words; gone when the thread changes

    def catch_up(self, stores: Stores) -> None:
        """Read what changed since the last time: threads without a vector of this encoder wait until they have one."""
        with self.lock:
            beside = beside_after(stores, self.encoder, self._seq)
            for row in store.rows_after(stores, self._seq):
                self._apply(row, beside.get(row.thread_id))
                self._seq = row.seq

    def domain(self, subject: str) -> DomainHistory:
        """The history of one subject, empty when nothing is known."""
        return self._domains.setdefault(subject, DomainHistory(self._dimension))

    def search(self, stores: Stores, subjects: Iterable[str], find: Callable[[Sequence[DomainHistory]], T]) -> T:
        """What `find` makes of the histories of these subjects, caught up, under the lock."""
        with self.lock:
            self.catch_up(stores)
            return find([self._domains[subject] for subject in subjects if subject in self._domains])

    def _apply(self, row: IndexedThread, beside: VectorBeside | None) -> None:
        self.notes.pop(row.thread_id, None)
        found = store.evidence_of(self._vault, row)
        vector = store.vector_of(self._vault, row) if row.encoder == self.encoder else None
        vector = vector if beside is None else open_beside(self._vault, beside)
        if vector is None:
            self.domain(self._subjects.pop(row.thread_id, found.subject)).remove_thread(row.thread_id)
            return
        self._subjects[row.thread_id] = found.subject
        domain = self.domain(found.subject)
        counts = store.counts_of(self._vault, row)
        domain.put_thread(row.thread_id, vector, counts, row.window * self._window_days, topic=row.topic)
        answers = [Answer(one.handle, one.window * self._window_days, accepted=one.accepted) for one in found.answers]
        domain.put_answers(row.thread_id, answers)
