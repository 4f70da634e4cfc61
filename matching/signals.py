"""What speaks for each candidate, one column a signal; how much each counts is decided elsewhere (`weights`).

A vote signal is a candidate's share of all candidates' votes, taken as log(share + 0.2 / n): who has none stands at a
floor that no other signal need climb out of, and doubling one's votes counts the same at every level.

Decay. A power law, (age + c) ** -d, instead of one half-life: it is a mixture of all half-lives (Anderson and Schooler
1991, "Reflections of the environment in memory"), and its c is a number of the domain's own mean gaps between answers,
so a chat of nine years and a forum of seven weeks need no setting. Beside it stand one kernel in answers instead of
days, one half-life of an eighth of the domain's span, and no decay at all, for domains whose roles are stable.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.history import DomainHistory, above
from matching.profiles import Candidate, Query

Floats = NDArray[np.float64]

NEAREST = 256
NAMES = (
    "answers",
    "active",
    "recent",
    "steady",
    "words",
    "words_recent",
    "meaning",
    "meaning_recent",
    "topic",
    "topic_recent",
    "helped",
    "declared",
    "passes",
)
_FLOOR = 0.2
_PASS_HALF_LIFE = 180.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """The votes of each candidate, before any weighing: arrays of shape (n,) by signal, and the threads behind them."""

    votes: Mapping[str, Floats]
    helped: Floats
    near: Mapping[str, Mapping[str, float]]  # "words" or "meaning" -> thread id -> strength


def signals(
    history: DomainHistory, query: Query, candidates: Sequence[Candidate]
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Return the signal matrix, shape (n candidates, len(NAMES)), and the column names."""
    return columns(gather(history, query, candidates), history, query, candidates), NAMES


def gather(history: DomainHistory, query: Query, candidates: Sequence[Candidate]) -> Evidence:
    """Collect each candidate's votes from the threads nearest to `query` in words, meaning and topic."""
    near = {"words": _near_words(history, query), "meaning": _near_meaning(history, query)}
    per_thread = {name: _by_number(history, strengths) for name, strengths in near.items()}
    if query.topic is not None:
        per_thread["topic"] = _by_number(history, dict.fromkeys(history.threads_on(query.topic), 1.0))
    rows = history.events.rows
    decay = _kernels(history, query.day)
    numbers = np.array([history.events.experts.number.get(c.expert, -1) for c in candidates], dtype=np.int64)
    weights = {name: decay[name] for name in ("answers", "active", "recent", "steady")}
    for name, strengths in per_thread.items():
        weights[name] = strengths[rows["thread"]]
        weights[f"{name}_recent"] = weights[name] * decay["vote"]
    votes = {name: _tally(history, numbers, weight) for name, weight in weights.items()}
    return Evidence(votes, _tally(history, numbers, rows["helped"]), near)


def columns(
    evidence: Evidence, history: DomainHistory, query: Query, candidates: Sequence[Candidate]
) -> NDArray[np.float64]:
    """Turn votes into the signal matrix, shape (n candidates, len(NAMES))."""
    none = np.zeros(len(candidates))
    table = {name: log_share(evidence.votes.get(name, none)) for name in NAMES[:10]}
    table["helped"] = _helped(evidence)
    table["declared"] = _declared(evidence, query, candidates)
    table["passes"] = np.array([_passes(history, query, c) for c in candidates], dtype=float)
    return np.column_stack([table[name] for name in NAMES]) if candidates else np.zeros((0, len(NAMES)))


def log_share(votes: Floats) -> Floats:
    """Return log(share + 0.2 / n) of non-negative `votes`, shape (n,); all equal where nobody has any."""
    total = votes.sum()
    share = votes / total if total > 0 else np.zeros(len(votes))
    return np.log(share + _FLOOR / max(len(votes), 1))


def _near_words(history: DomainHistory, query: Query) -> dict[str, float]:
    return dict(history.words.top(query.counts, NEAREST))


def _near_meaning(history: DomainHistory, query: Query) -> dict[str, float]:
    background = history.vectors.background(query.vector)
    hits = history.vectors.search(query.vector, NEAREST)
    return {id: above(cosine, background) ** 2 for id, cosine in hits if cosine > background}


def _by_number(history: DomainHistory, strengths: Mapping[str, float]) -> Floats:
    numbers = history.events.threads.number
    found = np.zeros(history.events.threads.size)
    for id, strength in strengths.items():
        if id in numbers:
            found[numbers[id]] = strength
    return found


def _kernels(history: DomainHistory, day: float) -> dict[str, Floats]:
    """Return the weight of each answer by its age, shape (m,) each."""
    table = history.events
    ages = np.maximum(day - table.rows["day"], 0.0)
    if not len(table):
        return dict.fromkeys(("answers", "active", "recent", "steady", "vote"), np.zeros(0))
    span = max(day - float(table.days[0]), 1e-6)
    gap = span / len(table)
    after = len(table) - np.searchsorted(table.days, table.rows["day"], side="right")
    return {
        "answers": np.ones(len(table)),
        "active": (ages / gap + 10.0) ** -1.25,
        "recent": np.asarray((after + 20.0) ** -1.25, dtype=np.float64),
        "steady": np.exp2(-ages * 8.0 / span),
        "vote": (ages / gap + 10.0) ** -1.0,
    }


def _tally(history: DomainHistory, numbers: NDArray[np.int64], weights: Floats) -> Floats:
    table = history.events
    totals = np.bincount(table.rows["expert"], weights=weights, minlength=table.experts.size + 1)
    return np.where(numbers >= 0, totals[numbers], 0.0)


def _helped(evidence: Evidence) -> Floats:
    """Log of the share of answers that helped, over the candidates' mean, shrunk towards it by three answers."""
    answers = evidence.votes["answers"]
    mean = evidence.helped.sum() / answers.sum() if answers.sum() > 0 else 0.0
    if mean <= 0:
        return np.zeros(len(answers))
    return np.asarray(np.log((evidence.helped + 3.0 * mean) / ((answers + 3.0) * mean)))


def _declared(evidence: Evidence, query: Query, candidates: Sequence[Candidate]) -> Floats:
    """1 for a declared topic once shown by an answer in it, half of that before, 0 for anybody else."""
    shown = evidence.votes.get("topic", np.zeros(len(candidates))) > 0
    declared = np.array([query.topic in c.declared for c in candidates], dtype=bool)
    return np.where(declared, np.where(shown, 1.0, 0.5), 0.0)


def _passes(history: DomainHistory, query: Query, candidate: Candidate) -> float:
    """How near the question lies to threads handed back as not one's field, with a half-life of 180 days."""
    mine = [p for p in candidate.passes if p.not_my_field and p.thread in history.vectors]
    if not mine:
        return 0.0
    background = history.vectors.background(query.vector)
    cosines = [float(history.vectors.vector(p.thread) @ query.vector) for p in mine]
    fading = [math.exp2(-max(query.day - p.day, 0.0) / _PASS_HALF_LIFE) for p in mine]
    return sum(above(c, background) ** 2 * f for c, f in zip(cosines, fading, strict=True))
