"""What is known of one expert alone, as it is and as if some of their answers were not theirs.

Every vote is a sum over answers, so each answer's part in it is told once, and what is left without some of them is the
sum of the others. The domain's clock and everybody else's evidence stand, and nothing is changed: a reason can be tried
while others read, at the price of the expert's own answers (`explanations`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.decay import kernel
from matching.history import DomainHistory
from matching.near import Near
from matching.profiles import Query
from matching.votes import VOTES, Evidence, countdown, scale_of, shared_tags, sharpened, shrunk, tags_of, usual

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """The answers (n,) of one expert: the thread of each by number, its part in each vote, and its `EventTable.marks_in`
    (3, n); and of the domain the number of answers with the sums of the two habits, (3,)."""

    threads: Places
    parts: Mapping[str, Floats]
    marks: Floats
    domain: Floats
    near: Mapping[str, Near]

    @classmethod
    def of(cls, history: DomainHistory, query: Query, near: Mapping[str, Near], expert: str) -> "Own":
        """What `expert` shows for `query`, whose nearest threads are `near`."""
        table, scale = history.events, scale_of(history, query.day)
        me = table.experts.number.get(expert, -1)
        answered = np.unique(table.timeline.threads[table.timeline.experts == me]).astype(np.int64)
        rows, owner = table.rows_of(answered)
        mine = table.experts_in(rows) == me
        rows, threads = rows[mine], answered[owner[mine]]
        days = table.days_in(rows)
        ages = np.maximum(query.day - days, 0.0)
        since = len(table.days) - np.searchsorted(table.days, days)  # answers of the day or later
        parts = {
            "answers": np.ones(len(rows)),
            "active": kernel(scale.active, ages),
            "recent": countdown(len(table.days))[-1 - since],
        }
        parts["steady"] = kernel(scale.steady, ages)
        for name, one in near.items():
            parts[name] = _strengths(history, one, threads)
            parts[f"{name}_recent"] = parts[name] * scale.vote(ages)
        parts["words_nearest"] = sharpened(parts["words"]) * scale.vote(ages)
        parts["topic"] = _on_topic(history, query, threads)
        parts["topic_recent"] = parts["topic"] * scale.fading(ages)
        domain = np.append(float(len(table.days)), table.habits.sum(axis=1))
        return cls(threads, parts, table.marks_in(rows), domain, near)

    def left(self, *, gone: Places, unhelped: Places) -> Evidence:
        """What is left without the answers to the threads in `gone`, and without what helped in those in `unhelped`."""
        kept = ~np.isin(self.threads, gone)
        helped = kept & ~np.isin(self.threads, unhelped)
        count, habits = kept.sum(keepdims=True).astype(np.float64), self.marks[1:]
        mean = usual(self.domain[1:] - habits[:, ~kept].sum(axis=1), float(self.domain[0] - (~kept).sum()))
        votes = np.array([self.parts[name][kept].sum(keepdims=True) for name in VOTES])
        sums = habits[:, kept].sum(axis=1, keepdims=True)
        return Evidence(votes, self.marks[0, helped].sum(keepdims=True), shrunk(sums, count, mean), self.near)


def _strengths(history: DomainHistory, near: Near, threads: Places) -> Floats:
    """How near each of `threads` is, (n,)."""
    strengths = np.zeros(history.threads.size)
    strengths[near.threads] = near.strengths
    return strengths[threads]


def _on_topic(history: DomainHistory, query: Query, threads: Places) -> Floats:
    """How much each of `threads` has to do with the question's tags, or with its topic where it has none, (n,)."""
    if tags := tags_of(query):
        return shared_tags(history, tags)[threads]
    if query.topic is None:
        return np.zeros(len(threads))
    return history.is_on(query.topic, threads).astype(np.float64)
