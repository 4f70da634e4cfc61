"""The kill test in small: the same run as `python -m benchmarks.kill`, with a dozen kills."""

from pathlib import Path

import pytest

from app.settings import Settings
from app.wiring import build
from benchmarks.kill import run
from tests.watch import WATCH


def overhear(folder: Path) -> None:
    """Hold what the three processes logged against the databases they left; tests.watch does it when the test ends."""
    assert {path.name for path in folder.glob("*.log")} == {"web.log", "worker.log", "mail.log"}
    WATCH.made.append(build(Settings.model_validate({"data_dir": folder, "encoder": "hash", "window_seconds": 2})))


@pytest.mark.kill
def test_a_dozen_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    report = run(tmp_path, kills=12, clients=5)
    overhear(tmp_path)
    assert {name: number for name, number in report.wrong.items() if number} == {}, f"\n{report}"
    assert "question" in str(report.facts["acknowledged"])
    assert int(str(report.facts["posts in the files"])) > 5
