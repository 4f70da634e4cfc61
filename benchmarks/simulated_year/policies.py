"""Who is asked next: by the real matching code, by lot, by turns, or everybody who follows the tag."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.queues.rules import NEIGHBOURS_FROM
from benchmarks.simulated_year.world import Question
from matching.assignment import Waiting, assign
from matching.history import DomainHistory
from matching.profiles import Answer, Candidate, Limits, Query
from matching.routing import eligible, rank_wide

LIMITS = Limits()
Pool = dict[str, list[Candidate]]  # by subject, the question's own first


@dataclass(slots=True)
class Errand:
    """A question whose next wave is due: who might be asked, by subject, and how many at most."""

    question: Question
    wave: int
    places: int
    asked: set[str]
    closed_to: str  # the asker's circle
    pool: Pool


class Policy(Protocol):
    """What is compared. `waves` False: everybody is mailed at once and nothing is ever said to be at an end."""

    name: str
    waves: bool

    def choose(self, errands: Sequence[Errand], day: float) -> list[list[str]]:
        """The handles to be asked, for each errand."""
        ...

    def published(self, question: Question) -> None: ...

    def answered(self, question: Question, answers: Sequence[Answer]) -> None:
        """All answers of a thread, as they stand now."""
        ...


class _Forgetful:
    """Learns nothing from what happens."""

    name = ""
    waves = True

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def published(self, question: Question) -> None:
        """Nothing to remember."""

    def answered(self, question: Question, answers: Sequence[Answer]) -> None:
        """Nothing to remember."""


class ByLot(_Forgetful):
    """Anybody of the domain who may be asked, at most one of a circle."""

    name = "random in domain"

    def choose(self, errands: Sequence[Errand], day: float) -> list[list[str]]:
        taken: Counter[str] = Counter()
        return [self._wave(self.order(one_of(errand)), errand.places, taken) for errand in errands]

    def order(self, candidates: list[Candidate]) -> list[Candidate]:
        return self.rng.sample(candidates, len(candidates))

    def _wave(self, candidates: list[Candidate], places: int, taken: Counter[str]) -> list[str]:
        wave: dict[str, str] = {}
        for one in candidates:
            room = min(one.capacity - one.offers_this_week, LIMITS.open_offers - one.open_offers)
            if len(wave) < places and taken[one.expert] < room:
                wave.setdefault(one.circle, one.expert)
        taken.update(wave.values())
        return list(wave.values())


class ByTurns(ByLot):
    """Whoever was asked longest ago."""

    name = "round robin"

    def order(self, candidates: list[Candidate]) -> list[Candidate]:
        mixed = super().order(candidates)
        return sorted(mixed, key=lambda c: float("-inf") if c.last_offer_day is None else c.last_offer_day)


class ByTag(_Forgetful):
    """Everybody of the domain who follows the topic gets a mail, as question-and-answer software does."""

    name = "tag-follow"
    waves = False

    def choose(self, errands: Sequence[Errand], day: float) -> list[list[str]]:
        return [
            [
                c.expert
                for c in errand.pool[errand.question.subject]
                if errand.question.topic in c.declared and c.circle != errand.closed_to
            ]
            for errand in errands
        ]


class Ours:
    """The product's own: gate, rank by what was shown, choose the waves of a window together."""

    name = "ours"
    waves = True

    def __init__(self, seed: int, dimension: int) -> None:
        self.rng = random.Random(seed)
        self._dimension = dimension
        self._histories: dict[str, DomainHistory] = {}

    def choose(self, errands: Sequence[Errand], day: float) -> list[list[str]]:
        waiting = []
        for errand in errands:
            pool = may_be_asked(errand)
            candidates = [c for near in pool.values() for c in near]
            question = errand.question
            query = Query(question.vector, question.counts, day, topic=question.topic, subject=question.subject)
            waiting.append(Waiting(rank_wide(self.history, query, pool), candidates, errand.places))
        return [[one.expert for one in wave] for wave in assign(waiting, rng=self.rng, day=day, limits=LIMITS)]

    def published(self, question: Question) -> None:
        self.history(question.subject).put_thread(
            question.id, question.vector, question.counts, question.hour / 24, topic=question.topic
        )

    def answered(self, question: Question, answers: Sequence[Answer]) -> None:
        self.history(question.subject).put_answers(question.id, answers)

    def history(self, subject: str) -> DomainHistory:
        return self._histories.setdefault(subject, DomainHistory(self._dimension))


def may_be_asked(errand: Errand) -> Pool:
    """Those who pass the gate, by subject; the neighbours only from their wave on, and where the author chose so."""
    near = errand.question.wide and errand.wave >= NEIGHBOURS_FROM
    return {
        subject: eligible(
            candidates, excluded_circles={errand.closed_to}, already_asked=errand.asked, limits=LIMITS,
            thread=errand.question.id,
        )
        for subject, candidates in errand.pool.items()
        if near or subject == errand.question.subject
    }  # fmt: skip


def one_of(errand: Errand) -> list[Candidate]:
    """The same, in one list."""
    return [c for candidates in may_be_asked(errand).values() for c in candidates]
