"""What matching remembers: sealed, caught up, and really gone when forgotten."""

import pickle
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from sqlalchemy import select

from app.sealing import Vault
from app.vectors import boxes, store
from app.vectors.cache import Memory
from app.vectors.models import IndexedThread
from app.vectors.reading import Opened, versions_of_parts
from app.vectors.store import Answered, Passed, Subjected
from app.wiring import Toolbox
from matching.profiles import Candidate, Query
from matching.routing import rank
from matching.search import similar
from privacy.errors import Tampered

WHERE = Subjected("t" * 32, "rainbow-trout", "disease", 490_000)
OTHER = Subjected("u" * 32, "rainbow-trout", "feed", 490_001)


def vector(seed: int) -> np.ndarray:  # type: ignore[type-arg]
    found = np.random.default_rng(seed).normal(size=8).astype(np.float32)
    return found / np.linalg.norm(found)


def make_memory(vault: Vault) -> Memory:
    return Memory(vault, 8, "e", window_days=1 / 24)


def put(tools: Toolbox, where: Subjected, seed: int, *, encoder: str = "e") -> None:
    with tools.database.transaction("content") as stores:
        store.put_vector(
            stores, tools.vault, where=where, encoder=encoder, vector=vector(seed), counts={"稚魚": 2, "水温": 1}
        )


def search(tools: Toolbox, memory: Memory, seed: int) -> list[str]:
    query = Query(vector(seed), {"水温": 1}, 20_000.0)
    with tools.database.reading() as stores:
        return [
            id
            for id, _ in memory.search(
                stores, ["rainbow-trout"], lambda found: similar(found, query.vector, [query.counts], 5)
            )
        ]


def test_a_cache_catches_up_and_a_new_one_is_the_same(tools: Toolbox) -> None:
    memory = make_memory(tools.vault)
    put(tools, WHERE, 1)
    assert search(tools, memory, 1)[0] == WHERE.thread_id
    put(tools, OTHER, 2)
    assert search(tools, memory, 2)[0] == OTHER.thread_id
    assert search(tools, make_memory(tools.vault), 2) == search(tools, memory, 2)


def test_vectors_sealed_in_single_precision_before_are_read_like_those_in_half(tools: Toolbox) -> None:
    put(tools, WHERE, 1)
    put(tools, OTHER, 2)
    with tools.database.transaction("content") as stores:
        row = stores.content.get_one(IndexedThread, OTHER.thread_id)
        before = tools.vault.open_bytes(row.sealed_vector, table=boxes.TABLE, column="sealed_vector", row=row.thread_id)
        raw = vector(2).astype("<f4").tobytes()
        assert len(before) == 1 + len(raw) // 2
        row.sealed_vector = tools.vault.seal_bytes(
            raw, table=boxes.TABLE, column="sealed_vector", row=row.thread_id, pad=0
        )
        store.touch(stores, row)
    memory = make_memory(tools.vault)
    assert search(tools, memory, 2)[0] == OTHER.thread_id
    kept = memory.domain("rainbow-trout").vectors
    for where, seed in ((WHERE, 1), (OTHER, 2)):
        assert np.array_equal(kept.vector(where.thread_id), vector(seed).astype(np.float16).astype(np.float32))


def test_what_is_forgotten_leaves_table_and_caches(tools: Toolbox) -> None:
    memory = make_memory(tools.vault)
    put(tools, WHERE, 1)
    put(tools, OTHER, 2)
    search(tools, memory, 1)
    with tools.database.transaction("content") as stores:
        store.forget(stores, thread_id=WHERE.thread_id)
    assert WHERE.thread_id not in search(tools, memory, 1)
    assert WHERE.thread_id not in search(tools, make_memory(tools.vault), 1)
    with tools.database.reading() as stores:
        row = stores.content.get_one(IndexedThread, WHERE.thread_id)
        assert (row.sealed_vector, row.sealed_counts, row.sealed_evidence) == (None, None, None)


def test_vectors_of_another_encoder_are_not_mixed_in(tools: Toolbox) -> None:
    memory = make_memory(tools.vault)
    put(tools, WHERE, 1, encoder="another")
    assert search(tools, memory, 1) == []


def test_evidence_is_kept_and_sealed(tools: Toolbox) -> None:
    put(tools, WHERE, 1)
    handle, other = "a1" * 16, "b2" * 16
    with tools.database.transaction("content") as stores:
        store.record_wave(stores, tools.vault, where=WHERE, handles=[handle, other], wave=0)
        for _ in range(2):
            store.record_answer(stores, tools.vault, where=WHERE, answer=Answered("p" * 32, handle, 490_002))
        store.record_pass(stores, tools.vault, where=WHERE, passed=Passed(other, "no_time", 490_002))
        store.mark_worth(stores, tools.vault, thread_id=WHERE.thread_id, accepted={"p" * 32}, worked={"p" * 32: 2})
        store.mark_outcome(stores, tools.vault, thread_id=WHERE.thread_id, post_id="p" * 32, outcome=-1)
    with tools.database.reading() as stores:
        found = store.find_evidence(stores, tools.vault, WHERE.thread_id)
    assert found.asked == (handle, other)
    assert found.answers == (Answered("p" * 32, handle, 490_002, accepted=True, worked=2, outcome=-1),)
    assert [one.reason for one in found.passes] == ["no_time"]
    assert found.waves == 1
    dump = (tools.database.folder / "content.db-wal").read_bytes()
    assert handle.encode() not in dump
    assert "稚魚".encode() not in dump
    assert not any(vector(1).astype(kind).tobytes()[:16] in dump for kind in ("<f4", "<f2"))


def test_evidence_may_come_before_the_vector(tools: Toolbox) -> None:
    with tools.database.transaction("content") as stores:
        store.record_answer(stores, tools.vault, where=WHERE, answer=Answered("p" * 32, "a1" * 16, 490_002))
    put(tools, WHERE, 1)
    with tools.database.reading() as stores:
        assert len(store.find_evidence(stores, tools.vault, WHERE.thread_id).answers) == 1
    assert search(tools, make_memory(tools.vault), 1) == [WHERE.thread_id]


def test_every_change_gives_another_version_of_the_row_and_of_its_part(tools: Toolbox) -> None:
    seen = []
    for where in (WHERE, OTHER, WHERE):
        put(tools, where, 1)
        with tools.database.reading() as stores:
            rows = {row.thread_id: row.version for row in stores.content.scalars(select(IndexedThread))}
            seen.append((rows, versions_of_parts(stores)))
    (one, first), (two, second), (three, third) = seen
    assert one.items() <= two.items()
    assert first.items() <= second.items()
    assert {id for id in three if three[id] != two[id]} == {WHERE.thread_id}
    assert {part for part in third if third[part] != second[part]} == {WHERE.thread_id[:2]}


def test_only_what_changed_is_read_again(tools: Toolbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of the same part of the table, and where a transaction that a cache looked into is undone."""
    places = [Subjected(f"aa{n:030x}", "rainbow-trout", "disease", 490_000) for n in range(9)]
    for n, where in enumerate(places):
        put(tools, where, n)
    memory, taken = make_memory(tools.vault), []
    search(tools, memory, 1)
    monkeypatch.setattr(memory, "_apply", lambda batch, *, growth, do=memory._apply: _note(taken, batch, do))
    put(tools, places[3], 100)
    search(tools, memory, 1)
    assert taken == [places[3].thread_id]
    with tools.database.transaction("content") as stores:
        store.forget(stores, thread_id=places[4].thread_id)
        memory.catch_up(stores)
        assert places[4].thread_id not in memory.subjects
        stores.content.rollback()
    assert places[4].thread_id in search(tools, memory, 4)
    assert taken[1:] == [places[4].thread_id] * 2


def _note(taken: list[str], batch: Sequence[Opened], do: Callable[..., None]) -> None:
    taken += [row.thread_id for row in batch]
    do(batch)


def test_a_note_goes_when_its_thread_changes(tools: Toolbox) -> None:
    memory = make_memory(tools.vault)
    put(tools, WHERE, 1)
    put(tools, OTHER, 2)
    search(tools, memory, 1)
    memory.notes.update({WHERE.thread_id: "old", OTHER.thread_id: "kept"})
    put(tools, WHERE, 3)
    search(tools, memory, 1)
    assert memory.notes == {OTHER.thread_id: "kept"}


def test_counts_are_read_in_both_of_their_forms(tools: Toolbox) -> None:
    counts = {"稚魚": 2, "do": 1, "水温": 300}
    sealed = boxes.seal_counts(tools.vault, counts, row="t" * 32)
    raw = tools.vault.open_bytes(sealed, table=boxes.TABLE, column="sealed_counts", row="t" * 32)
    assert boxes.read_counts(raw) == {"稚魚": 2, "do": 1, "水温": 255}
    assert boxes.read_counts('{"稚魚":2,"do":1}'.encode()) == {"稚魚": 2, "do": 1}
    none = boxes.seal_counts(tools.vault, {}, row="t" * 32)
    assert (
        boxes.read_counts(tools.vault.open_bytes(none, table=boxes.TABLE, column="sealed_counts", row="t" * 32)) == {}
    )


def test_many_at_once_are_the_same_as_one_by_one(tools: Toolbox) -> None:
    places = [Subjected(f"{n:032x}", "rainbow-trout", "disease", 490_000 + n) for n in range(80)]
    slow = make_memory(tools.vault)
    for n, where in enumerate(places):
        put(tools, where, n)
        if n % 9 == 0:
            search(tools, slow, 1)
    fast = make_memory(tools.vault)
    assert search(tools, fast, 1) == search(tools, slow, 1)
    with tools.database.transaction("content") as stores:
        for where in places[10:]:
            store.forget(stores, thread_id=where.thread_id)
    assert search(tools, fast, 1) == search(tools, slow, 1)
    assert set(fast.domain("rainbow-trout").ids) == {where.thread_id for where in places[:10]}


def test_a_subject_opened_late_is_the_same_as_one_opened_from_the_start(tools: Toolbox) -> None:
    places = [Subjected(f"{n:032x}", ("rainbow-trout", "eel")[n % 2], "disease", 490_000 + n) for n in range(160)]
    for n, where in enumerate(places):
        put(tools, where, n)
        with tools.database.transaction("content") as stores:
            given = Answered(f"{n:032x}", f"{n % 7:032x}", 490_200 - n, accepted=n % 3 == 0, endorsed=n % 5 == 0)
            store.record_answer(stores, tools.vault, where=where, answer=given)
    early, late = make_memory(tools.vault), make_memory(tools.vault)
    with tools.database.reading() as stores:
        early.catch_up(stores, ["eel"])
        late.catch_up(stores)
    put(tools, places[0], 500)  # what changes meanwhile is read either way
    with tools.database.transaction("content") as stores:
        store.forget(stores, thread_id=places[1].thread_id)
    with tools.database.reading() as stores:
        late.catch_up(stores, ["rainbow-trout"])
        for memory in (early, late):
            memory.catch_up(stores, ["eel", "rainbow-trout"])
    people = [Candidate(f"{n:032x}", f"circle {n}") for n in range(7)]
    query = Query(vector(3), {"水温": 1}, 490_300 / 24, topic="disease")
    for subject in ("eel", "rainbow-trout"):
        histories = [memory.domain(subject) for memory in (early, late)]
        assert histories[0].events.answers.sum() == 80 - (subject == "eel")
        assert len({tuple(rank(history, query, people)) for history in histories}) == 1
        assert len({tuple(similar([history], vector(500), [query.counts], 9)) for history in histories}) == 1
    assert early.endorsed == late.endorsed
    assert early.subjects == late.subjects


def test_of_a_subject_nobody_asked_for_nothing_is_opened_and_nothing_erased_is_left(tools: Toolbox) -> None:
    put(tools, WHERE, 1)
    put(tools, OTHER, 2)
    memory = make_memory(tools.vault)
    with tools.database.reading() as stores:
        memory.catch_up(stores)
    assert set(memory.subjects) == {WHERE.thread_id, OTHER.thread_id}
    with pytest.raises(KeyError):
        memory.domain("rainbow-trout")
    with tools.database.transaction("content") as stores:
        store.forget(stores, thread_id=WHERE.thread_id)
    with tools.database.reading() as stores:
        memory.catch_up(stores)
        assert WHERE.thread_id.encode() not in pickle.dumps((memory.subjects, memory.endorsed, memory.notes))
        memory.catch_up(stores, ["rainbow-trout"])
    assert list(memory.domain("rainbow-trout").ids) == [OTHER.thread_id]


def test_a_subject_read_by_halves_is_not_kept(tools: Toolbox) -> None:
    put(tools, WHERE, 1)
    put(tools, OTHER, 2)
    memory = make_memory(tools.vault)
    with tools.database.transaction("content") as stores:
        row = stores.content.get_one(IndexedThread, OTHER.thread_id)
        whole, row.sealed_counts = row.sealed_counts, b"spoiled" * 20
    with tools.database.reading() as stores, pytest.raises(Tampered):
        memory.catch_up(stores, ["rainbow-trout"])
    assert not memory.domains
    with tools.database.transaction("content") as stores:
        stores.content.get_one(IndexedThread, OTHER.thread_id).sealed_counts = whole
    assert set(search(tools, memory, 1)) == {WHERE.thread_id, OTHER.thread_id}
