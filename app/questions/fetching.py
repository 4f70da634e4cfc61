"""What the page of a thread stands on, fetched in two or three statements, wherever its parts look for it by key.

Only of a session that writes nothing and sees all files; everything here could be asked one by one as well.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, func, literal, select, true, union_all
from sqlalchemy.orm import aliased

from app.accounts.viewer import Viewer
from app.db import Stores, keep, recall
from app.domains.models import CrowdRow, Network, OpenVectors
from app.keystore import DataKey
from app.mail.models import Contact
from app.questions.endorsing import voice_label
from app.questions.lockers import find_own
from app.questions.models import Endorsement, Locker, Mark, Pending, Post, Thread
from privacy.pseudonyms import locker_label, owner_tag, peer_tag

LOCKERS = ("mythreads", "photos", "shown", "pen-name", "ballots", "standing", "places")


_asker, _writer = aliased(DataKey), aliased(DataKey)
_newest = select(func.max(OpenVectors.version)).scalar_subquery()
# one row a post: the thread, its posts, their keys, the network and the newest table's number
_THREAD: Final = (
    select(
        Thread, Post, _asker.wrapped, _writer.wrapped, Network, _newest,
        select(CrowdRow.key_id).where(CrowdRow.version == _newest).scalar_subquery(),
    )
    .outerjoin(Post, Post.thread_id == Thread.id)
    .outerjoin(_asker, _asker.id == Thread.key_id)
    .outerjoin(_writer, _writer.id == Post.key_id)
    .outerjoin(Network, true())
    .where(Thread.id == bindparam("thread"))
    .order_by(Post.place)
)  # fmt: skip
# the viewer's lockers, whether mail about the thread comes to them, and the thread's marks
_LABELLED: Final = union_all(
    select(literal("locker"), Locker.label, Locker.sealed).where(
        Locker.label.in_(bindparam("lockers", expanding=True))
    ),
    select(literal("contact"), Contact.label, Contact.box).where(Contact.label.in_(bindparam("tags", expanding=True))),
    select(literal("mark"), Mark.label, Mark.sealed).where(Mark.thread_id == bindparam("thread")),
)
# the viewer's ballots for those who answered, and what of theirs still waits
_VOICES: Final = union_all(
    select(literal("voice"), Endorsement.label, Endorsement.sealed, literal(0)).where(
        Endorsement.label.in_(bindparam("voices", expanding=True))
    ),
    select(literal("pending"), Pending.id, Pending.sealed, Pending.due_window).where(
        Pending.id.in_(bindparam("waiting", expanding=True))
    ),
)


def fetch_page(stores: Stores, *, viewer: Viewer, thread_id: str) -> None:
    """Fetch a thread with its posts and their keys, then what the viewer keeps under labels of their own."""
    posts = _fetch_thread(stores, thread_id)
    _fetch_labelled(stores, viewer, thread_id)
    own = find_own(stores, viewer.secret, thread_id)
    voices = [voice_label(viewer.secret, one.id) for one in posts if one.kind == "answer"]
    _fetch_voices(stores, voices, () if own is None else own.pending)


def _fetch_thread(stores: Stores, thread_id: str) -> Sequence[Post]:
    rows = stores.content.execute(_THREAD, {"thread": thread_id}).all()
    if not rows:
        return ()
    thread, posts = rows[0][0], tuple(row[1] for row in rows if row[1] is not None)
    keys = {post.key_id: row[3] for row, post in zip(rows, posts, strict=False)} | {thread.key_id: rows[0][2]}
    keep(stores.content, Thread, {thread_id: thread})
    recall(stores.content, (Post, "of", thread_id), lambda: posts)
    keep(stores.keys, DataKey, {key: wrapped and DataKey(id=key, wrapped=wrapped) for key, wrapped in keys.items()})
    recall(stores.content, Network, lambda: rows[0][4])
    recall(stores.content, OpenVectors, lambda: rows[0][5])
    recall(stores.identity, (CrowdRow, "key", rows[0][5] or 0), lambda: rows[0][6])
    return posts


def _fetch_labelled(stores: Stores, viewer: Viewer, thread_id: str) -> None:
    lockers = [str(locker_label(viewer.secret, one)) for one in LOCKERS]
    tags = [str(owner_tag(viewer.secret, thread_id)), str(peer_tag(viewer.secret, thread_id))]
    rows = stores.content.execute(_LABELLED, {"lockers": lockers, "tags": tags, "thread": thread_id}).all()
    kept = {label: Locker(label=label, sealed=sealed) for table, label, sealed in rows if table == "locker"}
    boxes = {label: Contact(label=label, box=box) for table, label, box in rows if table == "contact"}
    marks = [Mark(label=label, thread_id=thread_id, sealed=sealed) for table, label, sealed in rows if table == "mark"]
    keep(stores.content, Locker, dict.fromkeys(lockers) | kept)
    keep(stores.content, Contact, dict.fromkeys(tags) | boxes)
    recall(stores.content, (Mark, "of", thread_id), lambda: marks)


def _fetch_voices(stores: Stores, voices: Sequence[str], waiting: Sequence[str]) -> None:
    if not voices and not waiting:
        return
    rows = stores.content.execute(_VOICES, {"voices": voices, "waiting": list(waiting)}).all()
    cast = {one: Endorsement(label=one, sealed=sealed) for table, one, sealed, _ in rows if table == "voice"}
    left = {one: Pending(id=one, sealed=sealed, due_window=due) for table, one, sealed, due in rows if table != "voice"}
    keep(stores.content, Endorsement, dict.fromkeys(voices) | cast)
    keep(stores.content, Pending, dict.fromkeys(waiting) | left)
