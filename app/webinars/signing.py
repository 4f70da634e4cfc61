"""Signing up: a ballot that its member's own session finds again, and nobody else can list."""

from app.accounts.viewer import Viewer
from app.community import ballots
from app.db import Stores
from app.errors import Conflict
from app.sealing import Vault
from app.webinars.planning import SIGN_UP
from app.webinars.rows import get_talk

WELCOME = ("coming", "soon", "open")


def sign_up(
    stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str, now: float, contact: bytes | None = None
) -> None:
    """Sign up, once or again; writes content. The row holds nothing of the member, not even a circle.

    Raises NotThere, Conflict when it is over or called off, Forbidden.
    """
    opened = get_talk(stores, vault, viewer=viewer, talk_id=talk_id)
    if opened.row.state != "announced" or opened.phase(now) not in WELCOME:
        raise Conflict
    ballots.cast(stores, vault, viewer=viewer, purpose=SIGN_UP, object=talk_id, contact=contact)


def sign_off(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str) -> None:
    """Take it back; writes content. Raises NotThere."""
    get_talk(stores, vault, viewer=viewer, talk_id=talk_id)
    ballots.retract(stores, vault, viewer=viewer, purpose=SIGN_UP, object=talk_id)


def is_signed_up(stores: Stores, *, viewer: Viewer, talk_id: str) -> bool:
    """Whether this member is."""
    return ballots.has_cast(stores, viewer=viewer, purpose=SIGN_UP, object=talk_id)
