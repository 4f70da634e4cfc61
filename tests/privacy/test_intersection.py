"""All that one hand showed, intersected: a quarter with two profiles and several species, and years of quarters."""

import random
from functools import cache

import pytest

from privacy.anonymity import Policy
from privacy.attacks.intersection import Churn, Remembers, intersect, live, next_quarter, stayers, years
from privacy.attacks.population import draw
from privacy.attacks.posterior import WORST_ORGANISATION, Figures, View, summary
from privacy.attacks.world import World
from tests.seeds import seeds

SEEDS = seeds(3)
QUARTERS = 8


@cache
def worlds_of(seed: int, quarters: int, organisations: int = 60) -> tuple[World, ...]:
    return tuple(years(draw(organisations, seed), quarters, random.Random(seed)))


def after(quarter: int, remembers: Remembers, *, quarters: int = 1, view: View = "rival", authors: int = 30) -> Figures:
    """What is known after the n-th quarter, over all seeds."""
    found = []
    for seed in SEEDS:
        worlds, rng = worlds_of(seed, quarters), random.Random(seed)
        people = stayers(worlds)
        for key in rng.sample(people, min(authors, len(people))):
            told = live(worlds, key, rng, remembers=remembers)
            if all(told):
                found.append(intersect(worlds, key, told, view)[quarter])
    return summary(found)


def test_a_quarter_with_a_change_of_profile_and_several_species_leaves_a_crowd() -> None:
    found = after(0, "quarter")
    assert found.worst_person <= 1 / Policy().k, (SEEDS, found)
    assert found.worst_organisation <= WORST_ORGANISATION, (SEEDS, found)
    assert found.success <= 0.05, (SEEDS, found)


def test_a_change_that_looks_at_itself_only_is_found() -> None:
    found = after(0, "post")
    assert found.worst_person > 1 / Policy().k, (SEEDS, found)
    assert found.worst_organisation > WORST_ORGANISATION, (SEEDS, found)


def test_years_linked_by_something_else_find_people_and_a_check_over_everything_does_not_let_them() -> None:
    """Nothing shown links quarters. If the text does, this is what it costs, and what would mend it."""
    linked = after(QUARTERS - 1, "quarter", quarters=QUARTERS, authors=12)
    mended = after(QUARTERS - 1, "ever", quarters=QUARTERS, authors=12)
    assert linked.worst_person > 1 / Policy().k, (SEEDS, linked)
    assert mended.worst_person < linked.worst_person, (SEEDS, mended)
    assert mended.success < linked.success, (SEEDS, mended)


def test_what_is_left_never_grows() -> None:
    worlds, rng = worlds_of(1, QUARTERS), random.Random(5)
    key = stayers(worlds)[3]
    told = live(worlds, key, rng, remembers="quarter")
    persons = [one.person for one in intersect(worlds, key, told)]
    assert persons == sorted(persons)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_quarter_later(seed: int) -> None:
    before = draw(60, seed)
    later = next_quarter(before, Churn(), random.Random(seed), number=1)
    old, new = before.rows(), later.rows()
    assert 0.88 < len(old.keys() & new.keys()) / len(old) < 1
    assert new.keys() - old.keys()
    assert {member.organisation for member in later.members} <= {member.organisation for member in before.members}
    assert next_quarter(before, Churn(0, 0, 0), random.Random(1), number=1).members == tuple(
        row for key in sorted(old) for row in old[key]
    )
