"""The past of one domain: threads with their words and meaning, and who answered them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from matching.events import EventTable
from matching.index import VectorIndex
from matching.lexical import LexicalIndex
from matching.profiles import Answer, Query

_WORDS_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Thread:
    """What is kept of a thread beside its vector and words."""

    day: float
    topic: str | None


class DomainHistory:
    """Threads and answers of one domain key, kept current one change at a time.

    Every part can be taken out again and then leaves nothing. What it answers depends on what it holds, not on the
    order in which it came. Not safe for threads that write: the caller holds the lock.
    """

    def __init__(self, dimension: int) -> None:
        self.vectors = VectorIndex(dimension)
        self.words = LexicalIndex()
        self.events = EventTable()
        self._threads: dict[str, Thread] = {}
        self._topics: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._threads)

    def __contains__(self, id: str) -> bool:
        return id in self._threads

    @property
    def ids(self) -> Iterator[str]:
        """The ids of all threads, in no promised order."""
        return iter(self._threads)

    def put_thread(
        self, id: str, vector: ArrayLike, counts: Mapping[str, int], day: float, topic: str | None = None
    ) -> None:
        """Store a thread's unit vector (d,) and token counts, replacing them; answers stay. Raises WrongShapeError."""
        self.vectors.put(id, vector)
        self._leave_topic(id)
        self.words.put(id, counts)
        self._threads[id] = Thread(day, topic)
        if topic is not None:
            self._topics.setdefault(topic, set()).add(id)

    def put_answers(self, id: str, answers: Sequence[Answer]) -> None:
        """Make `answers` the answers of thread `id`. Raises KeyError where there is no such thread."""
        if id not in self._threads:
            raise KeyError(id)
        self.events.replace(id, answers)

    def remove_thread(self, id: str) -> None:
        """Erase the thread with its vector, words and answers; nothing happens if there is none."""
        if id not in self._threads:
            return
        self._leave_topic(id)
        del self._threads[id]
        self.vectors.remove(id)
        self.words.remove(id)
        self.events.replace(id, ())

    def forget_expert(self, expert: str) -> None:
        """Erase every answer of `expert`; the threads stay."""
        self.events.forget(expert)

    def get_thread(self, id: str) -> Thread:
        """Return day and topic of a thread. Raises KeyError."""
        return self._threads[id]

    def threads_on(self, topic: str) -> frozenset[str]:
        """Return the ids of the threads stored under `topic`."""
        return frozenset(self._topics.get(topic, ()))

    def similar(self, query: Query, k: int, allowed: Callable[[str], bool] | None = None) -> list[tuple[str, float]]:
        """Return the `k` most similar threads that `allowed` lets through, best first, ties by id.

        The score is a convex combination of meaning (cosine over the background, 1 for the same text) and words (BM25
        as a share of the best the query's own words could reach), after Bruch et al. 2023, "An Analysis of Fusion
        Functions for Hybrid Retrieval". A thread is a hit when it shares a word or lies above the background.
        """
        scores = self._meaning(query, allowed, max(4 * k, 64))
        best = self.words.ceiling(query.counts) or 1.0
        for id, score in self.words.top(query.counts, len(self) if allowed else max(4 * k, 64)):
            if allowed is None or allowed(id):
                scores.setdefault(id, (1 - _WORDS_SHARE) * self._above(query, id))
                scores[id] += _WORDS_SHARE * min(score / best, 1.0)
        found = [(id, score) for id, score in scores.items() if score > 0]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[: max(k, 0)]

    def _leave_topic(self, id: str) -> None:
        topic = self._threads[id].topic if id in self._threads else None
        if topic is not None:
            self._topics[topic].discard(id)
            if not self._topics[topic]:
                del self._topics[topic]

    def _meaning(self, query: Query, allowed: Callable[[str], bool] | None, wanted: int) -> dict[str, float]:
        background = self.vectors.background(query.vector)
        hits = self.vectors.search(query.vector, len(self) if allowed else wanted)
        return {
            id: (1 - _WORDS_SHARE) * above(cosine, background) for id, cosine in hits if allowed is None or allowed(id)
        }

    def _above(self, query: Query, id: str) -> float:
        cosine = float(self.vectors.vector(id) @ np.asarray(query.vector, dtype=np.float32))
        return above(cosine, self.vectors.background(query.vector))


def above(cosine: float, background: float) -> float:
    """Return how far `cosine` lies over the background, 0 at the background and 1 at identity."""
    return max(0.0, (cosine - background) / max(1.0 - background, 1e-6))
