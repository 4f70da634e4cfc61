"""What speaks for each candidate, one column a signal; how much each counts is decided elsewhere (`weights`).

A vote signal is a candidate's share of all candidates' votes, taken as log(share + 0.2 / n): who has none stands at a
floor that no other signal need climb out of, and doubling one's votes counts the same at every level.

Decay. A power law, (age + c) ** -d, instead of one half-life: it is a mixture of all half-lives (Anderson and Schooler
1991, "Reflections of the environment in memory"), and its c is a number of the domain's own mean gaps between answers,
so a chat of nine years and a forum of seven weeks need no setting. Beside it stand one kernel in answers instead of
days, one half-life of an eighth of the domain's span (in a
young domain more), and no decay at all, for domains whose roles are stable: the
weights over them are what fits the half-life to a domain.

Who writes at length and soon is more often the one whose answer is taken, whatever it is about.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.candidates import declared, endorsed, numbers_of, passes
from matching.decay import half_life, power_law
from matching.history import DomainHistory
from matching.numbers import summed
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
    "substance",
    "prompt",
    "declared",
    "endorsed",
    "passes",
)
_VOTES = 10  # of the names are shares of votes
_FLOOR = 0.2
_OFFSET = 10.0  # mean gaps
_LONG_OFFSET = 40.0  # mean gaps
_CLOCK_OFFSET = 20.0  # answers
_POWER = 1.5
_SHRINK = 5.0  # answers of a usual kind that everybody is given beside their own
_PASS_HALF_LIFE = 180.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """The votes of each candidate, before any weighing: arrays of shape (n,) by signal, and the threads behind them."""

    votes: Mapping[str, Floats]
    helped: Floats
    habits: Floats  # (2, n): mean log length and mean log delay, over the domain's own
    near: Mapping[str, Mapping[str, float]]  # "words" or "meaning" -> thread id -> strength


def signals(
    history: DomainHistory, query: Query, candidates: Sequence[Candidate]
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Return the signal matrix, shape (n candidates, len(NAMES)), and the column names."""
    return columns(gather(history, query, candidates), history, query, candidates), NAMES


def gather(
    history: DomainHistory,
    query: Query,
    candidates: Sequence[Candidate],
    near: Mapping[str, Mapping[str, float]] | None = None,
) -> Evidence:
    """Collect each candidate's votes from the threads nearest to `query` in words, meaning and topic.

    `near` is that of an earlier look at the same threads; without it they are searched.
    """
    near = near or {"words": _near_words(history, query), "meaning": _near_meaning(history, query)}
    table, scale = history.events, _scale(history, query.day)
    totals = {
        "answers": table.answers,
        "active": table.fading(power_law(_POWER, _LONG_OFFSET * scale.gap), query.day),
        "recent": summed(table.timeline.experts, _by_clock(table.timeline.ages), table.experts.size),
        "steady": table.fading(half_life(max(scale.span / 8.0, _LONG_OFFSET * scale.gap)), query.day),
    }
    for name, strengths in near.items():
        totals[name], totals[f"{name}_recent"] = _near_votes(history, query, strengths, scale.gap)
    totals["topic"], totals["topic_recent"] = _topic_votes(history, query, scale.gap)
    numbers = numbers_of(candidates, table.experts)
    votes = {name: _pick(total, numbers) for name, total in totals.items()}
    habits = _habits(table.habits, table.answers)
    return Evidence(votes, _pick(table.helped, numbers), np.stack([_pick(one, numbers) for one in habits]), near)


@dataclass(frozen=True, slots=True)
class Totals:
    """What the votes of all candidates of a question add up to."""

    size: int
    votes: Mapping[str, float]
    helped: float

    def but(self, one: Evidence, other: Evidence) -> "Totals":
        """The totals if the candidates of `one` had the evidence of `other`."""
        votes = {
            name: max(total + float(other.votes[name].sum() - one.votes[name].sum()), float(other.votes[name].sum()))
            for name, total in self.votes.items()
        }
        return Totals(self.size, votes, max(self.helped + float(other.helped.sum() - one.helped.sum()), 0.0))


def totals(evidence: Evidence) -> Totals:
    """Return what the votes of everybody in `evidence` add up to."""
    votes = {name: float(votes.sum()) for name, votes in evidence.votes.items()}
    return Totals(len(evidence.helped), votes, float(evidence.helped.sum()))


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
    table = {name: log_share(evidence.votes[name], among.votes[name], among.size) for name in NAMES[:_VOTES]}
    table["helped"] = _helped(evidence, among)
    table["substance"], table["prompt"] = evidence.habits[0], -evidence.habits[1]
    table["declared"] = _declared(evidence, query, candidates)
    table["endorsed"] = endorsed(candidates, query.topic).astype(np.float64)
    table["passes"] = _passes(evidence, query, candidates)
    return np.column_stack([table[name] for name in NAMES]) if candidates else np.zeros((0, len(NAMES)))


def unknown(size: int) -> Floats:
    """Return the row (len(NAMES),) of somebody of whom nothing is known, among `size` candidates."""
    return np.append(np.full(_VOTES, np.log(_FLOOR / max(size, 1))), np.zeros(len(NAMES) - _VOTES))


def log_share(votes: Floats, total: float, size: int) -> Floats:
    """Return log(share + 0.2 / size) of non-negative `votes`, shape (n,); all equal where the `total` is 0."""
    share = votes / total if total > 0 else np.zeros(len(votes))
    return np.asarray(np.log(share + _FLOOR / max(size, 1)))


def _near_words(history: DomainHistory, query: Query) -> dict[str, float]:
    slots, scores = history.words.nearest(query.counts, NEAREST)
    return _by_name(history, slots, scores)


def _near_meaning(history: DomainHistory, query: Query) -> dict[str, float]:
    background = history.vectors.background(query.vector)
    numbers, cosines = history.vectors.nearest(query.vector, NEAREST)
    lifts = (cosines.astype(np.float64) - background) / max(1.0 - background, 1e-6)
    return _by_name(history, numbers[lifts > 0], lifts[lifts > 0] ** 2)


def _by_name(history: DomainHistory, numbers: NDArray[Any], strengths: Floats) -> dict[str, float]:
    names = history.threads.name
    return dict(zip([names[number] for number in numbers.tolist()], strengths.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class _Scale:
    """The days a domain's answers span until a question, and the mean gap between two of them."""

    span: float
    gap: float


def _scale(history: DomainHistory, day: float) -> _Scale:
    days = history.events.days
    span = max(day - float(days[0]), 1e-6) if len(days) else 1.0
    return _Scale(span, span / max(len(days), 1))


def _vote(ages: Floats, gap: float) -> Floats:
    """What an answer of each age counts where it is a vote."""
    return 1.0 / (np.maximum(ages, 0.0) / gap + _OFFSET)


def _by_clock(ages: NDArray[np.int32]) -> Floats:
    """What an answer counts by how many answers are of its day or later, itself included."""
    return _clock_table(int(ages.max(initial=0)).bit_length())[ages]


@lru_cache(maxsize=32)
def _clock_table(bits: int) -> Floats:
    return np.asarray((np.arange(1 << bits) + _CLOCK_OFFSET - 1.0) ** -_POWER, dtype=np.float64)


def _near_votes(history: DomainHistory, query: Query, near: Mapping[str, float], gap: float) -> tuple[Floats, Floats]:
    """The strengths of the near threads, summed for each expert who answered them: as they are, and fading."""
    table = history.events
    rows, owner = table.rows_of(history.threads.of(near))
    strengths = np.array(list(near.values()), dtype=np.float64)[owner]
    experts = table.experts_in(rows)
    fading = strengths * _vote(query.day - table.days_in(rows), gap)
    return summed(experts, strengths, table.experts.size), summed(experts, fading, table.experts.size)


def _topic_votes(history: DomainHistory, query: Query, gap: float) -> tuple[Floats, Floats]:
    """The answers to threads that share tags with the question, each by how rare its tags are: as they are, and fading.

    Tags stand among the words with a # before them. A question without any has its topic alone.
    """
    table, number = history.events, history.threads.size
    tags = [token for token in sorted(query.counts) if token.startswith("#")]
    if tags:
        held = [history.words.holders(tag)[0] for tag in tags]
        shared = sum(np.bincount(slots, minlength=number) * _rarity(len(history), len(slots)) for slots in held)
        rows, owner = table.rows_of(threads := np.flatnonzero(shared))
        strengths, days = np.asarray(shared)[threads][owner], table.days_in(rows)
        order = np.lexsort((strengths, days))  # one order of addition, whatever the numbers of the threads
        rows, strengths, days = rows[order], strengths[order], days[order]
        experts = table.experts_in(rows)
    else:
        rows = history.on_topic(query.topic) if query.topic is not None else np.zeros(0, dtype=np.int64)
        strengths, experts, days = np.ones(len(rows)), table.timeline.experts[rows], table.timeline.days[rows]
    fading = strengths * (np.maximum(query.day - days, 0.0) / gap + _LONG_OFFSET) ** -_POWER
    return summed(experts, strengths, table.experts.size), summed(experts, fading, table.experts.size)


def _rarity(texts: int, holders: int) -> float:
    return math.log1p((texts - holders + 0.5) / (holders + 0.5))


def _habits(sums: Floats, answers: Floats) -> Floats:
    """Each expert's mean log length and log delay less the domain's, (2, n), shrunk towards it by five answers."""
    mean = sums.sum(axis=1, keepdims=True) / max(answers.sum(), 1.0)
    return np.asarray((sums - mean * answers) / (answers + _SHRINK), dtype=np.float64)


def _pick(totals: NDArray[Any], numbers: NDArray[np.int64]) -> Floats:
    """The total of each candidate, 0 for those without a number."""
    return np.append(totals, 0.0)[numbers]


def _helped(evidence: Evidence, among: Totals) -> Floats:
    """Log of the share of answers that helped, over the candidates' mean, shrunk towards it by three answers."""
    answers = evidence.votes["answers"]
    mean = among.helped / among.votes["answers"] if among.votes["answers"] > 0 else 0.0
    if mean <= 0:
        return np.zeros(len(answers))
    return np.asarray(np.log((evidence.helped + 3.0 * mean) / ((answers + 3.0) * mean)))


def _declared(evidence: Evidence, query: Query, candidates: Sequence[Candidate]) -> Floats:
    """1 for a declared topic once shown by an answer in it, half of that before, 0 for anybody else."""
    shown = evidence.votes.get("topic", np.zeros(len(candidates))) > 0
    return np.where(declared(candidates, query.topic), np.where(shown, 1.0, 0.5), 0.0)


def _passes(evidence: Evidence, query: Query, candidates: Sequence[Candidate]) -> Floats:
    """How near the question lies to threads handed back as not one's field, with a half-life of 180 days.

    As with votes, a thread counts when it is one of the nearest in meaning, by its closeness squared.
    """
    near = evidence.near["meaning"]
    total = np.zeros(len(candidates))
    for place, one in passes(candidates, near):
        if one.not_my_field:
            total[place] += near[one.thread] * math.exp2(-max(query.day - one.day, 0.0) / _PASS_HALF_LIFE)
    return total
