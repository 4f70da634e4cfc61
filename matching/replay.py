"""Replay a public question-and-answer history: rank the answerers of each late question from what came before it.

For a question only what is dated before it is known, an accepted mark only 30 days after its answer, scores never. So
the ranking of a question is the same when the history ends at it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matching.history import DomainHistory
from matching.profiles import Answer, Candidate, Query
from matching.rows import AnswerRow, QuestionRow, RowError, parse_answer, parse_question, vector_text
from matching.signals import signals
from matching.text import counts
from matching.weights import Outcome, fit, prior

__all__ = [
    "AnswerRow",
    "QuestionRow",
    "RowError",
    "last_share",
    "parse_answer",
    "parse_question",
    "query_of",
    "replay",
    "vector_text",
]

ACCEPTED_AFTER = 30.0
_REFIT = 20  # questions between two fits
_WINDOW = 300  # past questions a fit looks at


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
        """Everybody who could be asked, best first; equal scores stand in the order of their names."""
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
