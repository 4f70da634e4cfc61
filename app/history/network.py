"""Several histories as the domains of one network: ids made unique, and all of them as one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from app.history.files import History, Line, read_history
from matching.replay import AnswerRow, QuestionRow


def read_domains(folders: Sequence[Path]) -> list[History]:
    """The histories of these folders; of several, every id begins with its folder's name. Raises NoHistory."""
    read = [read_history(folder) for folder in folders]
    if len(read) == 1:
        return read
    names = unique([history.name for history in read])
    return [_prefixed(history, name) for history, name in zip(read, names, strict=True)]


def unique(names: Sequence[str]) -> list[str]:
    """Each name once: from the second of one name on with the first number behind it that makes no other's."""
    taken, seen, found = set(names), set[str](), []
    for name in names:
        made = next(one for n in count(2) if (one := f"{name}-{n}") not in taken) if name in seen else name
        taken.add(made)
        seen.add(name)
        found.append(made)
    return found


def merged(histories: Sequence[History]) -> History:
    """All as one history, as if nobody had said which question belongs to which."""
    return History(
        "+".join(history.name for history in histories),
        tuple(one for history in histories for one in history.questions),
        tuple(one for history in histories for one in history.answers),
        (),
    )


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
