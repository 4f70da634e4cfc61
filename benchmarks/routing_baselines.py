"""Simple signals to measure the ranker against: votes of answers by one signal and one half-life."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.history.cache import embed_all
from app.history.files import History, read_history
from app.history.measure import Truth, truths
from matching.encoder import Encoder
from matching.history import DomainHistory
from matching.learning import PastThread, Walk
from matching.profiles import Query
from matching.replay import last_share, past_threads, vector_text
from matching.weights import shipped

Floats = NDArray[np.float64]
BASELINES: Mapping[str, tuple[str, float | None]] = {  # what a past answer counts, and its half-life as span / this
    "answer count": ("count", None),
    "BM25 votes, no decay": ("words", None),
    "meaning votes, no decay": ("meaning", None),
    "decayed answer count, span/8": ("count", 8.0),
    "BM25 votes, span/8": ("words", 8.0),
    "BM25 votes, span/32": ("words", 32.0),
}


@dataclass(frozen=True)
class Community:
    """One history with its late questions and a vector a question."""

    name: str
    history: History
    truth: Mapping[str, Truth]
    vectors: Mapping[str, NDArray[np.float32]]

    @property
    def past(self) -> list[PastThread]:
        """Its questions in order of time."""
        questions = [one.row for one in self.history.questions]
        return past_threads(questions, [one.row for one in self.history.answers], self.vectors)


def load(folder: Path, encoder: Encoder, cache: Path) -> Community:
    """Read a folder and embed its questions."""
    history = read_history(folder).as_filed()
    texts = {one.row.id: vector_text(one.row) for one in history.questions}
    by_text = embed_all(list(texts.values()), encoder, cache, done=lambda number, fresh: None)
    late = last_share([one.row for one in history.questions])
    truth = {one.question: one for one in truths(history, late)}
    return Community(history.name, history, truth, {id: by_text[text] for id, text in texts.items()})


def reciprocal(truth: Truth, ranked: Sequence[str]) -> tuple[float, float]:
    """The reciprocal rank of the best answerer, nan where that is no candidate, and of any."""
    order = [user for user in ranked if user in truth.candidates]
    place = {user: number for number, user in enumerate(order, 1)}
    last = len(truth.candidates)
    best = 1 / place.get(truth.best, last) if truth.best in truth.candidates else np.nan
    return best, 1 / min(place.get(user, last) for user in truth.real & truth.candidates)


def baselines(community: Community) -> dict[str, Floats]:
    """The reciprocal ranks under each baseline, (late questions, 2) each, in order of time."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in BASELINES}
    past = community.past
    walk = Walk(past, shipped(), weights=shipped().weights)
    for thread in past:
        walk.advance(thread.query.day)
        if thread.id in community.truth:
            for name, ranked in _ranked(walk.history, thread.query):
                found[name].append(reciprocal(community.truth[thread.id], ranked))
    return {name: np.array(rows) for name, rows in found.items()}


def _ranked(history: DomainHistory, query: Query) -> Iterator[tuple[str, list[str]]]:
    line, names = history.events.timeline, history.events.experts.name
    ages = np.maximum(query.day - line.days, 0.0)
    span = max(float(ages.max(initial=0.0)), 1e-6)
    strengths = {"count": np.ones(history.threads.size), **_near(history, query)}
    for name, (kind, parts) in BASELINES.items():
        decay = np.exp2(-ages * parts / span) if parts else 1.0
        votes = np.bincount(line.experts, strengths[kind][line.threads] * decay, minlength=len(names))
        people = [number for number, person in enumerate(names) if person]
        yield name, [names[n] for n in sorted(people, key=lambda n: (-votes[n], names[n]))]


def _near(history: DomainHistory, query: Query) -> dict[str, Floats]:
    words, meaning = np.zeros(history.threads.size), np.zeros(history.threads.size)
    number, background = history.threads.number, history.vectors.background(query.vector)
    for id, score in history.words.top(query.counts, 256):
        words[number[id]] = score
    for id, cosine in history.vectors.search(query.vector, 256):
        meaning[number[id]] = max(0.0, (cosine - background) / max(1 - background, 1e-6)) ** 2
    return {"words": words, "meaning": meaning}
