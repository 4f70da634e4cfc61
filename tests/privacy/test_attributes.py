"""Hierarchies grow coarser and never let an unknown value through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.attributes import HIDDEN, Attribute, Hierarchy, hierarchies_by_name
from privacy.errors import WeakInput

PREFECTURE = Hierarchy(
    "prefecture",
    ("prefecture", "area"),
    {"愛媛": ("四国",), "高知": ("四国",), "長崎": ("九州",)},
)


def test_a_value_reads_finer_or_coarser() -> None:
    assert [PREFECTURE.generalise("愛媛", level) for level in range(3)] == ["愛媛", "四国", HIDDEN]
    assert PREFECTURE.hidden == 2


@pytest.mark.parametrize(("value", "level"), [("愛媛", -1), ("愛媛", 3), ("火星", 0), ("火星", 1)])
def test_unknown_values_and_levels_are_refused(value: str, level: int) -> None:
    with pytest.raises(WeakInput) as caught:
        PREFECTURE.generalise(value, level)
    assert "火星" not in str(caught.value)


@given(st.sampled_from(sorted(PREFECTURE.values)), st.sampled_from(sorted(PREFECTURE.values)), st.integers(0, 2))
def test_what_is_equal_on_a_level_stays_equal_on_coarser_ones(one: str, two: str, level: int) -> None:
    if PREFECTURE.generalise(one, level) == PREFECTURE.generalise(two, level):
        assert all(PREFECTURE.generalise(one, up) == PREFECTURE.generalise(two, up) for up in range(level, 3))


@pytest.mark.parametrize(
    ("levels", "values"),
    [
        (("a", "b", "c"), {"x": ("1", "p"), "y": ("1", "q")}),
        (("a", "b"), {"x": ()}),
        (("a",), {"": ()}),
        ((), {}),
    ],
)
def test_what_is_no_tree_is_refused(levels: tuple[str, ...], values: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(WeakInput):
        Hierarchy("h", levels, values)


def test_coarser_or_equal() -> None:
    assert PREFECTURE.is_coarser_or_equal(2, 1)
    assert PREFECTURE.is_coarser_or_equal(1, 1)
    assert PREFECTURE.is_coarser_or_equal(99, 2)
    assert not PREFECTURE.is_coarser_or_equal(0, 1)


def test_an_attribute_is_hidden_unless_a_level_is_named() -> None:
    attribute = Attribute(PREFECTURE, "高知")
    assert [attribute.shown(level) for level in (0, 1, 2, 7, None)] == ["高知", "四国", "", "", ""]
    with pytest.raises(WeakInput):
        Attribute(PREFECTURE, "火星")


def test_two_hierarchies_of_one_name_are_refused() -> None:
    with pytest.raises(WeakInput):
        hierarchies_by_name([PREFECTURE, PREFECTURE])
