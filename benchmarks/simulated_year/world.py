"""Who lives through the year and what is asked: drawn once a seed, the same for everything that is compared.

Assumed: each person knows one or two topics well (skill about .8) and the others little (about .16), case by case with
a scatter of .15, and declares seven in ten of the well-known ones and one in ten of the others. Skill is the chance
that an answer helps. A quarter of the members answer nothing; the rest take 1, 3 or 5 questions a week. Fifteen in a
hundred change their work, and with it what they know, once in the year; a quarter leave within it; five or so join a
month. Subjects, topics and the cases within them are asked about by Zipf's law, on working days twice as often as on
others, most in the morning, at noon and in the evening.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DAYS: Final = 365
GOOD: Final = 0.6  # skill from which a question fits somebody
NOISE: Final = 0.3  # length of what is added to a real embedding of length 1
CIRCLE: Final = 4  # organisations
HOURS: Final = np.array([1] * 5 + [4, 7, 9, 8, 5, 4, 5, 7, 5, 4, 4, 4, 6, 7, 9, 9, 7, 4, 2], dtype=float)
WEEK: Final = (1.0, 1.0, 1.0, 1.0, 1.0, 0.6, 0.4)
CAPACITIES: Final = ((0, 0.25), (1, 0.2), (3, 0.4), (5, 0.15))


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Something that is asked about: its subjects and topic, unit vectors (m, d) and token counts of its texts."""

    subjects: frozenset[str]
    topic: str
    vectors: NDArray[np.float32]
    counts: tuple[Mapping[str, int], ...]


@dataclass(slots=True, eq=False)
class Person:
    """A member. `skills` holds (from that day, skill by case), the latest last; times are days."""

    number: int
    circle: str
    subjects: tuple[str, ...]
    declared: frozenset[str]
    capacity: int
    diligence: float  # chance to look at an offer at all
    delay: float  # median hours until then
    joined: float
    left: float
    away: tuple[tuple[float, float], ...]
    skills: list[tuple[float, Floats]] = field(default_factory=list)

    def skill(self, case: int, subject: str, day: float) -> float:
        """The chance that an answer of theirs helps; half of it next door."""
        known = next(row for since, row in reversed(self.skills) if since <= max(day, self.joined))
        return float(known[case]) * (1.0 if subject in self.subjects else 0.5)

    def is_member(self, day: float) -> bool:
        return self.joined <= day < self.left

    def is_away(self, day: float) -> bool:
        return any(start <= day < end for start, end in self.away)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is asked, when (in hours), by whom."""

    number: int
    hour: float
    asker: int
    subject: str
    case: int
    topic: str
    vector: NDArray[np.float32]
    counts: dict[str, int]
    urgent: bool
    wide: bool  # for all members: neighbouring subjects may be asked too

    @property
    def id(self) -> str:
        return f"q{self.number:05d}"


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Everything that is drawn before anybody is asked."""

    seed: int
    days: int
    subjects: tuple[str, ...]
    neighbours: Mapping[str, tuple[str, ...]]
    people: list[Person]
    questions: list[Question]


def make_world(
    cases: Sequence[Case], neighbours: Mapping[str, tuple[str, ...]], *, seed: int, days: int = DAYS,
    organisations: int = 40, a_day: float = 3.0,
) -> World:  # fmt: skip
    """Draw a world over these cases; the subjects are the keys of `neighbours`, the most asked first."""
    rng = np.random.default_rng([seed, 1])
    subjects = tuple(neighbours)
    people = _people(cases, subjects, rng, organisations, days)
    return World(seed, days, subjects, neighbours, people, _questions(cases, subjects, people, rng, days, a_day))


def zipf(number: int) -> Floats:
    """Shares by rank, (number,)."""
    weights = 1.0 / np.arange(1, number + 1)
    return np.asarray(weights / weights.sum())


def _people(
    cases: Sequence[Case], subjects: tuple[str, ...], rng: np.random.Generator, organisations: int, days: int
) -> list[Person]:
    topics = sorted({case.topic for case in cases})
    at_start, later = organisations * 4, round(organisations * 1.5 * days / DAYS)
    found = []
    for number in range(at_start + later):
        organisation = int(rng.integers(organisations))
        home = subjects[int(rng.choice(len(subjects), p=zipf(len(subjects))))]
        second = subjects[int(rng.integers(len(subjects)))]
        joined = 0.0 if number < at_start else float(rng.uniform(0, days))
        person = Person(
            number=number,
            circle=f"circle-{organisation // CIRCLE}",
            subjects=tuple(dict.fromkeys((home, second) if rng.random() < 0.4 else (home,))),
            declared=frozenset(),
            capacity=int(rng.choice([n for n, _ in CAPACITIES], p=[share for _, share in CAPACITIES])),
            diligence=float(rng.uniform(0.55, 0.95)),
            delay=float(rng.lognormal(np.log(5.0), 0.6)),
            joined=joined,
            left=joined + float(rng.exponential(DAYS / 0.29)),  # a quarter within the year
            away=tuple((start, start + rng.uniform(3, 14)) for start in rng.uniform(joined, joined + DAYS, 3)),
        )
        _teach(person, cases, topics, rng, days)
        found.append(person)
    return found


def _teach(person: Person, cases: Sequence[Case], topics: Sequence[str], rng: np.random.Generator, days: int) -> None:
    """What they know, once or, for whoever changes their work, twice; what they declare is of the beginning."""
    changes = [person.joined, *([float(rng.uniform(person.joined, days))] if rng.random() < 0.15 else [])]
    for turn, since in enumerate(changes):
        strong = {topics[int(n)] for n in rng.choice(len(topics), size=int(rng.integers(1, 3)), replace=False)}
        base = {topic: rng.beta(8, 2) if topic in strong else rng.beta(1.5, 8) for topic in topics}
        scatter = rng.normal(0, 0.15, len(cases))
        level = np.array([base[case.topic] for case in cases]) + scatter
        person.skills.append((since, np.clip(level, 0.0, 0.98)))
        if not turn:
            person.declared = frozenset(t for t in topics if rng.random() < (0.7 if t in strong else 0.1))


def _questions(
    cases: Sequence[Case], subjects: tuple[str, ...], people: Sequence[Person], rng: np.random.Generator, days: int,
    a_day: float,
) -> list[Question]:  # fmt: skip
    order = {
        subject: rng.permutation([n for n, c in enumerate(cases) if subject in c.subjects]) for subject in subjects
    }
    found: list[Question] = []
    for hour in _hours(rng, days, a_day):
        subject = subjects[int(rng.choice(len(subjects), p=zipf(len(subjects))))]
        case = int(rng.choice(order[subject], p=zipf(len(order[subject]))))
        askers = [
            p.number
            for p in people
            if p.is_member(hour / 24) and subject in p.subjects and p.skill(case, subject, hour / 24) < 0.5
        ]
        if askers:
            text = int(rng.integers(len(cases[case].counts)))
            found.append(
                Question(
                    number=len(found),
                    hour=float(hour),
                    asker=int(rng.choice(askers)),
                    subject=subject,
                    case=case,
                    topic=cases[case].topic,
                    vector=_near(cases[case].vectors[text], rng),
                    counts=_some(cases[case].counts[text], cases[int(rng.integers(len(cases)))].counts[0], rng),
                    urgent=bool(rng.random() < 0.03),
                    wide=bool(rng.random() < 0.3),
                )
            )
    return found


def _hours(rng: np.random.Generator, days: int, a_day: float) -> list[float]:
    """When something is asked: a number a day by the weekday, each at an hour people have."""
    times: list[float] = []
    for day in range(days):
        number = int(rng.poisson(a_day * WEEK[day % 7] / float(np.mean(WEEK))))
        times += [day * 24 + float(rng.choice(24, p=HOURS / HOURS.sum())) + float(rng.random()) for _ in range(number)]
    return sorted(times)


def _near(vector: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """A unit vector near a real one, (d,): another telling of the same thing."""
    moved = vector + NOISE * rng.normal(size=len(vector)) / np.sqrt(len(vector))
    return np.asarray(moved / np.linalg.norm(moved), dtype=np.float32)


def _some(counts: Mapping[str, int], strange: Mapping[str, int], rng: np.random.Generator) -> dict[str, int]:
    """Three fifths of a text's tokens, and a fifth of another's."""
    kept = Counter({token: n for token, n in counts.items() if rng.random() < 0.6})
    kept.update({token: 1 for token in strange if rng.random() < 0.2})
    return dict(kept)
