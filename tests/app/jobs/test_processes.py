"""What the worker does by itself, window by window."""

import pytest
from sqlalchemy import select

from app.clock import SetClock
from app.db import STORES, store_path
from app.domains.models import Network
from app.domains.opening import open_network
from app.jobs.periodic import REST, Once
from app.jobs.worker import Worker
from app.processes import make_worker
from app.questions.models import Pending, Thread
from app.web.limits import make_limiter
from app.wiring import Toolbox
from tests.app.queues.stage import ask_question
from tests.cast import Cast


def wal_sizes(tools: Toolbox) -> list[int]:
    folder = tools.settings.data_dir
    return [store_path(folder, store).with_name(f"{store}.db-wal").stat().st_size for store in STORES]


def test_no_log_of_what_was_written_together_outlives_its_window(tools: Toolbox, clock: SetClock, cast: Cast) -> None:
    ask_question(tools, cast.alice)
    assert max(wal_sizes(tools)) > 0
    worker = make_worker(tools)
    worker.start()
    clock.move(hours=1)
    worker.step()
    assert wal_sizes(tools) == [0, 0, 0]


def test_old_buckets_go(tools: Toolbox, clock: SetClock) -> None:
    limiter = make_limiter(tools)
    limiter.take(["address|192.0.2.9"], 1, int(clock.now()))
    clock.move(hours=30)
    for tick in make_worker(tools).ticks:
        tick()
    with limiter.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM rate_buckets").scalar() == 0


def test_an_empty_database_is_claimed_once(tools: Toolbox) -> None:
    for _ in range(2):
        open_network(tools.settings).database.close()
    with tools.database.reading() as stores:
        assert stores.content.scalars(select(Network.key)).all() == [tools.trade.network.key]


def test_a_row_that_does_not_open_holds_up_nobody_elses_post(tools: Toolbox, clock: SetClock, cast: Cast) -> None:
    for person in (cast.alice, cast.bob):
        ask_question(tools, person)
    with tools.database.transaction("content") as stores:
        stores.content.add(Pending(id="0" * 32, due_window=0, sealed=b"not an envelope at all"))
    worker = make_worker(tools)
    worker.start()
    clock.move(hours=30)
    worker.run_until_idle()
    with tools.database.reading() as stores:
        assert len(stores.content.scalars(select(Thread)).all()) == 2
        assert [row.id for row in stores.content.scalars(select(Pending))] == ["0" * 32]


def test_a_round_that_fails_does_not_end_the_worker(tools: Toolbox, cast: Cast) -> None:
    rounds: list[int] = []

    def broken() -> bool:
        rounds.append(1)
        raise ValueError("what somebody typed")

    worker = Worker(tools.database, tools.vault, lane="work", window=lambda: tools.window, handlers={}, ticks=(broken,))
    worker.start()
    assert worker.step() is False
    assert worker.step() is False
    assert len(rounds) == 2


def test_work_of_a_day_that_failed_is_done_after_a_rest() -> None:
    clock, busy, done = SetClock(0), [True], []

    def work() -> None:
        if busy[0]:
            raise TimeoutError
        done.append(clock.now())

    once = Once(lambda: "the first", work, clock.now)
    with pytest.raises(TimeoutError):
        once()
    assert not once()  # it rests: a busy database is not asked four times a second
    busy[0] = False
    clock.move(seconds=REST)
    assert not once()
    assert done == [REST]
    clock.move(seconds=REST)
    once()
    assert done == [REST]
