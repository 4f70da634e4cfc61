"""This process's copy of what matching remembers: one history a subject, caught up by versions, never the only
copy.

Of every thread it knows the subject, and who gave endorsed answers. Vectors, words and answers of a subject are opened
when that subject is first asked for: what is opened is then the same as if it had been from the start.
"""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.db import Stores
from app.sealing import Vault
from app.vectors import reading
from app.vectors.reading import Opened, answers_of, endorsed_of
from matching.history import DomainHistory, Loaded
from matching.lexical import Vocabulary

T = TypeVar("T")
GROWTH: Final = 4.0  # times as many threads as are held, for which room is made at most


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
        self._parts: dict[str, int] | None = None  # in which version each part of the table was; None: nothing was read
        self._versions: dict[str, int] = {}  # and each thread
        self.notes: dict[str, Any] = {}  # what search keeps of a thread beside its words; gone when the thread changes

    def catch_up(self, stores: Stores, subjects: Iterable[str] = ()) -> None:
        """Read what changed since the last time, and the whole past of those of `subjects` not yet asked for.

        Threads without a vector of this encoder wait until they have one.
        """
        with self.lock, _without_pauses():
            fresh = [subject for subject in dict.fromkeys(subjects) if subject not in self._domains]
            self._domains |= {subject: DomainHistory(self._dimension, self._vocabulary) for subject in fresh}
            try:
                self._read_changes(stores)
                self._read_past(stores, fresh)
            except BaseException:
                for subject in fresh:  # half read is not read
                    half = self._domains.pop(subject)
                    half.erase(list(half.ids))
                raise

    def domain(self, subject: str) -> DomainHistory:
        """The history of a subject that `catch_up` was asked for. Raises KeyError for any other."""
        return self._domains[subject]

    @property
    def domains(self) -> Mapping[str, DomainHistory]:
        """The histories of all subjects asked for so far."""
        return self._domains

    @property
    def subjects(self) -> Mapping[str, str]:
        """The subject of each thread remembered."""
        return self._subjects

    @property
    def endorsed(self) -> Mapping[str, tuple[str, frozenset[str]]]:
        """Threads with endorsed answers: the topic of each, and the handles whose answers they are and may be used."""
        return self._endorsed

    def search(self, stores: Stores, subjects: Iterable[str], find: Callable[[Sequence[DomainHistory]], T]) -> T:
        """What `find` makes of the histories of these subjects, caught up, under the lock."""
        wanted = list(subjects)
        with self.lock:
            self.catch_up(stores, wanted)
            return find([self._domains[subject] for subject in wanted])

    def _read_changes(self, stores: Stores) -> None:
        before, parts = self._parts, reading.versions_of_parts(stores)
        if before is None:
            all_of_them = reading.everything(stores, self._vault, self.encoder, self._domains)
            self._take_in(all_of_them, reading.number_of_threads(stores))
        else:
            turned = [part for part, version in parts.items() if before.get(part) != version]
            ids = reading.changed_in(stores, turned, self._versions)
            self._take_in(reading.opened(stores, self._vault, self.encoder, ids, self._domains), len(ids))
        self._parts = parts

    def _read_past(self, stores: Stores, subjects: Collection[str]) -> None:
        """What was known of these subjects before they were asked for."""
        waiting = [
            thread_id
            for thread_id, subject in (self._subjects.items() if subjects else ())
            if subject in subjects and thread_id not in self._domains[subject]
        ]
        self._take_in(reading.opened(stores, self._vault, self.encoder, sorted(waiting)), len(waiting))

    def _take_in(self, batches: Iterable[Sequence[Opened]], coming: int) -> None:
        """Apply batches of `coming` rows, room for which is made as if they were all like those before."""
        seen = 0
        for batch in batches:
            seen += len(batch)
            self._apply(batch, growth=min(max(coming / seen, 1.0), GROWTH))

    def _apply(self, batch: Sequence[Opened], *, growth: float = 1.0) -> None:
        """Take these rows in, with room for a domain to become so many times as large."""
        gone: dict[str, list[str]] = {}
        here: dict[str, list[Loaded]] = {}
        for row in batch:
            self.notes.pop(row.thread_id, None)
            self._endorsed.pop(row.thread_id, None)
            if (endorsed := endorsed_of(row)) is not None:
                self._endorsed[row.thread_id] = (row.topic, endorsed)
            before = self._subjects.pop(row.thread_id, None)
            if before in self._domains and (not row.has_vector or before != row.subject):
                gone.setdefault(before, []).append(row.thread_id)
            if row.has_vector:
                self._subjects[row.thread_id] = row.subject
            if row.vector is not None:
                here.setdefault(row.subject, []).append(self._loaded(row, row.vector))
        for subject, ids in gone.items():
            self._domains[subject].erase(ids)
        for subject, threads in here.items():
            domain = self._domains[subject]
            domain.load(threads, room=int(growth * (len(domain) + len(threads))))
        self._versions.update((row.thread_id, row.version) for row in batch)

    def _loaded(self, row: Opened, vector: NDArray[np.floating]) -> Loaded:
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
