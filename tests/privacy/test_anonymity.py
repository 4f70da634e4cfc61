"""The crowd: the cell test, full-domain openness against a slow second reckoning, and the attacker who knows all."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.anonymity import (
    AT_GROUP,
    SUBJECT,
    Member,
    Open,
    Policy,
    Shown,
    Vector,
    cell_passes,
    coarser_that_passes,
    crowd_of,
    group_vector,
    is_coarser_or_equal,
    may_publish_under_group,
    open_vectors,
    posts_pass,
    vector_of,
)
from privacy.attributes import Hierarchy
from privacy.errors import WeakInput

AREA = Hierarchy("place", ("prefecture", "area"), {f"pref{n}": (f"area{n % 3}",) for n in range(9)})
ROLE = Hierarchy("role", ("role",), {"飼育": (), "獣医": (), "経営": ()})
HIERARCHIES = (AREA, ROLE)
LIGHT = Policy(5, 3, Fraction(1, 2), few_organisations=1)


def population(organisations: int, seed: int, per_organisation: int = 6) -> list[Member]:
    """Organisations of uneven size, each in one prefecture, working with one group or two and one to three species."""
    rng = random.Random(seed)
    found = []
    for n in range(organisations):
        place, groups = f"pref{rng.randrange(9)}", rng.sample(["salmon", "bream", "eel"], rng.choice([1, 1, 2]))
        for m in range(rng.randint(1, 2 * per_organisation - 1)):
            role = rng.choices(["飼育", "獣医", "経営"], [6, 2, 1])[0]
            for group in groups:
                subjects = frozenset(rng.sample([f"{group}{s}" for s in range(3)], rng.choice([1, 1, 2])))
                found.append(Member(f"m{n}.{m}", group, f"org{n}", {"place": place, "role": role}, subjects))
    return found


# The cell test


@given(st.lists(st.integers(0, 6), max_size=40), st.integers(5, 9), st.integers(3, 5))
def test_the_cell_test_as_the_document_says_it(organisations: list[int], k: int, m: int) -> None:
    names = [f"org{n}" for n in organisations]
    sizes = sorted(Counter(names).values(), reverse=True) or [0]
    expected = len(names) >= k and len(set(names)) >= m and len(names) - sizes[0] >= k and 3 * sizes[0] <= len(names)
    assert cell_passes(names, Policy(k, m, Fraction(1, 3))) is expected


@pytest.mark.parametrize(
    ("cell", "passes"),
    [
        ("aaabbbcccddd", True),
        ("aaabbbccc", False),  # three organisations
        ("aabbccdd", False),  # eight, but six without the largest
        ("aaaaaabbccddee", False),  # one holds more than a third
        ("aaaabbbccddd", True),
        ("", False),
    ],
)
def test_cells_at_the_edge(cell: str, passes: bool) -> None:
    assert cell_passes(cell, Policy()) is passes


@pytest.mark.parametrize("wrong", [{"k": 4}, {"m": 2}, {"alpha": Fraction(2, 3)}, {"alpha": Fraction(0)}])
def test_the_floor_cannot_be_undercut(wrong: dict[str, int]) -> None:
    assert Policy(5, 3, Fraction(1, 2)).k == 5
    with pytest.raises(WeakInput):
        Policy(**wrong)  # type: ignore[arg-type]


# Openness


def all_vectors() -> list[Vector]:
    return [(("place", p), ("role", r), (SUBJECT, s)) for p, r, s in product(range(3), range(2), range(2))]


def slow_open(members: Sequence[Member], vector: Vector, policy: Policy) -> bool:
    """Openness reckoned member by member, through crowd_of: each member's own cell must pass, in every subject."""
    levels = dict(vector)
    for member in members:
        for subject in member.subjects if levels[SUBJECT] != AT_GROUP else [None]:
            cell = [
                other.organisation
                for other in members
                if (subject is None or subject in other.subjects)
                and AREA.generalise(other.attributes["place"], levels["place"])
                == AREA.generalise(member.attributes["place"], levels["place"])
                and ROLE.generalise(other.attributes["role"], levels["role"])
                == ROLE.generalise(member.attributes["role"], levels["role"])
            ]
            if not cell_passes(cell, policy):
                return False
    return True


@pytest.mark.parametrize(("organisations", "seed"), [(20, 1), (40, 2), (60, 3), (120, 4)])
def test_open_vectors_agree_with_the_slow_reckoning(organisations: int, seed: int) -> None:
    people = population(organisations, seed)
    for group, found in open_vectors(people, HIERARCHIES, LIGHT).items():
        members = [member for member in people if member.group == group]
        passing = {vector for vector in all_vectors() if slow_open(members, vector, LIGHT)}
        shut = [vector for vector in all_vectors() if vector not in passing]
        assert found == {v for v in passing if not any(is_coarser_or_equal(other, v) for other in shut)}
        assert found


@settings(max_examples=40, deadline=None)
@given(st.integers(5, 80), st.integers(0, 10_000))
def test_whatever_is_coarser_than_an_open_vector_is_open(organisations: int, seed: int) -> None:
    for found in open_vectors(population(organisations, seed), HIERARCHIES, LIGHT).values():
        for vector in found:
            assert {v for v in all_vectors() if is_coarser_or_equal(v, vector)} <= found


def test_one_small_cell_anywhere_shuts_the_vector_for_everybody() -> None:
    crowd = [
        Member(f"m{n}", "g", f"org{n % 8}", {"place": "pref0", "role": "飼育"}, frozenset({"s"})) for n in range(40)
    ]
    lonely = Member("lonely", "g", "org1", {"place": "pref1", "role": "飼育"}, frozenset({"s"}))
    fine = vector_of({"place": 0, "role": 0, SUBJECT: 0}, HIERARCHIES)
    assert fine in open_vectors(crowd, HIERARCHIES, LIGHT)["g"]
    assert fine not in open_vectors([*crowd, lonely], HIERARCHIES, LIGHT)["g"]


def test_a_vector_stays_shut_when_a_coarser_one_fails() -> None:
    # One organisation has a third of neither species but nearly half of the group: the others keep both.
    def keeper(n: int, organisation: str, *subjects: str) -> Member:
        return Member(f"{organisation}.{n}", "g", organisation, {}, frozenset(subjects))

    people = [keeper(n, "big", "a" if n < 5 else "b") for n in range(10)]
    people += [keeper(n, f"org{n % 6}", "a", "b") for n in range(12)]
    assert posts_pass(people, "big.0", [Shown("g", "a")], (), Policy())
    assert posts_pass(people, "big.9", [Shown("g", "b")], (), Policy())
    assert not posts_pass(people, "big.0", [Shown("g", None)], (), Policy())
    assert open_vectors(people, (), Policy(few_organisations=1)) == {"g": frozenset()}


def test_below_twenty_organisations_only_the_group_is_offered() -> None:
    few, many = population(19, 5, 20), population(60, 5, 20)
    offered = open_vectors(few, HIERARCHIES, Policy())
    assert set().union(*offered.values()) == {group_vector(HIERARCHIES)}
    assert any(len(found) > 1 for found in open_vectors(many, HIERARCHIES, Policy()).values())


def test_the_one_tap_question_goes_under_the_group_or_is_refused_when_the_group_is_no_crowd() -> None:
    people = population(60, 6)
    alone = [Member(f"x{n}", "abalone", f"org{n % 3}", {}, frozenset({"awabi"})) for n in range(30)]
    open_ = open_vectors([*people, *alone], HIERARCHIES, Policy())
    assert all(may_publish_under_group(open_, group, HIERARCHIES) for group in ("salmon", "bream", "eel"))
    assert not may_publish_under_group(open_, "abalone", HIERARCHIES)
    assert not may_publish_under_group(open_, "nowhere", HIERARCHIES)


def test_the_nearest_coarser_vector_is_offered() -> None:
    wanted = vector_of({"place": 0, "role": 0, SUBJECT: 0}, HIERARCHIES)
    near, far = vector_of({"place": 1, "role": 0, SUBJECT: 0}, HIERARCHIES), group_vector(HIERARCHIES)
    assert coarser_that_passes(wanted, {near, far}) == near
    assert coarser_that_passes(wanted, {wanted, near}) == wanted
    assert coarser_that_passes(near, {wanted}) is None
    assert coarser_that_passes(wanted, frozenset()) is None
    finer_role = vector_of({"place": 2, "role": 0}, HIERARCHIES)
    assert coarser_that_passes(vector_of({"role": 1}, HIERARCHIES), {finer_role, far}) == far


def test_vectors_name_known_attributes_only() -> None:
    assert vector_of({}, HIERARCHIES) == group_vector(HIERARCHIES)
    with pytest.raises(WeakInput):
        vector_of({"shoe size": 0}, HIERARCHIES)
    with pytest.raises(WeakInput):
        is_coarser_or_equal(group_vector(HIERARCHIES), group_vector([AREA]))


# A person's posts together


def test_two_species_together_are_a_smaller_crowd_than_each() -> None:
    def member(n: int, *subjects: str) -> Member:
        return Member(f"m{n}", "g", f"org{n % 8}", {}, frozenset(subjects))

    people = [member(n, "a") for n in range(30)] + [member(n, "b") for n in range(30, 60)] + [member(60, "a", "b")]
    one, two = Shown("g", "a"), Shown("g", "b")
    assert posts_pass(people, "m60", [one], (), LIGHT)
    assert posts_pass(people, "m60", [two], (), LIGHT)
    assert not posts_pass(people, "m60", [one, two], (), LIGHT)
    assert posts_pass(people, "m60", [one, Shown("g", None)], (), LIGHT)
    assert crowd_of(people, "m60", [one, two], ()) == {"m60": "org4"}


def test_two_groups_together_are_those_who_are_in_both() -> None:
    people = population(60, 8)
    both = {m.key for m in people if m.group == "salmon"} & {m.key for m in people if m.group == "eel"}
    someone = min(both)
    crowd = crowd_of(people, someone, [Shown("salmon", None), Shown("eel", None)], HIERARCHIES)
    assert set(crowd) == both
    assert crowd_of(people, someone, [Shown("nowhere", None)], HIERARCHIES) == {}


Choice = Callable[[Sequence[Member], Member, Open, random.Random], list[Shown]]


def by_profile(people: Sequence[Member], member: Member, open_: Open, rng: random.Random) -> list[Shown]:
    """The rule: one open profile, eight posts equal or coarser; the species only while the crowd of all holds."""
    offered = sorted(open_[member.group])
    profile = rng.choice(offered)
    subject = rng.choice(sorted(member.subjects))
    posts = [rng.choice([v for v in offered if is_coarser_or_equal(v, profile)]) for _ in range(8)]
    return [Shown(member.group, None if dict(v)[SUBJECT] else subject, without_subject(v)) for v in posts]


def nearest_allowed(people: Sequence[Member], member: Member, open_: Open, rng: random.Random) -> list[Shown]:
    """The mutant: each post as fine as the member's own cell allows, judged one by one."""
    posts = []
    for _ in range(8):
        subject = rng.choice(sorted(member.subjects))
        order = sorted(all_vectors(), key=lambda v: (sum(level for _, level in v), rng.random()))
        tried: Iterator[Shown] = (
            Shown(member.group, None if dict(v)[SUBJECT] else subject, without_subject(v)) for v in order
        )
        posts.append(next(p for p in tried if posts_pass(people, member.key, [p], HIERARCHIES, Policy())))
    return posts


def without_subject(vector: Vector) -> dict[str, int]:
    return {name: level for name, level in vector if name != SUBJECT}


def attack(organisations: int, seed: int, choose: Choice) -> tuple[float, float, float]:
    """Worst person, mean person and worst organisation posterior over every member's eight linked posts."""
    people, rng = population(organisations, seed), random.Random(seed)
    open_ = open_vectors(people, HIERARCHIES, Policy())
    persons, firms = [], []
    for member in people[:: max(1, len(people) // 60)]:
        if may_publish_under_group(open_, member.group, HIERARCHIES):
            crowd = crowd_of(people, member.key, choose(people, member, open_, rng), HIERARCHIES)
            persons.append(1 / len(crowd))
            firms.append(max(Counter(crowd.values()).values()) / len(crowd))
    return max(persons), sum(persons) / len(persons), max(firms)


@pytest.mark.parametrize(("organisations", "seed"), [(20, 1), (20, 2), (60, 3), (60, 4), (120, 5), (120, 6)])
def test_all_posts_of_a_quarter_linked_still_hide_person_and_organisation(organisations: int, seed: int) -> None:
    worst, mean, firm = attack(organisations, seed, by_profile)
    assert worst <= 1 / Policy().k
    assert mean <= 0.05
    assert firm <= Policy().alpha


def test_the_attacker_beats_the_nearest_allowed_scope() -> None:
    results = [attack(organisations, 3, nearest_allowed) for organisations in (60, 120)]
    assert max(worst for worst, _, _ in results) >= 0.5
    assert max(firm for _, _, firm in results) >= 0.7
