"""Replay a public question-and-answer history: rank the answerers of each late question from what came before it.

For a question only what is dated before it is known, an accepted mark only 30 days after its answer, scores never. So
the ranking of a question is the same when the history ends at it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.learning import LOOKBACK, PastThread, Walk
from matching.profiles import Answer, Query
from matching.rows import AnswerRow, QuestionRow, RowError, parse_answer, parse_question, vector_text
from matching.text import counts
from matching.weights import Outcome, Prior, shipped

__all__ = [
    "AnswerRow",
    "QuestionRow",
    "RowError",
    "in_time",
    "last_share",
    "observe",
    "parse_answer",
    "parse_question",
    "query_of",
    "replay",
    "vector_text",
]


def query_of(question: QuestionRow, vector: NDArray[np.float32]) -> Query:
    """Return `question` as it is routed: tags count as words of their own, the first one as its topic."""
    words = counts(question.text)
    words.update({f"#{tag}": 1 for tag in question.tags})
    return Query(vector, words, question.day, question.tags[0] if question.tags else None)


def last_share(questions: Sequence[QuestionRow], share: float = 0.2) -> frozenset[str]:
    """Return the ids of the last `share` of `questions` in order of time, and of all of the instant it begins with: whoever
    sorts them by time alone may find any of these among the last."""
    cut = int(len(questions) * (1 - share) + 1e-9)
    begins = [question.day for question in sorted(questions, key=in_time)[cut:][:1]]
    return frozenset(question.id for question in questions for first in begins if question.day >= first)


def in_time(question: QuestionRow) -> tuple[float, str]:
    """Return what questions are sorted by, everywhere: their instant, however it is written, then their id."""
    return question.day, question.id


def replay(
    questions: Iterable[QuestionRow],
    answers: Iterable[AnswerRow],
    vectors: Mapping[str, NDArray[np.float32]],
    *,
    share: float = 0.2,
    wanted: frozenset[str] | None = None,
    weights: NDArray[np.float64] | None = None,
    start: Prior | None = None,
) -> Iterator[tuple[str, list[str]]]:
    """Yield (question id, users best first) for the last `share` of the questions in time order, or for those `wanted`.

    `vectors` holds one unit vector (d,) per question id. Ranked is everybody with an answer to somebody else's question
    dated before, less the asker. The weights begin at `start`, by default the shipped prior, and follow the outcomes
    seen so far, unless fixed `weights` (d,) are given. Rows may come in any order; of two questions with one id the
    first counts. Raises KeyError where a question has no vector.
    """
    rows = list(questions)
    order = past_threads(rows, answers, vectors)
    chosen = last_share(rows, share) if wanted is None else wanted
    first = next((n for n, thread in enumerate(order) if thread.id in chosen), len(order))
    walk = Walk(order, start or shipped(), weights=weights)
    for place, thread in enumerate(order):
        walk.advance(thread.query.day)
        if thread.id in chosen:
            yield thread.id, walk.ranking(thread)
        elif place >= first - LOOKBACK and weights is None:
            walk.observe(thread)


def observe(
    questions: Iterable[QuestionRow],
    answers: Iterable[AnswerRow],
    vectors: Mapping[str, NDArray[np.float32]],
    *,
    skip: float = 0.15,
) -> list[Outcome]:
    """Return what became of each question of a history, for fitting a prior.

    Of the first `skip`, when hardly anybody is known, nothing is taken.
    """
    order = past_threads(questions, answers, vectors)
    walk = Walk(order, shipped(), weights=shipped().weights)
    for thread in order[int(len(order) * skip) :]:
        walk.advance(thread.query.day)
        walk.observe(thread)
    walk.advance(np.inf)
    return walk.outcomes(len(order))


def past_threads(
    questions: Iterable[QuestionRow], answers: Iterable[AnswerRow], vectors: Mapping[str, NDArray[np.float32]]
) -> list[PastThread]:
    """Return the questions in order of time, each with the answers of others. Raises KeyError for a lacking vector."""
    unique = {q.id: q for q in reversed(list(questions))}
    given: dict[str, list[Answer]] = defaultdict(list)
    for row in answers:
        question = unique.get(row.question_id)
        if question is not None and row.answerer is not None and row.answerer != question.asker:
            delay = max(row.day - question.day, 0.0)
            given[question.id].append(Answer(row.answerer, row.day, row.accepted, length=row.length, delay=delay))
    order = sorted(unique.values(), key=in_time)
    return [PastThread(q.id, query_of(q, vectors[q.id]), given[q.id], q.asker) for q in order]
