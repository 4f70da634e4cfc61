"""Where everything of a chart stands, in units of its own; `macros/charts.html` draws it. Rows keep the order they are given.

A mark is a bar to its value with a line over the interval: full when it is firm, hollow when it is rough. Where no value
can be said the interval stands alone, hatched.
The label of a row has a line of its own, so that a phone shows it in full and no chart needs a wide screen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Final, Literal

Grade = Literal["firm", "rough", "unsaid"]
__all__ = ["Chart", "Drawing", "Grade", "Mark", "Row", "draw", "interval_words", "signed", "whole"]

WIDTH: Final = 360.0
GUTTER: Final = 18.0  # between the panels of one chart
LINE: Final = 18.0  # a line of text
BAR: Final = 14.0
TEXT: Final = 13.0  # size of a label, in units
VALUE: Final = 96.0  # kept free for the number at the end of a label
STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
TICKS: Final = 6  # at most, in one panel over the whole width


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure: its value, the interval that holds the truth 95 times in 100, and how firmly the value may be said."""

    value: float
    low: float
    high: float
    grade: Grade

    @property
    def shown(self) -> bool:
        """Whether a value may be said at all."""
        return self.grade != "unsaid"


@dataclass(frozen=True, slots=True)
class Row:
    """One topic, with a mark in every panel."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is to be drawn. `key` is unlike every other on the page; `panels` are headings, one empty for a single panel."""

    key: str
    title: str
    text: str  # read aloud instead of the picture
    rows: tuple[Row, ...]
    panels: tuple[str, ...] = ("",)
    signed: bool = False  # differences: both sides of zero
    beside: tuple[Row, ...] = ()  # rows of charts that are drawn to the same scale


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text at a place; `end` when it ends there."""

    x: float
    y: float
    text: str
    end: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One mark as drawn: the box, and the line over the interval, which a hatched one does without."""

    x: float
    y: float
    width: float
    low: float
    high: float
    zero: float
    grade: Grade


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready to be drawn, `width` by `height` units."""

    key: str
    title: str
    text: str
    width: float
    height: float
    top: float
    bottom: float
    heads: tuple[Words, ...]
    labels: tuple[Words, ...]
    values: tuple[Words, ...]
    ticks: tuple[Words, ...]
    bars: tuple[Bar, ...]
    bar_height: float = BAR


@dataclass(frozen=True, slots=True)
class _Scale:
    """Units of one panel for numbers."""

    left: float
    width: float
    least: float
    most: float

    def at(self, number: float) -> float:
        return round(self.left + self.width * (number - self.least) / (self.most - self.least), 1)


def draw(chart: Chart) -> Drawing:
    """Every place of a chart. Panels share one scale, so that lengths can be compared across them."""
    scales = _scales(chart)
    head = LINE + 6 if any(chart.panels) else 4.0
    labels: list[Words] = []
    values: list[Words] = []
    bars: list[Bar] = []
    y = head
    for row in chart.rows:
        for line in wrapped(row.label, WIDTH - (VALUE if len(scales) == 1 else 0)):
            y += LINE
            labels.append(Words(0, y - 5, line))
        y += 0 if len(scales) == 1 else LINE - 2
        values += _numbers(chart, row, scales, y - 5)
        bars += [_bar(mark, scale, y) for mark, scale in zip(row.marks, scales, strict=True)]
        y += BAR + 8
    heads = tuple(Words(scale.left, LINE - 4, head) for scale, head in zip(scales, chart.panels, strict=True) if head)
    ticks = tuple(
        Words(one.at(n), y + 15, signed(n) if chart.signed else str(n)) for one in scales for n in _ticks(one)
    )
    return Drawing(
        chart.key, chart.title, chart.text, WIDTH, y + 20, head, y, heads, tuple(labels), tuple(values), ticks,
        tuple(bars),
    )  # fmt: skip


def _scales(chart: Chart) -> list[_Scale]:
    marks = [mark for row in (*chart.rows, *chart.beside) for mark in row.marks]
    most = max([1.0, *(mark.high for mark in marks)])
    least = min([0.0, *(mark.low for mark in marks)]) if chart.signed else 0.0
    count = len(chart.panels)
    width = (WIDTH - GUTTER * (count - 1)) / count
    # half a number is written beside each end, so the panel keeps a little room for it
    return [_Scale(place * (width + GUTTER) + 4, width - 12, least, most) for place in range(count)]


def _ticks(scale: _Scale) -> list[int]:
    span = scale.most - scale.least
    few = max(2, round(TICKS * scale.width / WIDTH))
    step = next((step for step in STEPS if span / step <= few), STEPS[-1])
    first = -int(-scale.least // step) if scale.least < 0 else 0
    return [n * step for n in range(first, int(scale.most // step) + 1)]


def _bar(mark: Mark, scale: _Scale, y: float) -> Bar:
    low, high = (scale.at(min(max(end, scale.least), scale.most)) for end in (mark.low, mark.high))
    ends = sorted((scale.at(0), scale.at(mark.value))) if mark.shown else (low, high)
    return Bar(ends[0], y, round(max(ends[1] - ends[0], 1.0), 1), low, high, scale.at(0), mark.grade)


def _numbers(chart: Chart, row: Row, scales: Sequence[_Scale], y: float) -> Iterator[Words]:
    for mark, scale in zip(row.marks, scales, strict=True):
        single = len(scales) == 1
        yield Words(WIDTH if single else scale.left - 4, y, interval_words(mark, signs=chart.signed), end=single)


def interval_words(mark: Mark, *, signs: bool = False) -> str:
    """The figure as it is written: `14 (9–19)`, and without the value where it cannot be said."""
    name = signed if signs else str
    low, high = (whole(end) if signs else max(0, whole(end)) for end in (mark.low, mark.high))
    range_ = f"{name(low)}–{name(high)}" if not signs else f"{name(low)} … {name(high)}"
    return f"{name(whole(mark.value))} ({range_})" if mark.shown else range_


def whole(number: float) -> int:
    """The nearest integer, halves up, so that an interval stays even about its value."""
    return floor(number + 0.5)


def signed(number: int) -> str:
    """With its sign, as differences are written: a true minus, since a hyphen is lost in small print."""
    return f"+{number}" if number > 0 else f"\N{MINUS SIGN}{-number}" if number < 0 else "0"


def wrapped(label: str, room: float) -> list[str]:
    """A label in lines of at most `room` units, broken where words or parts end; an SVG breaks none itself."""
    lines = [""]
    for piece in _pieces(label):
        if lines[-1] and _width(lines[-1] + piece.rstrip()) > room:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def _pieces(label: str) -> list[str]:
    """Where a line may end: after a space, or after a mark that parts words in Japanese."""
    ends = [0, *(place + 1 for place, letter in enumerate(label) if letter in " ／・、/"), len(label)]
    return [label[start:end] for start, end in pairwise(ends) if end > start]


def _width(text: str) -> float:
    """About how wide a line is: a letter of ASCII is a little over half of a Japanese one."""
    return sum(TEXT * (0.56 if letter.isascii() else 1.0) for letter in text)
