"""Crowds in arrays against the plain reckoning of privacy.anonymity, member by member.

pycanon, which the design names as oracle, pins an older numpy than ours; open_vectors and crowd_of are loops over
dictionaries that a reader can check by eye, and share no line with the arrays.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy import crowds, tables
from privacy.anonymity import Member, Policy, Shown, crowd_of, open_vectors, posts_pass
from privacy.attributes import Hierarchy
from privacy.crowds import Crowd, Facts, facts_of
from privacy.errors import WeakInput
from privacy.tables import gather, open_in
from tests.privacy.test_anonymity import HIERARCHIES, LIGHT, population

KEY = bytes(32)
STRICT = Policy(few_organisations=1)


def gathered(people: Sequence[Member]) -> Crowd:
    return gather(people, HIERARCHIES, key=KEY)


def told(posts: Sequence[Shown], member: Member) -> Facts:
    return frozenset().union(*(facts_of(post, member.attributes, HIERARCHIES) for post in posts))


@pytest.mark.parametrize("policy", [LIGHT, STRICT, Policy(8, 5, Fraction(1, 4), 1), Policy()])
@pytest.mark.parametrize(("organisations", "seed"), [(3, 1), (20, 2), (40, 3), (120, 4)])
def test_the_same_vectors_are_open_as_in_the_plain_reckoning(policy: Policy, organisations: int, seed: int) -> None:
    people = population(organisations, seed)
    assert open_in(gathered(people), HIERARCHIES, policy) == open_vectors(people, HIERARCHIES, policy)


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 60), st.integers(0, 10_000), st.data())
def test_linked_posts_leave_the_same_crowd(organisations: int, seed: int, data: st.DataObject) -> None:
    people = population(organisations, seed)
    crowd = gathered(people)
    member = data.draw(st.sampled_from(people))
    own = [one for one in people if one.key == member.key]
    posts = []
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.sampled_from(own))
        subject = data.draw(st.sampled_from([None, *sorted(row.subjects)]))
        levels = {"place": data.draw(st.integers(0, 2)), "role": data.draw(st.integers(0, 1))}
        posts.append(Shown(row.group, subject, levels))
    facts = told(posts, member)
    alive = crowd_of(people, member.key, posts, HIERARCHIES)
    assert int(crowd.fitting(facts, HIERARCHIES).sum()) == len(alive)
    for policy in (LIGHT, STRICT):
        assert crowd.passes(facts, HIERARCHIES, policy) == posts_pass(people, member.key, posts, HIERARCHIES, policy)


def test_packed_and_unpacked_it_is_the_same_crowd() -> None:
    for people in (population(40, 5), [], population(1, 2)):
        crowd = gathered(people)
        again = Crowd.from_bytes(crowd.to_bytes())
        assert open_in(again, HIERARCHIES, LIGHT) == open_in(crowd, HIERARCHIES, LIGHT)
        assert again.changed_since(crowd) == crowd.changed_since(again) == 0
        assert np.array_equal(again.organisations, crowd.organisations)
        assert np.array_equal(again.works, crowd.works)


def test_a_crowd_keeps_no_name_and_no_order() -> None:
    people = population(40, 6)
    packed = gathered(people).to_bytes()
    shuffled = random.Random(1).sample(people, len(people))
    again = gathered(shuffled)
    assert len(packed) < 20 * len({one.key for one in people}) + 600
    for one in people:
        assert one.organisation.encode() not in packed
    rows = sorted(map(tuple, again.works.T.tolist()))
    assert rows == sorted(map(tuple, gathered(people).works.T.tolist()))
    assert np.all(np.diff(again.organisations) >= 0)  # rows stand by what they hold
    assert np.all(np.diff(again.marks.astype(object)) > 0)  # and marks by themselves


def test_changes_are_counted_once_a_member() -> None:
    people = population(40, 7)
    keys = sorted({one.key for one in people})
    before = gathered(people)
    moved = [replace(one, organisation="elsewhere") if one.key in keys[:5] else one for one in people]
    assert gathered(moved).changed_since(before) == 5
    assert gathered([one for one in people if one.key not in keys[:7]]).changed_since(before) == 7
    joined = [*people, *(replace(people[0], key=f"new{n}") for n in range(4))]
    assert gathered(joined).changed_since(before) == 4
    other = [replace(one, subjects=frozenset({"another"})) if one.key == keys[0] else one for one in people]
    assert gathered(other).changed_since(before) == 1


def test_marks_say_nothing_without_their_key() -> None:
    people = population(20, 8)
    assert not set(gathered(people).marks) & set(gather(people, HIERARCHIES, key=b"1" * 32).marks)


def test_who_moved_between_two_posts_told_two_places() -> None:
    people = population(60, 9)
    crowd = gathered(people)
    here = facts_of(Shown("salmon", None, {"place": 0}), {"place": "pref1"}, HIERARCHIES)
    there = facts_of(Shown("salmon", None, {"place": 0}), {"place": "pref2"}, HIERARCHIES)
    assert crowd.fitting(here, HIERARCHIES).any()
    assert not crowd.fitting(here | there, HIERARCHIES).any()
    assert not crowd.passes(here | there, HIERARCHIES, LIGHT)


def test_what_nobody_has_leaves_nobody() -> None:
    crowd = gathered(population(60, 10))
    for fact in [("group", 0, "nowhere"), ("subject", 0, "unicorn"), ("shoe size", 0, "42"), ("place", 0, "atlantis")]:
        assert not crowd.fitting(frozenset({fact}), HIERARCHIES).any()
    assert not gathered([]).passes(frozenset({("group", 0, "salmon")}), HIERARCHIES, LIGHT)


def test_a_value_the_hierarchies_do_not_know_counts_as_hidden() -> None:
    people = [replace(one, attributes={**one.attributes, "place": "atlantis"}) for one in population(40, 11)]
    blank = [replace(one, attributes={**one.attributes, "place": ""}) for one in population(40, 11)]
    assert open_in(gathered(people), HIERARCHIES, LIGHT) == open_vectors(blank, HIERARCHIES, LIGHT)
    assert facts_of(Shown("salmon", None, {"place": 0}), {"place": "atlantis"}, HIERARCHIES) == {("group", 0, "salmon")}


def test_an_attribute_cannot_be_called_like_the_group() -> None:
    with pytest.raises(WeakInput):
        gather([], [Hierarchy("group", ("group",), {})], key=KEY)


# Mutants: what the cell test would miss without one of its parts, over cells made for it

CELLS = {
    "organisations": [0] * 3 + [1] * 6 + [2] * 6,  # members, largest and share are in order: three organisations
    "largest": [0] * 4 + [1] * 3 + [2] * 3 + [3] * 1,  # 11 of four organisations, 7 without the largest
    "share": [0] * 9 + [1] * 5 + [2] * 5 + [3] * 5,  # 24 of four organisations, 9 of one
}


def crowd_with(sizes: Sequence[int]) -> list[Member]:
    return [
        Member(f"m{n}", "g", f"o{organisation}", {"place": "pref0", "role": "飼育"}, frozenset({"s"}))
        for n, organisation in enumerate(sizes)
    ]


def cell_without(part: str) -> Callable[[Any, Any, Any, Policy], Any]:
    def passes(total: Any, distinct: Any, largest: Any, policy: Policy) -> Any:
        left = total if part == "largest" else total - largest
        share = largest * policy.alpha.denominator <= policy.alpha.numerator * total
        return (left >= policy.k) & (distinct >= (0 if part == "organisations" else policy.m)) & share

    return passes


@pytest.mark.parametrize("part", ["organisations", "largest"])
def test_a_cell_test_without_one_of_its_parts_is_seen(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    people = crowd_with(CELLS[part])
    facts = facts_of(Shown("g", "s"), people[0].attributes, HIERARCHIES)
    for mutant in (False, True):
        if mutant:
            monkeypatch.setattr(crowds, "cells_pass", cell_without(part))
            monkeypatch.setattr(tables, "cells_pass", cell_without(part))
        # α is not what decides here: with 1/2 the parts are seen one by one
        policy = Policy(8, 4, Fraction(1, 2), 1)
        assert gathered(people).passes(facts, HIERARCHIES, policy) is mutant
        assert bool(open_in(gathered(people), HIERARCHIES, policy)["g"]) is mutant
        assert posts_pass(people, "m0", [Shown("g", "s")], HIERARCHIES, policy) is False


def test_the_largest_share_counts() -> None:
    people = crowd_with(CELLS["share"])
    facts = facts_of(Shown("g", "s"), people[0].attributes, HIERARCHIES)
    assert not gathered(people).passes(facts, HIERARCHIES, STRICT)
    assert gathered(people).passes(facts, HIERARCHIES, Policy(8, 4, Fraction(1, 2), 1))
