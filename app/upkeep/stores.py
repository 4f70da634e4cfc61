"""Checks of what lies on disk: the three files, the room they have, their copies, the index made from them."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from app.backups.copying import KEEP_DAYS, last_taken
from app.clock import today
from app.db import STORES, StoreName, store_path
from app.upkeep.findings import Finding, State
from app.vectors.models import IndexedThread, VectorBeside
from app.web.i18n import gettext as _
from app.wiring import Toolbox

MIB: Final = 1 << 20
LITTLE_ROOM: Final = 1024 * MIB
NO_ROOM: Final = 200 * MIB
LONG_LOG: Final = 256 * MIB
BACKUP_DAYS: Final = 2
REVISIONS: Final = Path(__file__).resolve().parents[2] / "migrations" / "versions"


@cache
def newest_revision() -> str:
    """The schema this program was written for."""
    return max(path.name[:4] for path in REVISIONS.glob("[0-9]*.py"))


def why_not_ready(tools: Toolbox) -> str:
    """What keeps the service from working: "stores" that cannot be read, or their "schema"; empty when nothing does."""
    try:
        revisions = {_ask(tools, store, "SELECT version_num FROM alembic_version") for store in STORES}
    except SQLAlchemyError:
        return "stores"
    return "" if revisions == {newest_revision()} else "schema"


def check_stores(tools: Toolbox) -> Iterator[Finding]:
    """Whether the files can be read, and are of this program's schema."""
    trouble = why_not_ready(tools)
    if trouble == "stores":
        told = _("三つのファイルのどれかが読めません。")
        yield Finding("stores", "bad", told, "shiome verify")
    elif trouble == "schema":
        yield Finding("stores", "bad", _("データベースの形が、このプログラムと合いません。"), "shiome migrate")
    else:
        size = sum(store_path(tools.database.folder, store).stat().st_size for store in STORES)
        told = _("三つのファイルが読めます。大きさは合わせて{size}です。").format(size=_size(size))
        yield Finding("stores", "ok", told)


def check_room(tools: Toolbox) -> Iterator[Finding]:
    """Room on the disk, and logs of the database that were never taken in."""
    folder = tools.database.folder
    free = shutil.disk_usage(folder).free
    state: State = "bad" if free < NO_ROOM else "warn" if free < LITTLE_ROOM else "ok"
    told = _("ディスクの空きは{size}です。").format(size=_size(free))
    yield Finding(
        "room", state, told, "" if state == "ok" else _("いらないファイルを移すか、ディスクを広げてください。")
    )
    logs = sum(path.stat().st_size for path in folder.glob("*-wal"))
    if logs > LONG_LOG:
        told = _("データベースの書きかけの記録が{size}たまっています。").format(size=_size(logs))
        yield Finding("room", "warn", told, _("ほかのプログラムがファイルを開いたままにしていないか、見てください。"))


def check_index(tools: Toolbox) -> Iterator[Finding]:
    """The vectors that the index is made from: how many, and whose they are."""
    with tools.database.reading() as stores:
        content = stores.content
        there = select(func.count()).where(IndexedThread.sealed_vector.is_not(None))
        threads = content.scalar(there) or 0
        others = content.scalar(there.where(IndexedThread.encoder != tools.encoder.name)) or 0
        beside = content.scalar(select(func.count()).select_from(VectorBeside)) or 0
    told = _("索引には{n}件の質問と記事が入っています。").format(n=threads)
    yield Finding("index", "ok", told)
    if others:
        told = _("そのうち{n}件は、いまの設定とは別のモデルのベクトルです。").format(n=others)
        yield Finding("index", "bad", told, "shiome reindex")
    if beside:
        told = _("別のモデルのベクトルが{n}件、入れかわるのを待っています。").format(n=beside)
        yield Finding("index", "warn", told, "shiome reindex")


def check_backups(tools: Toolbox) -> Iterator[Finding]:
    """How old the newest copy of each store is."""
    now = today(tools.clock.now())
    for store in STORES:
        taken = last_taken(tools.database.folder, store)
        age = None if taken is None else (now - taken).days
        do = f"shiome backup {store} --to FILE"
        if age is None:
            yield Finding("backups", "warn", _("{store}の写しは、まだ一度もとられていません。").format(store=store), do)
        else:
            state: State = "ok" if age <= BACKUP_DAYS else "warn" if age <= KEEP_DAYS else "bad"
            told = _("{store}の写しは{n}日前のものです。").format(store=store, n=age)
            yield Finding("backups", state, told, "" if state == "ok" else do)


def check_sound(tools: Toolbox) -> Iterator[Finding]:
    """Whether the files are whole, by SQLite's own check; reads all of them."""
    for store in STORES:
        if _ask(tools, store, "PRAGMA quick_check(1)") != "ok":
            told = _("{store}のファイルが傷んでいます。").format(store=store)
            yield Finding("sound", "bad", told, f"shiome restore {store} --from FILE")
            return
    yield Finding("sound", "ok", _("三つのファイルに傷みはありません。"))


def _size(octets: int) -> str:
    return f"{octets // (1024 * MIB)} GB" if octets >= 10 * 1024 * MIB else f"{octets // MIB} MB"


def _ask(tools: Toolbox, store: StoreName, question: str) -> str:
    """One value out of one file, by a connection of its own."""
    with tools.database.engines[store].connect() as connection:
        return str(connection.scalar(text(question)))
