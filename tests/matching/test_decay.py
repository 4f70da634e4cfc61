import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.decay import HALF_LIVES, SHORTEST_OFFSET, DecayedSums, half_life, power_law

YEARS = 365.25


def at_ages(weights: np.ndarray, ages: np.ndarray) -> np.ndarray:
    return np.exp2(-np.divide.outer(ages, HALF_LIVES)) @ weights


@pytest.mark.parametrize("power", [0.5, 1.0, 1.25])
@pytest.mark.parametrize("offset", [0.003, 0.5, 30.0, 20_000.0])
def test_a_power_law_is_a_mixture_of_half_lives(power: float, offset: float) -> None:
    ages = np.append(0.0, np.geomspace(1e-4, 30 * YEARS, 3000))
    wanted = (ages + max(offset, SHORTEST_OFFSET)) ** -power
    assert at_ages(power_law(power, offset), ages) == pytest.approx(wanted, rel=1e-6)


@given(st.floats(1e-3, 1e4), st.floats(0, 2e4))
def test_any_half_life_lies_between_its_neighbours(days: float, age: float) -> None:
    lower, upper = HALF_LIVES[days >= HALF_LIVES][-1], HALF_LIVES[days <= HALF_LIVES][0]
    value = float(at_ages(half_life(days), np.array([age]))[0])
    assert 2.0 ** (-age / lower) * (1 - 1e-9) <= value <= 2.0 ** (-age / upper) * (1 + 1e-9)


events = st.lists(st.tuples(st.integers(0, 5), st.floats(0, 9000)), max_size=40)


@settings(max_examples=150, deadline=None)
@given(events, st.floats(0, 400))
def test_adding_in_order_building_anew_and_going_back_give_the_same_bits(
    added: list[tuple[int, float]], after: float
) -> None:
    order = sorted(added, key=lambda one: one[1])
    grown, built, returned = DecayedSums(), DecayedSums(), DecayedSums()
    for owner, day in order:
        grown.add(owner, day)
        returned.add(owner, day)
    owners, days = np.array([owner for owner, _ in order], dtype=int), np.array([day for _, day in order])
    built.rebuild(np.arange(6), owners, days)
    latest = float(days[-1]) if len(days) else 0.0
    returned.add(3, latest + after)
    returned.rebuild(np.array([3]), owners[owners == 3], days[owners == 3])
    returned.retreat(owners, days)
    for weights in (power_law(1.25, 0.01), power_law(1.0, 40.0), half_life(90.0)):
        wanted = built.votes(weights, latest, 6)
        assert (grown.votes(weights, latest, 6) == wanted).all()
        assert (returned.votes(weights, latest, 6) == wanted).all()
        direct = [sum(at_ages(weights, latest - days[owners == owner])) for owner in range(6)]
        assert wanted == pytest.approx(direct, rel=1e-9, abs=1e-300)
