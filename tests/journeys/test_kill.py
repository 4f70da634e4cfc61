"""The kill test in small: the same run as `python -m benchmarks.kill`, with a dozen kills."""

from pathlib import Path

import pytest

from benchmarks.kill import run


@pytest.mark.kill
def test_a_dozen_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    report = run(tmp_path, kills=12, clients=5)
    assert {name: number for name, number in report.wrong.items() if number} == {}, f"\n{report}"
    assert "question" in str(report.facts["acknowledged"])
    assert int(str(report.facts["posts in the files"])) > 5
