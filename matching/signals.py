"""What speaks for each candidate, one column a signal; how much each counts is decided elsewhere (`weights`).

A vote signal is a candidate's share of all candidates' votes, taken as log(share + 0.2 / n): who has none stands at a
floor that no other signal need climb out of, and doubling one's votes counts the same at every level.

Who writes at length and soon is more often the one whose answer is taken, whatever it is about.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.candidates import declared, endorsed, passes
from matching.history import DomainHistory
from matching.profiles import Candidate, Query
from matching.votes import VOTES, Evidence, Totals, gather, totals

Floats = NDArray[np.float64]

NAMES = (*VOTES, "helped", "substance", "prompt", "declared", "endorsed", "passes")
_FLOOR = 0.2
_PASS_HALF_LIFE = 180.0


def signals(
    history: DomainHistory, query: Query, candidates: Sequence[Candidate]
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Return the signal matrix, shape (n candidates, len(NAMES)), and the column names."""
    return columns(gather(history, query, candidates), history, query, candidates), NAMES


def columns(
    evidence: Evidence,
    history: DomainHistory,
    query: Query,
    candidates: Sequence[Candidate],
    among: Totals | None = None,
) -> NDArray[np.float64]:
    """Turn votes into the signal matrix, shape (n candidates, len(NAMES)).

    Where `candidates` and `evidence` are some of more, `among` holds the totals of all.
    """
    among = among or totals(evidence)
    table = np.empty((len(NAMES), len(candidates)))
    _log_share(evidence.table, among.votes, among.size, out=table[: len(VOTES)])
    table[len(VOTES) :] = (
        _helped(evidence, among),
        evidence.habits[0],
        -evidence.habits[1],
        _declared(evidence, query, candidates),
        endorsed(candidates, query.topic),
        _passes(evidence, query, candidates),
    )
    return table.T


def unknown(size: int) -> Floats:
    """Return the row (len(NAMES),) of somebody of whom nothing is known, among `size` candidates."""
    return np.append(np.full(len(VOTES), np.log(_FLOOR / max(size, 1))), np.zeros(len(NAMES) - len(VOTES)))


def _log_share(votes: Floats, total: Floats, size: int, out: Floats) -> None:
    """Write log(share + 0.2 / size) of non-negative `votes`, shape (kinds, n), to `out`; all equal where the `total`
    (kinds,) is 0, for nobody has any then."""
    np.divide(votes, np.where(total > 0, total, 1.0)[:, None], out=out)
    out += _FLOOR / max(size, 1)
    np.log(out, out=out)


def _helped(evidence: Evidence, among: Totals) -> Floats:
    """Log of the share of answers that helped, over the candidates' mean, shrunk towards it by three answers."""
    answers, given = evidence.votes("answers"), float(among.votes[0])
    mean = among.helped / given if given > 0 else 0.0
    if mean <= 0:
        return np.zeros(len(answers))
    return np.asarray(np.log((evidence.helped + 3.0 * mean) / ((answers + 3.0) * mean)))


def _declared(evidence: Evidence, query: Query, candidates: Sequence[Candidate]) -> Floats:
    """1 for a declared topic once shown by an answer in it, half of that before, 0 for anybody else."""
    shown = np.where(evidence.votes("topic") > 0, 1.0, 0.5)
    return np.asarray(shown * declared(candidates, query.topic))


def _passes(evidence: Evidence, query: Query, candidates: Sequence[Candidate]) -> Floats:
    """How near the question lies to threads handed back as not one's field, with a half-life of 180 days.

    As with votes, a thread counts when it is one of the nearest in meaning, by its closeness squared.
    """
    total = np.zeros(len(candidates))
    for place, strength, one in passes(candidates, evidence.near["meaning"]):
        if one.not_my_field:
            total[place] += strength * math.exp2(-max(query.day - one.day, 0.0) / _PASS_HALF_LIFE)
    return total
