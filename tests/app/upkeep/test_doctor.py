"""`shiome doctor`, the operator's page and /readyz: each finding is there when its cause is, and gone with it."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import text

from app.backups.copying import take
from app.cli import main
from app.clock import today
from app.db import STORES, store_path
from app.jobs import queue
from app.jobs.worker import take_name
from app.questions.holding import NEVER
from app.questions.pending import put_pending
from app.upkeep import running, stores
from app.upkeep.findings import Finding, worst
from app.upkeep.looking import QUICK, SLOW, TITLES, look
from app.vectors.models import IndexedThread
from app.web.i18n import speaking
from app.wiring import Toolbox
from tests.conftest import Cast, make_tools
from tests.ports import free_port

CANARY = "himitsu-no-namae"


def found(tools: Toolbox, check: Callable[[Toolbox], Iterator[Finding]], state: str) -> list[str]:
    with speaking("en"):
        return [one.told for one in check(tools) if one.state == state]


def test_a_fresh_service_says_what_is_still_to_be_done(tools: Toolbox) -> None:
    findings = look(tools)
    assert {one.part for one in findings} == set(TITLES) - {"sound", "logs", "mail"}
    assert [one.told for one in findings if one.state == "bad"] == [
        one.told for one in running.check_processes(tools) if one.state == "bad"
    ]
    assert found(tools, stores.check_stores, "ok")
    assert len(found(tools, stores.check_backups, "warn")) == len(STORES)


def test_processes_are_seen_by_their_locks(tools: Toolbox) -> None:
    assert len(found(tools, running.check_processes, "ok")) == 0
    _name, lock = take_name(tools.database.folder, "work")
    assert len(found(tools, running.check_processes, "ok")) == 1
    assert not found(tools, running.check_processes, "bad")
    lock.close()
    assert found(tools, running.check_processes, "bad")


def test_work_that_waits_too_long_is_told_and_what_is_held_is_not(tools: Toolbox) -> None:
    with tools.database.transaction("content") as open_stores:
        put_pending(open_stores, tools.vault, {"kind": CANARY}, due=NEVER)
        queue.put(open_stores, tools.vault, "notice", {"box": CANARY}, due=tools.window - 1, lane="mail")
    assert not found(tools, running.check_queues, "warn")
    with tools.database.transaction("content") as open_stores:
        put_pending(open_stores, tools.vault, {"kind": CANARY}, due=tools.window - 3)
        queue.put(open_stores, tools.vault, "index", {"thread": CANARY}, due=tools.window - 30)
    assert len(found(tools, running.check_queues, "warn")) == 1
    late = found(tools, running.check_queues, "bad")
    assert len(late) == 1
    assert "30" in late[0]
    with tools.database.transaction("content") as open_stores:
        open_stores.content.execute(text("UPDATE jobs SET state = 'dead', error = 'ValueError'"))
    assert any("2" in told for told in found(tools, running.check_queues, "warn"))


def test_copies_grow_old(tools: Toolbox, tmp_path: Path) -> None:
    now, folder = today(tools.clock.now()), tmp_path / "copies"
    folder.mkdir()
    for age, state in ((0, "ok"), (2, "ok"), (3, "warn"), (14, "warn"), (15, "bad")):
        take(tools.database.folder, "keys", folder / f"{age}.db", day=now - timedelta(days=age))
        assert next(one for one in stores.check_backups(tools) if "keys" in one.told).state == state


def test_a_foreign_vector_and_those_beside_are_told(tools: Toolbox) -> None:
    assert not found(tools, stores.check_index, "bad")
    with tools.database.transaction("content") as open_stores:
        open_stores.content.add(
            IndexedThread(thread_id="t", topic="disease", window=1, version=7, encoder="another", sealed_vector=b"x")
        )
    assert len(found(tools, stores.check_index, "bad")) == 1
    assert any(" 1 " in told for told in found(tools, stores.check_index, "ok"))


def test_a_damaged_file_is_found(tools: Toolbox) -> None:
    assert found(tools, stores.check_sound, "ok")
    with tools.database.transaction("content") as open_stores:
        for number in range(400):
            put_pending(open_stores, tools.vault, {"text": "x" * 2000}, due=number)
    tools.database.checkpoint()
    tools.database.close()
    path = store_path(tools.database.folder, "content")
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(os.urandom(8192))
    assert found(tools, stores.check_sound, "bad")


def test_keys_others_may_read_are_told(tools: Toolbox) -> None:
    assert found(tools, running.check_keys, "ok")
    next(tools.settings.key_folder.glob("root-*.key")).chmod(0o444)
    assert found(tools, running.check_keys, "bad")


def test_the_mail_server_is_spoken_to_and_gets_no_letter(tmp_path: Path) -> None:
    class Handler:
        letters = 0

        async def handle_DATA(self, *_: object) -> str:  # noqa: N802  aiosmtpd's name
            Handler.letters += 1
            return "250 OK"

    port = free_port()
    server = Controller(Handler(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        tools = make_tools(tmp_path / "here", mail="smtp", smtp_port=port)
        assert found(tools, running.check_relay, "ok")
        assert Handler.letters == 0
    finally:
        server.stop()
    assert found(tools, running.check_relay, "bad")


def test_readiness_is_about_the_files_and_their_schema(tools: Toolbox, client: FlaskClient) -> None:
    assert client.get("/readyz").data == b"ready\n"
    with tools.database.engines["keys"].execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.data) == (503, b"schema\n")
    assert found(tools, stores.check_stores, "bad")
    with tools.database.engines["keys"].execution_options(writes=True).begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.data) == (503, b"stores\n")
    assert client.get("/healthz").data == b"ok\n"
    assert [one.part for one in look(tools)] == ["version", "stores"]


def test_settings_for_trying_out_are_told(tmp_path: Path) -> None:
    real = {"base_url": "https://shiome.example", "contact": "info@shiome.example", "mail_from": "info@shiome.example"}
    assert len(found(make_tools(tmp_path / "a", **real), running.check_settings, "warn")) == 1
    assert found(make_tools(tmp_path / "b", **real, forwarded_hops=1), running.check_settings, "ok")
    assert len(found(make_tools(tmp_path / "c", base_url="http://127.0.0.1"), running.check_settings, "warn")) == 3


def test_the_command_ends_with_1_when_something_is_bad(tools: Toolbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("DATA_DIR", tools.settings.data_dir),
        ("KEYS_DIR", tools.settings.key_folder),
        ("ENCODER", "hash"),
    ):
        monkeypatch.setenv(f"SHIOME_{name}", str(value))
    done = CliRunner().invoke(main, ["doctor", "--quick"])
    assert done.exit_code == 1
    assert "shiome worker" in done.output
    _name, lock = take_name(tools.database.folder, "work")
    assert CliRunner().invoke(main, ["doctor", "--quick"]).exit_code == 0
    lock.close()


def test_no_check_tells_of_a_member(tools: Toolbox, cast: Cast) -> None:
    findings = look(tools, QUICK + SLOW)
    said = " ".join(one.told + one.do for one in findings)
    assert worst(findings) in ("warn", "bad")
    for person in vars(cast).values():
        for secret in (getattr(person, "mail", ""), getattr(person, "member_id", "")):
            assert not secret or secret not in said
