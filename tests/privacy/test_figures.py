"""The figures an attack is reported in, against published values and brute force."""

from random import Random

import pytest
from scipy.stats import binomtest

from privacy.attacks.figures import auc, auc_interval, percentile, percentile_interval, wilson


@pytest.mark.parametrize(("hits", "trials"), [(0, 10), (3, 10), (10, 10), (57, 200)])
def test_wilson_agrees_with_scipy(hits: int, trials: int) -> None:
    expected = binomtest(hits, trials).proportion_ci(method="wilson")
    assert wilson(hits, trials, 1.959963985) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_wilson_without_a_trial_knows_nothing_and_refuses_nonsense() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    with pytest.raises(ValueError, match="trials"):
        wilson(3, 2)


def test_auc_is_the_share_of_pairs_won() -> None:
    rng = Random(4)
    highs, lows = [rng.randrange(9) for _ in range(40)], [rng.randrange(7) for _ in range(30)]
    won = sum((h > low) + (h == low) / 2 for h in highs for low in lows)
    assert auc(highs, lows) == pytest.approx(won / 1200)
    assert auc([1.0], [1.0]) == 0.5
    with pytest.raises(ValueError, match="both groups"):
        auc([], [1.0])


def test_auc_interval_narrows_with_more_scores() -> None:
    few, many = auc_interval(0.7, 20, 20), auc_interval(0.7, 2000, 2000)
    assert few[0] < many[0] < 0.7 < many[1] < few[1]


def test_percentile_is_a_value_that_was_seen() -> None:
    values = [5, 1, 4, 2, 3]
    assert [percentile(values, share) for share in (0.0, 0.05, 0.2, 0.21, 0.5, 1.0)] == [1, 1, 1, 2, 3, 5]
    low, high = percentile_interval(list(range(1000)), 0.05, Random(1))
    assert low < 49 < high
    assert high - low < 60
