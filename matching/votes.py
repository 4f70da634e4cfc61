"""How many votes each candidate has for a question: from the threads nearest in words and meaning, from its topic, and
for being there at all.

Decay. A power law, (age + c) ** -d, instead of one half-life: it is a mixture of all half-lives (Anderson and Schooler
1991, "Reflections of the environment in memory"), and its c is a number of the domain's own mean gaps between answers,
so a chat of nine years and a forum of seven weeks need no setting. Beside it stand one kernel in answers instead of
days, one half-life of an eighth of the domain's span (in a young domain more), and no decay at all, for domains whose
roles are stable: the weights over them are what fits the half-life to a domain.

Sharpness. Beside the sum over all near threads stands one in which nearness in words counts cubed, so that the few that
nearly are the question outvote the many that are on the matter: who has a field of their own shows in those.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.candidates import numbers_of
from matching.decay import half_life, power_law
from matching.history import DomainHistory
from matching.near import Near, near_meaning, near_words
from matching.numbers import summed
from matching.profiles import Candidate, Query

Floats = NDArray[np.float64]
Threads = NDArray[np.int64]

VOTES = (
    "answers",
    "active",
    "recent",
    "steady",
    "words",
    "words_recent",
    "meaning",
    "meaning_recent",
    "words_nearest",
    "topic",
    "topic_recent",
)
_OFFSET = 10.0  # mean gaps
_LONG_OFFSET = 40.0  # mean gaps
_CLOCK_OFFSET = 20.0  # answers
_POWER = 1.5
_NEAREST_POWER = 3.0  # of how near a thread is in words, where the few nearest decide
_SHRINK = 5.0  # answers of a usual kind that everybody is given beside their own


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The votes of each of n candidates, before any weighing, and the threads behind them."""

    table: Floats  # (len(VOTES), n)
    helped: Floats  # (n,)
    habits: Floats  # (2, n): mean log length and mean log delay, over the domain's own
    near: Mapping[str, Near]  # by "words" or "meaning"

    def votes(self, name: str) -> Floats:
        """Each candidate's votes of one kind, (n,)."""
        found: Floats = self.table[VOTES.index(name)]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """What the votes of all candidates of a question add up to, (len(VOTES),), and how often they helped."""

    size: int
    votes: Floats
    helped: float

    def but(self, one: Evidence, other: Evidence) -> "Totals":
        """The totals if the candidates of `one` had the evidence of `other`."""
        after = other.table.sum(axis=1)
        votes = np.maximum(self.votes + (after - one.table.sum(axis=1)), after)
        return Totals(self.size, votes, max(self.helped + float(other.helped.sum() - one.helped.sum()), 0.0))


@dataclass(frozen=True, slots=True)
class Basis:
    """What a ranking in one subject rests on: the nearest threads, and what the votes of all candidates add up to."""

    near: Mapping[str, Near]
    among: Totals


def totals(evidence: Evidence) -> Totals:
    """Return what the votes of everybody in `evidence` add up to."""
    return Totals(len(evidence.helped), evidence.table.sum(axis=1), float(evidence.helped.sum()))


def gather(history: DomainHistory, query: Query, candidates: Sequence[Candidate]) -> Evidence:
    """Collect each candidate's votes from the threads nearest to `query` in words, meaning and topic."""
    near = {"words": near_words(history, query), "meaning": near_meaning(history, query)}
    table, scale = history.events, scale_of(history, query.day)
    size, votes = table.experts.size, len(VOTES)
    sums = np.zeros((votes + 3, size + 1))  # of all experts by number, and last of those without one
    sums[0, :size] = table.answers
    sums[1, :size] = table.fading(scale.active, query.day)
    sums[2, :size] = summed(table.timeline.experts, table.timeline.by_age(countdown(len(table.days))), size)
    sums[3, :size] = table.fading(scale.steady, query.day)
    sums[4:9, :size] = _near_votes(history, query, list(near.values()), scale)
    sums[9:11, :size] = _topic_votes(history, query, scale)
    sums[votes, :size], sums[votes + 1 :, :size] = table.helped, table.habits
    mine = sums.take(numbers_of(candidates, table.experts), axis=1)
    mean = usual(table.habits.sum(axis=1), float(table.answers.sum()))
    return Evidence(mine[:votes], mine[votes], shrunk(mine[votes + 1 :], mine[0], mean), near)


@dataclass(frozen=True, slots=True)
class Scale:
    """The days a domain's answers span until a question, the mean gap between two of them, and what decays by it."""

    span: float
    gap: float

    @property
    def active(self) -> Floats:
        """The kernel of `decay` by which an answer counts as activity."""
        return power_law(_POWER, _LONG_OFFSET * self.gap)

    @property
    def steady(self) -> Floats:
        """The same with one half-life."""
        return half_life(max(self.span / 8.0, _LONG_OFFSET * self.gap))

    def vote(self, ages: Floats) -> Floats:
        """What an answer of each age (days, at least 0) counts where it is a vote."""
        return np.asarray(1.0 / (ages / self.gap + _OFFSET), dtype=np.float64)

    def fading(self, ages: Floats) -> Floats:
        """The same where it is one on the topic: a power law again."""
        whole = ages / self.gap + _LONG_OFFSET
        return np.asarray(1.0 / (whole * np.sqrt(whole)), dtype=np.float64)


def scale_of(history: DomainHistory, day: float) -> Scale:
    """The scale of a domain's answers at `day`."""
    days = history.events.days
    span = max(day - float(days[0]), 1e-6) if len(days) else 1.0
    return Scale(span, span / max(len(days), 1))


def countdown(answers: int) -> Floats:
    """What an answer counts by how many answers are of its day or later, itself included: for as many as `answers` or
    more of them, and last for none."""
    return _clock_table(answers.bit_length())


@lru_cache(maxsize=32)
def _clock_table(bits: int) -> Floats:
    return np.asarray((np.arange(1 << bits)[::-1] + _CLOCK_OFFSET - 1.0) ** -_POWER, dtype=np.float64)


def tags_of(query: Query) -> list[str]:
    """The tags of a question, which stand among its words with a # before them."""
    return [token for token in sorted(query.counts) if token.startswith("#")]


def shared_tags(history: DomainHistory, tags: Sequence[str]) -> Floats:
    """How much each thread, by number, shares of these tags, each by how rare it is, (threads.size,)."""
    held = [history.words.holders(tag)[0] for tag in tags]
    counted = (np.bincount(slots, minlength=history.threads.size) * _rarity(len(history), len(slots)) for slots in held)
    return np.asarray(sum(counted), dtype=np.float64)


def usual(sums: Floats, answers: float) -> Floats:
    """The mean of each habit (2,) over `answers`, from their `sums` (2,)."""
    return sums / max(answers, 1.0)


def shrunk(sums: Floats, answers: Floats, mean: Floats) -> Floats:
    """Each one's mean habits less the domain's `mean` (2,), (2, n), shrunk towards it by five answers."""
    return np.asarray((sums - mean[:, None] * answers) / (answers + _SHRINK), dtype=np.float64)


def sharpened(strengths: Floats) -> Floats:
    """What nearness in words counts where the nearest threads decide, (n,)."""
    return np.asarray(strengths**_NEAREST_POWER, dtype=np.float64)


def _near_votes(history: DomainHistory, query: Query, kinds: Sequence[Near], scale: Scale) -> Floats:
    """For each kind the strengths of the near threads, summed for each expert who answered them: as they are, and
    fading; and last the first kind's once more, sharpened and fading, (2 * kinds + 1, experts)."""
    table, size = history.events, history.events.experts.size
    rows, owner = table.rows_of(np.concatenate([near.threads for near in kinds]))
    strengths, experts = np.concatenate([near.strengths for near in kinds])[owner], table.experts_in(rows)
    fades = scale.vote(np.maximum(query.day - table.days_in(rows), 0.0))
    kind = np.repeat(np.arange(len(kinds)), [len(near.threads) for near in kinds])[owner]
    place, first = 2 * size * kind + experts, np.count_nonzero(kind == 0)
    places = np.concatenate([place, place + size, 2 * len(kinds) * size + experts[:first]])
    amounts = np.concatenate([strengths, strengths * fades, sharpened(strengths[:first]) * fades[:first]])
    return summed(places, amounts, (2 * len(kinds) + 1) * size).reshape(2 * len(kinds) + 1, size)


def _topic_votes(history: DomainHistory, query: Query, scale: Scale) -> tuple[Floats, Floats]:
    """The answers to threads that share tags with the question, each by how rare its tags are: as they are, and fading.

    A question without any has its topic alone.
    """
    table, tags = history.events, tags_of(query)
    if tags:
        shared = shared_tags(history, tags)
        rows, owner = table.rows_of(threads := np.flatnonzero(shared))
        strengths, days = shared[threads][owner], table.days_in(rows)
        order = np.lexsort((strengths, days))  # one order of addition, whatever the numbers of the threads
        rows, strengths, days = rows[order], strengths[order], days[order]
        experts = table.experts_in(rows)
        fading = strengths * scale.fading(np.maximum(query.day - days, 0.0))
        return summed(experts, strengths, table.experts.size), summed(experts, fading, table.experts.size)
    on = history.on_topic(query.topic) if query.topic is not None else np.zeros(0, dtype=np.int32)
    given = table.timeline.experts.take(on)
    fading = scale.fading(np.maximum(query.day - table.timeline.days.take(on), 0.0))
    return summed(given, None, table.experts.size), summed(given, fading, table.experts.size)


def _rarity(texts: int, holders: int) -> float:
    return math.log1p((texts - holders + 0.5) / (holders + 0.5))
