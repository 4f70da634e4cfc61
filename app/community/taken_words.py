"""Identifying words out of everything at a place: at once, whoever quotes them, and wherever a feature copied them to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.accounts.viewer import Viewer
from app.community.changing import rekey
from app.community.places import find_place, tag_at
from app.community.publishing import KINDS
from app.community.reads import open_waiting, own_payloads, rows_at
from app.community.texts import TABLE, open_words, seal_words, tell_followers, words_of
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.questions.lockers import OwnThread
from app.questions.taking_out import MAX_WORDS
from app.questions.written import PLACES as WRITTEN_AT
from app.questions.written import TABLES, Removal, also, strings_of, without
from app.sealing import Vault
from privacy.redaction import Redactor

TABLES.update(dict.fromkeys(KINDS, TABLE))


@dataclass(frozen=True)
class PlaceRemoval(Removal):
    """Words that their author takes out of a place."""

    @cached_property
    def originals(self) -> tuple[str, ...]:
        """Every text of the author's own at the place, as it was."""
        rows = [row for row in rows_at(self.stores, self.thread_id) if row.author_tag == self.tag]
        opened = words_of(self.stores, self.vault, rows).values()
        return tuple(text for one in opened for text in strings_of(one))


def take_words_out(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    redactor: Redactor,
    *,
    viewer: Viewer,
    place: str,
    words: Sequence[str],
    window: int,
) -> str:
    """Take words out of everything at a place, at once, and give the id of the key one's part was under, as `withdraw`.

    Writes content and keys. Raises NotThere for who wrote nothing there.
    """
    own = _find(stores, viewer, place)
    tag, listed = tag_at(viewer.secret, place, own.part), tuple(dict.fromkeys(words))[:MAX_WORDS]
    removal = PlaceRemoval(stores, vault, trade, redactor, viewer.secret, place, tag, listed)
    _ = removal.originals  # before any place changes them
    for written in WRITTEN_AT:
        written(removal)
    for row in rows_at(stores, place):
        if row.sealed_text:
            tell_followers(stores, vault, row, window)
    return rekey(stores, vault, viewer, own)


def own_texts(stores: Stores, vault: Vault, *, viewer: Viewer, place: str) -> list[str]:
    """Everything the viewer wrote at a place, out or not. Raises NotThere where it is nothing."""
    own = _find(stores, viewer, place)
    tag, keys = tag_at(viewer.secret, place, own.part), vault.data_keys(stores, [own.key_id])
    if own.key_id not in keys:
        raise NotThere
    rows = [row for row in rows_at(stores, place) if row.author_tag == tag]
    found = [opened for opened in (open_words(keys, row) for row in rows) if opened is not None]
    found += [open_waiting(keys[own.key_id], one) for one in own_payloads(stores, vault, own)]
    return [text for one in found for text in strings_of(one) if text]


@also
def _writings(removal: Removal) -> None:
    """What is out at a place, whoever wrote it."""
    rows = rows_at(removal.stores, removal.thread_id)
    keys = removal.vault.data_keys(removal.stores, [row.key_id for row in rows])
    for row in rows:
        opened = open_words(keys, row)
        if opened is None:
            continue
        is_own = row.author_tag == removal.tag
        said = removal.words if is_own else ()
        new = without(removal.trade, opened, said, removal.own if is_own else removal.others)
        if new != opened:
            row.sealed_text = seal_words(keys[row.key_id], new, row.id)


def _find(stores: Stores, viewer: Viewer, place: str) -> OwnThread:
    own = find_place(stores, viewer.secret, place)
    if own is None:
        raise NotThere
    return own
