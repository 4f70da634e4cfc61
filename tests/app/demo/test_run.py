"""The processes of the demo and the files it leaves: started and stopped together, an unfinished fill begun anew."""

import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.db import store_path
from app.demo import leftovers
from app.demo.children import Children, Ended
from app.demo.commands import demo
from app.domains.claim import claim_database
from app.wiring import Toolbox
from tests.conftest import make_tools

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_says_which_process_ended_and_stops_the_rest() -> None:
    children = Children()
    children.start("web", SLEEPER)
    children.start("worker", [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(Ended) as found:
        children.watch()
    children.stop()
    assert (found.value.name, found.value.code) == ("worker", 3)
    assert all(child.poll() is not None for child in children.running.values())


def test_what_ends_by_itself_stops_nobody() -> None:
    children = Children()
    children.start("web", SLEEPER)
    children.start_short("audit", [sys.executable, "-c", "raise SystemExit(1)"])
    children.running["audit"].wait()
    threading.Timer(1.2, children.stop_soon).start()
    children.watch()
    children.stop()
    assert children.running["web"].returncode == -15


def test_stops_when_asked() -> None:
    children = Children()
    children.start("web", SLEEPER)
    threading.Timer(0.2, children.stop_soon).start()
    children.watch()
    children.stop()
    assert children.running["web"].returncode == -15


def test_does_not_wait_for_an_address_whose_process_has_ended() -> None:
    children = Children()
    children.start("web", [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(Ended):
        children.wait_for("http://127.0.0.1:9/healthz", patience=30)


def test_an_unfinished_fill_is_removed_and_nothing_else(tools: Toolbox) -> None:
    folder = tools.settings.data_dir
    other = folder / "keyfiles" / "root-0001.key"
    leftovers.remove_unfinished(folder)
    assert store_path(folder, "content").exists()
    leftovers.begin(folder)
    leftovers.remove_unfinished(folder)
    assert not store_path(folder, "content").exists()
    assert other.exists()
    leftovers.remove_unfinished(folder)


def test_refuses_a_foreign_database_and_leaves_it_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools = make_tools(tmp_path)
    with tools.database.transaction("content") as stores:
        claim_database(stores, key="aquaculture", demo=False, window_seconds=3600)
    tools.database.close()
    before = store_path(tmp_path, "content").read_bytes()
    result = _shiome(tmp_path, monkeypatch, "demo", "fill")
    assert result.returncode == 1
    assert "belongs to the real service" in result.stderr
    assert "Traceback" not in result.stderr
    assert store_path(tmp_path, "content").read_bytes() == before


def test_refuses_a_port_that_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHIOME_DATA_DIR", str(tmp_path))
    for name in ("SHIOME_DEMO", "SHIOME_MAIL", "SHIOME_WINDOW_SECONDS", "SHIOME_BASE_URL", "GUNICORN_CMD_ARGS"):
        monkeypatch.setenv(name, {"SHIOME_MAIL": "outbox"}.get(name, "5"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = CliRunner().invoke(demo, ["run", "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 1
    assert "taken" in result.output
    assert not store_path(tmp_path, "content").exists()


def _shiome(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> subprocess.CompletedProcess[str]:
    monkeypatch.setenv("SHIOME_DATA_DIR", str(folder))
    command = [sys.executable, "-c", "from app.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
