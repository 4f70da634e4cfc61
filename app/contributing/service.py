"""Invitations: two a member to the network, counted in their own locker alone; and to a role, under a post's handle."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.accounts import introductions
from app.accounts.viewer import Viewer
from app.contributing.rules import INVITATIONS
from app.db import Stores
from app.domains.trade import Trade
from app.errors import Conflict, NotThere
from app.notices.service import notes_of, tell
from app.questions.access import get_readable
from app.questions.lockers import OWNER, own_threads, read_locker, write_locker
from app.questions.standing import answer_asked, standing_of
from app.sealing import Vault
from privacy.pseudonyms import MemberSecret, owner_tag, peer_tag

HANDED: Final = "invitations"
KIND: Final = "support_asked"


class NoneLeft(Conflict):
    """Both invitations have been handed out."""


@dataclass(frozen=True, slots=True)
class Asked:
    """That a coordinator asked the author of a post to support the network."""

    id: str
    thread: str


def left(stores: Stores, viewer: Viewer) -> int:
    """How many invitations the viewer may still hand out."""
    return max(0, INVITATIONS - int(read_locker(stores, viewer.secret, HANDED, 0)))


def hand_out(stores: Stores, vault: Vault, *, viewer: Viewer, today: date) -> str:
    """A code for somebody the viewer knows; only their own locker counts it. Writes identity and content; raises
    NoneLeft."""
    if left(stores, viewer) == 0:
        raise NoneLeft
    write_locker(stores, viewer.secret, HANDED, INVITATIONS - left(stores, viewer) + 1)
    return introductions.hand_out(stores, vault, today=today)


def invite(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, post_id: str, window: int
) -> None:
    """Ask the author of a post, whom nobody knows, to support the network: once, however many coordinators do. Writes
    content; raises NotThere for a post that the viewer may not read, or wrote."""
    tag = author_of(stores, vault, trade, viewer=viewer, thread_id=thread_id, post_id=post_id)
    if any(one.kind == KIND for one in notes_of(stores, vault, [tag], window=window + 1)):
        return
    tell(stores, vault, label=tag, kind=KIND, due=window + 1, thread=thread_id)


def author_of(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, post_id: str) -> str:
    """The tag of a post's author. Raises NotThere, also for a post of the viewer's own and of the company."""
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)
    post = next((one for one in access.posts if one.id == post_id and not one.hidden), None)
    own = {owner_tag(viewer.secret, thread_id), peer_tag(viewer.secret, thread_id)}
    if post is None or post.author < 0 or post.author_tag in own:
        raise NotThere
    return post.author_tag


def asked_of(stores: Stores, vault: Vault, *, viewer: Viewer, window: int, today: date) -> list[Asked]:
    """What the viewer was asked and has not answered; nothing while they support the network anyway."""
    own = standing_of(stores, viewer.secret)
    if own.is_core(today):
        return []
    told = notes_of(stores, vault, _tags(stores, viewer.secret), window=window)
    return [Asked(one.id, one.thread) for one in told if one.kind == KIND and one.id not in own.answered]


def answer(
    stores: Stores, vault: Vault, *, viewer: Viewer, asked: str, accepts: bool, window: int, today: date
) -> None:
    """Say yes or no; neither is told to anybody. Writes content; raises NotThere."""
    if asked not in {one.id for one in asked_of(stores, vault, viewer=viewer, window=window, today=today)}:
        raise NotThere
    answer_asked(stores, viewer.secret, asked=asked, accepts=accepts, today=today)


def _tags(stores: Stores, secret: MemberSecret) -> list[str]:
    return [
        str((owner_tag if one.part == OWNER else peer_tag)(secret, one.thread)) for one in own_threads(stores, secret)
    ]
