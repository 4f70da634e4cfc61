"""Pen names: taken once, used where the author says so, given up at any time. No row says whose one is."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sqlalchemy import delete

from app.db import Stores
from app.errors import ShiomeError
from app.questions.exclusions import fold_name
from app.questions.lockers import own_threads, read_locker, write_locker
from app.questions.models import PenName
from privacy.crowds import Facts
from privacy.pennames import fold_pen_name, pen_claim, pen_label
from privacy.pseudonyms import MemberSecret

SHORTEST: Final = 2
LONGEST: Final = 20
LOCKER: Final = "pen-name"
_NONE: Final[dict[str, Any]] = {"now": None, "taken": {}}
# what the pages call people and offices by themselves
_RESERVED: Final = re.compile(
    r"質問者|しつもんしゃ|回答者\d*|かいとうしゃ\d*|運営.*|世話役|匿名|潮目|しおめ|asker|answerer\d*|admin.*|shiome|operator|coordinator"
)


class PenNameRefused(ShiomeError):
    """A pen name that cannot be taken or used: `reason` is length, reserved, own, taken, have, first, thread or crowd."""

    status = 422

    def __init__(
        self, reason: Literal["length", "reserved", "own", "taken", "have", "first", "thread", "crowd"]
    ) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Pen:
    """A member's own pen name, and all that posts under it have told, with every post of a quarter it was used in."""

    name: str
    facts: Facts = field(default_factory=frozenset, repr=False)


def find_pen(stores: Stores, secret: MemberSecret) -> Pen | None:
    """The member's pen name, or None."""
    found = read_locker(stores, secret, LOCKER, _NONE)
    if found["now"] is None:
        return None
    return Pen(found["now"], _facts(found, [found["now"]]))


def told_under(stores: Stores, secret: MemberSecret, names: Collection[str]) -> Facts:
    """All that stands under these names of the member's own."""
    return _facts(read_locker(stores, secret, LOCKER, _NONE), names)


def add_told(stores: Stores, secret: MemberSecret, names: Collection[str], told: Facts) -> None:
    """Note what is told under these names of one quarter, and under every name once used in a quarter with them;
    writes content.
    """
    found = read_locker(stores, secret, LOCKER, _NONE)
    joined = [one for one in found.get("joined", []) if set(one) & set(names)]
    apart = [one for one in found.get("joined", []) if one not in joined]
    together = sorted(set(names).union(*joined))
    facts = [list(fact) for fact in sorted(told | _facts(found, together))]
    taken = {**found["taken"], **dict.fromkeys(together, facts)}
    write_locker(stores, secret, LOCKER, {**found, "taken": taken, "joined": [*apart, together]})


def may_have_pen(stores: Stores, secret: MemberSecret) -> bool:
    """A first post is anonymous: only who has written may sign."""
    return bool(own_threads(stores, secret))


def take_pen(stores: Stores, *, secret: MemberSecret, name: str, own_names: Collection[str]) -> None:
    """Take a name; writes content. `own_names` are the member's organisation's. Raises PenNameRefused."""
    tidy = " ".join(name.split())
    folded = fold_pen_name(tidy)
    if not len(folded) >= SHORTEST or len(tidy) > LONGEST:
        raise PenNameRefused("length")
    if _RESERVED.fullmatch(folded):
        raise PenNameRefused("reserved")
    if any(fold_pen_name(fold_name(own)) in folded for own in own_names if fold_name(own)):
        raise PenNameRefused("own")
    if find_pen(stores, secret) is not None:
        raise PenNameRefused("have")
    _claim(stores, secret, tidy)
    found = read_locker(stores, secret, LOCKER, _NONE)
    write_locker(stores, secret, LOCKER, {**found, "now": tidy, "taken": {tidy: [], **found["taken"]}})


def is_claimed(stores: Stores, name: str) -> bool:
    """Whether questions and answers stand, or could stand, under this name, whoever took it."""
    return stores.content.get(PenName, pen_label(" ".join(name.split()))) is not None


def note_signed(stores: Stores, secret: MemberSecret, thread_id: str) -> None:
    """Remember that this thread's answers stand under the pen name; writes content."""
    found = read_locker(stores, secret, LOCKER, _NONE)
    write_locker(stores, secret, LOCKER, {**found, "threads": sorted({*found.get("threads", ()), thread_id})})


def has_signed(stores: Stores, secret: MemberSecret, thread_id: str) -> bool:
    """Whether the member's answers in this thread stand under a pen name, also one given up since."""
    return thread_id in read_locker(stores, secret, LOCKER, _NONE).get("threads", ())


def give_up_pen(stores: Stores, *, secret: MemberSecret) -> None:
    """Give the name up; writes content. What stands under it keeps it, so nobody else can ever take it; its owner may
    take it up again, and then everything told under it counts as before."""
    found = read_locker(stores, secret, LOCKER, _NONE)
    write_locker(stores, secret, LOCKER, {**found, "now": None})


def claims_of(stores: Stores, secret: MemberSecret) -> list[str]:
    """The labels of every name the member ever took."""
    return [str(pen_label(name)) for name in read_locker(stores, secret, LOCKER, _NONE)["taken"]]


def drop_claim(stores: Stores, *, label: str) -> None:
    """Free a name under which nothing stands any more."""
    stores.content.execute(delete(PenName).where(PenName.label == label))


def _facts(found: dict[str, Any], names: Collection[str]) -> Facts:
    return frozenset((name, level, value) for one in names for name, level, value in found["taken"][one])


def _claim(stores: Stores, secret: MemberSecret, name: str) -> None:
    label, claim = pen_label(name), pen_claim(secret, name)
    row = stores.content.get(PenName, label)
    if row is None:
        stores.content.add(PenName(label=label, claim=claim))
    elif row.claim != claim:
        raise PenNameRefused("taken")
