"""Texts of higher features that are remembered and searched together with the threads: they register here.

Matching keeps them in the same table, under a shelf of their own where a thread has its subject. So they are sealed,
erased, caught up and embedded again like threads; and since no question has that subject, nobody is routed by them.
"""

from collections.abc import Callable, Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.questions.reads import ThreadText, find_thread_text
from app.sealing import Vault


@dataclass(frozen=True, slots=True)
class CloseCard:
    """What may answer a question before it is asked: a thread in its state, or a text of another `kind`."""

    id: str
    title: str
    endpoint: str = "questions.thread"
    named: str = "thread_id"  # the endpoint's argument
    state: str = ""  # of a thread
    kind: str = "thread"


class Texts(Protocol):
    """One kind of text beside the threads."""

    shelf: str  # the subject under which matching keeps them

    def find(self, stores: Stores, vault: Vault, trade: Trade, text_id: str) -> ThreadText | None:
        """What is embedded of a text that is out; None for an id of another kind, and when it is gone."""
        ...

    def reach(
        self, stores: Stores, vault: Vault, trade: Trade, notes: dict[str, Any], *, viewer: Viewer,
        groups: AbstractSet[str],
    ) -> frozenset[str]:  # fmt: skip
        """The ids in these groups that the viewer may read. `notes` keeps what was opened, until a text changes."""
        ...

    def cards(
        self, stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, ids: Collection[str]
    ) -> list[CloseCard]:
        """A line for each that the viewer may read, asked of the text itself."""
        ...

    def answered(
        self, stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, text_id: str, today: date, window: int
    ) -> bool:
        """It answered what the viewer was about to ask; False for an id of another kind. Raises NotThere for who may not
        read it. Writes content."""
        ...

    def take_back(self, stores: Stores, vault: Vault, *, viewer: Viewer, text_id: str) -> None:
        """The viewer takes that back, the tally aside; nothing happens for an id of another kind. Writes content."""
        ...


KINDS: Final[list[Texts]] = []


def beside_threads(make: Callable[[], Texts]) -> Callable[[], Texts]:
    """Register a kind of text, once."""
    if all(type(one) is not make for one in KINDS):
        KINDS.append(make())
    return make


def find_text(stores: Stores, vault: Vault, trade: Trade, text_id: str) -> ThreadText | None:
    """What is embedded of a thread, or of a text beside them; None when it is gone."""
    found = find_thread_text(stores, vault, trade, text_id)
    others = (one.find(stores, vault, trade, text_id) for one in KINDS)
    return found or next((one for one in others if one is not None), None)
