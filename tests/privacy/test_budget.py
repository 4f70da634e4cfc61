"""The ledger by hand and by a machine that reserves whatever it likes: never above a cap, whatever the order."""

from collections import defaultdict

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from privacy.budget import CAPS, PICO, TERMS, Account, Caps, Charge, OverBudget, account, check
from privacy.errors import WeakInput
from privacy.plans import MICRO, quarters_of

YEARS = ("2026", "2027")
PERIODS = [*YEARS, *(quarter for year in YEARS for quarter in quarters_of(year))]
KINDS = ("need", "outcomes", "ideas", "terms")
TIGHT = Caps(year=5 * MICRO)


def refusal(charges: list[Charge], new: Charge, caps: Caps = CAPS) -> tuple[str, str]:
    with pytest.raises(OverBudget) as refused:
        check(charges, new, caps)
    return refused.value.what, refused.value.period


def test_a_full_year_as_it_is_planned_fits() -> None:
    charges: list[Charge] = []
    for quarter in quarters_of("2026"):
        for new in (Charge(quarter, "need", 1_400_000), Charge(quarter, "outcomes", 400_000)):
            check(charges, new)
            charges.append(new)
    terms = Charge("2026", "terms", 100_000, PICO // 1_000_000)
    check(charges, terms)
    charges.append(terms)
    assert account("2026Q1", charges) == Account("2026Q1", 2 * MICRO, 2 * PICO // 1_000_000)
    assert account("2026", charges) == Account("2026", 4 * 1_800_000 + 100_000, PICO // 1_000_000)
    assert account("2027", charges).micro_epsilon == 0


def test_a_year_that_is_counted_whole_costs_a_quarter_what_it_says_and_an_organisation_four_times_that() -> None:
    charges = [Charge("2026", "need", 1_400_000), Charge("2026", "ideas", 400_000)]
    check(charges, Charge("2026", TERMS, 100_000))
    assert refusal(charges, Charge("2026", TERMS, 100_001)) == ("epsilon", "2026Q1")
    charges.append(Charge("2026", TERMS, 100_000))
    assert account("2026Q3", charges).micro_epsilon == 2 * MICRO
    assert account("2026", charges).micro_epsilon == 4 * 1_800_000 + 100_000


def test_what_does_not_fit_is_refused_by_name() -> None:
    spent = [Charge("2026Q1", "need", 1_500_000), Charge("2026", "terms", 200_000)]
    check(spent, Charge("2026Q1", "outcomes", 100_000))
    assert refusal(spent, Charge("2026Q1", "outcomes", 100_001)) == ("epsilon", "2026Q1")
    assert refusal(spent, Charge("2026Q1", "need", 1)) == ("twice", "2026Q1")
    assert refusal([*spent, Charge("2026Q1", "outcomes", 1)], Charge("2026Q1", "ideas", 1)) == ("releases", "2026Q1")
    assert refusal(spent, Charge("2026Q2", "need", 1, PICO // 100_000 + 1)) == ("delta", "2026Q2")


def test_a_year_is_charged_to_its_fullest_quarter() -> None:
    spent = [Charge("2026Q3", "need", 1_900_000)]
    assert refusal(spent, Charge("2026", "terms", 50_001)) == ("epsilon", "2026Q3")
    assert refusal(spent, Charge("2026", "ideas", 100_001)) == ("epsilon", "2026Q3")
    check(spent, Charge("2026", "terms", 50_000))
    check(spent, Charge("2027", "terms", 100_001))


def test_a_year_has_its_two_releases_and_its_terms() -> None:
    spent = [Charge("2026", kind, 100_000) for kind in ("need", "support")]
    check(spent, Charge("2026", TERMS, 100_000, 1))
    assert refusal(spent, Charge("2026", "ideas", 1)) == ("releases", "2026")


def test_a_lower_cap_of_a_year_is_kept_too() -> None:
    spent = [Charge(quarter, "need", 1_600_000) for quarter in quarters_of("2026")[:3]]
    assert refusal(spent, Charge("2026Q4", "need", 200_001), TIGHT) == ("epsilon", "2026")


@pytest.mark.parametrize("period", ["", "2026Q5", "2026Q", "26Q1", "2026q1", "2026Q1 ", "２０２６"])
def test_a_period_that_is_none_is_refused(period: str) -> None:
    with pytest.raises(WeakInput):
        Charge(period, "need", 1)


@pytest.mark.parametrize(("epsilon", "delta"), [(0, 0), (-1, 0), (1, -1)])
def test_nothing_is_given_back(epsilon: int, delta: int) -> None:
    with pytest.raises(WeakInput):
        Charge("2026Q1", "need", epsilon, delta)


class Ledger(RuleBasedStateMachine):
    """Reserves, and writes down whatever was not refused; its own sums are kept another way."""

    def __init__(self) -> None:
        super().__init__()
        self.charges: list[Charge] = []
        self.quarters: dict[str, int] = defaultdict(int)
        self.deltas: dict[str, int] = defaultdict(int)
        self.years: dict[str, int] = defaultdict(int)

    @rule(
        period=st.sampled_from(PERIODS),
        kind=st.sampled_from(KINDS),
        epsilon=st.integers(1, 3 * MICRO),
        delta=st.integers(0, PICO // 50_000),
    )
    def reserve(self, period: str, kind: str, epsilon: int, delta: int) -> None:
        new = Charge(period, kind, epsilon, delta)
        if not self.fits(new):
            refusal(self.charges, new, TIGHT)
            return
        check(self.charges, new, TIGHT)
        self.charges.append(new)
        quarter, year = self.costs(new)
        self.years[period[:4]] += year * epsilon
        for one in quarters_of(period):
            self.quarters[one] += quarter * epsilon
            self.deltas[one] += quarter * delta

    @staticmethod
    def costs(new: Charge) -> tuple[int, int]:
        """To a quarter, to a year."""
        is_year = new.period in YEARS
        return (2, 1) if is_year and new.kind == TERMS else (1, 4) if is_year else (1, 1)

    def fits(self, new: Charge) -> bool:
        kinds = [one.kind for one in self.charges if one.period == new.period]
        quarters, (quarter, year) = quarters_of(new.period), self.costs(new)
        return (
            new.kind not in kinds
            and (new.kind == TERMS or len({*kinds} - {TERMS}) < TIGHT.releases)
            and all(self.quarters[one] + quarter * new.micro_epsilon <= TIGHT.quarter for one in quarters)
            and self.years[new.period[:4]] + year * new.micro_epsilon <= TIGHT.year
            and all(self.deltas[one] + quarter * new.pico_delta <= TIGHT.delta for one in quarters)
        )

    @invariant()
    def nothing_is_overdrawn(self) -> None:
        assert all(sum <= TIGHT.quarter for sum in self.quarters.values())
        assert all(sum <= TIGHT.year for sum in self.years.values())
        assert all(sum <= TIGHT.year for sum in self.years.values())
        for period in PERIODS:
            assert account(period, self.charges).pico_delta <= TIGHT.delta * (4 if period in YEARS else 1)
            assert account(period, self.charges).micro_epsilon == (self.years | self.quarters).get(period, 0)
            assert len({one.kind for one in self.charges if one.period == period} - {TERMS}) <= TIGHT.releases
        assert len({(one.period, one.kind) for one in self.charges}) == len(self.charges)

    @invariant()
    def the_order_does_not_matter(self) -> None:
        for at, one in enumerate(self.charges):
            check(self.charges[:at] + self.charges[at + 1 :], one, TIGHT)


TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
