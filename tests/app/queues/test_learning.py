"""Nights: what a subject's past taught is stored sealed, used, learnt anew when something changes, and forgotten."""

import random
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from app.clock import SetClock
from app.jobs import queue
from app.leaving import steps
from app.processes import make_worker
from app.queues import learning, worker
from app.queues.experts import handles_of
from app.queues.models import Lesson
from app.queues.worker import LEARN, make_now, make_router
from app.vectors import boxes, naming, store
from app.vectors.store import Answered, Passed, Subjected
from app.wiring import Toolbox
from matching.learning import Learned, PastThread
from matching.learning import learn as learn_from
from matching.profiles import Answer, Query
from matching.signals import NAMES
from matching.weights import prior
from tests.app.queues.stage import ask_question, opt_in, work
from tests.cast import Cast, Person, viewer_of

SUBJECT = "rainbow-trout"
HANDLES = [f"{n:02x}" * 16 for n in range(10, 16)]
SIZE = 6


def thread_at(
    tools: Toolbox, number: int, *, subject: str = SUBJECT, days_apart: float = 0.5, total: int = 0
) -> Subjected:
    back = round((total - number) * days_apart * 86400 / tools.settings.window_seconds)
    return Subjected(f"{number:032x}", subject, "disease", tools.window - back - 1)


def past(tools: Toolbox, size: int, *, subject: str = SUBJECT, seed: int = 1, start: int = 0) -> None:
    """Many small questions of six kinds; each kind has one expert who always answers, and everybody answers at times."""
    rng, grid = random.Random(seed), np.random.default_rng(seed)
    kinds = grid.normal(size=(len(HANDLES), tools.encoder.dimension)).astype(np.float32)
    with tools.database.transaction("content") as stores:
        for number in range(start, start + size):
            kind = rng.randrange(len(HANDLES))
            vector = kinds[kind] + 0.3 * grid.normal(size=tools.encoder.dimension).astype(np.float32)
            where = thread_at(tools, number, subject=subject, total=start + size)
            store.put_vector(
                stores, tools.vault, where=where, encoder=tools.encoder.name, vector=vector / np.linalg.norm(vector),
                counts={f"kind{kind}": 2, f"other{rng.randrange(9)}": 1},
            )  # fmt: skip
            for handle in sorted({HANDLES[kind], rng.choice(HANDLES)}):
                post = f"{number}-{handle}".rjust(32, "0")[-32:]
                answered = Answered(post, handle, where.window + 3, accepted=handle == HANDLES[kind])
                store.record_answer(stores, tools.vault, where=where, answer=answered)
            if number % 3:
                asked = [HANDLES[(kind + step) % len(HANDLES)] for step in range(4)]
                store.record_wave(stores, tools.vault, where=where, handles=asked, wave=0)


def lessons(tools: Toolbox) -> dict[str, Any]:
    with tools.database.reading() as stores:
        return learning._read(stores, tools.vault)


def weights(tools: Toolbox) -> dict[str, learning.Weights]:
    with tools.database.reading() as stores:
        return learning.weights_of(stores, tools.vault)


def night(tools: Toolbox) -> None:
    work(tools, hours=24)


def test_a_night_learns_each_subject_and_the_router_uses_it(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    past(tools, 240)
    past(tools, 4, subject="coho-salmon", start=1000)
    night(tools)
    found = lessons(tools)
    assert found.keys() == {SUBJECT, "coho-salmon"}
    assert found[SUBJECT]["outcomes"] >= 200
    assert found["coho-salmon"]["weights"] == {}
    learnt = weights(tools)
    assert learnt.keys() == {SUBJECT}
    assert not np.allclose(learnt[SUBJECT], prior())
    given = []
    monkeypatch.setattr(worker, "make_router", lambda tools, use: given.append(use) or make_router(tools, use))
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    assert np.array_equal(given[-1](SUBJECT), learnt[SUBJECT])
    assert given[0]("coho-salmon") is None


def test_what_is_learnt_is_what_the_core_learns_from_the_same_past(tools: Toolbox) -> None:
    """Nothing is lost between the table and the core: the weights stored are those of the past, read by hand."""
    past(tools, 240)
    night(tools)
    now, threads = make_now(tools), []
    with tools.database.reading() as stores:
        for number in range(240):
            where = thread_at(tools, number, total=240)
            row = stores.content.get_one(store.IndexedThread, where.thread_id)
            days, vector = now.window_days, boxes.vector_of(tools.vault, row)
            assert vector is not None
            query = Query(vector, boxes.counts_of(tools.vault, row), row.window * days, "disease", SUBJECT)
            known = store.evidence_of(tools.vault, row)
            answers = [Answer(one.handle, one.window * days, one.accepted, delay=3 * days) for one in known.answers]
            threads.append(PastThread(row.thread_id, query, answers, asked=frozenset(known.asked)))
    assert any(one.asked for one in threads)
    learned = learn_from(threads, {}, day=now.window * now.window_days)
    assert np.allclose(learned.weights, weights(tools)[SUBJECT], atol=1e-9)


def test_nothing_new_nothing_learnt(tools: Toolbox, monkeypatch: pytest.MonkeyPatch) -> None:
    past(tools, 60)
    night(tools)
    before = versions(tools)
    calls = []
    monkeypatch.setattr(worker, "learn", lambda *one, **more: calls.append(1) or learn_from(*one, **more))
    night(tools)
    assert (calls, versions(tools)) == ([], before)
    with tools.database.transaction("content") as stores:
        where = thread_at(tools, 3, total=60)
        store.record_pass(stores, tools.vault, where=where, passed=Passed(HANDLES[0], "not_my_field", where.window))
    night(tools)
    assert calls == [1]
    assert versions(tools) != before


def versions(tools: Toolbox) -> list[str]:
    with tools.database.reading() as stores:
        return list(stores.content.scalars(select(Lesson.id)))


def test_accepted_marks_that_came_of_age_are_learnt_from(tools: Toolbox) -> None:
    past(tools, 60)
    night(tools)
    before = lessons(tools)[SUBJECT]["mark"]
    assert isinstance(tools.clock, SetClock)
    tools.clock.move(hours=24 * 31)
    night(tools)
    after = lessons(tools)[SUBJECT]["mark"]
    assert after[:2] == before[:2]
    assert after[2] > before[2]


def test_a_thread_that_is_gone_is_unlearnt_that_night_and_a_subject_without_any_is_forgotten(tools: Toolbox) -> None:
    past(tools, 60)
    night(tools)
    with tools.database.transaction("content") as stores:
        store.forget(stores, thread_id=f"{7:032x}")
    night(tools)
    assert lessons(tools)[SUBJECT]["mark"][1] == 59
    with tools.database.transaction("content") as stores:
        for number in range(60):
            store.forget(stores, thread_id=f"{number:032x}")
    night(tools)
    assert lessons(tools) == {}


def test_below_forty_outcomes_the_prior_rules(tools: Toolbox) -> None:
    """The core already has an opinion; it is not even kept."""
    past(tools, 35)
    night(tools)
    assert lessons(tools)[SUBJECT] | {"mark": None} == {"weights": {}, "outcomes": 0, "mark": None}
    assert weights(tools) == {}
    past(tools, 40, start=35)
    night(tools)
    assert learning.LEAST <= lessons(tools)[SUBJECT]["outcomes"] < 75
    assert weights(tools).keys() == {SUBJECT}


def test_the_asker_is_never_a_candidate_for_their_own_question(tools: Toolbox, cast: Cast) -> None:
    """An expert who asks is left out by their circle; without that they would be learnt from as silent."""
    opt_in(tools, cast.bob, cast.carol)
    bob = viewer_of(tools, cast.bob)
    asked = ask_question(tools, cast.bob, urgent=True)
    work(tools)
    own = _handle(tools, cast.bob)
    with tools.database.reading() as stores:
        found = learning.past_of(
            stores, tools.vault, encoder=tools.encoder.name, thread_ids={asked}, subject=SUBJECT, now=make_now(tools)
        )
    assert found.threads[0].closed == frozenset()  # nobody has answered anything: nobody could be asked
    with tools.database.transaction("content") as stores:
        where = Subjected("e" * 32, SUBJECT, "disease", tools.window - 3)
        vector = tools.encoder.passages(["朝の水温"])[0]
        store.put_vector(
            stores, tools.vault, where=where, encoder=tools.encoder.name, vector=vector, counts={"水温": 1}
        )
        for handle in (own, _handle(tools, cast.carol)):
            answered = Answered(handle, handle, where.window)
            store.record_answer(stores, tools.vault, where=where, answer=answered)
    with tools.database.reading() as stores:
        ids = {asked, where.thread_id}
        found = learning.past_of(
            stores, tools.vault, encoder=tools.encoder.name, thread_ids=ids, subject=SUBJECT, now=make_now(tools)
        )
    closed = {one.id: one.closed for one in found.threads}
    assert closed == {asked: frozenset({own}), where.thread_id: frozenset()}
    assert bob.circle


def _handle(tools: Toolbox, person: Person) -> str:
    return handles_of(viewer_of(tools, person))[SUBJECT]


def test_stopped_in_the_middle_nothing_is_half_and_again_it_is_whole(
    tools: Toolbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    past(tools, 60)
    put = learning._write

    def stop(*one: Any) -> None:
        put(*one)
        raise KeyboardInterrupt

    monkeypatch.setattr(learning, "_write", stop)
    busy = make_worker(tools)
    busy.start()
    with pytest.raises(KeyboardInterrupt):
        busy.run_until_idle()
    assert lessons(tools) == {}
    assert busy._lock is not None
    busy._lock.close()  # as it is when the process is gone
    monkeypatch.undo()
    work(tools)
    assert lessons(tools).keys() == {SUBJECT}


def test_who_leaves_while_it_learns_is_not_in_what_it_writes(tools: Toolbox, monkeypatch: pytest.MonkeyPatch) -> None:
    past(tools, 240)

    def leave_meanwhile(*one: Any, **more: Any) -> Learned:
        found = learn_from(*one, **more)
        if meanwhile:
            meanwhile.pop()
            with tools.database.transaction("content") as stores:
                learning.forget_lesson(stores, tools.vault, thread_id=f"{5:032x}")
                naming.forget_handle(stores, tools.vault, thread_id=f"{5:032x}", handle=HANDLES[0])
        return found

    meanwhile = [1]
    monkeypatch.setattr(worker, "learn", leave_meanwhile)
    night(tools)
    with tools.database.reading() as stores:
        marks = learning.marks_of(stores, tools.memory.subjects, make_now(tools))
    assert lessons(tools)[SUBJECT]["mark"][0] == marks[SUBJECT].version  # learnt again, after it


def test_leaving_takes_what_the_subject_taught_at_once(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    past(tools, 240)
    past(tools, 60, subject="coho-salmon", start=1000)
    with tools.database.transaction("content") as stores:
        where = thread_at(tools, 5, total=240)
        answered = Answered("b" * 32, _handle(tools, cast.bob), where.window)
        store.record_answer(stores, tools.vault, where=where, answer=answered)
    night(tools)
    assert lessons(tools).keys() == {SUBJECT, "coho-salmon"}
    steps.leave(tools, viewer_of(tools, cast.bob), texts="keep")
    assert lessons(tools).keys() == {"coho-salmon"}
    night(tools)
    assert lessons(tools).keys() == {SUBJECT, "coho-salmon"}


def test_a_signal_that_came_later_weighs_as_in_the_prior(tools: Toolbox) -> None:
    past(tools, 240)
    night(tools)
    with tools.database.transaction("content") as stores:
        found = learning._read(stores, tools.vault)
        known = found[SUBJECT]["weights"]
        del known["meaning"]
        known["gone-since"] = 7.0
        learning._write(stores, tools.vault, found)
    learnt = weights(tools)[SUBJECT]
    assert learnt[NAMES.index("meaning")] == prior()[NAMES.index("meaning")]
    assert len(learnt) == len(NAMES)


def test_at_rest_it_says_nothing(tools: Toolbox) -> None:
    """One row of one size, whatever was learnt in however many subjects."""
    past(tools, 60)
    night(tools)
    with tools.database.reading() as stores:
        one = bytes(stores.content.scalars(select(Lesson.sealed)).one())
    assert SUBJECT.encode() not in one
    assert b"meaning" not in one
    past(tools, 60, subject="coho-salmon", start=1000)
    night(tools)
    with tools.database.reading() as stores:
        two = bytes(stores.content.scalars(select(Lesson.sealed)).one())
    assert len(one) == len(two)


def test_what_is_due_now_goes_before_learning(tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, urgent=True)
    with tools.database.transaction("content") as stores:
        queue.put(stores, tools.vault, LEARN, {}, due=tools.window - 1)
    work_on, order = make_worker(tools), []
    work_on.handlers = {kind: _noting(order, kind, do) for kind, do in work_on.handlers.items()}
    work_on.start()
    work_on.run_until_idle()
    assert order[-1] == LEARN
    assert {"index", "route"} <= set(order[:-1])


def _noting(order: list[str], kind: str, do: Any) -> Any:
    def handler(task: Any) -> None:
        order.append(kind)
        do(task)

    return handler
