"""The timing attacker: the real publication rule keeps its crowds, and every broken rule is found out."""

from random import Random

import pytest

from privacy.attacks.timing import (
    Rule,
    attack_times,
    attack_windows,
    order_auc,
    order_by_chance,
    publication_rule,
    simulate_presence,
    written_in,
)
from privacy.scopes import Audience
from privacy.times import Cadence, next_publication

MEMBERS, DAYS, POSTS = 378, 21, 600
Row = tuple[float, float]


@pytest.fixture(scope="module")
def presence() -> dict[str, list[tuple[int, int]]]:
    return simulate_presence(Random(11), MEMBERS, DAYS)


@pytest.fixture(scope="module")
def written(presence: dict[str, list[tuple[int, int]]]) -> list[int]:
    return written_in(Random(12), presence, POSTS)


@pytest.mark.parametrize(
    ("audience", "cadence", "urgent", "fifth", "median"),
    [
        (Audience.EXPERTS, Cadence(), False, (4, 20), (13, 40)),
        (Audience.DOMAIN, Cadence(), False, (20, 60), (50, 120)),
        (Audience.ALL, Cadence(), False, (20, 60), (50, 120)),
        (Audience.EXPERTS, Cadence(small=True), False, (80, 200), (150, 300)),
        (Audience.EXPERTS, Cadence(), True, (1, 3), (1, 5)),
    ],
)
def test_each_audience_has_its_crowd(
    presence: dict[str, list[tuple[int, int]]], written: list[int], audience: Audience, cadence: Cadence, urgent: bool,
    fifth: tuple[int, int], median: tuple[int, int],
) -> None:  # fmt: skip
    result = attack_times(presence, written, publication_rule(audience, cadence, urgent=urgent))
    assert fifth[0] <= result.fifth <= fifth[1]
    assert median[0] <= result.median <= median[1]


@pytest.mark.parametrize(
    "broken", [lambda minute: minute, lambda minute: minute + 240, lambda minute: minute // 5 * 5 + 60],
    ids=["the minute is shown", "always four hours later", "windows of five minutes"],
)  # fmt: skip
def test_a_broken_rule_leaves_a_handful(
    presence: dict[str, list[tuple[int, int]]], written: list[int], broken: Rule
) -> None:
    result = attack_times(presence, written, broken)
    assert result.median <= 8
    assert sum(result.surest) / len(result.surest) > 0.15


def test_the_author_is_always_among_them(presence: dict[str, list[tuple[int, int]]], written: list[int]) -> None:
    alone = {member: stays for member, stays in presence.items() if member == "m0"}
    mine = written_in(Random(3), alone, 20)
    assert set(attack_times(alone, mine, publication_rule(Audience.DOMAIN, Cadence())).sizes) == {1}


def test_windows_that_were_stored_give_the_same_crowds(
    presence: dict[str, list[tuple[int, int]]], written: list[int]
) -> None:
    rule = publication_rule(Audience.DOMAIN, Cadence())
    stored = [(next_publication(minute // 60, Audience.DOMAIN, Cadence()), rule) for minute in written]
    assert attack_windows(presence, stored).sizes == attack_times(presence, written, rule).sizes


def windows_of(rng: Random, place: str) -> list[list[Row]]:
    found = []
    for _ in range(120):
        arrivals = sorted(rng.uniform(0, 14_400) for _ in range(rng.randint(2, 14)))
        places = list(range(len(arrivals)))
        if place == "shuffled":
            rng.shuffle(places)
        elif place == "newest first":
            places.reverse()
        elif place == "nearly in order":
            places = [n + rng.randint(0, 8) for n in places]
        found.append(list(zip(arrivals, map(float, places), strict=True)))
    return found


def test_shuffled_rows_tell_nothing_about_their_order() -> None:
    for seed in range(5):
        windows = windows_of(Random(seed), "shuffled")
        low, high = order_by_chance(windows, Random(seed))
        auc, pairs = order_auc(windows)
        assert pairs > 2000
        assert low - 0.02 < auc < high + 0.02
        assert 0.45 < low < 0.5 < high < 0.55


@pytest.mark.parametrize("place", ["in order", "newest first", "nearly in order"])
def test_rows_in_order_are_found_out(place: str) -> None:
    windows = windows_of(Random(1), place)
    low, high = order_by_chance(windows, Random(2))
    assert not low - 0.1 < order_auc(windows)[0] < high + 0.1


def test_the_real_shuffle_is_what_the_attack_is_run_on() -> None:
    rng, windows = Random(5), []
    for _ in range(3000):
        rows = list(range(6))
        rng.shuffle(rows)
        windows.append([(float(came), float(place)) for place, came in enumerate(rows)])
    assert 0.48 <= order_auc(windows)[0] <= 0.52


def test_one_post_a_window_gives_no_order() -> None:
    with pytest.raises(ValueError, match="no two posts"):
        order_auc([[(1.0, 1.0)]])
