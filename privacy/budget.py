"""The ledger of the privacy budget: what an organisation's quarter may be charged, and whether one more release fits.

Pure: charges in, a verdict out. Amounts are whole millionths of epsilon and whole 10^-12 of delta, so that sums are
exact. Losses add up (basic composition: Dwork and Roth 2014, theorem 3.16). The unit is one organisation in one quarter.
A charge is written before the release is made and never taken back.

A quarter is charged its own releases in full, and its year's: a number of the year counts units, so one of them changes
it as it changes a quarter's, and costs ε. New terms are counted 0/1 an organisation and year: one quarter more or less
is the organisation with other terms, at most D that come and D that go, and costs 2ε. (Of delta it costs no more than
once, since what may appear is only the D that came; it is charged twice all the same.)

A year says what all that one organisation left in it may cost: the charges of its quarters, four times ε of the year's
numbers, in which the organisation is up to four units (group privacy: theorem 2.2), and the new terms once, for they have it once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from privacy.errors import PrivacyError, WeakInput
from privacy.plans import MICRO, TERMS_CHARGE, is_year_period, quarters_of, year_of

PICO = 10**12
"""So many parts are one delta."""
TERMS = "terms"
_PERIOD = re.compile(r"[0-9]{4}(Q[1-4])?")


class OverBudget(PrivacyError):
    """A release that does not fit. `what` is "epsilon", "delta", "releases" or "twice"; `period` names the quarter, year
    or period that would be overdrawn, `sum` what it would come to, `cap` what it may."""

    def __init__(self, what: str, period: str, sum: int, cap: int) -> None:
        super().__init__(f"{what} of {period}: {sum}, of at most {cap}")
        self.what = what
        self.period = period
        self.sum = sum
        self.cap = cap


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that may ever be charged: epsilon of a quarter and of a year (millionths), delta of a quarter (10^-12),
    and releases made of one period, new terms not counted: they are a year's own, beside its other two."""

    quarter: int = 2 * MICRO
    year: int = 8 * MICRO
    delta: int = PICO // 100_000
    releases: int = 2


CAPS = Caps()


@dataclass(frozen=True, slots=True)
class Charge:
    """One release: of a quarter ("2026Q4") or a year ("2026"), one of each kind. WeakInput for a period that is neither,
    or for nothing spent: a release without noise does not exist."""

    period: str
    kind: str
    micro_epsilon: int
    pico_delta: int = 0

    def __post_init__(self) -> None:
        if not _PERIOD.fullmatch(self.period):
            raise WeakInput("period", "a year, or a year and its quarter")
        if self.micro_epsilon <= 0 or self.pico_delta < 0:
            raise WeakInput("charge", "an epsilon above 0 and a delta not below")


@dataclass(frozen=True, slots=True)
class Account:
    """What one quarter or one year has been charged."""

    period: str
    micro_epsilon: int
    pico_delta: int


def check(charges: Iterable[Charge], new: Charge, caps: Caps = CAPS) -> None:
    """Nothing, when `new` fits beside every charge there ever was. Else OverBudget, naming the first cap it would break.

    The caller reads `charges` and writes `new` in one serialisable transaction.
    """
    every = list(charges)
    own = [one for one in every if one.period == new.period]
    if any(one.kind == new.kind for one in own):
        raise OverBudget("twice", new.period, 2, 1)
    releases = sum(one.kind != TERMS for one in [*own, new])
    if releases > caps.releases:
        raise OverBudget("releases", new.period, releases, caps.releases)
    for quarter in quarters_of(new.period):
        found = account(quarter, [*every, new])
        _fits("epsilon", quarter, found.micro_epsilon, caps.quarter)
        _fits("delta", quarter, found.pico_delta, caps.delta)
    year = year_of(new.period)
    _fits("epsilon", year, account(year, [*every, new]).micro_epsilon, caps.year)


def account(period: str, charges: Iterable[Charge]) -> Account:
    """What a period was charged. A quarter: its own releases, its year's, new terms twice; a year: its quarters', four
    times its own, new terms once."""
    found = [(_times(one, period), one) for one in charges]
    return Account(
        period,
        sum(times * one.micro_epsilon for times, one in found),
        sum(times * one.pico_delta for times, one in found),
    )


def _times(charge: Charge, period: str) -> int:
    if period not in (*quarters_of(charge.period), year_of(charge.period)):
        return 0
    if charge.kind == TERMS and is_year_period(charge.period):
        return 1 if is_year_period(period) else TERMS_CHARGE
    return len(quarters_of(charge.period)) if is_year_period(period) else 1


def _fits(what: str, period: str, total: int, cap: int) -> None:
    if total > cap:
        raise OverBudget(what, period, total, cap)
