"""The routing oracle: does anything an asker sees tell whether some organisation has an expert on something?

A game of many rounds. In each, a coin decides whether the organisation has one; the asker sends a crafted probe and
keeps every response seen until the last wave. The attacker learns on some rounds what differs, and guesses the coin in the
others: naive Bayes over the lines, numbers and lengths of all pages. Advantage is 2 × accuracy − 1, the difference
between true and false alarms when both cases are as frequent (Yeom and others 2018). Durations are no part of it.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from privacy.attacks.figures import wilson
from privacy.errors import WeakInput

MOST_ADVANTAGE = 0.10
PROBES = 200
UNHEARD = frozenset({"Date", "Content-Length"})
"""Headers left out: the clock, and what differs with the asker's own words; the text's length counts."""
LEAST_Z = 3.0
"""How far from chance a feature has to be before it is believed: pages hold thousands of them."""
_ID = re.compile(r"[0-9a-f]{16,}|[A-Za-z0-9_.-]{40,}")
_NUMBER = re.compile(r"\d+")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Response:
    """One response to the asker: where in the story it came (page and wave), its status, headers and text."""

    place: str
    status: int
    headers: tuple[tuple[str, str], ...]
    text: str


@dataclass(frozen=True)
class Round:
    """One probe: everything the asker saw of it, and the coin, which only scores."""

    responses: tuple[Response, ...]
    has_expert: bool


@dataclass(frozen=True)
class Outcome:
    """How well the coin was guessed in the rounds that were not learnt from, with its interval (Wilson, as
    advantage), and the features that told most."""

    rounds: int
    right: int
    evidence: tuple[tuple[str, float], ...]

    @property
    def advantage(self) -> float:
        """0 for a guess, 1 for certainty."""
        return 2 * self.right / self.rounds - 1

    @property
    def interval(self) -> tuple[float, float]:
        """Where the advantage is."""
        low, high = wilson(self.right, self.rounds)
        return 2 * low - 1, 2 * high - 1


def features(response: Response) -> set[str]:
    """What a response says, without ids and tokens, which differ every time: status, header names and values, lines,
    numbers, and its length to the nearest 16 characters."""
    plain = _ID.sub("", response.text)
    lines = {" ".join(line.split()) for line in _TAG.sub("\n", plain).splitlines()}
    found = {f"status {response.status}", f"length {len(plain) // 16}", f"tags {len(_TAG.findall(plain))}"}
    found |= {f"header {name} {_ID.sub('', value)}" for name, value in response.headers if name not in UNHEARD}
    found |= {f"line {line}" for line in lines if line}
    found |= {f"number {number}" for line in lines for number in _NUMBER.findall(line)}
    return {f"{response.place}: {one}" for one in found}


def play(rounds: Sequence[Round], *, folds: int = 5, splits: int = 5, seed: int = 0) -> Outcome:
    """Guess every round from what the other folds teach, over several splits; where nothing is told, half a point.

    WeakInput under ten rounds or with one side of the coin only.
    """
    if len(rounds) < 10 or len({one.has_expert for one in rounds}) < 2:
        raise WeakInput("rounds", "ten, with both sides of the coin")
    known = [(frozenset().union(*map(features, one.responses)), one.has_expert) for one in rounds]
    rng = random.Random(seed)  # noqa: S311  a repeatable split
    right = sum(_right(known, rng.sample(range(len(known)), len(known)), folds) for _ in range(splits)) / splits
    strongest = sorted(_learn(known).items(), key=lambda pair: -abs(pair[1]))[:5]
    return Outcome(len(rounds), round(right), tuple((name, round(weight, 2)) for name, weight in strongest))


def _right(known: Sequence[tuple[frozenset[str], bool]], order: Sequence[int], folds: int) -> float:
    right = 0.0
    for fold in range(folds):
        held = set(order[fold::folds])
        weights = _learn([known[at] for at in order if at not in held])
        for seen, coin in (known[at] for at in held):
            score = sum(weights.get(one, 0.0) for one in seen)
            right += 0.5 if score == 0 else float((score > 0) == coin)
    return right


def _learn(known: Sequence[tuple[frozenset[str], bool]]) -> dict[str, float]:
    """Log odds (Laplace smoothed) of each feature that falls on one side of the coin more often than chance would."""
    yes, no = (Counter(one for seen, coin in known if coin is side for one in seen) for side in (True, False))
    heads = sum(coin for _, coin in known)
    tails = len(known) - heads
    weights = {}
    for one in yes.keys() | no.keys():
        share = (yes[one] + no[one]) / len(known)
        spread = math.sqrt(share * (1 - share) * (1 / heads + 1 / tails)) if share < 1 else 0.0
        if spread and abs(yes[one] / heads - no[one] / tails) > LEAST_Z * spread:
            weights[one] = math.log((yes[one] + 1) / (heads + 2)) - math.log((no[one] + 1) / (tails + 2))
    return weights
