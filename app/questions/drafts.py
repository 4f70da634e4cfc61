"""The draft of a question, as it was typed, in its author's locker, with what they decided about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from app.db import Stores
from app.questions.checks import Choice, Choices
from app.questions.lockers import read_locker, write_locker
from app.questions.photos import discard_photos
from privacy.pseudonyms import MemberSecret, new_id

PLACE: Final = "ask"  # where its photos are kept


@dataclass(frozen=True, slots=True)
class Draft:
    """Typed values by field name, and the token under which they will be published once."""

    token: str
    values: Mapping[str, str] = field(repr=False)
    choices: Choices = field(default_factory=dict, repr=False)
    plain: bool = False  # no house style this time


def find_draft(stores: Stores, secret: MemberSecret) -> Draft | None:
    """The draft, or None."""
    found = read_locker(stores, secret, "draft", None)
    if found is None:
        return None
    choices = {key: Choice(*one) for key, one in found.get("choices", {}).items()}
    return Draft(found["token"], found["values"], choices, found.get("plain", False))


def keep_draft(
    stores: Stores,
    secret: MemberSecret,
    values: Mapping[str, str],
    *,
    choices: Choices | None = None,
    plain: bool | None = None,
) -> Draft:
    """Keep these values under a fresh token; what was decided before stays, unless it is decided anew."""
    old = find_draft(stores, secret)
    decided = {**(old.choices if old else {}), **(choices or {})}
    draft = Draft(str(new_id()), dict(values), decided, (old.plain if old else False) if plain is None else plain)
    listed = {key: [one.do, one.text] for key, one in decided.items()}
    stored = {"token": draft.token, "values": dict(draft.values), "choices": listed, "plain": draft.plain}
    write_locker(stores, secret, "draft", stored)
    return draft


def discard_draft(stores: Stores, secret: MemberSecret) -> None:
    """Empty the locker, and throw the photos away."""
    if find_draft(stores, secret) is not None:
        write_locker(stores, secret, "draft", None)
    discard_photos(stores, secret, PLACE)
