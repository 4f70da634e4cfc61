"""What durations tell about who has an account."""

import random

import pytest

from privacy.attacks.enumeration import ENOUGH, tell


def seconds(mean: float, seed: int, count: int = ENOUGH) -> list[float]:
    rng = random.Random(seed)
    return [rng.gauss(mean, 0.01) for _ in range(count)]


def test_equal_work_tells_nothing() -> None:
    found = tell(seconds(0.1, 1), seconds(0.1, 2))
    assert found.holds, found
    assert found.low <= 0.5 + 0.03


@pytest.mark.parametrize(("known", "unknown"), [(0.1, 0.01), (0.01, 0.1)])
def test_an_address_that_costs_nothing_is_found_whichever_is_slower(known: float, unknown: float) -> None:
    found = tell(seconds(known, 1), seconds(unknown, 2))
    assert found.auc > 0.99
    assert not found.holds
    assert found.ratio == pytest.approx(known / unknown, rel=0.2)


def test_nothing_measured_is_no_figure() -> None:
    with pytest.raises(ValueError, match="score"):
        tell([], [1.0])
