"""The worker's loop: claim, do, finish, one transaction each; safe to stop at any instruction."""

import fcntl
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeVar

import structlog

from app.db import Database
from app.jobs import queue
from app.jobs.queue import Task
from app.sealing import Vault

log = structlog.get_logger()

Handler = Callable[[Task], None]  # does the work, and finishes the task in its own transaction
T = TypeVar("T")
Tick = Callable[[], bool]  # periodic work; True when something was done


@dataclass
class Worker:
    """One lane's worker."""

    database: Database
    vault: Vault
    lane: str
    window: Callable[[], int]
    handlers: Mapping[str, Handler]
    ticks: tuple[Tick, ...] = ()
    name: str = ""
    _resting: dict[str, float] = field(default_factory=dict)
    _lock: IO[str] | None = None

    def start(self) -> None:
        """Take a name nobody living has, and with it whatever its last bearer held."""
        self.name, self._lock = take_name(self.database.folder, self.lane)
        with self.database.transaction("content") as stores:
            queue.release(stores, holder=self.name)

    def step(self) -> bool:
        """Do one round; False when there was nothing to do."""
        worked = any([self._safely(tick) or False for tick in self.ticks])
        task = self._safely(self._claim)
        if task is None:
            return worked
        try:
            self.handlers[task.kind](task)
        except Exception as error:
            # whatever went wrong belongs to this job: the loop must go on with the next
            self._put_back(task, error)
        return True

    def run(self, *, until: Callable[[], bool] = lambda: False, pause: float = 0.25) -> None:
        """Work until told to stop."""
        while not until():
            if not self.step():
                time.sleep(pause)

    def run_until_idle(self) -> None:
        """Work until nothing is due: for commands and tests."""
        while self.step():
            self._resting.clear()

    def _safely(self, do: Callable[[], T]) -> T | None:
        """What went wrong in periodic work is told by its class and tried again next round: the loop must go on."""
        try:
            return do()
        except Exception as error:
            log.error("worker round failed", error=type(error).__name__)
            return None

    def _claim(self) -> Task | None:
        now = time.monotonic()
        resting = [job for job, until in self._resting.items() if until > now]
        with self.database.reading() as stores:
            if not queue.has_due(stores, lane=self.lane, window=self.window(), skip=resting):
                return None
        with self.database.transaction("content") as stores:
            return queue.claim(stores, self.vault, lane=self.lane, window=self.window(), holder=self.name, skip=resting)

    def _put_back(self, task: Task, error: Exception) -> None:
        log.warning("job failed", kind=task.kind, attempt=task.attempts, error=type(error).__name__)
        self._resting[task.id] = time.monotonic() + 2**task.attempts * random.uniform(0.5, 1.5)  # noqa: S311 jitter
        with self.database.transaction("content") as stores:
            queue.fail(stores, task, window=self.window(), error=error)


def take_name(folder: Path, lane: str) -> tuple[str, IO[str]]:
    """The first name whose lock file no living process holds; the lock goes with the process."""
    number = 1
    while True:
        name = f"{lane}-{number}"
        handle = (folder / f"{name}.lock").open("w")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            number += 1
        else:
            return name, handle
