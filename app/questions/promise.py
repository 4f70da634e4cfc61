"""The statement: what a member accepted of the charter, item by item, in a locker of their own.

Nobody else can tell who has accepted what, since when, or that somebody is new.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Final

from app.db import Stores
from app.domains.promises import Charter, Promise
from app.errors import PromiseFirst
from app.questions.lockers import read_locker, write_locker
from privacy.pseudonyms import MemberSecret

LOCKER: Final = "gate"


@dataclass(frozen=True, slots=True)
class Arrived:
    """How far somebody has come in."""

    accepted: Mapping[str, int] = field(default_factory=dict)  # item -> the version that worded it as accepted
    told: int = 0  # the version of the charter they were told of last
    steps: Sequence[str] = ()  # of the first run: done, or passed over
    week: int = 0  # of the last visit
    learns: Sequence[str] = ()  # subject and topic: what they want to learn


def arrived(stores: Stores, secret: MemberSecret) -> Arrived:
    """How far the member has come; no statement of its own where lockers are read anyway."""
    found: dict[str, Any] = read_locker(stores, secret, LOCKER, {})
    return Arrived(**found)


def keep_arrived(stores: Stores, secret: MemberSecret, now: Arrived) -> None:
    """Keep it. Writes content."""
    write_locker(stores, secret, LOCKER, asdict(now))


def missing(charter: Charter, one: Arrived, today: date) -> list[Promise]:
    """The items that are to be accepted before anything else: a new wording counts from its day on, and who comes new
    accepts the newest at once."""
    return [item for item in unaccepted(charter, one) if not one.accepted or item.from_day <= today.toordinal()]


def unaccepted(charter: Charter, one: Arrived) -> list[Promise]:
    """The items that were not accepted as they are worded now; those that did not change are not among them."""
    return [item for item in charter.items if one.accepted.get(item.key, -1) < item.since]


def accept(stores: Stores, secret: MemberSecret, *, items: Sequence[Promise]) -> Arrived:
    """Accept these items as they are worded now. Writes content."""
    old = arrived(stores, secret)
    new = replace(old, accepted={**old.accepted, **{item.key: item.since for item in items}})
    keep_arrived(stores, secret, new)
    return new


def accept_all(stores: Stores, secret: MemberSecret, charter: Charter, *, today: date) -> None:
    """Come in with everything accepted and every step done, as people of a demo or an import do. Writes content."""
    items = {item.key: item.since for item in charter.items}
    keep_arrived(stores, secret, Arrived(items, charter.version, ("done",), week_of(today)))


def week_of(day: date) -> int:
    """The number of the week a day is in, from Monday to Sunday."""
    return (day.toordinal() - 1) // 7


def check_promise(stores: Stores, secret: MemberSecret) -> None:
    """Whoever posts has accepted the statement. Raises PromiseFirst."""
    if not arrived(stores, secret).accepted:
        raise PromiseFirst
