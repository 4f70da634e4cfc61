"""One draw of noise by OpenDP, in a process that is born for it and ends with it: JSON in, JSON out.

Run as a file by `app.insights.noise`, never imported by the house, and importing nothing of it: a panic inside OpenDP
aborts the whole interpreter, so it shall be an interpreter that holds nothing else. Integer mechanisms only; the noise
comes from the operating system's randomness, so there is no seed.
"""

import json
import sys
from typing import Any

import opendp.prelude as dp


def draw(length: int, scale: float, limit: int) -> dict[str, Any]:
    """Noise alone: the vector discrete Laplace mechanism on so many zeros, and the epsilon OpenDP says it costs when one
    organisation changes the vector by `limit` in L1."""
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    mechanism = dp.m.make_laplace(*space, scale=scale)
    return {"epsilon": mechanism.map(limit), "values": mechanism([0] * length)}


def keep(counts: dict[str, int], scale: float, limit: int, delta: float, fewest: int) -> dict[str, Any]:
    """Keys nobody listed beforehand: noise on each count, and only those that come to the threshold with it.

    The threshold is the lowest with which a key of fewer than `fewest` organisations passes with probability of at most
    delta/limit. OpenDP 0.16.0 keeps counts that equal the threshold and leaves just those out of its delta (its issue
    2922), so the delta here is what it says of a threshold one lower.
    """
    space = dp.map_domain(dp.atom_domain(T=str), dp.atom_domain(T=int)), dp.l01inf_distance(dp.absolute_distance(T=int))
    change = (limit, limit, 1)

    def loss(threshold: int) -> tuple[float, float]:
        epsilon, spent = dp.m.make_laplace_threshold(*space, scale=scale, threshold=threshold - 1).map(change)
        return float(epsilon), float(spent)

    low, high = 2, 3
    while loss(high)[1] > delta:
        low, high = high, 2 * high
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if loss(middle)[1] <= delta else (middle + 1, high)
    epsilon, spent = loss(low)
    threshold = low + fewest - 2  # `low` is for a key of one organisation
    values = dp.m.make_laplace_threshold(*space, scale=scale, threshold=threshold)(counts)
    return {"epsilon": epsilon, "delta": spent, "threshold": threshold, "values": values}


if __name__ == "__main__":
    dp.enable_features("contrib")
    asked = json.load(sys.stdin)
    json.dump(draw(**asked) if asked.pop("what") == "draw" else keep(**asked), sys.stdout)
