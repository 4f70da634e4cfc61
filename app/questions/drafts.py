"""The draft of a question, as it was typed, in its author's locker, with what they decided about it.

Thrown away or closed, it is set aside until the next day is over: what somebody wrote is never one slip from gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from app.db import Stores
from app.questions.checks import Choice, Choices
from app.questions.keeping import discard_kept, move_kept
from app.questions.lockers import read_locker, write_locker
from privacy.pseudonyms import MemberSecret, locker_label, new_id

PLACE: Final = "ask"  # where its photos are kept
ASIDE: Final = "ask-aside"
KEPT_DAYS: Final = 1  # it can be brought back on the same day and the next


@dataclass(frozen=True, slots=True)
class Draft:
    """Typed values by field name, and the token under which they will be published once."""

    token: str
    values: Mapping[str, str] = field(repr=False)
    choices: Choices = field(default_factory=dict, repr=False)
    plain: bool = False  # no house style this time
    origin: str = ""  # the same as long as it is written on, on whichever page


@dataclass(frozen=True, slots=True)
class Aside:
    """A draft that was put aside: thrown away, or closed because `thread` answered it."""

    draft: Draft = field(repr=False)
    thread: str
    since: int = 0  # the window of it


def draft_label(secret: MemberSecret, origin: str) -> str:
    """Where the author of one draft is told something about it: another label for each draft."""
    return str(locker_label(secret, "draft-told", origin))


def find_draft(stores: Stores, secret: MemberSecret) -> Draft | None:
    """The draft, or None."""
    found = read_locker(stores, secret, "draft", None)
    return None if found is None else _draft(found)


def keep_draft(
    stores: Stores,
    secret: MemberSecret,
    values: Mapping[str, str],
    *,
    choices: Choices | None = None,
    plain: bool | None = None,
    origin: str = "",
) -> Draft:
    """Keep these values under a fresh token; what was decided before stays, unless it is decided anew. The same once
    more is the same draft: a preview that is open stays good."""
    old = find_draft(stores, secret)
    decided = {**(old.choices if old else {}), **(choices or {})}
    style = (old.plain if old else False) if plain is None else plain
    if old is not None and (dict(values), decided, style) == (dict(old.values), dict(old.choices), old.plain):
        return old
    draft = Draft(str(new_id()), dict(values), decided, style, origin or (old.origin if old else str(new_id())))
    write_locker(stores, secret, "draft", _plain(draft))
    return draft


def discard_draft(stores: Stores, secret: MemberSecret) -> None:
    """Empty the locker, and throw the photos away: what was published needs no draft."""
    if find_draft(stores, secret) is not None:
        write_locker(stores, secret, "draft", None)
    discard_kept(stores, secret, PLACE)


def set_aside(stores: Stores, secret: MemberSecret, *, today: date, thread: str = "", window: int = 0) -> bool:
    """Put the draft aside, in the place of what lay there; `thread` is what answered it, in this `window`. Says whether
    there was one."""
    draft = find_draft(stores, secret)
    if draft is None:
        return False
    _put_aside(stores, secret, draft, today, thread, window)
    write_locker(stores, secret, "draft", None)
    move_kept(stores, secret, PLACE, ASIDE)
    return True


def find_aside(stores: Stores, secret: MemberSecret, *, today: date) -> Aside | None:
    """What lies aside and can still be brought back."""
    found = read_locker(stores, secret, "draft-aside", None)
    if found is None or found["day"] < today.toordinal() - KEPT_DAYS:
        return None
    return Aside(_draft(found["draft"]), found["thread"], found.get("since", 0))


def bring_back(stores: Stores, secret: MemberSecret, *, today: date) -> Aside | None:
    """Make what lies aside the draft again; a draft begun meanwhile goes aside in its place."""
    aside = find_aside(stores, secret, today=today)
    if aside is None:
        return None
    begun = find_draft(stores, secret)
    if begun is None:
        write_locker(stores, secret, "draft-aside", None)
    else:
        _put_aside(stores, secret, begun, today, "")
    write_locker(stores, secret, "draft", _plain(aside.draft))
    move_kept(stores, secret, PLACE, ASIDE, swap=True)
    return aside


def forget_aside(stores: Stores, secret: MemberSecret, *, today: date) -> None:
    """Erase what has lain aside too long: at the next thing its author writes."""
    if read_locker(stores, secret, "draft-aside", None) is not None and find_aside(stores, secret, today=today) is None:
        write_locker(stores, secret, "draft-aside", None)
        discard_kept(stores, secret, ASIDE)


def _put_aside(stores: Stores, secret: MemberSecret, draft: Draft, today: date, thread: str, window: int = 0) -> None:
    stored = {"draft": _plain(draft), "thread": thread, "day": today.toordinal(), "since": window}
    write_locker(stores, secret, "draft-aside", stored)


def _draft(found: Mapping[str, Any]) -> Draft:
    choices = {key: Choice(*one) for key, one in found.get("choices", {}).items()}
    return Draft(found["token"], found["values"], choices, found.get("plain", False), found.get("origin", ""))


def _plain(draft: Draft) -> dict[str, Any]:
    listed = {key: [one.do, one.text] for key, one in draft.choices.items()}
    return {
        "token": draft.token,
        "values": dict(draft.values),
        "choices": listed,
        "plain": draft.plain,
        "origin": draft.origin,
    }
