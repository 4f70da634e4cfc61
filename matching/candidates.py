"""What is read of candidates by column: from a `Shortlist` without a look at each of them, from a list one by one."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.near import Near
from matching.numbers import Numbers, highest
from matching.pool import Mask, Rows, Shortlist
from matching.profiles import Candidate, Pass

Passed = tuple[int, float, Pass]  # a candidate's place, how near the thread is, and the pass
LEADING: Final = 32  # of so many the wave is chosen
_CIRCLES: Final = 16


def numbers_of(candidates: Sequence[Candidate], names: Numbers) -> Rows:
    """Return each candidate's number in `names`, -1 without one, (n,)."""
    if isinstance(candidates, Shortlist):
        return candidates.pool.numbers(names)[candidates.rows]
    return names.of(candidate.expert for candidate in candidates)


def declared(candidates: Sequence[Candidate], topic: str | None) -> Mask:
    """Return who declared `topic`, (n,)."""
    if isinstance(candidates, Shortlist):
        return candidates.pool.on(topic).take(candidates.rows)
    return np.array([topic in candidate.declared for candidate in candidates], dtype=bool)


def endorsed(candidates: Sequence[Candidate], topic: str | None) -> Mask:
    """Return who is endorsed for `topic`, (n,)."""
    if isinstance(candidates, Shortlist):
        return candidates.pool.on(topic, endorsed=True).take(candidates.rows)
    return np.array([topic in candidate.endorsed for candidate in candidates], dtype=bool)


def passes(candidates: Sequence[Candidate], near: Near) -> list[Passed]:
    """Return the passes on any of the `near` threads, each with its candidate's place, in the order of places and
    threads."""
    if isinstance(candidates, Shortlist):
        found = candidates.pool.passes_on(near)
        if found:
            place = np.full(len(candidates.pool), -1, dtype=np.int64)
            place[candidates.rows] = np.arange(len(candidates))
            found = [(int(place[row]), strength, one) for row, strength, one in found if place[row] >= 0]
    else:
        mine = [(n, one) for n, c in enumerate(candidates) for one in c.passes]
        found = [(n, near.by_id[one.thread], one) for n, one in mine if one.thread in near.by_id]
    return sorted(found, key=lambda one: (one[0], one[2].thread, one[2].day))


def find(candidates: Sequence[Candidate], experts: Iterable[str]) -> dict[str, Candidate]:
    """Return those of `candidates` who are among `experts`, by expert."""
    wanted = frozenset(experts)
    if isinstance(candidates, Shortlist):
        candidates = [candidates.pool.people[row] for row in candidates.pool.rows_of(wanted, candidates.rows)]
    return {candidate.expert: candidate for candidate in candidates if candidate.expert in wanted}


def experts_at(candidates: Sequence[Candidate], places: Rows) -> list[str]:
    """Return who stands at each of `places`."""
    if isinstance(candidates, Shortlist):
        people = candidates.pool.people
        return [people[row].expert for row in candidates.rows[places].tolist()]
    return [candidates[place].expert for place in places.tolist()]


def leading(candidates: Sequence[Candidate], scores: NDArray[np.float64], untested: Mask) -> Rows:
    """Return the places of those a wave can come from, best first.

    Of a list, everybody. Of a shortlist, the best 32, the best 32 of the `untested` (n,), and the best of each of the
    16 best circles; among equal `scores` (n,) whoever was asked longest ago.
    """
    if not isinstance(candidates, Shortlist):
        return np.array(sorted(range(len(scores)), key=lambda n: (-scores[n], candidates[n].expert)), dtype=np.int64)
    circles, turns = candidates.pool.circles_and_turns()

    def best(places: Rows) -> list[int]:
        if len(places) > LEADING:
            held = scores.take(places)
            places = places.take(np.flatnonzero(held >= highest(held, LEADING)))
        last = turns[candidates.rows[places]].tolist()
        order = sorted(
            zip((-scores[places]).tolist(), last, experts_at(candidates, places), places.tolist(), strict=True)
        )
        return [place for *_, place in order[:LEADING]]

    found = set(best(np.arange(len(scores))))
    if len(found) < len(scores) and len(set(circles[candidates.rows[list(found)]].tolist())) < _CIRCLES:
        order = np.lexsort((turns[candidates.rows], -scores))
        _, first = np.unique(circles[candidates.rows[order]], return_index=True)
        found.update(order[np.sort(first)[:_CIRCLES]].tolist())
    found.update(best(np.flatnonzero(untested)))
    places = np.array(list(found), dtype=np.int64)
    by_name = sorted(zip((-scores[places]).tolist(), experts_at(candidates, places), found, strict=True))
    return np.array([place for *_, place in by_name], dtype=np.int64)
