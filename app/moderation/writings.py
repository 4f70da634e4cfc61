"""What is flagged, held and judged at places of the community: writings, beside questions and their posts."""

from typing import Any, Final

from app.accounts.viewer import Viewer
from app.community.models import Writing
from app.community.places import find_place, own_tag
from app.community.publishing import CHANGE, KINDS
from app.community.reads import NAMES, may_read, parts_let_in, rows_at
from app.community.texts import Opened, words_of
from app.db import Stores
from app.domains.rules import domain_labels
from app.domains.trade import Trade
from app.errors import NotThere
from app.questions.rules import COMPANY
from app.questions.words import role_label
from app.sealing import Vault

WRITING: Final = "writing"


def find_writing(stores: Stores, place: str, object: str) -> Writing | None:
    """The writing of this id at this place; None where it is a thread's."""
    row = stores.content.get(Writing, object)
    return row if row is not None and row.place == place else None


def check_reader(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, row: Writing) -> bool:
    """Whether a coordinator is a party, having written there; raises NotThere where they could not read it."""
    if not may_read(vault, trade, viewer=viewer, row=row):
        raise NotThere
    return find_place(stores, viewer.secret, row.place) is not None


def check_waiting(stores: Stores, trade: Trade, payload: dict[str, Any], *, viewer: Viewer) -> bool:
    """The same for one that is held."""
    if not parts_let_in(trade, payload["scope"], viewer=viewer):
        raise NotThere
    return find_place(stores, viewer.secret, payload["thread"]) is not None


def is_mine(stores: Stores, viewer: Viewer, row: Writing) -> bool:
    """Whether the viewer wrote it."""
    return row.author_tag == own_tag(stores, viewer.secret, row.place)


def voice_of(stores: Stores, payload: dict[str, Any]) -> int:
    """The voice under which a held writing will stand."""
    if payload["kind"] == CHANGE or payload["voice"] == 1:
        rows = rows_at(stores, payload["thread"])
        known = next((row.voice for row in rows if row.author_tag == payload["author_tag"]), None)
        return known if known is not None else max((0, *(row.voice for row in rows))) + 1
    return COMPANY if payload["voice"] == COMPANY else 0


def is_of_place(kind: str) -> bool:
    """Whether this is a waiting kind of the community."""
    return kind in KINDS


def joined(opened: Opened) -> dict[str, Any]:
    """A writing's words as the desk shows a post: one text."""
    said = [*opened["texts"].values(), opened.get("added", "")]
    return {**opened, "text": "\n\n".join(text for text in said if text), "shown": opened.get("shown", [])}


def text_at(stores: Stores, vault: Vault, row: Writing) -> dict[str, Any] | None:
    """The words of a writing that is out; None when they are gone."""
    opened = words_of(stores, vault, [row]).get(row.id)
    return None if opened is None else joined(opened)


def role_of(of: str, author: int) -> str:
    """What a voice is called on the desk: of a thread, or of a place."""
    return NAMES.of(author) if of == WRITING else role_label(author)


def domain_of(trade: Trade, parts: dict[str, Any]) -> tuple[str, ...]:
    """The domain that a writing shows."""
    subject = parts["subject"]
    return tuple(domain_labels(trade, subject, "", parts["levels"])) if subject in trade.subjects else ()
