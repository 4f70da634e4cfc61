"""Rows of a public question-and-answer history: read one object at a time, refuse it by line and field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_LATEST = 2.5e11  # seconds: the year 9999


class RowError(ValueError):
    """A row that cannot be used: which line (1-based, None if not from a file), which field, what is wrong with it."""

    def __init__(self, line: int | None, field: str, wrong: str) -> None:
        super().__init__(f"line {line}: {field} {wrong}" if line else f"{field} {wrong}")
        self.line = line
        self.field = field
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question of a history; `created` is the text of the file, `day` the same in days since 1970, UTC."""

    id: str
    title: str
    body: str
    tags: tuple[str, ...]
    created: str
    day: float
    asker: str | None

    @property
    def text(self) -> str:
        """Title and body, the title left out where the body begins with it."""
        return self.body if self.body.startswith(self.title) else f"{self.title}\n{self.body}"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer of a history; `answerer` is None for a deleted account, `length` is in characters."""

    question_id: str
    answerer: str | None
    day: float
    accepted: bool
    length: int = 400


def parse_question(obj: object, line: int | None = None) -> QuestionRow:
    """Read one object of questions.jsonl. Raises RowError naming `line`; one bad row says nothing of the others."""
    row = _mapping(obj, line)
    created = row.get("created")
    return QuestionRow(
        id=_id(row, "id", line),
        title=_text(row, "title", line),
        body=_text(row, "body", line),
        tags=_tags(row, line),
        created=str(created),
        day=_day(created, line),
        asker=_person(row, "asker", line),
    )


def parse_answer(obj: object, line: int | None = None) -> AnswerRow:
    """Read one object of answers.jsonl. Raises RowError naming `line`."""
    row = _mapping(obj, line)
    accepted = row.get("accepted")
    if accepted is not None and not isinstance(accepted, bool | int):
        raise RowError(line, "accepted", "is neither true nor false")
    return AnswerRow(
        question_id=_id(row, "question_id", line),
        answerer=_person(row, "answerer", line),
        day=_day(row.get("created"), line),
        accepted=bool(accepted),
        length=len(body) if isinstance(body := row.get("body"), str) else 400,
    )


def vector_text(question: QuestionRow, budget: int = 200) -> str:
    """Return the head of the question that is worth embedding: `budget` kana or kanji, or 2.5 times as much Latin.

    An encoder's cost grows with length, and what a question is about stands in its first lines.
    """
    spent = 0.0
    for place, character in enumerate(question.text):
        spent += 1.0 if character >= "\u3000" else 0.4
        if spent > budget:
            return question.text[:place]
    return question.text


def _mapping(obj: object, line: int | None) -> Mapping[str, Any]:
    if not isinstance(obj, Mapping):
        raise RowError(line, "row", "is not an object")
    return obj


def _id(row: Mapping[str, Any], field: str, line: int | None) -> str:
    value = row.get(field)
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise RowError(line, field, "is missing or not a text")
    return str(value)


def _person(row: Mapping[str, Any], field: str, line: int | None) -> str | None:
    return None if row.get(field) in (None, "") else _id(row, field, line)


def _text(row: Mapping[str, Any], field: str, line: int | None) -> str:
    value = row.get(field)
    if value is not None and not isinstance(value, str):
        raise RowError(line, field, "is not a text")
    return value or ""


def _tags(row: Mapping[str, Any], line: int | None) -> tuple[str, ...]:
    value = row.get("tags")
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,) if value else ()
    if not isinstance(value, list):
        raise RowError(line, "tags", "is not a list")
    return tuple(tag for tag in value if isinstance(tag, str) and tag)


def _day(value: object, line: int | None) -> float:
    """Days since 1970 of an ISO 8601 text (UTC where it names no zone) or of seconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LATEST:
        return float(value) / 86400
    if not isinstance(value, str) or not value:
        raise RowError(line, "created", "is missing")
    try:
        read = datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise RowError(line, "created", f"is no date: {value[:40]!r}") from error
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp() / 86400
