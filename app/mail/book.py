"""The post office's book: what it has to remember of an address. One box, closed for the post office alone.

Equal addresses are joined here and nowhere else. It is one row, written anew as a whole, so that two copies of the file
do not tell which entries changed together.

Somebody who changes their address leaves every contact as it is: those that changed on one day would be one member's.
The book remembers instead where a mailbox went. So whoever has only the files learns nothing of it; whoever has the post
office's key learns which two addresses were one member's, as long as that member stays. The same with a webhook: it is
remembered of the mailbox it stands in for, and no contact shows it.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from secrets import token_bytes
from typing import Any, Final

from app.db import Stores
from app.mail.hooks import Hook, hook_of
from app.mail.kinds import REFUSALS
from app.mail.mailbox import Mailbox
from app.mail.models import PostBook
from app.mail.wishes import Wishes, wishes_of
from privacy.boxes import seal_box

ROW: Final = "book"
PAD: Final = 65536
MOVED: Final = "moved"  # stands among the entries, whose keys are names and addresses
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
    """One mailbox."""

    locale: str
    address: str = ""
    id: str = ""  # what an unsubscribe link names; a new one for whoever was forgotten
    wishes: Wishes | None = None  # None: as usual
    waiting: list[Waiting] = field(default_factory=list)
    routed: list[int] = field(default_factory=list)  # days of letters that routing sent, as ordinals
    last: int = -1  # window of the last letter
    silent: int = 0  # letters since its member was last said to have been here
    pace: str = ""  # "weekly" after long silence, then "stopped"
    refused: int = 0  # letters in a row that its mail server refused for good
    without_digest: bool = False
    hook: Hook = field(default_factory=Hook)

    @property
    def is_given_up(self) -> bool:
        """Whether notices went where nobody takes them, so often that no more are sent."""
        return self.hook.stopped if self.hook.url else self.refused >= REFUSALS

    def hear(self) -> None:
        """Somebody is there."""
        self.silent, self.pace = 0, ""

    def meet(self, newer: "Entry | None", address: str) -> None:
        """Go on at another address, with what was said there already."""
        self.hear()
        self.address, self.refused = address, 0
        if newer is not None:
            self.locale, self.wishes = newer.locale, newer.wishes or self.wishes
            self.waiting += newer.waiting
            self.hook = max(self.hook, newer.hook, key=lambda one: one.turn)
            self.without_digest = self.without_digest if newer.wishes is None else newer.without_digest


@dataclass(slots=True)
class Book:
    """Entries by the key of a mailbox; and where mailboxes went, by the same."""

    entries: dict[str, Entry] = field(default_factory=dict)
    moved: dict[str, Mailbox] = field(default_factory=dict)

    def now(self, mailbox: Mailbox) -> Mailbox:
        """Where what was meant for this mailbox goes today. The way ends, since no name is given twice."""
        while mailbox.key in self.moved:
            mailbox = self.moved[mailbox.key]
        return mailbox

    def find(self, mailbox: Mailbox) -> Entry | None:
        """The entry of whoever had or has this mailbox."""
        return self.entries.get(self.now(mailbox).key)

    def entry(self, mailbox: Mailbox, locale: str) -> Entry:
        """The same, begun if there is none."""
        here = self.now(mailbox)
        found = self.entries.setdefault(here.key, Entry(locale, here.address))
        found.locale = locale
        found.id = found.id or urlsafe_b64encode(token_bytes(12)).decode()
        return found

    def move(self, was: Mailbox, to: Mailbox) -> None:
        """Somebody changed their address: what the book has of them moves along. Of two such words in whatever order the
        outcome is the same, and again does no harm."""
        if was.key == to.key:
            return
        self.moved[was.key] = to
        entry = self.entries.pop(was.key, None)
        if entry is not None:
            here = self.now(to)
            entry.meet(self.entries.get(here.key), here.address)
            self.entries[here.key] = entry

    def forget(self, mailbox: Mailbox, *, for_good: bool) -> bool:
        """Nothing is remembered of a mailbox, and, `for_good`, not where it was before; whether there was something."""
        here = self.now(mailbox)
        ways = [key for key, to in self.moved.items() if for_good and self.now(to).key == here.key]
        for key in ways:
            del self.moved[key]
        return self.entries.pop(here.key, None) is not None or bool(ways)

    def at(self, address: str) -> list[Entry]:
        """Every entry whose letters go to this address."""
        return [one for one in self.entries.values() if one.address == address]

    def by_id(self, entry_id: str) -> Entry | None:
        """The entry an unsubscribe link names."""
        return next((one for one in self.entries.values() if one.id == entry_id), None)


def read_book(stores: Stores, opened: Opener) -> Book:
    """The book as it stands. Raises PrivacyError when no key at hand opens it."""
    row = stores.content.get(PostBook, ROW)
    if row is None:
        return Book()
    found: dict[str, dict[str, Any]] = json.loads(opened(row.box))
    moved = {key: Mailbox(*to) for key, to in found.pop(MOVED, {}).items()}
    return Book({key: _entry({"address": key, **one}) for key, one in found.items()}, moved)


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
    data: dict[str, Any] = {key: _data(one) for key, one in book.entries.items()}
    data[MOVED] = {key: [to.address, to.name] for key, to in book.moved.items()}
    box = seal_box(public, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), pad_to=PAD)
    row = stores.content.get(PostBook, ROW)
    if row is None:
        stores.content.add(PostBook(id=ROW, box=box))
    else:
        row.box = box


def _entry(found: dict[str, Any]) -> Entry:
    wishes = None if found["wishes"] is None else wishes_of(found["wishes"])
    waiting = [Waiting(**one) for one in found["waiting"]]
    hook = hook_of(found["hook"]) if "hook" in found else Hook()  # written before there were any
    return Entry(**{**found, "wishes": wishes, "waiting": waiting, "hook": hook})


def _data(entry: Entry) -> dict[str, Any]:
    wishes = None if entry.wishes is None else entry.wishes.as_data()
    plain = {one.name: getattr(entry, one.name) for one in fields(Entry)}
    return {**plain, "wishes": wishes, "waiting": [asdict(one) for one in entry.waiting], "hook": asdict(entry.hook)}
