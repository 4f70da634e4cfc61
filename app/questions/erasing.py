"""What leaving takes out of threads. Every function may be called again after a stop: what is gone stays gone.

Taken back means: the data key is deleted, and the sealed text is overwritten as well, so that no older copy of the key
store opens it. A thread in which somebody else wrote stays, without its author's words.
"""

from collections.abc import Callable
from typing import Final

from sqlalchemy import delete, select

from app.db import Stores
from app.escrow.service import erase_thread
from app.keystore import DataKey
from app.mail.contacts import end_contacts
from app.questions.holding import REFUSED
from app.questions.lockers import PURPOSES, part_labels
from app.questions.models import Locker, Mark, Pending, Photo, Post, Thread
from app.questions.pending import open_pending
from app.questions.photos import remove_photos
from app.questions.rules import OPEN_STATES
from app.sealing import Vault
from app.vectors import store
from privacy.pseudonyms import MemberSecret, locker_label

Beside = Callable[[Stores, str], None]
BESIDE: Final[list[Beside]] = []
ALONG: Final[list[Beside]] = []


def goes_with_question(beside: Beside) -> Beside:
    """Declare what stands beside a question and goes when its words are taken back: it is given the thread's id."""
    if beside not in BESIDE:
        BESIDE.append(beside)
    return beside


def goes_with_thread(beside: Beside) -> Beside:
    """Declare what goes with a thread whose row goes, and no key of the table would take along."""
    if beside not in ALONG:
        ALONG.append(beside)
    return beside


def empty_question(stores: Stores, thread: Thread) -> None:
    """Overwrite a question's words and let go what stands beside them; the row stays. Writes content."""
    thread.state, thread.sealed_text = "closed", b""
    for beside in BESIDE:
        beside(stores, thread.id)


def keep_part(stores: Stores, *, thread_id: str, tag: str, key_id: str) -> None:
    """The words stay, readable for whoever may read them, and nobody can claim them; no mail goes to their author.

    A question that nobody has answered is closed: nobody would read an answer. What was never out has no words to keep.
    Writes content and keys.
    """
    end_contacts(stores, [tag])
    thread = stores.content.get(Thread, thread_id)
    if thread is None or not (thread.owner_tag == tag or _has_posts(stores, thread_id, tag)):
        stores.keys.execute(delete(DataKey).where(DataKey.id == key_id))
    elif thread.owner_tag == tag and thread.state in OPEN_STATES:
        thread.state = "closed"


def withdraw_part(stores: Stores, vault: Vault, *, thread_id: str, tag: str, key_id: str) -> None:
    """Take one author's words out of one thread, and all that matching made of them; writes content and keys."""
    end_contacts(stores, [tag])
    stores.keys.execute(delete(DataKey).where(DataKey.id == key_id))
    thread = stores.content.get(Thread, thread_id)
    if thread is None:
        return
    stores.content.execute(delete(Photo).where(Photo.thread_id == thread_id, Photo.key_id == key_id))
    for post in stores.content.scalars(select(Post).where(Post.thread_id == thread_id, Post.author_tag == tag)):
        post.sealed_text = b""
    if thread.owner_tag == tag:
        _withdraw_question(stores, vault, thread)


def _withdraw_question(stores: Stores, vault: Vault, thread: Thread) -> None:
    store.forget(stores, thread_id=thread.id)
    if others_wrote(stores, vault, thread):
        empty_question(stores, thread)
    else:
        erase_thread(stores, thread_id=thread.id)
        stores.content.execute(delete(Mark).where(Mark.thread_id == thread.id))
        for beside in ALONG:
            beside(stores, thread.id)
        stores.content.delete(thread)


def _has_posts(stores: Stores, thread_id: str, tag: str) -> bool:
    own = select(Post.id).where(Post.thread_id == thread_id, Post.author_tag == tag).limit(1)
    return stores.content.scalar(own) is not None


def others_are_out(stores: Stores, thread: Thread) -> bool:
    """Whether anything of anybody but its author is out in a thread: as much as its author may be told."""
    others = select(Post.id).where(Post.thread_id == thread.id, Post.author_tag != thread.owner_tag).limit(1)
    return stores.content.scalar(others) is not None


def others_wrote(stores: Stores, vault: Vault, thread: Thread) -> bool:
    """Whether anybody but its author wrote in a thread, be it out or waiting for its window; not what was refused."""
    if others_are_out(stores, thread):
        return True
    coming = select(Pending).where(Pending.due_window != REFUSED)  # else the author learned that one was refused
    waiting = (open_pending(vault, row) for row in stores.content.scalars(coming))
    return any(one.get("thread") == thread.id and one["author_tag"] != thread.owner_tag for one in waiting)


def drop_pending(stores: Stores, vault: Vault, row: Pending) -> None:
    """What is not out yet never comes out."""
    remove_photos(stores, open_pending(vault, row).get("photos", ()))
    stores.content.delete(row)


def locker_labels(secret: MemberSecret, threads: list[str]) -> list[str]:
    """Every label under which this secret can keep something."""
    objects = {"": [""], "thread": threads}
    every = [(purpose, one) for purpose, about in PURPOSES.items() for one in objects[about]]
    return [label for about in every for label in (str(locker_label(secret, *about)), *part_labels(secret, *about))]


def lockers_there(stores: Stores, labels: list[str]) -> list[str]:
    """Those of the labels that have something."""
    return list(stores.content.scalars(select(Locker.label).where(Locker.label.in_(labels))))


def drop_locker(stores: Stores, *, label: str) -> None:
    """Erase what stands under a label, row and all."""
    stores.content.execute(delete(Locker).where(Locker.label == label))
