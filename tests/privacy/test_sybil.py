"""One verified organisation of the attacker's, and any unverified ones: crowds still hold, and both mutants fall."""

import random
from collections import Counter
from functools import cache

import pytest

from privacy.anonymity import Policy, group_vector, open_vectors
from privacy.attacks.population import Population, draw
from privacy.attacks.posterior import WORST_ORGANISATION, Figures, summary
from privacy.attacks.sybil import VERIFIED, Network, attack, invent, open_in, without_removal
from tests.seeds import seeds

POLICY = Policy()
HONEST = Network(POLICY)
ORGANISATIONS = 24
SEEDS = seeds(3)


def groups(population: Population) -> list[str]:
    return sorted({member.group for member in population.members})


@cache
def attacked(seed: int, network: Network, unverified: int = 0) -> Figures:
    """Every group of one network."""
    population, rng = draw(ORGANISATIONS, seed), random.Random(seed)
    return summary(
        [
            one
            for group in groups(population)
            for one in attack(population, group, network, rng=rng, unverified=unverified, tries=2)
        ]
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_invented_people_open_no_crowd_that_would_not_hide_the_real_ones(seed: int) -> None:
    found = attacked(seed, HONEST, 3)
    assert found.worst_person <= 1 / POLICY.k, found
    assert found.worst_organisation <= WORST_ORGANISATION + 1e-9, found


def test_invented_people_open_something_that_was_shut() -> None:
    """Or the test above would say nothing."""
    opened = 0
    for seed in SEEDS:
        population = draw(ORGANISATIONS, seed)
        before = open_vectors(population.members, population.hierarchies, POLICY)
        for group in groups(population):
            vector = group_vector(population.hierarchies)
            invented = invent(population, group, vector, HONEST)
            table = open_in(population.with_members(invented), group, HONEST)
            opened += vector in table and vector not in before[group]
    assert opened >= 2, SEEDS


def test_unverified_organisations_are_not_counted() -> None:
    population = draw(ORGANISATIONS, 1)
    group = groups(population)[0]
    counting = Network(POLICY, counts_unverified=True)
    invented = invent(population, group, group_vector(population.hierarchies), counting, unverified=9)
    unverified = [member for member in invented if member.organisation != VERIFIED]
    assert HONEST.counted(population.with_members(unverified)).members == population.members
    assert open_in(population, group, HONEST) == open_vectors(population.members, population.hierarchies, POLICY)[group]


def test_a_network_that_counts_unverified_organisations_is_found() -> None:
    found = attacked(1, Network(POLICY, counts_unverified=True), 9)
    assert found.worst_person > 0.9, found
    assert found.worst_organisation > 0.9, found


def test_a_network_that_leaves_the_largest_organisation_in_is_found() -> None:
    found = attacked(1, Network(POLICY, test=without_removal(POLICY)))
    assert found.worst_person > 1 / POLICY.k, found
    assert found.worst_organisation > WORST_ORGANISATION, found


def test_invented_people_look_like_somebody() -> None:
    population = draw(ORGANISATIONS, 1)
    group = Counter(member.group for member in population.members).most_common()[-1][0]
    network = Network(POLICY, counts_unverified=True)
    invented = invent(population, group, group_vector(population.hierarchies), network, unverified=2)
    real = {tuple(sorted(m.attributes.items())) for m in population.members if m.group == group}
    assert invented
    assert {tuple(sorted(m.attributes.items())) for m in invented} <= real
    assert len({m.key for m in invented}) == len(invented)
