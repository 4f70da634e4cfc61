"""shiome redact: a file of texts in, spans out; no settings, no database, no keys."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import main

SECRET = "山田水産の佐藤さん"


def run(folder: Path, lines: list[Any], *more: str) -> tuple[Result, list[dict[str, Any]]]:
    """The command over these lines; bytes go in as they are."""
    source, out = folder / "in.jsonl", folder / "out.jsonl"
    raw = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
    source.write_bytes(b"\n".join(raw))
    result = CliRunner().invoke(main, ["redact", str(source), "--out", str(out), *more])
    written = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    return result, [json.loads(line) for line in written]


def test_spans_are_code_points_of_the_text(tmp_path: Path) -> None:
    text = "🐟先週、山田水産の佐藤さんから電話（０９０－１２３４－５６７８）"
    result, rows = run(tmp_path, [{"id": "a", "lang": "ja", "text": text}])
    assert result.exit_code == 0, result.output
    spans = {one["label"]: text[one["start"] : one["end"]] for one in rows[0]["spans"]}
    assert spans["organisation"] == "山田水産"
    assert spans["person"] == "佐藤さん"
    assert "０９０－１２３４－５６７８" in spans["phone"]


def test_it_reads_no_setting_and_makes_no_file(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "Ask Kenji Tanaka"}\n', encoding="utf-8")
    wrong = {"SHIOME_DATA_DIR": str(tmp_path / "data"), "SHIOME_DOMAIN_FILE": "no-such", "SHIOME_WINDOW_SECONDS": "x"}
    command = [sys.executable, "-m", "app.cli", "redact", "in.jsonl", "--out", "out.jsonl"]
    code = f"import sys; from app.cli import main; sys.argv = {command[2:]!r}; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, **wrong, "PYTHONPATH": str(Path(__file__).resolve().parents[3])},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]
    assert json.loads((tmp_path / "out.jsonl").read_text())["spans"] == [{"start": 4, "end": 16, "label": "person"}]


@pytest.mark.parametrize("name", [7, 7.5, None, True, "x", ["a", 1], {"b": None}, 10**30])
def test_ids_are_kept_as_they_are(tmp_path: Path, name: Any) -> None:
    _, rows = run(tmp_path, [{"id": name, "text": ""}])
    assert rows == [{"id": name, "spans": []}]


@pytest.mark.parametrize("lang", ["", "fr", None, 3, ["ja"]])
def test_an_unknown_language_is_guessed(tmp_path: Path, lang: Any) -> None:
    result, rows = run(tmp_path, [{"id": 1, "lang": lang, "text": f"{SECRET}です"}, {"id": 2, "text": "Dr. Smith"}])
    assert result.exit_code == 0
    assert [[one["label"] for one in row["spans"]] for row in rows] == [["organisation", "person"], ["person"]]


def test_marks_line_ends_and_blank_lines_are_no_lines(tmp_path: Path) -> None:
    lines = [b'\xef\xbb\xbf{"id": 1, "text": "a"}\r', b"", b"  \r", b'{"id": 2, "text": "b"}\r', b""]
    result, rows = run(tmp_path, lines)
    assert result.exit_code == 0
    assert [row["id"] for row in rows] == [1, 2]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"id": 1, "text": "' + SECRET.encode(), "is not JSON"),
        (b"[1]", "is not a JSON object"),
        (b'{"text": "x"}', "has no id"),
        (b'{"id": 1}', "has no text"),
        (b'{"id": 1, "text": 5}', "has no text"),
        (b'{"id": 1, "text": NaN}', "is not JSON"),
        (b'{"id": 1, "text": "\xff"}', "is not UTF-8"),
        (b"[" * 100_000, "is not JSON"),
    ],
)
def test_a_broken_line_is_named_and_the_rest_is_done(tmp_path: Path, line: bytes, why: str) -> None:
    result, rows = run(tmp_path, [{"id": 1, "text": "a"}, line, {"id": 3, "text": "b"}])
    assert result.exit_code == 1
    assert f"in.jsonl: line 2: {why}; left out" in result.output
    assert SECRET not in result.output
    assert "Traceback" not in result.output
    assert [row["id"] for row in rows] == [1, 3]


def test_halves_of_characters_do_no_harm(tmp_path: Path) -> None:
    result, rows = run(tmp_path, [b'{"id": 1, "text": "\\ud800 Ask Kenji Tanaka \\ud83d\\udc1f"}'])
    assert result.exit_code == 0
    assert rows[0]["spans"] == [{"start": 6, "end": 18, "label": "person"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_organisations_are_listed_one_a_line(tmp_path: Path, encoding: str) -> None:
    names = tmp_path / "names.txt"
    names.write_bytes("\r\n\r\nうしお会\r\n  \r\n株式会社ゆうなぎ\r\n".encode(encoding))
    result, rows = run(tmp_path, [{"id": 1, "text": "うしお会とゆうなぎが合併した"}], "--organisations", str(names))
    assert result.exit_code == 0, result.output
    assert [(one["start"], one["end"]) for one in rows[0]["spans"]] == [(0, 4), (5, 9)]


def test_an_empty_list_and_an_empty_file_are_fine(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_bytes(b"\n\n")
    result, rows = run(tmp_path, [], "--organisations", str(tmp_path / "names.txt"))
    assert (result.exit_code, rows) == (0, [])
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_the_input_is_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "a"}')
    (tmp_path / "link.jsonl").symlink_to(source)
    for target in (source, tmp_path / "link.jsonl"):
        result = CliRunner().invoke(main, ["redact", str(source), "--out", str(target)])
        assert result.exit_code == 1
        assert "is the input" in result.output
    assert source.read_text() == '{"id": 1, "text": "a"}'


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "a"}')
    result = CliRunner().invoke(main, ["redact", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "no" / "out")])
    assert result.exit_code == 1
    assert "No such file" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
