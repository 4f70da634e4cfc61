"""The noise of a release, drawn by OpenDP in a short-lived process that may die without harm.

The noise of a release over known cells is drawn before its data are looked at: discrete Laplace noise on a vector of
zeros. Adding the counts afterwards is the same mechanism, M(x) = x + Z with Z independent of x (Ghosh, Roughgarden and
Sundararajan 2012; Canonne, Kamath and Steinke 2020), and whoever stops in between goes on with the same noise. What it
costs is asked from OpenDP itself and held against what was reserved.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, Literal

from privacy.budget import PICO
from privacy.plans import MICRO

PROGRAM: Final = (sys.executable, "-I", str(Path(__file__).with_name("laplace.py")))
SECONDS: Final = 120.0
FEWEST: Final = 5
"""Organisations that used a new term, before it may appear."""
_WASTE: Final = Fraction(1, 100_000)  # noise may be larger than declared by rounding, never by a mistake
_HAIR: Final = 1 + 2**-50  # OpenDP rounds losses up: so much more noise, and a loss on the edge stays on this side


class NoiseFailed(Exception):
    """There is no noise, and nothing of the data has been used. `why` is "died", "late", "nonsense" (an answer that is
    none) or "loss" (OpenDP says it would cost something else than was reserved)."""

    def __init__(self, why: Literal["died", "late", "nonsense", "loss"]) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Terms:
    """New terms that came to the threshold, each with its noisy count, and that threshold."""

    counts: Mapping[str, int]
    threshold: int


def draw(
    length: int,
    scale: Fraction | float,
    *,
    limit: int,
    micro_epsilon: int,
    program: Sequence[str] = PROGRAM,
    seconds: float = SECONDS,
) -> list[int]:
    """So many independent discrete Laplace integers of this scale, for a vector that one organisation changes by at most
    `limit` in L1. Raises NoiseFailed, also when OpenDP puts the loss above `micro_epsilon`, or well below it."""
    found = _ask(program, seconds, what="draw", length=length, scale=float(scale) * _HAIR, limit=limit)
    _held(found, micro_epsilon)
    values = found.get("values")
    if not isinstance(values, list) or len(values) != length or any(type(one) is not int for one in values):
        raise NoiseFailed("nonsense")
    return values


def threshold(
    counts: Mapping[str, int],
    scale: Fraction | float,
    *,
    limit: int,
    micro_epsilon: int,
    pico_delta: int,
    program: Sequence[str] = PROGRAM,
    seconds: float = SECONDS,
) -> Terms:
    """The terms that may be told, out of organisations counted 0/1 per term, at most `limit` terms each.

    A term used by fewer than FEWEST organisations appears with probability of at most delta/limit. Looks at the data, so
    the budget is spent whatever comes of it. Raises NoiseFailed, also when OpenDP's epsilon or delta is not as declared.
    """
    if pico_delta < 1 or any(count < 1 for count in counts.values()):
        raise ValueError("a delta above 0, and terms that somebody used")
    delta = float(Fraction(pico_delta, PICO))
    found = _ask(
        program, seconds, what="keep", counts=dict(counts), scale=float(scale) * _HAIR, limit=limit, delta=delta,
        fewest=FEWEST,
    )  # fmt: skip
    _held(found, micro_epsilon)
    spent, least, values = found.get("delta"), found.get("threshold"), found.get("values")
    if not isinstance(spent, float) or type(least) is not int or not isinstance(values, dict):
        raise NoiseFailed("nonsense")
    if not 0 <= spent <= delta:
        raise NoiseFailed("loss")
    if not values.keys() <= counts.keys() or any(type(one) is not int or one < least for one in values.values()):
        raise NoiseFailed("nonsense")
    return Terms(dict(sorted(values.items())), least)


def _ask(program: Sequence[str], seconds: float, **asked: Any) -> dict[str, Any]:
    # What it says when it dies may quote what it was handed, so nobody hears it.
    try:
        done = subprocess.run(  # noqa: S603  a fixed file of ours, without a shell
            program, input=json.dumps(asked).encode(), capture_output=True, env={}, cwd="/", timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise NoiseFailed("late") from None
    except OSError:
        raise NoiseFailed("died") from None
    if done.returncode:
        raise NoiseFailed("died")
    try:
        found = json.loads(done.stdout)
    except ValueError:
        raise NoiseFailed("nonsense") from None
    if not isinstance(found, dict):
        raise NoiseFailed("nonsense")
    return found


def _held(found: Mapping[str, Any], micro_epsilon: int) -> None:
    loss, declared = found.get("epsilon"), Fraction(micro_epsilon, MICRO)
    if not isinstance(loss, float):
        raise NoiseFailed("nonsense")
    if not declared * (1 - _WASTE) <= loss <= declared:
        raise NoiseFailed("loss")
