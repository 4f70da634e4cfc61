"""What readers' taps on an answer come to: pure decisions over the marks of a thread.

A tap stands from a publication window to a publication window, whenever it was made and taken back: who watches a page
learns no finer time. It carries the circles of its member's organisation, and whether the answer came from another.

An answer that worked for its author's own colleagues has proved nothing. Yet a page that left out their voices for all
readers would tell any reader, by one tap of their own, whether the answerer sits in their circle. So a reader sees what
it comes to without the voices of the reader's own circle: no tap of theirs, nor of a colleague, changes what they see.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from app.questions.marks import MarkRow
from app.questions.voices import apart

ACCEPT: Final = "accept"  # the asker: it helped
WORKED: Final = "worked"  # another reader: it worked for me
OUTDATED: Final = "outdated"
THANKS: Final = "thanks"
TAPS: Final = (ACCEPT, WORKED, OUTDATED, THANKS)
REPLY: Final = "likely"  # what the asker said when asked whether it helped; its object is the thread
BANDS: Final = (50, 20, 10, 5)  # no smaller number is ever told
DOUBTS: Final = 2  # voices of different organisations from which an answer may be outdated


def stands(mark: MarkRow, window: int) -> bool:
    """Whether a tap counts in this window."""
    until = mark.value.get("until")
    return bool(mark.value["since"] <= window and (until is None or window < until))


def is_over(mark: MarkRow, window: int) -> bool:
    """Whether a tap was taken back, and its last window has come."""
    until = mark.value.get("until")
    return until is not None and until <= window


def standing(marks: Iterable[MarkRow], window: int) -> dict[str, dict[str, list[MarkRow]]]:
    """Post → kind → the taps that stand."""
    found: dict[str, dict[str, list[MarkRow]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        if mark.kind in TAPS and stands(mark, window):
            found[mark.object][mark.kind].append(mark)
    return found


def circles_of(mark: MarkRow) -> frozenset[str]:
    """The circles of the organisation of whoever tapped."""
    return frozenset(mark.value["circles"])


def proofs(taps: Sequence[MarkRow]) -> int:
    """For how many organisations it worked, leaving out the answerer's own circle: what matching remembers."""
    return len(apart(circles_of(one) for one in taps if one.value["other"]))


def worked_for(taps: Sequence[MarkRow], reader: AbstractSet[str]) -> int:
    """The same as a reader of these circles is told: 0, 1 for anything under five, or at least so many."""
    others = [one for one in taps if not circles_of(one) & reader]
    number = proofs(others)
    return next((band for band in BANDS if number >= band), min(number, 1))


def is_outdated(taps: Sequence[MarkRow]) -> bool:
    """Whether two voices of different organisations say so: the answerer's circle is none the better or worse for it."""
    return len(apart(circles_of(one) for one in taps)) >= DOUBTS


def reacted(marks: Iterable[MarkRow], window: int) -> frozenset[str]:
    """The posts whose authors can see that somebody tapped: from then on others rely on the words."""
    seen = (one for one in marks if one.kind in TAPS and stands(one, window))
    return frozenset(one.object for one in seen if one.kind != WORKED or one.value["other"])
