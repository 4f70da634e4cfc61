"""One line of migrations, up and down on three real files, and the schema it leaves is the one the models say."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Boolean, Date, DateTime, Double, Float, Integer, LargeBinary, String, Table, Time
from sqlalchemy.exc import SQLAlchemyError

import app.features  # noqa: F401  loads every table
from app.db import METADATA, STORES, StoreName, make_engine, store_path
from tests.project.source import ROOT, modules

TABLES = [(store, table) for store in STORES for table in METADATA[store].sorted_tables]
CONTENT = [table for store, table in TABLES if store == "content"]
NUMBERED = re.compile(r"migrations/versions/(\d{4})_[a-z0-9_]+\.py")

# Words of who somebody is. In the content file no column carries one; a circle is as near as it comes.
WHO = re.compile(r"member|organi[sz]ation|person|user|account|owner_id|author_id|mail|address|name|session|device")
WHEN = re.compile(r"(^|_)(at|on|time|times|stamp|timestamp|created|updated|modified|date|hour|minute|second)($|_)")
# Every whole number in the content file, and what it counts. A new one is thought about here before it is stored.
NUMBERS = {
    "article_versions": {"number": "number of a text of its article", "published_day": "day"},
    "articles": {
        "audience": "scope", "published_day": "day", "review_day": "day", "reported": "band shown to readers",
        "worked": "of five, shown to readers",
    },
    "asked_often": {"day": "Monday of a count"},
    "audits": {},
    "ballots": {},
    "budget": {"micro_epsilon": "budget of a release", "pico_delta": "the same", "day": "day of a release"},
    "cases": {},
    "candidacies": {"round": "year"},
    "jury_seats": {"round": "year"},
    "praises": {},
    "stories": {"round": "year", "shown_day": "day shown to everybody"},
    "charter_versions": {"version": "version of the charter"},
    "cohort_seats": {},
    "cohort_terms": {"weeks": "setting of a term, shown to everybody", "start_day": "day shown to everybody", "until_day": "day shown to everybody"},
    "cohorts": {},
    "consents": {"due_day": "day by which an answer was asked for"},
    "contacts": {},
    "content_log": {"number": "order of the log, which names nothing", "day": "day"},
    "endorsements": {},
    "escrows": {"author": "number in the thread"},
    "experts": {},
    "idea_talks": {"asked_day": "day the company asked an author into a talk"},
    "ideas": {
        "published_day": "day", "active_day": "day of the latest writing", "band": "votes, in bands of a Monday",
        "due_day": "day the company's answer is due, shown to everybody",
    },
    "indexed_threads": {"window": "window", "version": "drawn at each change"},
    "index_parts": {"version": "drawn at each change"},
    "health_reports": {"day": "day a report was published for everybody"},
    "jobs": {"due_window": "window", "lease_until": "window", "attempts": "tries"},
    "lessons": {},
    "lockers": {},
    "log_heads": {"day": "day", "count": "entries of the log"},
    "marks": {},
    "network": {"window_seconds": "setting"},
    "notes": {"stretch": "256 windows"},
    "offers": {},
    "open_vectors": {"version": "day or version of the table"},
    "pens": {},
    "pending": {"due_window": "window"},
    "pick_months": {"month": "month of picks shown to readers"},
    "proposals": {},
    "photos": {},
    "post_book": {},
    "readings": {},
    "releases": {"day": "day of a release"},
    "report_periods": {"plan_day": "day a plan was published for everybody"},
    "posts": {"place": "order in the thread", "author": "number in the thread", "published_day": "day"},
    "sanctions": {},
    "setups": {},
    "tallies": {},
    "survey_answers": {},
    "survey_results": {"year": "year of a survey"},
    "synonyms": {"version": "version of the words that coordinators added"},
    "talks": {
        "day": "announced: a fact about the session", "begins": "announced, in minutes", "length": "announced, in minutes",
    },
    "speakers": {},
    "trade_versions": {"version": "version of what the operator set"},
    "topic_maps": {"month": "month the map was published for"},
    "vectors_beside": {},
    "wishes": {},
    "wished_words": {"due": "window"},
    "writings": {"voice": "number at the place", "position": "order at the place", "published_day": "day"},
    "vote_keys": {"voters": "threshold", "houses": "threshold", "week": "week of the last counting"},
    "threads": {
        "published_day": "day", "published_window": "window", "audience": "scope", "table_version": "version",
    },
}  # fmt: skip
# Clear words of the content file: ids, labels and tags made from secrets, keys of the domain file, states.
WORDS = {
    "article_versions.id", "article_versions.article_id", "article_versions.state",
    "articles.id", "articles.kind", "articles.state", "articles.group_key", "articles.topic", "articles.key_id",
    "audits.id",
    "budget.period", "budget.kind", "budget.state",
    "candidacies.label", "candidacies.state", "jury_seats.label", "stories.label",  # of a ballot; leads to nobody
    "praises.label", "praises.key_id", "stories.id", "stories.state",
    "cases.id", "cases.thread_id", "cases.state",
    "ballots.label", "ballots.purpose", "ballots.object",  # of the secret of whoever cast it: unique, leads to nobody
    "consents.id", "consents.about", "consents.label", "consents.state",  # blind, as with notes
    "cohort_terms.id", "cohort_terms.state", "cohorts.id", "cohorts.term_id", "cohorts.group_key",
    "cohort_seats.label", "cohort_seats.term_id", "cohort_seats.cohort_id", "cohort_seats.key_id",  # label: as ballots
    "contacts.label",
    "content_log.event", "content_log.hash",
    "escrows.tag", "escrows.thread_id",  # the author's tag in this thread, as on posts
    "experts.handle", "experts.group_key",
    "ideas.id", "ideas.group_key", "ideas.topic", "ideas.state", "ideas.into", "vote_keys.key",
    "idea_talks.idea_id", "idea_talks.place", "idea_talks.state",  # random ids; the place is the two parties' alone
    "indexed_threads.thread_id", "indexed_threads.topic", "indexed_threads.encoder", "index_parts.part",
    "jobs.id", "jobs.lane", "jobs.kind", "jobs.state", "jobs.holder", "jobs.error",
    "lockers.label",
    "endorsements.label",  # made from the secret of whoever endorsed and the post: unique, and leads to neither
    "log_heads.log", "log_heads.hash",
    "marks.label", "marks.thread_id",  # made from the secret of whoever marked, the kind and the post: leads to nobody
    "network.key",
    "notes.id", "notes.label",  # blind: nobody without the root key finds the thread or the handle it belongs to
    "offers.id", "offers.thread_id", "offers.label",  # of inbox and number: no two of an inbox are alike
    "offers.unsealed",  # of rows from before 0035, until the worker has sealed them
    "open_vectors.group_key", "open_vectors.vectors",
    "pick_months.place",  # random; readers see it as the month
    "pens.label", "pens.claim",  # of the name alone, and of its owner's secret: neither leads to a member
    "pending.id",
    "readings.id", "readings.label", "readings.inbox",  # of one draft alone; a reader's handle, as on offers
    "releases.period", "releases.kind", "releases.sha256",  # public, as are the plans
    "report_periods.key", "report_periods.state", "report_periods.plan",
    "proposals.thread_id", "wishes.thread_id",
    "photos.id", "photos.thread_id", "photos.key_id",
    "post_book.id",  # there is one row
    "posts.id", "posts.thread_id", "posts.kind", "posts.author_tag", "posts.key_id",
    "sanctions.id", "sanctions.label",  # blind, as with notes
    "wished_words.id", "wished_words.label",  # the same
    "charter_versions.id",
    "vectors_beside.thread_id", "vectors_beside.encoder",
    "health_reports.quarter", "health_reports.body", "survey_results.body",  # published, in bands
    "survey_answers.label",  # of the member's secret and the year: unique, and leads to nobody
    "tallies.id", "tallies.period",  # random; the quarter or year its box was closed for
    "talks.id", "talks.form", "talks.state",  # what everybody is told of a session
    "speakers.id", "speakers.talk_id", "speakers.label",  # of a lecturer's ballot for this session, as on ballots
    "synonyms.id", "topic_maps.id", "lessons.id", "setups.id", "trade_versions.id",  # random, another one with every version
    "threads.id", "threads.group_key", "threads.topic", "threads.state", "threads.stage", "threads.owner_tag",
    "threads.key_id",
    "writings.id", "writings.place", "writings.kind", "writings.author_tag", "writings.key_id",  # as on posts
}  # fmt: skip


def config(folder: Path) -> Config:
    made = Config(toml_file=str(ROOT / "pyproject.toml"))
    made.set_main_option("script_location", str(ROOT / "migrations"))
    made.attributes["data_dir"] = str(folder)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files at the newest schema."""
    command.upgrade(config(tmp_path), "head")
    return tmp_path


def schema(folder: Path, store: StoreName) -> dict[str, str]:
    """What SQLite says the file holds: name -> statement. The table alembic keeps its number in is left out."""
    with sqlite3.connect(store_path(folder, store)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: sql for name, sql in rows if name != "alembic_version"}


def shape(statement: str) -> list[str]:
    """The parts of a statement in an order of their own, spaces and quotes folded: batch mode writes them otherwise."""
    folded = re.sub(r"\s+", " ", statement.replace('"', "")).strip().removesuffix(") WITHOUT ROWID")
    return sorted(part.strip() for part in folded.split(", "))


def test_one_head_and_one_root() -> None:
    scripts = ScriptDirectory.from_config(config(ROOT))
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1


def test_numbers_follow_each_other() -> None:
    names = [module.name for module in modules("migrations") if "/versions/" in module.name]
    found = [NUMBERED.fullmatch(name) for name in names if not name.endswith("__init__.py")]
    assert [match and int(match[1]) for match in found] == list(range(1, len(found) + 1))


def test_migrations_import_nothing_of_the_house() -> None:
    for module in modules("migrations"):
        if "/versions/" in module.name:
            assert not re.search(r"^\s*(from|import) (app|matching|privacy)\b", module.text, re.M), module.name


@pytest.mark.parametrize("store", STORES)
def test_upgrade_makes_what_the_models_say(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, store: StoreName
) -> None:
    other = tmp_path_factory.mktemp("models")
    engine = make_engine(store_path(other, store))
    METADATA[store].create_all(engine)
    engine.dispose()
    migrated, modelled = schema(folder, store), schema(other, store)
    assert migrated.keys() == modelled.keys()
    for name in migrated:
        assert shape(migrated[name]) == shape(modelled[name])


def test_check_finds_nothing_to_do(folder: Path) -> None:
    command.check(config(folder))


def test_downgrade_leaves_nothing(folder: Path) -> None:
    command.downgrade(config(folder), "base")
    for store in STORES:
        assert schema(folder, store) == {}


def test_down_and_up_again(folder: Path) -> None:
    before = {store: schema(folder, store) for store in STORES}
    command.downgrade(config(folder), "base")
    command.upgrade(config(folder), "head")
    assert {store: schema(folder, store) for store in STORES} == before


def test_check_would_see_a_missing_table(folder: Path) -> None:
    with sqlite3.connect(store_path(folder, "content")) as connection:
        connection.execute("DROP TABLE offers")
    with pytest.raises((command.util.AutogenerateDiffsDetected, SQLAlchemyError)):
        command.check(config(folder))


@pytest.mark.parametrize(("store", "table"), TABLES, ids=lambda part: str(part))
def test_constraints_and_indexes_have_names(store: StoreName, table: Table) -> None:
    assert all(constraint.name for constraint in table.constraints)
    assert all(index.name for index in table.indexes)


@pytest.mark.parametrize(("store", "table"), TABLES, ids=lambda part: str(part))
def test_no_table_keeps_the_order_of_its_rows(folder: Path, store: StoreName, table: Table) -> None:
    """A rowid would say which row came first."""
    assert "WITHOUT ROWID" in schema(folder, store)[table.name]


@pytest.mark.parametrize("table", CONTENT, ids=str)
def test_content_names_no_member_and_no_organisation(table: Table) -> None:
    assert [column.name for column in table.columns if WHO.search(column.name)] == []
    assert not WHO.search(table.name)
    for key in table.foreign_keys:
        assert key.column.table in CONTENT


@pytest.mark.parametrize("table", CONTENT, ids=str)
def test_content_holds_no_time(table: Table) -> None:
    """A day or a window is a whole number that stands in NUMBERS; nothing else counts anything."""
    for column in table.columns:
        assert not isinstance(column.type, DateTime | Date | Time | Float | Double), column
        assert isinstance(column.type, String | Integer | Boolean | LargeBinary | JSON), column
        assert not WHEN.search(column.name), column
    numbers = {column.name for column in table.columns if isinstance(column.type, Integer)}
    assert numbers == set(NUMBERS[table.name])


def test_the_key_store_holds_keys_only() -> None:
    columns = [(table.name, column.name) for store, table in TABLES if store == "keys" for column in table.columns]
    assert columns == [("data_keys", "id"), ("data_keys", "wrapped")]


def test_clear_columns_of_content_are_all_known() -> None:
    """What is text and not sealed."""
    clear = {
        f"{table.name}.{column.name}"
        for table in CONTENT
        for column in table.columns
        if isinstance(column.type, String | JSON)
    }
    assert clear == WORDS


def test_the_order_of_changes_goes_from_files_there_are(tmp_path: Path) -> None:
    command.upgrade(config(tmp_path), "0031")
    rows = [(f"{n:032x}", n) for n in range(40)]
    with sqlite3.connect(store_path(tmp_path, "content")) as connection:
        connection.executemany("INSERT INTO indexed_threads VALUES (?, 'disease', 1, ?, 'e', NULL, NULL, NULL)", rows)
    command.upgrade(config(tmp_path), "head")
    with sqlite3.connect(store_path(tmp_path, "content")) as connection:
        left = connection.execute("SELECT thread_id, version FROM indexed_threads ORDER BY version").fetchall()
    assert len({version for _, version in left}) == len(rows)
    assert [thread_id for thread_id, _ in left] != [thread_id for thread_id, _ in rows]


def test_offers_there_are_wait_to_be_sealed_and_none_is_lost(tmp_path: Path) -> None:
    command.upgrade(config(tmp_path), "0034")
    old = [
        {"id": f"offer{n}", "inbox": "one", "thread_id": f"thread{n}", "state": "claimed", "offered_window": 7,
         "claimed_until": n or None, "sealed": b"box"} for n in range(2)
    ]  # fmt: skip
    with closing(sqlite3.connect(store_path(tmp_path, "content"))) as file:
        columns = [column[1] for column in file.execute("PRAGMA table_info(threads)")]
        for row in old:
            thread = [row["thread_id"] if name == "id" else f"{name}{row['id']}" for name in columns]
            file.execute(f"INSERT INTO threads VALUES ({','.join('?' * len(columns))})", thread)  # noqa: S608
        names = "id, inbox, thread_id, state, offered_window, claimed_until, sealed"
        file.executemany(f"INSERT INTO offers ({names}) VALUES (?, ?, ?, ?, ?, ?, ?)", [[*row.values()] for row in old])  # noqa: S608
        file.commit()
    command.upgrade(config(tmp_path), "head")
    found = rows_of_offers(tmp_path)
    assert [(row["id"], row["thread_id"], row["sealed"]) for row in found] == [
        ("offer0", "thread0", b"box"), ("offer1", "thread1", b"box"),
    ]  # fmt: skip
    assert json.loads(found[1]["unsealed"]) == {
        "inbox": "one", "state": "claimed", "offered_window": 7, "claimed_until": 1,
    }  # fmt: skip
    command.downgrade(config(tmp_path), "0034")
    assert rows_of_offers(tmp_path) == old


def rows_of_offers(folder: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(store_path(folder, "content"))) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute("SELECT * FROM offers ORDER BY id")]
