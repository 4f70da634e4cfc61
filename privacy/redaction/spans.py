"""What is found: a span of the text as it was typed, and a label."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MAIL: Final = "mail"
PHONE: Final = "phone"
URL: Final = "url"
ORGANISATION: Final = "organisation"
PERSON: Final = "person"
PLACE: Final = "place"
ADDRESS: Final = "address"
VESSEL: Final = "vessel"
LICENCE: Final = "licence"
COORDINATES: Final = "coordinates"
DATE: Final = "date"
NUMBER: Final = "number"
LABELS: Final = (
    MAIL, PHONE, URL, ORGANISATION, PERSON, PLACE, ADDRESS, VESSEL, LICENCE, COORDINATES, DATE, NUMBER,
)  # fmt: skip

# Where two finds overlap, the one further up is kept: a name inside a mail address is the address's.
RANKS: Final = {
    label: rank
    for rank, label in enumerate(
        (MAIL, URL, COORDINATES, ADDRESS, LICENCE, PHONE, VESSEL, ORGANISATION, PERSON, DATE, PLACE, NUMBER)
    )
}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` to `end` (exclusive) of a text, and what stands there: one of LABELS."""

    start: int
    end: int
    label: str

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


def settle(found: Iterable[Span]) -> list[Span]:
    """Sorted spans that do not overlap: those of one label are united, of two labels the stronger one stays."""
    kept: list[Span] = []
    for one in sorted(unite(found), key=lambda span: (RANKS[span.label], span.start - span.end)):
        place = bisect_left(kept, one)
        if not any(one.overlaps(other) for other in kept[max(0, place - 1) : place + 1]):
            kept.insert(place, one)
    return kept


def unite(found: Iterable[Span]) -> list[Span]:
    """The spans, those of one label that overlap made one."""
    united: dict[str, Span] = {}
    done: list[Span] = []
    for one in sorted(set(found)):
        last = united.get(one.label)
        if last is not None and one.start < last.end:
            united[one.label] = Span(last.start, max(last.end, one.end), one.label)
            continue
        if last is not None:
            done.append(last)
        united[one.label] = one
    return [*done, *united.values()]
