"""The author of a text takes identifying words out of it: at once, and everywhere they were copied to.

Whatever the state of the thread, and whether its author may still read it. Of an older version nothing is kept; whose
words they were is told to nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.jobs import queue
from app.questions.cards import field_cards
from app.questions.changes import text_of
from app.questions.ending import tag_of
from app.questions.lockers import OWNER, find_own
from app.questions.models import Thread
from app.questions.reads import ThreadText, find_thread_text, indexed_words, thread_text
from app.questions.rekeying import rekey
from app.questions.written import PLACES, Removal, tag_on, targets_of, waiting_of, without
from app.sealing import Vault
from app.vectors import store
from matching.text import counts
from privacy.redaction import Redactor
from privacy.redaction.removing import take_out

MAX_WORDS: Final = 30


@dataclass(frozen=True, slots=True)
class Embedded:
    """A question's text as it will be, with the vector (d,) somebody made of it, and by which encoder."""

    text: str = field(repr=False)
    vector: NDArray[np.float32] = field(repr=False)
    encoder: str


def take_words_out(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    redactor: Redactor,
    *,
    viewer: Viewer,
    thread_id: str,
    words: Iterable[str],
    window: int,
    ready: Embedded | None = None,
) -> str:
    """Take words out of everything of a thread, and give the id of the key one's part was under, for `forget_key` in a
    transaction of its own. Writes content and keys.

    `ready` is the question embedded anew: where it is missing, or the question has changed meanwhile, the vector goes
    and the worker makes another. Raises NotThere for who wrote nothing there.
    """
    own = find_own(stores, viewer.secret, thread_id)
    if own is None:
        raise NotThere
    listed = tuple(dict.fromkeys(words))[:MAX_WORDS]
    removal = Removal(stores, vault, trade, redactor, viewer.secret, thread_id, tag_of(viewer, own), listed)
    _ = removal.originals  # before any place changes them
    before = find_thread_text(stores, vault, trade, thread_id)
    for place in PLACES:
        place(removal)
    old = rekey(removal, own)
    after = find_thread_text(stores, vault, trade, thread_id)
    if after is not None and after != before:
        _embed(stores, vault, after, ready, window)
    return old


def after_taking_out(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, words: Sequence[str]
) -> str | None:
    """The question's text as it will be embedded once the words are out, to be encoded before anything is locked."""
    own, thread = find_own(stores, viewer.secret, thread_id), stores.content.get(Thread, thread_id)
    text = None if thread is None or not thread.sealed_text else thread_text(stores, vault, thread)
    if own is None or own.part != OWNER or text is None:
        return None
    return indexed_words(trade, without(trade, text, words, lambda one: take_out(one, words)))


def own_texts(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str) -> list[str]:
    """Everything the viewer wrote in a thread, out or not, to choose words from. Raises NotThere where it is nothing."""
    own = find_own(stores, viewer.secret, thread_id)
    key = None if own is None else vault.data_keys(stores, [own.key_id]).get(own.key_id)
    if own is None or key is None:
        raise NotThere
    tag = tag_of(viewer, own)
    found = [_shown(trade, text_of(one, key)) for one in targets_of(stores, thread_id) if tag_on(one) == tag]
    found += [_shown(trade, one.text) for one in waiting_of(stores, vault, thread_id) if one.tag == tag]
    return [one for texts in found for one in texts]


def _embed(stores: Stores, vault: Vault, found: ThreadText, ready: Embedded | None, window: int) -> None:
    """The job lets the other process forget too; without a fitting vector it makes one."""
    thread_id = found.where.thread_id
    queue.put(stores, vault, "index", {"thread": thread_id, "route": False}, due=window)
    if ready is None or ready.text != found.text:
        store.drop_text(stores, thread_id=thread_id)
    elif store.is_indexed(stores, thread_id):
        store.put_vector(
            stores, vault, where=found.where, encoder=ready.encoder, vector=ready.vector, counts=counts(found.text)
        )


def _shown(trade: Trade, text: Mapping[str, Any]) -> list[str]:
    """The words of a text as its author knows them."""
    new = {**text, **text.get("new", {})}
    said = [new.get("title"), new.get("text"), *(one.text for one in field_cards(trade, new.get("fields", {})))]
    return [one for one in [*said, *(one["text"] for one in new.get("additions", ()))] if one]
