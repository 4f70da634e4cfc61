import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import matching.halves
from matching.index import VectorIndex, WrongShapeError

DIMENSION = 6


def vector(seed: int) -> NDArray[np.float32]:
    """A unit row, as it is kept."""
    row = np.random.default_rng(seed).normal(size=DIMENSION)
    return rounded(row / np.linalg.norm(row))


def crowd(size: int, dimension: int, seed: int) -> NDArray[np.float32]:
    """Unit rows on one side, around forty centres, as texts of one trade are."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=dimension) + 0.5 * rng.normal(size=(40, dimension))
    rows = centres[rng.integers(40, size=size)] + 0.3 * rng.normal(size=(size, dimension))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def rounded(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rows as they are kept."""
    return rows.astype(np.float16).astype(np.float32)


def names(size: int) -> list[str]:
    return [f"t{n:05}" for n in range(size)]


def agrees(
    index: VectorIndex, held: dict[str, NDArray[np.float32]], query: NDArray[np.float32], k: int, *, missed: int = 0
) -> bool:
    """Whether a search gives the `k` nearest of the rows `held`, but for so many at most, as far as their cosines can
    be told apart."""
    cosines = dict(zip(held, (np.array(list(held.values())) @ query).tolist(), strict=True))
    found = index.search(query, k)
    assert found == sorted(found, key=lambda hit: (-hit[1], hit[0]))
    assert len({id for id, _ in found}) == min(k, len(held))
    assert [cosine for _, cosine in found] == pytest.approx([cosines[id] for id, _ in found], abs=2e-6)
    least = sorted(cosines.values(), reverse=True)[min(k, len(held)) - 1]
    return len({id for id, cosine in cosines.items() if cosine > least + 2e-6} - {id for id, _ in found}) <= missed


steps = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 30) | st.none()), max_size=40)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_a_changed_index_answers_like_a_rebuilt_one(changes: list[tuple[str, int | None]]) -> None:
    index, held = VectorIndex(DIMENSION), dict[str, int]()
    for id, seed in changes:
        if seed is None:
            index.remove(id)
            held.pop(id, None)
        else:
            index.put(id, vector(seed))
            held[id] = seed
    rebuilt = VectorIndex(DIMENSION)
    for id, seed in sorted(held.items()):
        rebuilt.put(id, vector(seed))
    assert len(index) == len(held)
    assert set(index.ids) == set(held)
    assert index.search(vector(99), 5) == rebuilt.search(vector(99), 5)
    assert index.background(vector(99)) == rebuilt.background(vector(99))


def test_search_agrees_with_plain_arithmetic() -> None:
    index = VectorIndex(DIMENSION)
    for n in range(50):
        index.put(f"t{n}", vector(n))
    found = index.search(vector(7), 3)
    expected = sorted(((f"t{n}", float(vector(n) @ vector(7))) for n in range(50)), key=lambda hit: -hit[1])[:3]
    assert [id for id, _ in found] == [id for id, _ in expected]
    assert found[0] == ("t7", pytest.approx(1.0, abs=1e-3))


def test_removal_leaves_neither_id_nor_vector() -> None:
    index = VectorIndex(DIMENSION)
    for n in range(5):
        index.put(f"t{n}", vector(n))
    index.background(vector(0))
    index.remove("t3")
    index.remove("t3")
    assert "t3" not in index
    assert "t3" not in dict(index.search(vector(3), 10))
    assert b"t3" not in pickle.dumps(index)
    held = pickle.dumps(index)
    assert vector(3).astype(np.float16).tobytes() not in held
    assert vector(4).astype(np.float16).tobytes() in held
    with pytest.raises(KeyError):
        index.vector("t3")


@pytest.mark.parametrize("dimension", [8, 31, 384])
def test_crowded_rows_are_told_apart(dimension: int) -> None:
    """Rows so near to each other, some of them equal, that no sketch tells which is nearer."""
    rng = np.random.default_rng(dimension)
    rows = np.repeat(rng.normal(size=(5, dimension)), 2000, axis=0)
    rows += 10.0 ** rng.uniform(-6, -1, size=(len(rows), 1)) * rng.normal(size=rows.shape)
    rows = np.repeat((rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32), 2, axis=0)
    index = VectorIndex(dimension)
    index.load(names(len(rows)), rows)
    assert (index.matrix == rounded(rows)).all()
    held = dict(zip(names(len(rows)), rounded(rows), strict=True))
    for query in rows[:: len(rows) // 7]:
        assert all(agrees(index, held, query, k) for k in (1, 20, 256))
        assert index.cosines(query) == pytest.approx(rounded(rows) @ query, abs=1e-6)


@pytest.mark.parametrize(("dimension", "missed"), [(31, 3), (384, 0)])
def test_a_sketch_finds_the_same_through_every_change(dimension: int, missed: int) -> None:
    """In few columns a sketch is rough, and one of the last neighbours may be missed."""
    rows = crowd(20_000, dimension, 1)
    index, held = VectorIndex(dimension), dict(zip(names(len(rows)), rounded(rows), strict=True))
    index.load(list(held), rows)
    queries = crowd(12, dimension, 1)
    assert all(agrees(index, held, query, 256, missed=missed) for query in queries)
    sketch = index._rows._sketch
    assert sketch is not None
    for id, row in zip(names(600), crowd(300, dimension, 2).tolist() + [None] * 300, strict=True):
        if row is None:
            index.remove(id)
            del held[id]
        else:
            index.put(id, row)
            held[id] = rounded(np.array(row, dtype=np.float32))
    assert index._rows._sketch is sketch
    assert all(agrees(index, held, query, 256, missed=missed) for query in [*queries, *crowd(4, dimension, 2)])
    more = crowd(9000, dimension, 3)
    index.load([f"new {id}" for id in names(len(more))], more)
    held |= {f"new {id}": row for id, row in zip(names(len(more)), rounded(more), strict=True)}
    assert all(agrees(index, held, query, 256, missed=missed) for query in [*queries, *crowd(4, dimension, 3)])


def test_a_sketch_saves_reading_and_is_left_where_it_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It sees by what it is off whether it can be relied on; the mutant, which never asks, misses."""
    rows = crowd(20_000, 384, 1)
    index, held = VectorIndex(384), dict(zip(names(len(rows)), rounded(rows), strict=True))
    index.load(list(held), rows)
    read: list[int] = []
    compared = index._rows._compared

    def watched(vector: NDArray[np.float32], places: object, k: int) -> object:
        read.append(len(places) if isinstance(places, np.ndarray) else len(rows))
        return compared(vector, places, k)  # type: ignore[arg-type]

    monkeypatch.setattr(index._rows, "_compared", watched)
    queries = crowd(12, 384, 1)
    assert all(agrees(index, held, query, 20) for query in queries)
    assert max(read) < len(rows) / 8
    sketch = index._rows._sketch
    assert sketch is not None
    sketch.write(np.arange(len(rows)), rows[::-1].copy())
    assert all(agrees(index, held, query, 20) for query in queries)
    assert max(read) == len(rows)
    monkeypatch.setattr(matching.halves, "_SURE", -1e9)
    assert not all(agrees(index, held, query, 20) for query in queries)


def test_what_is_removed_is_in_no_sketch() -> None:
    rows = crowd(17_000, 16, 1)
    index = VectorIndex(16)
    index.load(names(len(rows)), rows)
    index.search(rows[0], 5)
    sketch = index._rows._sketch
    assert sketch is not None
    last = len(rows) - 1
    assert sketch.at(last).any()
    moved = sketch.at(last).copy()
    index.remove(names(8)[7])
    assert (sketch.at(7) == moved).all()
    assert not sketch.at(last).any()
    index.remove(names(8)[6])
    assert not any(sketch.at(place).any() for place in range(len(rows) - 2, sketch.room))


def test_the_background_is_the_median_of_at_most_256() -> None:
    index = VectorIndex(DIMENSION)
    for n in range(300):
        index.put(f"t{n}", vector(n))
    drawn = [id for _, id in sorted(zip(index.lots, index.ids, strict=True))[:256]]
    expected = np.median([float(vector(int(id[1:])) @ vector(999)) for id in drawn])
    assert index.background(vector(999)) == pytest.approx(expected, abs=1e-6)


def test_an_empty_index_answers() -> None:
    index = VectorIndex(DIMENSION)
    assert index.search(vector(1), 5) == []
    assert index.background(vector(1)) == 0.0


def test_nothing_asked_for_nothing_found() -> None:
    index = VectorIndex(DIMENSION)
    index.put("a", vector(1))
    assert index.search(vector(1), 0) == []


@pytest.mark.parametrize("bad", [[1.0], [float("nan")] * DIMENSION, [[0.0] * DIMENSION]])
def test_a_wrong_vector_is_refused_and_nothing_lost(bad: list[float]) -> None:
    index = VectorIndex(DIMENSION)
    index.put("a", vector(1))
    with pytest.raises(WrongShapeError):
        index.put("a", bad)
    assert np.array_equal(index.vector("a"), vector(1))


def test_ids_rows_and_lots_stand_in_one_order() -> None:
    rng = np.random.default_rng(3)
    rows = {f"t{number}": row / np.linalg.norm(row) for number, row in enumerate(rng.normal(size=(40, 8)))}
    one, other = VectorIndex(8), VectorIndex(8)
    for index, names in ((one, list(rows)), (other, list(reversed(rows)))):
        for name in names:
            index.put(name, rows[name])
        index.remove("t7")
        for place, name in enumerate(index.ids):
            assert np.array_equal(index.matrix[place], rounded(rows[name]))
    assert dict(zip(one.ids, one.lots, strict=True)) == dict(zip(other.ids, other.lots, strict=True))
    assert len(one.lots) == len(one.matrix) == 39
