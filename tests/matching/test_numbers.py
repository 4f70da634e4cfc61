"""Whole numbers sorted sixteen bits at a time stand as any stable sort puts them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.numbers import ascending

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
