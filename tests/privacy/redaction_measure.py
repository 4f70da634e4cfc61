"""Recall by class and false alarms of a Redactor, on sentences marked ⟦class|words⟧ written for this project."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from privacy.redaction import Gazetteer, Span

FOLDER = Path(__file__).with_name("redaction_set")
MARK = re.compile(r"⟦([a-z]+)\|(.+?)⟧")
CLASSES = {
    "m": "mail", "p": "phone", "u": "url", "l": "organisation", "o": "organisation", "n": "person", "pl": "place",
    "a": "address", "v": "vessel", "c": "coordinates", "lc": "licence", "d": "date", "nu": "number",
}  # fmt: skip
NAMES = {**CLASSES, "l": "organisation, listed", "o": "organisation, unlisted"}
JUDGED = frozenset({"mail", "phone", "organisation", "person"})
Find = Callable[[str, str], Sequence[Span]]


@dataclass(frozen=True)
class Sentence:
    """A text and what is marked in it: class, start, end."""

    text: str
    lang: str
    marks: tuple[tuple[str, int, int], ...] = ()


@dataclass
class Figures:
    """Found and all of each class, missed words, and the clean sentences in which something was marked."""

    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    all: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    alarms: list[tuple[str, str]] = field(default_factory=list)
    other_alarms: list[tuple[str, str]] = field(default_factory=list)
    clean: int = 0

    def recall(self, name: str) -> float:
        """Share of a class that is wholly covered by a span of its label."""
        return self.found[name] / self.all[name]

    @property
    def false_alarms(self) -> float:
        """Share of clean sentences in which a mail, phone, organisation or person was seen."""
        return len(self.alarms) / self.clean


def gazetteer() -> Gazetteer:
    """The organisations that are listed in the set."""
    return Gazetteer.of((FOLDER / "organisations.txt").read_text(encoding="utf-8").splitlines())


def sentences(*names: str) -> list[Sentence]:
    """The sentences of files of the set, by their stems."""
    found: list[Sentence] = []
    for name in names:
        lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        found.extend(parse(line, name[:2]) for line in lines if line.strip())
    return found


def parse(line: str, lang: str) -> Sentence:
    """A marked line as text and offsets."""
    text, at, marks = "", 0, []
    for one in MARK.finditer(line):
        text += line[at : one.start()]
        marks.append((one[1], len(text), len(text) + len(one[2])))
        text += one[2]
        at = one.end()
    return Sentence(text + line[at:], lang, tuple(marks))


def measure(find: Find, texts: Iterable[Sentence]) -> Figures:
    """Judge a finder. A class is found where one span of its label covers the marked words, honorifics aside."""
    figures = Figures()
    for one in texts:
        spans = find(one.text, one.lang)
        for code, start, end in one.marks:
            figures.all[NAMES[code]] += 1
            if any(span.label == CLASSES[code] and span.start <= start and end <= span.end for span in spans):
                figures.found[NAMES[code]] += 1
            else:
                figures.missed.append((NAMES[code], one.text[start:end], one.text))
        if not one.marks:
            figures.clean += 1
            seen = [(one.text[span.start : span.end], one.text, span.label) for span in spans]
            figures.alarms.extend([(words, text) for words, text, label in seen if label in JUDGED][:1])
            figures.other_alarms.extend(
                [(f"{label}: {words}", text) for words, text, label in seen if label not in JUDGED][:1]
            )
    return figures
