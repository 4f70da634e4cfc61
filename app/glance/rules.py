"""The picture of topics: bands of what was asked, as of a Monday, and how it is drawn."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from privacy.bands import at_least

DAYS: Final = 180  # what was asked in so many days before the Monday,
MOST: Final = 5000  # and of that the last
BANDS: Final = (5, 10, 20, 50)  # "at least so many"; under the first nothing is shown
MOSTLY: Final = 2 / 3  # answered from this share on: a full circle

STEP_X: Final = 34  # widths and heights in the picture's own units, as in CSS pixels on a phone
STEP_Y: Final = 36
TOP: Final = 30

Cells = Mapping[str, Mapping[str, Sequence[int]]]  # group -> topic -> [band, 1 where mostly answered]


def cells_of(asked: Mapping[tuple[str, str], tuple[int, int]]) -> dict[str, dict[str, list[int]]]:
    """What is shown of (group, topic) -> (questions, answered ones): bands alone."""
    found: dict[str, dict[str, list[int]]] = {}
    for (group, topic), (number, answered) in sorted(asked.items()):
        if band := at_least(number, BANDS):
            found.setdefault(group, {})[topic] = [band, int(answered >= MOSTLY * number)]
    return found


@dataclass(frozen=True, slots=True)
class Spot:
    """One circle: where, how large, full where most questions were answered; `text` says the same in words."""

    x: int
    y: int
    radius: int
    is_full: bool
    band: int


@dataclass(frozen=True, slots=True)
class Label:
    """Words in the picture."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Topics as rows, groups as columns."""

    width: int
    height: int
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    spots: tuple[Spot, ...]


def draw(cells: Cells, *, groups: Sequence[str], topics: Mapping[str, str]) -> Picture:
    """The picture of `cells`: `groups` are keys in their order, `topics` key -> name. A column is named by its number."""
    rows = {key: at for at, key in enumerate(topics)}
    left = 24 + max(map(_breadth, topics.values()), default=0)
    spots = [
        Spot(_x(left, at), _y(rows[topic]), 5 + 3 * BANDS.index(band), bool(mostly), band)
        for at, group in enumerate(groups)
        for topic, (band, mostly) in cells.get(group, {}).items()
        if topic in rows and band in BANDS
    ]
    return Picture(
        width=left + STEP_X * len(groups),
        height=TOP + STEP_Y * len(topics),
        rows=tuple(Label(left - 12, _y(at) + 5, topics[key]) for key, at in rows.items()),
        columns=tuple(Label(_x(left, at), TOP - 10, str(at + 1)) for at in range(len(groups))),
        spots=tuple(spots),
    )


def _breadth(words: str) -> int:
    """About how much room a label takes."""
    return sum(12 if unicodedata.east_asian_width(one) in "WF" else 7 for one in words)


def _x(left: int, at: int) -> int:
    return left + STEP_X * at + STEP_X // 2


def _y(at: int) -> int:
    return TOP + STEP_Y * at + STEP_Y // 2
