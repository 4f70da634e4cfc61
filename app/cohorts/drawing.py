"""A project canvas and a card of stamps as pictures: where every line of text and every mark stands. Drawn by templates
without a style of their own, so they take the page's colours, print in black, and pass any content policy.
"""

import math
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 480  # a unit is a pixel of a phone nearly, and a half millimetre of an A4 page's printed part nearly
A4: Final = math.sqrt(2)
EDGE: Final = 16
GAP: Final = 22  # between boxes, where the arrow stands
SIZE: Final = 17  # of letters
LINE: Final = 27
HEAD: Final = 30
INSIDE: Final = WIDTH - 2 * (EDGE + 14)
NAMES: Final = ("goal", "winning", "aims", "measures")
_LATE: Final = "、。，．）」』】!?！？…ー"  # never first in a line


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand somewhere."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """One part of a canvas. `is_new` where it changed since the version before."""

    name: str
    y: float
    height: float
    head: Line
    lines: tuple[Line, ...]
    is_new: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A canvas on one page of A4, longer where it has to be."""

    width: int
    height: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """One week on a card: stamped or still free."""

    week: int
    x: float
    y: float
    is_stamped: bool
    turn: int  # degrees: no stamp sits quite straight


@dataclass(frozen=True, slots=True)
class Card:
    """A card with a place for every week."""

    width: int
    height: int
    radius: int
    stamps: tuple[Stamp, ...]


def draw_canvas(texts: Mapping[str, str], labels: Mapping[str, str], new: Collection[str] = ()) -> Picture:
    """Lay the four parts out one under the other; what is left of the page is shared among them."""
    wrapped = {name: wrap(texts.get(name, ""), INSIDE / SIZE) for name in NAMES}
    needed = [HEAD + LINE * max(len(wrapped[name]), 1) + 18 for name in NAMES]
    page = WIDTH * A4
    spare = max(0.0, page - 2 * EDGE - GAP * (len(NAMES) - 1) - sum(needed)) / len(NAMES)
    boxes, y = [], float(EDGE)
    for name, height in zip(NAMES, needed, strict=True):
        tall = height + spare
        lines = tuple(
            Line(EDGE + 14, round(y + HEAD + 8 + LINE * (n + 0.7), 1), text) for n, text in enumerate(wrapped[name])
        )
        head = Line(EDGE + 14, round(y + 25, 1), labels[name])
        boxes.append(Box(name, round(y, 1), round(tall, 1), head, lines, name in new, name == NAMES[-1]))
        y += tall + GAP
    return Picture(WIDTH, round(y - GAP + EDGE, 1), tuple(boxes))


def wrap(text: str, widest: float) -> list[str]:
    """Lines no wider than so many full-width letters; half-width ones count half. No mark that ends a phrase begins one."""
    return [piece for line in text.splitlines() if line.strip() for piece in _wrapped(line.strip(), widest)]


def _wrapped(line: str, widest: float) -> list[str]:
    found, row, wide = [], "", 0.0
    for word in _words(line):
        size = width_of(word)
        if row and wide + size > widest and word not in _LATE:
            found.append(row.rstrip())
            row, wide, word = "", 0.0, word.lstrip()
        while width_of(word) > widest:  # a Latin word longer than a line
            cut = int(widest * 2) - 1
            found.append(word[:cut])
            word = word[cut:]
        row, wide = row + word, wide + width_of(word)
    return [*found, row.rstrip()] if row.strip() else found


def _words(line: str) -> list[str]:
    """Where a line may break: between full-width letters, and at the spaces of Latin text."""
    found: list[str] = []
    for char in line:
        narrow = width_of(char) < 1 and char != " "
        if found and narrow and width_of(found[-1][-1]) < 1:
            found[-1] += char
        else:
            found.append(char)
    return found


def width_of(text: str) -> float:
    """In full-width letters."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.56 for char in text)


def draw_stamps(stamped: Sequence[bool]) -> Card:
    """Two or four rows of three: a place for every week, with a stamp where there was a check-in."""
    radius, step, across = 38, 92, 3
    places = [
        Stamp(
            week, 62 + step * ((week - 1) % across), 62 + step * ((week - 1) // across), is_there, week * 37 % 21 - 10
        )
        for week, is_there in enumerate(stamped, 1)
    ]
    rows = -(-len(stamped) // across)
    return Card(124 + step * (across - 1), 124 + step * (rows - 1), radius, tuple(places))
