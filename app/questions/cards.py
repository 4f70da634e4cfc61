"""What a page is given: frozen cards that hold only what this viewer may see."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domains.rules import ShownAttribute, domain_labels, labels_of
from app.domains.trade import FormField, Named, Trade
from app.questions.course import Course
from app.questions.rules import COMPANY
from app.web.i18n import date_label as date_label
from matching.text import marked
from privacy.attributes import Levels
from privacy.scopes import Audience

EXCERPT = 90
BEFORE = 20
STRETCH, OVERLAP = 160, 20  # characters
Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FieldCard:
    """One answered field of the form; `kind` says how it is shown."""

    label: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Addition:
    """What an author put beneath a text of theirs after others had built on it."""

    text: str
    day: date


@dataclass(frozen=True, slots=True)
class PostCard:
    """An answer or follow-up. `author` is 0 for the asker, n for the n-th answerer, COMPANY for the operating company:
    nobody across threads."""

    id: str
    kind: str  # answer | followup | outcome
    author: int
    day: date | None  # None while it waits for its window
    accepted: bool
    text: str | None  # None when its author took it back
    shown: Labels
    is_mine: bool
    photos: tuple[str, ...] = ()
    pen: str = ""  # the pen name its author goes by in this thread
    hidden: bool = False  # until a coordinator has looked at it: its text is there for its author alone
    edited: date | None = None  # the day of its last change
    additions: tuple[Addition, ...] = ()
    result: str = ""  # of an outcome: what came of it, in a word
    about: str = ""  # the answer that was followed
    held: bool = False  # until a coordinator has looked at it: it is not out

    @property
    def is_company(self) -> bool:
        """Written by the operating company, which says so in its label."""
        return self.author == COMPANY


@dataclass(frozen=True, slots=True)
class QuestionBody:
    """A question as one audience sees it: the preview and the thread page show the same."""

    title: str | None
    domain: tuple[str, ...]
    fields: tuple[FieldCard, ...]
    shown: Labels
    urgent: bool
    photos: tuple[str, ...] = ()
    pen: str = ""  # the pen name its author goes by in this thread
    edited: date | None = None  # the day of its last change
    edited_window: int = 0
    additions: tuple[Addition, ...] = ()
    by: date | None = None  # the day by which its author has to decide

    @property
    def facts(self) -> Labels:
        """What was chosen or counted, beside its texts."""
        return tuple((field.label, field.text) for field in self.fields if field.kind != "text")


@dataclass(frozen=True, slots=True)
class ThreadCard:
    """A thread as this viewer may see it."""

    id: str
    body: QuestionBody
    day: date | None  # None while it waits for its window
    state: str  # pending | waiting | asked | answered | accepted | unrouted | closed
    posts: tuple[PostCard, ...]
    is_author: bool
    has_answered: bool
    company_may: bool
    audience: Audience | None  # the author alone is told
    is_notified: bool = False  # the viewer gets mail about it
    names_subject: bool = False  # not its group only
    hidden: bool = False  # until a coordinator has looked at it: its text is there for its author alone
    changing: frozenset[str] = frozenset()  # the viewer's own texts that a waiting edit or addition will change
    stage: str = "first"  # how far it has been taken
    window: int = 0  # the one it was published in
    course: Course | None = None  # what became of it so far: for its author alone
    held: bool = False  # until a coordinator has looked at it: it is not out
    group: str = ""  # its domain group's key

    @property
    def title(self) -> str | None:
        """The question's title, None when it was taken back."""
        return self.body.title

    @property
    def excerpt(self) -> str:
        """The first words of the first text field."""
        return excerpt_of(self.body.fields)


@dataclass(frozen=True, slots=True)
class ListCard:
    """One line of a list."""

    id: str
    title: str
    excerpt: str
    domain: tuple[str, ...]
    day: date | None
    state: str
    urgent: bool
    part: str = ""  # owner | peer in the viewer's own list


def question_body(trade: Trade, *, subject: str, topic: str, levels: Levels, urgent: bool, text: Any) -> QuestionBody:
    """The body of a question from its opened text; None as text is a question taken back."""
    domain = tuple(domain_labels(trade, subject, topic, levels))
    if text is None:
        return QuestionBody(None, domain, (), (), urgent)
    return QuestionBody(
        title=text["title"],
        domain=domain,
        fields=(*_facets(trade, text["facets"]), *field_cards(trade, text["fields"])),
        shown=shown_labels(trade, text["shown"]),
        urgent=urgent,
        photos=tuple(text.get("photos", ())),
        by=_deadline(trade, text["fields"]),
        pen=text.get("pen", ""),
        edited=date.fromordinal(text["edited"][0]) if "edited" in text else None,
        edited_window=text["edited"][1] if "edited" in text else 0,
        additions=additions_of(text),
    )


def additions_of(text: Mapping[str, Any]) -> tuple[Addition, ...]:
    """What was added beneath an opened text, in the order of its publication."""
    return tuple(Addition(one["text"], date.fromordinal(one["day"])) for one in text.get("additions", ()))


def shown_labels(trade: Trade, shown: list[dict[str, Any]]) -> Labels:
    """What a post shows of its author, in the reader's language."""
    return tuple(labels_of(trade, [ShownAttribute(**one) for one in shown]))


def excerpt_of(fields: tuple[FieldCard, ...], wanted: AbstractSet[str] = frozenset()) -> str:
    """The first words of the first long text, or those around the first of the `wanted` tokens in any."""
    return excerpt([field.text for field in fields if field.kind == "text"], wanted)


def excerpt(texts: Sequence[str], wanted: AbstractSet[str] = frozenset()) -> str:
    """The same of bare texts."""
    flat = [" ".join(text.split()) for text in texts]
    found = ((text, _first_of(text, wanted)) for text in flat)
    text, start = next(((text, start) for text, start in found if start is not None), (flat[0] if flat else "", 0))
    start = max(0, start - BEFORE) if start > EXCERPT - BEFORE else 0
    return ("…" if start else "") + text[start : start + EXCERPT] + ("…" if len(text) > start + EXCERPT else "")


def _first_of(text: str, wanted: AbstractSet[str]) -> int | None:
    """Where the first of the tokens stands, looked for a stretch at a time: in most texts it is in the first."""
    for begin in range(0, len(text) if wanted else 0, STRETCH):
        start = begin
        for piece, hit in marked(text[begin : begin + STRETCH + OVERLAP], wanted):
            if hit:
                return start
            start += len(piece)
    return None


def _facets(trade: Trade, chosen: dict[str, str]) -> list[FieldCard]:
    found = []
    for facet in trade.facets:
        name = _name(facet.values, chosen.get(facet.key, ""))
        if name:
            found.append(FieldCard(str(facet.name), name, "choice"))
    return found


def field_cards(trade: Trade, values: Mapping[str, str]) -> list[FieldCard]:
    """The answered fields of the form, in its order."""
    found = [(field, values.get(field.key, "")) for field in trade.form.fields]
    return [FieldCard(str(field.label), _field_text(field, value), field.kind) for field, value in found if value]


def _deadline(trade: Trade, values: dict[str, str]) -> date | None:
    days = [values[field.key] for field in trade.form.fields if field.kind == "date" and values.get(field.key)]
    return min((date.fromisoformat(day) for day in days), default=None)


def _field_text(field: FormField, value: str) -> str:
    if field.kind == "choice":
        return _name(field.values, value)
    if field.kind == "number":
        return f"{value} {field.unit}".strip()
    return date_label(date.fromisoformat(value)) if field.kind == "date" else value


def _name(named: tuple[Named, ...], key: str) -> str:
    return next((str(one.name) for one in named if one.key == key), "")
