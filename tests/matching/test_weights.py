import numpy as np
import pytest

from matching.signals import NAMES
from matching.weights import Outcome, fit, prior


def outcomes(n: int, true: list[float], seed: int = 1) -> list[Outcome]:
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(n):
        signals = rng.normal(size=(12, len(true)))
        chances = np.exp(signals @ np.array(true))
        answered = np.zeros(12, dtype=bool)
        answered[rng.choice(12, p=chances / chances.sum())] = True
        made.append(Outcome(signals, answered))
    return made


def test_the_weights_behind_the_outcomes_are_found() -> None:
    assert fit(outcomes(1500, [1.0, -0.5, 0.0]), np.zeros(3), pull=1.0) == pytest.approx([1.0, -0.5, 0.0], abs=0.12)


def test_few_outcomes_leave_the_prior_in_charge() -> None:
    start = np.array([0.3, 0.3, 0.3])
    assert fit(outcomes(2, [5.0, 0.0, 0.0]), start, pull=100.0) == pytest.approx(start, abs=0.05)


def test_nothing_to_learn_from_gives_the_prior() -> None:
    silent = Outcome(np.ones((4, len(NAMES))), np.zeros(4, dtype=bool))
    alone = Outcome(np.ones((1, len(NAMES))), np.ones(1, dtype=bool))
    assert np.array_equal(fit([], prior()), prior())
    assert np.array_equal(fit([silent, alone], prior()), prior())
