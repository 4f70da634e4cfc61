"""A hash chain over log entries, and what a published head proves of it.

Each entry's hash covers the hash before it (Haber and Stornetta, "How to time-stamp a digital document", 1991). A chain
alone does not see its tail cut off, nor that all of it was written anew: for that a head (count, hash) has to stand
where whoever keeps the log cannot change it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

from privacy.envelopes import join_parts

START: Final = "0" * 64
"""The hash before the first entry."""

Fault = Literal["gap", "changed", "cut", "rewritten"]


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as the chain sees it: its number from 1, its fields as text, its hash in hex."""

    number: int
    fields: tuple[str, ...]
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """What was published: the number of entries and the last one's hash (START when there was none)."""

    count: int
    hash: str


def link(before: str, number: int, fields: Sequence[str]) -> Link:
    """The next entry after the one whose hash is `before`."""
    context = join_parts("shiome/log/v1", before, str(number), *fields)
    return Link(number, tuple(fields), sha256(context).hexdigest())


def find_fault(links: Iterable[Link], heads: Iterable[Head] = (), *, before: Head | None = None) -> Fault | None:
    """What is wrong with a chain, or None.

    `links` in the order of their numbers, after `before` (the last entry that was forgotten; None: from the first).
    gap: a number is missing or comes twice; changed: an entry's hash is not that of its fields; cut: there are fewer
    entries than a head says; rewritten: an entry's hash is another than a head says.
    """
    last = before or Head(0, START)
    known = {last.count: last.hash}
    for one in links:
        if one.number != last.count + 1:
            return "gap"
        if one != link(last.hash, one.number, one.fields):
            return "changed"
        last = Head(one.number, one.hash)
        known[one.number] = one.hash
    for head in heads:
        if head.count > last.count:
            return "cut"
        if known.get(head.count, head.hash) != head.hash:  # what is forgotten cannot be compared any more
            return "rewritten"
    return None
