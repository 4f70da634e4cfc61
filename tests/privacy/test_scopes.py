"""Who may read: the whole truth table over small sets."""

from dataclasses import replace
from itertools import chain, combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.attributes import Attribute, Hierarchy
from privacy.errors import WeakInput
from privacy.scopes import Audience, Scope, Viewer, equal_or_coarser, may_read, shown

CIRCLES = ("own", "rival", "other")
FLAGS = ("is_author", "is_asked", "is_company", "is_member", "is_coordinator", "company_waited")
SETS = [frozenset(s) for s in chain.from_iterable(combinations(CIRCLES[1:], n) for n in range(3))]

SCOPES = [Scope({}, audience, "own", may, out) for audience, may, out in product(Audience, (False, True), SETS)]
VIEWERS = [
    Viewer(circle, subjects, former, **dict(zip(FLAGS, flags, strict=True)))
    for circle in ("", *CIRCLES)
    for subjects in (frozenset[str](), frozenset({"trout"}))
    for former in (frozenset[str](), frozenset({"own"}), frozenset({"other"}))
    for flags in product((False, True), repeat=len(FLAGS))
]
TABLE = [(scope, viewer) for scope in SCOPES for viewer in VIEWERS]


def reads(scope: Scope, viewer: Viewer) -> bool:
    return may_read(scope, viewer, "trout")


def test_the_author_always_reads() -> None:
    assert all(reads(scope, viewer) for scope, viewer in TABLE if viewer.is_author)


def test_the_colleague_and_the_excluded_never_read_whatever_else_they_are() -> None:
    closed = [(scope, viewer) for scope, viewer in TABLE if not viewer.is_author and viewer.circles & scope.closed_to]
    assert len(closed) > 1000
    assert not any(reads(scope, viewer) for scope, viewer in closed)
    assert any(viewer.is_asked and viewer.is_member and viewer.is_coordinator for _, viewer in closed)


def test_a_colleague_from_before_a_split_never_reads() -> None:
    colleague = Viewer("half-a", frozenset({"trout"}), frozenset({"own"}), is_member=True)
    public = Scope({}, Audience.PUBLIC, "own")
    assert not reads(public, colleague)
    # The mutant, a viewer known by today's circle only, reads a colleague's thread.
    assert reads(public, replace(colleague, former_circles=frozenset()))


def test_the_company_reads_only_where_ticked_and_not_early() -> None:
    for scope, viewer in TABLE:
        if viewer.is_company and not viewer.is_author and reads(scope, viewer):
            assert scope.company_may
            assert viewer.company_waited
    company = Viewer(is_company=True, company_waited=True)
    assert reads(Scope({}, Audience.EXPERTS, "own", company_may=True), company)
    assert not reads(Scope({}, Audience.PUBLIC, "own"), company)


def test_outsiders_and_people_of_no_known_circle_read_nothing() -> None:
    for scope, viewer in TABLE:
        if not (viewer.is_author or viewer.is_company) and not (viewer.is_member and viewer.circle):
            assert not reads(scope, viewer)
    assert not reads(Scope({}, Audience.PUBLIC, "own"), Viewer())


def test_the_audience_decides_for_all_others() -> None:
    for scope, viewer in TABLE:
        plain = viewer.is_member and viewer.circle and not (viewer.is_author or viewer.is_company)
        if plain and not viewer.circles & scope.closed_to:
            wide = scope.audience >= Audience.ALL
            of_domain = scope.audience == Audience.DOMAIN and "trout" in viewer.subjects
            assert reads(scope, viewer) == (viewer.is_asked or wide or of_domain)


def test_an_office_opens_nothing() -> None:
    assert all(reads(scope, viewer) == reads(scope, replace(viewer, is_coordinator=False)) for scope, viewer in TABLE)


def test_a_wider_audience_or_fewer_exclusions_never_take_reading_away() -> None:
    for scope, viewer in TABLE:
        if reads(scope, viewer) and scope.audience < Audience.PUBLIC:
            assert reads(replace(scope, audience=Audience(scope.audience + 1)), viewer)
        if not reads(scope, viewer):
            assert not reads(replace(scope, excluded_circles=frozenset(CIRCLES)), viewer)


def test_a_scope_without_the_own_circle_is_refused() -> None:
    with pytest.raises(WeakInput):
        Scope({}, Audience.DOMAIN, "")
    with pytest.raises(WeakInput):
        Scope({"role": -1}, Audience.DOMAIN, "own")


def test_a_scope_does_not_follow_the_mapping_it_was_made_of() -> None:
    levels = {"role": 1}
    scope = Scope(levels, Audience.DOMAIN, "own")
    levels["role"] = 0
    assert scope.levels == {"role": 1}


levels = st.dictionaries(st.sampled_from("abc"), st.integers(0, 3))


@given(levels, levels, levels)
def test_coarser_is_a_partial_order_with_hidden_on_top(a: dict[str, int], b: dict[str, int], c: dict[str, int]) -> None:
    assert equal_or_coarser(a, a)
    assert equal_or_coarser({}, a)
    if equal_or_coarser(a, b) and equal_or_coarser(b, c):
        assert equal_or_coarser(a, c)
    if equal_or_coarser(a, b) and equal_or_coarser(b, a):
        assert a == b


ROLE = Attribute(Hierarchy("role", ("role", "kind"), {"獣医": ("専門",), "飼育": ("現場",)}), "獣医")


@given(st.integers(0, 4), st.integers(0, 4))
def test_coarser_levels_never_show_more(fine: int, more: int) -> None:
    values = [shown([ROLE], {"role": level}) for level in (fine, fine + more)]
    assert len(values[1]) <= len(values[0])
    assert fine + more < 2 or values[1] == {}


def test_hidden_attributes_are_not_even_named() -> None:
    assert shown([ROLE], {}) == {}
    assert shown([ROLE], {"role": 1}) == {"role": "専門"}
