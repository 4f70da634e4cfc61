"""Hundreds of probes by somebody who asks, through the pages: nothing tells whether anybody was found.

What is asserted is the advantage itself, not the end of an interval that chance could hide behind. By chance alone the
advantage of 352 guesses moves by 0.053, so a page that gave the asker 0.18 would stay under 0.10 once in fifteen networks. A guesser who finds nothing to go by has exactly 0, so a service that tells nothing
is seldom near 0.10. More probes are played by `python -m benchmarks.attacks`: a thousand.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from privacy.attacks.routing_oracle import MOST_ADVANTAGE, PROBES, play
from tests.journeys.oracle import SETTINGS, Probe, play_on
from tests.journeys.world import opened

BATCHES = 22
"""Each of one probe for every subject: as many as fit into a minute."""
INTERNAL = ("score", "rank", "unrouted", "オファー", "届け先が見つかりません")


@pytest.fixture(scope="module")
def probes(tmp_path_factory: pytest.TempPathFactory) -> list[Probe]:
    folder: Path = tmp_path_factory.mktemp("oracle")
    with opened(folder, **SETTINGS) as world:
        return play_on(world, batches=BATCHES)


def test_the_asker_learns_no_expert_from_any_response(
    probes: list[Probe], record_property: Callable[[str, object], None]
) -> None:
    assert len(probes) >= 1.5 * PROBES
    outcome = play([probe.round for probe in probes])
    record_property("advantage", f"{outcome.advantage:.3f} {outcome.interval}")
    print(outcome, outcome.interval)
    assert outcome.advantage <= MOST_ADVANTAGE, (outcome, outcome.interval)


def test_somebody_was_asked_on_one_side_of_the_coin_only(probes: list[Probe]) -> None:
    """Or there would be nothing to find."""
    asked = [any(state == "asked" for state, _ in probe.inside) for probe in probes]
    assert sum(asked) > len(probes) / 4
    assert all(probe.round.has_expert for probe, was in zip(probes, asked, strict=True) if was)


def test_no_response_names_a_score_a_rank_or_a_count(probes: list[Probe]) -> None:
    for probe in probes:
        for one in probe.round.responses:
            assert not any(word in one.text for word in INTERNAL), one.place


@pytest.mark.parametrize("what", ["state", "count"])
def test_a_page_that_says_what_was_found_is_caught(probes: list[Probe], what: str) -> None:
    outcome = play([probe.telling(what) for probe in probes])
    assert outcome.interval[0] > 3 * MOST_ADVANTAGE, outcome


def test_a_page_that_says_it_in_every_second_round_is_caught(probes: list[Probe]) -> None:
    """A leak of half that size, about 0.4, is beyond the bound too, and by more than chance moves it."""
    outcome = play([one.telling("state") if n % 2 == 0 else one.round for n, one in enumerate(probes)])
    assert 2 * MOST_ADVANTAGE < outcome.advantage < 7 * MOST_ADVANTAGE, outcome
