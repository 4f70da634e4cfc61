"""What the API says of questions and takes of them: the cards of the pages, as JSON. Nothing here opens anything."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from app.domains.trade import Trade
from app.questions.cards import FieldCard, Labels, ListCard, PostCard, QuestionBody, ThreadCard
from app.questions.checks import Checked, Choice, Found
from app.questions.choices import ask_choices
from app.questions.rules import MAX_ANSWER, told_state
from app.questions.words import role_label
from app.web.api import Sent, Told

Key = Annotated[str, Field(max_length=80)]
Long = Annotated[str, Field(max_length=2 * MAX_ANSWER)]


class Option(Told):
    """A key and its name."""

    key: str
    name: str


class FormFieldTold(Told):
    """A field of the trade's form: what `fields` of a question may hold under its key."""

    key: str
    kind: str  # text | number | date | choice
    label: str
    required: bool
    options: tuple[Option, ...]


class LevelTold(Told):
    """How fine a question may tell something of its asker: `options` are levels, coarsest first."""

    name: str
    label: str
    options: tuple[Option, ...]


class Domain(Told):
    """What a question can be about, as the domain file and this member's disclosure profile leave it."""

    subjects: tuple[Option, ...]
    topics: tuple[Option, ...]
    fields: tuple[FormFieldTold, ...]
    facets: tuple[LevelTold, ...]
    levels: tuple[LevelTold, ...]


class Line(Told):
    """One line of a list. `day` is missing while it waits for its window."""

    id: str
    title: str
    excerpt: str
    domain: tuple[str, ...]
    day: date | None
    state: str
    urgent: bool


class Lines(Told):
    """A page of a list; `next` goes into `after`, empty on the last."""

    threads: tuple[Line, ...]
    next: str = ""


class Pair(Told):
    """A name and what stands under it."""

    name: str
    text: str


class PostTold(Told):
    """An answer or what followed it; `by` is a role in this thread and says nothing in another."""

    id: str
    kind: str
    by: str
    pen: str
    day: date | None
    text: str | None
    shown: tuple[Pair, ...]
    accepted: bool
    mine: bool
    photos: int


class ThreadTold(Told):
    """A thread, as its reader may see it. `title` is missing where its author took the question back."""

    id: str
    title: str | None
    domain: tuple[str, ...]
    fields: tuple[Pair, ...]
    shown: tuple[Pair, ...]
    pen: str
    day: date | None
    state: str
    urgent: bool
    photos: int
    mine: bool
    posts: tuple[PostTold, ...]


class Decision(Sent):
    """What is done about a find: kept as it is, or replaced by `text`, by what is proposed where that is empty."""

    do: Literal["keep", "replace"]
    text: Annotated[str, Field(max_length=100)] = ""


class Decided(Sent):
    """How a text goes out: what is done about each find by its key, and whether the house style is left out."""

    decisions: dict[Key, Decision] = Field(default_factory=dict, max_length=200)
    plain: bool = False


class QuestionSent(Decided):
    """A question. Keys are those that `domain` tells; `seen` is of the preview that its author agreed to."""

    subject: Key
    topic: Key = ""
    title: Annotated[str, Field(max_length=400)]
    fields: dict[Key, Long] = Field(default_factory=dict, max_length=40)
    facets: dict[Key, Key] = Field(default_factory=dict, max_length=40)
    levels: dict[Key, Annotated[int, Field(ge=0, le=20)]] = Field(default_factory=dict, max_length=40)
    audience: Literal["experts", "domain", "all"] = "domain"
    company_may: bool = False
    exclude: tuple[Key, ...] = Field(default=(), max_length=20)
    urgent: bool = False
    notify: bool = False
    seen: Annotated[str, Field(max_length=64)] = ""
    token: Annotated[str, Field(max_length=64)] = ""


class ReplySent(Decided):
    """An answer or a word after it. `seen` is wanted where the preview finds anything."""

    text: Long
    urgent_now: bool = False
    notify: bool = False
    seen: Annotated[str, Field(max_length=64)] = ""
    token: Annotated[str, Field(max_length=64)] = ""


class FoundTold(Told):
    """A stretch that may tell who wrote it, and what will stand there."""

    key: str
    label: str
    words: str
    instead: str
    own: bool


class Preview(Told):
    """What will be read, and what was found; `seen` goes along with the text that is sent."""

    texts: tuple[Pair, ...]
    finds: tuple[FoundTold, ...]
    refused: tuple[str, ...]
    held: bool
    passes: bool
    seen: str


class Made(Told):
    """What was taken: it appears at its window."""

    id: str


# ---------------------------------------------------------------- from cards


def domain_of(trade: Trade, own: tuple[str, ...], profile: Mapping[str, int]) -> Domain:
    """What a member may choose from."""
    choices = ask_choices(trade, own, profile)
    fields = [
        FormFieldTold(key=one["key"], kind=one["kind"], label=one["label"], required=one["required"],
                      options=options(one["options"]))
        for one in choices["fields"]
    ]  # fmt: skip
    return Domain(
        subjects=tuple(Option(key=one.key, name=str(one.name)) for one in trade.subjects.values()),
        topics=options(choices["topics"]),
        fields=tuple(fields),
        facets=tuple(level_of(one["key"], one) for one in choices["facets"]),
        levels=tuple(level_of(one["name"], one) for one in choices["levels"]),
    )


def options(found: Any) -> tuple[Option, ...]:
    """Keys with their names."""
    return tuple(Option(key=key, name=name) for key, name in found)


def level_of(name: str, one: Mapping[str, Any]) -> LevelTold:
    """A facet or level to choose."""
    return LevelTold(name=name, label=one["label"], options=options(one["options"]))


def line_of(card: ListCard) -> Line:
    """A card of a list."""
    return Line.model_validate(card)


def lines_of(cards: tuple[ListCard, ...], after: str = "") -> Lines:
    """A page of cards."""
    return Lines(threads=tuple(line_of(card) for card in cards), next=after)


def body_of(body: QuestionBody) -> dict[str, Any]:
    """What an audience reads of a question."""
    told = {"title": body.title, "domain": body.domain, "urgent": body.urgent, "pen": body.pen}
    return {**told, "fields": _fields(body.fields), "shown": pairs(body.shown), "photos": len(body.photos)}


def thread_of(card: ThreadCard) -> ThreadTold:
    """A thread with its posts."""
    posts = tuple(post_of(one) for one in card.posts)
    own = {"id": card.id, "day": card.day, "state": told_state(card.state), "mine": card.is_author}
    return ThreadTold(**body_of(card.body), **own, posts=posts)


def post_of(post: PostCard) -> PostTold:
    """One of its posts."""
    return PostTold(
        id=post.id, kind=post.kind, by=role_label(post.author), pen=post.pen, day=post.day, text=post.text,
        shown=pairs(post.shown), accepted=post.accepted, mine=post.is_mine, photos=len(post.photos),
    )  # fmt: skip


def preview_of(checked: Checked, *, passes: bool, seen: str) -> Preview:
    """A checked text; its author alone gets it."""
    return Preview(
        texts=pairs(tuple(checked.final.items())), finds=tuple(_found(one) for one in checked.finds),
        refused=checked.refused, held=bool(checked.held), passes=passes, seen=seen,
    )  # fmt: skip


def choices_of(sent: Decided) -> dict[str, Choice]:
    """What was decided, as the check takes it."""
    return {key: Choice(one.do, one.text.strip() if one.do == "replace" else "") for key, one in sent.decisions.items()}


def pairs(found: Labels) -> tuple[Pair, ...]:
    """Names with what stands under them."""
    return tuple(Pair(name=name, text=text) for name, text in found)


def _fields(found: tuple[FieldCard, ...]) -> tuple[Pair, ...]:
    return tuple(Pair(name=one.label, text=one.text) for one in found)


def _found(one: Found) -> FoundTold:
    return FoundTold(key=one.key, label=one.label, words=one.words, instead=one.instead, own=one.is_own)
