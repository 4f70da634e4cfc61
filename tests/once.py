"""What one process of the suite makes once instead of for every test, since it is the same each time.

Nothing here stands for anything else: templates, addresses and statements are compiled by the libraries that use them,
and empty files are copies of files made by SQLite. Only the second time is left out.
"""

import atexit
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import mkdtemp
from types import CodeType
from typing import Any, Final

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, event, text
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

import app.features  # noqa: F401  loads every table
from app.db import METADATA, STORES, Database, store_path
from app.upkeep.stores import newest_revision

STATEMENTS: Final[LRUCache[Any, Any]] = LRUCache(5000)  # the library keeps 500 for each engine
BUILDERS: Final[dict[Hashable, Callable[..., Any]]] = {}


def scratch() -> Path:
    """A folder that goes when this process does."""
    folder = Path(mkdtemp(prefix="shiome-tests-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


@cache
def empty_files() -> Path:
    """A folder with the three files as they are before anything is written."""
    folder = scratch()
    with Database(folder) as database:
        for store in STORES:
            METADATA[store].create_all(database.engines[store])
            with database.engines[store].execution_options(writes=True).begin() as connection:
                connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
                connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": newest_revision()})
    return folder


def lay_tables(folder: Path) -> None:
    """Put the empty files where they are missing."""
    for store in STORES:
        path = store_path(folder, store)
        if not path.exists():
            copyfile(store_path(empty_files(), store), path)


def holds_only(folder: Path, other: Path) -> bool:
    """Whether the three files are still, byte for byte, those of the other folder."""
    for path in (store_path(folder, store) for store in STORES):
        log = path.with_name(f"{path.name}-wal")
        if (log.exists() and log.stat().st_size) or path.read_bytes() != (other / path.name).read_bytes():
            return False
    return True


def move_in(database: Database, folder: Path) -> None:
    """Put copies of another folder's files in the place of these."""
    database.close()
    for store in STORES:
        copyfile(store_path(folder, store), store_path(database.folder, store))


@cache
def first_engine() -> Engine:
    """An engine that has been connected: what it found out of SQLite, the others need not ask again."""
    engine = Database(empty_files()).engines["content"]
    engine.connect().close()
    engine.dispose()
    return engine


def hurry(database: Database) -> None:
    """Compile a statement once, not for the files of each test; wait for no disk, since no test cuts the power."""
    for engine in (database.reader, *database.engines.values()):
        event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF"))
        engine.dialect = engine.pool._dialect = first_engine().dialect
        engine._compiled_cache = STATEMENTS


class Compiled(BytecodeCache):
    """Templates, by name and text as Jinja keys them, whichever app shows them."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.known[bucket.key, bucket.checksum] = bucket.code


COMPILED: Final = Compiled()


class KnownRule(Rule):
    """An address whose builder is compiled once, whichever app has it: it is made of the rule's text and defaults alone."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in BUILDERS:
            BUILDERS[key] = super()._compile_builder(append_unknown)
        return BUILDERS[key]


def share_rules() -> None:
    """Let every app of this process use these."""
    Flask.url_rule_class = KnownRule
