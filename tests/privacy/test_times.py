"""Publication windows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import WeakInput
from privacy.scopes import Audience
from privacy.times import Cadence, next_publication, window_of, windows_after

windows = st.integers(0, 10**7)


@given(windows, st.sampled_from(Audience), st.booleans())
def test_the_next_publication_is_soon_never_now_and_shared(now: int, audience: Audience, small: bool) -> None:
    cadence = Cadence(small=small)
    step = 24 if small else 1 if audience is Audience.EXPERTS else 4
    due = next_publication(now, audience, cadence)
    assert now < due <= now + step
    assert due % step == 0
    # Nobody can tell from the publication when inside its step a post was written.
    assert {next_publication(due - step + n, audience, cadence) for n in range(step)} == {due}


@given(windows, st.sampled_from(Audience))
def test_urgent_is_now(now: int, audience: Audience) -> None:
    assert next_publication(now, audience, Cadence(small=True), urgent=True) == now


@given(st.floats(0, 1e10), st.integers(1, 100_000))
def test_a_window_holds_its_seconds(seconds: float, length: int) -> None:
    assert window_of(seconds, length) * length <= seconds < (window_of(seconds, length) + 1) * length


@pytest.mark.parametrize(("hours", "length", "count"), [(8, 3600, 8), (0, 3600, 0), (0.5, 3600, 1), (12, 14400, 3)])
def test_deadlines_are_never_early(hours: float, length: int, count: int) -> None:
    assert windows_after(hours, length) == count


def test_nonsense_is_refused() -> None:
    for wrong in (lambda: window_of(1, 0), lambda: windows_after(-1, 60), lambda: Cadence(wider=0)):
        with pytest.raises(WeakInput):
            wrong()
