"""Circles: 3–5 organisations, stable, and old ids that keep excluding."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from privacy.circles import Circles, Lineage, counting_ids, settle
from privacy.errors import WeakInput


def organisations(quantity: int) -> list[str]:
    return [f"org{n}" for n in range(quantity)]


@given(st.integers(0, 19))
def test_few_organisations_are_a_circle_each(quantity: int) -> None:
    circles = settle(Circles(), organisations(quantity), rng=random.Random(1), new_id=counting_ids())
    assert len(set(circles.current.values())) == len(circles.current) == quantity


@given(st.integers(20, 200), st.integers())
def test_many_are_drawn_into_circles_of_three_to_five(quantity: int, seed: int) -> None:
    circles = settle(Circles(), organisations(quantity), rng=random.Random(seed), new_id=counting_ids())
    assert set(circles.current) == set(organisations(quantity))
    assert {len(members) for members in circles.members().values()} <= {3, 4, 5}


def test_the_twentieth_draws_circles_and_the_old_ids_stay_known() -> None:
    ids, rng = counting_ids(), random.Random(3)
    before = settle(Circles(), organisations(19), rng=rng, new_id=ids)
    after = settle(before, organisations(20), rng=rng, new_id=ids)
    for organisation, old in before.current.items():
        assert old in after.ever(organisation)
        assert after.current[organisation] != old


def test_the_draw_is_random_and_repeatable() -> None:
    def draw(seed: int) -> dict[str, str]:
        return dict(settle(Circles(), organisations(60), rng=random.Random(seed), new_id=counting_ids()).current)

    assert draw(1) == draw(1) != draw(2)


def test_nobody_moves_without_a_split_and_six_split_in_threes() -> None:
    ids, rng = counting_ids(), random.Random(4)
    circles = settle(Circles(), organisations(20), rng=rng, new_id=ids)
    for quantity in range(21, 80):
        before, circles = circles, settle(circles, organisations(quantity), rng=rng, new_id=ids)
        moved = {org for org in before.current if circles.current[org] != before.current[org]}
        assert not moved or {len(circles.members()[circles.current[org]]) for org in moved} == {3}
        for organisation in before.current:
            assert before.ever(organisation) <= circles.ever(organisation)
        # The newcomer is shut out of what its neighbours asked before, also when its arrival split their circle.
        newcomer = f"org{quantity - 1}"
        for neighbour in circles.members()[circles.current[newcomer]]:
            assert before.current.get(neighbour, circles.current[newcomer]) in circles.ever(newcomer)


def test_who_splits_a_circle_does_not_follow_their_names() -> None:
    full = settle(Circles(), organisations(20), rng=random.Random(1), new_id=counting_ids("old-"))

    def last_is_split(seed: int) -> bool:
        circles = settle(full, organisations(26), rng=random.Random(seed), new_id=counting_ids())
        return circles.ever("org25") != {circles.current["org25"]}

    # Five circles have one free place each: whoever of the six comes last splits one.
    assert {last_is_split(seed) for seed in range(30)} == {False, True}


def test_an_organisation_named_twice_is_refused() -> None:
    with pytest.raises(WeakInput):
        settle(Circles(), ["a", "a"], rng=random.Random(1), new_id=counting_ids())


class Community(RuleBasedStateMachine):
    """Organisations come and go; whoever ever shared a circle stays excluded from each other's old posts."""

    def __init__(self) -> None:
        super().__init__()
        self.rng, self.ids = random.Random(9), counting_ids()
        self.present = organisations(18)
        self.number = 18
        self.circles = Circles()
        self.together: set[tuple[str, str]] = set()
        self.settle()

    def settle(self) -> None:
        self.circles = settle(self.circles, self.present, rng=self.rng, new_id=self.ids)
        self.together |= {(org, circle) for org, circle in self.circles.current.items()}

    @rule(quantity=st.integers(1, 5))
    def join(self, quantity: int) -> None:
        for _ in range(quantity):
            self.present.append(f"org{self.number}")
            self.number += 1
        self.settle()

    @rule(at=st.integers(0, 1000))
    def leave(self, at: int) -> None:
        if self.present:
            self.present.pop(at % len(self.present))
            self.settle()

    @rule()
    def again(self) -> None:
        before = self.circles
        self.settle()
        assert self.circles == before

    @invariant()
    def everybody_has_one_circle_of_at_most_five(self) -> None:
        assert set(self.circles.current) == set(self.present)
        assert max(Counter(self.circles.current.values()).values(), default=0) <= 5

    @invariant()
    def once_drawn_no_circle_stands_for_one_organisation(self) -> None:
        sizes = [len(members) for members in self.circles.members().values()]
        if any(size > 1 for size in sizes) and len(self.present) >= 3:
            assert min(sizes) >= 3

    @invariant()
    def whatever_ids_two_of_one_circle_go_by_they_are_of_one_family(self) -> None:
        lines = Lineage(tuple((self.circles.current[one], self.circles.ever(one)) for one in self.present))
        oldest = {one: min(self.circles.ever(one)) for one in self.present}
        families = lines.families({*self.circles.current.values(), *oldest.values()})
        for one in self.present:
            assert families[oldest[one]] == families[self.circles.current[one]]
            assert self.circles.ever(one) <= lines.beside({oldest[one]})

    @invariant()
    def without_an_old_id_circles_are_families_of_their_own(self) -> None:
        lines = Lineage(tuple((self.circles.current[one], self.circles.ever(one)) for one in self.present))
        named = set(self.circles.current.values())
        assert len(set(lines.families(named).values())) == len(named)

    @invariant()
    def old_circles_are_never_forgotten(self) -> None:
        for organisation, circle in self.together:
            if organisation in self.present:
                assert circle in self.circles.ever(organisation)


def test_a_circle_left_with_two_joins_others_and_keeps_its_old_id() -> None:
    ids, rng = counting_ids(), random.Random(5)
    before = settle(Circles(), organisations(20), rng=rng, new_id=ids)
    circle, members = sorted(before.members().items())[0]
    after = settle(before, sorted(set(before.current) - set(members[2:])), rng=rng, new_id=ids)
    assert circle not in after.current.values()
    assert min(len(together) for together in after.members().values()) >= 3
    assert all(circle in after.ever(one) for one in members[:2])


Community.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestCommunity = Community.TestCase
