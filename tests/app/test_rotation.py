"""Root keys rotate while everything runs: every sealed column moves, a kill in the middle loses nothing, and once the
old file has gone all that worked before works still."""

import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

import app.features  # noqa: F401  loads every table
from app.accounts import organisations
from app.accounts.models import Organisation, Verification
from app.db import store_path
from app.jobs import queue
from app.jobs.models import Job
from app.keyfiles import KeyFolder
from app.keystore import DataKey
from app.processes import make_worker
from app.questions.models import Thread
from app.questions.reads import thread_text
from app.rotation.cells import Column, byte_columns, count_by_key, rooted_columns
from app.rotation.rules import LAPSING, NOT_ROOTED, WRAPPED
from app.rotation.service import Rotation
from app.wiring import Toolbox, build
from privacy.keys import unwrap_data_key
from privacy.vault import envelope_key_id
from tests.app.accounts.test_session import is_in
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, csrf_of, post, sign_in, signed_in

ROOTED = rooted_columns()
WORDS = {"words": "海", "name": "架空", "aliases": [], "sites": [], "mail_domains": [], "former": [], "code": ""}
ROOT = Path(__file__).resolve().parents[2]


def rotation(tools: Toolbox) -> Rotation:
    return Rotation(tools.database, tools.vault, tools.clock.now, pause=lambda _: None)


def rotate(tools: Toolbox) -> dict[str, int]:
    keys = KeyFolder(tools.settings.key_folder)
    if len(keys.root_names()) == 1:
        keys.add_root()
    return rotation(tools).run()


def remove_old(tools: Toolbox) -> None:
    keys = KeyFolder(tools.settings.key_folder)
    for name in list(keys.root_names().values())[1:]:
        (keys.path / name).unlink()


def words_of(column: Column) -> object:
    """What a cell of this column says: of a passkey the id of its member, here of nobody."""
    return "0" * 32 if column.purpose == "passkeys.sealed_member" else WORDS


def put_cell(tools: Toolbox, column: Column, row: str) -> bytes:
    """One row of a table with an envelope sealed as the house seals: purpose and place are table, column and row."""
    vault, table = tools.vault, column.table
    if column.purpose == WRAPPED:
        with tools.database.transaction("keys") as stores:
            made, _ = vault.new_data_key(stores)
        with tools.database.reading() as stores:
            return stores.keys.get_one(DataKey, made).wrapped
    sealed = vault.seal(words_of(column), table=table.name, column=column.name, row=row)
    values = {one.name: _filler(one, row) for one in table.columns if not one.nullable}
    values |= {column.name: sealed}
    with closing(sqlite3.connect(store_path(tools.settings.data_dir, column.store))) as connection:  # no foreign keys
        marks = ", ".join("?" for _ in values)
        connection.execute(f"INSERT INTO {table.name} ({', '.join(values)}) VALUES ({marks})", [*values.values()])  # noqa: S608
        connection.commit()
    return sealed


def _filler(column: object, row: str) -> object:
    if getattr(column, "primary_key"):  # noqa: B009  any column
        return row
    kind = column.type.python_type  # type: ignore[attr-defined]
    return {int: 1, bool: True, float: 1.0, bytes: b"x"}.get(kind, f"{column.name}-{row}"[:32])  # type: ignore[attr-defined]


def test_every_column_of_bytes_is_rotated_or_says_whose_it_is() -> None:
    named = {column.purpose for column in byte_columns()}
    assert set(NOT_ROOTED) <= named
    assert {column.purpose for column in ROOTED} == named - set(NOT_ROOTED)


@pytest.mark.parametrize("column", [one for one in ROOTED if one.purpose != LAPSING], ids=lambda one: one.purpose)
def test_a_cell_of_every_sealed_column_moves_and_still_opens(tools: Toolbox, column: Column) -> None:
    """A column sealed in another way than the house's fails here: its cell would be left behind."""
    before = put_cell(tools, column, "a" * 32)
    old = envelope_key_id(before)
    KeyFolder(tools.settings.key_folder).add_root()
    assert column.purpose in rotation(tools).under_older()
    rotation(tools).run()
    assert column.purpose not in rotation(tools).under_older()
    with tools.database.reading() as stores:
        counts = count_by_key(stores, column)
        cells = stores.of(column.store).execute(
            select(column.table.primary_key.columns[0], column.table.c[column.name])
        )
        found = {row[0]: row[1] for row in cells}
    assert old not in counts
    assert all(len(cell) == len(before) for cell in found.values())
    remove_old(tools)
    for row, cell in found.items():
        if column.purpose == WRAPPED:
            assert unwrap_data_key(tools.vault.ring("data-key"), cell, row)
        else:
            opened = tools.vault.open(cell, table=column.table.name, column=column.name, row=row)
            assert opened == words_of(column)


def test_what_does_not_open_is_left_and_said(tools: Toolbox) -> None:
    """The mutant: a cell moved from another row must not be counted as done."""
    column = next(one for one in ROOTED if one.purpose == "jobs.sealed")
    put_cell(tools, column, "a" * 32)
    with tools.database.transaction("content") as stores:
        stores.content.execute(update(Job).values(id="b" * 32))
    KeyFolder(tools.settings.key_folder).add_root()
    assert rotation(tools).run() == {"jobs.sealed": 1}


def test_indexes_are_found_before_during_and_after(app: Flask, tools: Toolbox, cast: Cast) -> None:
    KeyFolder(tools.settings.key_folder).add_root()
    during = signed_in(app, cast.alice)
    assert is_in(during)
    left = rotation(tools).under_older()
    assert {"members.mail_index", "organisations.code_index", "mail_domains.domain_index"} <= set(left)
    assert rotate(tools) == {}
    remove_old(tools)
    assert is_in(signed_in(app, cast.alice))
    with tools.database.reading() as stores:
        by_code = organisations.find_by_code(stores, tools.vault, cast.codes["B"].lower())
        by_domain = organisations.find_by_mail_domain(stores, tools.vault, "b.example")
    assert by_code
    assert by_domain
    assert by_code.id == by_domain.id == cast.organisations["B"]


def test_an_address_under_the_old_key_cannot_join_twice(app: Flask, tools: Toolbox, cast: Cast) -> None:
    from app.accounts import service
    from app.accounts.rules import AddressTaken
    from tests.cast import make_person

    KeyFolder(tools.settings.key_folder).add_root()
    with tools.database.reading() as stores:
        assert service.has_account(stores, tools.vault, cast.alice.mail)
    with pytest.raises(AddressTaken):
        make_person(tools, "alice", cast.organisations["A"])


def test_a_join_code_of_an_older_version_is_named_until_a_new_one_is_given(tools: Toolbox, cast: Cast) -> None:
    with tools.database.transaction("identity") as stores:
        row = stores.identity.get_one(Organisation, cast.organisations["B"])
        words = organisations.open_words(tools.vault, row)
        words.pop("code")
        row.sealed = tools.vault.seal(words, table="organisations", column="sealed", row=row.id, pad=1024)
        row.code_index = tools.vault.index("organisation-code", cast.codes["B"].replace("-", ""))
    KeyFolder(tools.settings.key_folder).add_root()
    with tools.database.reading() as stores:
        assert organisations.find_by_code(stores, tools.vault, cast.codes["B"])
    assert rotation(tools).run() == {"organisations.code_index": 1}
    with tools.database.transaction("identity") as stores:
        organisations.renew_join_code(stores, tools.vault, organisation_id=cast.organisations["B"])
    assert rotation(tools).run() == {}


def test_sign_ups_on_their_way_end_by_themselves(app: Flask, tools: Toolbox) -> None:
    client = app.test_client()
    post(client, "/sign-up", {"mail": "new@farm.example"})
    assert rotate(tools) == {"verifications.sealed_mail": 1}
    tools.clock.move(hours=2)  # type: ignore[attr-defined]
    assert rotate(tools) == {}
    with tools.database.reading() as stores:
        assert stores.identity.scalar(select(func.count()).select_from(Verification)) == 0


def test_a_form_opened_before_is_still_taken_and_a_session_goes_over(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    token = csrf_of(alice, "/ask")
    assert rotate(tools) == {}
    assert alice.get("/mine").status_code == 200
    assert alice.post("/language", data={"csrf_token": token, "locale": "ja"}).status_code == 303
    remove_old(tools)
    assert is_in(alice), "the cookie was written anew under the new key when she came by"


def test_who_never_came_by_signs_in_again(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    rotate(tools)
    remove_old(tools)
    assert not is_in(alice)
    sign_in(alice, cast.alice)


def test_questions_queue_and_mail_work_after_the_old_file_has_gone(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    before = ask_question(tools, cast.alice, urgent=True)
    waiting = ask_question(tools, cast.carol, title="夜の酸素が下がります")
    work(tools)
    tools.clock.move(hours=2)  # type: ignore[attr-defined]
    assert rotate(tools) == {}
    remove_old(tools)
    assert signed_in(app, cast.alice).get(f"/threads/{before}").status_code == 200
    assert offers_of(tools, cast.bob)
    after = ask_question(tools, cast.dave, title="網の汚れが早いです", urgent=True)
    work(tools, hours=24)
    with tools.database.reading() as stores:
        threads = set(stores.content.scalars(select(Thread.id)))
        assert {before, waiting, after} <= threads
        assert queue.summary(stores) == [row for row in queue.summary(stores) if row[1] == "ready"]
    bob = signed_in(app, cast.bob)
    offer = offers_of(tools, cast.bob)[0]
    assert bob.get(f"/queue/{offer.id}").status_code == 200


def test_a_running_process_seals_under_a_new_key_at_once(tools: Toolbox, cast: Cast) -> None:
    other = build(tools.settings, clock=tools.clock)
    ask_question(other, cast.alice)
    added = KeyFolder(tools.settings.key_folder).add_root()
    ask_question(other, cast.bob)
    newest = tools.vault.ring("x")[0].id
    assert added.name == "root-0002.key"
    with tools.database.reading() as stores:
        column = next(one for one in ROOTED if one.purpose == "pending.sealed")
        assert count_by_key(stores, column)[newest] == 1
    other.database.close()


def test_a_half_written_key_file_stops_nobody(tools: Toolbox, cast: Cast) -> None:
    first = tools.vault.ring("x")[0].id
    half = tools.settings.key_folder / "root-0002.key"
    half.write_bytes(b"short")
    half.chmod(0o400)
    assert tools.vault.ring("x")[0].id == first
    half.chmod(0o600)
    half.write_bytes(b"\x05" * 32)
    half.chmod(0o400)
    assert tools.vault.ring("x")[0].id != first


def test_the_people_of_an_import_stay_who_they_are(tools: Toolbox) -> None:
    with tools.database.reading() as stores:
        before = tools.vault.lasting(stores, "import")
    rotate(tools)
    remove_old(tools)
    with tools.database.reading() as stores:
        assert tools.vault.lasting(stores, "import") == before
    (tools.settings.key_folder / "root-0002.key").rename(tools.settings.key_folder / "root-0001.key")
    assert rotate(tools) == {}
    remove_old(tools)
    with tools.database.reading() as stores:
        assert tools.vault.lasting(stores, "import") == before


KILLED = """
import sys
import threading
import time
from app.rotation import service
from app.rotation.service import Rotation
from app.settings import read_settings
from app.wiring import build
import app.features
service.BATCH = 5
tools = build(read_settings())
Rotation(tools.database, tools.vault, tools.clock.now).run(lambda n: print(n, flush=True))
"""


def test_killed_in_the_middle_it_goes_on_from_there(tools: Toolbox, cast: Cast) -> None:
    asked = [ask_question(tools, person) for person in (cast.alice, cast.bob, cast.carol)]
    for number in range(60):
        with tools.database.transaction("content") as stores:
            queue.put(stores, tools.vault, "notice", {"label": str(number), "kind": "picked"}, due=10**9)
    KeyFolder(tools.settings.key_folder).add_root()
    whole = sum(rotation(tools).under_older().values())
    environment = {**os.environ, "SHIOME_DATA_DIR": str(tools.settings.data_dir), "SHIOME_ENCODER": "hash"}
    run = subprocess.Popen([sys.executable, "-c", KILLED], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert run.stdout
    for _ in range(4):
        assert run.stdout.readline()
    run.send_signal(signal.SIGKILL)
    run.wait()
    half = sum(rotation(tools).under_older().values())
    assert 0 < half < whole
    assert rotate(tools) == {}
    remove_old(tools)
    work(tools, hours=30)
    with tools.database.reading() as stores:
        assert set(asked) <= set(stores.content.scalars(select(Thread.id)))


def test_while_others_write_nothing_is_lost_and_nothing_left(tools: Toolbox, cast: Cast) -> None:
    """Another process asks and publishes while the key comes and everything is sealed anew."""
    other = build(tools.settings, clock=tools.clock)
    asked: list[str] = []
    enough = threading.Event()

    def write() -> None:
        people = itertools.cycle([cast.alice, cast.bob, cast.carol, cast.dave])
        while not enough.is_set():
            asked.append(ask_question(other, next(people), urgent=True))
            make_worker(other).step()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(asked) < 3:
            time.sleep(0.01)
        KeyFolder(tools.settings.key_folder).add_root()
        first = rotation(tools).run()
        before = len(asked)
        while len(asked) < before + 3:
            time.sleep(0.01)
    finally:
        enough.set()
        writer.join()
    assert first == {}
    assert rotation(tools).under_older() == {}
    remove_old(tools)
    work(tools, hours=30)
    with other.database, tools.database.reading() as stores:
        out = set(stores.content.scalars(select(Thread.id)))
        assert set(asked) <= out
        assert all(thread_text(stores, tools.vault, stores.content.get_one(Thread, one)) for one in asked)
