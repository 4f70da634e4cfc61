"""Whether the demo's files are whole. A fill that was stopped leaves a mark, and is begun anew."""

from pathlib import Path
from typing import Final

from sqlalchemy import inspect, select

from app.accounts.models import Member
from app.db import STORES, Database, store_path
from app.domains.models import Network

MARK: Final = "demo-unfinished"


def begin(folder: Path) -> None:
    """Leave the mark; the files are claimed by the demo by now."""
    (folder / MARK).touch()


def end(folder: Path) -> None:
    """All is written."""
    (folder / MARK).unlink()


def remove_unfinished(folder: Path) -> None:
    """Delete the files of a fill that did not come to its end; nothing else ever leaves the mark."""
    if not (folder / MARK).exists():
        return
    for store in STORES:
        for ending in ("", "-wal", "-shm"):
            store_path(folder, store).with_name(f"{store}.db{ending}").unlink(missing_ok=True)
    end(folder)


def is_migrated(database: Database) -> bool:
    """Whether the schema is there."""
    return inspect(database.engines["content"]).has_table(Network.__tablename__)


def is_filled(database: Database) -> bool:
    """Whether there is anybody."""
    with database.reading() as stores:
        return stores.identity.execute(select(Member.id).limit(1)).first() is not None
