"""The exact attacker against the rule and against its mutants, on networks of 20, 60 and 120 organisations."""

import random
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from privacy.anonymity import Member, Policy, Shown, crowd_of
from privacy.attacks.authors import Author, Rule, nearest_allowed, stable_pseudonym
from privacy.attacks.population import FARMING, Population, draw
from privacy.attacks.posterior import (
    MEAN_SUCCESS,
    WORST_ORGANISATION,
    WORST_PERSON,
    Figures,
    View,
    attack,
    guess,
    posterior,
    thin_groups,
    together,
)
from privacy.attacks.world import World
from tests.seeds import SEEDS, seeds

NETWORKS = [(organisations, seed) for organisations in (20, 60) for seed in SEEDS] + [(120, seed) for seed in seeds(2)]
STRONGEST = Rule(menu_of_group=True, weighed=True)

worlds: dict[tuple[int, int], World] = {}


def world_of(organisations: int, seed: int) -> World:
    """Drawn once for all tests."""
    if (organisations, seed) not in worlds:
        worlds[organisations, seed] = World(draw(organisations, seed))
    return worlds[organisations, seed]


def figures_of(
    author: Author,
    views: list[View],
    *,
    authors: int = 30,
    knows_habits: bool = True,
    networks: list[tuple[int, int]] = NETWORKS,
) -> dict[View, Figures]:
    """Several networks as one."""
    found = [
        attack(
            world_of(*one),
            author,
            authors=authors,
            rng=random.Random(one[1]),
            views=views,
            knows_habits=knows_habits,
        )
        for one in networks
    ]
    return {view: together([figures[view] for figures in found if figures]) for view in views}


# ---------------------------------------------------------------- the promise


@pytest.mark.parametrize("organisations", [20, 60, 120])
def test_a_rival_who_joins_all_posts_of_a_quarter_by_what_they_show_is_left_with_a_crowd(organisations: int) -> None:
    views: list[View] = ["pages", "rival"]
    networks = [one for one in NETWORKS if one[0] == organisations]
    found = figures_of(Rule(), views, networks=networks, authors=40, knows_habits=False)
    for view, figures in found.items():
        assert figures.holds, f"{view} in {networks}: {figures}"
        assert figures.worst_person <= 1 / Policy().k, f"{view} in {networks}: {figures}"
    assert found["pages"].worst_organisation <= Policy().alpha + Fraction(1, 10**9), networks


def test_nobody_is_found_by_somebody_who_knows_how_everybody_chooses_where_crowds_are_weighed() -> None:
    found = figures_of(STRONGEST, ["pages", "rival"])
    for figures in found.values():
        assert figures.worst_person <= WORST_PERSON, (SEEDS, figures)
        assert figures.success <= MEAN_SUCCESS, (SEEDS, figures)
    assert found["pages"].worst_organisation <= WORST_ORGANISATION, (SEEDS, found["pages"])


def test_where_everybody_in_a_crowd_counts_alike_that_attacker_finds_organisations() -> None:
    """Who works with one fish asks about it every time, who works with three asks every third time."""
    found = figures_of(Rule(), ["pages"])["pages"]
    assert found.success <= MEAN_SUCCESS, (SEEDS, found)
    assert found.worst_organisation > WORST_ORGANISATION, (SEEDS, found)


# ---------------------------------------------------------------- the attacker finds what is broken


Breaks = Callable[[World], Author]


def stable(_: World) -> Author:
    return stable_pseudonym(5)


@pytest.mark.parametrize(
    ("breaks", "person", "success", "organisation"),
    [(nearest_allowed, 0.7, 0.15, 0.9), (stable, 0.99, 0.4, 0.99)],
)
def test_mutants_are_found(breaks: Breaks, person: float, success: float, organisation: float) -> None:
    for organisations in (20, 60):
        world = world_of(organisations, 1)
        found = attack(world, breaks(world), authors=40, rng=random.Random(1), views=["pages"])["pages"]
        assert found.worst_person >= person, found
        assert found.success >= success, found
        assert found.worst_organisation >= organisation, found


def test_one_name_for_all_posts_gives_persons_and_most_organisations_away() -> None:
    world = world_of(60, 1)
    found = attack(world, stable_pseudonym(5), authors=60, rng=random.Random(2), views=["pages"])["pages"]
    assert found.persons_found > 0.25, found
    assert found.organisations_found > 0.5, found


def test_a_rule_that_always_lets_the_group_alone_through_is_found_by_two_groups() -> None:
    """Somebody of two groups posts under both: all who work in both may be few, though each group is a crowd."""
    both = [
        Member(f"both{n}", group, f"o{n % 2}", {}, frozenset({f"{group}-fish"})) for n in range(3) for group in "ab"
    ]
    many = [
        Member(f"{group}{n}", group, f"o{n % 9}", {}, frozenset({f"{group}-fish"})) for group in "ab" for n in range(40)
    ]
    trade = type(FARMING)((), {"a": ("a-fish",), "b": ("b-fish",)})
    world = World(Population((*both, *many), trade), Policy(few_organisations=1))
    posts = Rule(group_always=True).posts(world, "both0", random.Random(1))
    assert {post.group for post in posts} == {"a", "b"}
    assert posterior(world, Rule(group_always=True), "both0", posts).max() > 0.3
    for seed in range(20):
        posts = Rule().posts(world, "both0", random.Random(seed))
        assert posterior(world, Rule(), "both0", posts).max() <= 1 / 8


def test_a_group_that_is_no_crowd_gives_its_people_away() -> None:
    """Nothing hides somebody whose whole group is a few people, or one organisation: such a group must not be shown."""
    thin = [thin_groups(world_of(20, seed), ["pages"]) for seed in SEEDS]
    found = together([one["pages"] for one in thin if one])
    assert found.worst_organisation > WORST_ORGANISATION, (SEEDS, found)
    assert Rule().posts(world_of(20, 1), thin_member(world_of(20, 1)), random.Random(1)) == []


def thin_member(world: World) -> str:
    return next(key for key in world.keys if not world.offered(key))


def test_whoever_is_told_the_circle_knows_more_than_any_rival() -> None:
    """What a thief with the root key adds; no figure is promised for it but that it is printed."""
    found = figures_of(Rule(), ["pages", "circle"], authors=15)
    assert found["circle"].worst_organisation > found["pages"].worst_organisation, SEEDS
    assert found["circle"].success > found["pages"].success, SEEDS


# ---------------------------------------------------------------- it is exact


def test_the_likelihoods_of_all_that_somebody_may_post_add_up_to_one() -> None:
    world = world_of(60, 2)
    for author in (Rule(quantity=1), STRONGEST.__class__(quantity=1, menu_of_group=True, weighed=True)):
        for key in [key for key in world.keys if world.offered(key)][:12]:
            possible = {
                repr(post): post
                for group, subject in world.stock(key)
                for vector in world.vectors
                for post in [world.shown(group, subject, vector)]
            }
            assert sum(author.likelihood(world, key, [post]) for post in possible.values()) == pytest.approx(1)


def test_the_likelihood_is_how_often_it_happens() -> None:
    world, author, rng = world_of(60, 2), Rule(quantity=2), random.Random(3)
    key = max((key for key in world.keys if world.offered(key)), key=lambda key: len(world.offered(key)))
    drawn = [author.posts(world, key, rng) for _ in range(4000)]
    for posts in drawn[:10]:
        assert author.likelihood(world, key, posts) == pytest.approx(drawn.count(posts) / 4000, abs=0.025)


def test_who_could_have_written_it_is_whom_the_plain_reckoning_finds() -> None:
    world, rng = world_of(60, 3), random.Random(4)
    for key in rng.sample([key for key in world.keys if world.offered(key)], 10):
        posts = Rule().posts(world, key, rng)
        weights = posterior(world, None, key, posts)
        expected = crowd_of(world.population.members, key, posts, world.population.hierarchies)
        assert {world.keys[at] for at in np.flatnonzero(weights)} == set(expected)


def test_what_each_view_makes_of_a_posterior() -> None:
    people = [Member(f"m{n}", "g", f"o{n // 2}", {}, frozenset({"s"})) for n in range(6)]
    circle = {"o0": "c0", "o1": "c0", "o2": "c1"}
    trade = type(FARMING)((), {"g": ("s",)})
    world = World(Population(tuple(people), trade, circle), Policy(5, 3, Fraction(1, 2), few_organisations=1))
    weights = posterior(world, None, "m0", [Shown("g", None)])
    assert guess(world, weights, "m0", "pages").person == pytest.approx(1 / 6)
    assert guess(world, weights, "m0", "rival").person == pytest.approx(1 / 4)
    assert guess(world, weights, "m0", "rival").organisation == pytest.approx(1 / 2)
    assert guess(world, weights, "m0", "rival_circle").organisation == pytest.approx(1 / 2)
    assert guess(world, weights, "m4", "rival_circle").organisation == pytest.approx(1)
    assert guess(world, weights, "m4", "circle").person == pytest.approx(1 / 2)


def test_the_same_seed_gives_the_same_figures() -> None:
    world = world_of(20, 2)
    first, second = (attack(world, Rule(), authors=10, rng=random.Random(7)) for _ in range(2))
    assert first == second
    assert draw(20, 2) == draw(20, 2)
    assert draw(20, 2) != draw(20, 3)
