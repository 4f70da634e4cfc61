"""From a question to the few who are asked: gate, rank, and choose a wave as a set."""

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matching.assignment import TESTED, Waiting, assign
from matching.candidates import experts_at, leading
from matching.history import DomainHistory
from matching.pool import Shortlist
from matching.profiles import Candidate, Limits, Query
from matching.results import Chosen, Ranked, Ranking, Refusal
from matching.signals import NAMES, columns, unknown
from matching.votes import Basis, Evidence, gather, totals
from matching.weights import prior

NEIGHBOUR = 0.5
_FITTING = ("words", "meaning", "topic")


def refusal(
    candidate: Candidate,
    *,
    excluded_circles: Collection[str],
    already_asked: Collection[str],
    limits: Limits | None = None,
    thread: str | None = None,
) -> Refusal | None:
    """Return the rule by which `candidate` may not be asked about `thread`, or None. For the router, and never shown."""
    if candidate.circle in excluded_circles:
        return "circle"
    if candidate.expert in already_asked:
        return "asked"
    if any(one.thread == thread for one in candidate.passes):
        return "passed"
    if candidate.away or candidate.resting:
        return "away" if candidate.away else "resting"
    if candidate.offers_this_week >= candidate.capacity:
        return "capacity"
    return "open" if candidate.open_offers >= (limits or Limits()).open_offers else None


def eligible(
    candidates: Sequence[Candidate],
    *,
    excluded_circles: Collection[str],
    already_asked: Collection[str],
    limits: Limits | None = None,
    thread: str | None = None,
) -> Sequence[Candidate]:
    """Return those of `candidates` who may be asked at all.

    Out fall excluded circles (the asker's own among them), those already asked about this thread or having passed it,
    the away and the resting, and whoever has no capacity left this week or too many offers open.
    """
    rules = {"excluded_circles": excluded_circles, "already_asked": already_asked}
    if isinstance(candidates, Shortlist):
        refused = candidates.pool.refused(**rules, limits=limits or Limits(), thread=thread)
        return Shortlist(candidates.pool, candidates.rows.take(np.flatnonzero(~refused.take(candidates.rows))))
    return [c for c in candidates if refusal(c, **rules, limits=limits, thread=thread) is None]


def rank(
    history: DomainHistory,
    query: Query,
    candidates: Sequence[Candidate],
    weights: NDArray[np.float64] | None = None,
) -> Ranking:
    """Rank `candidates` for `query`, best first, ties by expert; `weights` (d,) default to the prior.

    Of a `Shortlist` only those are told whom a wave can come from (`pool.leading`).
    """
    told, left_out, basis = _told(history, query, candidates, prior() if weights is None else weights)
    return Ranking(told, _odds(left_out, told[0].score) if told else 0.0, {query.subject or "": basis})


def rank_wide(
    domain: Callable[[str], DomainHistory],
    query: Query,
    pools: Mapping[str, Sequence[Candidate]],
    weights: Callable[[str], NDArray[np.float64] | None] = lambda _subject: None,
) -> Ranking:
    """Rank the candidates of the question's own subject together with those of its neighbours, best first.

    `pools` holds candidates by subject, `domain` and `weights` give what is known in each. Everybody is ranked by the
    history of their own subject, over somebody of whom nothing is known there: a score stands on a constant of its
    domain, and only what it has over that can be laid beside another's. What was shown next door counts half, and the
    place for exploring is no place for it. Without neighbours this is `rank`.
    """
    own = query.subject or ""
    if list(pools) == [own]:
        return rank(domain(own), query, pools[own], weights(own))
    found: list[Ranked] = []
    rest: list[NDArray[np.float64]] = []
    bases: dict[str, Basis] = {}
    for subject, candidates in pools.items():
        counts = prior() if (learned := weights(subject)) is None else learned
        told, left_out, bases[subject] = _told(domain(subject), replace(query, subject=subject), candidates, counts)
        zero, part = float(unknown(len(candidates)) @ counts), 1.0 if subject == own else NEIGHBOUR
        found += [replace(r, score=(r.score - zero) * part, fits=r.fits and subject == own) for r in told]
        rest.append((left_out - zero) * part)
    found.sort(key=lambda r: (-r.score, r.expert))
    return Ranking(found, _odds(np.concatenate(rest), found[0].score) if found else 0.0, bases)


def _told(
    history: DomainHistory, query: Query, candidates: Sequence[Candidate], weights: NDArray[np.float64]
) -> tuple[list[Ranked], NDArray[np.float64], Basis]:
    """Whom a wave can come from, best first, the scores of all others, and what both rest on."""
    evidence = gather(history, query, candidates)
    among = totals(evidence)
    table = columns(evidence, history, query, candidates, among)
    scores, tried = table @ weights, evidence.votes("answers")
    fits = _fits(evidence, table)
    places = leading(candidates, scores, fits & (tried < TESTED))
    helped = np.minimum(evidence.helped[places], tried[places])
    parts = (scores[places], tried[places].astype(int), helped.astype(int), fits[places])
    told = list(map(Ranked, experts_at(candidates, places), *(part.tolist() for part in parts)))
    rest = np.ones(len(scores), dtype=bool)
    rest[places] = False
    return told, scores[rest], Basis(evidence.near, among)


def _odds(scores: NDArray[np.float64], best: float) -> float:
    """The sum of the odds that these scores stand for, over the best one's."""
    return float(np.exp(scores - best).sum())


def choose_wave(
    ranked: Sequence[Ranked],
    candidates: Sequence[Candidate],
    places: int = 3,
    *,
    rng: random.Random,
    day: float | None = None,
) -> list[Chosen]:
    """Choose at most `places` to be asked together, no two of one circle, from those in `candidates`.

    `assignment.assign` for one question: what is maximised, and why this is exact, is said there.
    """
    return assign([Waiting(ranked, candidates, places)], rng=rng, day=day)[0]


def _fits(evidence: Evidence, table: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether something speaks for the question itself, not only for activity."""
    said = (table[:, NAMES.index(name)] for name in ("declared", "endorsed"))
    found = np.zeros(len(table), dtype=bool)
    for column in (*said, *map(evidence.votes, _FITTING)):
        found |= column > 0
    return found
