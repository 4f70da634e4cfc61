"""Three SQLite files and the only place that commits.

content   threads, offers, jobs, sealed lockers: no column leads to a member, no time is finer than a window
identity  members and organisations, sealed per member, and their sessions
keys      wrapped data keys; losing this file loses the text for ever, which is what erasure is

Every table with random ids is WITHOUT ROWID: a rowid would keep the order in which rows came.
"""

import logging
import sqlite3
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Self, TypeVar, cast

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, inspect, select
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session

T = TypeVar("T")
StoreName = Literal["identity", "keys", "content"]
STORES: Final[tuple[StoreName, ...]] = ("identity", "keys", "content")

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
UNORDERED: Final = {"sqlite_with_rowid": False}


class Remembering(Session):
    """A session that looks up once what it looks up by key, found or not, until it writes something.

    One that writes nothing may see all three files; then `sees_all`.
    """

    def __init__(self, engine: Engine, *, sees_all: bool = False) -> None:
        super().__init__(engine, autoflush=not sees_all, expire_on_commit=False)
        self.sees_all = sees_all
        self.known: dict[Hashable, Any] = {}

    def get(self, entity: type[T], ident: Any, **options: Any) -> T | None:  # type: ignore[override]
        """`Session.get`, once a key."""
        if options:
            return super().get(entity, ident, **options)
        return recall(self, (entity, ident), lambda: super(Remembering, self).get(entity, ident))

    def add(self, instance: object) -> None:  # type: ignore[override]
        """`Session.add`; it can be found by its key from now on."""
        super().add(instance)
        self.forget(type(instance), rows=False)
        keys = inspect(type(instance)).primary_key
        if len(keys) == 1:
            self.known[type(instance), getattr(instance, keys[0].name)] = instance

    def delete(self, instance: object) -> None:
        """`Session.delete`."""
        super().delete(instance)
        self.forget(type(instance))

    def merge(self, instance: Any, **options: Any) -> Any:
        """`Session.merge`."""
        merged = super().merge(instance, **options)
        self.forget(type(instance))
        return merged

    def forget(self, table: type | None = None, *, rows: bool = True) -> None:
        """Look up again what was read of one table, or of all; without `rows` only what was read of several at once.
        What was made of rows is made again, whatever they are.
        """
        for key in list(self.known):
            about, is_row = (key[0], len(key) == 2) if isinstance(key, tuple) else (key, False)
            if table is None or (about is table and (rows or not is_row)) or not hasattr(about, "__table__"):
                del self.known[key]


@event.listens_for(Remembering, "do_orm_execute")
def _forget_before_writing(state: ORMExecuteState) -> None:
    if not state.is_select:
        cast("Remembering", state.session).forget()


@event.listens_for(Remembering, "after_soft_rollback")
def _forget_what_was_undone(session: Session, _previous: object) -> None:
    cast("Remembering", session).forget()


def recall(session: Remembering, key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, asked once a key until something is written. The key (table's class, row's key) is a row's."""
    known = session.known
    if key not in known:
        known[key] = read()
    return cast("T", known[key])


def keep(session: Remembering, entity: type[T], rows: Mapping[str, T | None]) -> None:
    """Let a session know rows by their key, or that they are not there."""
    session.known.update({(entity, key): row for key, row in rows.items()})


def fetch(session: Remembering, entity: type[T], keys: Collection[str]) -> list[T]:
    """The rows of one table under those of the keys that have one, in at most one statement."""
    column, known = inspect(entity).primary_key[0], session.known
    wanted = {key for key in keys if (entity, key) not in known}
    if wanted:
        found = {getattr(row, column.name): row for row in session.scalars(select(entity).where(column.in_(wanted)))}
        keep(session, entity, {key: found.get(key) for key in wanted})
    rows = (known[entity, key] for key in dict.fromkeys(keys))
    return [row for row in rows if row is not None]


class ContentBase(DeclarativeBase):
    """Tables of the content file."""

    metadata = MetaData(naming_convention=NAMING)


class IdentityBase(DeclarativeBase):
    """Tables of the identity file."""

    metadata = MetaData(naming_convention=NAMING)


class KeyBase(DeclarativeBase):
    """Tables of the key store."""

    metadata = MetaData(naming_convention=NAMING)


METADATA: Final[dict[StoreName, MetaData]] = {
    "identity": IdentityBase.metadata,
    "keys": KeyBase.metadata,
    "content": ContentBase.metadata,
}

PRAGMAS: Final = (
    "journal_mode=WAL",
    "busy_timeout=15000",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
)


def store_path(folder: Path, store: StoreName) -> Path:
    """The file of one store."""
    return folder / f"{store}.db"


def _prepare(connection: Any, synchronous: str) -> None:
    connection.isolation_level = None  # the driver must not begin by itself; _begin does
    for pragma in (*PRAGMAS, f"synchronous={synchronous}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _without_rows(record: logging.LogRecord) -> bool:
    """At DEBUG the library logs the rows it fetched; statements without their values are all a log may have."""
    return record.levelno > logging.DEBUG


def make_engine(path: Path, *, synchronous: str = "FULL") -> Engine:
    """An engine for one file, with the pragmas every connection needs.

    FULL, since an acknowledged post must survive a power cut and not only a kill.
    """
    logging.getLogger("sqlalchemy.engine.Engine").addFilter(_without_rows)
    engine = create_engine(f"sqlite:///{path}", pool_size=16, max_overflow=16, hide_parameters=True)
    event.listen(engine, "connect", lambda connection, _record: _prepare(connection, synchronous))
    event.listen(engine, "begin", _begin)
    return engine


def make_reader(folder: Path) -> Engine:
    """An engine whose connections see all three files and cannot write: a page asks once where three would do."""
    path = store_path(folder, "content")
    engine = create_engine(f"sqlite:///{path}", pool_size=16, max_overflow=16, hide_parameters=True)

    def prepare(connection: Any, _record: object) -> None:
        _prepare(connection, "FULL")
        for store in ("identity", "keys"):
            connection.execute(f"ATTACH DATABASE ? AS {store}", (str(store_path(folder, store)),))
        connection.execute("PRAGMA query_only=ON")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin)
    return engine


@dataclass(frozen=True, slots=True)
class Stores:
    """The three sessions of one request; a service takes this first and never commits."""

    identity: Remembering
    keys: Remembering
    content: Remembering

    def of(self, store: StoreName) -> Remembering:
        session: Remembering = getattr(self, store)
        return session


class Database:
    """The three files together."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.engines: dict[StoreName, Engine] = {store: make_engine(store_path(folder, store)) for store in STORES}
        self.reader = make_reader(folder)

    def _session(self, store: StoreName, *, writes: bool) -> Remembering:
        return Remembering(self.engines[store].execution_options(writes=writes))

    @contextmanager
    def transaction(self, *written: StoreName) -> Iterator[Stores]:
        """Open the named stores for writing and the rest for reading; commit all, or none on an exception.

        Write locks are taken in the order identity, keys, content, so two requests never wait for each other.
        The content file is committed last: once it is in, the key its text needs is in too. A stop between two
        commits leaves at most a key nobody uses.
        """
        others = Remembering(self.reader, sees_all=True)
        stores = Stores(
            **{store: self._session(store, writes=True) if store in written else others for store in STORES}
        )
        try:
            for store in STORES:
                if store in written:
                    stores.of(store).connection()
            yield stores
            for store in STORES:
                if store in written:
                    stores.of(store).commit()
        finally:
            for store in STORES:
                stores.of(store).close()

    @contextmanager
    def reading(self) -> Iterator[Stores]:
        """A transaction that writes nothing: one session for all three files."""
        with Remembering(self.reader, sees_all=True) as session:
            yield Stores(session, session, session)

    def checkpoint(self) -> None:
        """Empty the write-ahead logs into the files: a log keeps together what one request wrote."""
        for engine in self.engines.values():
            connection = engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def rebuild(self) -> None:
        """Lay every row down anew in the order of its key: SQLite hands out pages and bytes in the order of writing,
        so that two profiles of one member, made in one sitting, would lie side by side for ever."""
        for engine in self.engines.values():
            connection = engine.raw_connection()
            try:
                connection.cursor().execute("VACUUM")
            except sqlite3.OperationalError:
                continue  # somebody writes; the next night comes
            finally:
                connection.close()
        self.checkpoint()

    def close(self) -> None:
        """Give every connection back to the system."""
        for engine in (self.reader, *self.engines.values()):
            engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
