"""Replay a public question-and-answer history: rank the answerers of each late question from what came before it.

For a question only what is dated before it is known, an accepted mark only 30 days after its answer, scores never. So
the ranking of a question is the same when the history ends at it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.history import DomainHistory
from matching.profiles import Answer, Candidate, Query
from matching.signals import signals
from matching.text import counts
from matching.weights import Outcome, fit, prior

ACCEPTED_AFTER = 30.0
_REFIT = 20  # questions between two fits
_LATEST = 2.5e11  # seconds: the year 9999
_WINDOW = 300  # past questions a fit looks at


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
    """An answer of a history; `answerer` is None for a deleted account."""

    question_id: str
    answerer: str | None
    day: float
    accepted: bool


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


def query_of(question: QuestionRow, vector: NDArray[np.float32]) -> Query:
    """Return `question` as it is routed: tags count as words of their own, the first one as its topic."""
    words = counts(question.text)
    words.update({f"#{tag}": 1 for tag in question.tags})
    return Query(vector, words, question.day, question.tags[0] if question.tags else None)


def last_share(questions: Sequence[QuestionRow], share: float = 0.2) -> frozenset[str]:
    """Return the ids of the last `share` of `questions` by their date, whether it is read as text or as an instant."""
    cut = int(len(questions) * (1 - share) + 1e-9)
    as_text = sorted(questions, key=lambda q: q.created)[cut:]
    in_time = sorted(questions, key=lambda q: q.day)[cut:]
    return frozenset(q.id for q in (*as_text, *in_time))


def replay(
    questions: Iterable[QuestionRow],
    answers: Iterable[AnswerRow],
    vectors: Mapping[str, NDArray[np.float32]],
    *,
    share: float = 0.2,
    wanted: frozenset[str] | None = None,
    weights: NDArray[np.float64] | None = None,
) -> Iterator[tuple[str, list[str]]]:
    """Yield (question id, users best first) for the last `share` of the questions in time order, or for those `wanted`.

    `vectors` holds one unit vector (d,) per question id. Ranked is everybody with an answer to somebody else's question
    dated before, less the asker. The weights start at the prior and follow the outcomes seen so far, unless fixed
    `weights` (d,) are given. Rows may come in any order; of two questions with one id the first counts. Raises
    KeyError where a question has no vector.
    """
    rows = list(questions)
    unique = {q.id: q for q in reversed(rows)}
    order = sorted(unique.values(), key=lambda q: (q.day, q.id))
    chosen = last_share(rows, share) if wanted is None else wanted
    first = next((n for n, q in enumerate(order) if q.id in chosen), len(order))
    past = _Past(unique, answers, vectors, weights)
    for place, question in enumerate(order):
        past.advance(question.day)
        if question.id in chosen:
            yield question.id, past.ranking(question)
        elif place >= first - _WINDOW - 2 * _REFIT:
            past.observe(question)


class _Past:
    """Everything dated before the question at hand, moved forward through time."""

    def __init__(
        self,
        questions: Mapping[str, QuestionRow],
        answers: Iterable[AnswerRow],
        vectors: Mapping[str, NDArray[np.float32]],
        weights: NDArray[np.float64] | None,
    ) -> None:
        self._questions = questions
        self._vectors = vectors
        dimension = len(next(iter(vectors.values()), np.zeros(1)))
        self._history = DomainHistory(dimension)
        self._coming = _timeline(questions, answers)
        self._next = 0
        self._known: dict[str, list[Answer]] = {}
        self._asked: list[str] = []
        self._seen: dict[str, tuple[NDArray[np.float64], list[str]]] = {}
        self._weights = prior() if weights is None else weights
        self._learns = weights is None
        self._fitted = 0

    def advance(self, day: float) -> None:
        """Take in what is dated before `day`."""
        while self._next < len(self._coming) and self._coming[self._next][0] < day:
            _, _, id, answer = self._coming[self._next]
            self._next += 1
            if answer is None:
                self._put_thread(id)
            else:
                self._put_answer(id, answer)
            if self._learns and answer is None and len(self._asked) >= self._fitted + _REFIT:
                self._refit()

    def observe(self, question: QuestionRow) -> list[str]:
        """Keep the signals of `question` as they stand now, for later fits, and return whom they are about."""
        experts = sorted(name for name in self._history.events.experts.number if name != question.asker)
        candidates = [Candidate(expert, circle="") for expert in experts]
        matrix, _ = signals(self._history, self._query(question), candidates)
        self._seen[question.id] = (matrix, experts)
        return experts

    def ranking(self, question: QuestionRow) -> list[str]:
        experts = self.observe(question)
        scores = self._seen[question.id][0] @ self._weights
        return [experts[n] for n in sorted(range(len(experts)), key=lambda n: (-scores[n], experts[n]))]

    def _query(self, question: QuestionRow) -> Query:
        return query_of(question, self._vectors[question.id])

    def _put_thread(self, id: str) -> None:
        query = self._query(self._questions[id])
        self._history.put_thread(id, query.vector, query.counts, query.day, query.topic)
        self._asked.append(id)

    def _put_answer(self, id: str, answer: Answer) -> None:
        known = [a for a in self._known.get(id, []) if (a.expert, a.day) != (answer.expert, answer.day)]
        self._known[id] = [*known, answer]
        self._history.put_answers(id, self._known[id])

    def _refit(self) -> None:
        self._fitted = len(self._asked)
        outcomes = [self._outcome(id) for id in self._asked[-_WINDOW:] if id in self._seen]
        self._weights = fit(outcomes, prior())
        for id in self._asked[:-_WINDOW]:
            self._seen.pop(id, None)

    def _outcome(self, id: str) -> Outcome:
        matrix, experts = self._seen[id]
        answered = {a.expert for a in self._known.get(id, ())}
        return Outcome(matrix, np.array([expert in answered for expert in experts], dtype=bool))


_Event = tuple[float, tuple[int, str, str], str, Answer | None]


def _timeline(questions: Mapping[str, QuestionRow], answers: Iterable[AnswerRow]) -> list[_Event]:
    """Order threads, answers and late accepted marks by the day from which each is known."""
    events: list[_Event] = [(q.day, (0, q.id, ""), q.id, None) for q in questions.values()]
    for row in answers:
        question = questions.get(row.question_id)
        if question is None or row.answerer is None or row.answerer == question.asker:
            continue
        answer = Answer(row.answerer, row.day)
        # An answer dated before its own question is known with the question, never sooner.
        known = max(row.day, question.day)
        events.append((known, (1, question.id, row.answerer), question.id, answer))
        if row.accepted:
            late = (known + ACCEPTED_AFTER, (2, question.id, row.answerer), question.id, replace(answer, accepted=True))
            events.append(late)
    return sorted(events, key=lambda event: event[:2])


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
