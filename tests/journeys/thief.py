"""A thief of the whole data folder: every table in stored order, every place in the files, every row still in a log;
with the root key also everything that it opens. And what the thief may know without stealing: the pages and the people.
"""

import json
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.accounts.models import Organisation
from app.accounts.rules import quarter_of
from app.db import METADATA, STORES, Stores
from app.domains.rules import keys_above, shown_key
from app.domains.trade import Trade
from app.questions.access import open_scope, subject_of
from app.questions.models import Post, Thread
from app.sealing import Vault, open_text
from privacy.attacks.evidence import Dump, Value
from privacy.attacks.linker import LinkResult, View, link_dump
from privacy.errors import PrivacyError
from privacy.keys import Key, unwrap_data_key
from privacy.vault import Place, open_sealed
from tests.journeys.sqlite_pages import log_of, places
from tests.journeys.world import World

Rows = dict[str, list[dict[str, Value]]]
# how each table names its rows
KEYS = {table.name: table.primary_key.columns[0].name for base in METADATA.values() for table in base.tables.values()}


# ---------------------------------------------------------------- what is stolen


def steal(folder: Path, hideout: Path, vault: Vault | None = None) -> Rows:
    """Copy the three files with their logs and read them; with a vault also what the root key opens."""
    hideout.mkdir(parents=True, exist_ok=True)
    stolen: Rows = defaultdict(list)
    for store in STORES:
        copy, log = hideout / f"{store}.db", hideout / f"{store}.stolen-log"
        shutil.copy(folder / f"{store}.db", copy)
        if (folder / f"{store}.db-wal").exists():
            shutil.copy(folder / f"{store}.db-wal", log)
            shutil.copy(log, hideout / f"{store}.db-wal")
        for table, rows in _rows(copy).items():
            stolen[table] += rows
        for table, row in log_of(copy, log):
            stolen[f"log.{table}"].append(dict(row))  # type: ignore[arg-type]
        _note_times(stolen, folder, store)
    return _without_old_boxes(stolen if vault is None else _opened(stolen, vault))


def _without_old_boxes(stolen: Rows) -> Rows:
    # what a log still holds of a sealed column says no more than the column itself: ciphertext is noise either way
    return {
        table: [
            {name: value for name, value in row.items() if not (table.startswith("log.") and isinstance(value, bytes))}
            for row in rows
        ]
        for table, rows in stolen.items()
    }


def _rows(path: Path) -> Rows:
    connection = sqlite3.connect(path)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.row_factory = sqlite3.Row
    names = [row[0] for row in connection.execute("select name from sqlite_schema where type = 'table'")]
    found = {name: [dict(row) for row in connection.execute(f"select * from {name}")] for name in names}  # noqa: S608
    connection.close()
    for table, place in places(path):
        key = KEYS.get(table, "id")
        for row in found[table]:
            if row.get(key) == place.get(key):
                row |= {name: value for name, value in place.items() if name.startswith("#")}
    return found


def _note_times(stolen: Rows, folder: Path, store: str) -> None:
    for path in sorted(folder.glob(f"{store}.db*")):
        stolen["files"].append({"name": path.name, "changed": path.stat().st_mtime})


def _opened(stolen: Rows, vault: Vault) -> Rows:
    keys = dict(_data_keys(stolen, vault))
    found: Rows = defaultdict(list)
    for table, rows in stolen.items():
        for row in rows:
            clear = dict(row)
            found[table].append(clear)
            for name, value in row.items():
                if isinstance(value, bytes):
                    _spread(found, clear, table, name, _open(vault, keys, table.removeprefix("log."), name, row))
    return found


def _data_keys(stolen: Rows, vault: Vault) -> Iterator[tuple[Value, Key]]:
    for row in [*stolen["data_keys"], *stolen.get("log.data_keys", ())]:
        yield row["id"], unwrap_data_key(vault.ring("data-key"), row["wrapped"], str(row["id"]))


def _open(vault: Vault, keys: Mapping[Value, Key], table: str, column: str, row: Mapping[str, Value]) -> Any:
    row_id, sealed = str(row[KEYS.get(table, "id")]), row[column]
    assert isinstance(sealed, bytes)
    data_key = [keys[row["key_id"]]] if row.get("key_id") in keys else []
    for ring in (vault.ring(f"{table}.{column}"), data_key):
        try:
            return json.loads(open_sealed(ring, sealed, Place(table, column, row_id)))
        except (PrivacyError, ValueError):
            continue
    return None


def _spread(found: Rows, row: dict[str, Value], table: str, name: str, value: Any) -> None:
    """Lay an opened value out as columns of its row; lists become rows of their own."""
    if isinstance(value, dict):
        for key, inner in value.items():
            _spread(found, row, table, f"{name}.{key}", inner)
    elif isinstance(value, list):
        owner = row.get(KEYS.get(table.removeprefix("log."), "id"))
        for inner in value:
            child: dict[str, Value] = {"of": owner}
            found[f"{table}.{name}"].append(child)
            parts = (
                inner if isinstance(inner, dict) else dict(enumerate(inner)) if isinstance(inner, list) else {0: inner}
            )
            for key, part in parts.items():
                child[str(key)] = part if isinstance(part, str | int | float | None) else json.dumps(part)
    elif value is not None:
        row[name] = value


# ---------------------------------------------------------------- what is known anyway


@dataclass(frozen=True)
class Page:
    """What everybody reads of a thread or post: circle and domain key, the quarter, what it shows of its author."""

    circle: str
    subject: str
    fine: str  # the domain key that the asker's words may name
    quarter: int
    shows: tuple[tuple[str, int, str], ...]  # attribute, level, value


@dataclass(frozen=True)
class Somebody:
    """What is known of a member: circle, domain keys, attributes, and the quarters in which they were active."""

    circle: str
    works_with: frozenset[str]
    attributes: Mapping[str, str]
    active: frozenset[int]


@dataclass(frozen=True)
class Known:
    """The pages and the people: what the same attacker has without the dump."""

    trade: Trade = field(repr=False)
    pages: Mapping[str, Page]
    people: Mapping[str, Somebody]

    def only(self, posts: Iterable[Value]) -> "Known":
        """The same for some of the posts."""
        wanted = {str(post) for post in posts}
        return replace(self, pages={post: page for post, page in self.pages.items() if post in wanted})

    def may_be_by(self, post: str, member: str, *, text_fell: bool = False) -> bool:
        """Whether the pages leave room for this author; with `text_fell` the words name the fish."""
        page, one = self.pages[post], self.people[member]
        return (
            one.circle == page.circle
            and (page.fine if text_fell else page.subject) in one.works_with
            and page.quarter in one.active
            and all(self._looks(one, *shown) for shown in page.shows)
        )

    def _looks(self, one: Somebody, name: str, level: int, value: str) -> bool:
        attribute = next(attribute for attribute in self.trade.attributes if attribute.key == name)
        return attribute.generalise(one.attributes[name], level) == value

    def view(self, dump: Dump, *, keys: tuple[bytes, ...] = (), text_fell: bool = False) -> View:
        """The attacker's view: each post names itself, and a member's list says which posts they may have written."""
        people = [{"id": member, **one.attributes} for member, one in sorted(self.people.items())]
        return View(
            dump={"people": people, **dump},
            post_circle={post: page.circle for post, page in self.pages.items()},
            member_circle={member: one.circle for member, one in self.people.items()},
            post_subject={post: post for post in self.pages},
            member_subjects={
                member: frozenset(post for post in self.pages if self.may_be_by(post, member, text_fell=text_fell))
                for member in self.people
            },
            keys=keys,
        )


def what_is_known(world: World) -> Known:
    """Read the pages' facts and the people from the living network."""
    tools = world.tools
    with tools.database.reading() as stores:
        circles = {row.id: row.circle for row in stores.identity.scalars(select(Organisation))}
        threads = {row.id: row for row in stores.content.scalars(select(Thread))}
        posts = stores.content.scalars(select(Post)).all()
        pages = {row.id: _page(world, stores, row, row) for row in threads.values()}
        pages |= {row.id: _page(world, stores, row, threads[row.thread_id]) for row in posts}
    people = {
        one.member_id: Somebody(
            circles[one.organisation],
            keys_above(tools.trade, one.subjects),
            one.attributes,
            frozenset(one.active_quarters),
        )
        for one in world.people.values()
    }
    return Known(tools.trade, pages, people)


def _page(world: World, stores: Stores, row: Thread | Post, thread: Thread) -> Page:
    tools = world.tools
    scope = tools.vault.open(row.sealed_scope, table=row.__tablename__, column="sealed_scope", row=row.id)
    asked, fine = open_scope(tools.vault, thread), subject_of(tools.vault, thread)
    text = open_text(tools.vault.data_key(stores, row.key_id), row.sealed_text, table=row.__tablename__, row=row.id)
    return Page(
        circle=scope["circle"],
        subject=shown_key(tools.trade, fine, asked.levels),
        fine=fine,
        quarter=quarter_of(date.fromordinal(row.published_day)),
        shows=tuple((one["attribute"], one["level"], one["value"]) for one in text["shown"]),
    )


# ---------------------------------------------------------------- what it is worth


@dataclass(frozen=True)
class Gain:
    """What a dump adds to the pages: both attackers' shares of authors named."""

    with_dump: LinkResult
    without: LinkResult

    @property
    def points(self) -> float:
        """Percentage points."""
        return 100 * (self.with_dump.accuracy - self.without.accuracy)

    def __str__(self) -> str:
        used = ", ".join(f"{name} ({z})" for name, z in self.with_dump.evidence[:4]) or "nothing"
        return (
            f"{100 * self.without.accuracy:5.1f} % → {100 * self.with_dump.accuracy:5.1f} % ({self.points:+.1f} points), "
            f"smallest crowd {self.with_dump.smallest_crowd}, used: {used}"
        )


def gain_of(
    known: Known, dump: Dump, truth: Mapping[str, str], *, keys: tuple[bytes, ...] = (), text_fell: bool = False
) -> Gain:
    """The linker over the dump against the same linker over the pages alone."""
    return Gain(
        link_dump(known.view(dump, keys=keys, text_fell=text_fell), truth),
        link_dump(known.view({}, text_fell=text_fell), truth),
    )


# ---------------------------------------------------------------- labels and places

LABELS = frozenset({"#row", "id", "tag", "key", "handle"})


def handle_rows(stolen: Rows, table: str) -> list[dict[str, Value]]:
    """Threads or posts in stored order, each with every label of it and the place of every row that it leads to."""
    keys = {row["id"]: row for row in stolen["data_keys"]}
    contacts = {row["label"]: row for row in stolen["contacts"]}
    found, voices = [], set()
    for row in stolen[table]:
        tag = row.get("owner_tag") or row.get("author_tag")
        if tag in voices:
            continue  # within one thread a voice is one and the same, as its page says
        voices.add(tag)
        labels = {"id": row["id"], "tag": tag, "key": row["key_id"]}
        places = {
            f"{name}{column}": value
            for name, other in (("row", row), ("key", keys.get(row["key_id"], {})), ("contact", contacts.get(tag, {})))
            for column, value in other.items()
            if column.startswith("#")
        }
        found.append({**labels, **places})
    return found


def expert_rows(stolen: Rows) -> list[dict[str, Value]]:
    """Expert profiles in stored order, each with the places of its row and of its contact."""
    contacts = {row["label"]: row for row in stolen["contacts"]}
    return [
        {"handle": row["handle"]}
        | {
            f"{name}{column}": value
            for name, other in (("row", row), ("contact", contacts.get(row["handle"], {})))
            for column, value in other.items()
            if column.startswith("#")
        }
        for row in stolen["experts"]
    ]


def chance_of(author: list[str]) -> float:
    """Five standard errors of an area over the pairs by one hand, were every place drawn by lot."""
    pairs = sum(author.count(name) - 1 for name in author) / 2
    return 5 / sqrt(12 * pairs)
