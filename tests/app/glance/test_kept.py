"""A week's picture is counted once for all who may read the same, and for nobody who may read something else."""

from datetime import date, timedelta

from app.glance.kept import Pictures
from privacy.scopes import Viewer

MONDAY = date(2026, 11, 16)


def test_counted_once_for_who_may_read_the_same() -> None:
    pictures, counted = Pictures(size=2), list[str]()

    def of(circle: str, week: int = 0) -> object:
        reader = Viewer(circle=circle, subjects=frozenset({"salmonids"}), is_member=True)

        def count() -> dict[str, dict[str, list[int]]]:
            counted.append(f"{circle}{week}")
            return {circle: {"disease": [5, 1]}}

        return pictures.of(MONDAY + timedelta(days=7 * week), reader, count)

    assert of("a") == of("a") == {"a": {"disease": [5, 1]}}
    assert of("b") == {"b": {"disease": [5, 1]}}
    of("a", week=1)  # the two that were kept are three now: the oldest goes
    of("a")
    assert counted == ["a0", "b0", "a1", "a0"]
