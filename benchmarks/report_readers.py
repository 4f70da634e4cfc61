"""What the readers of the reports can tell of one organisation, from OpenDP's own noise.

    python -m benchmarks.report_readers [--runs N]

The organisation fills as many cells as may count, twice over, in two quarters; the readers know everything else. Half of
the runs choose what to look at, bounds are 99.9 % certain. The seed draws the mutants; nobody can seed OpenDP.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from app.insights.noise import draw, threshold
from benchmarks.lines import Line, report
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
from privacy.plans import MICRO

RUNS = 500_000
EPSILON = Fraction(14, 10)
DELTA = Fraction(1, 100)  # where there is something to measure


def lines(seed: int, runs: int) -> Iterator[Line]:
    """Every figure with 1 and with 3 cells, then new terms."""
    for limit in (1, 3):
        yield from _held(limit, runs)
        yield from _mutants(limit, seed)
    yield from _terms()


def _held(limit: int, runs: int) -> Iterator[Line]:
    quarters = [_quarter(limit, runs) for _ in range(2)]
    both = [np.concatenate(sides, axis=2) for sides in zip(*quarters, strict=True)]
    for name, (here, gone), epsilon in (
        ("one quarter", quarters[0], float(EPSILON)),
        ("two quarters", both, 2 * float(EPSILON)),
    ):
        least, found, most = least_epsilon(here, gone), guess(here, gone), most_advantage(epsilon)
        figure = f"epsilon >= {least.epsilon:.3f} ({least.event.statistic}, {runs} runs a side)"
        yield Line(f"reports, D={limit}: {name}", figure, f"<= {epsilon:.1f}", least.epsilon <= epsilon)
        figure = f"advantage {found.advantage:.3f} ({found.low:.3f} to {found.high:.3f})"
        yield Line(f"reports, D={limit}: {name}, active or not", figure, f"<= {most:.3f}", found.low <= most)
    sharp = power(float(EPSILON), limit, share=0.8, runs=runs)
    yield Line(
        f"reports, D={limit}: would find 0.8 of the noise",
        f"with probability {sharp:.4f}",
        ">= 0.99",
        sharp >= 0.99,
    )


def _quarter(limit: int, runs: int) -> list[Values]:
    scale, micro = limit / EPSILON, int(EPSILON * MICRO)
    found = []
    for count in (1, 0):
        drawn = draw(runs * limit, scale, limit=limit, micro_epsilon=micro)
        found.append(released([count] * limit, _already(drawn), runs=runs))
    return found


def _already(drawn: Sequence[int]) -> Noise:
    return lambda _: drawn


def _mutants(limit: int, seed: int) -> Iterator[Line]:
    scale = limit / float(EPSILON)
    mutants: dict[str, tuple[int, int, Noise]] = {
        "half the noise": (limit, 1, geometric(scale / 2, seed)),
        "0.8 of the noise": (limit, 1, geometric(scale * 0.8, seed)),
        "twice as many cells": (2 * limit, 1, geometric(scale, seed)),
        "five questions, not one organisation": (limit, 5, geometric(scale, seed)),
        "floating point": (limit, 1, textbook(scale, seed)),
        "drawn anew at each of 8 loads": (limit, 1, geometric(scale, seed)),
    }
    for name, (cells, count, noise) in mutants.items():
        release = drawn_anew if "anew" in name else released
        found = least_epsilon(*(release([one] * cells, noise, runs=FEWEST_RUNS) for one in (count, 0)))
        yield Line(f"reports, D={limit}: {name} (mutant)", f"epsilon >= {found.epsilon:.2f}")


def _terms() -> Iterator[Line]:
    for users in (1, 4):
        seen, least = appearing(lambda counts: _kept(counts, DELTA), users=users, terms=100_000)
        name, allowed = f"new terms of {users} organisations that appear, delta {float(DELTA)}", f"<= {float(DELTA)}"
        yield Line(name, f"{seen} of 100000, at least {least:.5f}", allowed, least <= DELTA)
    seen, least = appearing(lambda counts: _kept(counts, Fraction(1, MICRO)), users=4, terms=100_000)
    yield Line("new terms of 4 organisations, delta 0.000001", f"{seen} of 100000", "<= 0.000001", least <= 1 / MICRO)
    told = appearing(lambda counts: counts, users=1, terms=100_000)[0]
    yield Line("new terms without a threshold (mutant)", f"{told} of 100000")


def _kept(counts: Mapping[str, int], delta: Fraction) -> list[str]:
    return list(threshold(counts, 1.0, limit=1, micro_epsilon=MICRO, pico_delta=int(delta * 10**12)).counts)


def main() -> int:
    """Print every line as it comes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS, help="with the organisation, and as many without")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    return report(lines(chosen.seed, chosen.runs), chosen.seed)


if __name__ == "__main__":
    sys.exit(main())
