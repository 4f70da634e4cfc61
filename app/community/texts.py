"""A writing's words and scope, sealed and opened; and who is told when words have changed, gone, or come back."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from app.community.models import Writing
from app.db import Stores
from app.questions.rules import COMPANY
from app.sealing import Vault, open_text, seal_text
from privacy.keys import Key
from privacy.scopes import Audience, Scope

TABLE: Final = "writings"
SCOPE_PAD: Final = 2048  # as for a question: room for circles beside one's own
Opened = dict[str, Any]
"""texts by name, shown attributes, extra, additions, the day of the last change"""
Follower = Callable[[Stores, Vault, Writing, int], None]
FOLLOWERS: Final[list[Follower]] = []


def follows(follower: Follower) -> Follower:
    """Declare what is done in the same transaction when a writing that is out has changed, gone or been hidden.

    It is given the row as it is now, without words where they are gone, and the window.
    """
    if follower not in FOLLOWERS:
        FOLLOWERS.append(follower)
    return follower


def tell_followers(stores: Stores, vault: Vault, row: Writing, window: int) -> None:
    """Let the features know."""
    for follower in FOLLOWERS:
        follower(stores, vault, row, window)


def seal_words(key: Key, opened: Mapping[str, Any], row_id: str) -> bytes:
    """The words of a writing under its author's key."""
    return seal_text(key, dict(opened), table=TABLE, row=row_id)


def open_words(keys: Mapping[str, Key], row: Writing) -> Opened | None:
    """The words of a writing; None when they are gone."""
    if row.key_id not in keys or not row.sealed_text:
        return None
    opened: Opened = open_text(keys[row.key_id], row.sealed_text, table=TABLE, row=row.id)
    return opened


def words_of(stores: Stores, vault: Vault, rows: Sequence[Writing]) -> dict[str, Opened]:
    """The words of writings by their id, in one statement; those that are gone are left out."""
    keys = vault.data_keys(stores, [row.key_id for row in rows])
    found = {row.id: open_words(keys, row) for row in rows}
    return {row_id: opened for row_id, opened in found.items() if opened is not None}


def open_parts(vault: Vault, row: Writing) -> Opened:
    """What a scope was made of: the author's circle, the closed ones, levels, the fine subject, the audience."""
    found: Opened = vault.open(row.sealed_scope, table=TABLE, column="sealed_scope", row=row.id)
    return found


def all_parts(vault: Vault, rows: Sequence[Writing]) -> dict[str, Opened]:
    """The same of many rows, by their id: the key files are looked at once."""
    opener = vault.opener(TABLE, "sealed_scope")
    return {row.id: json.loads(opener(row.sealed_scope, row.id)) for row in rows}


def seal_parts(vault: Vault, parts: Mapping[str, Any], row_id: str) -> bytes:
    """The same, sealed; all of one size."""
    return vault.seal(dict(parts), table=TABLE, column="sealed_scope", row=row_id, pad=SCOPE_PAD)


def scope_of(parts: Mapping[str, Any]) -> Scope | None:
    """The disclosure scope; None for the operating company's own, which has no author to hide."""
    if not parts["circle"]:
        return None
    return Scope(
        levels=parts["levels"],
        audience=Audience(parts["audience"]),
        own_circle=parts["circle"],
        company_may=parts["company"],
        excluded_circles=frozenset(parts["excluded"]),
    )


def is_company(row: Writing) -> bool:
    """Whether the operating company wrote it."""
    return row.voice == COMPANY
