"""Hundreds of probes by somebody who asks, through the pages: nothing tells whether anybody was found.

What is asserted is the advantage itself, not the end of an interval that chance could hide behind. By chance alone the
advantage of 352 guesses moves by 0.053, so the network and its probes are drawn from a seed, to the last byte, and what
exceeds the bound is played again, longer: a page that told nothing fails once in a thousand networks, one that gave the
asker 0.18 is caught in six of seven. More probes are played by `python -m benchmarks.attacks`: a thousand.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace

import pytest

from privacy.attacks.routing_oracle import MOST_ADVANTAGE, PROBES, play
from tests.journeys import oracle
from tests.journeys.oracle import Probe, drawn_from, judged, played
from tests.seeds import seeds

BATCHES = 22
"""Each of one probe for every subject: as many as fit into a minute."""
INTERNAL = ("score", "rank", "unrouted", "オファー", "届け先が見つかりません")


@pytest.fixture(scope="module", params=seeds(1))
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def probes(seed: int) -> list[Probe]:
    return played(seed, BATCHES)


def test_the_asker_learns_no_expert_from_any_response(
    probes: list[Probe], seed: int, record_property: Callable[[str, object], None]
) -> None:
    assert len(probes) >= 1.5 * PROBES
    outcome = judged(probes, seed)
    record_property("advantage", f"{outcome.advantage:.3f} {outcome.interval}")
    print(outcome, outcome.interval)
    assert outcome.advantage <= MOST_ADVANTAGE, (outcome, outcome.interval)


def test_what_looks_guilty_is_played_once_more_and_that_counts(probes: list[Probe]) -> None:
    """A page that tells is guilty in the second game too; one that looked so by chance is not."""
    games: list[tuple[int, int]] = []

    def second(found: list[Probe]) -> Callable[[int, int], list[Probe]]:
        return lambda seed, batches: games.append((seed, batches)) or found  # type: ignore[func-returns-value]

    telling = [replace(one, round=one.telling("state")) for one in probes]
    assert judged(telling, 7, second(telling)).advantage > MOST_ADVANTAGE
    assert judged(telling, 7, second(probes)) == play([one.round for one in probes])
    assert games == [(7 + oracle.AGAIN, 2 * BATCHES)] * 2


def test_one_seed_is_one_network() -> None:
    drawn = []
    for seed in (1, 1, 2):
        with drawn_from(seed):
            drawn.append((secrets.token_hex(16), secrets.randbelow(10**9)))
    assert drawn[0] == drawn[1] != drawn[2]
    assert secrets.token_hex(16) != drawn[0][0]


def test_somebody_is_asked_far_more_often_on_one_side_of_the_coin(probes: list[Probe]) -> None:
    """Or there would be nothing to find. On the other side experts of a neighbouring subject may be asked."""
    asked = {True: [0, 0], False: [0, 0]}
    for probe in probes:
        counts = asked[probe.round.has_expert]
        counts[0] += any(state == "asked" for state, _ in probe.inside)
        counts[1] += 1
    heads, tails = (found / of for found, of in (asked[True], asked[False]))
    assert heads > tails + 0.25, (heads, tails)


def test_no_response_names_a_score_a_rank_or_a_count(probes: list[Probe]) -> None:
    for probe in probes:
        for one in probe.round.responses:
            assert not any(word in one.text for word in INTERNAL), one.place


@pytest.mark.parametrize("what", ["state", "count"])
def test_a_page_that_says_what_was_found_is_caught(probes: list[Probe], what: str) -> None:
    outcome = play([probe.telling(what) for probe in probes])
    assert outcome.interval[0] > 2 * MOST_ADVANTAGE, outcome


def test_a_page_that_says_it_in_every_second_round_is_caught(probes: list[Probe]) -> None:
    """A leak of half that size, about 0.4, is beyond the bound too, and by more than chance moves it."""
    outcome = play([one.telling("state") if n % 2 == 0 else one.round for n, one in enumerate(probes)])
    assert 2 * MOST_ADVANTAGE < outcome.advantage < 7 * MOST_ADVANTAGE, outcome
