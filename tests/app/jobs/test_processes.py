"""What the worker does by itself, window by window."""

from app.clock import SetClock
from app.db import STORES, store_path
from app.processes import make_worker, open_network
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
    limiter.take("address|192.0.2.9", 1, int(clock.now()))
    clock.move(hours=30)
    for tick in make_worker(tools).ticks:
        tick()
    with limiter.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM rate_buckets").scalar() == 0


def test_an_empty_database_is_claimed_once(tools: Toolbox) -> None:
    for _ in range(2):
        open_network(tools.settings).database.close()
