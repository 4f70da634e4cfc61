"""Who is asked, chosen as sets: the wave of one question, and the waves of many questions that wait together.

**What is maximised.** The chance of a candidate is the softmax of the scores over the question's candidates: the
model's probability that this is the one whose answer will be accepted. The value of asking somebody is that chance
times their turn, 1 - 2^(-days since they were last asked / 7) / 2: product.md's fit × shown quality × least recently
asked, where the score is the logarithm of the first two. Of a person asked about several questions of one batch the
first counts whole and each further one half, as for somebody asked today. Who was asked in the last days is put back by
this and not kept out: in a domain of five experts that would leave questions with nobody. Asked for is, in this order: every question
its first place, then its second, and so on; then the largest sum of values. A sum of chances is the expected number of
questions whose answerer is among those asked.

**Under which rules.** A question takes at most its places, at most one of a circle; nobody gets more than their room:
what is left of the week's capacity and of the open offers.

**How.** For one question, and where the questions' own best sets share nobody, taking the best of each circle is exact;
otherwise it is a flow of least cost (`flow`).

**Exploring.** From three places on, one is kept for somebody fitting but little tested. The others are filled first, so
that exploring takes the place of nobody's best; then the kept places go to the best draws from each one's posterior of
helping, Beta(1 + helped, 1 + tried - helped + handed back as not their field), times their turn (Thompson sampling:
Russo et al. 2018, "A Tutorial on Thompson Sampling"). Without turn and handed back, whoever never answers would be
tried for ever in the newcomers' place.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from matching.candidates import find
from matching.flow import Demand, share
from matching.pool import Shortlist
from matching.profiles import Candidate, Limits
from matching.results import Chosen, Ranked, Ranking

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TESTED = 3  # answers from which somebody counts as tested
EXPLORES = 3  # places from which one is kept for exploring
TURN_DAYS = 7.0  # after which somebody just asked is half-way back to their full turn
FURTHER = 0.5  # what a person's further question of one batch counts, as for somebody asked today
_LOT = 1e-6  # the share by which a lot may move a value: enough to tell equals apart, and no more


@dataclass(frozen=True, slots=True)
class Waiting:
    """One question of a batch: its ranking, those who may be asked (`eligible`), and how many at most."""

    ranked: Sequence[Ranked]
    candidates: Sequence[Candidate]
    places: int = 3


def assign(
    waiting: Sequence[Waiting], *, rng: random.Random, day: float | None = None, limits: Limits | None = None
) -> list[list[Chosen]]:
    """Return a wave for each question, chosen together, in the order given; the module's docstring says by what.

    `day` is today on the scale of `last_offer_day`; None is the day of the latest offer known. The same state of `rng`
    gives the same waves, whatever order rankings and candidates come in.
    """
    draw = np.random.default_rng(rng.getrandbits(128))
    batch = _Batch(waiting, _today(waiting) if day is None else day, limits or Limits(), draw)
    kept = [table.places >= EXPLORES and bool(table.untested.any()) for table in batch.tables]
    batch.fill([table.places - keeps for table, keeps in zip(batch.tables, kept, strict=True)])
    if any(kept):
        batch.fill([int(keeps) for keeps in kept], exploring=True)
    wanting = [table.places - len(table.wave) for table in batch.tables]
    if max(wanting, default=0) > 0:
        batch.fill(wanting)
    return [table.chosen() for table in batch.tables]


def turn(days: Floats) -> Floats:
    """Return how much of a turn each has, 0.5 to 1, by the days since they were last asked (NaN: never)."""
    return np.where(np.isnan(days), 1.0, 1.0 - 0.5 * np.exp2(-np.maximum(days, 0.0) / TURN_DAYS))


@dataclass(slots=True)
class _Table:
    """The candidates of one question as columns, shape (n,), in the order of their names; `wave` grows by places."""

    ranked: list[Ranked]
    people: Ints  # numbers that mean the same in every table of the batch
    circles: Ints
    chances: Floats
    turns: Floats
    untested: NDArray[np.bool_]
    draws: Floats
    lots: Floats
    places: int
    wave: list[int] = field(default_factory=list)
    explored: set[int] = field(default_factory=set)

    def chosen(self) -> list[Chosen]:
        """The wave as it is handed out, best first."""
        return [Chosen(self.ranked[n].expert, exploring=n in self.explored) for n in self.wave]


class _Batch:
    """The questions of a batch, with the room that is left to everybody."""

    def __init__(self, waiting: Sequence[Waiting], day: float, limits: Limits, draw: np.random.Generator) -> None:
        self._number: dict[str, int] = {}
        self._room: Ints = np.zeros(0, dtype=np.int64)  # by a person's number, as is who got a question
        self.tables = [self._table(one, day, limits, draw) for one in waiting]
        self._taken = np.zeros(len(self._room), dtype=bool)

    def _table(self, one: Waiting, day: float, limits: Limits, draw: np.random.Generator) -> _Table:
        known = find(one.candidates, [r.expert for r in one.ranked])
        ranked = sorted([r for r in one.ranked if r.expert in known], key=attrgetter("expert"))
        rest = one.ranked.rest if isinstance(one.ranked, Ranking) else 0.0
        pool = [known[r.expert] for r in ranked]
        number = {circle: n for n, circle in enumerate(sorted({c.circle for c in pool}))}
        tried = np.array([r.tried for r in ranked], dtype=np.float64)
        helped = np.array([min(r.helped, r.tried) for r in ranked], dtype=np.float64)
        last = np.array([np.nan if c.last_offer_day is None else c.last_offer_day for c in pool], dtype=np.float64)
        return _Table(
            ranked=ranked,
            people=self._admit(pool, limits),
            circles=np.array([number[c.circle] for c in pool], dtype=np.int64),
            chances=_softmax(np.array([r.score for r in ranked], dtype=np.float64), rest),
            turns=turn(day - last),
            untested=np.array([r.fits and r.tried < TESTED for r in ranked], dtype=bool),
            draws=draw.beta(1 + helped, 1 + tried - helped + _handed_back(pool)),
            lots=draw.random(len(ranked)),
            places=one.places,
        )

    def _admit(self, pool: Sequence[Candidate], limits: Limits) -> Ints:
        """The number of each, (n,); of different things said of somebody's room the least holds."""
        room = [max(min(c.capacity - c.offers_this_week, limits.open_offers - c.open_offers), 0) for c in pool]
        people = np.array([self._number.setdefault(c.expert, len(self._number)) for c in pool], dtype=np.int64)
        new = np.full(len(self._number) - len(self._room), limits.open_offers)
        self._room = np.concatenate([self._room, new])
        self._room[people] = np.minimum(self._room[people], np.array(room, dtype=np.int64))
        return people

    def fill(self, places: Sequence[int], *, exploring: bool = False) -> None:
        """Add at most so many people to each wave: of the untested by their draws, or of everybody by value."""
        open_to = [self._open_rows(*one, exploring) for one in zip(self.tables, places, strict=True)]
        demands = [
            self._demand(table, rows, wanted, exploring)
            for table, rows, wanted in zip(self.tables, open_to, places, strict=True)
        ]
        found = share(demands, self._room, self._taken)
        for table, rows, chosen in zip(self.tables, open_to, found, strict=True):
            self._take(table, rows[chosen], exploring)

    def _open_rows(self, table: _Table, places: int, exploring: bool) -> Ints:
        if places <= 0 or not len(table.people):
            return np.zeros(0, dtype=np.int64)
        fine = self._room[table.people] > 0
        for circle in table.circles[table.wave].tolist():
            fine &= table.circles != circle
        return np.flatnonzero(fine & table.untested if exploring else fine)

    def _demand(self, table: _Table, rows: Ints, places: int, exploring: bool) -> Demand:
        worth = (table.draws if exploring else table.chances)[rows]
        whole = worth * table.turns[rows]
        lots, further = 1.0 + _LOT * table.lots[rows], FURTHER * worth
        people = table.people[rows]
        first = np.where(self._taken[people], further, whole)
        return Demand(people, table.circles[rows], first * lots, further * lots, places, filled=len(table.wave))

    def _take(self, table: _Table, rows: Ints, exploring: bool) -> None:
        chosen, people = rows.tolist(), table.people[rows]
        table.wave.extend(chosen)
        table.explored.update(chosen if exploring else ())
        self._room[people] -= 1
        self._taken[people] = True


def _handed_back(pool: Sequence[Candidate]) -> Floats:
    """How often each said that an offer was not their field, (n,)."""
    return np.array([sum([one.not_my_field for one in c.passes]) if c.passes else 0 for c in pool], dtype=np.float64)


def _softmax(scores: Floats, rest: float) -> Floats:
    if not len(scores):
        return scores
    odds = np.exp(scores - scores.max())
    return np.asarray(odds / (odds.sum() + rest))


def _today(waiting: Sequence[Waiting]) -> float:
    return max((_latest_offer(one.candidates) for one in waiting), default=0.0)


def _latest_offer(candidates: Sequence[Candidate]) -> float:
    if isinstance(candidates, Shortlist):
        return candidates.latest_offer
    return max((c.last_offer_day for c in candidates if c.last_offer_day is not None), default=0.0)
