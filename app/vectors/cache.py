"""This process's copy of what matching remembers: one history a subject, caught up by `seq`, never the only copy."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.db import Stores
from app.sealing import Vault
from app.vectors.reading import Opened, answers_of, endorsed_of, opened_after
from matching.history import DomainHistory, Loaded
from matching.lexical import Vocabulary

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
        self._vocabulary = Vocabulary()
        self._subjects: dict[str, str] = {}
        self._endorsed: dict[str, tuple[str, frozenset[str]]] = {}  # by thread: its topic, whose answers
        self._seq = 0
        self.notes: dict[str, Any] = {}  # what search keeps of a thread beside its words; gone when the thread changes

    def catch_up(self, stores: Stores) -> None:
        """Read what changed since the last time: threads without a vector of this encoder wait until they have one."""
        with self.lock:
            latest = self._seq
            with _without_pauses():
                for batch in opened_after(stores, self._vault, self.encoder, self._seq):
                    self._apply(batch)
                    latest = max(latest, *(row.seq for row in batch))
            self._seq = latest

    def domain(self, subject: str) -> DomainHistory:
        """The history of one subject, empty when nothing is known."""
        if subject not in self._domains:
            self._domains[subject] = DomainHistory(self._dimension, self._vocabulary)
        return self._domains[subject]

    @property
    def subjects(self) -> Mapping[str, str]:
        """The subject of each thread remembered."""
        return self._subjects

    @property
    def endorsed(self) -> Mapping[str, tuple[str, frozenset[str]]]:
        """Threads with endorsed answers: the topic of each, and the handles whose answers they are."""
        return self._endorsed

    def search(self, stores: Stores, subjects: Iterable[str], find: Callable[[Sequence[DomainHistory]], T]) -> T:
        """What `find` makes of the histories of these subjects, caught up, under the lock."""
        with self.lock:
            self.catch_up(stores)
            return find([self._domains[subject] for subject in subjects if subject in self._domains])

    def _apply(self, batch: Sequence[Opened]) -> None:
        gone: dict[str, list[str]] = {}
        here: dict[str, list[Loaded]] = {}
        for row in batch:
            self.notes.pop(row.thread_id, None)
            self._endorsed.pop(row.thread_id, None)
            if endorsed := endorsed_of(row):
                self._endorsed[row.thread_id] = (row.topic, endorsed)
            before = self._subjects.pop(row.thread_id, None)
            if before is not None and (row.vector is None or before != row.subject):
                gone.setdefault(before, []).append(row.thread_id)
            if row.vector is not None:
                self._subjects[row.thread_id] = row.subject
                here.setdefault(row.subject, []).append(self._loaded(row, row.vector))
        for subject, ids in gone.items():
            self.domain(subject).erase(ids)
        for subject, threads in here.items():
            self.domain(subject).load(threads)

    def _loaded(self, row: Opened, vector: NDArray[np.float32]) -> Loaded:
        days = self._window_days
        return Loaded(row.thread_id, vector, row.counts, row.window * days, row.topic, answers_of(row, days))


@contextmanager
def _without_pauses() -> Iterator[None]:
    """Hold the garbage collector off: at a start it would look again and again through a million objects that stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
