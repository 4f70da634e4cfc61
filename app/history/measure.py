"""How well a replay found who really answered.

Of the last 20 % of the questions, in order of their date, those count that a candidate answered. Candidates are users
with at least 3 answers to other people's questions dated before it, less the asker. "best" is the accepted answerer,
else the highest score, ties to the earliest; "any" is every answerer but the asker. Who is not ranked stands last.
"""

import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import isnan

from app.history.files import History, Line
from matching.quality import mrr
from matching.replay import AnswerRow, in_time

_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Truth:
    """What happened to one late question."""

    question: str
    candidates: frozenset[str]
    best: str
    real: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """Mean reciprocal ranks, None where nothing counts, and over how many questions."""

    questions: int
    best_mrr: float | None
    any_mrr: float | None


def score(history: History, ranked: Callable[[str], Sequence[str]], late: frozenset[str]) -> Score:
    """Score the users `ranked` for each question id in `late`; each is asked for once, in turn."""
    best, any_one = [], []
    for truth in truths(history, late):
        order = [user for user in dict.fromkeys(ranked(truth.question)) if user in truth.candidates]
        place = {user: number for number, user in enumerate(order, 1)}
        last = len(truth.candidates)
        if truth.best in truth.candidates:
            best.append(place.get(truth.best, last))
        any_one.append(min(place.get(user, last) for user in truth.real & truth.candidates))
    return Score(len(any_one), mrr(best) if best else None, mrr(any_one) if any_one else None)


def truths(history: History, late: frozenset[str]) -> Iterator[Truth]:
    """The questions in `late` that count, with what happened to them."""
    questions = sorted((one.row for one in history.questions), key=in_time)
    asker = {row.id: row.asker for row in questions}
    given: dict[str, list[Line[AnswerRow]]] = defaultdict(list)
    for one in history.answers:
        if one.row.answerer and one.row.answerer != asker[one.row.question_id]:
            given[one.row.question_id].append(one)
    events = sorted((one.row.day, one.row.answerer or "") for answers in given.values() for one in answers)
    counts, counted = Counter[str](), 0
    for row in questions:
        if row.id not in late:
            continue
        before = bisect.bisect_left(events, (row.day, ""))
        counts.update(user for _, user in events[counted:before])
        counted = before
        candidates = frozenset(user for user, number in counts.items() if number >= _ENOUGH and user != row.asker)
        real = frozenset(one.row.answerer or "" for one in given[row.id])
        if real & candidates:
            yield Truth(row.id, candidates, _best(given[row.id]), real)


def _best(given: Sequence[Line[AnswerRow]]) -> str:
    accepted = [one for one in given if one.row.accepted]
    chosen = (accepted or sorted(given, key=lambda one: (-_score(one), one.row.day)))[0]
    return chosen.row.answerer or ""


def _score(answer: Line[AnswerRow]) -> float:
    """Whole numbers stay whole, however large; what is no number counts 0."""
    value = answer.obj.get("score")
    return value if isinstance(value, int) or (isinstance(value, float) and not isnan(value)) else 0.0
