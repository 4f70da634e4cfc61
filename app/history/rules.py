"""Pure decisions of an import: which lines it takes, how a question looks here, where it belongs, what state it is in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.clock import today
from app.domains.rules import find_topics
from app.domains.trade import Trade
from app.history.files import ANSWERS, QUESTIONS, History, Line, Refused
from app.history.source import text_of
from app.questions.rules import MAX_TITLE, clean_text
from matching.replay import AnswerRow, QuestionRow

DAY: Final = 86400


@dataclass(frozen=True, slots=True)
class Whole:
    """A question with all its answers, earliest first."""

    question: Line[QuestionRow]
    answers: tuple[Line[AnswerRow], ...]


def refuse_more(history: History, now: float) -> History:
    """The history less what an import cannot take: dates to come, texts without words, and answers left alone."""
    refused = [
        *_refuse(QUESTIONS, history.questions, now, ("title", "body")),
        *_refuse(ANSWERS, history.answers, now, ("body",)),
    ]
    left = history.without(refused)
    known = {one.row.id for one in left.questions}
    alone = [one for one in left.answers if one.row.question_id not in known]
    return left.without([Refused(ANSWERS, one.number, "its question was refused") for one in alone])


def _refuse(
    file: str, lines: Iterable[Line[QuestionRow] | Line[AnswerRow]], now: float, texts: tuple[str, ...]
) -> Iterator[Refused]:
    for one in lines:
        if one.row.day * DAY > now:
            yield Refused(file, one.number, "created is in the future")
        elif day_of(one.row.day) is None:
            yield Refused(file, one.number, "created is out of range")
        elif not any(text_of(one.obj, name).strip() for name in texts):
            yield Refused(file, one.number, f"{' and '.join(texts)} without words")


def day_of(days: float) -> date | None:
    """The network's calendar day of so many days since 1970, or None before there were calendars."""
    try:
        return today(days * DAY)
    except (ValueError, OverflowError, OSError):
        return None


def wholes(history: History) -> list[Whole]:
    """Every question with its answers, earliest question first."""
    given: dict[str, list[Line[AnswerRow]]] = defaultdict(list)
    for one in sorted(history.answers, key=lambda one: (one.row.day, one.number)):
        given[one.row.question_id].append(one)
    ordered = sorted(history.questions, key=lambda one: (one.row.day, one.number))
    return [Whole(one, tuple(given[one.row.id])) for one in ordered]


def title_and_fields(trade: Trade, question: QuestionRow) -> tuple[str, dict[str, str]]:
    """A question in the trade's form: its body is what the first text field asks for."""
    body = question.body.strip()
    title = question.title.strip() or body.split("\n")[0][:MAX_TITLE]
    field = next((one.key for one in trade.form.fields if one.kind == "text"), None)
    if field is None:
        return tidy(f"{title}\n{body}"), {}
    return tidy(title), {field: tidy(body)} if body and body != title else {}


def tidy(text: str) -> str:
    """A text as the forms tidy it, however long."""
    return clean_text(text, longest=len(text))


@dataclass(frozen=True)
class Topics:
    """Folds a source's tags to the topics of one subject, by name or synonym."""

    trade: Trade
    subject: str
    otherwise: str = ""
    _folded: dict[str, str | None] = field(default_factory=dict)

    def fold(self, tags: Iterable[str]) -> str:
        """The topic of the first tag that names one, else the default; "" is no topic."""
        return next((topic for tag in tags if (topic := self._of(tag))), self.otherwise)

    def _of(self, tag: str) -> str | None:
        if tag not in self._folded:
            offered = {topic.key for topic in self.trade.topics_of(self.subject)}
            named = find_topics(self.trade, tag.replace("-", " ").replace("_", " "))
            self._folded[tag] = next((topic for topic in named if topic in offered), None)
        return self._folded[tag]


def state_after(*, answered: bool, accepted: bool) -> str:
    """The state of an imported thread. Never an open one: nobody here is asked what was asked elsewhere, long ago."""
    return "accepted" if accepted else "answered" if answered else "closed"


def is_own(question: QuestionRow, answer: AnswerRow) -> bool:
    """Whether the asker answers here: a follow-up."""
    return question.asker is not None and question.asker == answer.answerer


def scope_of(circle: str, **more: object) -> Mapping[str, object]:
    """What is shown of somebody imported: the domain group."""
    return {"circle": circle, "levels": {}, **more}
