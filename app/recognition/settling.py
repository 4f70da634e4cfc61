"""What comes of a story in the next publication: what its owner and its writer said since the last one, and silence."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from app.community import consents
from app.db import Stores
from app.notices.service import tell
from app.recognition.models import Story
from app.recognition.stories import (
    ASKED,
    WANTED,
    WISHED,
    WRITING,
    Choice,
    end_writer,
    parts_of,
    publish,
    put_parts,
)
from app.recognition.texts import drop_texts, find_text, put_text
from app.recognition.writers import KIND, free
from app.sealing import Vault

SILENT: Final = "story-silent"


def settle(stores: Stores, vault: Vault, *, story_id: str, today: date, window: int) -> None:
    """Do what the owner and the writer of a story said by this window, in the order in which they could say it. Writes
    content and keys. Safe to repeat."""
    row = stores.content.get(Story, story_id)
    if row is None or parts_of(vault, row).get("heard", 0) > window:
        return
    kept, parts = find_text(stores, vault, row.id) or {}, parts_of(vault, row)
    if "told" in kept:
        _come_true(stores, vault, row, kept["told"], today)
        return
    if "wish" in kept and row.state in (WISHED, WANTED):
        row.state, kept["brief"] = WANTED, kept.pop("wish")
        put_text(stores, vault, row.id, kept)
    if parts.get("taker") and row.state == WANTED:
        row.state = WRITING
        put_parts(vault, row, {**parts, "writer": parts["taker"], "taker": ""})
    if "choice" in kept:
        _do_answer(stores, vault, row, kept, today, window)
    if parts.get("gives_back"):
        free(stores, vault, story_id=story_id, label=parts["writer"])
    _ask_owner(stores, vault, story_id, today, window)


def _come_true(stores: Stores, vault: Vault, row: Story, told: Mapping[str, Any], today: date) -> None:
    """Others see it as the owner wants it."""
    end_writer(stores, vault, row)
    choice = Choice(told["openness"], told["who"], bool(told["is_public"]))
    publish(stores, vault, row, told, choice, today)


def _do_answer(stores: Stores, vault: Vault, row: Story, kept: dict[str, Any], today: date, window: int) -> None:
    """The owner's word: theirs, back with a note, or gone."""
    asked = [one for one in consents.states(stores, vault, row.id) if one.kind == KIND]
    writer, choice = parts_of(vault, row)["writer"], Choice(**kept.pop("choice"))
    put_text(stores, vault, row.id, kept)
    if row.state != ASKED or not asked or asked[0].state not in (consents.YES, consents.CHANGE, consents.NO):
        return
    if writer:
        tell(stores, vault, label=writer, kind=f"story_{asked[0].state}", due=window)
    if asked[0].state == consents.YES:
        put_parts(vault, row, {**parts_of(vault, row), "writer": ""})
        publish(stores, vault, row, kept, choice, today)
    elif asked[0].state == consents.CHANGE:
        row.state = WRITING
        put_text(stores, vault, row.id, {**kept, "note": asked[0].note})
    else:
        _refuse(stores, vault, row)


def _ask_owner(stores: Stores, vault: Vault, story_id: str, today: date, window: int) -> None:
    """What a writer handed in is before its owner now."""
    row = stores.content.get(Story, story_id)
    kept = None if row is None else find_text(stores, vault, row.id)
    if row is None or kept is None or "draft" not in kept or row.state not in (WRITING, ASKED):
        return
    draft = kept.pop("draft")
    put_text(stores, vault, row.id, {**kept, **draft, "note": ""})
    row.state = ASKED
    consents.ask(stores, vault, about=row.id, label=row.label, kind=KIND, today=today, then=SILENT)
    tell(stores, vault, label=row.label, kind="story_draft", due=window)


def note_silence(stores: Stores, vault: Vault, *, story_id: str, window: int) -> None:
    """Fourteen days without a word are no: the text goes. Writes content and keys."""
    row = stores.content.get(Story, story_id)
    if row is None or row.state != ASKED:
        return
    writer = parts_of(vault, row)["writer"]
    if writer:
        tell(stores, vault, label=writer, kind="story_no", due=window)
    _refuse(stores, vault, row)


def _refuse(stores: Stores, vault: Vault, row: Story) -> None:
    row_id = row.id
    put_parts(vault, row, {**parts_of(vault, row), "writer": ""})
    drop_texts(stores, [row_id])
    stores.content.delete(row)
