"""What the readers of the reports can tell of one organisation, from OpenDP's own noise on our own counts, and from
versions with one mistake each."""

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import numpy.typing as npt
import pytest

from app.insights.noise import Terms, draw, threshold
from privacy.attacks.insights import (
    FEWEST_RUNS,
    Noise,
    Values,
    appearing,
    drawn_anew,
    geometric,
    guess,
    least_epsilon,
    most_advantage,
    power,
    released,
    textbook,
)
from privacy.errors import WeakInput
from privacy.plans import Plan
from privacy.tallies import Tally, TallyKind, count, organisation_in, unit_in

RUNS = FEWEST_RUNS
TOPICS = ("disease", "feed", "water", "nets", "people", "money")
EPSILON, LIMITS = 1.4, (1, 3)
Counts = Callable[[Sequence[Tally], Plan], list[int]]


def plan(limit: int) -> Plan:
    return Plan(
        period="2027Q1", yearly=False, depth="topic", limit=limit, epsilon={"need": EPSILON, "second": 0.4},
        second="outcomes", organisations="50-99", cells=TOPICS, published="2026-12-20",
    )  # fmt: skip


def asked(organisation: str, topics: Sequence[str], times: int = 1) -> list[Tally]:
    every = [(topic, n) for topic in topics for n in range(times)]
    return [Tally(organisation, "need", one, "none", f"{organisation} {one} {n}") for one, n in every]


OTHERS = [*asked("b", TOPICS[:1]), *asked("c", TOPICS[1:2], times=4), *asked("d", TOPICS[1:2])]
"""In no more cells than any limit, so that nothing is drawn for them and the reader knows how they count."""


def ours(tallies: Sequence[Tally], plan: Plan) -> list[int]:
    return count(tallies, plan, "need", random.Random(1))


def without_a_limit(tallies: Sequence[Tally], plan: Plan) -> list[int]:
    """A mutant: an organisation counts in every cell it has something in."""
    return [len({one.organisation for one in tallies if one.topic == cell}) for cell in plan.cells]


def every_question(tallies: Sequence[Tally], plan: Plan) -> list[int]:
    """A mutant: questions are counted, not organisations."""
    every = [sum(one.topic == cell for one in tallies) for cell in plan.cells]
    return [*every[: plan.limit], *[0] * (len(every) - plan.limit)]


def neighbours(left: list[Tally], plan: Plan, counted: Counts = ours) -> tuple[list[int], list[int]]:
    """The figures with and without one organisation, less what the others make of them, where they differ."""
    others = counted(OTHERS, plan)
    added = [one - other for one, other in zip(counted([*OTHERS, *left], plan), others, strict=True)]
    added = [one for one in added if one]
    return added, [0] * len(added)


def opendp(limit: int, quantity: int) -> Noise:
    """One call for as many runs as are wanted, handed out once each."""
    scale, micro = plan(limit).scale_of("need"), plan(limit).micro_epsilon("need")
    pool = draw(quantity, scale, limit=limit, micro_epsilon=micro)
    return lambda wanted: [pool.pop() for _ in range(wanted)]


def less(limit: int, share: float = 1.0) -> Noise:
    """The same distribution with `share` of the scale, for the mutants."""
    return geometric(limit / EPSILON * share, 7)


def both(
    noise: Noise, pair: tuple[npt.ArrayLike, npt.ArrayLike], release: Callable[..., Values] = released
) -> list[Values]:
    return [release(one, noise, runs=RUNS) for one in pair]


@pytest.fixture(scope="module", params=LIMITS)
def quarters(request: pytest.FixtureRequest) -> list[Values]:
    """What two quarters release with and without an organisation that fills its cells in both, five questions in each."""
    limit = request.param
    here, gone = neighbours(asked("a", TOPICS[:limit], times=5), plan(limit))
    assert here == [1] * limit
    return both(opendp(limit, 4 * RUNS * limit), (here * 2, gone * 2))


@pytest.fixture
def sides(quarters: list[Values]) -> list[Values]:
    """The first of the two."""
    return [side[:, :, : side.shape[2] // 2] for side in quarters]


def test_epsilon_is_not_above_what_was_declared(sides: list[Values]) -> None:
    found = least_epsilon(*sides)
    assert found.epsilon <= EPSILON, found
    assert found.epsilon > 0.8 * EPSILON, found  # the attacker reaches nearly all there is


def test_one_guess_is_no_better_than_epsilon_allows(sides: list[Values]) -> None:
    found, most = guess(*sides), most_advantage(EPSILON)
    assert most == pytest.approx((math.exp(EPSILON) - 1) / (math.exp(EPSILON) + 1))
    assert found.low <= most, found
    if sides[0].shape[2] == 1:  # in one cell the guess that epsilon allows can be made
        assert found.high >= most, found


def test_two_quarters_allow_twice_epsilon_and_no_more(quarters: list[Values]) -> None:
    """In one cell a guess from two quarters is no better than from one: when they disagree it is a coin."""
    bound, found = least_epsilon(*quarters), guess(*quarters)
    assert 1.2 * EPSILON < bound.epsilon <= 2 * EPSILON, bound
    assert found.low <= most_advantage(2 * EPSILON), found


def test_loading_the_same_release_again_tells_nothing(sides: list[Values]) -> None:
    assert guess(*(np.repeat(side, 8, axis=1) for side in sides)) == guess(*sides)


def test_the_attack_is_sharp_enough_to_find_a_fifth_less_noise() -> None:
    """What `power` says of many attacks is what becomes of a few."""
    assert all(power(EPSILON, limit, share=0.8) > 0.9999 for limit in LIMITS)
    assert power(0.4, 3, share=0.8) < 0.9  # with so little epsilon these runs would not do
    assert power(0.4, 3, share=0.8, runs=400_000) > 0.9999


def test_which_cells_count_when_there_are_more_tells_nothing_more() -> None:
    """Three of six, drawn for every run: as many draws as fit here, each with noise of its own."""
    wide, rng = plan(3), random.Random(3)
    at = [wide.places("need").index((cell, "none")) for cell in TOPICS]
    drawn = [count(asked("a", TOPICS, times=5), wide, "need", rng) for _ in range(1_000)]
    here = np.tile(np.asarray(drawn)[:, at], (RUNS // 1_000, 1))
    assert set(here.sum(axis=1)) == {3}
    found = least_epsilon(*both(less(3), (here, np.zeros_like(here))))
    assert 0 < found.epsilon <= EPSILON, found


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("share", [0.5, 0.8])
def test_less_noise_than_declared_is_found(limit: int, share: float) -> None:
    pair = neighbours(asked("a", TOPICS[:limit]), plan(limit))
    found = least_epsilon(*both(less(limit, share), pair))
    assert EPSILON < found.epsilon <= EPSILON / share, found


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("counted", [without_a_limit, every_question])
def test_counting_wrongly_is_found(limit: int, counted: Counts) -> None:
    pair = neighbours(asked("a", TOPICS, times=5), plan(limit), counted)
    assert sum(pair[0]) > limit
    found = least_epsilon(*both(less(limit), pair))
    assert found.epsilon > 1.3 * EPSILON, found


@pytest.mark.parametrize("limit", LIMITS)
def test_noise_drawn_at_each_load_is_averaged_away(limit: int) -> None:
    pair = neighbours(asked("a", TOPICS[:limit]), plan(limit))
    found = least_epsilon(*both(less(limit), pair, drawn_anew))
    assert found.epsilon > 2 * EPSILON, found


@pytest.mark.parametrize("limit", LIMITS)
def test_numbers_with_a_fraction_tell_by_their_last_bits(limit: int) -> None:
    pair = neighbours(asked("a", TOPICS[:limit]), plan(limit))
    found = least_epsilon(*both(textbook(limit / EPSILON, 5), pair))
    assert found.epsilon > 3 * EPSILON, found
    assert found.event.statistic == "grain"


def test_a_quarter_of_a_year_is_hidden_as_a_quarter_is_and_once_a_year_would_not_do() -> None:
    """Exactly, over all that is released: with what an organisation asked in its second quarter, and without.

    The mutant counts organisations once a year: the second quarter pushes the first one's cell out, and 2 epsilon are
    lost where epsilon is declared.
    """
    year = replace(plan(1), period="2027", yearly=True)
    first, second = TOPICS[:1], TOPICS[1:4]
    for whose, most in ((unit_in, EPSILON), (once_a_year, 2 * EPSILON)):
        whole = [*left_in("2027Q1", first, whose), *left_in("2027Q2", second, whose)]
        found = loss(*(ways_to_count(some, year) for some in (whole, left_in("2027Q1", first, whose))), 1 / EPSILON)
        assert found <= most + 1e-9
        assert (found > 1.5 * EPSILON) == (whose is once_a_year)


def once_a_year(quarter: str, _kind: TallyKind, organisation: str) -> str:
    """A mutant."""
    return organisation_in(quarter[:4], organisation)


def left_in(quarter: str, topics: Sequence[str], whose: Callable[[str, TallyKind, str], str]) -> list[Tally]:
    return [Tally(whose(quarter, "need", "a"), "need", one, "none", f"{quarter} {one}") for one in topics]


def ways_to_count(tallies: Sequence[Tally], plan: Plan) -> Counter[tuple[int, ...]]:
    """What comes of them, as the cells are drawn."""
    at = [plan.places("need").index((cell, "none")) for cell in TOPICS[:4]]
    drawn = (count(tallies, plan, "need", random.Random(seed)) for seed in range(600))
    return Counter(tuple(one[place] for place in at) for one in drawn)


def loss(with_it: Counter[tuple[int, ...]], without: Counter[tuple[int, ...]], scale: float) -> float:
    """The largest logarithm of how much likelier any release is with than without, or the other way round. Beyond one
    of the counts nothing changes any more."""
    released = np.array(list(product(range(-1, 3), repeat=4)))
    sides = [
        sum(share * np.exp(-np.abs(released - counts).sum(axis=1) / scale) for counts, share in side.items())
        for side in (with_it, without)
    ]
    return float(np.abs(np.log(sides[0] / sides[1])).max())


def test_too_few_runs_are_no_measurement() -> None:
    few = np.zeros((FEWEST_RUNS - 1, 1, 1))
    with pytest.raises(WeakInput):
        least_epsilon(few, few)


# new terms

TERMS, PICO_DELTA = 50_000, 10**10  # a delta of a hundredth, so that there is something to measure


def kept(counts: dict[str, int], *, pico: int = PICO_DELTA, limit: int = 1) -> Terms:
    return threshold(counts, float(limit), limit=limit, micro_epsilon=1_000_000, pico_delta=pico)


@pytest.mark.parametrize("limit", LIMITS)
def test_a_term_of_fewer_than_five_organisations_appears_as_often_as_delta_allows(limit: int) -> None:
    seen, least = appearing(lambda counts: kept(counts, limit=limit).counts, users=4, terms=TERMS)
    assert least <= PICO_DELTA / 1e12 / limit, (seen, least)
    assert seen > 0
    assert appearing(lambda counts: kept(counts, limit=limit).counts, users=1, terms=TERMS)[0] < seen


def test_with_the_delta_of_a_release_none_of_fifty_thousand_appears() -> None:
    """A millionth: by chance once in twenty runs or so one would; two in a thousand."""
    assert appearing(lambda counts: kept(counts, pico=10**6).counts, users=4, terms=TERMS)[0] <= 2
    assert len(kept({f"term {n}": 60 for n in range(50)}, pico=10**6).counts) == 50


def test_without_a_threshold_every_term_appears() -> None:
    """A mutant: noise, and no threshold."""
    noise = geometric(1.0, 7)

    def all_told(counts: dict[str, int]) -> list[str]:
        return [
            term for term, one in zip(counts, np.asarray(noise(len(counts))), strict=True) if counts[term] + one > 0
        ]

    assert appearing(all_told, users=1, terms=TERMS)[1] > 0.5


def test_the_library_s_own_delta_would_be_exceeded() -> None:
    """A mutant: the threshold that OpenDP 0.16.0 gives for this delta, which is one lower."""

    def trusting(counts: dict[str, int]) -> list[str]:
        least, noise = kept({}).threshold - 1, np.asarray(geometric(1.0, 3)(len(counts)))
        return [term for term, one in zip(counts, noise, strict=True) if counts[term] + one >= least]

    assert appearing(trusting, users=4, terms=TERMS)[1] > PICO_DELTA / 1e12
