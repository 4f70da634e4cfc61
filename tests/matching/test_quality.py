import numpy as np
import pytest

from matching.quality import hit_at, mrr, paired_bootstrap, place


def test_place_counts_from_one() -> None:
    assert place(["a", "b"], "b") == 2
    assert place(["a", "b"], "c") is None


def test_mrr_and_hits() -> None:
    assert mrr([1, 2, None, 4]) == pytest.approx((1 + 0.5 + 0 + 0.25) / 4)
    assert hit_at([1, 3, 4, None], 3) == 0.5


@pytest.mark.parametrize("measure", [mrr, lambda places: hit_at(places, 3)])
def test_nothing_has_no_mean(measure) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="no places"):
        measure([])


def test_a_clear_gain_is_seen_and_luck_is_not() -> None:
    rng = np.random.default_rng(1)
    theirs = rng.random(200)
    clear = paired_bootstrap(theirs + 0.1 + rng.normal(0, 0.1, 200), theirs, seed=3, resamples=2000)
    assert clear.low > 0
    assert clear.p_not_better == 0
    luck = paired_bootstrap(theirs + rng.normal(0, 0.3, 200), theirs, seed=3, resamples=2000)
    assert luck.low < 0 < luck.high


def test_the_same_seed_gives_the_same_answer() -> None:
    first = paired_bootstrap([1, 0, 1], [0, 0, 1], seed=5, resamples=500)
    assert first == paired_bootstrap([1, 0, 1], [0, 0, 1], seed=5, resamples=500)


@pytest.mark.parametrize(("ours", "theirs"), [([], []), ([1.0], [1.0, 2.0])])
def test_rows_that_do_not_pair_are_refused(ours: list[float], theirs: list[float]) -> None:
    with pytest.raises(ValueError, match="equally long"):
        paired_bootstrap(ours, theirs, seed=1)
