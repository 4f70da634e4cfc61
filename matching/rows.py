"""Rows of a public question-and-answer history: read one object at a time, refuse it by line and field.

Tools write one thing in several ways, and all of these are read: numbers for ids and texts, whole ones also with a
point as where a column has gaps; NaN for what is missing; true and false as numbers or texts; tags as a list or in one
text; dates in ISO 8601, as digits of a calendar date, or as seconds or milliseconds since 1970, numbers or texts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isnan
from typing import Any

_LATEST = 4_102_444_800  # seconds: the year 2100
_LEAST_MILLISECONDS = 5e11  # 1985, or 1954: below it, and above the latest seconds, a number could be anything
_MARKS = {"true": True, "false": False}
# of eight digits is a date of ISO 8601, of fewer nothing that counts seconds
_NUMBER = re.compile(r"[+-]?(\d{9,}(\.\d*)?|\d\.\d+e\+?\d\d?)", re.ASCII | re.IGNORECASE)
_CALENDAR = re.compile(r"((?:19|20)\d{6})(\d{4}|\d{6})?(?:\.0*)?", re.ASCII)  # YYYYMMDD, with HHMM, with HHMMSS
_TAGS = re.compile(r"(<[^<>]+>)+|\|([^|]+\|)+")  # as dumps of a database hold them


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
    body = as_text(row.get("body"))
    return AnswerRow(
        question_id=_id(row, "question_id", line),
        answerer=_person(row, "answerer", line),
        day=_day(row.get("created"), line),
        accepted=_mark(row, "accepted", line),
        length=400 if body is None else len(body),
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


def as_text(value: object) -> str | None:
    """A text, or a number as one, whole numbers without a point; None for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or _is_nan(value):
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and isnan(value)


def _mapping(obj: object, line: int | None) -> Mapping[str, Any]:
    if not isinstance(obj, Mapping):
        raise RowError(line, "row", "is not an object")
    return obj


def _given(row: Mapping[str, Any], field: str) -> Any:
    """The value of a field, None where it is missing."""
    value = row.get(field)
    return None if _is_nan(value) else value


def _id(row: Mapping[str, Any], field: str, line: int | None) -> str:
    value = row.get(field)
    text = as_text(value)
    if not text or (isinstance(value, float) and not value.is_integer()):
        raise RowError(line, field, "is missing or not a text")
    return text


def _person(row: Mapping[str, Any], field: str, line: int | None) -> str | None:
    return None if _given(row, field) in (None, "") else _id(row, field, line)


def _text(row: Mapping[str, Any], field: str, line: int | None) -> str:
    value = _given(row, field)
    text = "" if value is None else as_text(value)
    if text is None:
        raise RowError(line, field, "is not a text")
    return text


def _mark(row: Mapping[str, Any], field: str, line: int | None) -> bool:
    value = _given(row, field)
    if isinstance(value, str):
        value = _MARKS.get(value.strip().lower(), value)
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and value.is_integer()):
        return bool(value)
    raise RowError(line, field, "is neither true nor false")


def _tags(row: Mapping[str, Any], line: int | None) -> tuple[str, ...]:
    value = _given(row, "tags")
    if value is None:
        return ()
    if isinstance(value, str):
        value = re.split(r"[<>|]+", value) if _TAGS.fullmatch(value) else [value]
    if not isinstance(value, list):
        raise RowError(line, "tags", "is not a list")
    return tuple(tag for one in value if (tag := as_text(one)))


def _day(value: object, line: int | None) -> float:
    """Days since 1970 of a calendar date (UTC where it names no zone), or of seconds or milliseconds since 1970."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    text = (as_text(value) or "").strip()
    if text and (isinstance(value, str) or _CALENDAR.fullmatch(text)):
        return _day_of_text(text, line)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _day_of_number(value, line)
    raise RowError(line, "created", "is missing")


def _day_of_text(text: str, line: int | None) -> float:
    digits = _CALENDAR.fullmatch(text)
    try:
        read = datetime.fromisoformat("T".join(filter(None, digits.groups())) if digits else text)
    except ValueError as error:
        raise RowError(line, "created", f"is no date: {text[:40]!r}") from error
    seconds = (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
    if seconds > _LATEST:
        raise RowError(line, "created", "is out of range")
    return seconds / 86400


def _day_of_number(value: float, line: int | None) -> float:
    if _is_nan(value):
        raise RowError(line, "created", "is no date: NaN")
    if abs(value) <= _LATEST:
        return value / 86400
    if _LEAST_MILLISECONDS <= abs(value) <= 1000 * _LATEST:
        return value / 1000 / 86400
    raise RowError(line, "created", "is out of range")
