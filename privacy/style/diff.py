"""What the house style changed, as a readable difference.

A comparison costs the number of pairs of equal parts (`SequenceMatcher`: Ratcliff and Obershelp's gestalt matching),
which a table or a text of one character makes quadratic and worse. So lines are compared first, then the sentences of
the lines that changed, then the pieces of the sentences that did; each only while it is cheap, else whole.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

DEAREST: Final = 4000  # pairs of equal parts one comparison may have
BUDGET: Final = 40_000  # all comparisons of one difference together
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_SENTENCE: Final = re.compile(r"[^。.！!？?]*[。.！!？?]+|[^。.！!？?]+")
_PIECE: Final = re.compile(r"[A-Za-z0-9']+|[一-鿿々]+|[ァ-ヴー]+|[ぁ-ん]|\n|[^\S\n]+|.", re.S)
_GRAINS: Final = (_LINE, _SENTENCE, _PIECE)


@dataclass(frozen=True, slots=True)
class Change:
    """A run of text that stayed (`same`), went (`out`) or came (`in`)."""

    kind: Literal["same", "out", "in"]
    text: str


def changes(before: str, after: str) -> list[Change]:
    """The difference in reading order: `same` and `out` joined give `before`, `same` and `in` joined give `after`."""
    return list(_merged(Comparing().compare(before, after, 0)))


class Comparing:
    """One difference, and what its comparisons have cost so far, in pairs of equal parts."""

    def __init__(self) -> None:
        self.spent = 0

    def compare(self, before: str, after: str, grain: int) -> Iterator[Change]:
        """The changes from this grain on: 0 lines, 1 sentences, 2 pieces."""
        if before == after or not (before and after) or grain == len(_GRAINS):
            yield from _whole(before, after)
            return
        old, new = _GRAINS[grain].findall(before), _GRAINS[grain].findall(after)
        if len(old) == len(new) and grain < len(_GRAINS) - 1:  # the house style mostly changes inside: no search needed
            for one, other in zip(old, new, strict=True):
                yield from self.compare(one, other, grain + 1)
        elif self._affords(old, new):
            yield from self._matched(old, new, grain)
        else:
            yield from self._between_ends(old, new)

    def _matched(self, old: Sequence[str], new: Sequence[str], grain: int) -> Iterator[Change]:
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                yield Change("same", "".join(old[a:b]))
            else:
                yield from self.compare("".join(old[a:b]), "".join(new[c:d]), grain + 1)

    def _affords(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Whether a search through these fits; if so, it is counted."""
        counted = Counter(new)
        pairs = sum(counted[part] for part in old) + len(old) + len(new)
        if pairs > DEAREST or self.spent + pairs > BUDGET:
            return False
        self.spent += pairs
        return True

    def _between_ends(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
        """Too dear to search: what both begin and end with stays, and between them all goes and all comes."""
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        yield from _whole("".join(old[:head]), "".join(new[:head]))
        yield from _whole("".join(old[head : len(old) - tail]), "".join(new[head : len(new) - tail]))
        yield from _whole("".join(old[len(old) - tail :]), "".join(new[len(new) - tail :]))


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many parts two sequences begin with alike."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))


def _whole(before: str, after: str) -> Iterator[Change]:
    if before == after:
        if before:
            yield Change("same", before)
        return
    if before:
        yield Change("out", before)
    if after:
        yield Change("in", after)


def _merged(found: Iterator[Change]) -> Iterator[Change]:
    """Neighbours of one kind are one run."""
    last: Change | None = None
    for one in found:
        if last is not None and last.kind == one.kind:
            last = Change(one.kind, last.text + one.text)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last
