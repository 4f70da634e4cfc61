"""What the house style changed, as a readable difference."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

_PIECE: Final = re.compile(r"[A-Za-z0-9']+|[一-鿿々]+|[ァ-ヴー]+|[ぁ-ん]|\n|[^\S\n]+|.", re.S)


@dataclass(frozen=True, slots=True)
class Change:
    """A run of text that stayed (`same`), went (`out`) or came (`in`)."""

    kind: Literal["same", "out", "in"]
    text: str


def changes(before: str, after: str) -> list[Change]:
    """The difference in reading order: `same` and `out` joined give `before`, `same` and `in` joined give `after`."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    found: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Change("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(Change("out", "".join(old[a:b])))
        if d > c:
            found.append(Change("in", "".join(new[c:d])))
    return found
