from hypothesis import given, settings
from hypothesis import strategies as st

from matching.events import EventTable
from matching.profiles import Answer

answers = st.lists(
    st.builds(Answer, st.sampled_from("甲乙丙"), st.integers(0, 9).map(float), st.booleans(), st.integers(0, 3)),
    max_size=4,
)
changes = st.lists(st.tuples(st.sampled_from("abcd"), answers), max_size=20)


def told(table: EventTable) -> list[tuple[str, str, float, float]]:
    return sorted(
        (
            table.threads.name[int(r["thread"])],
            table.experts.name[int(r["expert"])],
            float(r["day"]),
            float(r["helped"]),
        )
        for r in table.rows
    )


@settings(max_examples=100, deadline=None)
@given(changes, st.sampled_from("甲乙丙") | st.none())
def test_a_changed_table_tells_what_a_fresh_one_does(changed: list[tuple[str, list[Answer]]], gone: str | None) -> None:
    table, held = EventTable(), dict[str, list[Answer]]()
    for thread, given_answers in changed:
        table.replace(thread, given_answers)
        held[thread] = given_answers
    if gone is not None:
        table.forget(gone)
        held = {thread: [a for a in kept if a.expert != gone] for thread, kept in held.items()}
    fresh = EventTable()
    for thread, kept in held.items():
        fresh.replace(thread, kept)
    assert told(table) == told(fresh)
    assert table.days.tolist() == fresh.days.tolist()
    assert set(table.experts.number) == set(fresh.experts.number) == {a.expert for kept in held.values() for a in kept}
    assert set(table.threads.number) == {thread for thread, kept in held.items() if kept}
    for thread, kept in held.items():
        assert table.experts_of(thread) == {a.expert for a in kept}


def test_forgetting_somebody_leaves_nothing() -> None:
    table = EventTable()
    table.replace("t1", [Answer("gone", 1.0), Answer("stays", 2.0)])
    table.replace("t2", [Answer("gone", 7.25)])
    table.forget("gone")
    table.forget("never-there")
    assert "gone" not in repr(vars(table))
    assert "t2" not in repr(vars(table))
    assert 7.25 not in table._rows["day"]
    assert table.experts_of("t1") == {"stays"}


def test_it_grows_past_its_first_room() -> None:
    table = EventTable()
    for n in range(200):
        table.replace(f"t{n}", [Answer(f"u{n % 7}", float(n))])
    assert len(table) == 200
    assert len(table.threads_of("u3")) == 29
