"""The map reader: wants to know from published bands whether one person came to a cell.

They hold a circle of their own with as many accounts as they like, see every publication, and know nothing else of the
count but what the publications told them. By moving their own accounts up and down they feel for the edge of a band and
sit on it, so that the one person tips it. What they read out of it is the best that can be learnt from runs of the same
kind: a table from what was seen to what was more often true.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from privacy.bands import Standing

OWN = "the reader's own circle"
FEELS = ("still", "step", "leap")
Publish = Callable[[Standing, Mapping[str, int]], Standing]
Seen = tuple[tuple[int, int], ...]
"""(the reader's own accounts, the band published with them), of the last publications."""


@dataclass(frozen=True, slots=True)
class Months:
    """How long the reader feels, and how often in a month a circle of the others gains or loses somebody (0 to 1)."""

    quantity: int = 24
    churn: float = 0.0
    remembered: int = 4


def best_advantage(publish: Publish, *, months: Months, runs: int, rng: random.Random) -> float:
    """How much better than chance the best way of feeling tells "came" from "did not", from -1 to 1; 1 reads all.

    Half of the runs teach the reader, the other half are told apart: the error is about 1.4 / sqrt(runs).
    """
    return max(_advantage(publish, feel, months, runs, rng) for feel in FEELS)


def _advantage(publish: Publish, feel: str, months: Months, runs: int, rng: random.Random) -> float:
    learnt: dict[Seen, Counter[bool]] = defaultdict(Counter)
    for _ in range(runs // 2):
        came = rng.random() < 0.5
        learnt[_run(publish, feel, months, came, rng)][came] += 1
    right = 0
    for _ in range(runs // 2):
        came = rng.random() < 0.5
        votes = learnt[_run(publish, feel, months, came, rng)]
        right += (votes[True] > votes[False]) == came
    return 2 * right / (runs // 2) - 1


def _run(publish: Publish, feel: str, months: Months, came: bool, rng: random.Random) -> Seen:
    others = {f"circle {number}": rng.randint(0, 6) for number in range(rng.randint(4, 6))}
    standing, seen = Standing(), list[tuple[int, int]]()
    edge = rng.randint(0, 8)
    for left in reversed(range(months.quantity)):
        for name in others:
            if rng.random() < months.churn:
                others[name] = max(0, others[name] + rng.choice((-1, 1)))
        others["circle 0"] += came and not left
        own = _own(feel, edge if left else _below(edge, seen), left)
        standing = publish(standing, {name: n for name, n in {**others, OWN: own}.items() if n})
        seen.append((own, standing.band))
        edge = _felt(edge, own, seen)
    return tuple(seen[-months.remembered :])


def _own(feel: str, edge: int, left: int) -> int:
    """So many accounts the reader shows this time: the edge itself, or from far away to it and back."""
    if feel == "still":
        return 3
    return edge if feel == "step" or left % 2 == 0 else max(0, edge - 6)


def _felt(edge: int, own: int, seen: list[tuple[int, int]]) -> int:
    """One fewer when the band is higher than the lowest seen of late, one more when it is not."""
    if own != edge:
        return edge
    lowest = min(band for _, band in seen[-8:])
    return max(0, edge - 1) if seen[-1][1] > lowest else min(16, edge + 1)


def _below(edge: int, seen: list[tuple[int, int]]) -> int:
    """At the last: the most accounts that lately did not reach the higher band, so that one more person would."""
    late = seen[-8:]
    lowest = min(band for _, band in late)
    return max((own for own, band in late if band == lowest), default=edge)
