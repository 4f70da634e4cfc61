"""The domain file as frozen values: all that makes a network a network of one trade."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, Literal, LiteralString, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from app.domains.promises import Charter
from app.domains.wording import Frozen, Slug, Words
from matching.text import normalise
from privacy.attributes import Hierarchy

BUNDLED: Final = Path(__file__).parent / "files"
Host = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
Term = Annotated[str, Field(min_length=1, max_length=40)]
# where pages show what somebody of the trade might say: that an answer helped, of a draft, as a first answer, in a note,
# as a word with another; and what a photo shows beside what it is of
Example = Literal["told", "draft", "answer", "note", "term", "synonym", "photo"]


class DomainFileProblem(Exception):
    """The domain file cannot be read. Says the file and each problem with its place."""


class Named(Frozen):
    """A key with its name and the words by which it is known in a text.

    `synonyms` of a subject or a group are other names for the same, and search treats them so; those of anything else
    are `signs`: words that tell what a text is about and mean something of their own.
    """

    key: Slug
    name: Words
    synonyms: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()

    @property
    def told_by(self) -> tuple[str, ...]:
        """Every word by which a text tells of it, its names aside."""
        return (*self.synonyms, *self.signs)


class Subject(Named):
    """What is farmed, or sold: the finest domain key."""

    topics: tuple[Slug, ...] = ()
    neighbours: tuple[Slug, ...] = ()


class Elsewise(Frozen):
    """What a group has for itself of when and how to ask what came of an answer."""

    days: int | None = Field(default=None, ge=1)
    question: Words | None = None


class Group(Named):
    """Subjects near enough to be one crowd."""

    subjects: tuple[Subject, ...] = Field(min_length=1)
    outcome: Elsewise | None = None  # where what came of it is asked in another way


class Facet(Named):
    """Describes a question: production system, life stage."""

    values: tuple[Named, ...] = Field(min_length=1)


class AttributeValue(Named):
    """A finest value, with its generalised key a level."""

    path: tuple[Slug, ...] = ()


class Generalised(Named):
    """A coarser value of an attribute."""

    level: int = Field(ge=1)


class Attribute(Named):
    """What describes a member: finest level first, the last one hides it."""

    levels: tuple[Words, ...] = Field(min_length=2)
    values: tuple[AttributeValue, ...] = Field(min_length=1)
    generalised: tuple[Generalised, ...] = ()

    @property
    def hidden(self) -> int:
        """The level that shows nothing."""
        return len(self.levels) - 1

    def generalise(self, value: str, level: int) -> str | None:
        """The key of a value at a level, or None where hidden."""
        if level >= self.hidden:
            return None
        found = next((one for one in self.values if one.key == value), None)
        if found is None:
            return None
        return found.key if level == 0 else found.path[level - 1]

    def label(self, key: str, level: int) -> str:
        """The name of a key at a level, in the reader's language."""
        options: tuple[Named, ...] = self.values if level == 0 else self.generalised
        return next((str(one.name) for one in options if one.key == key), "")

    @model_validator(mode="after")
    def _paths_reach_every_level(self) -> Self:
        names = {(one.level, one.key) for one in self.generalised}
        for value in self.values:
            if len(value.path) != len(self.levels) - 2:
                raise _refusal(
                    "path", "attribute {name}: {key} needs a path of {n}", self, value, n=len(self.levels) - 2
                )
            for level, key in enumerate(value.path, 1):
                if (level, key) not in names:
                    told = "attribute {name}: {key} needs a generalised {missing} at level {n}"
                    raise _refusal("generalised", told, self, value, missing=key, n=level)
        return self


class FormField(Frozen):
    """One field of the question form."""

    key: Slug | Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    kind: Literal["text", "date", "choice", "number"]
    label: Words
    hint: Words | None = None
    required: bool = False
    max: float = 4000
    min: float = 0
    step: float = 1
    unit: str = ""
    values: tuple[Named, ...] = ()


class Form(Frozen):
    """The question form, after its title."""

    fields: tuple[FormField, ...]


class Result(Named):
    """One thing that may have come of it; `worth` is what it says of the answer that was followed."""

    worth: Literal["good", "none", "bad"] = "none"


class Outcome(Frozen):
    """When and how to ask what came of it."""

    days: int = Field(ge=1)
    question: Words
    hint: Words
    results: tuple[Result, ...] = Field(min_length=2)

    def find(self, key: str) -> Result | None:
        """The result of this key, or None."""
        return next((one for one in self.results if one.key == key), None)

    @model_validator(mode="after")
    def _both_ends_can_be_said(self) -> Self:
        missing = {"good", "bad"} - {one.worth for one in self.results}
        if missing:
            worth = " or ".join(sorted(missing))
            raise PydanticCustomError("outcome", "outcome: no result is {worth}", {"worth": worth})
        return self


class Same(Frozen):
    """Words that mean the same wherever they stand: who searches for one finds the others. The first is their name."""

    words: tuple[Term, ...] = Field(min_length=2)


class About(Frozen):
    """The network's own name."""

    key: Slug
    name: Words
    tagline: Words
    company: Words
    own_service: tuple[Slug, ...] = ()  # subjects of the company's own service: what members solve there is support


class Trade(Frozen):
    """One domain file."""

    network: About
    words: Mapping[str, Words]
    examples: Mapping[Example, Words] = Field(default_factory=dict)  # one left out is said in general words
    groups: tuple[Group, ...] = Field(min_length=1)
    topics: tuple[Named, ...] = Field(min_length=1)
    same: tuple[Same, ...] = ()
    facets: tuple[Facet, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    form: Form
    outcome: Outcome
    charter: Charter
    links: tuple[Host, ...] = ()  # hosts that may be linked, each with everything below it; other links are held

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """Every subject by key."""
        return {subject.key: subject for group in self.groups for subject in group.subjects}

    @cached_property
    def group_of(self) -> Mapping[str, Group]:
        """The group of each subject."""
        return {subject.key: group for group in self.groups for subject in group.subjects}

    @cached_property
    def topic_by_key(self) -> Mapping[str, Named]:
        """Every topic by key."""
        return {topic.key: topic for topic in self.topics}

    @cached_property
    def hierarchies(self) -> tuple[Hierarchy, ...]:
        """The attributes as the privacy core wants them."""
        return tuple(
            Hierarchy(
                name=attribute.key,
                levels=tuple(level.ja for level in attribute.levels[:-1]),
                values={value.key: value.path for value in attribute.values},
            )
            for attribute in self.attributes
        )

    def outcome_of(self, group: str) -> Outcome:
        """When and how to ask, in one group, what came of an answer."""
        own = next((one.outcome for one in self.groups if one.key == group), None)
        return self.outcome if own is None else self.outcome.model_copy(update={k: v for k, v in own if v is not None})

    def topics_of(self, subject: str) -> tuple[Named, ...]:
        """The topics of one subject."""
        named = self.subjects[subject].topics
        return tuple(topic for topic in self.topics if not named or topic.key in named)

    @model_validator(mode="after")
    def _keys_are_unique_and_known(self) -> Self:
        for problem in self._problems():
            raise problem
        return self

    def _problems(self) -> Iterator[PydanticCustomError]:
        keys = [subject.key for group in self.groups for subject in group.subjects]
        for kind, listed in (
            ("subject", keys),
            ("group", [group.key for group in self.groups]),
            ("topic", [topic.key for topic in self.topics]),
            ("field", [field.key for field in self.form.fields]),
            ("result", [result.key for result in self.outcome.results]),
        ):
            for key in sorted({key for key in listed if listed.count(key) > 1}):
                yield PydanticCustomError("twice", "{kind} {key} is there twice", {"kind": kind, "key": key})
        topics = {topic.key for topic in self.topics}
        for subject in (subject for group in self.groups for subject in group.subjects):
            for unknown in (set(subject.neighbours) - set(keys)) | (set(subject.topics) - topics):
                told = "subject {key} names {missing}, which is not there"
                yield PydanticCustomError("missing_key", told, {"key": subject.key, "missing": unknown})
        for unknown in sorted(set(self.network.own_service) - set(keys)):
            told = "own_service names {missing}, which is no subject"
            yield PydanticCustomError("missing_key", told, {"key": "own_service", "missing": unknown})
        yield from self._said_twice()

    def _said_twice(self) -> Iterator[PydanticCustomError]:
        """Words of `same` that stand there twice or are another name of a subject or group: each means one thing."""
        named: tuple[Named, ...] = (*self.subjects.values(), *self.groups)
        meant = {normalise(word): one.name.ja for one in named for word in (one.name.ja, one.name.en, *one.synonyms)}
        for same in self.same:
            for word in same.words:
                name = meant.setdefault(normalise(word), "")
                if name:
                    told = "same: {word} is there already, with {name}"
                    yield PydanticCustomError("means_two", told, {"word": word, "name": name})
                meant[normalise(word)] = name or same.words[0]


def _refusal(
    kind: LiteralString, told: LiteralString, whole: Named, part: Named, **more: object
) -> PydanticCustomError:
    return PydanticCustomError(kind, told, {"name": whole.key, "key": part.key, **more})


def path_of(name_or_path: str) -> Path:
    """Where a bundled domain file lies, by its name; any other by its path."""
    path = Path(name_or_path)
    return path if path.suffix else BUNDLED / f"{name_or_path}.toml"


def load_trade(name_or_path: str) -> Trade:
    """A bundled domain file by name, or any by path. Raises DomainFileProblem."""
    path = path_of(name_or_path)
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return Trade.model_validate(data)
    except OSError as error:
        raise DomainFileProblem(f"{path}: {error.strerror}") from None
    except tomllib.TOMLDecodeError as error:
        raise DomainFileProblem(f"{path}: {error}") from None
    except ValidationError as error:
        problems = [f"{'.'.join(str(at) for at in one['loc'])}: {one['msg']}" for one in error.errors()]
        raise DomainFileProblem("\n".join([f"{path}:", *problems])) from None
