"""Read a history's two files line by line: what cannot be used is refused by its number, and costs no other line."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from matching.replay import AnswerRow, QuestionRow, RowError, parse_answer, parse_question

QUESTIONS: Final = "questions.jsonl"
ANSWERS: Final = "answers.jsonl"
BOM: Final = b"\xef\xbb\xbf"

Row = TypeVar("Row", QuestionRow, AnswerRow)


class NoHistory(Exception):
    """The folder lacks one of the two files, it cannot be read, or no line of it is a question. Says which and why."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was left out: which, and why."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}: line {self.line}: {self.why}"

    @property
    def reason(self) -> str:
        """Why, without what only this line says."""
        return self.why.partition(":")[0].partition(", in line ")[0]


@dataclass(frozen=True, slots=True)
class Line(Generic[Row]):
    """A good line: its number, its row, and the whole object for what the row leaves out."""

    number: int
    row: Row
    obj: Mapping[str, Any]


@dataclass(frozen=True)
class History:
    """What could be read of a folder."""

    name: str
    questions: tuple[Line[QuestionRow], ...]
    answers: tuple[Line[AnswerRow], ...]
    refused: tuple[Refused, ...]
    repeated_questions: tuple[Line[QuestionRow], ...] = ()
    repeated_answers: tuple[Line[AnswerRow], ...] = ()

    def as_filed(self) -> "History":
        """The history with its repeated lines in their places: the protocol of a replay counts lines."""
        return replace(
            self,
            questions=tuple(sorted((*self.questions, *self.repeated_questions), key=lambda one: one.number)),
            answers=tuple(sorted((*self.answers, *self.repeated_answers), key=lambda one: one.number)),
        )

    def without(self, refused: list[Refused]) -> "History":
        """The history less these lines too."""
        gone = {(one.file, one.line) for one in refused}
        return replace(
            self,
            questions=tuple(one for one in self.questions if (QUESTIONS, one.number) not in gone),
            answers=tuple(one for one in self.answers if (ANSWERS, one.number) not in gone),
            refused=tuple(sorted((*self.refused, *refused), key=lambda one: (one.file != QUESTIONS, one.line))),
        )


def read_history(folder: Path) -> History:
    """Both files of a folder. Of two lines with one id the first counts. Raises NoHistory."""
    refused: list[Refused] = []
    all_questions = list(_good(folder / QUESTIONS, parse_question, refused))
    if refused and not all_questions:
        found = f"none of its lines is a question ({reasons(refused)})"
        raise NoHistory(f"{folder / QUESTIONS}: {found}; expected is one JSON object a line")
    questions, repeated = _once(QUESTIONS, all_questions, lambda one: (one.row.id,), refused)
    all_answers = list(_good(folder / ANSWERS, parse_answer, refused))
    known = list(_known(all_answers, {one.row.id for one in questions}, refused))
    answers, repeated_answers = _once(ANSWERS, known, answer_identity, refused)
    history = History(
        folder.resolve().name, questions, answers, (), repeated_questions=repeated, repeated_answers=repeated_answers
    )
    return history.without(refused)


def reasons(refused: Iterable[Refused]) -> str:
    """How many lines were refused for each reason, the most frequent first."""
    return ", ".join(f"{number} × {reason}" for reason, number in Counter(one.reason for one in refused).most_common())


def answer_identity(answer: Line[AnswerRow]) -> tuple[str, ...]:
    """What makes an answer this one: its id within its question, or, without one, who said what when."""
    obj = answer.obj
    if isinstance(obj.get("id"), str | int):
        return (answer.row.question_id, "id", str(obj["id"]))
    return (answer.row.question_id, answer.row.answerer or "", str(obj.get("created")), str(obj.get("body")))


def _good(path: Path, parse: Callable[[object, int], Row], refused: list[Refused]) -> Iterator[Line[Row]]:
    for number, raw in _lines(path):
        try:
            obj = _decode(raw)
            yield Line(number, parse(obj, None), obj)  # type: ignore[arg-type]  # parse refuses what is no object
        except RowError as error:
            refused.append(Refused(path.name, number, str(error)))
        except UnicodeDecodeError:
            refused.append(Refused(path.name, number, "is not UTF-8"))
        except (ValueError, RecursionError):
            refused.append(Refused(path.name, number, "is not JSON"))
        except OverflowError:
            refused.append(Refused(path.name, number, "created is out of range"))


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NoHistory(f"{path}: {error.strerror}") from None
    # split at line feeds only: other line separators may stand inside a text
    for number, raw in enumerate(content.removeprefix(BOM).split(b"\n"), 1):
        if raw.strip():
            yield number, raw


def _decode(raw: bytes) -> object:
    obj: object = json.loads(raw.decode("utf-8"))
    return _whole(obj) if b"\\u" in raw else obj


def _whole(value: Any) -> Any:
    """The value without halves of characters, which no file and no encoder can carry."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return {_whole(name): _whole(one) for name, one in value.items()} if isinstance(value, dict) else value


def _once(
    file: str, lines: list[Line[Row]], identity: Callable[[Line[Row]], tuple[str, ...]], refused: list[Refused]
) -> tuple[tuple[Line[Row], ...], tuple[Line[Row], ...]]:
    """The lines that are there for the first time, and those that repeat one."""
    seen: dict[tuple[str, ...], int] = {}
    repeated = [one for one in lines if seen.setdefault(identity(one), one.number) != one.number]
    for one in repeated:
        refused.append(Refused(file, one.number, f"is there already, in line {seen[identity(one)]}"))
    gone = {one.number for one in repeated}
    return tuple(one for one in lines if one.number not in gone), tuple(repeated)


def _known(answers: list[Line[AnswerRow]], questions: set[str], refused: list[Refused]) -> Iterator[Line[AnswerRow]]:
    for one in answers:
        if one.row.question_id in questions:
            yield one
        else:
            refused.append(Refused(ANSWERS, one.number, "question_id is not among the questions"))
