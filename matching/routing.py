"""From a question to the few who are asked: gate, rank, and choose a wave as a set."""

import random
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.history import DomainHistory
from matching.profiles import Candidate, Limits, Query
from matching.results import Band, Chosen, Ranked, Reason
from matching.signals import Evidence, columns, gather
from matching.weights import prior

_TESTED = 3  # answers from which somebody counts as tested
_FITTING = frozenset({"declared", "topic", "words", "meaning"})
_TIE = 0.05  # scores (log-odds) nearer than this are no difference
_SHOWN = 3


def eligible(
    candidates: Sequence[Candidate],
    *,
    excluded_circles: Collection[str],
    already_asked: Collection[str],
    limits: Limits | None = None,
    thread: str | None = None,
) -> list[Candidate]:
    """Return those of `candidates` who may be asked at all.

    Out fall excluded circles (the asker's own among them), those already asked about this thread or having passed it,
    the away and the resting, and whoever has no capacity left this week or too many offers open.
    """
    limits = limits or Limits()
    return [
        c
        for c in candidates
        if c.circle not in excluded_circles
        and c.expert not in already_asked
        and not (c.away or c.resting)
        and c.offers_this_week < c.capacity
        and c.open_offers < limits.open_offers
        and all(p.thread != thread for p in c.passes)
    ]


def rank(
    history: DomainHistory,
    query: Query,
    candidates: Sequence[Candidate],
    weights: NDArray[np.float64] | None = None,
) -> list[Ranked]:
    """Rank `candidates` for `query`, best first, ties by expert; `weights` (d,) default to the prior."""
    evidence = gather(history, query, candidates)
    scores = columns(evidence, history, query, candidates) @ (prior() if weights is None else weights)
    reasons = _reasons(history, query, evidence, candidates)
    tried, helped = evidence.votes["answers"], np.minimum(evidence.helped, evidence.votes["answers"])
    ranked = [
        Ranked(c.expert, float(scores[n]), reasons[n], int(tried[n]), int(helped[n])) for n, c in enumerate(candidates)
    ]
    return sorted(ranked, key=lambda r: (-r.score, r.expert))


def choose_wave(
    ranked: Sequence[Ranked], candidates: Sequence[Candidate], places: int = 3, *, rng: random.Random
) -> list[Chosen]:
    """Choose at most `places` to be asked together, no two of one circle, from those in `candidates`.

    Equal scores go to whoever was asked longest ago. From three places on, one is kept for somebody fitting but little
    tested, drawn by Thompson sampling (Russo et al. 2018), if there is one. The same `rng` state gives the same wave.
    """
    known = {c.expert: c for c in candidates if c.offers_this_week < c.capacity}
    order = _by_turn([r for r in ranked if r.expert in known], known, rng)
    kept = 1 if places >= 3 and any(_is_untested(r) for r in order) else 0
    wave: list[Chosen] = []
    circles: set[str] = set()
    _fill(wave, circles, order, known, places - kept)
    if kept:
        _explore(wave, circles, order, known, rng)
        _fill(wave, circles, order, known, places)
    return wave


def _by_turn(ranked: list[Ranked], known: Mapping[str, Candidate], rng: random.Random) -> list[Ranked]:
    lot = {r.expert: rng.random() for r in sorted(ranked, key=lambda r: r.expert)}

    def turn(r: Ranked) -> tuple[float, float, float]:
        asked = known[r.expert].last_offer_day
        return (-round(r.score / _TIE), float("-inf") if asked is None else asked, lot[r.expert])

    return sorted(ranked, key=turn)


def _fill(
    wave: list[Chosen], circles: set[str], order: Sequence[Ranked], known: Mapping[str, Candidate], places: int
) -> None:
    for r in order:
        if len(wave) >= places:
            return
        if known[r.expert].circle not in circles:
            wave.append(Chosen(r.expert, r.reasons))
            circles.add(known[r.expert].circle)


def _explore(
    wave: list[Chosen],
    circles: set[str],
    order: Sequence[Ranked],
    known: Mapping[str, Candidate],
    rng: random.Random,
) -> None:
    """Add the untested one with the best draw from the posterior of helping, Beta(1 + helped, 1 + not)."""
    open_to = [r for r in order if _is_untested(r) and known[r.expert].circle not in circles]
    if not open_to:
        return
    drawn = {r.expert: rng.betavariate(1 + r.helped, 1 + r.tried - r.helped) for r in open_to}
    chosen = max(open_to, key=lambda r: drawn[r.expert])
    wave.append(Chosen(chosen.expert, chosen.reasons, exploring=True))
    circles.add(known[chosen.expert].circle)


def _is_untested(r: Ranked) -> bool:
    return r.tried < _TESTED and any(reason.signal in _FITTING for reason in r.reasons)


def _reasons(
    history: DomainHistory, query: Query, evidence: Evidence, candidates: Sequence[Candidate]
) -> list[tuple[Reason, ...]]:
    threads = {name: _threads_by_expert(history, near) for name, near in evidence.near.items()}
    bands = {
        name: _bands(evidence.votes[name]) for name in ("words", "meaning", "topic", "active") if name in evidence.votes
    }
    found: list[tuple[Reason, ...]] = []
    for n, candidate in enumerate(candidates):
        mine = [
            Reason(name, band, tuple(threads.get(name, {}).get(candidate.expert, ())))
            for name, column in bands.items()
            if (band := column[n])
        ]
        if query.topic in candidate.declared:
            mine.append(Reason("declared", "medium" if bands.get("topic", [None] * (n + 1))[n] else "weak"))
        found.append(tuple(mine))
    return found


def _threads_by_expert(history: DomainHistory, near: Mapping[str, float]) -> dict[str, list[str]]:
    """Return up to three of the near threads for each who answered them, nearest first."""
    found: dict[str, list[str]] = {}
    for thread in sorted(near, key=lambda id: (-near[id], id)):
        for expert in history.events.experts_of(thread):
            mine = found.setdefault(expert, [])
            if len(mine) < _SHOWN:
                mine.append(thread)
    return found


def _bands(votes: NDArray[np.float64]) -> list[Band | None]:
    """Name each vote by its multiple of an equal share: from 3 strong, from 1.5 medium, from 0.5 weak, else none."""
    total = votes.sum()
    lifts = votes / total * len(votes) if total > 0 else votes
    return ["strong" if x >= 3 else "medium" if x >= 1.5 else "weak" if x >= 0.5 else None for x in lifts]
