"""The asker takes back a question that nobody has answered: its words go, and so does what matching made of them.

An answered question stays: whoever answered wrote for the readers too. What is left of a question taken back is an empty
row, whether an answer waits for its window or not: else the asker would learn that somebody is answering, and when.
"""

from sqlalchemy import delete, select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.errors import Conflict, NotThere
from app.jobs import queue
from app.keystore import DataKey
from app.mail.contacts import end_contacts
from app.notices.service import drop_notes
from app.questions.ending import own_rows
from app.questions.erasing import drop_pending, empty_question
from app.questions.lockers import OWNER, find_own
from app.questions.models import Photo, Post, Thread
from app.questions.tallying import take_back
from app.sealing import Vault
from app.vectors import store
from privacy.pseudonyms import owner_tag


def may_withdraw(stores: Stores, *, viewer: Viewer, thread_id: str) -> bool:
    """Whether this is a question of the viewer's own that still has its words and no answer. Raises NotThere."""
    own, thread = find_own(stores, viewer.secret, thread_id), stores.content.get(Thread, thread_id)
    if own is None or own.part != OWNER:
        raise NotThere
    if thread is None:
        if not own_rows(stores, own):
            raise NotThere
        return True
    if not thread.sealed_text:
        raise NotThere
    return stores.content.scalar(select(Post.id).where(Post.thread_id == thread_id, Post.author != 0).limit(1)) is None


def withdraw(stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str, window: int) -> None:
    """Take it back, words, photos, vector and key; writes content and keys. Raises NotThere, Conflict once answered."""
    if not may_withdraw(stores, viewer=viewer, thread_id=thread_id):
        raise Conflict
    own = find_own(stores, viewer.secret, thread_id)
    assert own is not None  # noqa: S101 (it may be withdrawn)
    take_back(stores, vault, viewer=viewer, threads=[thread_id], window=window)
    for row in own_rows(stores, own):
        drop_pending(stores, vault, row)
    stores.keys.execute(delete(DataKey).where(DataKey.id == own.key_id))
    thread = stores.content.get(Thread, thread_id)
    if thread is None:
        return
    empty_question(stores, thread)
    tag = str(owner_tag(viewer.secret, thread_id))
    end_contacts(stores, [tag])
    drop_notes(stores, vault, [tag])
    for post in stores.content.scalars(select(Post).where(Post.thread_id == thread_id)):
        post.sealed_text = b""  # the asker's own follow-ups, since nobody has answered
    stores.content.execute(delete(Photo).where(Photo.thread_id == thread_id, Photo.key_id == own.key_id))
    store.forget(stores, thread_id=thread_id)
    queue.put(stores, vault, "index", {"thread": thread_id, "route": False}, due=window)  # the other process forgets
