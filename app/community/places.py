"""The member's own places: a second list like that of their threads, in a locker of their own."""

from collections.abc import Callable
from typing import Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.questions.lockers import OWNER, PLACES, OwnThread, find_own, own_threads, remember
from privacy.pseudonyms import MemberSecret, owner_tag, peer_tag


def own_places(stores: Stores, secret: MemberSecret) -> list[OwnThread]:
    """Every place the member wrote at, newest first; `thread` is the place's id."""
    return own_threads(stores, secret, locker=PLACES)


def find_place(stores: Stores, secret: MemberSecret, place: str) -> OwnThread | None:
    """The member's part of one place, or None."""
    return find_own(stores, secret, place, locker=PLACES)


def remember_place(stores: Stores, secret: MemberSecret, new: OwnThread) -> None:
    """Put a place first in the member's own list. Writes content."""
    remember(stores, secret, new, locker=PLACES)


def tag_at(secret: MemberSecret, place: str, part: str) -> str:
    """The label of a member's part of a place, under which its notes stand: of who opened it, or of another voice."""
    return str((owner_tag if part == OWNER else peer_tag)(secret, place))


def own_tag(stores: Stores, secret: MemberSecret, place: str) -> str | None:
    """The label of the member's part of a place; None where they wrote nothing."""
    own = find_place(stores, secret, place)
    return None if own is None else tag_at(secret, place, own.part)


PageOf = Callable[[Stores, str], str | None]
_PAGES: Final[list[PageOf]] = []


def shows_places(page: PageOf) -> PageOf:
    """Declare where places of a kind are read: given a place's id, the address of its page, None for other places."""
    if page not in _PAGES:
        _PAGES.append(page)
    return page


def page_of(stores: Stores, place: str) -> str | None:
    """The address of the page of a place, None where no feature knows it."""
    return next((found for page in _PAGES if (found := page(stores, place)) is not None), None)


Gate = Callable[[Stores, Viewer, str], bool]
_GATES: Final[list[Gate]] = []


def closes_places(gate: Gate) -> Gate:
    """Declare places that are open to few: given a viewer and a place's id, whether it is closed to them."""
    if gate not in _GATES:
        _GATES.append(gate)
    return gate


def is_closed(stores: Stores, viewer: Viewer, place: str) -> bool:
    """Whether a feature keeps this viewer out of a place, whatever the scope of what is written there."""
    return any(gate(stores, viewer, place) for gate in _GATES)
