"""Put work into the table, claim it, finish it.

A claim is a lease of two windows under the holder's name. Finer times would tell when a post came, so what makes
restarts quick is the name: a worker that starts again under its name takes back what it held.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, Select, delete, func, or_, select, update

from app.db import Stores
from app.jobs.models import Job
from app.sealing import Vault
from privacy.pseudonyms import new_id

MAX_ATTEMPTS: Final = 10
LEASE_WINDOWS: Final = 2


class LeaseLost(Exception):
    """Another worker finished this job."""


@dataclass(frozen=True, slots=True)
class Task:
    """A claimed job, opened."""

    id: str
    kind: str
    payload: dict[str, Any]
    attempts: int


def put(stores: Stores, vault: Vault, kind: str, payload: dict[str, Any], *, due: int, lane: str = "work") -> str:
    """Leave one job in the caller's transaction and return its id; `due` is a window number."""
    job_id = new_id()
    sealed = vault.seal(payload, table="jobs", column="sealed", row=job_id)
    stores.content.add(
        Job(
            id=job_id,
            lane=lane,
            kind=kind,
            state="ready",
            due_window=due,
            attempts=0,
            holder=None,
            lease_until=None,
            error=None,
            sealed=sealed,
        )
    )
    return job_id


def claim(
    stores: Stores, vault: Vault, *, lane: str, window: int, holder: str, skip: Sequence[str] = ()
) -> Task | None:
    """Take one job that is due and free, or None."""
    chosen = _due(lane, window, skip).scalar_subquery()
    row = stores.content.execute(
        update(Job)
        .where(Job.id == chosen)
        .values(holder=holder, lease_until=window + LEASE_WINDOWS, attempts=Job.attempts + 1)
        .returning(Job.id, Job.kind, Job.sealed, Job.attempts)
    ).one_or_none()
    if row is None:
        return None
    return _opened(vault, row)


def _opened(vault: Vault, row: Row[str, str, bytes, int]) -> Task:
    return Task(row.id, row.kind, vault.open(row.sealed, table="jobs", column="sealed", row=row.id), row.attempts)


def fellows(stores: Stores, vault: Vault, task: Task, *, window: int, most: int = 200) -> list[Task]:
    """Other jobs of the same kind that are due, free and never tried, to be done in the transaction of `task`.

    Nothing is claimed: done and finished together, or not at all. A job that was tried before stands alone, so that one
    that always fails holds up nobody else's.
    """
    return [] if task.attempts > 1 else waiting(stores, vault, task.kind, window=window, most=most)


def waiting(stores: Stores, vault: Vault, kind: str, *, window: int, most: int = 200) -> list[Task]:
    """Jobs of a kind that are due, free and never tried, to be done and finished in the caller's transaction."""
    rows = stores.content.execute(
        select(Job.id, Job.kind, Job.sealed, Job.attempts)
        .where(Job.kind == kind, Job.state == "ready", Job.due_window <= window)
        .where(Job.holder.is_(None), Job.attempts == 0)
        .limit(most)
    )
    return [_opened(vault, row) for row in rows]


def failed(stores: Stores, vault: Vault, kind: str) -> list[Task]:
    """Jobs of a kind that failed for good, for whoever can undo what they left behind."""
    rows = stores.content.execute(
        select(Job.id, Job.kind, Job.sealed, Job.attempts).where(Job.kind == kind, Job.state == "dead")
    )
    return [_opened(vault, row) for row in rows]


def has_due(stores: Stores, *, lane: str, window: int, skip: Sequence[str] = ()) -> bool:
    """Whether `claim` would find something: asked without the write lock."""
    return stores.content.execute(_due(lane, window, skip)).first() is not None


def has_kind(stores: Stores, *, kind: str) -> bool:
    """Whether any job of this kind waits."""
    return (
        stores.content.execute(select(Job.id).where(Job.kind == kind, Job.state == "ready").limit(1)).first()
        is not None
    )


def _due(lane: str, window: int, skip: Sequence[str]) -> Select[str]:
    free = or_(Job.holder.is_(None), Job.lease_until < window)
    return (
        select(Job.id)
        .where(Job.lane == lane, Job.state == "ready", Job.due_window <= window, free, Job.id.not_in(skip))
        # the latest first: a question just asked must not wait behind an import of thousands. And of one window kind by
        # kind: `index` stands before `route`, so the questions of a window are all known when their experts are chosen
        .order_by(Job.due_window.desc(), Job.kind)
        .limit(1)
    )


def finish(stores: Stores, task: Task) -> None:
    """Delete the job; called in the transaction that did its work, so that it is done once or not at all.

    Raises LeaseLost when somebody else finished it meanwhile: the work of this transaction must not stand twice.
    """
    result = stores.content.execute(delete(Job).where(Job.id == task.id))
    if getattr(result, "rowcount", 0) != 1:
        raise LeaseLost


def fail(stores: Stores, task: Task, *, window: int, error: Exception) -> None:
    """Free the job for another try, later each time; after the last one it stays as a dead letter."""
    dead = task.attempts >= MAX_ATTEMPTS
    wait = 0 if task.attempts < 7 else 2 ** (task.attempts - 7)
    stores.content.execute(
        update(Job)
        .where(Job.id == task.id)
        .values(
            holder=None,
            lease_until=None,
            due_window=window + wait,
            error=type(error).__name__,
            state="dead" if dead else "ready",
        )
    )


def release(stores: Stores, *, holder: str) -> None:
    """Free what an earlier life under this name still holds."""
    stores.content.execute(update(Job).where(Job.holder == holder).values(holder=None, lease_until=None))


def revive(stores: Stores) -> int:
    """Put every dead letter back into work, and say how many."""
    result = stores.content.execute(
        update(Job).where(Job.state == "dead").values(state="ready", attempts=0, holder=None, lease_until=None)
    )
    return int(getattr(result, "rowcount", 0))


def summary(stores: Stores) -> list[tuple[str, str, str | None, int]]:
    """(kind, state, error class, number) of what is in the table."""
    columns = (Job.kind, Job.state, Job.error)
    rows = stores.content.execute(select(*columns, func.count()).group_by(*columns).order_by(*columns))
    return [(row[0], row[1], row[2], int(row[3])) for row in rows]
