"""Why somebody is asked: reasons as data, each of which is true in the sense that without it the score would be lower.

A reason names its evidence. Whether it counted is not read off the signals but tried: the evidence is taken away, the
candidate's signals are computed again, and the reason stands only if the score falls, and falls by the signal it names.
The strength is the factor by which the evidence raises the odds of being asked. (A counterfactual explanation: Wachter,
Mittelstadt and Russell 2018; what is taken away is all that the reason names, and nothing else: answers are taken from
who gave them, and the domain's clock and everybody else's evidence stand, so that a trial costs one expert's answers.)
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.candidates import find
from matching.history import DomainHistory
from matching.profiles import Candidate, Query
from matching.results import Band, Chosen, Ranked, Reason, Refusal
from matching.signals import NAMES, columns
from matching.supposing import Own
from matching.votes import Basis, Evidence, gather, totals
from matching.weights import prior

Floats = NDArray[np.float64]
Threads = NDArray[np.int64]

NONE: Final[Threads] = np.zeros(0, dtype=np.int64)
SHOWN: Final = 3  # threads a reason names
LEAST: Final = math.log(1.05)  # a reason raises the odds by a twentieth, or it is none
_BANDS: Final[tuple[tuple[float, Band], ...]] = ((math.log(4), "strong"), (math.log(2), "medium"), (LEAST, "weak"))
_ACTIVE: Final = frozenset({"active", "recent", "steady"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What might be a reason, with the evidence that is taken away to see: the answers to the threads in `gone`, what
    helped in those in `unhelped` (by number), or what is said of the `candidate`."""

    reason: Reason
    gone: Threads = field(default_factory=lambda: NONE)
    unhelped: Threads = field(default_factory=lambda: NONE)
    candidate: Candidate | None = None


def explain(
    history: DomainHistory,
    query: Query,
    candidates: Sequence[Candidate],
    experts: Collection[str],
    weights: Floats | None = None,
    basis: Basis | None = None,
) -> dict[str, tuple[Reason, ...]]:
    """Return the reasons for each of `experts`, who are among `candidates`, the strongest first.

    `candidates` and `weights` (d,) are those the ranking was made with, and `basis` is what it tells it rests on in
    this subject; without it everything is gathered once more.
    """
    if basis is None:
        evidence = gather(history, query, candidates)
        basis = Basis(evidence.near, totals(evidence))
    case = _Case(history, query, basis, prior() if weights is None else weights)
    known = find(candidates, experts)
    return {expert: case.reasons(known[expert]) for expert in experts}


@dataclass(frozen=True, slots=True)
class _Case:
    """One question, with what everybody who was ranked for it adds up to."""

    history: DomainHistory
    query: Query
    basis: Basis
    weights: Floats

    def reasons(self, candidate: Candidate) -> tuple[Reason, ...]:
        """Every ground that counts, the strongest first."""
        own = Own.of(self.history, self.query, self.basis.near, candidate.expert)
        whole = own.left(gone=NONE, unhelped=NONE)
        row = self._row(candidate, whole, whole)
        weighed = []
        for ground in grounds(self.history, self.query, candidate, own):
            left = whole if ground.candidate else own.left(gone=ground.gone, unhelped=ground.unhelped)
            lost = (row - self._row(ground.candidate or candidate, whole, left)) * self.weights
            weighed.append((_worth(lost, ground.reason.signal), ground.reason))
        standing = [(worth, reason) for worth, reason in weighed if worth >= LEAST]
        standing.sort(key=lambda one: -one[0])
        return tuple(replace(reason, band=_band(worth)) for worth, reason in standing)

    def _row(self, candidate: Candidate, whole: Evidence, left: Evidence) -> Floats:
        """The candidate's signals with what is `left` of the `whole` evidence, shape (d,)."""
        among = self.basis.among.but(whole, left)
        return np.asarray(columns(left, self.history, self.query, [candidate], among)[0], dtype=np.float64)


def grounds(history: DomainHistory, query: Query, candidate: Candidate, own: Own) -> Iterator[Ground]:
    """Yield what might speak for `candidate`; whether it does is another question."""
    answered, names = np.unique(own.threads), history.threads.name
    for signal in own.near:
        strengths = dict(zip(own.threads.tolist(), own.parts[signal].tolist(), strict=True))
        shown = sorted((-strength, names[thread], thread) for thread, strength in strengths.items() if strength)[:SHOWN]
        if shown:
            gone = np.array([thread for *_, thread in shown])
            yield Ground(Reason(signal, "weak", tuple(id for _, id, _ in shown)), gone=gone)
    if len(answered):
        if query.topic is not None:
            yield Ground(Reason("topic", "weak"), gone=answered[history.is_on(query.topic, answered)])
        yield Ground(Reason("active", "weak"), gone=answered)
        yield Ground(Reason("helped", "weak"), unhelped=answered)
    if query.topic in candidate.declared:
        less = replace(candidate, declared=candidate.declared - {query.topic})
        yield Ground(Reason("declared", "weak"), candidate=less)
    if query.topic in candidate.endorsed:
        less = replace(candidate, endorsed=candidate.endorsed - {query.topic})
        yield Ground(Reason("endorsed", "weak"), candidate=less)


def _worth(lost: Floats, signal: str) -> float:
    """How much the score falls by the signal itself, 0 where as a whole it does not fall."""
    own = np.array([_belongs(name, signal) for name in NAMES], dtype=bool)
    return float(lost[own].sum()) if float(lost.sum()) >= LEAST else 0.0


def _belongs(name: str, signal: str) -> bool:
    """Whether a column of the matrix is part of the signal a reason names: "words" has each that begins with "words_"."""
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
