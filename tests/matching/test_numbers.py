"""Whole numbers sorted sixteen bits at a time stand as any stable sort puts them; equals at the top by their name."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.numbers import Numbers, ascending, best_first

SIZES = {np.int32: 2**31 - 1, np.int64: 2**63 - 1, np.uint64: 2**64 - 1}


@pytest.mark.parametrize("kind", SIZES)
@given(data=st.data())
def test_sorted_as_a_stable_sort_does(kind: type[np.integer], data: st.DataObject) -> None:
    few = st.lists(st.integers(0, SIZES[kind]), min_size=1, max_size=4).flatmap(st.sampled_from)
    values = np.array(data.draw(st.lists(few | st.integers(0, SIZES[kind]), max_size=30)), dtype=kind)
    assert np.array_equal(ascending(values), np.argsort(values, kind="stable"))


def test_equals_stand_as_they_were() -> None:
    values = np.array([70_000, 3, 70_000, 3, 1 << 40, 3])
    assert ascending(values).tolist() == [1, 3, 5, 0, 2, 4]


@given(st.lists(st.tuples(st.text("abc", max_size=3), st.sampled_from([0.5, 1.0, 1.5])), unique_by=lambda one: one[0]))
def test_the_best_come_first_and_equals_by_name(given_scores: list[tuple[str, float]]) -> None:
    names = Numbers()
    numbers = np.array([names.take(name) for name, _ in given_scores], dtype=np.int64)
    scores = np.array([score for _, score in given_scores])
    for k in (1, 3, len(given_scores)):
        found = [given_scores[place] for place in best_first(names, numbers, scores, k).tolist()]
        assert found == sorted(given_scores, key=lambda one: (-one[1], one[0]))[:k]
