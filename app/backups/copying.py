"""Three stores, three backups: taken while everything runs, put back with the old file set aside.

A backup is one file, mode 0600. Its header says which store it is of (`application_id`) and from which day
(`user_version`), so that old backups of the key store can be told and deleted: an erased key must not come back.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from app.db import METADATA, STORES, StoreName, store_path
from privacy.errors import PrivacyError
from privacy.vault import envelope_key_id

MARKS: Final[dict[StoreName, int]] = {"identity": 0x53484901, "keys": 0x53484902, "content": 0x53484903}
PAGES: Final = 256  # copied between two looks at the progress; other processes write in between
KEEP_DAYS: Final = 14
FLEETING: Final[dict[StoreName, tuple[str, ...]]] = {
    "identity": (
        "sessions",
        "api_tokens",
        "verifications",
        "rate_buckets",
        "spent_challenges",
        "arrivals",
        "renewed_wraps",
        "passkey_counts",
    ),
    "keys": (),
    "content": (),
}
"""Tables that a copy leaves empty: all that a sign-in changes. Two copies of other days would say between them who
signed in; after a restore everybody signs in anew."""
HEADER: Final = b"SQLite format 3\x00"
Progress = Callable[[int, int], None]  # pages done, pages in all


class BackupRefused(Exception):
    """A backup that cannot be made or put back. Says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a backup's header says."""

    store: StoreName
    day: date


def take(folder: Path, store: StoreName, to: Path, *, day: date, done: Progress = lambda _done, _all: None) -> None:
    """Copy one store into a new file while others write; the copy is checked, and there under its name only when whole.

    Raises BackupRefused where the file is there already, or would lie in the data folder, or the copy is not sound.
    """
    if to.exists() or to.parent.resolve() == folder.resolve():
        raise BackupRefused(f"{to}: is there already, or in the data folder; choose another name")
    part = to.with_name(f".{to.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with (
            closing(_open(store_path(folder, store))) as source,
            closing(sqlite3.connect(part, isolation_level=None)) as copy,
        ):
            source.backup(copy, pages=PAGES, progress=lambda _state, left, whole: done(whole - left, whole))
            copy.execute("PRAGMA journal_mode=DELETE")
            _leave_out(copy, FLEETING[store])
            copy.execute(f"PRAGMA application_id={MARKS[store]}")
            copy.execute(f"PRAGMA user_version={day.toordinal()}")
            _check_sound(copy, to)
        _sync(part)
        part.replace(to)
        _taken(folder, store).write_text(day.isoformat(), encoding="ascii")
    finally:
        part.unlink(missing_ok=True)


def _leave_out(copy: sqlite3.Connection, tables: Sequence[str]) -> None:
    """Empty some tables, and leave nothing of their rows in the file."""
    for table in tables:
        copy.execute(f"DELETE FROM {table}")  # noqa: S608
    if tables:
        copy.execute("VACUUM")


def last_taken(folder: Path, store: StoreName) -> date | None:
    """The day of the newest copy of a store, wherever it lies; None before the first."""
    try:
        return date.fromisoformat(_taken(folder, store).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _taken(folder: Path, store: StoreName) -> Path:
    return folder / f"{store}.copied"


def forget_old_keys(folder: Path, *, today: date, keep_days: int = KEEP_DAYS) -> list[Path]:
    """Delete this program's backups of the key store in a folder that are older than `keep_days`; gives their names."""
    old = [
        path
        for path in sorted(folder.iterdir())
        if (stamp := read_stamp(path)) and stamp.store == "keys" and (today - stamp.day).days > keep_days
    ]
    for path in old:
        path.unlink()
    return old


def read_stamp(path: Path) -> Stamp | None:
    """Which store and day a backup is of; None for anything that is no backup of ours."""
    if not path.is_file() or path.is_symlink():
        return None
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(HEADER):
        return None
    day, mark = (int.from_bytes(header[start : start + 4], "big") for start in (60, 68))
    store = next((name for name, number in MARKS.items() if number == mark), None)
    return Stamp(store, date.fromordinal(day)) if store and 0 < day <= date.max.toordinal() else None


@dataclass(frozen=True, slots=True)
class Network:
    """What a backup must fit: this network's key, its root keys' ids, and the revisions this program knows."""

    key: str
    demo: bool
    root_ids: frozenset[bytes]
    revisions: frozenset[str]


def restore(folder: Path, store: StoreName, source: Path, network: Network) -> Path | None:
    """Put a backup in a store's place and give where the old file is now, None when there was none.

    Raises BackupRefused: not of this store, damaged, newer than the program, of another network or sealed under a root
    key that is not there, or while a process holds the store open.
    """
    target, part = store_path(folder, store), folder / f".{store}.db.part"
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(_open(source)) as backup, closing(sqlite3.connect(part, isolation_level=None)) as copy:
            backup.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            copy.execute("PRAGMA application_id=0")  # in the data folder it is no backup any more
            copy.execute("PRAGMA user_version=0")
            _check_sound(copy, source)
            _check_fits(copy, store, source, network)
        _sync(part)
        _check_alone(target)
        aside = _set_aside(target)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return aside


def _set_aside(target: Path) -> Path | None:
    if not target.exists():
        return None
    number = 1
    while (aside := target.with_name(f"{target.name}.replaced-{number}")).exists():
        number += 1
    target.rename(aside)
    return aside


def _check_alone(target: Path) -> None:
    """Leaving the write-ahead log needs the file to oneself: SQLite refuses while anybody else has it open."""
    if not target.exists():
        return
    with closing(sqlite3.connect(target, timeout=1)) as connection:
        try:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            mode = "held"
        except sqlite3.DatabaseError:
            mode = "delete"  # the old file is damaged: a reason to restore
    if mode != "delete":
        raise BackupRefused(f"{target}: a process has it open; stop web, worker and post office first")


def _check_sound(connection: sqlite3.Connection, path: Path) -> None:
    try:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise BackupRefused(f"{path}: damaged ({found})")


def _check_fits(copy: sqlite3.Connection, store: StoreName, path: Path, network: Network) -> None:
    names = {row[0] for row in copy.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    own = set(METADATA[store].tables)
    others = {name for other in STORES if other != store for name in METADATA[other].tables}
    if not names & own or names & others:
        raise BackupRefused(f"{path}: not a backup of the {store} store")
    if "alembic_version" in names:
        revision = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        if revision and revision[0] not in network.revisions:
            raise BackupRefused(f"{path}: schema {revision[0]} is newer than this program")
    if "network" in names:
        for key, demo in copy.execute("SELECT key, demo FROM network"):
            if (key, bool(demo)) != (network.key, network.demo):
                raise BackupRefused(f"{path}: belongs to another network ({key})")
    foreign = {key.hex() for key in _root_ids(copy, store, names)} - {key.hex() for key in network.root_ids}
    if foreign:
        raise BackupRefused(f"{path}: sealed under root keys that are not here ({', '.join(sorted(foreign))})")


ROOTED: Final[dict[StoreName, tuple[str, str]]] = {
    "identity": ("organisations", "sealed"),
    "keys": ("data_keys", "wrapped"),
    "content": ("threads", "sealed_scope"),
}


def _root_ids(copy: sqlite3.Connection, store: StoreName, names: set[str]) -> Iterator[bytes]:
    """Key ids of a column that only root keys seal: they tell whose network it is."""
    table, column = ROOTED[store]
    if table in names:
        for (envelope,) in copy.execute(f"SELECT {column} FROM {table}"):  # noqa: S608  two names of our own
            try:
                yield envelope_key_id(bytes(envelope))
            except PrivacyError:
                raise BackupRefused(f"{table}.{column} holds something that is no envelope") from None


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise BackupRefused(f"{path}: no such file")
    with path.open("rb") as file:
        if file.read(len(HEADER)) != HEADER:
            raise BackupRefused(f"{path}: not an SQLite file")
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
