"""Use cases: a volunteer of another circle writes somebody's story, and its owner says yes, change or no; silence is no.

Whoever writes sees what the owner chose to tell them and nothing else: neither learns who the other is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community import ballots, consents
from app.db import Stores
from app.domains.service import current_viewer
from app.domains.trade import Trade
from app.errors import Conflict, Forbidden, NotThere
from app.notices.service import tell
from app.recognition.models import Story
from app.recognition.stories import (
    ASKED,
    OUT,
    WANTED,
    WRITING,
    Choice,
    end_writer,
    find_own,
    get_award,
    group_names,
    groups_of_award,
    own_row,
    parts_of,
    publish,
    put_parts,
)
from app.recognition.texts import drop_texts, find_text, find_texts, put_text
from app.sealing import Vault

WRITER: Final = "writer"
SILENT: Final = "story-silent"
KIND: Final = "story"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A story whose owner would like somebody else to write it."""

    id: str
    year: int
    state: str
    brief: str = field(repr=False)
    domain: tuple[str, ...]
    title: str = ""
    body: str = field(default="", repr=False)
    note: str = field(default="", repr=False)  # what the owner would like changed
    consent: str = ""
    due: date | None = None


def ask_writer(stores: Stores, vault: Vault, *, viewer: Viewer, year: int, brief: str, today: date) -> None:
    """Ask for somebody to write it; members of other circles see what stands in `brief`. Writes content and keys."""
    viewer = current_viewer(stores, vault, viewer=viewer, today=today)
    award = get_award(stores, viewer=viewer, year=year)
    row = own_row(stores, vault, viewer, award, today)
    if row.state not in ("", WANTED):
        raise Forbidden
    row.state = WANTED
    put_text(stores, vault, row.id, {"brief": brief, "groups": groups_of_award(stores, vault, award)})


def wanted(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> list[Wanted]:
    """Stories that wait for a writer, of other circles than the viewer's, and the ones the viewer took."""
    rows = stores.content.scalars(select(Story).where(Story.state != OUT).order_by(Story.id)).all()
    mine = [row for row in rows if parts_of(vault, row)["writer"] == _writer_label(viewer, row)]
    open_ = [
        row for row in rows if row.state == WANTED and not set(parts_of(vault, row)["circles"]) & viewer.own_circles
    ]
    texts = find_texts(stores, vault, [row.id for row in (*mine, *open_)])
    return [_wanted(stores, vault, trade, row, texts[row.id]) for row in (*mine, *open_) if row.id in texts]


def get_wanted(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, story_id: str) -> Wanted:
    """One of them. Raises NotThere."""
    found = next((one for one in wanted(stores, vault, trade, viewer=viewer) if one.id == story_id), None)
    if found is None:
        raise NotThere
    return found


def take(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, story_id: str) -> None:
    """Offer to write a story; writes content. Raises NotThere when somebody else was first."""
    if get_wanted(stores, vault, trade, viewer=viewer, story_id=story_id).state != WANTED:
        raise NotThere
    row = stores.content.get_one(Story, story_id)
    label = ballots.cast(stores, vault, viewer=viewer, purpose=WRITER, object=story_id)
    row.state = WRITING
    put_parts(vault, row, {**parts_of(vault, row), "writer": label})


def give_back(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, story_id: str) -> None:
    """Let somebody else write it; writes content and keys. Raises NotThere."""
    found = get_wanted(stores, vault, trade, viewer=viewer, story_id=story_id)
    if found.state not in (WRITING, ASKED):
        raise NotThere
    label = ballots.label_of(viewer.secret, WRITER, story_id)
    free(stores, vault, story_id=story_id, label=label)
    ballots.retract(stores, vault, viewer=viewer, purpose=WRITER, object=story_id)


def free(stores: Stores, vault: Vault, *, story_id: str, label: str) -> None:
    """Whoever writes under this label does not any more: the wish stands, their text goes. Writes content and keys."""
    row = stores.content.get(Story, story_id)
    if row is None or row.state not in (WRITING, ASKED) or parts_of(vault, row)["writer"] != label:
        return
    end_writer(stores, vault, row)
    row.state = WANTED
    kept = find_text(stores, vault, row.id) or {}
    put_text(stores, vault, row.id, {"brief": kept["brief"], "groups": kept["groups"]})


def hand_in(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    story_id: str,
    texts: Mapping[str, str],
    today: date,
    window: int,
) -> None:
    """A writer's text goes to its owner, who says yes, change or no; writes content and keys. Raises NotThere."""
    if get_wanted(stores, vault, trade, viewer=viewer, story_id=story_id).state not in (WRITING, ASKED):
        raise NotThere
    row = stores.content.get_one(Story, story_id)
    kept = find_text(stores, vault, row.id) or {}
    put_text(stores, vault, row.id, {**kept, "title": texts["title"], "body": texts["body"], "note": ""})
    row.state = ASKED
    consents.ask(stores, vault, about=row.id, label=row.label, kind=KIND, today=today, then=SILENT)
    tell(stores, vault, label=row.label, kind="story_draft", due=window)


def own_draft(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, year: int) -> Wanted | None:
    """Where the viewer's wish for a writer stands, with the text they are asked about."""
    row = find_own(stores, viewer=viewer, year=year)
    kept = None if row is None or row.state == OUT else find_text(stores, vault, row.id)
    return None if row is None or kept is None else _wanted(stores, vault, trade, row, kept)


def answer_writer(
    stores: Stores, vault: Vault, *, viewer: Viewer, year: int, word: consents.Word, note: str, choice: Choice,
    asked_id: str, today: date, window: int,
) -> None:  # fmt: skip
    """The owner's word on a writer's text, as it stood on their page as `asked_id`. Yes: it is theirs, in the openness they choose. Change: back with a note.
    No: it is gone, and they may write themselves. Writes content and keys. Raises NotThere; Conflict where the writer
    has handed in other words since.
    """
    row = find_own(stores, viewer=viewer, year=year)
    asked = [one for one in consents.states(stores, vault, row.id) if one.kind == KIND] if row else []
    if row is None or row.state != ASKED or not asked:
        raise NotThere
    if asked[0].id != asked_id:
        raise Conflict
    consents.answer(
        stores, vault, viewer=viewer, consent_id=asked[0].id, word=word, note=note, window=window, labels=[row.label]
    )  # fmt: skip
    writer, kept = parts_of(vault, row)["writer"], find_text(stores, vault, row.id) or {}
    if writer:
        tell(stores, vault, label=writer, kind=f"story_{word}", due=window)
    if word == consents.YES:
        put_parts(vault, row, {**parts_of(vault, row), "writer": ""})
        publish(stores, vault, row, {"title": kept["title"], "body": kept["body"]}, choice, today)
    elif word == consents.CHANGE:
        row.state = WRITING
        put_text(stores, vault, row.id, {**kept, "note": note})
    else:
        _refuse(stores, vault, row)


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


def _wanted(stores: Stores, vault: Vault, trade: Trade, row: Story, kept: Mapping[str, Any]) -> Wanted:
    asked = [one for one in consents.states(stores, vault, row.id) if one.kind == KIND] if row.state == ASKED else []
    return Wanted(
        id=row.id, year=row.round, state=row.state, brief=kept["brief"], domain=group_names(trade, kept["groups"]),
        title=kept.get("title", ""), body=kept.get("body", ""), note=kept.get("note", ""),
        consent=asked[0].id if asked else "", due=asked[0].due if asked else None,
    )  # fmt: skip


def _writer_label(viewer: Viewer, row: Story) -> str:
    return ballots.label_of(viewer.secret, WRITER, row.id)
