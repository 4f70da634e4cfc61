"""The prior: the same histories give the same bytes, and the shipped file is what the command writes."""

import importlib.util
from pathlib import Path
from types import ModuleType

from click.testing import CliRunner

import matching.prior
from app.history.fitting import half, written
from app.history.prior_commands import fit_prior
from matching.replay import parse_question
from matching.signals import NAMES
from matching.weights import shipped
from tests.app.history.makers import make_history


def fitted(folders: list[Path], out: Path, *more: str) -> bytes:
    arguments = [*map(str, folders), "--out", str(out), "--encoder", "hash", "--date", "2026-01-02", *more]
    result = CliRunner().invoke(fit_prior, arguments)
    assert result.exit_code == 0, result.output
    return out.read_bytes()


def loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("fitted", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_same_histories_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    folders = [make_history(tmp_path / "club", 80), make_history(tmp_path / "pier", 60)]
    first = fitted(folders, tmp_path / "one.py")
    assert fitted(folders, tmp_path / "two.py") == first
    assert fitted(folders, tmp_path / "three.py", "--seed", "2") != first


def test_it_says_where_it_comes_from_and_no_path(tmp_path: Path) -> None:
    folder = make_history(tmp_path / "club", 80)
    (folder / "README.md").write_text("# Club\n\n- Licence: CC0 1.0\n", encoding="utf-8")
    text = fitted([folder], tmp_path / "one.py").decode()
    made = loaded(tmp_path / "one.py")
    assert set(made.PRIOR) == set(made.PULL) == set(NAMES)
    assert made.PROVENANCE["communities"][0].startswith("club: 80 questions, 160 answers, ")
    assert made.PROVENANCE["communities"][0].endswith("; CC0 1.0")
    assert (made.PROVENANCE["seed"], made.PROVENANCE["date"]) == (1, "2026-01-02")
    assert str(tmp_path) not in text


def test_what_comes_after_the_part_is_not_looked_at(tmp_path: Path) -> None:
    whole = make_history(tmp_path / "whole" / "club", 80)
    other = make_history(tmp_path / "other" / "club", 80)
    lines = (other / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    late = {f'"club-q-{n}"' for n in range(40, 80)}
    changed = [line.replace("member-", "stranger-") if any(id in line for id in late) else line for line in lines]
    assert changed != lines
    (other / "answers.jsonl").write_text("\n".join(changed), encoding="utf-8")
    halves = ["--part", "0.5"]
    assert fitted([whole], tmp_path / "one.py", *halves) == fitted([other], tmp_path / "two.py", *halves)


def test_a_half_is_a_half_and_the_same_again() -> None:
    rows = [parse_question({"id": n, "title": "t", "created": 86400 * n}) for n in range(41)]
    assert half(rows, 1, 0) == half(rows, 1, 0) != half(rows, 1, 1)
    assert len(half(rows, 1, 0)) == 21


def test_the_shipped_prior_is_what_the_command_writes() -> None:
    text = Path(str(matching.prior.__file__)).read_text(encoding="utf-8")
    assert written(shipped(), matching.prior.PROVENANCE) == text
