"""Two hundred probes by somebody who asks, through the pages: nothing tells whether anybody was found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from privacy.attacks.routing_oracle import MOST_ADVANTAGE, PROBES, play
from tests.journeys.oracle import SETTINGS, Probe, play_on
from tests.journeys.world import opened

INTERNAL = ("score", "rank", "unrouted", "オファー", "届け先が見つかりません")


@pytest.fixture(scope="module")
def probes(tmp_path_factory: pytest.TempPathFactory) -> list[Probe]:
    folder: Path = tmp_path_factory.mktemp("oracle")
    with opened(folder, **SETTINGS) as world:
        return play_on(world, batches=13)


def test_the_asker_learns_no_expert_from_any_response(
    probes: list[Probe], record_property: Callable[[str, object], None]
) -> None:
    assert len(probes) >= PROBES
    outcome = play([probe.round for probe in probes])
    record_property("advantage", f"{outcome.advantage:.3f} {outcome.interval}")
    print(outcome, outcome.interval)
    # a fair coin alone moves the advantage of two hundred guesses by 0.07: what counts is what is beyond chance
    assert outcome.interval[0] <= MOST_ADVANTAGE / 2, outcome


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
