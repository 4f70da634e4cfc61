"""Which grounds an offer came on may be told to the one it came to, and what each rests on. Pure.

Matching knows everybody by subject, and a page may hide which of a group's subjects a question is about. So what matching
found is told only where it tells nothing: where the page names the subject, and so does every question of the group that
they answered, since that an answer counts under a subject tells where it belongs. One inbox in the group makes no
difference: questions come to it from next door too, on fewer grounds. Elsewhere stands what would stand there whichever subject it is: what their
answers show over the whole group, and what they said in all of its inboxes. (Indistinguishability: the page is a function
of what its reader knows anyway.)
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.domains.trade import Group
from app.queues.rules import Profile
from app.queues.shown import Shown

ALIKE: Final = "alike"  # in words or in meaning
NEAREST: Final = "nearest"
DECLARED: Final = "declared"
LIKENESS: Final = ("words", "meaning")
TESTED: Final = 3  # answers from which somebody counts as tested (`matching.assignment`)
Fits = Callable[[Shown], bool]


@dataclass(frozen=True, slots=True)
class Case:
    """An offer with what its reader knows: `subject` is empty where its page hides it, `inbox` the one it came to.

    `own` are all their answers, `profiles` their inboxes in this group; `told` is what matching found.
    """

    group: Group
    subject: str
    topic: str
    inbox: str
    window: int
    own: Sequence[Shown]
    profiles: Sequence[Profile]
    told: Mapping[str, Any]
    near: Shown | None = None  # the nearest of those counted, where that is told instead

    @property
    def is_open(self) -> bool:
        """Whether what matching found may be told."""
        return bool(self.subject) and all(one.subject for one in self.own if one.group == self.group.key)

    @property
    def counted(self) -> list[Shown]:
        """The answers that were there when the offer came and still count: of the inbox, or of the group."""
        near = [one for one in self.own if one.group == self.group.key and one.counts and one.was_there(self.window)]
        return [one for one in near if one.subject == self.inbox] if self.is_open else near

    @property
    def asked(self) -> list[Profile]:
        """The inboxes that a word about an inbox has to be true of."""
        mine = [one for one in self.profiles if one.subject == self.inbox]
        return mine if self.subject else list(self.profiles)


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground, with the answers it rests on; `about` is the inbox a neighbour's question came to."""

    kind: str
    rests: tuple[Shown, ...] = ()
    about: str = ""


def grounds(case: Case) -> list[Ground]:
    """What may be told, a likeness first, since it tells most, and the strongest of the rest next."""
    found = list(_found(case) if case.is_open else _anyway(case))
    if any(one.kind == "topic" for one in found):  # which says the same more closely
        found = [one for one in found if one.kind != "active"]
    return sorted(found, key=lambda one: one.kind not in (ALIKE, NEAREST))


def _found(case: Case) -> Iterator[Ground]:
    """What matching found, as far as it still holds."""
    for kind in dict.fromkeys(ALIKE if one["signal"] in LIKENESS else one["signal"] for one in case.told["reasons"]):
        if kind == ALIKE:
            yield from _alike(case)
        elif kind in FITS:
            yield from _resting(case, kind, FITS[kind](case.topic))
        elif kind == DECLARED:
            yield from _declared(case)
    yield from _next_door(case)
    if case.told["exploring"] and len(case.counted) < TESTED:
        yield Ground("exploring", tuple(case.counted))


def _anyway(case: Case) -> Iterator[Ground]:
    """What stands there whichever subject the question, and every answer of theirs, belongs to."""
    if case.near is not None:
        yield Ground(NEAREST, (case.near,))
    for kind in ("topic", "active"):
        yield from _resting(case, kind, FITS[kind](case.topic))
    if not case.subject or any(one["signal"] == DECLARED for one in case.told["reasons"]):  # which rests on no answer
        yield from _declared(case)
    for kind in ("endorsed", "helped"):
        yield from _resting(case, kind, FITS[kind](case.topic))
    yield from _next_door(case)


def _alike(case: Case) -> Iterator[Ground]:
    """Likeness in words and in meaning as one: a reader sees no difference."""
    known = {one.thread: one for one in case.counted}
    named = [one for reason in case.told["reasons"] if reason["signal"] in LIKENESS for one in reason["threads"]]
    rests = tuple(known[one] for one in dict.fromkeys(named) if one in known)
    if rests:
        yield Ground(ALIKE, rests)


def _resting(case: Case, kind: str, fits: Fits) -> Iterator[Ground]:
    rests = tuple(one for one in case.counted if fits(one))
    if rests:
        yield Ground(kind, rests)


def _declared(case: Case) -> Iterator[Ground]:
    if case.topic and case.asked and all(case.topic in one.topics for one in case.asked):
        yield Ground(DECLARED)


def _next_door(case: Case) -> Iterator[Ground]:
    near = [one.get("subject", "") for one in case.told["reasons"] if one["signal"] == "neighbour"]
    if case.subject and near:
        yield Ground("neighbour", about=near[0])


FITS: Final[Mapping[str, Callable[[str], Fits]]] = {
    "topic": lambda topic: lambda one: one.topic == topic != "",
    "active": lambda _topic: lambda _one: True,
    "helped": lambda _topic: lambda one: one.is_useful,
    "endorsed": lambda topic: lambda one: one.topic == topic != "" and one.is_endorsed,
}
