"""Use cases: a volunteer of another circle writes somebody's story, and its owner says yes, change or no; silence is no.

Whoever writes sees what the owner chose to tell them and nothing else: neither learns who the other is, nor in which
minute they were here: what one does is kept beside what stands until the next publication (see settling).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community import ballots, consents
from app.community.windows import heard_in
from app.db import Stores
from app.domains.service import current_viewer
from app.domains.trade import Trade
from app.errors import Conflict, Forbidden, NotThere
from app.recognition.models import Story
from app.recognition.reads import group_names
from app.recognition.stories import (
    ASKED,
    OUT,
    WANTED,
    WISHED,
    WRITING,
    Choice,
    end_writer,
    find_own,
    get_award,
    groups_of_award,
    own_row,
    parts_of,
    put_parts,
    say_later,
)
from app.recognition.texts import find_text, find_texts, put_text
from app.sealing import Vault

WRITER: Final = "writer"
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
    waits: bool = False  # what its reader did last is not known to others yet


def ask_writer(
    stores: Stores, vault: Vault, *, viewer: Viewer, year: int, brief: str, today: date, window: int
) -> None:
    """Ask for somebody to write it; members of other circles see what stands in `brief`, from the next publication on.
    Writes content and keys."""
    viewer = current_viewer(stores, vault, viewer=viewer, today=today)
    award = get_award(stores, viewer=viewer, year=year)
    row = own_row(stores, vault, viewer, award, today)
    if row.state not in ("", WISHED, WANTED):
        raise Forbidden
    kept = find_text(stores, vault, row.id) or {"brief": brief, "groups": groups_of_award(stores, vault, award)}
    row.state = row.state or WISHED
    put_text(stores, vault, row.id, {**kept, "wish": brief})
    say_later(stores, vault, row, window)


def wanted(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> list[Wanted]:
    """Stories that wait for a writer, of other circles than the viewer's, and the ones the viewer took."""
    rows = stores.content.scalars(select(Story).where(Story.state != OUT).order_by(Story.id)).all()
    mine = [row for row in rows if _is_mine(vault, row, viewer)]
    open_ = [
        row for row in rows
        if row.state == WANTED and row not in mine and not set(parts_of(vault, row)["circles"]) & viewer.own_circles
    ]  # fmt: skip
    texts = find_texts(stores, vault, [row.id for row in (*mine, *open_)])
    return [
        *(_mine(stores, vault, trade, row, texts[row.id]) for row in mine if row.id in texts),
        *(_wanted(stores, vault, trade, row, texts[row.id]) for row in open_ if row.id in texts),
    ]


def get_wanted(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, story_id: str) -> Wanted:
    """One of them. Raises NotThere."""
    found = next((one for one in wanted(stores, vault, trade, viewer=viewer) if one.id == story_id), None)
    if found is None:
        raise NotThere
    return found


def take(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, story_id: str, window: int) -> None:
    """Offer to write a story; writes content. Raises NotThere where it is not wanted, Conflict when somebody else was
    first: of who was, it tells no more than that it was since the last publication."""
    if get_wanted(stores, vault, trade, viewer=viewer, story_id=story_id).state != WANTED:
        raise NotThere
    row = stores.content.get_one(Story, story_id)
    if parts_of(vault, row).get("taker"):
        raise Conflict
    label = ballots.cast(stores, vault, viewer=viewer, purpose=WRITER, object=story_id)
    say_later(stores, vault, row, window, taker=label)


def give_back(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, story_id: str, window: int) -> None:
    """Let somebody else write it; writes content and keys. Raises NotThere."""
    if get_wanted(stores, vault, trade, viewer=viewer, story_id=story_id).state not in (WRITING, ASKED):
        raise NotThere
    row = stores.content.get_one(Story, story_id)
    if parts_of(vault, row).get("taker"):  # nobody knew
        put_parts(vault, row, {**parts_of(vault, row), "taker": ""})
        _forget_draft(stores, vault, row)
        ballots.retract(stores, vault, viewer=viewer, purpose=WRITER, object=story_id)
    else:
        say_later(stores, vault, row, window, gives_back=True)


def free(stores: Stores, vault: Vault, *, story_id: str, label: str) -> None:
    """Whoever writes under this label does not any more: the wish stands, their text goes. Writes content and keys."""
    row = stores.content.get(Story, story_id)
    if row is not None and parts_of(vault, row).get("taker") == label:
        put_parts(vault, row, {**parts_of(vault, row), "taker": ""})
        _forget_draft(stores, vault, row)
    if row is None or row.state not in (WRITING, ASKED) or parts_of(vault, row)["writer"] != label:
        return
    end_writer(stores, vault, row)
    put_parts(vault, row, {**parts_of(vault, row), "gives_back": False})
    row.state = WANTED
    kept = find_text(stores, vault, row.id) or {}
    put_text(stores, vault, row.id, {"brief": kept["brief"], "groups": kept["groups"]})


def _forget_draft(stores: Stores, vault: Vault, row: Story) -> None:
    kept = find_text(stores, vault, row.id) or {}
    kept.pop("draft", None)
    put_text(stores, vault, row.id, kept)


def hand_in(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    story_id: str,
    texts: Mapping[str, str],
    window: int,
) -> None:
    """A writer's text goes to its owner in the next publication, who says yes, change or no; writes content and keys.
    Raises NotThere."""
    if get_wanted(stores, vault, trade, viewer=viewer, story_id=story_id).state not in (WRITING, ASKED):
        raise NotThere
    row = stores.content.get_one(Story, story_id)
    kept = find_text(stores, vault, row.id) or {}
    put_text(stores, vault, row.id, {**kept, "draft": {"title": texts["title"], "body": texts["body"]}})
    say_later(stores, vault, row, window)


def own_draft(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, year: int) -> Wanted | None:
    """Where the viewer's wish for a writer stands, with the text they are asked about."""
    row = find_own(stores, viewer=viewer, year=year)
    kept = None if row is None or row.state == OUT else find_text(stores, vault, row.id)
    if row is None or kept is None:
        return None
    found = _wanted(stores, vault, trade, row, {**kept, "brief": kept.get("wish", kept["brief"])})
    return replace(found, state=WANTED if row.state == WISHED else row.state, waits="wish" in kept or "choice" in kept)


def answer_writer(
    stores: Stores, vault: Vault, *, viewer: Viewer, year: int, word: consents.Word, note: str, choice: Choice,
    asked_id: str, window: int,
) -> None:  # fmt: skip
    """The owner's word on a writer's text, as it stood on their page as `asked_id`, done in the next publication. Yes: it
    is theirs, in the openness they choose. Change: back with a note. No: it is gone, and they may write themselves.
    Writes content and keys. Raises NotThere; Conflict where the writer has handed in other words since.
    """
    row = find_own(stores, viewer=viewer, year=year)
    asked = [one for one in consents.states(stores, vault, row.id) if one.kind == KIND] if row else []
    if row is None or row.state != ASKED or not asked:
        raise NotThere
    if asked[0].id != asked_id or asked[0].state != consents.ASKED:
        raise Conflict
    due = heard_in(stores, window)
    consents.answer(
        stores, vault, viewer=viewer, consent_id=asked[0].id, word=word, note=note, window=due, labels=[row.label]
    )  # fmt: skip
    kept = find_text(stores, vault, row.id) or {}
    put_text(stores, vault, row.id, {**kept, "choice": asdict(choice)})
    say_later(stores, vault, row, window)


def _wanted(stores: Stores, vault: Vault, trade: Trade, row: Story, kept: Mapping[str, Any]) -> Wanted:
    asked = [one for one in consents.states(stores, vault, row.id) if one.kind == KIND] if row.state == ASKED else []
    return Wanted(
        id=row.id, year=row.round, state=row.state, brief=kept["brief"], domain=group_names(trade, kept["groups"]),
        title=kept.get("title", ""), body=kept.get("body", ""), note=kept.get("note", ""),
        consent=asked[0].id if asked else "", due=asked[0].due if asked else None,
    )  # fmt: skip


def _is_mine(vault: Vault, row: Story, viewer: Viewer) -> bool:
    """Whether the viewer writes it, as they see it at once."""
    parts, label = parts_of(vault, row), _writer_label(viewer, row)
    return parts.get("taker") == label or (parts["writer"] == label and not parts.get("gives_back"))


def _mine(stores: Stores, vault: Vault, trade: Trade, row: Story, kept: Mapping[str, Any]) -> Wanted:
    """As its writer sees it: with what they handed in last, and not the answer that is on its way."""
    found = _wanted(stores, vault, trade, row, {**kept, **kept.get("draft", {})})
    is_new = bool(parts_of(vault, row).get("taker"))
    return replace(found, state=WRITING if is_new else row.state, waits=is_new or "draft" in kept)


def _writer_label(viewer: Viewer, row: Story) -> str:
    return ballots.label_of(viewer.secret, WRITER, row.id)
