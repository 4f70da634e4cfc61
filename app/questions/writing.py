"""What asking, answering and following up have in common: who may write, what a post shows, when it is due."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.reads import is_small
from app.domains.rules import ScopeTooFine, hidden_levels, same_levels
from app.domains.service import current_viewer
from app.domains.trade import Trade
from app.errors import Forbidden
from app.questions import crowd
from app.questions.ahead import read_ahead
from app.questions.conduct import check_conduct
from app.questions.lockers import find_own
from app.questions.pennames import PenNameRefused, find_pen, has_signed, may_have_pen, note_signed
from app.questions.promise import check_promise
from app.sealing import Vault
from privacy.anonymity import Policy
from privacy.scopes import Audience
from privacy.times import Cadence, next_publication


class Sending(TypedDict, total=False):
    """What may come along with any post."""

    token: str  # the same token gives the same post, once stored
    policy: Policy
    contact: bytes | None  # a box for the post office
    sign: bool  # under the author's pen name
    photos: Sequence[bytes]  # clean pictures
    word: bool  # a coordinator's word about it is wished


def known_writer(stores: Stores, vault: Vault, viewer: Viewer, *, today: date) -> Viewer:
    """The viewer as the identity file has them in this transaction, since their page was read before it began.

    Only active members of a verified organisation write. Raises Forbidden.
    """
    now = current_viewer(stores, vault, viewer=viewer, today=today)
    if "member" not in now.roles or now.state != "active" or not now.circle:
        raise Forbidden
    return now


def known_author(stores: Stores, vault: Vault, viewer: Viewer, *, today: date, thread_id: str = "") -> Viewer:
    """The same for whoever is about to post. Raises Forbidden, PromiseFirst, WritingPaused, ReminderFirst."""
    read_ahead(stores, vault, viewer, thread_id=thread_id)
    now = known_writer(stores, vault, viewer, today=today)
    check_promise(stores, now.secret)
    check_conduct(stores, vault, viewer=now, today=today)
    return now


def signature(stores: Stores, viewer: Viewer, sending: Sending) -> dict[str, str]:
    """The part of a text that says under which pen name it stands; nothing for a handle."""
    pen = find_pen(stores, viewer.secret) if sending.get("sign") else None
    return {} if pen is None else {"pen": pen.name}


def check_signing(
    stores: Stores, trade: Trade, *, viewer: Viewer, thread_id: str, levels: Mapping[str, int], sending: Sending
) -> None:
    """In one thread a voice has one name: signed from its first answer or never, and later answers show no more than
    the group, which the name has told already. Raises PenNameRefused, ScopeTooFine.
    """
    if sending.get("sign"):
        if find_own(stores, viewer.secret, thread_id) is not None:
            raise PenNameRefused("thread")
        note_signed(stores, viewer.secret, thread_id)
    elif has_signed(stores, viewer.secret, thread_id) and not same_levels(trade, levels, hidden_levels(trade)):
        raise ScopeTooFine(hidden_levels(trade))


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
    page: str = "",
    place: str = "",
) -> int:
    """The version of the table under which these levels hide the viewer. Raises ScopeTooFine, PenNameRefused."""
    if sending.get("sign") and not may_have_pen(stores, viewer.secret):
        raise PenNameRefused("first")
    return crowd.check(
        stores,
        vault,
        trade,
        viewer=viewer,
        subject=subject,
        levels=levels,
        policy=sending.get("policy") or Policy(),
        today=today,
        sign=sending.get("sign", False),
        page=page,
        place=place,
    )


def carry_crowd(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, place: str, today: date, sending: Sending
) -> None:
    """The same for a word that shows nothing anew, in a thread or at a place where its voice may have shown something
    before. Raises JoinsTooMuch."""
    policy = sending.get("policy") or Policy()
    crowd.carry(stores, vault, trade, viewer=viewer, place=place, policy=policy, today=today)


def longest_wait(stores: Stores, audience: Audience = Audience.DOMAIN) -> int:
    """How many windows a post for this audience waits at the most."""
    return Cadence(small=is_small(stores)).step(audience)


def due_window(stores: Stores, window: int, audience: Audience, *, at_once: bool) -> int:
    """The window in which a post written now appears."""
    return next_publication(window, audience, Cadence(small=is_small(stores)), urgent=at_once)
