"""What follows when flags are upheld: worked out from days alone."""

import pytest

from app.questions.conduct import paused_until


@pytest.mark.parametrize(
    ("days", "today", "until"),
    [
        ([], 1000, None),
        ([1000], 1000, None),
        ([1000, 1000], 1000, 1014),
        ([1000, 1100], 1113, 1114),
        ([1000, 1100], 1114, None),
        ([1000, 1365], 1365, None),  # more than a year lies between
        ([1000, 1364], 1364, 1378),
        ([1000, 1100, 1200], 1200, 1290),
        ([1000, 1100, 1105, 1106], 1106, 1196),
        ([1000, 1400, 1500], 1500, 1514),
    ],
)
def test_a_second_within_a_year_closes_writing_for_a_while(days: list[int], today: int, until: int | None) -> None:
    assert paused_until(days, today) == until
