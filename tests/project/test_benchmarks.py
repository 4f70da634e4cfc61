"""Every benchmark starts: whatever it imports is there, and it says what it takes. That its calls fit is mypy's to say."""

import re
import runpy
import sys

import pytest

from tests.project.source import ROOT, modules

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAIN = re.compile(r'^if __name__ == "__main__":', re.M)
STARTED = {one.name.split("/")[1].removesuffix(".py") for one in modules("benchmarks") if MAIN.search(one.text)}


@pytest.mark.parametrize("name", sorted(STARTED))
def test_every_benchmark_says_what_it_takes(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [name, "--help"])
    monkeypatch.delitem(sys.modules, f"benchmarks.{name}", raising=False)  # another one may have imported it
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")
    assert not ended.value.code
    assert "--help" in capsys.readouterr().out


def test_the_readme_names_benchmarks_that_are_there() -> None:
    named = set(re.findall(r"python -m benchmarks\.(\w+)", README))
    assert len(named) > 10
    assert named <= STARTED
