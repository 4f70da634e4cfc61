"""The intersection attacker: who fits everything that one hand showed, over a quarter with its changes and over years.

Danezis and Serjantov (2004) on anonymity sets that shrink when they are intersected. Threads of different quarters are
not linked by anything the product shows; this attacker is given them linked all the same, to see what it would cost.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from privacy.anonymity import Member, Policy, Shown
from privacy.attacks.authors import Rule
from privacy.attacks.population import Population, draw_organisation
from privacy.attacks.posterior import Guess, View, guess
from privacy.attacks.world import Crowd, World

Remembers = Literal["post", "quarter", "ever"]
"""What a check looks back on: the posts since the last choice of a profile (a mutant), the quarter (the product), all
that was ever posted (stronger)."""


@dataclass(frozen=True)
class Churn:
    """Of all people, the shares that leave, that join, and whose work or role changes within a quarter."""

    leave: float = 0.05
    join: float = 0.05
    change: float = 0.03


def next_quarter(population: Population, churn: Churn, rng: random.Random, *, number: int) -> Population:
    """The same network a quarter later; newcomers come to organisations that are there."""
    rows = population.rows()
    keys = sorted(rows)
    stay = [key for key in keys if rng.random() >= churn.leave]
    kept = [row for key in stay for row in _changed(rows[key], population, churn, rng)]
    firms = [next(iter(rows[rng.choice(keys)])).organisation for _ in range(round(churn.join * len(keys)))]
    new = [row for n, firm in enumerate(firms) for row in _newcomer(population, firm, f"new{number}-{n}", rng)]
    return Population((*kept, *new), population.trade, population.circle)


def years(population: Population, quarters: int, rng: random.Random, *, churn: Churn | None = None) -> list[World]:
    """A network over so many quarters, each with its own table of open vectors."""
    found = [population]
    for number in range(1, quarters):
        found.append(next_quarter(found[-1], churn or Churn(), rng, number=number))
    return [World(one, Policy()) for one in found]


def live(
    worlds: Sequence[World], key: str, rng: random.Random, *, remembers: Remembers, choices: int = 2, posts: int = 4
) -> list[list[Shown]]:
    """Somebody's posts of each quarter: in each, `choices` profiles one after the other, `posts` posts under each."""
    rule, told, ever = Rule(quantity=posts, chooses=1.0), [], frozenset(worlds[0].keys)
    for world in worlds:
        start = _crowd_of(world, ever) if remembers == "ever" else world.everybody
        now: list[Shown] = []
        for _ in range(choices):
            before = world.everybody if remembers == "post" else start & fitting(world, key, now)
            now += rule.posts(world, key, rng, before)
        ever &= _keys_of(world, fitting(world, key, now))
        told.append(now)
    return told


def fitting(world: World, key: str, posts: Sequence[Shown]) -> Crowd:
    """Everybody who looks like this person in all these posts of one quarter."""
    found = world.everybody
    for post in posts:
        found &= world.crowd_of_post(key, post)
    return found


def intersect(worlds: Sequence[World], key: str, told: Sequence[Sequence[Shown]], view: View = "pages") -> list[Guess]:
    """What is known of the author after each quarter: all who fitted until then, each alike, in the last one's circles."""
    found, left = [], frozenset(worlds[0].keys)
    for world, posts in zip(worlds, told, strict=True):
        left &= _keys_of(world, fitting(world, key, posts))
        weights = np.array([float(one in left) for one in world.keys])
        found.append(guess(world, weights / weights.sum(), key, view))
    return found


def stayers(worlds: Sequence[World]) -> list[str]:
    """Who is there in all quarters, and may post in all."""
    return sorted(set.intersection(*({key for key in world.keys if world.offered(key)} for world in worlds)))


def _changed(rows: Sequence[Member], population: Population, churn: Churn, rng: random.Random) -> Sequence[Member]:
    if rng.random() >= churn.change:
        return rows
    free = [h for h in population.hierarchies if h.name not in population.trade.of_organisation]
    changed = {h.name: rng.choice(sorted(h.values)) for h in free[:1]}
    return [Member(row.key, row.group, row.organisation, {**row.attributes, **changed}, row.subjects) for row in rows]


def _newcomer(population: Population, organisation: str, key: str, rng: random.Random) -> list[Member]:
    like = next(member for member in population.members if member.organisation == organisation)
    drawn = draw_organisation(key, rng, trade=population.trade, people=1)
    shared = {name: like.attributes[name] for name in population.trade.of_organisation}
    return [Member(key, row.group, organisation, {**row.attributes, **shared}, row.subjects) for row in drawn]


def _keys_of(world: World, crowd: Crowd) -> frozenset[str]:
    return frozenset(world.keys[place] for place in world.people_in(crowd))


def _crowd_of(world: World, keys: frozenset[str]) -> Crowd:
    return sum(1 << world.place[key] for key in keys if key in world.place)
