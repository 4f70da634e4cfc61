"""What asking, answering and following up have in common: who may write, what a post shows, when it is due."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.reads import is_small
from app.domains.trade import Trade
from app.errors import Forbidden
from app.questions import crowd
from app.sealing import Vault
from privacy.anonymity import Member, Policy
from privacy.scopes import Audience
from privacy.times import Cadence, next_publication


class Sending(TypedDict, total=False):
    """What may come along with any post."""

    token: str  # the same token gives the same post, once stored
    policy: Policy
    contact: bytes | None  # a box for the post office
    population: Sequence[Member] | None  # read already
    photos: Sequence[bytes]  # clean pictures


def refuse_strangers(viewer: Viewer) -> None:
    """Only active members of a verified organisation write. Raises Forbidden."""
    if "member" not in viewer.roles or viewer.state != "active" or not viewer.circle:
        raise Forbidden


def check_crowd(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    subject: str,
    levels: Mapping[str, int],
    today: date,
    sending: Sending,
) -> int:
    """The version of the table under which these levels hide the viewer. Raises ScopeTooFine."""
    return crowd.check(
        stores,
        vault,
        trade,
        viewer=viewer,
        subject=subject,
        levels=levels,
        policy=sending.get("policy") or Policy(),
        today=today,
        population=sending.get("population"),
    )


def longest_wait(stores: Stores, audience: Audience = Audience.DOMAIN) -> int:
    """How many windows a post for this audience waits at the most."""
    return Cadence(small=is_small(stores)).step(audience)


def due_window(stores: Stores, window: int, audience: Audience, *, at_once: bool) -> int:
    """The window in which a post written now appears."""
    return next_publication(window, audience, Cadence(small=is_small(stores)), urgent=at_once)
