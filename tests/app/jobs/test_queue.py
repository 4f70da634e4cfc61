"""Jobs: claimed by one, done once, tried again, dead in the end, and taken back after a stop."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.jobs import queue
from app.jobs.models import Job
from app.jobs.queue import LeaseLost, Task
from app.jobs.worker import Worker, take_name
from app.wiring import Toolbox


def put(tools: Toolbox, kind: str = "task", *, due: int | None = None) -> None:
    with tools.database.transaction("content") as stores:
        queue.put(stores, tools.vault, kind, {"what": "secret word"}, due=tools.window if due is None else due)


def claim(tools: Toolbox, holder: str = "work-1", window: int | None = None) -> Task | None:
    with tools.database.transaction("content") as stores:
        return queue.claim(
            stores, tools.vault, lane="work", window=tools.window if window is None else window, holder=holder
        )


def make_worker(tools: Toolbox, do: Callable[[Task], None]) -> Worker:
    return Worker(tools.database, tools.vault, lane="work", window=lambda: tools.window, handlers={"task": do})


def finishing(tools: Toolbox, seen: list[str]) -> Callable[[Task], None]:
    def do(task: Task) -> None:
        with tools.database.transaction("content") as stores:
            seen.append(task.payload["what"])
            queue.finish(stores, task)

    return do


def test_a_job_is_claimed_by_one_only(tools: Toolbox) -> None:
    put(tools)
    assert claim(tools, "work-1") is not None
    assert claim(tools, "work-2") is None


def test_a_job_waits_for_its_window(tools: Toolbox) -> None:
    put(tools, due=tools.window + 1)
    assert claim(tools) is None
    assert claim(tools, window=tools.window + 1) is not None


def test_a_lapsed_lease_frees_the_job_and_the_slower_one_cannot_finish_too(tools: Toolbox) -> None:
    put(tools)
    slow = claim(tools, "work-1")
    fast = claim(tools, "work-2", window=tools.window + queue.LEASE_WINDOWS + 1)
    assert slow is not None
    assert fast is not None
    with tools.database.transaction("content") as stores:
        queue.finish(stores, fast)
    with pytest.raises(LeaseLost), tools.database.transaction("content") as stores:
        queue.finish(stores, slow)


def test_a_worker_that_starts_again_takes_back_what_it_held(tools: Toolbox) -> None:
    put(tools)
    assert claim(tools, "work-1") is not None
    seen: list[str] = []
    worker = make_worker(tools, finishing(tools, seen))
    worker.start()
    worker.run_until_idle()
    assert worker.name == "work-1"
    assert seen == ["secret word"]


def test_two_living_workers_never_share_a_name(tools: Toolbox) -> None:
    first, lock = take_name(tools.database.folder, "work")
    second, _ = take_name(tools.database.folder, "work")
    assert (first, second) == ("work-1", "work-2")
    lock.close()
    assert take_name(tools.database.folder, "work")[0] == "work-1"


def test_a_failing_job_is_tried_again_and_ends_as_a_dead_letter(tools: Toolbox) -> None:
    put(tools)

    def fail(_task: Task) -> None:
        raise ValueError("the words of an error may hold what somebody typed")

    worker = make_worker(tools, fail)
    worker.start()
    for _ in range(40):
        worker.run_until_idle()
        tools.clock.move(hours=16)  # type: ignore[attr-defined]
    with tools.database.reading() as stores:
        job = stores.content.scalars(select(Job)).one()
        assert queue.summary(stores) == [("task", "dead", "ValueError", 1)]
    assert (job.state, job.attempts, job.error) == ("dead", queue.MAX_ATTEMPTS, "ValueError")
    with tools.database.transaction("content") as stores:
        assert queue.revive(stores) == 1
    assert claim(tools) is not None


def test_a_failing_job_does_not_stop_the_others(tools: Toolbox) -> None:
    put(tools, "broken")
    put(tools)
    seen: list[str] = []
    worker = make_worker(tools, finishing(tools, seen))
    worker.start()
    worker.run_until_idle()
    assert seen == ["secret word"]


def test_what_a_job_is_about_is_sealed(tools: Toolbox) -> None:
    put(tools)
    assert b"secret word" not in (tools.database.folder / "content.db").read_bytes()
    assert b"secret word" not in (tools.database.folder / "content.db-wal").read_bytes()


def test_the_latest_goes_first_so_that_a_question_does_not_wait_behind_an_import(tools: Toolbox) -> None:
    with tools.database.transaction("content") as stores:
        for n in range(20):
            queue.put(stores, tools.vault, "task", {"word": f"old {n}"}, due=tools.window - 5)
        queue.put(stores, tools.vault, "task", {"word": "new"}, due=tools.window)
    task = claim(tools)
    assert task is not None
    assert task.payload == {"word": "new"}


def fellows(tools: Toolbox, task: Task) -> int:
    with tools.database.reading() as stores:
        return len(queue.fellows(stores, tools.vault, task, window=tools.window))


def test_fellows_are_of_its_kind_due_free_and_never_tried(tools: Toolbox) -> None:
    for kind, due in (("task", 0), ("task", 0), ("task", -1), ("task", 1), ("other", 0)):
        put(tools, kind, due=tools.window + due)
    first = next(task for task in iter(lambda: claim(tools), None) if task.kind == "task")
    assert fellows(tools, first) == 2
    second = claim(tools, "work-2")
    assert second is not None
    assert fellows(tools, first) == 1
    with tools.database.transaction("content") as stores:
        queue.fail(stores, second, window=tools.window, error=ValueError())
    assert fellows(tools, first) == 1  # free again, but tried


def test_a_job_that_failed_before_stands_alone(tools: Toolbox) -> None:
    put(tools)
    task = claim(tools)
    put(tools)
    assert task is not None
    assert fellows(tools, task) == 1
    assert fellows(tools, replace(task, attempts=2)) == 0


def test_of_one_window_kind_comes_after_kind_and_a_later_window_first(tools: Toolbox) -> None:
    for kind, due in (("route", 0), ("index", 0), ("route", 0), ("index", -1), ("index", 0)):
        put(tools, kind, due=tools.window + due)
    order = [task.kind for task in iter(lambda: claim(tools), None)]
    assert order == ["index", "index", "route", "route", "index"]
