"""Reading a history: every bad line is refused by its number, no good one is lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.history.files import NoHistory, read_history, reasons
from app.history.rules import refuse_more
from app.history.source import text_of
from tests.app.history.makers import answer, question, write_history

NOW = 1_795_132_800.0  # 20 November 2026


def without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}


BAD_QUESTIONS: dict[str, Any] = {
    "no id": without(question(7), "id"),
    "empty id": question(7, id=""),
    "id of another type": question(7, id=["club-q-7"]),
    "id yes": question(7, id=True),
    "no date": without(question(7), "created"),
    "no real date": question(7, created="the day before the flood"),
    "date of another type": question(7, created={"year": 2024}),
    "endless date": question(7, created=10**400),
    "tags of another type": question(7, tags=5),
    "title of another type": question(7, title=["Worried"]),
    "asker of another type": question(7, asker={"name": "x"}),
    "list": [1, 2, 3],
    "number": 12,
    "torn": json.dumps(question(7)).encode()[:-9],
    "not UTF-8": json.dumps(question(7)).encode().replace(b"visit", b"\xff\xfe"),
    "deep": b"[" * 100_000,
    "there already": question(1, title="Something else under the same id"),
}
BAD_ANSWERS: dict[str, Any] = {
    "no question_id": without(answer(1, 2), "question_id"),
    "unknown question_id": answer(1, 2, question_id="club-q-none"),
    "accepted of another type": answer(1, 2, accepted="very"),
    "answerer of another type": answer(1, 2, answerer=[1]),
    "no date": without(answer(1, 2), "created"),
    "torn": json.dumps(answer(1, 2)).encode()[5:],
    "there already": answer(1, 1),
}
BAD_TO_IMPORT: dict[str, Any] = {
    "future": question(7, created="2031-01-01T00:00:00"),
    "before calendars": question(7, created="0001-01-01T00:00:00+14:00"),
    "no words": question(7, title=" ", body=None),
}


@pytest.mark.parametrize("bad", BAD_QUESTIONS.values(), ids=BAD_QUESTIONS)
def test_a_bad_question_is_refused_by_number(tmp_path: Path, bad: Any) -> None:
    folder = write_history(tmp_path, [question(0), question(1), bad, question(2)], [answer(2, 0)])
    history = read_history(folder)
    assert [one.row.id for one in history.questions] == ["club-q-0", "club-q-1", "club-q-2"]
    assert [(one.file, one.line) for one in history.refused] == [("questions.jsonl", 3)]
    assert len(history.answers) == 1


@pytest.mark.parametrize("bad", BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_a_bad_answer_is_refused_by_number(tmp_path: Path, bad: Any) -> None:
    folder = write_history(tmp_path, [question(1)], [answer(1, 0), answer(1, 1), bad, answer(1, 3)])
    history = read_history(folder)
    assert [one.number for one in history.answers] == [1, 2, 4]
    assert [(one.file, one.line) for one in history.refused] == [("answers.jsonl", 3)]


@pytest.mark.parametrize("bad", BAD_TO_IMPORT.values(), ids=BAD_TO_IMPORT)
def test_an_import_refuses_more_and_the_answers_with_it(tmp_path: Path, bad: Any) -> None:
    folder = write_history(tmp_path, [question(0), bad], [answer(7, 0), answer(0, 0), answer(0, 1, body="  ")])
    history = refuse_more(read_history(folder), NOW)
    assert [one.number for one in history.questions] == [1]
    assert [one.number for one in history.answers] == [2]
    assert [(one.file, one.line) for one in history.refused] == [
        ("questions.jsonl", 2),
        ("answers.jsonl", 1),
        ("answers.jsonl", 3),
    ]


def test_marks_blank_lines_and_odd_ends_are_no_faults(tmp_path: Path) -> None:
    rows = [json.dumps(question(n), ensure_ascii=False).encode() for n in range(3)]
    (tmp_path / "questions.jsonl").write_bytes(b"\xef\xbb\xbf" + rows[0] + b"\r\n\r\n  \n" + rows[1] + b"\n" + rows[2])
    (tmp_path / "answers.jsonl").write_bytes(b"")
    history = read_history(tmp_path)
    assert [(one.number, one.row.id) for one in history.questions] == [
        (1, "club-q-0"),
        (4, "club-q-1"),
        (5, "club-q-2"),
    ]
    assert not history.refused


def test_what_may_be_missing(tmp_path: Path) -> None:
    bare = {"question_id": 9, "answerer": None, "body": "Half a pair: \ud83d and a line\u2028inside.", "created": 1.7e9}
    questions = [{"id": 9, "title": "How deep?", "body": None, "created": "2024-02-02", "asker": None}]
    history = read_history(write_history(tmp_path, questions, [json.dumps(bare).encode(), answer_without_id()]))
    assert not history.refused
    assert len(history.answers) == 2
    history.answers[0].obj["body"].encode()


def answer_without_id() -> dict[str, Any]:
    return {"question_id": 9, "answerer": "member-x", "body": "Two metres.", "created": "2024-02-03", "accepted": 1}


def test_a_refused_line_never_shows_its_words(tmp_path: Path) -> None:
    bad = question(0, tags=5, title="a secret heading")
    assert "secret" not in str(read_history(write_history(tmp_path, [bad, question(1)], [])).refused[0])
    with pytest.raises(NoHistory, match="tags is not a list") as caught:
        read_history(write_history(tmp_path, [bad], []))
    assert "secret" not in str(caught.value)


def test_a_folder_without_the_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoHistory, match=r"questions\.jsonl"):
        read_history(tmp_path)


PRETTY = [b"[", b"  {", b'    "id": "club-q-1"', b"  }", b"]"]
CARRIAGE = [b"\r".join(json.dumps(question(n)).encode() for n in range(3))]


@pytest.mark.parametrize("lines", [PRETTY, CARRIAGE, [[question(0), question(1)]]], ids=["pretty", "cr", "array"])
def test_where_no_line_is_a_question_it_is_said_what_is_expected(tmp_path: Path, lines: list[Any]) -> None:
    with pytest.raises(NoHistory, match="one JSON object a line"):
        read_history(write_history(tmp_path, lines, [answer(0, 0)]))


def test_reasons_are_counted_without_what_only_one_line_says(tmp_path: Path) -> None:
    again = [question(0) for _ in range(3)]
    dates = [question(n, created=f"day {n}") for n in range(1, 3)]
    history = read_history(write_history(tmp_path, [question(0), *again, *dates], []))
    assert reasons(history.refused) == "3 × is there already, 2 × created is no date"


def test_numbers_are_texts_also_for_an_import(tmp_path: Path) -> None:
    numbers = [question(0, title=2024, body=None), question(1, title=" ", body=5.5)]
    history = refuse_more(read_history(write_history(tmp_path, numbers, [answer(0, 0, body=7)])), NOW)
    assert not history.refused
    assert (history.answers[0].row.length, text_of(history.answers[0].obj, "body")) == (1, "7")
