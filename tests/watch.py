"""Everything the suite's traffic leaves in logs, held against everything private in the databases it ran on.

Every test runs under it: whatever a test's own processes log at any level, and what stands in the two log tables, is
searched for addresses, names, member ids, handles, tags and texts of the databases that test made: every string of
every question, answer and draft, published or waiting. Processes a test starts beside itself are overheard where they
write into a `*.log` in the folder of the databases they serve.
"""

import logging
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import select

from app.accounts.identity import open_identity
from app.accounts.models import Member, Organisation
from app.accounts.organisations import open_organisation
from app.db import STORES, Stores, store_path
from app.domains.trade import Trade
from app.errors import NotThere
from app.logs.models import ContentEntry, SecurityEntry
from app.mail.models import Contact
from app.questions.drafts import find_draft
from app.questions.models import Pending, Post, Thread
from app.questions.pending import open_pending, unpack
from app.queues.models import Expert
from app.sealing import Vault, open_text
from app.wiring import Toolbox
from privacy.errors import PrivacyError
from privacy.pseudonyms import MemberSecret

# addresses set aside for examples (RFC 5737, 3849): whoever visits in a test comes from one of these
VISITORS = re.compile(r"\b(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+|2001:db8:[0-9a-f:]+")
OTHERS = ("mail.log", "asyncio")  # the mail server and event loop that stand beside the service in a test
WRITTEN = ("title", "fields", "text", "new", "late")  # of a sealed text: the rest are keys of the domain file, and ids
CHOSEN = re.compile(r"subject|topic|audience|level_|facet|exclude_|urgent|notify|company_may|token")
SHORTEST = 6  # characters: a shorter title or name is in any sentence


class Watch(logging.Handler):
    """Collects what is logged, and the toolboxes that were made meanwhile."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.text: list[str] = []
        self.made: list[Toolbox] = []
        self.secrets: list[MemberSecret] = []
        self.seen = 0

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith(OTHERS):
            self.write(self.format(record))

    def write(self, text: str) -> None:
        """Keep one message."""
        self.seen += 1
        self.text.append(text)

    def start(self) -> None:
        """A new test begins."""
        self.text, self.made, self.secrets = [], [], []

    def leaks(self) -> list[str]:
        """Private values that were logged, by kind: never the value itself, which pytest would print."""
        folders = {tools.settings.data_dir for tools in self.made}
        logged = "\n".join([*self.text, *(line for folder in sorted(folders) for line in log_files(folder))])
        found = ["a visitor's address"] if VISITORS.search(logged) else []
        for tools in self.made:
            if not all(store_path(tools.settings.data_dir, store).exists() for store in STORES):
                continue  # a test took the files away
            with tools.database.reading() as stores:
                everything = "\n".join([logged, *rows_of_logs(stores)])
                if everything:
                    values = private_values(stores, tools.vault, tools.trade, self.secrets)
                    found += [kind for kind, value in values if value in everything]
        return found


WATCH = Watch()


class Tee:
    """structlog's printing logger, overheard."""

    def __init__(self, *_: Any) -> None:
        self.out = structlog.PrintLogger(sys.stdout)

    def msg(self, message: str) -> None:
        WATCH.write(message)
        self.out.msg(message)

    log = debug = info = warn = warning = msg
    fatal = failure = err = error = critical = exception = msg


def listen() -> None:
    """Overhear both kinds of logging, also after a test has put structlog back to what it was."""
    root = logging.getLogger()
    if WATCH not in root.handlers:
        root.addHandler(WATCH)
    root.setLevel(logging.DEBUG)
    if isinstance(structlog.get_config()["logger_factory"], structlog.PrintLoggerFactory):
        structlog.configure(logger_factory=Tee)


def log_files(folder: Path) -> Iterator[str]:
    """What processes of their own wrote beside the databases they served."""
    for path in sorted(folder.glob("*.log")):
        yield path.read_text("utf-8", errors="replace")


def rows_of_logs(stores: Stores) -> Iterator[str]:
    """The two log tables as text."""
    for row in stores.identity.scalars(select(SecurityEntry)):
        yield f"{row.event} {row.who} {row.address}"
    for entry in stores.content.scalars(select(ContentEntry)):
        yield entry.event


def private_values(
    stores: Stores, vault: Vault, trade: Trade, secrets: Iterable[MemberSecret]
) -> Iterator[tuple[str, str]]:
    """(kind, value) of what no log may hold; what somebody chose among the form's own options is no text."""
    options = {option.key for field in trade.form.fields for option in field.values}
    typed = (one for secret in secrets for one in drafts(stores, secret))
    for kind, value in (*_people(stores, vault), *_content(stores, vault), *typed):
        if len(value) >= SHORTEST and value not in options:
            yield kind, value


def _people(stores: Stores, vault: Vault) -> Iterator[tuple[str, str]]:
    for member in stores.identity.scalars(select(Member)):
        yield "member id", member.id
        try:
            yield "mail address", open_identity(vault.data_key(stores, member.key_id), member).mail
        except (PrivacyError, NotThere):
            continue  # a test changed or erased this row
    for row in stores.identity.scalars(select(Organisation)):
        try:
            yield "organisation", open_organisation(vault, row).name
        except PrivacyError:
            continue


def _content(stores: Stores, vault: Vault) -> Iterator[tuple[str, str]]:
    for handle in stores.content.scalars(select(Expert.handle)):
        yield "routing handle", handle
    for label in stores.content.scalars(select(Contact.label)):
        yield "contact", label
    for row in (*stores.content.scalars(select(Thread)), *stores.content.scalars(select(Post))):
        table = row.__tablename__
        yield "tag", row.owner_tag if isinstance(row, Thread) else row.author_tag
        yield from _words(stores, vault, row.key_id, row.sealed_text, table, row.id)
    for waiting in stores.content.scalars(select(Pending)):
        yield from _waiting(stores, vault, waiting)


def _words(stores: Stores, vault: Vault, key_id: str, sealed: bytes, table: str, row: str) -> Iterator[tuple[str, str]]:
    try:
        text = open_text(vault.data_key(stores, key_id), sealed, table=table, row=row)
    except (PrivacyError, NotThere):
        return
    words = [*(text.get(part) for part in WRITTEN), [one["text"] for one in text.get("additions", ())]]
    yield from ((f"text of {table}", one) for one in strings(words))


def _waiting(stores: Stores, vault: Vault, row: Pending) -> Iterator[tuple[str, str]]:
    """What waits for its window: its tag, and the words under their author's key."""
    try:
        payload = open_pending(vault, row)
    except PrivacyError:
        return
    columns = payload.get("columns", payload)
    yield "tag", columns.get("owner_tag") or columns["author_tag"]
    table = {"question": "threads", "edit": "changes", "addition": "changes"}.get(payload["kind"], "posts")
    yield from _words(stores, vault, columns["key_id"], unpack(payload["text"]), table, payload["id"])


def drafts(stores: Stores, secret: MemberSecret) -> Iterator[tuple[str, str]]:
    """What somebody has typed and not yet sent; only their own secret finds it."""
    draft = find_draft(stores, secret)
    values = {name: text for name, text in draft.values.items() if not CHOSEN.match(name)} if draft else {}
    yield from (("draft", one) for one in strings(values))


def strings(value: object) -> Iterator[str]:
    """Every line in a value, however deep."""
    if isinstance(value, str):
        yield value
        yield from value.splitlines() if "\n" in value else ()
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)
