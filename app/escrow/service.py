"""Seal an author to the custodians, publish the escrow with the post, erase it. Off without five custodians."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import delete, func, select

from app.db import Stores, recall
from app.escrow.models import Custodian, Escrow
from privacy import escrow as core
from privacy.shamir import SHARES

PUBLICS: Final = select(func.group_concat(Custodian.public)).where(Custodian.state == "active").scalar_subquery()
_ACTIVE: Final = (Custodian, "publics", "active")


Whose = Callable[[Stores, str], tuple[str, int] | None]
_WHOSE: Final[list[Whose]] = []


def knows_parts(whose: Whose) -> Whose:
    """Declare how one text is found whose page numbers voices for its reader: its id -> (place, author there), or None."""
    if whose not in _WHOSE:
        _WHOSE.append(whose)
    return whose


def part_of(stores: Stores, text_id: str) -> tuple[str, int] | None:
    """Whose part of which place one text is; None where no feature knows it."""
    return next((found for whose in _WHOSE if (found := whose(stores, text_id)) is not None), None)


def is_on(stores: Stores) -> bool:
    """Whether five custodians are there; without them nothing is sealed and nothing can be asked for."""
    return len(active_custodians(stores)) == SHARES


def active_custodians(stores: Stores) -> list[Custodian]:
    """Those to whom new posts are sealed, in the order of their public keys."""
    return list(
        stores.identity.scalars(select(Custodian).where(Custodian.state == "active").order_by(Custodian.public))
    )


def seal_author(stores: Stores, *, member_id: str, thread_id: str, tag: str, asks: bool) -> dict[str, Any]:
    """The part of a pending post's payload that says, to custodians only, who writes here; {} while it is off.

    Reads identity. Called when an author first writes in a thread: what somebody began without it stays without it.
    """
    listed = recall(stores.identity, _ACTIVE, lambda: stores.identity.scalar(select(PUBLICS)))
    publics = [bytes.fromhex(one) for one in sorted((listed or "").split(",")) if one]
    if len(publics) != SHARES:
        return {}
    sealed = core.seal_author(member_id, core.Part(thread_id, tag, asks), publics)
    boxes = b64encode(sealed.to_bytes()).decode()
    return {"escrow": {"thread": thread_id, "tag": tag, "boxes": boxes}}


def know_publics(stores: Stores, listed: str | None) -> None:
    """Let a session know what was read along with something else."""
    recall(stores.identity, _ACTIVE, lambda: listed)


def publish_escrow(stores: Stores, payload: Mapping[str, Any], *, author: int) -> None:
    """Write the escrow that came with a post, if one did, in the post's own transaction; writes content."""
    found = payload.get("escrow")
    if found and stores.content.get(Escrow, found["tag"]) is None:
        boxes = b64decode(found["boxes"])
        stores.content.add(Escrow(tag=found["tag"], thread_id=found["thread"], author=author, boxes=boxes))


def erase_thread(stores: Stores, *, thread_id: str) -> None:
    """Remove every escrow of a thread that goes whole; writes content."""
    stores.content.execute(delete(Escrow).where(Escrow.thread_id == thread_id))


def erase(stores: Stores, *, thread_id: str, tag: str) -> None:
    """Remove one author's escrow of one thread; writes content. Nothing happens where there is none."""
    stores.content.execute(delete(Escrow).where(Escrow.tag == tag, Escrow.thread_id == thread_id))
