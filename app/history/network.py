"""Several histories as the domains of one network: ids made unique, and all of them as one."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.history.files import History, Line, read_history
from matching.replay import AnswerRow, QuestionRow


def read_domains(folders: Sequence[Path]) -> list[History]:
    """The histories of these folders; of several, every id begins with its folder's name. Raises NoHistory."""
    read = [read_history(folder) for folder in folders]
    if len(read) == 1:
        return read
    names = [_unique(history.name, place, read) for place, history in enumerate(read)]
    return [_prefixed(history, name) for history, name in zip(read, names, strict=True)]


def merged(histories: Sequence[History]) -> History:
    """All as one history, as if nobody had said which question belongs to which."""
    return History(
        "+".join(history.name for history in histories),
        tuple(one for history in histories for one in history.questions),
        tuple(one for history in histories for one in history.answers),
        (),
    )


def _unique(name: str, place: int, read: Sequence[History]) -> str:
    before = sum(history.name == name for history in read[:place])
    return f"{name}-{before + 1}" if before else name


def _prefixed(history: History, name: str) -> History:
    def named(id: str | None) -> str | None:
        return None if id is None else f"{name}/{id}"

    def question(one: Line[QuestionRow]) -> Line[QuestionRow]:
        row = replace(one.row, id=f"{name}/{one.row.id}", asker=named(one.row.asker))
        return Line(one.number, row, {**one.obj, "id": row.id})

    def answer(one: Line[AnswerRow]) -> Line[AnswerRow]:
        row = replace(one.row, question_id=f"{name}/{one.row.question_id}", answerer=named(one.row.answerer))
        return Line(one.number, row, {**one.obj, "answerer": row.answerer})

    return replace(
        history,
        name=name,
        questions=tuple(map(question, history.questions)),
        answers=tuple(map(answer, history.answers)),
        repeated_questions=tuple(map(question, history.repeated_questions)),
        repeated_answers=tuple(map(answer, history.repeated_answers)),
    )
