import pickle
import random
import sys
from types import FrameType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matching.decay import half_life, power_law
from matching.events import EventTable
from matching.profiles import Answer

one_answer = st.builds(
    Answer,
    st.sampled_from("甲乙丙"),
    st.integers(0, 9).map(float),
    st.booleans(),
    st.integers(0, 3),
    length=st.sampled_from([0, 7, 400]),
    delay=st.sampled_from([0.0, 0.3]),
)
answers = st.lists(one_answer, max_size=4)
changes = st.lists(st.tuples(st.sampled_from("abcd"), answers), max_size=20)


def told(table: EventTable) -> list[tuple[str, str, float, float]]:
    found = []
    for thread, number in table.threads.number.items():
        rows, _ = table.rows_of(np.array([number]))
        marks = table.marks_in(rows).sum(axis=0)
        for expert, day, mark in zip(table.experts_in(rows), table.days_in(rows), marks, strict=True):
            found.append((thread, table.experts.name[expert], float(day), float(mark)))
    return sorted(found)


def by_day(table: EventTable) -> list[tuple[float, str, str, int]]:
    line = table.timeline
    return sorted(
        (float(day), table.experts.name[expert], table.threads.name[thread], int(age))
        for day, expert, thread, age in zip(line.days, line.experts, line.threads, line.ages, strict=True)
    )


def by_name(table: EventTable, column: NDArray[np.float64]) -> dict[str, float]:
    return {name: float(column[number]) for name, number in table.experts.number.items()}


def same(table: EventTable, fresh: EventTable) -> None:
    """Both tell the same."""
    assert told(table) == told(fresh)
    assert table.days.tolist() == fresh.days.tolist()
    assert by_day(table) == by_day(fresh)
    assert by_name(table, table.answers) == by_name(fresh, fresh.answers)
    for column, again in zip((table.helped, *table.habits), (fresh.helped, *fresh.habits), strict=True):
        assert by_name(table, column) == by_name(fresh, again)
    for kernel in (half_life(2.0), power_law(1.25, 3.0)):
        assert by_name(table, table.fading(kernel, 9.0)) == by_name(fresh, fresh.fading(kernel, 9.0))
        assert by_name(table, table.fading(kernel, 4.0)) == by_name(fresh, fresh.fading(kernel, 4.0))
    assert set(table.experts.number) == set(fresh.experts.number)


@settings(max_examples=100, deadline=None)
@given(changes, st.sampled_from("甲乙丙") | st.none())
def test_a_changed_table_tells_what_a_fresh_one_does(changed: list[tuple[str, list[Answer]]], gone: str | None) -> None:
    table, held = EventTable(), dict[str, list[Answer]]()
    for thread, given_answers in changed:
        table.replace(thread, given_answers)
        held[thread] = given_answers
    if gone is not None:
        table.forget([gone])
        held = {thread: [a for a in kept if a.expert != gone] for thread, kept in held.items()}
    fresh = EventTable()
    for thread, kept in held.items():
        fresh.replace(thread, kept)
    same(table, fresh)
    assert set(table.experts.number) == {a.expert for kept in held.values() for a in kept}
    assert set(table.threads.number) == {thread for thread, kept in held.items() if kept}
    for thread, kept in held.items():
        assert table.experts_of(thread) == {a.expert for a in kept}


def counts_of_work(table: EventTable, answers: list[Answer]) -> int:
    """How many functions are called while these answers come to one thread."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        for answer in answers:
            table.put("many", answer)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("days", ["each its own", "one for all"])
def test_an_answer_costs_the_same_however_many_a_thread_has(days: str) -> None:
    given_answers = [Answer(f"u{n:04}", float(n) if days == "each its own" else 1.0) for n in range(1200)]
    table = EventTable()
    first, last = (counts_of_work(table, part) for part in (given_answers[:400], given_answers[800:]))
    assert last < 1.2 * first
    marks = [answer._replace(accepted=True) for answer in given_answers]
    assert counts_of_work(table, marks) < 3 * 1.2 * first
    assert len(table) == 1200
    assert len(table._day) < 4 * 1200


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), one_answer), max_size=30), st.sampled_from("abc"))
def test_answers_put_one_by_one_are_those_put_at_once(put: list[tuple[str, Answer]], erased: str) -> None:
    table, held = EventTable(), dict[str, dict[tuple[str, float], Answer]]()
    for thread, answer in put:
        table.put(thread, answer)
        held.setdefault(thread, {})[answer.expert, answer.day] = answer
    fresh = EventTable()
    for thread, kept in held.items():
        fresh.replace(thread, list(kept.values()))
    same(table, fresh)
    for thread in held:
        rows, again = (one.rows_of(np.array([one.threads.number[thread]]))[0] for one in (table, fresh))
        assert [table.experts.name[n] for n in table.experts_in(rows)] == [
            fresh.experts.name[n] for n in fresh.experts_in(again)
        ]
    for one in (table, fresh):
        one.erase([erased])
        one.forget(["甲"])
    same(table, fresh)
    table.erase(held)
    spare = (table._day, table._expert, table._marks, table._timeline._days, table._timeline._experts)
    assert not any(np.any(column) for column in spare)


def test_forgetting_somebody_whose_answers_came_one_by_one_leaves_nothing() -> None:
    table = EventTable()
    for n in range(40):
        table.put(f"t{n % 3}", Answer("gone" if n % 2 else "stays", 7.25 + n if n % 2 else n, length=9000 + n % 2))
    table.forget(["gone"])
    rest = pickle.dumps(table)
    only = set(table._day.tolist())
    assert only == {float(n) for n in range(0, 40, 2)}
    for trace in (b"gone", *(np.float64(7.25 + n).tobytes() for n in range(1, 40, 2))):
        assert trace not in rest


def test_forgetting_somebody_leaves_nothing() -> None:
    table = EventTable()
    table.replace("t1", [Answer("gone", 1.0), Answer("stays", 2.0)])
    table.replace("t2", [Answer("gone", 7.25), Answer("gone", 7.5)])
    table.forget(["gone", "never-there"])
    kept = pickle.dumps(table)
    for trace in (b"gone", b"t2", np.float64(7.25).tobytes(), np.float64(7.5).tobytes()):
        assert trace not in kept
    assert table.experts_of("t1") == {"stays"}
    only = EventTable()
    only.replace("t1", [Answer("stays", 2.0)])
    assert np.count_nonzero(table._sums._sums) == np.count_nonzero(only._sums._sums)


def test_loading_many_is_putting_each() -> None:
    rng = random.Random(4)
    answers = {f"t{n}": [Answer(f"u{rng.randrange(9)}", rng.random() * 50) for _ in range(n % 4)] for n in range(80)}
    loaded, put = EventTable(), EventTable()
    put.replace("t3", [Answer("before", 1.0)])
    loaded.replace("t3", [Answer("before", 1.0)])
    loaded.load(answers)
    for thread, given_answers in answers.items():
        put.replace(thread, given_answers)
    assert told(loaded) == told(put)
    assert by_day(loaded) == by_day(put)
    kernel = power_law(1.0, 2.0)
    assert by_name(loaded, loaded.fading(kernel, 60.0)) == by_name(put, put.fading(kernel, 60.0))


def test_it_grows_past_its_first_room() -> None:
    table = EventTable()
    for n in range(200):
        table.replace(f"t{n}", [Answer(f"u{n % 7}", float(n))])
    assert len(table) == 200
    assert len(table.threads_of("u3")) == 29
