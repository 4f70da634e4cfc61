"""The year itself: questions come, waves go out, people sleep, look, pass, answer or forget.

Assumed of somebody who is asked: they look at all with their own diligence (.55 to .95), less the more they were mailed
beyond what they offered to take (times the root of capacity over the mails of the week); after their own delay (median
five hours) and between six and ten; twelve in a hundred have no time and say so, three have another reason. Who knows
little (skill under .35) says so six times in seven, the rest do nothing. Others answer with a chance of .35 + .6 skill,
a quarter of that where an answer is there already, and write for about three hours. An answer helps with the chance
that is their skill; seven helpful ones in ten are marked within three days. Where the domain's list shows an open
question, two in a hundred of those who know it come by each such question and answer. All of this is drawn for each
question and person alone, so that every policy meets the same people in the same mood.
"""

import heapq
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np

from app.queues.rules import Measures, Now, Profile, as_candidate
from benchmarks.simulated_year.policies import Errand, Policy, Pool
from benchmarks.simulated_year.world import GOOD, Person, Question, World
from matching.profiles import Answer, Candidate

DOMAIN_HOURS, END_HOURS = 48.0, 168.0
CLAIM_HOURS = 24.0
KNOWS_LITTLE = 0.35
COMES_BY = 0.02  # chance of a day on which a resting expert looks in
WAVE_HOURS = (0.0, 8.0, 24.0)
WINDOW = Now(0, 0, 1 / 24)
MEASURES = Measures()


@dataclass(slots=True, eq=False)
class Offer:
    """One mail."""

    question: int
    handle: str
    person: int
    hour: float
    fitting: bool
    capacity: int
    passed: str = ""
    passed_at: float | None = None


@dataclass(slots=True, eq=False)
class Thread:
    """What became of a question. Hours since it was asked; None: not (yet)."""

    question: Question
    waves: int = 0
    asked: set[str] = field(default_factory=set)
    open_offers: set[str] = field(default_factory=set)
    claimed_until: float = -1.0
    answers: list[Answer] = field(default_factory=list)
    first: float | None = None
    helped: float | None = None
    ended: float | None = None

    @property
    def is_open(self) -> bool:
        return self.first is None and self.ended is None


class Year:
    """One policy's year in one world."""

    def __init__(self, world: World, policy: Policy) -> None:
        self.world, self.policy = world, policy
        self.threads = [Thread(one) for one in world.questions]
        self.offers: list[Offer] = []
        self.answers: list[tuple[str, float]] = []  # handle, hour
        self.profiles = {
            f"{p.number}/{s}": Profile(s, p.circle, tuple(sorted(p.declared)), p.capacity)
            for p in world.people
            for s in p.subjects
            if p.capacity
        }
        self.holding = dict.fromkeys(self.profiles, 0)  # open offers
        self.mails: dict[str, list[float]] = {handle: [] for handle in self.profiles}
        self._events: list[tuple[float, int, int, str, tuple[object, ...]]] = []
        self._order = count()

    def run(self) -> "Year":
        """Live through it, to the day after which nothing is asked any more and a week more."""
        for thread in self.threads:
            self.at(np.ceil(thread.question.hour), "publish", thread)
        while self._events:
            hour, _, _, kind, what = heapq.heappop(self._events)
            if kind == "wave":
                self._waves(hour, [what, *self._also_due(hour)])
            else:
                getattr(self, f"_{kind}")(hour, *what)
        return self

    def at(self, hour: float, kind: str, *what: object) -> None:
        """Put something on the calendar; waves of an hour come after all else in it, together."""
        heapq.heappush(self._events, (float(hour), kind == "wave", next(self._order), kind, what))

    def _also_due(self, hour: float) -> list[tuple[object, ...]]:
        found = []
        while self._events and self._events[0][0] == hour and self._events[0][3] == "wave":
            found.append(heapq.heappop(self._events)[4])
        return found

    # ---------------------------------------------------------------- what the network does

    def _publish(self, hour: float, thread: Thread) -> None:
        self.policy.published(thread.question)
        self.at(hour, "wave", thread, 0)
        self.at(hour + (DOMAIN_HOURS if self.policy.waves else 0.0), "list", thread)
        if self.policy.waves:
            self.at(hour + END_HOURS, "end", thread)

    def _waves(self, hour: float, due: list[tuple[object, ...]]) -> None:
        batch: list[tuple[Thread, int]] = []
        for thread, wave in due:
            assert isinstance(thread, Thread)  # noqa: S101  for the type checker
            assert isinstance(wave, int)  # noqa: S101
            if not thread.is_open or wave < thread.waves or any(one is thread for one, _ in batch):
                continue
            if thread.claimed_until <= hour:
                batch.append((thread, wave))
            else:
                self.at(np.ceil(thread.claimed_until) + 1, "wave", thread, wave)
        for subject in sorted({thread.question.subject for thread, _ in batch}):
            mine = [one for one in batch if one[0].question.subject == subject]
            near = {one: self.candidates(one, hour) for one in (subject, *self.world.neighbours[subject])}
            errands = [self._errand(thread, wave, near) for thread, wave in mine]
            for (thread, wave), chosen in zip(mine, self.policy.choose(errands, hour / 24), strict=True):
                self._ask(hour, thread, wave, chosen)

    def _errand(self, thread: Thread, wave: int, pool: Pool) -> Errand:
        asker = self.world.people[thread.question.asker]
        return Errand(thread.question, wave, MEASURES.place(wave), set(thread.asked), asker.circle, pool)

    def candidates(self, subject: str, hour: float) -> list[Candidate]:
        """The experts of a subject as the router knows them in this hour."""
        found, now = [], replace(WINDOW, window=int(hour), today=int(hour / 24))
        for handle, profile in self.profiles.items():
            person = self.person(handle)
            if profile.subject == subject and person.is_member(hour / 24):
                known = as_candidate(handle, profile, open_offers=self.holding[handle], now=now)
                found.append(replace(known, away=known.away or person.is_away(hour / 24)))
        return found

    def _ask(self, hour: float, thread: Thread, wave: int, handles: list[str]) -> None:
        thread.waves = wave + 1
        for handle in handles:
            self._offer(hour, thread, handle)
        if self.policy.waves and thread.waves < len(MEASURES.places):
            pace = 4 if thread.question.urgent else 1
            self.at(hour + (WAVE_HOURS[wave + 1] - WAVE_HOURS[wave]) / pace, "wave", thread, thread.waves)

    def _offer(self, hour: float, thread: Thread, handle: str) -> None:
        person, question = self.person(handle), thread.question
        skill = person.skill(question.case, question.subject, hour / 24)
        offer = Offer(question.number, handle, person.number, hour, skill >= GOOD, person.capacity)
        self.offers.append(offer)
        self.mails[handle].append(hour)
        thread.asked.add(handle)
        thread.open_offers.add(handle)
        self.holding[handle] += 1
        self.profiles[handle] = self.profiles[handle].offered(int(hour), keep=WINDOW.week * 26)
        if self.profiles[handle].unseen >= MEASURES.rest_after:
            rng = self._draw(question, person, 3)
            self.at(hour + 24 * float(rng.geometric(COMES_BY)), "come_by", handle)
        self._will_look(hour, thread, offer)

    def _come_by(self, hour: float, handle: str) -> None:
        self.profiles[handle] = replace(self.profiles[handle], unseen=0)

    def _list(self, hour: float, thread: Thread) -> None:
        """The question stands in every member's list."""
        if not thread.is_open:
            return
        asker = self.world.people[thread.question.asker]
        for person in self.world.people:
            if not person.is_member(hour / 24) or person.circle == asker.circle:
                continue
            skill = person.skill(thread.question.case, thread.question.subject, hour / 24)
            rng = self._draw(thread.question, person, 2)
            if thread.question.subject in person.subjects and skill >= 0.5 and rng.random() < 0.02:
                self.at(awake(hour + rng.uniform(0, 120), rng), "answer", thread, f"{person.number}/list", skill, False)

    def _end(self, hour: float, thread: Thread) -> None:
        """Say honestly that nobody here knows this yet."""
        if thread.first is None:
            thread.ended = hour - thread.question.hour
        self._settle(thread)

    def _settle(self, thread: Thread) -> None:
        for handle in thread.open_offers:
            self.holding[handle] -= 1
        thread.open_offers.clear()

    # ---------------------------------------------------------------- what people do

    def _will_look(self, hour: float, thread: Thread, offer: Offer) -> None:
        person, rng = self.person(offer.handle), self._draw(thread.question, self.person(offer.handle), 1)
        week = sum(one > hour - 168 for one in self.mails[offer.handle])
        willing = person.diligence * min(1.0, person.capacity / week) ** 0.5
        looks, delay = rng.random() < willing, person.delay * rng.lognormal(0, 0.8)
        if looks and not person.is_away(hour / 24):
            self.at(awake(hour + delay, rng), "look", thread, offer, rng)

    def _look(self, hour: float, thread: Thread, offer: Offer, rng: np.random.Generator) -> None:
        question, person = thread.question, self.person(offer.handle)
        mood, writing, helps = rng.random(), rng.lognormal(np.log(3.0), 0.7), rng.random()
        skill = person.skill(question.case, question.subject, hour / 24)
        if thread.ended is not None or not person.is_member(hour / 24):
            return
        if mood < 0.15:
            self._pass(hour, thread, offer, "no_time" if mood < 0.12 else "conflict")
        elif skill < KNOWS_LITTLE:
            if rng.random() < 6 / 7:
                self._pass(hour, thread, offer, "not_my_field")
        elif rng.random() < (0.35 + 0.6 * skill) * (1.0 if thread.is_open else 0.25):
            if thread.is_open:
                thread.claimed_until = max(thread.claimed_until, hour + min(writing, CLAIM_HOURS))
            self.at(hour + writing, "answer", thread, offer.handle, skill, helps < skill)

    def _pass(self, hour: float, thread: Thread, offer: Offer, reason: str) -> None:
        offer.passed, offer.passed_at = reason, hour
        self.profiles[offer.handle] = self.profiles[offer.handle].passed(thread.question.id, reason, int(hour))
        if offer.handle in thread.open_offers:
            thread.open_offers.remove(offer.handle)
            self.holding[offer.handle] -= 1
        if not thread.open_offers and self.policy.waves and thread.waves < len(MEASURES.places):
            self.at(np.ceil(hour), "wave", thread, thread.waves)

    def _answer(self, hour: float, thread: Thread, handle: str, skill: float, helps: bool) -> None:
        person = self.person(handle)
        if handle.endswith("/list"):
            rng = self._draw(thread.question, person, 4)
            if not thread.is_open:
                return
            helps = bool(rng.random() < skill)
            handle = next(
                (one for one in (f"{person.number}/{thread.question.subject}",) if one in self.profiles), handle
            )
        since = hour - thread.question.hour
        thread.first = since if thread.first is None else thread.first
        thread.helped = since if helps and thread.helped is None else thread.helped
        self.answers.append((handle, hour))
        if handle in self.profiles:
            self.profiles[handle] = replace(self.profiles[handle], unseen=0)
        thread.answers.append(Answer(handle, hour / 24))
        self.policy.answered(thread.question, thread.answers)
        self._settle(thread)
        if helps and self._draw(thread.question, person, 5).random() < 0.7:
            self.at(hour + 24 * self._draw(thread.question, person, 6).uniform(0.5, 3), "accept", thread, handle)

    def _accept(self, hour: float, thread: Thread, handle: str) -> None:
        thread.answers = [one._replace(accepted=one.accepted or one.expert == handle) for one in thread.answers]
        self.policy.answered(thread.question, thread.answers)

    def person(self, handle: str) -> Person:
        return self.world.people[int(handle.partition("/")[0])]

    def _draw(self, question: Question, person: Person, what: int) -> np.random.Generator:
        return np.random.default_rng([self.world.seed, question.number, person.number, what])


def awake(hour: float, rng: np.random.Generator) -> float:
    """The hour itself, or the next morning's first ones when it is night."""
    of_day = hour % 24
    if 6 <= of_day < 22:
        return hour
    return hour + (6 - of_day) % 24 + float(rng.uniform(0, 2))
