"""Another encoder: made beside the one in use, stopped anywhere, gone with what is erased, changed over without a gap."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from app.cli import ROOT
from app.db import store_path
from app.jobs.models import Job
from app.keystore import DataKey
from app.questions.models import Thread
from app.reindexing.service import BATCH, Reindexer, standing
from app.vectors import store
from app.vectors.beside import discard, find_vector
from app.vectors.models import IndexedThread, VectorBeside
from app.vectors.store import Subjected
from app.wiring import Toolbox, build
from matching.encoder import Encoder, HashEncoder, Matrix
from tests.app.history.makers import make_history
from tests.app.history.test_import import load
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast

NEW = HashEncoder(96)


class Interrupting(HashEncoder):
    """Lets something happen while a text is embedded."""

    def __init__(self, meanwhile: Callable[[], object], *, times: int = 1) -> None:
        super().__init__(96)
        self.meanwhile, self.times = meanwhile, times
        self.texts: list[str] = []

    def passages(self, texts: Sequence[str]) -> Matrix:
        self.texts += texts
        if self.times:
            self.times -= 1
            self.meanwhile()
        return super().passages(texts)


@pytest.fixture
def full(tools: Toolbox, tmp_path: Path) -> Toolbox:
    """A network with forty threads, embedded by the encoder in use."""
    load(tools, make_history(tmp_path / "club", 40), encoder=tools.encoder)
    return tools


def reindex(tools: Toolbox, encoder: Encoder = NEW) -> int:
    worker = Reindexer(tools.database, tools.vault, tools.trade, encoder, pause=lambda _: None)
    return worker.run(begin=lambda _: None, done=lambda _: None)


def lacking(tools: Toolbox, encoder: Encoder = NEW) -> int:
    with tools.database.reading() as stores:
        return standing(stores, encoder=encoder.name).lacking


def beside(tools: Toolbox) -> dict[str, str]:
    with tools.database.reading() as stores:
        return {row.thread_id: row.encoder for row in stores.content.scalars(select(VectorBeside))}


def indexed(tools: Toolbox) -> dict[str, str]:
    with tools.database.reading() as stores:
        rows = stores.content.scalars(select(IndexedThread).where(IndexedThread.sealed_vector.is_not(None)))
        return {row.thread_id: row.encoder for row in rows}


def known(tools: Toolbox) -> dict[str, Matrix]:
    """The vectors this process searches."""
    with tools.database.reading() as stores:
        tools.memory.catch_up(stores, tools.trade.subjects)
        histories = [tools.memory.domain(one) for one in tools.trade.subjects]
        return {id: history.vectors.vector(id) for history in histories for id in history.ids}


def under(tools: Toolbox, encoder: Encoder) -> Toolbox:
    """Another process over the same files, started under another encoder."""
    other = build(tools.settings, clock=tools.clock)
    vars(other)["encoder"] = encoder
    return other


def test_it_is_made_beside_and_nothing_changes_for_who_is_at_work(full: Toolbox) -> None:
    before = known(full)
    assert reindex(full) == 40
    assert set(beside(full).values()) == {NEW.name}
    assert set(indexed(full).values()) == {full.encoder.name}
    after = known(full)
    assert after.keys() == before.keys()
    assert all(np.array_equal(after[id], before[id]) for id in before)


def test_who_starts_under_the_new_encoder_finds_everything_and_can_go_back(full: Toolbox) -> None:
    before = known(full)
    reindex(full)
    new = known(under(full, NEW))
    assert new.keys() == before.keys()
    assert {row.shape for row in new.values()} == {(96,)}
    back = known(under(full, full.encoder))
    assert all(np.array_equal(back[id], before[id]) for id in before)


def test_it_is_what_the_worker_would_have_made(full: Toolbox) -> None:
    thread_id = next(iter(indexed(full)))
    reindex(full)
    with full.database.transaction("content") as stores:
        row = stores.content.get_one(IndexedThread, thread_id)
        made = find_vector(stores, full.vault, row, NEW.name)
        discard(stores)
    other = under(full, NEW)
    work(other)  # embeds what is missing
    with full.database.reading() as stores:
        row = stores.content.get_one(IndexedThread, thread_id)
        assert row.encoder == NEW.name
        assert np.array_equal(made, find_vector(stores, full.vault, row, NEW.name))


def test_routing_goes_on_before_while_and_after(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    waiting = ask_question(tools, cast.alice, urgent=True)
    work(tools)
    asked: list[str] = []
    encoder = Interrupting(
        lambda: asked.append(ask_question(tools, cast.alice, title="途中の質問")) or work(tools, hours=30)
    )
    reindex(tools, encoder)
    assert {one.thread_id for one in offers_of(tools, cast.bob)} == {waiting, asked[0]}
    assert set(beside(tools)) == {waiting, asked[0]}
    other = under(tools, NEW)
    last = ask_question(other, cast.alice, title="切り替えのあと")
    work(other, hours=30)
    assert {one.thread_id for one in offers_of(other, cast.bob)} == {waiting, asked[0], last}
    assert dead(other) == []


def dead(tools: Toolbox) -> list[str]:
    with tools.database.reading() as stores:
        return list(stores.content.scalars(select(Job.error).where(Job.error.is_not(None))))


def test_the_day_after_the_change_the_old_vectors_go(full: Toolbox) -> None:
    reindex(full)
    other = under(full, NEW)
    worker = work(other)
    assert set(indexed(full).values()) == {full.encoder.name}  # still to be had back
    before = known(other)
    full.clock.move(hours=24)  # type: ignore[attr-defined]
    worker.run_until_idle()
    assert set(indexed(full).values()) == {NEW.name}
    assert beside(full) == {}
    for one in (known(other), known(under(full, NEW))):
        assert all(np.array_equal(one[id], before[id]) for id in before)
    assert known(full) == {}  # who still runs under the old one sees that they are gone


def test_a_worker_under_the_old_encoder_leaves_alone_what_is_being_made(full: Toolbox) -> None:
    reindex(full)
    worker = work(full)
    full.clock.move(hours=50)  # type: ignore[attr-defined]
    worker.run_until_idle()
    assert len(beside(full)) == 40
    assert set(indexed(full).values()) == {full.encoder.name}


def test_an_encoder_after_that_takes_the_place_beside(full: Toolbox) -> None:
    reindex(full)
    third = HashEncoder(48)
    assert reindex(full, third) == 40
    assert set(beside(full).values()) == {third.name}


# ---------------------------------------------------------------- stopped


@pytest.mark.parametrize("parts", [0, 1, 2])
def test_stopped_between_two_parts_the_next_run_does_the_rest(full: Toolbox, parts: int) -> None:
    def stop(done: int) -> None:
        if len(beside(full)) >= parts * BATCH:
            raise KeyboardInterrupt

    worker = Reindexer(full.database, full.vault, full.trade, NEW, pause=lambda _: None)
    with pytest.raises(KeyboardInterrupt):
        worker.run(begin=lambda _: None, done=stop)
    there = len(beside(full))
    assert there == max(1, parts) * BATCH
    again = Interrupting(lambda: None)
    assert reindex(full, again) == len(again.texts) == 40 - there
    assert lacking(full) == 0


CHILD = """
import sys
from app.reindexing.service import Reindexer
from app.settings import read_settings
from app.wiring import build
from matching.encoder import HashEncoder
import app.features
tools = build(read_settings())
class Slow(HashEncoder):
    def passages(self, texts):
        print("part", flush=True)
        sys.stdin.read(1)
        return super().passages(texts)
Reindexer(tools.database, tools.vault, tools.trade, Slow(96)).run(begin=lambda n: None, done=lambda n: None)
"""


@pytest.mark.kill
def test_killed_while_it_embeds_nothing_is_lost_doubled_or_half_written(full: Toolbox) -> None:
    for whole in (1, 0):  # of 40 threads: 16 by the first run, none by the second
        before = len(beside(full))
        kill_after(full, parts=whole)
        assert len(beside(full)) == before + whole * BATCH
    reindex(full)
    assert lacking(full) == 0
    with sqlite3.connect(store_path(full.settings.data_dir, "content")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM vectors_beside").fetchone() == (40,)
    assert len(known(under(full, NEW))) == 40


def kill_after(tools: Toolbox, *, parts: int) -> None:
    """Run it in a process of its own, and kill that while it embeds the part after these."""
    environment = {
        "PATH": os.environ["PATH"], "SHIOME_DATA_DIR": str(tools.settings.data_dir), "SHIOME_ENCODER": "hash",
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", CHILD], env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdin
        assert child.stdout
        for _ in range(parts):
            assert child.stdout.readline() == b"part\n"
            child.stdin.write(b"x")
            child.stdin.flush()
        assert child.stdout.readline() == b"part\n"
        child.send_signal(signal.SIGKILL)


# ---------------------------------------------------------------- meanwhile


def test_what_is_erased_while_it_is_embedded_does_not_come_back(full: Toolbox) -> None:
    gone = sorted(indexed(full))[:3]

    def erase() -> None:
        with full.database.transaction("keys", "content") as stores:
            for thread_id in gone[:2]:
                stores.keys.delete(stores.keys.get_one(DataKey, stores.content.get_one(Thread, thread_id).key_id))
                store.forget(stores, thread_id=thread_id)
            stores.content.delete(stores.content.get_one(Thread, gone[2]))
            store.forget(stores, thread_id=gone[2])

    reindex(full, Interrupting(erase))
    assert not set(gone) & set(beside(full))
    assert len(beside(full)) == 37
    assert lacking(full) == 0


def test_the_mutant_that_does_not_look_again_brings_it_back(full: Toolbox) -> None:
    class Careless(Reindexer):
        def _put(self, stores, found, vector):  # type: ignore[no-untyped-def]
            stores.content.merge(
                VectorBeside(thread_id=found.where.thread_id, encoder=self.encoder.name, sealed_vector=vector.tobytes())
            )
            return True

    gone = sorted(indexed(full))[0]

    def erase() -> None:
        with full.database.transaction("content") as stores:
            store.forget(stores, thread_id=gone)

    worker = Careless(full.database, full.vault, full.trade, Interrupting(erase), pause=lambda _: None)
    worker.run(begin=lambda _: None, done=lambda _: None)
    assert gone in beside(full)


def test_what_is_erased_afterwards_is_gone_from_both_places(full: Toolbox) -> None:
    reindex(full)
    gone, other = sorted(indexed(full))[0], under(full, NEW)
    assert gone in known(other)
    with full.database.transaction("content") as stores:
        store.forget(stores, thread_id=gone)
    assert gone not in beside(full)
    assert gone not in indexed(full)
    assert gone not in known(other)
    assert gone not in known(full)


def test_a_text_that_is_embedded_anew_loses_its_vector_beside(full: Toolbox) -> None:
    reindex(full)
    thread_id = sorted(indexed(full))[0]
    with full.database.transaction("content") as stores:
        row = stores.content.get_one(IndexedThread, thread_id)
        where = Subjected(thread_id, store.evidence_of(full.vault, row).subject, row.topic, row.window)
        vector = full.encoder.passages(["another text"])[0]
        store.put_vector(stores, full.vault, where=where, encoder=full.encoder.name, vector=vector, counts={"a": 1})
    assert thread_id not in beside(full)
    assert reindex(full) == 1


def test_the_worker_does_not_bring_back_what_was_erased_while_it_embedded(tools: Toolbox, cast: Cast) -> None:
    thread_id = ask_question(tools, cast.alice, urgent=True)

    def erase() -> None:
        with tools.database.transaction("keys", "content") as stores:
            stores.keys.delete(stores.keys.get_one(DataKey, stores.content.get_one(Thread, thread_id).key_id))

    other = under(tools, Interrupting(erase))
    work(other)
    assert thread_id not in indexed(tools)
