"""The draft of a question, as it was typed, in its author's locker."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.db import Stores
from app.questions.lockers import read_locker, write_locker
from privacy.pseudonyms import MemberSecret, new_id


@dataclass(frozen=True, slots=True)
class Draft:
    """Typed values by field name, and the token under which they will be published once."""

    token: str
    values: Mapping[str, str] = field(repr=False)


def find_draft(stores: Stores, secret: MemberSecret) -> Draft | None:
    """The draft, or None."""
    found = read_locker(stores, secret, "draft", None)
    return None if found is None else Draft(found["token"], found["values"])


def keep_draft(stores: Stores, secret: MemberSecret, values: Mapping[str, str]) -> Draft:
    """Keep these values under a fresh token."""
    draft = Draft(str(new_id()), dict(values))
    write_locker(stores, secret, "draft", {"token": draft.token, "values": dict(draft.values)})
    return draft


def discard_draft(stores: Stores, secret: MemberSecret) -> None:
    """Empty the locker."""
    if find_draft(stores, secret) is not None:
        write_locker(stores, secret, "draft", None)
