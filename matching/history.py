"""The past of one domain: threads with their words and meaning, and who answered them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.events import EventTable
from matching.index import VectorIndex, WrongShapeError
from matching.lexical import LexicalIndex, Vocabulary
from matching.numbers import Numbers, roomy
from matching.profiles import Answer
from matching.topics import Topics

_MANY = 64  # threads from which loading is cheaper than putting


@dataclass(frozen=True, slots=True)
class Thread:
    """What is kept of a thread beside its vector and words."""

    day: float
    topic: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A thread to be stored: its unit vector (d,), token counts, day, topic and answers."""

    id: str
    vector: NDArray[np.floating]
    counts: Mapping[str, int]
    day: float
    topic: str | None = None
    answers: Sequence[Answer] = ()


class DomainHistory:
    """Threads and answers of one domain key, kept current one change at a time.

    Every part can be taken out again and then leaves nothing. What it answers depends on what it holds, not on the
    order in which it came. Not safe for threads that write: the caller holds the lock. Histories of one process may
    share a `vocabulary`, which saves memory.
    """

    def __init__(self, dimension: int, vocabulary: Vocabulary | None = None) -> None:
        self.threads = Numbers()
        self.vectors = VectorIndex(dimension, self.threads)
        self.words = LexicalIndex(self.threads, vocabulary)
        self.events = EventTable(self.threads)
        self._days: NDArray[np.float64] = np.zeros(16)  # by number of the thread
        self._topics = Topics()

    def __len__(self) -> int:
        return len(self.threads.number)

    def __contains__(self, id: str) -> bool:
        return id in self.threads.number

    @property
    def ids(self) -> Iterator[str]:
        """The ids of all threads, in no promised order."""
        return iter(self.threads.number)

    def put_thread(
        self, id: str, vector: ArrayLike, counts: Mapping[str, int], day: float, topic: str | None = None
    ) -> None:
        """Store a thread's unit vector (d,) and token counts, replacing them; answers stay. Raises WrongShapeError."""
        self.vectors.put(id, vector)
        self.words.put(id, counts)
        self._describe([id], [day], [topic])

    def put_answers(self, id: str, answers: Sequence[Answer]) -> None:
        """Make `answers` the answers of thread `id`. Raises KeyError where there is no such thread."""
        if id not in self.threads.number:
            raise KeyError(id)
        self.events.replace(id, answers)

    def load(self, threads: Iterable[Loaded], *, room: int = 0) -> None:
        """Store many threads, no two of one id, with their answers, at the price of a few. Raises WrongShapeError.

        Where as many as `room` are expected in all, the space for them is taken once.
        """
        self.vectors.make_room(room)
        rows = list(threads)
        if len(rows) < _MANY:
            for row in rows:
                self.put_thread(row.id, row.vector, row.counts, row.day, row.topic)
                self.put_answers(row.id, row.answers)
            return
        ids = [row.id for row in rows]
        for row in rows:
            if row.vector.shape != (self.vectors.dimension,):
                raise WrongShapeError(self.vectors.dimension, row.vector.shape)
        self.vectors.load(ids, np.stack([row.vector for row in rows]))
        self.words.load(ids, [row.counts for row in rows])
        self._describe(ids, [row.day for row in rows], [row.topic for row in rows])
        self.events.load({row.id: row.answers for row in rows})

    def remove_thread(self, id: str) -> None:
        """Erase the thread with its vector, words and answers; nothing happens if there is none."""
        self.erase([id])

    def erase(self, threads: Iterable[str] = (), experts: Collection[str] = ()) -> None:
        """Erase `threads`, each with its vector, words and answers, and every answer of `experts`, at the price of one.

        What is not there is passed over; the threads of the experts stay.
        """
        known = [id for id in dict.fromkeys(threads) if id in self.threads.number]
        self.events.erase(known)
        self.words.erase(known)
        self._describe(known, [0.0] * len(known), [None] * len(known))
        for id in known:
            self.vectors.remove(id)
            self.threads.drop(id)
        self.events.forget(experts)

    def forget_expert(self, expert: str) -> None:
        """Erase every answer of `expert`; the threads stay."""
        self.events.forget([expert])

    def get_thread(self, id: str) -> Thread:
        """Return day and topic of a thread. Raises KeyError."""
        number = self.threads.number[id]
        return Thread(float(self._days[number]), self._topics.of(number))

    def threads_on(self, topic: str) -> frozenset[str]:
        """Return the ids of the threads stored under `topic`."""
        return frozenset(self.threads.name[number] for number in self._topics.threads(topic).tolist())

    def on_topic(self, topic: str) -> NDArray[np.int32]:
        """Return which rows of `events.timeline` are answers to threads stored under `topic`."""
        return self._topics.rows(topic, self.events.timeline)

    def is_on(self, topic: str, threads: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which of `threads` (n,), by number, are stored under `topic`."""
        return self._topics.holds(topic, threads)

    def _describe(self, ids: Sequence[str], days: Sequence[float], topics: Sequence[str | None]) -> None:
        numbers = self.threads.of(ids)
        self._days = roomy(self._days, self.threads.size)
        self._days[numbers] = days
        if any(self.events.answered(number) for number in self._topics.put(numbers, topics).tolist()):
            self._topics.forget_rows()


def above(cosine: float, background: float) -> float:
    """Return how far `cosine` lies over the background, 0 at the background and 1 at identity."""
    return max(0.0, (cosine - background) / max(1.0 - background, 1e-6))
