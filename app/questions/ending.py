"""What ends a thread, and its mail switched on and off by who writes there. Contacts end with the thread."""

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.db import Stores, fetch
from app.errors import NotThere
from app.mail.contacts import contacts_of, end_contacts, set_contact
from app.questions.lockers import OWNER, OwnThread, find_own
from app.questions.models import Pending, Post, Thread
from app.questions.pending import change_pending, open_pending, pack
from app.questions.rules import OPEN_STATES, QUIET_DAYS
from app.sealing import Vault
from privacy.pseudonyms import owner_tag, peer_tag


def close(stores: Stores, thread: Thread) -> None:
    """A question is over: it is offered to nobody any more, and nobody gets mail about it."""
    thread.state = "closed"
    end_contacts(stores, _labels(stores, thread))


def switch_mail(stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str, box: bytes | None) -> None:
    """Be told by mail about this thread, or no longer; `box` is closed for the post office.

    Before a post is out its contact waits with it. Raises NotThere where the viewer wrote nothing, or all is over.
    """
    own = find_own(stores, viewer.secret, thread_id)
    thread = stores.content.get(Thread, thread_id)
    if own is None or (thread is not None and thread.state == "closed"):
        raise NotThere
    tag = tag_of(viewer, own)
    for row in own_rows(stores, own):
        _switch_waiting(vault, row, box)
    if box is None or is_out(stores, own, tag):
        set_contact(stores, label=tag, box=box)


def is_notified(stores: Stores, vault: Vault, *, viewer: Viewer, own: OwnThread) -> bool:
    """Whether mail about this thread goes to the viewer, now or once their post is out."""
    if contacts_of(stores, [tag_of(viewer, own)]):
        return True
    return any("contact" in open_pending(vault, row) for row in own_rows(stores, own))


def end_quiet(stores: Stores, *, thread_id: str, today: int) -> int:
    """End the contacts of a thread that has ended by itself; the days after which to look again, 0 when it is over.

    The first call comes a week after the honest end, time enough for its author to say what becomes of the question;
    where no answer came and nobody kept it open, contacts end. Later ones ask whether nobody has written for 30 days.
    """
    thread = stores.content.get(Thread, thread_id)
    if thread is None:
        return 0
    days = stores.content.scalars(select(Post.published_day).where(Post.thread_id == thread_id))
    left = max(days, default=thread.published_day) + QUIET_DAYS - today
    if thread.state in OPEN_STATES:
        return max(1, left)
    if left <= 0 or thread.state == "ended":
        end_contacts(stores, _labels(stores, thread))
    return 0 if thread.state in ("closed", "ended") else max(0, left)


def tag_of(viewer: Viewer, own: OwnThread) -> str:
    """The label of the viewer's part of a thread."""
    make = owner_tag if own.part == OWNER else peer_tag
    return str(make(viewer.secret, own.thread))


def own_rows(stores: Stores, own: OwnThread) -> list[Pending]:
    """What of one's own still waits."""
    return fetch(stores.content, Pending, own.pending)


def is_out(stores: Stores, own: OwnThread, tag: str) -> bool:
    """Whether something of one's own in this thread has been published."""
    if own.part == OWNER:
        return stores.content.get(Thread, own.thread) is not None
    return stores.content.scalar(select(Post.id).where(Post.author_tag == tag).limit(1)) is not None


def _switch_waiting(vault: Vault, row: Pending, box: bytes | None) -> None:
    payload = open_pending(vault, row)
    if payload["kind"] not in ("question", "answer"):
        return
    rest = {name: value for name, value in payload.items() if name != "contact"}
    change_pending(vault, row, rest if box is None else {**rest, "contact": pack(box)})


def _labels(stores: Stores, thread: Thread) -> set[str]:
    tags = stores.content.scalars(select(Post.author_tag).where(Post.thread_id == thread.id))
    return {thread.owner_tag, *tags}
