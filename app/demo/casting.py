"""Who asks and who answers: people of other circles, mostly those who know the subject and the topic. Pure."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.demo.people import PlannedMember, PlannedOrganisation
from app.demo.stories import Story

KNOWS: Final = 10.0  # how much likelier somebody answers who knows the topic
ACCEPTED: Final = 0.8
WORKED: Final = 0.4
Taps = tuple[tuple[int, int, int], ...]  # (slot, place of the answer in `posts`, member)
ASKS: Final = {"under-3": 3.0, "3-9": 2.0, "10-up": 1.0}


@dataclass(frozen=True, slots=True)
class Post:
    """An answer, or a follow-up to the answer at place `to` in the thread's posts (-1: to nobody's), or what came of it."""

    kind: Literal["answer", "followup", "outcome"]
    member: int
    at: int
    text: str
    to: int = -1


class Casting:
    """Finds a person for every part."""

    def __init__(
        self, members: Sequence[PlannedMember], organisations: Sequence[PlannedOrganisation], slots: int,
        rng: random.Random,
    ) -> None:  # fmt: skip
        self._members = members
        self._slots = slots
        self._rng = rng
        self._waiting: set[int] = set()  # askers with an open question
        self._by_subject: dict[str, list[int]] = {}
        for number, member in enumerate(members):
            if organisations[member.organisation].verified:
                for subject in member.subjects:
                    self._by_subject.setdefault(subject, []).append(number)

    def person(self, key: str) -> int:
        """The place of a one-tap person."""
        return next(number for number, member in enumerate(self._members) if member.person == key)

    def asker(self, subject: str, *, is_open: bool) -> int | None:
        """Somebody who works with the subject, sooner a beginner; with one open question at most.

        What is open sooner comes from other circles than those of the story's people, so that it can reach them.
        """
        able = [
            number
            for number in self._by_subject.get(subject, [])
            if not self._members[number].person and not (is_open and number in self._waiting)
        ]
        kept = {one.circle for one in self._members if one.person} if is_open else set()
        able = [number for number in able if self._members[number].circle not in kept] or able
        if not able:
            return None
        weights = [ASKS[self._members[number].attributes["tenure"]] for number in able]
        chosen = self._rng.choices(able, weights)[0]
        if is_open:
            self._waiting.add(chosen)
        return chosen

    def answer(self, story: Story, asker: int, asked_at: int) -> tuple[tuple[Post, ...], tuple[tuple[int, int], ...]]:
        """The posts of a thread in order, and what the asker accepted when."""
        posts: list[Post] = []
        for member, answer in zip(self._answerers(story, asker, asked_at), story.answers, strict=False):
            posts.append(Post("answer", member, self._later(asked_at, 1, 7), answer.text))
            if answer.followup:
                self._talk(posts, asker, answer.followup, answer.reply)
        accepted = self._accept(story, posts, asked_at)
        if story.outcome and accepted:
            at = max(post.at for post in posts) + self._rng.randint(28, 60)
            if at < self._slots:
                posts.append(Post("outcome", asker, at, story.outcome, to=accepted[0][1]))
        return tuple(posts), accepted

    def elsewhere(self, story: Story, asker: int, posts: Sequence[Post], accepted: Sequence[tuple[int, int]]) -> Taps:
        """For whom else the answer that was accepted first worked, of which circles beside those of the thread."""
        taken = {self._members[one].circle for one in (asker, *(post.member for post in posts))}
        able = [n for n in self._by_subject.get(story.subject, []) if self._members[n].circle not in taken]
        if not accepted or not able or self._rng.random() > WORKED:
            return ()
        readers = self._rng.sample(able, min(len(able), self._rng.randint(1, 3)))
        found = ((accepted[0][0] + self._rng.randint(4, 80), accepted[0][1], one) for one in readers)
        return tuple(one for one in found if one[0] < self._slots)

    def _answerers(self, story: Story, asker: int, at: int) -> list[int]:
        """Distinct people, no two of one circle, none of the asker's."""
        circles = {self._members[asker].circle}
        chosen: list[int] = []
        for _ in story.answers:
            able = [n for n in self._by_subject.get(story.subject, []) if self._members[n].circle not in circles]
            if not able:
                break
            weights = [self._weight(self._members[n], story.topic, at / self._slots) for n in able]
            chosen.append(self._rng.choices(able, weights)[0])
            circles.add(self._members[chosen[-1]].circle)
        return chosen

    def _weight(self, member: PlannedMember, topic: str, at: float) -> float:
        return member.activity(at) * (KNOWS if member.knows(topic, at) else 1.0)

    def _talk(self, posts: list[Post], asker: int, followup: str, reply: str) -> None:
        place, answered = len(posts) - 1, posts[-1]
        back = self._later(answered.at, 1, 4)
        again = self._later(back, 1, 4)
        if again > back > answered.at:
            posts.append(Post("followup", asker, back, followup, to=place))
            posts.append(Post("followup", answered.member, again, reply, to=place))

    def _accept(self, story: Story, posts: Sequence[Post], asked_at: int) -> tuple[tuple[int, int], ...]:
        answers = [place for place, post in enumerate(posts) if post.kind == "answer"]
        at = max((post.at for post in posts), default=self._slots) + self._rng.randint(1, 8)
        if not answers or at >= self._slots or self._rng.random() > ACCEPTED:
            return ()
        weights = [3.0 if self._knows(posts[place].member, story.topic, asked_at) else 1.0 for place in answers]
        best = self._rng.choices(answers, weights)[0]
        second = [place for place in answers if place != best and self._rng.random() < 0.15]
        return tuple((at, place) for place in [best, *second])

    def _knows(self, member: int, topic: str, at: int) -> bool:
        return self._members[member].knows(topic, at / self._slots)

    def _later(self, at: int, low: int, high: int) -> int:
        """Some half days on, and never after yesterday."""
        return min(at + self._rng.randint(low, high), self._slots - 1)
