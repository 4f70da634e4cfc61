"""Everything the suite's traffic leaves in logs, held against everything private in the databases it ran on.

Every test runs under it: whatever a test's own processes log at any level, and what stands in the two log tables, is
searched for addresses, names, member ids, handles, tags and texts of the databases that test made.
"""

import logging
import re
import sys
from collections.abc import Iterator
from typing import Any

import structlog
from sqlalchemy import select

from app.accounts.identity import open_identity
from app.accounts.models import Member, Organisation
from app.accounts.organisations import open_organisation
from app.db import STORES, Stores, store_path
from app.errors import NotThere
from app.logs.models import ContentEntry, SecurityEntry
from app.mail.models import Contact
from app.questions.models import Post, Thread
from app.queues.models import Expert
from app.sealing import Vault, open_text
from app.wiring import Toolbox
from privacy.errors import PrivacyError

# addresses set aside for examples (RFC 5737, 3849): whoever visits in a test comes from one of these
VISITORS = re.compile(r"\b(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+|2001:db8:[0-9a-f:]+")
OTHERS = ("mail.log", "asyncio")  # the mail server and event loop that stand beside the service in a test
SHORTEST = 6  # characters: a shorter title or name is in any sentence


class Watch(logging.Handler):
    """Collects what is logged, and the toolboxes that were made meanwhile."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.text: list[str] = []
        self.made: list[Toolbox] = []
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
        self.text, self.made = [], []

    def leaks(self) -> list[str]:
        """Private values that were logged, by kind: never the value itself, which pytest would print."""
        logged = "\n".join(self.text)
        found = ["a visitor's address"] if VISITORS.search(logged) else []
        for tools in self.made:
            if not all(store_path(tools.settings.data_dir, store).exists() for store in STORES):
                continue  # a test took the files away
            with tools.database.reading() as stores:
                everything = logged + "\n".join(rows_of_logs(stores))
                if everything:
                    found += [kind for kind, value in private_values(stores, tools.vault) if value in everything]
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
    """Overhear both kinds of logging, once a process."""
    root = logging.getLogger()
    if WATCH not in root.handlers:
        root.addHandler(WATCH)
        root.setLevel(logging.DEBUG)
        structlog.configure(logger_factory=Tee)


def rows_of_logs(stores: Stores) -> Iterator[str]:
    """The two log tables as text."""
    for row in stores.identity.scalars(select(SecurityEntry)):
        yield f"{row.event} {row.who} {row.address}"
    for entry in stores.content.scalars(select(ContentEntry)):
        yield entry.event


def private_values(stores: Stores, vault: Vault) -> Iterator[tuple[str, str]]:
    """(kind, value) of what no log may hold."""
    for kind, value in (*_people(stores, vault), *_content(stores, vault)):
        if len(value) >= SHORTEST:
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
        try:
            text = open_text(vault.data_key(stores, row.key_id), row.sealed_text, table=table, row=row.id)
        except (PrivacyError, NotThere):
            continue
        yield f"text of {table}", text["title"] if isinstance(row, Thread) else text["text"]
