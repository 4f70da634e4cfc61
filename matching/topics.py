"""Which topic each thread stands under, and the answers to threads of a topic, found once and then carried on."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.numbers import Numbers, roomy
from matching.timeline import Timeline

Places = NDArray[np.int64]
Rows = NDArray[np.int32]
_NONE: Rows = np.zeros(0, dtype=np.int32)


class Topics:
    """Topics of threads by their number."""

    def __init__(self) -> None:
        self._topic: NDArray[np.int32] = np.full(16, -1, dtype=np.int32)  # by number of the thread
        self._names = Numbers()
        self._threads: Counter[int] = Counter()  # how many a topic has
        self._rows: dict[
            int, tuple[Rows, int, int]
        ] = {}  # by topic: rows of the timeline, how many, of how many looked at
        self._version = -1  # of the timeline they are of

    def put(self, threads: Places, topics: Sequence[str | None]) -> Places:
        """Put each of `threads` (n,) under a topic, None for none; return those that stood under another."""
        self._topic = roomy(self._topic, int(threads.max(initial=0)) + 1, -1)
        before = self._topic[threads]
        after = np.array([-1 if topic is None else self._names.take(topic) for topic in topics], dtype=np.int32)
        self._topic[threads] = after
        self._threads.update(after[after >= 0].tolist())
        self._threads.subtract(before[before >= 0].tolist())
        for topic in {one for one in before[before >= 0].tolist() if not self._threads[one]}:
            del self._threads[topic]
            self._rows.pop(topic, None)
            self._names.drop(self._names.name[topic])
        return np.asarray(threads[before != after], dtype=np.int64)

    def forget_rows(self) -> None:
        """Find the answers on each topic anew: a thread that has some stands under another now."""
        self._rows.clear()

    def of(self, thread: int) -> str | None:
        """The topic of a thread."""
        topic = int(self._topic[thread])
        return None if topic < 0 else self._names.name[topic]

    def threads(self, topic: str) -> Places:
        """The threads under `topic`."""
        return np.flatnonzero(self._topic == self._number(topic))

    def holds(self, topic: str, threads: Places) -> NDArray[np.bool_]:
        """Which of `threads` (n,) stand under `topic`."""
        return np.asarray(self._topic[threads] == self._number(topic), dtype=bool)

    def rows(self, topic: str, timeline: Timeline) -> Rows:
        """Return which rows of `timeline` are answers to threads under `topic`, in ascending order."""
        number = self._number(topic)
        if number < 0:
            return _NONE
        if self._version != timeline.version:
            self._rows.clear()
            self._version = timeline.version
        rows, used, seen = self._rows.get(number, (_NONE.copy(), 0, 0))
        fresh = np.flatnonzero(self._topic[timeline.threads[seen:]] == number) + seen
        rows = roomy(rows, used + len(fresh))
        rows[used : used + len(fresh)] = fresh
        self._rows[number] = (rows, used + len(fresh), len(timeline))
        return rows[: used + len(fresh)]

    def _number(self, topic: str) -> int:
        return self._names.number.get(topic, -2)
