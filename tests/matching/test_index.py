import pickle

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matching.index import VectorIndex, WrongShapeError

DIMENSION = 6


def vector(seed: int) -> NDArray[np.float32]:
    row = np.random.default_rng(seed).normal(size=DIMENSION)
    return (row / np.linalg.norm(row)).astype(np.float32)


def halves(row: NDArray[np.float32]) -> tuple[bytes, bytes]:
    """The two halves of a vector as they are kept."""
    bits = row.view(np.uint32)
    return ((bits + np.uint32(0x8000)) >> 16).astype(np.uint16).tobytes(), bits.astype(np.uint16).tobytes()


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
    assert found[0] == ("t7", pytest.approx(1.0, abs=1e-6))


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
    assert not any(half in held for half in halves(vector(3)))
    assert all(half in held for half in halves(vector(4)))
    with pytest.raises(KeyError):
        index.vector("t3")


@pytest.mark.parametrize("dimension", [8, 31, 384])
def test_looking_through_halves_finds_the_same(dimension: int) -> None:
    """Crowded rows, some of them equal, of which no half tells which is nearer."""
    rng = np.random.default_rng(dimension)
    rows = np.repeat(rng.normal(size=(5, dimension)), 500, axis=0)
    rows += 10.0 ** rng.uniform(-6, -1, size=(len(rows), 1)) * rng.normal(size=rows.shape)
    rows = np.repeat((rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32), 2, axis=0)
    index = VectorIndex(dimension)
    index.load([f"t{n:04}" for n in range(len(rows))], rows)
    assert (index.matrix == rows).all()
    for query in rows[:: len(rows) // 7]:
        cosines, places = faiss.knn(query[None, :], rows, len(rows), metric=faiss.METRIC_INNER_PRODUCT)
        wanted = sorted(zip((-cosines[0]).tolist(), (f"t{n:04}" for n in places[0].tolist()), strict=True))
        for k in (1, 20, 256):
            assert index.search(query, k) == [(id, -cosine) for cosine, id in wanted[:k]]
        assert index.cosines(query) == pytest.approx(rows @ query, abs=1e-6)


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
            assert np.allclose(index.matrix[place], rows[name])
    assert dict(zip(one.ids, one.lots, strict=True)) == dict(zip(other.ids, other.lots, strict=True))
    assert len(one.lots) == len(one.matrix) == 39
