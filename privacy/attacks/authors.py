"""How people act whose posts an attacker joins: what is offered to them, what they choose, what is let through.

`Rule` is the product as app.domains and app.questions.crowd apply privacy.anonymity: one open profile a quarter, every
post equal or coarser, all posts of the quarter together still a crowd, else without the subject, else the group alone.
`Mutant` is what looked good enough once: each post judged for itself. An author both acts (`posts`) and can be reckoned
(`likelihood`): the attacker knows the program, and how people choose.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any, Protocol

from privacy.anonymity import Shown, Vector
from privacy.attacks.world import Crowd, Test, World, cell_test, members_only

Wishes = dict[object, tuple[Shown, float]]
"""What somebody may post next, and how likely."""
Signature = tuple[object, ...]
"""Whatever decides how somebody acts: two people with one signature act alike."""


class Author(Protocol):
    """A way of acting."""

    def posts(self, world: World, key: str, rng: random.Random) -> list[Shown]:
        """One person's posts of a quarter."""
        ...

    def likelihood(self, world: World, key: str, posts: Sequence[Shown]) -> float:
        """The exact probability that this person's posts are these."""
        ...

    def signature(self, world: World, key: str) -> Signature:
        """Whatever decides how this person acts."""
        ...


@dataclass(frozen=True)
class Rule:
    """The product. `quantity` posts a quarter; a share `chooses` of all people choose a profile, any of those offered
    alike; then each post is about any own subject alike, at any offered level as coarse as the profile alike.

    Three switches, to be measured: `group_always` lets the group alone pass whatever was posted before (weaker).
    `menu_of_group` offers what is open in the post's group, with a profile for each group, instead of what is open in
    all groups of the person (stronger: the menu tells nothing of the other groups). `weighed` counts a member of a
    crowd only as much as they are likely to have written those posts, by their number of subjects (stronger).
    """

    quantity: int = 8
    chooses: float = 0.75
    group_always: bool = False
    menu_of_group: bool = False
    weighed: bool = False
    _kept: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    def posts(self, world: World, key: str, rng: random.Random, before: Crowd | None = None) -> list[Shown]:
        """Empty for somebody whose group is no crowd. Who is refused altogether asks about something else instead.

        `before` is who could have written what came earlier; without it nothing did.
        """
        profiles: dict[str, Vector | None] = {}
        posts: list[Shown] = []
        for group in sorted(world.rows[key]):
            menu = self._menu(world, key, group)
            profiles[group] = _draw(self._profiles(world, menu), rng) if menu else None
        if not self.menu_of_group:
            profiles = dict.fromkeys(profiles, next(iter(profiles.values())))
        story = Story(world.everybody if before is None else before, ())
        while len(posts) < self.quantity and (pairs := self._pairs(world, key, story)):
            group, subject = rng.choice(pairs)
            vector = rng.choice(self._coarser(world, key, group, profiles[group]))
            posts.append(world.shown(group, subject, self._let_through(world, key, story, group, subject, vector)))
            story = story.with_post(world, key, posts[-1])
        return posts

    def likelihood(self, world: World, key: str, posts: Sequence[Shown]) -> float:
        """Over every profile; each post given those before it."""
        stories = [Story(world.everybody, ())]
        for post in posts:
            stories.append(stories[-1].with_post(world, key, post))
        found, groups = 1.0, sorted({post.group for post in posts})
        for joined in [[group] for group in groups] if self.menu_of_group else [groups]:
            chances = self._profiles(world, self._menu(world, key, joined[0]))
            steps = [(story, post) for story, post in zip(stories, posts, strict=False) if post.group in joined]
            found *= sum(
                chance * prod(self._chance(world, key, story, post, profile) for story, post in steps)
                for profile, chance in chances.items()
            )
        return found

    def signature(self, world: World, key: str) -> Signature:
        """What is offered, what somebody works with, and who looks like them at every offered level."""
        place = ("signature", id(world), key)
        if place not in self._kept:
            stock = tuple(world.stock(key))
            menus = tuple(self._menu(world, key, group) for group in sorted(world.rows[key]))
            crowds = tuple(world.crowd(key, *one, v) for one in stock for v in self._menu(world, key, one[0]))
            self._kept[place] = (menus, stock, crowds)
        found: Signature = self._kept[place]
        return found

    def _menu(self, world: World, key: str, group: str) -> tuple[Vector, ...]:
        return tuple(sorted(world.open.get(group, ()))) if self.menu_of_group else world.offered(key)

    def _profiles(self, world: World, menu: Sequence[Vector]) -> dict[Vector, float]:
        chosen = {vector: self.chooses / len(menu) for vector in menu}
        if menu:
            chosen[world.group_only] = chosen.get(world.group_only, 0.0) + 1 - self.chooses
        return chosen

    def _coarser(self, world: World, key: str, group: str, profile: Vector | None) -> list[Vector]:
        return [] if profile is None else world.coarser(self._menu(world, key, group), profile)

    def _pairs(self, world: World, key: str, story: Story) -> list[tuple[str, str]]:
        """The subjects somebody may still post about, if only under their group."""
        return [
            (group, subject)
            for group, subject in world.stock(key)
            if self._menu(world, key, group)
            and (self.group_always or self._passes(world, key, story, group, subject, world.group_only))
        ]

    def _chance(self, world: World, key: str, story: Story, post: Shown, profile: Vector) -> float:
        pairs = self._pairs(world, key, story)
        coarser = self._coarser(world, key, post.group, profile)
        if not pairs or not coarser:
            return 0.0
        wanted = world.vector_of(post)
        hits = [
            self._let_through(world, key, story, group, subject, vector) == wanted
            for group, subject in pairs
            if group == post.group and post.subject in (None, subject)
            for vector in coarser
        ]
        return sum(hits) / len(coarser) / len(pairs)

    def _let_through(self, world: World, key: str, story: Story, group: str, subject: str, vector: Vector) -> Vector:
        """What comes of a wish: itself, else without the subject, else the group alone."""
        for tried in (vector, world.without_subject(vector)):
            if tried == world.group_only or self._passes(world, key, story, group, subject, tried):
                return tried
        return world.group_only

    def _passes(self, world: World, key: str, story: Story, group: str, subject: str, vector: Vector) -> bool:
        crowd = story.crowd & world.crowd(key, group, subject, vector)
        if not self.weighed:
            return world.passes(crowd)
        about = story.about_with(world.shown(group, subject, vector))
        place = (id(world), crowd, about)
        if place not in self._kept:
            self._kept[place] = world.passes_weighed(crowd, about)
        return bool(self._kept[place])


@dataclass(frozen=True)
class Story:
    """What was posted so far: who could have, and how often about which group and subject."""

    crowd: Crowd
    about: tuple[tuple[str, str | None, int], ...]

    def with_post(self, world: World, key: str, post: Shown) -> Story:
        """After one more post, seen from somebody who looks like this person."""
        return Story(self.crowd & world.crowd_of_post(key, post), self.about_with(post))

    def about_with(self, post: Shown) -> tuple[tuple[str, str | None, int], ...]:
        """The counts after one more post."""
        counts = {(group, subject): number for group, subject, number in self.about}
        counts[post.group, post.subject] = counts.get((post.group, post.subject), 0) + 1
        return tuple(sorted(((*pair, number) for pair, number in counts.items()), key=str))


Picks = Callable[[list[Vector]], list[Vector]]


@dataclass(frozen=True)
class Mutant:
    """Every post judged for itself by `test`: one of the vectors that pass, all of those `picks` leaves alike."""

    test: Test
    picks: Picks
    quantity: int = 8
    _wishes: dict[tuple[int, str], Wishes] = field(default_factory=dict, repr=False, compare=False)

    def posts(self, world: World, key: str, rng: random.Random) -> list[Shown]:
        """As many as wanted."""
        wishes = list(self._distribution(world, key).values())
        return rng.choices([post for post, _ in wishes], [share for _, share in wishes], k=self.quantity)

    def likelihood(self, world: World, key: str, posts: Sequence[Shown]) -> float:
        """The product over the posts: none knows of another."""
        wishes, found = self._distribution(world, key), 1.0
        for post in posts:
            found *= wishes[_name(post)][1] if _name(post) in wishes else 0.0
        return found

    def signature(self, world: World, key: str) -> Signature:
        """Everybody acts in their own way."""
        return (key,)

    def _distribution(self, world: World, key: str) -> Wishes:
        place = (id(world), key)
        if place not in self._wishes:
            self._wishes[place] = self._make(world, key)
        return self._wishes[place]

    def _make(self, world: World, key: str) -> Wishes:
        found: Wishes = {}
        stock = world.stock(key)
        for group, subject in stock:
            passing = [v for v in world.vectors if self.test(world.sizes(world.crowd(key, group, subject, v)))]
            picked = self.picks(passing) or [world.group_only]
            for vector in picked:
                post = world.shown(group, subject, vector)
                before = found.get(_name(post), (post, 0.0))[1]
                found[_name(post)] = (post, before + 1 / len(stock) / len(picked))
        return found


def nearest_allowed(world: World, quantity: int = 8) -> Mutant:
    """A mutant: every post as fine as the policy's cell test allows its own author."""
    return Mutant(cell_test(world.policy), _finest, quantity)


def stable_pseudonym(k: int = 5, quantity: int = 8) -> Mutant:
    """A mutant: one name for all posts, each checked for k people, any level that passes."""
    return Mutant(members_only(k), list, quantity)


def _finest(passing: list[Vector]) -> list[Vector]:
    fewest = min((sum(level for _, level in vector) for vector in passing), default=0)
    return [vector for vector in passing if sum(level for _, level in vector) == fewest]


def _crowds_before(world: World, key: str, posts: Sequence[Shown]) -> list[Crowd]:
    found = [world.everybody]
    for post in posts:
        found.append(found[-1] & world.crowd_of_post(key, post))
    return found


def _name(post: Shown) -> object:
    return (post.group, post.subject, tuple(sorted(post.levels.items())))


def _alike(posts: Sequence[Shown]) -> Wishes:
    found: Wishes = {}
    for post in posts:
        before = found.get(_name(post), (post, 0.0))[1]
        found[_name(post)] = (post, before + 1 / len(posts))
    return found


def _draw(chances: dict[Vector, float], rng: random.Random) -> Vector:
    return rng.choices(list(chances), list(chances.values()))[0]
