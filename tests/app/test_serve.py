"""The web process as the command starts it: answers, and leaves no socket in anybody's home."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from app import cli
from tests.conftest import make_tools
from tests.ports import free_port
from tests.watch import log_files

PATIENCE = 60.0


def test_heartbeats_go_to_memory_only_where_there_is_such_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "MEMORY", tmp_path)
    assert cli.serving("127.0.0.1:0", 1, 8)[-2:] == ["--worker-tmp-dir", str(tmp_path)]
    monkeypatch.setattr(cli, "MEMORY", tmp_path / "none")
    assert "--worker-tmp-dir" not in cli.serving("127.0.0.1:0", 1, 8)


def test_answers_and_opens_no_control_socket(tmp_path: Path) -> None:
    home, data, port = tmp_path / "home", tmp_path / "data", free_port()
    home.mkdir()
    make_tools(data).database.close()
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(home), "SHIOME_DATA_DIR": str(data), "SHIOME_ENCODER": "hash",
    }  # fmt: skip
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--bind", f"127.0.0.1:{port}"]
    with (
        (data / "web.log").open("wb") as log,  # where tests.watch reads it
        subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=cli.ROOT) as web,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", web)
            assert [path for path in home.rglob("*") if path.is_socket()] == []
        finally:
            web.send_signal(signal.SIGTERM)
    assert web.returncode == 0
    assert "".join(log_files(data))


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < ends:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  our own address
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer; the process ended with {process.poll()}")
