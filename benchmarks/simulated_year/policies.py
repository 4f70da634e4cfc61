"""Who is asked next: by the real matching code, by lot, by turns, or everybody who follows the tag."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.queues.learning import LEAST
from app.queues.rules import NEIGHBOURS_FROM
from benchmarks.simulated_year.world import Question
from matching.assignment import Waiting, assign
from matching.history import DomainHistory
from matching.learning import PastThread, learn
from matching.profiles import Answer, Candidate, Limits, Query
from matching.routing import eligible, rank_wide

LIMITS = Limits()
LESSON_DAYS = 28.0
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
    """The product's own: gate, rank by what was shown and learnt, choose the waves of a window together.

    Every four weeks a subject learns from its own past; the service does so in the night after something changed.
    """

    name = "ours"
    waves = True

    def __init__(self, seed: int, dimension: int) -> None:
        self.rng = random.Random(seed)
        self._dimension = dimension
        self._histories: dict[str, DomainHistory] = {}
        self._past: dict[str, dict[str, PastThread]] = {}
        self._weights: dict[str, NDArray[np.float64]] = {}
        self._lesson: dict[str, float] = {}  # the day of each subject's next
        self._asked: dict[str, set[str]] = {}  # by question

    def choose(self, errands: Sequence[Errand], day: float) -> list[list[str]]:
        waiting = []
        for errand in errands:
            self._learn(errand, day)
            pool = may_be_asked(errand)
            candidates = [c for near in pool.values() for c in near]
            question = errand.question
            query = Query(question.vector, question.counts, day, topic=question.topic, subject=question.subject)
            ranked = rank_wide(self.history, query, pool, self._weights.get)
            waiting.append(Waiting(ranked, candidates, errand.places))
        waves = [[one.expert for one in wave] for wave in assign(waiting, rng=self.rng, day=day, limits=LIMITS)]
        for errand, wave in zip(errands, waves, strict=True):
            self._asked.setdefault(errand.question.id, set()).update(wave)
        return waves

    def published(self, question: Question) -> None:
        self.history(question.subject).put_thread(
            question.id, question.vector, question.counts, question.hour / 24, topic=question.topic
        )

    def answered(self, question: Question, answers: Sequence[Answer]) -> None:
        self.history(question.subject).put_answers(question.id, answers)
        past = self._past.get(question.subject, {})
        if question.id in past:
            asked = frozenset(self._asked.get(question.id, ()))
            past[question.id] = replace(past[question.id], answers=tuple(answers), asked=asked)

    def _learn(self, errand: Errand, day: float) -> None:
        """Keep the question for lessons, and learn if it is time; who asked is known by their circle alone."""
        question = errand.question
        subject, pool = question.subject, errand.pool[question.subject]
        past = self._past.setdefault(subject, {})
        if question.id not in past:
            closed = frozenset(c.expert for c in pool if c.circle == errand.closed_to)
            query = Query(question.vector, question.counts, question.hour / 24, topic=question.topic, subject=subject)
            past[question.id] = PastThread(question.id, query, closed=closed)
        if day >= self._lesson.setdefault(subject, day + LESSON_DAYS):
            self._lesson[subject] = day + LESSON_DAYS
            learned = learn(past.values(), {c.expert: c.passes for c in pool}, day=day)
            if learned.outcomes >= LEAST:
                self._weights[subject] = learned.weights

    def history(self, subject: str) -> DomainHistory:
        return self._histories.setdefault(subject, DomainHistory(self._dimension))


def may_be_asked(errand: Errand) -> dict[str, Sequence[Candidate]]:
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
