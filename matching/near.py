"""The past threads nearest to a question, in words and in meaning."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.history import DomainHistory
from matching.profiles import Query

NEAREST = 256


@dataclass(frozen=True, eq=False)
class Near:
    """The nearest threads, by number, and how near each is, (n,) each; holds until the history changes."""

    threads: NDArray[np.int64]
    strengths: NDArray[np.float64]
    _names: Sequence[str]

    @cached_property
    def by_id(self) -> Mapping[str, float]:
        """How near each is, by its id."""
        return dict(self.named())

    def named(self) -> Iterator[tuple[str, float]]:
        """The id of each, and how near it is."""
        names = map(self._names.__getitem__, self.threads.tolist())
        return zip(names, self.strengths.tolist(), strict=True)


def near_words(history: DomainHistory, query: Query) -> Near:
    """The threads with the highest scores for the words of `query`."""
    return Near(*history.words.nearest(query.counts, NEAREST), history.threads.name)


def near_meaning(history: DomainHistory, query: Query) -> Near:
    """The threads whose vectors lie nearest, by how far over the background, squared."""
    background = history.vectors.background(query.vector)
    numbers, cosines = history.vectors.nearest(query.vector, NEAREST)
    lifts = (cosines.astype(np.float64) - background) / max(1.0 - background, 1e-6)
    return Near(numbers[lifts > 0].astype(np.int64), lifts[lifts > 0] ** 2, history.threads.name)
