"""What is held before publication: texts with prices, contact data or links to shops wait for a coordinator's word.

A held post is an ordinary waiting one whose window never comes. Who wrote it is told before they post, and may change it;
the same rules bind the operating company.
"""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import select

from app.db import Stores
from app.domains.trade import Trade
from app.questions.models import Pending, Thread
from app.questions.pending import open_pending, put_pending
from app.questions.writing import due_window
from app.sealing import Vault
from app.web.i18n import lazy
from privacy.scopes import Audience
from privacy.selling import reasons_to_hold

NEVER: Final = 2**31 - 1  # a window that does not come
REFUSED: Final = NEVER - 1  # the same, for what was not let out and lies with its author
WHY: Final = {
    "price": lazy("値段"),
    "contact": lazy("連絡先（電話やメールなど）"),
    "link": lazy("外のページへのリンク"),
}


def reasons_in(trade: Trade, texts: Iterable[str]) -> tuple[str, ...]:
    """Why these texts would be held: keys of WHY, none when they go out at their window."""
    found = {reason for text in texts for reason in reasons_to_hold(text, allowed=trade.links)}
    return tuple(reason for reason in WHY if reason in found)


def held_back(
    trade: Trade, payload: dict[str, Any], texts: Iterable[str], *, circle: str, due: int, window: int
) -> tuple[dict[str, Any], int]:
    """A post on its way and the window it appears in, or held; what was said of an earlier text of it is over.

    `circle` is its author's, `due` the window it would appear in, `window` the present one.
    """
    plain = {name: value for name, value in payload.items() if name != "held"}
    reasons = reasons_in(trade, texts)
    if not reasons:
        return plain, due
    held = {"reasons": list(reasons), "state": "waiting", "since": window, "wait": due - window, "circle": circle}
    return {**plain, "held": {**held, "decisions": [], "appeal": ""}}, NEVER


def due_again(stores: Stores, payload: dict[str, Any], window: int) -> int:
    """The window in which a held post comes out once it may: the next one of its audience, with everybody else's posts.

    A window of its own would tell that it was held, and when somebody let it out.
    """
    thread = stores.content.get(Thread, payload.get("thread") or payload["id"])
    audience = thread.audience if thread is not None else payload.get("columns", payload)["audience"]
    return due_window(stores, window, Audience(audience), at_once=payload["held"]["wait"] == 0)


def put_post(
    stores: Stores, vault: Vault, trade: Trade, payload: dict[str, Any], texts: Iterable[str], *, circle: str, due: int,
    window: int,
) -> str:  # fmt: skip
    """Store a post until its window, or held, and return its waiting row's id. Writes content."""
    payload, due = held_back(trade, payload, texts, circle=circle, due=due, window=window)
    return put_pending(stores, vault, payload, due=due)


def held_rows(stores: Stores, vault: Vault) -> list[tuple[Pending, dict[str, Any]]]:
    """Everything that waits for a coordinator, opened."""
    rows = stores.content.scalars(select(Pending).where(Pending.due_window == NEVER))
    return [(row, open_pending(vault, row)) for row in rows]
