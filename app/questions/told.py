"""What a member's posts tell, quarter by quarter, in a locker of their own; a pen name joins the quarters it was used in.

A post counts in every quarter it may come out in. From the first signed post of a quarter on, everything of that
quarter, signed or not, stands under the name as well: whoever reads the quarter's posts together reads the name's with
them, in every quarter to come. Two names used in one quarter are one from then on.

What a voice told at a place (a thread, an idea) stands beside all it writes there later: with another word there, all of
that counts in the quarter of that word too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.db import Stores
from app.questions.lockers import read_locker, write_locker
from app.questions.pennames import add_told, told_under
from privacy.crowds import Facts
from privacy.pseudonyms import MemberSecret

LOCKER: Final = "shown"
AT: Final = "at"  # in the locker: what was told where
NOTHING: Final[Facts] = frozenset()


@dataclass(frozen=True, slots=True)
class _Quarter:
    facts: Facts = NOTHING
    pens: frozenset[str] = field(default=frozenset(), repr=False)


def told_in(stores: Stores, secret: MemberSecret, quarters: Collection[int]) -> Facts:
    """All that posts of these quarters tell, with everything under the pen names used in them."""
    found = [one for quarter, one in _read(stores, secret).items() if quarter in quarters]
    return NOTHING.union(*(one.facts for one in found), told_under(stores, secret, _pens(found)))


def told_at(stores: Stores, secret: MemberSecret, place: str) -> Facts:
    """All that stands beside the member's voice at a place, with everything under the pen names it used there."""
    at = _read_places(stores, secret).get(place, _Quarter())
    return at.facts | told_under(stores, secret, at.pens)


def note_told(
    stores: Stores, secret: MemberSecret, quarters: Sequence[int], told: Facts, *, pen: str = "", place: str = ""
) -> None:
    """Note what a post tells that may come out in these quarters; writes content. `pen` is the name it stands under,
    `place` where the same voice may have told more before."""
    places = _read_places(stores, secret)
    at = places.get(place, _Quarter())
    signed = at.pens | frozenset({pen} if pen else ())
    told = at.facts | told
    if place and (told or signed):
        places = places | {place: _Quarter(told, signed)}
    _note_quarters(stores, secret, quarters, told, signed, places)


def _note_quarters(
    stores: Stores, secret: MemberSecret, quarters: Sequence[int], told: Facts, signed: frozenset[str],
    places: dict[str, _Quarter],
) -> None:  # fmt: skip
    kept = {quarter: one for quarter, one in _read(stores, secret).items() if quarter >= min(quarters)}
    names = signed | _pens([one for quarter, one in kept.items() if quarter in quarters])
    if names:
        add_told(stores, secret, names, told | told_in(stores, secret, quarters))
    olds = {quarter: kept.get(quarter, _Quarter()) for quarter in quarters}
    news = {quarter: _Quarter(old.facts | told, old.pens | signed) for quarter, old in olds.items()}
    if news != olds or places != _read_places(stores, secret):
        _write(stores, secret, kept | news, places)


def _pens(found: Collection[_Quarter]) -> frozenset[str]:
    return frozenset[str]().union(*(one.pens for one in found))


def _read(stores: Stores, secret: MemberSecret) -> dict[int, _Quarter]:
    found = read_locker(stores, secret, LOCKER, {})
    if "quarter" in found:  # as it was kept before: one quarter, and no names
        found = {str(found["quarter"]): {"facts": found["facts"], "pens": []}}
    return {int(quarter): _opened(one) for quarter, one in found.items() if quarter != AT}


def _read_places(stores: Stores, secret: MemberSecret) -> dict[str, _Quarter]:
    return {place: _opened(one) for place, one in read_locker(stores, secret, LOCKER, {}).get(AT, {}).items()}


def _opened(one: dict[str, Any]) -> _Quarter:
    return _Quarter(frozenset((name, level, value) for name, level, value in one["facts"]), frozenset(one["pens"]))


def _write(stores: Stores, secret: MemberSecret, quarters: dict[int, _Quarter], places: dict[str, _Quarter]) -> None:
    value: dict[str, Any] = {str(quarter): _plain(one) for quarter, one in quarters.items()}
    write_locker(stores, secret, LOCKER, value | {AT: {place: _plain(one) for place, one in places.items()}})


def _plain(one: _Quarter) -> dict[str, Any]:
    return {"facts": [list(fact) for fact in sorted(one.facts)], "pens": sorted(one.pens)}
