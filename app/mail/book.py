"""The post office's book: what it has to remember of an address. One box, closed for the post office alone.

Equal addresses are joined here and nowhere else. It is one row, written anew as a whole, so that two copies of the file
do not tell which entries changed together.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from secrets import token_bytes
from typing import Any, Final

from app.db import Stores
from app.mail.models import PostBook
from app.mail.wishes import Wishes, wishes_of
from privacy.boxes import seal_box

ROW: Final = "book"
PAD: Final = 65536
Opener = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that waits for its time."""

    kind: str
    label: str
    ready: int  # window
    urgent: bool = False


@dataclass(slots=True)
class Entry:
    """One address."""

    locale: str
    id: str = ""  # what an unsubscribe link names; a new one for whoever was forgotten
    wishes: Wishes | None = None  # None: as usual
    waiting: list[Waiting] = field(default_factory=list)
    routed: list[int] = field(default_factory=list)  # days of letters that routing sent, as ordinals
    last: int = -1  # window of the last letter
    silent: int = 0  # letters since its member was last said to have been here
    pace: str = ""  # "weekly" after long silence, then "stopped"
    refused: int = 0  # letters in a row that its mail server refused for good
    without_digest: bool = False

    def hear(self) -> None:
        """Somebody is there."""
        self.silent, self.pace = 0, ""


@dataclass(slots=True)
class Book:
    """Entries by address."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def entry(self, address: str, locale: str) -> Entry:
        """The entry of an address, begun if there is none."""
        found = self.entries.setdefault(address, Entry(locale))
        found.locale = locale
        found.id = found.id or urlsafe_b64encode(token_bytes(12)).decode()
        return found

    def by_id(self, entry_id: str) -> Entry | None:
        """The entry an unsubscribe link names."""
        return next((one for one in self.entries.values() if one.id == entry_id), None)


def read_book(stores: Stores, opened: Opener) -> Book:
    """The book as it stands. Raises PrivacyError when no key at hand opens it."""
    row = stores.content.get(PostBook, ROW)
    if row is None:
        return Book()
    found: dict[str, dict[str, Any]] = json.loads(opened(row.box))
    return Book({address: _entry(one) for address, one in found.items()})


@dataclass(slots=True)
class Glance:
    """The book as it was last looked at, for who only looks: opened again only when it has changed."""

    _box: bytes = b""
    _book: Book = field(default_factory=Book)

    def at(self, stores: Stores, opened: Opener) -> Book:
        """The book, not to be written in."""
        row = stores.content.get(PostBook, ROW)
        if row is not None and row.box != self._box:
            self._box, self._book = row.box, read_book(stores, opened)
        return Book() if row is None else self._book


def write_book(stores: Stores, public: bytes, book: Book) -> None:
    """Put it in place of the one before; writes content."""
    data = {address: _data(one) for address, one in book.entries.items()}
    box = seal_box(public, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), pad_to=PAD)
    row = stores.content.get(PostBook, ROW)
    if row is None:
        stores.content.add(PostBook(id=ROW, box=box))
    else:
        row.box = box


def _entry(found: dict[str, Any]) -> Entry:
    wishes = None if found["wishes"] is None else wishes_of(found["wishes"])
    return Entry(**{**found, "wishes": wishes, "waiting": [Waiting(**one) for one in found["waiting"]]})


def _data(entry: Entry) -> dict[str, Any]:
    wishes = None if entry.wishes is None else entry.wishes.as_data()
    plain = {one.name: getattr(entry, one.name) for one in fields(Entry)}
    return {**plain, "wishes": wishes, "waiting": [asdict(one) for one in entry.waiting]}
