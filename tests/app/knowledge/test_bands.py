"""Whoever says how it went, looks on Mondays and takes it back: do they see whether a colleague spoke as well?

The attacker is one organisation, and the others come one by one. In one world somebody of the attacker's own circle
spoke before (who asked the question, say); in the other nobody did. The same attackers beat bands counted anew on every
Monday, and the second beats bands that hear again who took their word back.
"""

import random
from collections.abc import Callable
from itertools import pairwise

import pytest

from app.knowledge.rules import OF, Told, next_told
from app.questions.voices import apart
from privacy.bands import Standing, at_least, next_standing

RUNS, WEEKS = 400, 60
COMING = 0.3  # organisations a week
OWN = frozenset({"own"})

Voices = list[frozenset[str]]
Rule = Callable[[Told, Voices, Voices], Told]
Log = list[tuple[bool, int]]  # the attacker's own word stood; the band that Monday


def counted_anew(_before: Told, good: Voices, bad: Voices) -> Told:
    """The first mutant: a band as of every Monday."""
    number = len(apart([*good, *bad]))
    band = at_least(number, (20, 10, 5))
    return Told(Standing(band), OF * len(apart(good)) // number if band else 0)


def heard_again(before: Told, good: Voices, bad: Voices) -> Told:
    """The second: three others have to move, and nothing is remembered of who took their word back."""
    names = {min(part): 1 for part in apart([*good, *bad])}
    return Told(next_standing(before.standing, names))


def until_it_shows(_week: int, log: Log) -> bool:
    """Speak, and take it back once there is a band."""
    return not any(band for _own, band in log)


def every_other_week(week: int, _log: Log) -> bool:
    """Speak in one week and take it back in the next."""
    return week % 2 == 0


def watch(rule: Rule, speaks: Callable[[int, Log], bool], rng: random.Random, *, colleague: bool) -> Log:
    told, others, log = Told(), 0, Log()
    for week in range(WEEKS):
        others += sum(rng.random() < COMING / 2 for _ in range(2))
        own = speaks(week, log)
        good = [frozenset({f"o{number}"}) for number in range(others)] + [OWN] * (own + colleague)
        told = rule(told, good, [])
        log.append((own, told.standing.band))
    return log


def signs(log: Log) -> tuple[bool, ...]:
    """What they could read: it went after it was there; it came, and rose, in a week in which their own word stood."""
    steps = list(pairwise(log))
    rises = [own for (_was, before), (own, after) in steps if after > before]
    return any(after < before for (_w, before), (_o, after) in steps), rises[:1] == [True], rises[1:2] == [True]


def advantage(rule: Rule, speaks: Callable[[int, Log], bool], seed: int = 1) -> float:
    """How much better than a coin they tell the two worlds by the best sign."""
    rng = random.Random(seed)
    worlds = [[signs(watch(rule, speaks, rng, colleague=one)) for _ in range(RUNS)] for one in (False, True)]
    rates = [[sum(column) / RUNS for column in zip(*world, strict=True)] for world in worlds]
    return max(abs(one - other) for one, other in zip(*rates, strict=True))


@pytest.mark.parametrize("speaks", [until_it_shows, every_other_week])
def test_nobody_reads_off_a_band_whether_a_colleague_spoke(
    speaks: Callable[[int, Log], bool],
) -> None:
    assert advantage(next_told, speaks) <= 0.10
    assert advantage(counted_anew, speaks) >= 0.5


def test_the_attacker_beats_bands_that_hear_again_who_took_their_word_back() -> None:
    assert advantage(heard_again, every_other_week) >= 0.3
