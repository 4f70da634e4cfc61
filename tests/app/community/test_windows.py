"""What others know of something that is said anew, again and again."""

import random

import pytest

from app.community.windows import as_heard


@pytest.mark.parametrize("seed", range(20))
def test_nothing_that_is_said_changes_what_others_know_before_its_window(seed: int) -> None:
    rng = random.Random(seed)
    now, before, heard, dues = 0, 0, 0, set()
    for window in range(1, 60):
        was, known = as_heard(now, before, heard, window - 1), as_heard(now, before, heard, window)
        assert known == was or window in dues
        if rng.random() < 0.4:
            due = window + rng.choice((0, 1, 4, 24))
            now, before, heard, dues = now + 1, known, due, dues | {due}
            assert as_heard(now, before, heard, window) == (now if due == window else known)
