"""Replay: the right rankings, the same after a stop, nothing from the future, nothing from the machine's settings."""

import json
import os
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from app.history.cache import FILE, embed_all
from app.history.commands import CACHE_NAME, replay
from app.history.files import read_history
from app.history.measure import truths
from app.history.network import unique
from app.history.part import Part
from app.history.side_by_side import SideBySide
from matching.encoder import HashEncoder
from tests.app.history.makers import answer, make_history, question, write_history

ROOT = Path(__file__).resolve().parents[3]
CODE = "from app.history.commands import replay; replay()"


def run(folder: Path, out: Path, *more: str) -> Result:
    return CliRunner().invoke(replay, [str(folder), "--out", str(out), "--encoder", "hash", *more])


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_last_fifth_is_ranked_and_summed_up(tmp_path: Path) -> None:
    result = run(make_history(tmp_path / "club"), tmp_path / "out.jsonl", "--json")
    assert result.exit_code == 0, result.output
    ranked = rows(tmp_path / "out.jsonl")
    assert [row["question_id"] for row in ranked] == [f"club-q-{n}" for n in range(32, 40)]
    assert all(set(row["ranked"]) == {"member-siete", "member-tolv", "member-acht"} for row in ranked)  # type: ignore[call-overload]
    summary = json.loads(result.stdout)
    assert (summary["data"], summary["questions"], summary["answers"], summary["ranked"]) == ("club", 40, 80, 8)
    assert summary["encoder"] == "hash-384"
    assert set(summary["seconds"]) == {"read", "embed", "rank"}
    assert 0 < summary["best_mrr"] <= summary["any_mrr"] <= 1


def test_the_measure_is_exact_on_a_history_known_by_heart(tmp_path: Path) -> None:
    """Ten questions, one answerer for all: the two late ones count, and he stands first."""
    folder = write_history(
        tmp_path / "club", [question(n) for n in range(10)], [answer(n, 0, answerer="ferryman") for n in range(10)]
    )
    summary = json.loads(run(folder, tmp_path / "out", "--json").stdout)
    assert (summary["scored"], summary["best_mrr"], summary["any_mrr"]) == (2, 1.0, 1.0)


def test_dates_that_are_numbers_are_measured_in_time(tmp_path: Path) -> None:
    """The late ones have ten digits, the early ones nine: by text the late would come first and know nobody."""
    dates = [999_000_000 + 200_000 * n for n in range(10)]
    asked = [question(n, created=day) for n, day in enumerate(dates)]
    given = [answer(n, 0, answerer="ferryman", created=day + 60) for n, day in enumerate(dates)]
    folder = write_history(tmp_path / "club", asked, given)
    late = frozenset({asked[4]["id"], asked[9]["id"]})
    assert [truth.question for truth in truths(read_history(folder), late)] == [asked[4]["id"], asked[9]["id"]]
    summary = json.loads(run(folder, tmp_path / "out", "--json").stdout)
    assert (summary["ranked"], summary["scored"], summary["best_mrr"]) == (2, 2, 1.0)


def test_what_comes_later_changes_nothing(tmp_path: Path) -> None:
    whole = make_history(tmp_path / "whole", 50)
    assert run(whole, tmp_path / "whole.jsonl").exit_code == 0
    cut = make_history(tmp_path / "cut", 45)
    assert run(cut, tmp_path / "cut.jsonl").exit_code == 0
    both = {row["question_id"]: row for row in rows(tmp_path / "whole.jsonl")}
    shared = [row for row in rows(tmp_path / "cut.jsonl") if row["question_id"] in both]
    assert len(shared) == 5
    assert all(row == both[row["question_id"]] for row in shared)


def test_ids_that_are_numbers_stay_numbers(tmp_path: Path) -> None:
    questions = [question(n, id=n, asker=1) for n in range(10)]
    answers = [answer(n, 0, question_id=n, answerer=2 + n % 2) for n in range(10)]
    assert run(write_history(tmp_path / "club", questions, answers), tmp_path / "out").exit_code == 0
    assert [row["question_id"] for row in rows(tmp_path / "out")] == [8, 9]
    assert all(sorted(row["ranked"]) == [2, 3] for row in rows(tmp_path / "out"))  # type: ignore[call-overload]


def test_who_scored_highest_is_told_however_large_the_score_and_a_score_that_is_none_counts_nothing(
    tmp_path: Path,
) -> None:
    """Of two answers, neither accepted: the ferryman's by one more than no float can tell apart."""
    largest = 10**400
    questions = [question(n) for n in range(10)]
    scores = {"ferryman": largest + 1, "miller": largest, "tanner": float("nan")}
    answers = [
        answer(n, place, answerer=who, score=scores[who], accepted=False)
        for n in range(10)
        for place, who in enumerate(("tanner", "miller", "ferryman"))
    ]
    folder = write_history(tmp_path / "club", questions, answers)
    result = run(folder, tmp_path / "out")
    assert result.exit_code == 0, result.output
    late = frozenset(row["id"] for row in questions)
    assert {truth.best for truth in truths(read_history(folder), late)} == {"ferryman"}


def test_repeated_lines_are_refused_and_do_not_move_the_cut(tmp_path: Path) -> None:
    questions = [question(n) for n in range(20)]
    folder = write_history(tmp_path / "club", [*questions, *questions[:5]], [answer(n, 0) for n in range(20)])
    result = run(folder, tmp_path / "out")
    assert len(rows(tmp_path / "out")) == 5  # a fifth of 25 lines
    assert "questions.jsonl: line 21: is there already, in line 1" in result.stderr


@pytest.mark.parametrize("kept", [0, 1, 3.5, 7, 9])
def test_a_stopped_ranking_goes_on_to_the_same_bytes(tmp_path: Path, kept: float) -> None:
    folder, out, part = make_history(tmp_path / "club"), tmp_path / "out", tmp_path / "out.part"
    assert run(folder, out).exit_code == 0
    whole = out.read_bytes()
    header = header_line(folder, tmp_path)
    lines = [header, *whole.splitlines(keepends=True)]
    out.unlink()
    torn = lines[int(kept)][: len(lines[int(kept)]) // 2] if kept % 1 or not kept else b""
    part.write_bytes(b"".join(lines[: int(kept)]) + torn)
    result = run(folder, out)
    assert result.exit_code == 0, result.output
    assert out.read_bytes() == whole
    assert not part.exists()


def header_line(folder: Path, tmp_path: Path) -> bytes:
    """The first line of a part, caught by a place where nothing can be written at the end."""
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "out.new").mkdir()
    assert run(folder, blocked / "out").exit_code == 1
    return (blocked / "out.part").read_bytes().splitlines(keepends=True)[0]


def test_a_part_of_another_history_is_not_used(tmp_path: Path) -> None:
    folder, out = make_history(tmp_path / "club"), tmp_path / "out"
    (tmp_path / "out.part").write_bytes(
        header_line(make_history(tmp_path / "other", 41), tmp_path) + b'{"question_id": "club-q-32", "ranked": []}\n'
    )
    assert run(folder, out).exit_code == 0
    assert all(row["ranked"] for row in rows(out))


def test_a_part_of_folders_that_swapped_their_names_since_is_not_used(tmp_path: Path) -> None:
    club, pier, out = make_history(tmp_path / "club"), tmp_path / "pier", tmp_path / "out"
    write_history(pier, [question(n) for n in range(40)], [answer(n, 0, answerer=f"pilot-{n % 3}") for n in range(40)])
    (tmp_path / "out.new").mkdir()  # the rankings are made, and cannot be written
    assert run(club, out, str(pier)).exit_code == 1
    (tmp_path / "out.new").rmdir()
    club.rename(tmp_path / "swap")
    pier.rename(club)
    (tmp_path / "swap").rename(pier)
    result = run(pier, out, str(club))
    assert result.exit_code == 0, result.output
    assert run(pier, tmp_path / "fresh", str(club)).exit_code == 0
    assert out.read_bytes() == (tmp_path / "fresh").read_bytes()


@pytest.mark.parametrize("line", [b"5", b"null", b'["club-q-33"]', b'{"question_id": "club-q-33"}', b'{"ranked": []}'])
def test_a_line_of_a_part_that_is_no_ranking_is_made_again_with_all_after_it(tmp_path: Path, line: bytes) -> None:
    folder, out = make_history(tmp_path / "club"), tmp_path / "out"
    assert run(folder, out).exit_code == 0
    whole = out.read_bytes()
    lines = whole.splitlines(keepends=True)
    (tmp_path / "out.part").write_bytes(header_line(folder, tmp_path) + lines[0] + line + b"\n" + lines[1])
    assert run(folder, out).exit_code == 0
    assert out.read_bytes() == whole


def test_a_part_whose_first_line_is_no_object_is_not_used(tmp_path: Path) -> None:
    folder, out = make_history(tmp_path / "club"), tmp_path / "out"
    (tmp_path / "out.part").write_bytes(b'["club-q-32"]\n')
    assert run(folder, out).exit_code == 0
    assert len(rows(out)) == 8


def test_of_rankings_under_way_only_their_places_are_held(tmp_path: Path) -> None:
    header, users = {"made_from": "x"}, [f"member-{n}" for n in range(1000)]
    tracemalloc.start()
    try:
        with (tmp_path / "part").open("a+b") as file:
            part = Part(file, header)
            for n in range(200):
                part.put((True, f"q{n}"), {"question_id": f"q{n}", "ranked": users[n:] + users[:n]})
        with (tmp_path / "part").open("a+b") as file:
            again = Part(file, header)
            held = [(len(again), again.users((True, f"q{n}"))[0]) for n in range(200)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert held == [(200, user) for user in users[:200]]
    assert again.users((False, "q1")) == []
    assert peak < (tmp_path / "part").stat().st_size / 4


def test_a_killed_replay_finishes_later(tmp_path: Path) -> None:
    folder, out = make_history(tmp_path / "club", 300), tmp_path / "killed"
    assert run(folder, tmp_path / "whole").exit_code == 0
    command = [sys.executable, "-c", CODE, str(folder), "--out", str(out), "--encoder", "hash"]
    command += ["--cache", str(tmp_path / "another-cache")]
    for moment in (20, 45):
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        wait_for_lines(tmp_path / "killed.part", moment, process)
        process.kill()
        process.wait()
    assert not out.exists()
    assert subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == 0
    assert out.read_bytes() == (tmp_path / "whole").read_bytes()


def wait_for_lines(part: Path, number: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        if part.exists() and part.read_bytes().count(b"\n") >= number:
            return
        time.sleep(0.002)
    raise AssertionError("the replay ended before it could be killed")


def test_no_text_is_embedded_twice(tmp_path: Path) -> None:
    class Counting(HashEncoder):
        seen = 0

        def passages(self, texts):  # type: ignore[no-untyped-def]
            self.seen += len(texts)
            if self.seen > 40:
                raise KeyboardInterrupt
            return super().passages(texts)

    texts = [f"pond {n}" for n in range(64)] + ["pond 1"]
    stopped, second, third = Counting(), Counting(), Counting()
    with pytest.raises(KeyboardInterrupt):
        embed_all(texts, stopped, tmp_path, done=lambda *_: None)
    found = embed_all(texts, second, tmp_path, done=lambda *_: None)
    assert second.seen == 64 - 32  # what the stopped one had finished is not done again
    assert len(found) == 64
    assert embed_all(texts, third, tmp_path, done=lambda *_: None).keys() == found.keys()
    assert third.seen == 0
    assert b"pond" not in (tmp_path / FILE).read_bytes()


@pytest.mark.parametrize("number", [0, 1, 5, 16])
def test_encoders_side_by_side_give_the_rows_of_one(number: int) -> None:
    texts = [f"pond {n}" for n in range(number)]
    both, one = SideBySide([HashEncoder(16), HashEncoder(16), HashEncoder(16)]), HashEncoder(16)
    assert (both.name, both.dimension) == (one.name, one.dimension)
    assert np.array_equal(both.passages(texts), one.passages(texts).reshape(number, 16))
    assert np.array_equal(both.queries(texts), one.queries(texts).reshape(number, 16))


def test_another_encoder_has_vectors_of_its_own(tmp_path: Path) -> None:
    embed_all(["pond"], HashEncoder(384), tmp_path, done=lambda *_: None)
    assert len(embed_all(["pond"], HashEncoder(16), tmp_path, done=lambda *_: None)["pond"]) == 16


def test_it_needs_nothing_of_the_environment(tmp_path: Path) -> None:
    folder, out = make_history(tmp_path / "club"), tmp_path / "out"
    wrong = {"SHIOME_DATA_DIR": "/proc/no", "SHIOME_WINDOW_SECONDS": "many"}
    for environment in ({}, wrong):
        done = subprocess.run(
            [sys.executable, "-c", CODE, str(folder), "--out", str(out), "--encoder", "hash"],
            cwd=tmp_path, env={**environment, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert sorted(os.listdir(tmp_path)) == [CACHE_NAME, "club", "out"]


def test_trouble_is_said_in_one_line(tmp_path: Path) -> None:
    folder = make_history(tmp_path / "club")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / FILE).write_bytes(b"not a cache at all, but long enough to be looked at" * 40)
    for arguments, word in (
        ((folder, tmp_path / "out", "--cache", str(tmp_path / "cache")), FILE),
        ((folder, tmp_path / "out", "--encoder", "nonsense"), "unknown encoder"),
        ((tmp_path, tmp_path / "out"), "questions.jsonl"),
    ):
        result = run(*arguments)
        assert result.exit_code == 1
        assert word in result.stderr
        assert "Traceback" not in result.output


def test_an_empty_history_is_no_trouble(tmp_path: Path) -> None:
    result = run(write_history(tmp_path / "club", [], []), tmp_path / "out", "--json")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out").read_bytes() == b""
    assert json.loads(result.stdout)["best_mrr"] is None


def test_where_no_line_is_a_question_nothing_is_ranked(tmp_path: Path) -> None:
    result = run(write_history(tmp_path / "club", [b"[", b"{", b"}", b"]"], []), tmp_path / "out")
    assert result.exit_code == 1
    assert "none of its lines is a question" in result.stderr
    assert not (tmp_path / "out").exists()


def test_many_refused_lines_are_counted_by_reason_and_losing_every_answer_is_said_loudly(tmp_path: Path) -> None:
    questions = [*(question(n) for n in range(10)), *(question(n, tags=5) for n in range(10, 25))]
    folder = write_history(tmp_path / "club", questions, [answer(n % 10, 0, accepted="very") for n in range(15)])
    result = run(folder, tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert result.stderr.count(": line ") == 20
    assert "10 more lines were refused: 10 × accepted is neither true nor false" in result.stderr
    assert "WARNING: answers.jsonl: 15 × accepted is neither true nor false" in result.stderr


def test_several_histories_are_the_domains_of_one_network(tmp_path: Path) -> None:
    club, pier = make_history(tmp_path / "club"), make_history(tmp_path / "pier")
    out = tmp_path / "out"
    result = CliRunner().invoke(
        replay, [str(club), str(pier), "--out", str(out), "--encoder", "hash", "--json"], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    named = [row for row in rows(out) if row["domain_key"]]
    unnamed = [row for row in rows(out) if not row["domain_key"]]
    assert len(named) == len(unnamed) == 16
    assert {row["data"] for row in named} == {"club", "pier"}
    for row in named:
        assert all(user.startswith(f"{row['data']}/") for user in row["ranked"])  # type: ignore[attr-defined]
    assert {user.split("/")[0] for row in unnamed for user in row["ranked"]} == {"club", "pier"}  # type: ignore[attr-defined]
    results = json.loads(result.stdout)["results"]
    assert [(one["data"], one["domain_key"]) for one in results] == [
        ("club", True),
        ("pier", True),
        ("club+pier", False),
    ]
    assert results[2]["scored"] == results[0]["scored"] + results[1]["scored"]
    assert results[2]["best_mrr"] <= max(results[0]["best_mrr"], results[1]["best_mrr"])


def test_a_domain_is_ranked_in_a_network_as_it_is_alone(tmp_path: Path) -> None:
    club, pier = make_history(tmp_path / "club"), make_history(tmp_path / "pier")
    assert run(club, tmp_path / "alone").exit_code == 0
    arguments = [str(club), str(pier), "--out", str(tmp_path / "both"), "--encoder", "hash"]
    assert CliRunner().invoke(replay, arguments).exit_code == 0
    both = {row["question_id"]: row["ranked"] for row in rows(tmp_path / "both") if row["domain_key"]}
    for row in rows(tmp_path / "alone"):
        assert both[f"club/{row['question_id']}"] == [f"club/{user}" for user in row["ranked"]]  # type: ignore[attr-defined]


def test_folders_of_one_name_and_one_named_as_they_would_be_stay_apart(tmp_path: Path) -> None:
    folders = [make_history(tmp_path / place, number) for place, number in (("x/a", 20), ("y/a", 25), ("z/a-2", 30))]
    for given in (folders, folders[::-1]):
        out = tmp_path / "out"
        arguments = [*map(str, given), "--out", str(out), "--encoder", "hash"]
        result = CliRunner().invoke(replay, arguments, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        named = [row["data"] for row in rows(out) if row["domain_key"]]
        assert sorted((name, named.count(name)) for name in set(named)) == (
            [("a", 4), ("a-2", 6), ("a-3", 5)] if given is folders else [("a", 5), ("a-2", 6), ("a-3", 4)]
        )


def test_a_name_made_up_is_nobody_elses() -> None:
    assert unique(["a", "a", "a-2", "a", "a-2"]) == ["a", "a-3", "a-2", "a-4", "a-2-2"]
    assert unique(["b", "a", "a"]) == ["b", "a", "a-2"]
