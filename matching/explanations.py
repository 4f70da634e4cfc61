"""Why somebody is asked: reasons as data, each of which is true in the sense that without it the score would be lower.

A reason names its evidence. Whether it counted is not read off the signals but tried: the evidence is taken away, the
candidate's signals are computed again, and the reason stands only if the score falls, and falls by the signal it names.
The strength is the factor by which the evidence raises the odds of being asked. (A counterfactual explanation: Wachter,
Mittelstadt and Russell 2018; what is taken away is all that the reason names, and nothing else.)
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.history import DomainHistory
from matching.profiles import Candidate, Query
from matching.results import Band, Chosen, Ranked, Reason, Refusal
from matching.signals import NAMES, Evidence, columns, gather
from matching.supposing import answered_by, suppose
from matching.weights import prior

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

SHOWN: Final = 3  # threads a reason names
LEAST: Final = math.log(1.05)  # a reason raises the odds by a twentieth, or it is none
_BANDS: Final[tuple[tuple[float, Band], ...]] = ((math.log(4), "strong"), (math.log(2), "medium"), (LEAST, "weak"))
_ACTIVE: Final = frozenset({"active", "recent", "steady"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What might be a reason, with the evidence that is taken away to see: the answers to the threads in `gone`, what
    helped in those in `unhelped` (by number, as `supposing` has it), or what is said of the `candidate`."""

    reason: Reason
    gone: Mask | None = None
    unhelped: Mask | None = None
    candidate: Candidate | None = None


def explain(
    history: DomainHistory,
    query: Query,
    candidates: Sequence[Candidate],
    experts: Collection[str],
    weights: Floats | None = None,
) -> dict[str, tuple[Reason, ...]]:
    """Return the reasons for each of `experts`, who are among `candidates`, the strongest first.

    `candidates` and `weights` (d,) are those the ranking was made with.
    """
    case = _Case(history, query, candidates, prior() if weights is None else weights)
    places = {candidate.expert: n for n, candidate in enumerate(candidates)}
    return {expert: case.reasons(places[expert], candidates[places[expert]]) for expert in experts}


class _Case:
    """One question with everybody who was ranked for it."""

    def __init__(self, history: DomainHistory, query: Query, candidates: Sequence[Candidate], weights: Floats) -> None:
        self._history = history
        self._query = query
        self._candidates = candidates
        self._weights = weights
        self._tried: dict[tuple[object, ...], Floats] = {}
        self._evidence = gather(history, query, candidates)
        self._matrix = columns(self._evidence, history, query, candidates)

    def reasons(self, place: int, candidate: Candidate) -> tuple[Reason, ...]:
        """Every ground that counts, the strongest first."""
        weighed = [
            (self._worth(place, candidate, ground), ground.reason)
            for ground in grounds(self._history, self._query, self._evidence.near, candidate)
        ]
        standing = [(worth, reason) for worth, reason in weighed if worth >= LEAST]
        standing.sort(key=lambda one: -one[0])
        return tuple(replace(reason, band=_band(worth)) for worth, reason in standing)

    def _worth(self, place: int, candidate: Candidate, ground: Ground) -> float:
        """How much the ground adds to the score by its own signal, 0 where the score as a whole does not fall."""
        lost = (self._matrix[place] - self._without(place, candidate, ground)) * self._weights
        own = np.array([_belongs(name, ground.reason.signal) for name in NAMES], dtype=bool)
        return float(lost[own].sum()) if float(lost.sum()) >= LEAST else 0.0

    def _without(self, place: int, candidate: Candidate, ground: Ground) -> Floats:
        """The candidate's signals if the evidence were not there, shape (d,)."""
        if ground.candidate is not None:
            changed = [*self._candidates]
            changed[place] = ground.candidate
            return self._row(place, self._evidence, changed)
        # whoever answered a few times has the same answers behind several grounds
        key = (place, *(None if mask is None else mask.tobytes() for mask in (ground.gone, ground.unhelped)))
        if key not in self._tried:
            supposed = suppose(self._history, candidate.expert, gone=ground.gone, unhelped=ground.unhelped)
            evidence = gather(supposed, self._query, self._candidates, near=self._evidence.near)
            self._tried[key] = self._row(place, evidence, self._candidates)
        return self._tried[key]

    def _row(self, place: int, evidence: Evidence, candidates: Sequence[Candidate]) -> Floats:
        return np.asarray(columns(evidence, self._history, self._query, candidates)[place], dtype=np.float64)


def grounds(
    history: DomainHistory, query: Query, near: Mapping[str, Mapping[str, float]], candidate: Candidate
) -> Iterator[Ground]:
    """Yield what might speak for `candidate`; whether it does is another question."""
    answered, number = answered_by(history, candidate.expert), history.threads.number
    for signal, strengths in near.items():
        mine = sorted((id for id in strengths if answered[number[id]]), key=lambda id: (-strengths[id], id))[:SHOWN]
        if mine:
            yield Ground(Reason(signal, "weak", tuple(mine)), gone=_marked(history, mine))
    if answered.any():
        if query.topic is not None:
            topical = history.events.timeline.threads[history.on_topic(query.topic)]
            yield Ground(Reason("topic", "weak"), gone=np.isin(np.arange(len(answered)), topical) & answered)
        yield Ground(Reason("active", "weak"), gone=answered)
        yield Ground(Reason("helped", "weak"), unhelped=answered)
    if query.topic in candidate.declared:
        less = replace(candidate, declared=candidate.declared - {query.topic})
        yield Ground(Reason("declared", "weak"), candidate=less)
    if query.topic in candidate.endorsed:
        less = replace(candidate, endorsed=candidate.endorsed - {query.topic})
        yield Ground(Reason("endorsed", "weak"), candidate=less)


def _marked(history: DomainHistory, threads: Sequence[str]) -> Mask:
    marked = np.zeros(history.threads.size, dtype=bool)
    marked[[history.threads.number[id] for id in threads]] = True
    return marked


def _belongs(name: str, signal: str) -> bool:
    """Whether a column of the matrix is part of the signal a reason names: "words" has "words_recent" too."""
    if signal == "active":
        return name in _ACTIVE
    return name == signal or name.startswith(f"{signal}_")


def _band(worth: float) -> Band:
    return next((band for least, band in _BANDS if worth >= least), "weak")


def why_not(
    expert: str,
    refusals: Mapping[str, Refusal],
    ranked: Sequence[Ranked],
    candidates: Sequence[Candidate],
    wave: Sequence[Chosen],
) -> str | None:
    """Return why `expert` is not in `wave`, or None who is: a rule of `routing.refusal`, "circle of" with who was taken
    of theirs, "unknown", or "behind" with the place in the ranking.

    For tests and an operator's replay. No member is ever told: it would say who is and that others were better.
    """
    chosen = {one.expert for one in wave}
    if expert in chosen:
        return None
    if expert in refusals:
        return refusals[expert]
    circles = {c.circle: c.expert for c in candidates if c.expert in chosen}
    mine = next((c.circle for c in candidates if c.expert == expert), None)
    if mine in circles:
        return f"circle of {circles[mine]}"
    place = next((n for n, r in enumerate(ranked, 1) if r.expert == expert), None)
    return "unknown" if place is None else f"behind: {place}"
