"""From what happened to bands: pure, over plain values.

A band of a count is a lower bound, nothing under ten. A band of a share needs ten in its part and in its whole. A band
of hours needs that no single thread decides it (`app.queues.waits.next_band` says how).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, inf
from typing import Any, Final

from app.queues.rules import PASS_REASONS

FEWEST: Final = 10
COUNTS: Final = (10_000, 5_000, 2_500, 1_000, 500, 250, 100, 50, 25, 10)
HOURS: Final = (0, 1, 2, 4, 8, 12, 24, 48, 72, 168, 336, 2_400)
STAGES: Final = ("first", "second", "third", "domain", "coordinator")
LOADS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
FEW_EXPERTS: Final = 5
CIRCLES: Final = 3
PARTS: Final = 5  # a share is told in fifths

Band = list[int] | None


@dataclass(frozen=True, slots=True)
class ThreadFacts:
    """One question of the quarter: hours to its first answer and its first useful one (infinite: none), how far it was
    taken, how it stands, and what came of it (1 good, -1 bad, 0 not told)."""

    answered: float
    useful: float
    stage: str
    state: str
    outcome: int = 0


@dataclass(frozen=True, slots=True)
class QuarterFacts:
    """All that a quarter's report is made of. `answers` are the answering handles, one entry an answer; `newcomers` says
    of each handle that answered for the first time in the quarter before how often it has answered since."""

    threads: Sequence[ThreadFacts]
    offers: int = 0
    capacity: int = 0  # offers that experts had room for in the quarter
    answers: Sequence[str] = ()
    reasons: Mapping[str, int] = field(default_factory=dict)
    experts: Mapping[str, int] = field(default_factory=dict)  # subject -> experts who take questions
    newcomers: Sequence[int] = ()
    incidents: int = 0
    circles: frozenset[str] = frozenset()  # that asked


def report_of(facts: QuarterFacts) -> dict[str, Any]:
    """Figure → band, as JSON holds it; None says nothing. Where fewer than three circles asked, nothing is told."""
    if len(facts.circles) < CIRCLES:
        facts = QuarterFacts(threads=(), experts=facts.experts)
    threads, total = facts.threads, len(facts.threads)
    useful, answered = [one.useful for one in threads], [one.answered for one in threads]
    outcomes = Counter(one.outcome for one in threads)
    told = outcomes[1] + outcomes[-1]
    return {
        "threads": count_band(total),
        "useful_median": hours_band(useful, 0.5),
        "useful_ninety": hours_band(useful, 0.9),
        "within_24": share_band(sum(one <= 24 for one in answered), total),
        "within_72": share_band(sum(one <= 72 for one in answered), total),
        "endings": _endings(threads),
        "outcome_told": count_band(told),
        "outcome_good": share_band(outcomes[1], told),
        "load": load_band(facts.offers, facts.capacity),
        "busiest": busiest_band(facts.answers),
        "few_experts": _some(facts.experts.values()),
        "reasons": {reason: count_band(facts.reasons.get(reason, 0)) for reason in PASS_REASONS},
        "second": share_band(sum(one > 1 for one in facts.newcomers), len(facts.newcomers)),
        "incidents": count_band(facts.incidents),
    }


def count_band(count: int) -> int:
    """At least so many; 0 is fewer than ten."""
    return next((edge for edge in COUNTS if count >= edge), 0)


def share_band(part: int, whole: int) -> Band:
    """The fifth that a share lies in, in percent: [20, 40]. None where part or whole is under ten."""
    if min(part, whole) < FEWEST:
        return None
    low = min(part * PARTS // whole, PARTS - 1) * 100 // PARTS
    return [low, low + 100 // PARTS]


def hours_band(hours: Sequence[float], quantile: float) -> Band:
    """The band of HOURS that a quantile lies in. None where it has none, where fewer than ten were answered, or where
    one thread more or less would tell another."""
    if sum(one < inf for one in hours) < FEWEST:
        return None
    waits = sorted(hours)
    at = max(0, ceil(quantile * len(waits)) - 1)
    bands = {_hours(one) for one in waits[max(0, at - 1) : at + 2]}
    found = bands.pop()
    return None if bands or found is None else list(found)


def load_band(offers: int, capacity: int) -> Band:
    """The quarter that asked load over offered capacity lies in, in percent; [100, 0] is over it."""
    if min(offers, capacity) < FEWEST:
        return None
    ratio = offers / capacity
    return next(
        ([round(low * 100), round(high * 100)] for low, high in pairwise(LOADS) if ratio < high), [100, 0]
    )  # fmt: skip


def busiest_band(answers: Collection[str]) -> Band:
    """The fifth that the busiest tenth's share of answers lies in; None where that tenth is fewer than ten."""
    counts = sorted(Counter(answers).values(), reverse=True)
    tenth = len(counts) // 10
    return share_band(sum(counts[:tenth]), len(answers)) if tenth >= FEWEST else None


def newcomers_of(answers: Iterable[tuple[str, int]], start: int, end: int) -> list[int]:
    """Of (handle, window): how often each handle answered whose first answer lies in [start, end)."""
    windows: dict[str, list[int]] = defaultdict(list)
    for handle, window in answers:
        windows[handle].append(window)
    return [len(found) for found in windows.values() if start <= min(found) < end]


def _endings(threads: Sequence[ThreadFacts]) -> dict[str, int]:
    """How far answered questions had been taken, and how many ended without an answer."""
    answered = Counter(one.stage for one in threads if one.answered < inf)
    ended = sum(one.state == "ended" and one.answered == inf for one in threads)
    return {**{stage: count_band(answered[stage]) for stage in STAGES}, "ended": count_band(ended)}


def _some(experts: Iterable[int]) -> str:
    """Which part of the subjects has fewer than five experts: never which, never how many."""
    listed = list(experts)
    few = sum(one < FEW_EXPERTS for one in listed)
    return "none" if few == 0 else "all" if few == len(listed) else "some" if 2 * few < len(listed) else "most"


def _hours(one: float) -> tuple[int, int] | None:
    return next((band for band in pairwise(HOURS) if band[0] <= one < band[1]), None)
