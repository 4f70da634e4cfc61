"""What a window does to writings: new ones come out, changes take the place of words or stand beneath them."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import func, select

from app.community.models import Writing
from app.community.texts import TABLE, open_parts, open_words, seal_parts, seal_words, tell_followers
from app.db import Stores
from app.escrow.service import knows_parts, publish_escrow
from app.mail.contacts import set_contact
from app.questions.pending import publishes, unpack
from app.questions.rules import COMPANY
from app.sealing import Vault, open_text

WRITING: Final = "writing"
CHANGE: Final = "writing-change"
KINDS: Final = (WRITING, CHANGE)


@publishes(WRITING)
def _writing(stores: Stores, vault: Vault, payload: dict[str, Any], window: int, day: int) -> None:
    row = Writing(
        id=payload["id"],
        place=payload["thread"],
        kind=payload["about"],
        voice=_voice(stores, payload),
        position=_last(stores, payload["thread"]) + 1,
        author_tag=payload["author_tag"],
        published_day=day,
        key_id=payload["key_id"],
        sealed_scope=seal_parts(vault, payload["scope"], payload["id"]),
        sealed_text=unpack(payload["text"]),
    )
    stores.content.add(row)
    publish_escrow(stores, payload, author=row.voice)
    if "contact" in payload:
        set_contact(stores, label=row.author_tag, box=unpack(payload["contact"]))
    tell_followers(stores, vault, row, window)


@publishes(CHANGE)
def _change(stores: Stores, vault: Vault, payload: dict[str, Any], window: int, day: int) -> None:
    """New words in the place of the old; beneath them where somebody else has written since, or it was asked so."""
    row = stores.content.get(Writing, payload["target"])
    keys = vault.data_keys(stores, [payload["key_id"]])
    old = None if row is None else open_words(keys, row)
    if row is None or old is None:
        return
    new = open_text(keys[payload["key_id"]], unpack(payload["text"]), table=TABLE, row=payload["id"])
    if "added" not in new and not overtaken(stores, vault, row):
        opened = {**old, "texts": new["texts"], "edited": day}
    else:
        added = new.get("added") or beneath(old["texts"], new["texts"])
        opened = {**old, "additions": [*old.get("additions", ()), {"text": added, "day": day}]}
    row.sealed_text = seal_words(keys[row.key_id], opened, row.id)
    tell_followers(stores, vault, row, window)


@knows_parts
def _part(stores: Stores, writing_id: str) -> tuple[str, int] | None:
    row = stores.content.get(Writing, writing_id)
    return None if row is None else (row.place, row.voice)


def overtaken(stores: Stores, vault: Vault, row: Writing) -> bool:
    """Whether somebody else has written at the place since: they must not find other words above their own.

    What is closed to the author does not count: a form that only adds would tell them of it.
    """
    after = select(Writing).where(
        Writing.place == row.place, Writing.position > row.position, Writing.author_tag != row.author_tag
    )
    own, later = open_parts(vault, row)["circle"], (open_parts(vault, one) for one in stores.content.scalars(after))
    return any(not own or own not in (one["circle"], *one["excluded"]) for one in later)


def beneath(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """What an edit that comes too late adds: the texts it would have changed."""
    return "\n\n".join(text for name, text in new.items() if text and text != old.get(name))


def _last(stores: Stores, place: str) -> int:
    return stores.content.scalar(select(func.max(Writing.position)).where(Writing.place == place)) or 0


def _voice(stores: Stores, payload: dict[str, Any]) -> int:
    """0 who opened the place; another keeps the number of their first writing there; the company has its own."""
    if payload["voice"] != 1:
        return COMPANY if payload["voice"] == COMPANY else 0
    here = select(Writing.voice).where(Writing.place == payload["thread"])
    known = stores.content.scalars(here.where(Writing.author_tag == payload["author_tag"])).first()
    if known is not None:
        return known
    last = stores.content.scalar(select(func.max(Writing.voice)).where(Writing.place == payload["thread"]))
    return max(last or 0, 0) + 1
