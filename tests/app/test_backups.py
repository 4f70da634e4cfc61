"""Three backups, put back one by one; and what a thief of each, of pairs, and of all with the root key reads."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import delete, select

from app.accounts.identity import open_identity
from app.accounts.models import Member
from app.backups.checking import WITHOUT, check_together
from app.backups.copying import (
    MARKS,
    BackupRefused,
    Network,
    forget_old_keys,
    read_stamp,
    restore,
    take,
)
from app.clock import today
from app.db import STORES, Database, StoreName, store_path
from app.errors import NotThere
from app.keyfiles import KeyFolder
from app.keystore import DataKey
from app.questions.models import Thread
from app.questions.reads import thread_text
from app.questions.rules import Question
from app.upkeep.stores import newest_revision
from app.wiring import Toolbox, build
from privacy.attacks.canaries import scan_bytes
from tests.app.questions.makers import ask, make_question, publish
from tests.cast import Cast, Person, make_person, sign_in, signed_in
from tests.conftest import claim, make_app, make_tools

CANARY = "かもめの見張り台七番"
PERSON = "kamome-no-mihari"


def network(tools: Toolbox, **changes: object) -> Network:
    ids = frozenset(KeyFolder(tools.settings.key_folder).root_names())
    values = {
        "key": tools.trade.network.key,
        "demo": False,
        "root_ids": ids,
        "revisions": frozenset({newest_revision()}),
    }
    return Network(**{**values, **changes})  # type: ignore[arg-type]


def out(tools: Toolbox, person: Person, question: Question | None = None) -> str:
    """A question that is out, in a small network too, where posts appear once a day."""
    thread = ask(tools, person, question)
    publish(tools, windows=30)
    return thread


def take_all(tools: Toolbox, folder: Path) -> dict[StoreName, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    made = {store: folder / f"{store}.backup" for store in STORES}
    for store in ("content", "identity", "keys"):
        take(tools.settings.data_dir, store, made[store], day=today(tools.clock.now()))  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize("store", STORES)
def test_one_sound_file_that_only_its_owner_reads(tools: Toolbox, cast: Cast, tmp_path: Path, store: StoreName) -> None:
    to = tmp_path / "away"
    to.mkdir()
    seen: list[tuple[int, int]] = []
    take(tools.settings.data_dir, store, to / "b", day=today(tools.clock.now()), done=lambda *one: seen.append(one))
    assert [path.name for path in to.iterdir()] == ["b"]
    assert (to / "b").stat().st_mode & 0o777 == 0o600
    stamp = read_stamp(to / "b")
    assert stamp
    assert (stamp.store, stamp.day) == (store, today(tools.clock.now()))
    assert seen[-1][0] == seen[-1][1] > 0


def test_taken_while_somebody_writes(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    """What is not committed is not in it, and nobody is kept from writing."""
    (tmp_path / "away").mkdir()
    with tools.database.transaction("content", "keys"):
        take(tools.settings.data_dir, "content", tmp_path / "away" / "b", day=today(tools.clock.now()))
    assert out(tools, cast.alice)


def test_never_over_a_file_and_never_among_the_living(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    there = tmp_path / "away" / "b"
    there.write_text("x")
    for path in (there, tools.settings.data_dir / "keys-backup"):
        with pytest.raises(BackupRefused):
            take(tools.settings.data_dir, "keys", path, day=today(tools.clock.now()))


def test_old_backups_of_the_key_store_are_deleted_and_nothing_else(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    away, now = tmp_path / "away", today(tools.clock.now())
    away.mkdir()
    for name, store, age in (
        ("old", "keys", 15), ("young", "keys", 14), ("content", "content", 40), ("identity", "identity", 40),
    ):  # fmt: skip
        take(tools.settings.data_dir, store, away / name, day=now - timedelta(days=age))  # type: ignore[arg-type]
    (away / "other.db").write_bytes(store_path(tools.settings.data_dir, "keys").read_bytes())
    (away / "short").write_bytes(b"SQLite format 3\0")
    assert [path.name for path in forget_old_keys(away, today=now)] == ["old"]
    assert sorted(path.name for path in away.iterdir()) == ["content", "identity", "other.db", "short", "young"]


def test_everything_works_again_after_a_restore(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    claim(tools, demo=False)
    thread = out(tools, cast.alice)
    made = take_all(tools, tmp_path / "away")
    tools.database.close()
    for store in STORES:
        store_path(tools.settings.data_dir, store).write_bytes(b"a fallen disk" * 1000)
        for suffix in ("-wal", "-shm"):
            Path(f"{store_path(tools.settings.data_dir, store)}{suffix}").unlink(missing_ok=True)
        aside = restore(tools.settings.data_dir, store, made[store], network(tools))
        assert aside
        assert aside.read_bytes().startswith(b"a fallen disk")
    later = build(tools.settings, clock=tools.clock)
    with later.database:
        assert read_stamp(store_path(tools.settings.data_dir, "keys")) is None, "the living file is no backup"
        alice = signed_in(make_app(later), cast.alice)
        assert alice.get(f"/threads/{thread}").status_code == 200
        out(later, cast.bob)
        assert not [line for line, number in check_together(later.database, later.vault).items() if number]


def test_refuses_while_a_process_holds_it(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    made = take_all(tools, tmp_path / "away")
    with tools.database.reading() as stores:
        stores.identity.scalars(select(Member)).all()
        with pytest.raises(BackupRefused, match="stop web"):
            restore(tools.settings.data_dir, "identity", made["identity"], network(tools))
    assert is_whole(tools)


def is_whole(tools: Toolbox) -> bool:
    with closing(sqlite3.connect(store_path(tools.settings.data_dir, "identity"))) as connection:
        return bool(connection.execute("SELECT count(*) FROM members").fetchone()[0])


def test_refuses_what_does_not_fit(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    claim(tools, demo=False)
    out(tools, cast.alice)
    made = take_all(tools, tmp_path / "away")
    tools.database.close()
    folder = tools.settings.data_dir
    with pytest.raises(BackupRefused, match="not a backup of the keys"):
        restore(folder, "keys", made["content"], network(tools))
    with pytest.raises(BackupRefused, match="another network"):
        restore(folder, "content", made["content"], network(tools, key="another"))
    with pytest.raises(BackupRefused, match="another network"):
        restore(folder, "content", made["content"], network(tools, demo=True))
    for store in STORES:
        with pytest.raises(BackupRefused, match="root keys that are not here"):
            restore(folder, store, made[store], network(tools, root_ids=frozenset({b"\0\0\0\0"})))
    (tmp_path / "away" / "noise").write_bytes(b"noise" * 100)
    with pytest.raises(BackupRefused, match="not an SQLite file"):
        restore(folder, "keys", tmp_path / "away" / "noise", network(tools))
    assert sorted(path.name for path in folder.glob("*.replaced*")) == []
    assert list(folder.glob(".*.part")) == []


def test_refuses_a_newer_schema_and_a_damaged_file(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    made = take_all(tools, tmp_path / "away")
    tools.database.close()
    with closing(sqlite3.connect(made["keys"])) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(BackupRefused, match="newer"):
        restore(tools.settings.data_dir, "keys", made["keys"], network(tools))
    raw = bytearray(made["identity"].read_bytes())
    raw[8192:12000] = b"\xff" * (12000 - 8192)
    made["identity"].write_bytes(raw)
    with pytest.raises(BackupRefused, match="damaged"):
        restore(tools.settings.data_dir, "identity", made["identity"], network(tools))


# ---------------------------------------------------------------- thieves of backups


def plant(tools: Toolbox, cast: Cast) -> str:
    """A canary in a question and one in an address."""
    person = make_person(tools, PERSON, cast.organisations["B"])
    return out(tools, person, make_question(title=CANARY))


def read_by(made: dict[StoreName, Path], chosen: tuple[StoreName, ...]) -> list[str]:
    """Canaries in the bytes of these backups."""
    blobs = [(store, made[store].read_bytes()) for store in chosen]
    return sorted({finding.canary for finding in scan_bytes(blobs, [CANARY, PERSON])})


PAIRS = [chosen for size in (1, 2, 3) for chosen in combinations(STORES, size)]


@pytest.mark.parametrize("chosen", PAIRS, ids="+".join)
def test_without_a_root_key_no_backup_reads(
    tools: Toolbox, cast: Cast, tmp_path: Path, chosen: tuple[StoreName, ...]
) -> None:
    plant(tools, cast)
    made = take_all(tools, tmp_path / "away")
    assert read_by(made, chosen) == []
    assert scan_bytes([("mutant", made["content"].read_bytes() + CANARY.encode())], [CANARY]), "the scan sees"


def opened(tools: Toolbox, made: dict[StoreName, Path], chosen: tuple[StoreName, ...], folder: Path) -> set[str]:
    """What a thief of these backups reads who has the root key file too, and fills the rest with empty files."""
    den = make_tools(folder, keys_dir=tools.settings.key_folder)
    den.database.close()
    for store in chosen:
        store_path(folder, store).write_bytes(made[store].read_bytes())
    database = Database(folder)
    found = set()
    with database, database.reading() as stores:
        for thread in stores.content.scalars(select(Thread)):
            try:
                if CANARY in str(thread_text(stores, den.vault, thread)):
                    found.add("text")
            except NotThere:
                continue
        for member in stores.identity.scalars(select(Member)):
            try:
                if PERSON in open_identity(den.vault.data_key(stores, member.key_id), member).mail:
                    found.add("person")
            except NotThere:
                continue
    return found


WITH_ROOT = {
    ("identity",): set(), ("keys",): set(), ("content",): set(),
    ("identity", "keys"): {"person"}, ("identity", "content"): set(), ("keys", "content"): {"text"},
    ("identity", "keys", "content"): {"person", "text"},
}  # fmt: skip


@pytest.mark.parametrize("chosen", PAIRS, ids="+".join)
def test_with_the_root_key_texts_and_members_need_the_key_store(
    tools: Toolbox, cast: Cast, tmp_path: Path, chosen: tuple[StoreName, ...]
) -> None:
    plant(tools, cast)
    made = take_all(tools, tmp_path / "away")
    assert opened(tools, made, chosen, tmp_path / "den") == WITH_ROOT[chosen]


def test_an_old_backup_with_todays_key_store_shows_nothing_of_who_was_erased(
    tools: Toolbox, cast: Cast, tmp_path: Path
) -> None:
    """30 days ago identity and content were copied; since then the member's keys were deleted. Root key in hand."""
    thread = plant(tools, cast)
    old = take_all(tools, tmp_path / "old")
    tools.clock.move(hours=24 * 30)  # type: ignore[attr-defined]
    with tools.database.transaction("keys") as stores:
        member = next(
            row
            for row in stores.identity.scalars(select(Member))
            if PERSON in open_identity(tools.vault.data_key(stores, row.key_id), row).mail
        )
        gone = [member.key_id, stores.content.get_one(Thread, thread).key_id]
        stores.keys.execute(delete(DataKey).where(DataKey.id.in_(gone)))
    new = take_all(tools, tmp_path / "new")
    mixed: dict[StoreName, Path] = {**old, "keys": new["keys"]}
    assert opened(tools, mixed, STORES, tmp_path / "den") == set()
    assert opened(tools, old, STORES, tmp_path / "mutant") == {"person", "text"}, (
        "the old key store would bring it back"
    )


def test_verify_names_what_does_not_fit(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    """Keys copied before content: the text written in between has no key, and that is said."""
    claim(tools, demo=False)
    (tmp_path / "away").mkdir()
    take(tools.settings.data_dir, "keys", tmp_path / "away" / "k", day=today(tools.clock.now()))
    out(tools, cast.alice)
    tools.database.close()
    restore(tools.settings.data_dir, "keys", tmp_path / "away" / "k", network(tools))
    later = build(tools.settings, clock=tools.clock)
    with later.database:
        found = {line: number for line, number in check_together(later.database, later.vault).items() if number}
    assert found == {f"rows of content.threads {WITHOUT}": 1}


def test_commands(tools: Toolbox, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.cli import main

    claim(tools, demo=False)
    out(tools, cast.alice)
    tools.database.close()
    monkeypatch.setenv("SHIOME_DATA_DIR", str(tools.settings.data_dir))
    (tmp_path / "away").mkdir()
    run = CliRunner()
    for store in STORES:
        made = run.invoke(main, ["backup", store, "--to", str(tmp_path / "away" / store)])
        assert made.exit_code == 0, made.output
        assert "Alone it gives away" in made.output
        back = run.invoke(main, ["restore", store, "--from", str(tmp_path / "away" / store)])
        assert back.exit_code == 0, back.output
        assert "replaced-1" in back.output
    assert run.invoke(main, ["backup", "keys", "--to", str(tmp_path / "away" / "keys")]).exit_code == 1
    verified = run.invoke(main, ["verify"])
    assert verified.exit_code == 0, verified.output
    assert all(line.split()[0] == "0" for line in verified.output.splitlines()), verified.output


def test_marks_differ() -> None:
    assert len(set(MARKS.values())) == len(STORES)


def test_a_thief_of_the_identity_backup_signs_in_nowhere(
    app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path
) -> None:
    made = take_all(tools, tmp_path / "away")
    assert cast.alice.mail.encode() not in made["identity"].read_bytes()
    assert cast.alice.secret not in made["identity"].read_bytes()
    sign_in(app.test_client(), cast.alice)
